"""Writes a draft as an HTML article body: clean, out of Word, or out of WPS."""

from collections.abc import Callable
from html import escape

from msgspec import Struct

from .draft import Draft, Heading, Paragraph, TableHere
from .grid import Grid, GridCell, Row, grid_of, item_grid, request_header, request_rows
from .printed_forms import PROACTIVE
from .truth import Truth

TablesOf = Callable[[Truth, str], tuple[Grid, ...]]


class Markup(Struct, frozen=True):
    """How one editor writes paragraphs and cells; each takes the text as it is printed."""

    paragraph: Callable[[str], str]
    heading: Callable[[str, int], str]
    cell: Callable[[GridCell], str]
    row: Callable[[str], str]
    table: Callable[[str], str]


def _spans(cell: GridCell) -> str:
    rows = f' rowspan="{cell.row_span}"' if cell.row_span > 1 else ""
    columns = f' colspan="{cell.column_span}"' if cell.column_span > 1 else ""
    return rows + columns


CLEAN = Markup(
    paragraph=lambda text: f"<p>{escape(text)}</p>\n",
    heading=lambda text, level: f"<h{level + 1}>{escape(text)}</h{level + 1}>\n",
    cell=lambda cell: f"<td{_spans(cell)}>{escape(cell.text) or '&nbsp;'}</td>",
    row=lambda cells: f"<tr>{cells}</tr>\n",
    table=lambda rows: f'<table border="1"><tbody>\n{rows}</tbody></table>\n',
)

_WORD_SPAN = '<SPAN style="FONT-FAMILY: 宋体; FONT-SIZE: 10.5pt; mso-font-kerning: 0pt">'


def _word_text(text: str) -> str:
    """Set text as Word exports it: digits in a font of their own, an empty o:p behind."""
    if not text.strip():
        return f"{_WORD_SPAN}<o:p>&nbsp;</o:p></SPAN>"
    half = len(text) // 2
    head, tail = escape(text[:half]), escape(text[half:])
    return f"{_WORD_SPAN}{head}<SPAN lang=EN-US>{tail}<o:p></o:p></SPAN></SPAN>"


def _word_cell(cell: GridCell) -> str:
    return (
        f'<TD style="BORDER-BOTTOM: windowtext 0.5pt solid; PADDING-LEFT: 5.4pt" vAlign=center{_spans(cell)}>'
        f"<P class=MsoNormal align=center>{_word_text(cell.text)}</P></TD>"
    )


WORD = Markup(
    paragraph=lambda text: f'<P style="TEXT-INDENT: 32pt" class=MsoNormal>{_word_text(text)}</P>\n',
    heading=lambda text, _: f"<P class=MsoNormal><B>{_word_text(text)}</B></P>\n",
    cell=_word_cell,
    row=lambda cells: f'<TR style="HEIGHT: 19.85pt">{cells}</TR>\n',
    table=lambda rows: (
        f"<TABLE class=MsoNormalTable border=1 cellSpacing=0><TBODY>\n{rows}</TBODY></TABLE>\n"
        "<!--[if !supportMisalignedColumns]--><!--[endif]-->\n"
    ),
)

_WPS_SPAN = "<span style=\"mso-spacerun:'yes';font-family:仿宋_GB2312;font-size:16.0000pt;\">"


def _wps_text(text: str) -> str:
    return f'{_WPS_SPAN}<font face="仿宋_GB2312">{escape(text) or "&nbsp;"}</font></span>'


WPS = Markup(
    paragraph=lambda text: f'<p class="MsoNormal" style="text-indent:32.0000pt;">{_wps_text(text)}</p>\n',
    heading=lambda text, _: f'<p class="MsoNormal">{_wps_text(text)}</p>\n',
    cell=lambda cell: (
        f'<td valign="center"{_spans(cell)}><p class="MsoNormal">{_wps_text(cell.text)}</p></td>'
    ),
    row=lambda cells: f"<tr>{cells}</tr>\n",
    table=lambda rows: f'<table class="MsoTableGrid" border="1" cellspacing="0">{rows}</table>\n',
)

UNCLOSED = Markup(
    paragraph=lambda text: f"<p>{escape(text)}\n",
    heading=lambda text, _: f"<p><b>{escape(text)}</b>\n",
    cell=lambda cell: f"<td{_spans(cell)}>{escape(cell.text)}",
    row=lambda cells: f"<tr>{cells}\n",
    table=lambda rows: f"<table border=1>\n{rows}</table>\n",
)


def usual_tables(truth: Truth, table: str) -> tuple[Grid, ...]:
    """Return a standard table as one grid."""
    return (grid_of(truth, table),)


def proactive_in_four(truth: Truth, table: str) -> tuple[Grid, ...]:
    """Return table 二 as one table for each item of article 20."""
    if table != "proactive":
        return usual_tables(truth, table)
    items = PROACTIVE[truth.proactive or ""]
    return tuple(item_grid(item, truth.cells, len(item.columns) + 1) for item in items)


def uneven_columns(truth: Truth, table: str) -> tuple[Grid, ...]:
    """Return table 二 with header and body rows divided differently over five columns."""
    if table != "proactive":
        return usual_tables(truth, table)
    return (tuple(_uneven(row, i) for i, row in enumerate(grid_of(truth, table))),)


def _uneven(row: Row, index: int) -> Row:
    if len(row) == 1:
        return (GridCell(row[0].text, 1, 5),)
    wide = 1 if index % 2 else len(row) - 1
    return tuple(
        GridCell(c.text, c.row_span, c.column_span + (1 if i == wide else 0), c.cell)
        for i, c in enumerate(row)
    )


def results_split(truth: Truth, table: str) -> tuple[Grid, ...]:
    """Return table 三 with its header repeated in the middle and 三、本年度办理结果 standing twice."""
    if table != "requests":
        return usual_tables(truth, table)
    rows = request_rows(truth, split_results_after=10)
    return (request_header() + rows[:12] + request_header() + rows[12:],)


def wrong_row_spans(truth: Truth, table: str) -> tuple[Grid, ...]:
    """Return table 三 with row spans that reach too far down, as careless editors leave them."""
    return tuple(
        tuple(tuple(_too_tall(cell) for cell in row) for row in grid) for grid in usual_tables(truth, table)
    )


def _too_tall(cell: GridCell) -> GridCell:
    if cell.text == "三、本年度办理结果":
        return GridCell(cell.text, cell.row_span + 4, cell.column_span)
    return cell


def body(draft: Draft, markup: Markup = CLEAN, tables_of: TablesOf = usual_tables) -> str:
    """Return the article: title lines, headings, paragraphs and tables."""
    parts = [markup.heading(line, 0) for line in draft.title]
    for block in draft.blocks:
        if isinstance(block, Heading):
            whole = markup.paragraph(block.text + block.tail)
            parts.append(whole if block.tail else markup.heading(block.text, block.level))
        elif isinstance(block, Paragraph):
            parts.append(markup.paragraph(block.text))
        else:
            parts.append(tables_html(draft.truth, block, markup, tables_of))
    return "".join(parts)


def tables_html(truth: Truth, block: TableHere, markup: Markup, tables_of: TablesOf) -> str:
    """Return the HTML of one standard table, in as many pieces as the layout has."""
    pieces = []
    for grid in tables_of(truth, block.code):
        rows = "".join(markup.row("".join(markup.cell(cell) for cell in row)) for row in grid)
        pieces.append(markup.table(rows))
    return "".join(pieces)
