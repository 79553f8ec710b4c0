"""Web pages of further makers: front-end frameworks, form systems, page builders, converters."""

import json
from collections.abc import Callable
from html import escape

from msgspec import structs

from . import render_html as html
from .draft import Block, Draft, Paragraph, TableHere
from .first_sight_third_grids import has_value, named
from .grid import Grid, GridCell, grid_of
from .pdf_sheet import PdfManner, Sheet
from .pdf_table import draw_table
from .render_html import CLEAN, Markup
from .render_pdf import WIDTHS, set_out
from .render_text import positions
from .truth import Truth

TableHtml = Callable[[Truth, str], str]
_CAPTIONS = {
    "proactive": "主动公开政府信息情况",
    "requests": "收到和处理申请情况",
    "disputes": "复议诉讼情况",
}


def article(draft: Draft, table: TableHtml, markup: Markup = CLEAN) -> str:
    """Return an article whose tables are written by a function of their own."""
    pieces = [markup.heading(line, 0) for line in draft.title]
    for block in draft.blocks:
        if isinstance(block, TableHere):
            pieces.append(table(draft.truth, block.code))
            continue
        pieces.append(html.body(structs.replace(draft, title=(), blocks=(block,)), markup))
    return "".join(pieces)


def _rows(grid: Grid, cell: Callable[[GridCell], str] = CLEAN.cell) -> str:
    return "".join(CLEAN.row("".join(cell(c) for c in row)) for row in grid)


def row_tables(truth: Truth, code: str) -> str:
    """Return each row as a table of its own with the columns' widths, as page builders cut them."""
    grid = grid_of(truth, code)
    widths = [int(w * 1.5) for w in WIDTHS[code]]
    pieces = []
    for row in positions(grid):
        cells, x = [], 0
        while x < len(row):
            cell, first = row[x]
            width = sum(widths[x : x + cell.column_span])
            span = f" colspan={cell.column_span}" if cell.column_span > 1 else ""
            text = escape(cell.text) if first else "&nbsp;"
            cells.append(f'<td width="{width}"{span} align="center">{text or "&nbsp;"}</td>')
            x += cell.column_span
        pieces.append(
            f'<table width="{sum(widths)}" border="0" cellspacing="0" cellpadding="2" '
            f'style="table-layout:fixed"><tr>{"".join(cells)}</tr></table>\n'
        )
    return "".join(pieces)


def css_grid(truth: Truth, code: str) -> str:
    """Return areas that a style sheet lays out as a grid."""
    grid = grid_of(truth, code)
    width = sum(cell.column_span for cell in grid[0])
    cells = "".join(
        f'<div class="c" style="grid-row:span {c.row_span};grid-column:span {c.column_span};'
        f'border:1px solid #999">{escape(c.text)}</div>\n'
        for row in grid
        for c in row
    )
    return f'<div class="g" style="display:grid;grid-template-columns:repeat({width},1fr)">\n{cells}</div>\n'


def form_inputs(truth: Truth, code: str) -> str:
    """Return a table whose numbers stand in read-only fields of a form."""

    def cell(c: GridCell) -> str:
        if not c.cell:
            return CLEAN.cell(c)
        spans = f' colspan="{c.column_span}"' if c.column_span > 1 else ""
        name = c.cell.replace(".", "_")
        return f'<td{spans}><input type="text" name="{name}" size="4" readonly value="{c.text}"></td>'

    return f'<form><table border="1">{_rows(grid_of(truth, code), cell)}</table></form>\n'


def foot_first(truth: Truth, code: str) -> str:
    """Return a table whose last row is written before its body, as the old standard has it."""
    grid = grid_of(truth, code)
    if code in ("proactive", "disputes"):
        return CLEAN.table(_rows(grid))
    head = next(i for i, row in enumerate(grid) if has_value(row)) if code == "requests" else 1
    return (
        f'<table border="1"><thead>{_rows(grid[:head])}</thead><tfoot>{_rows(grid[-1:])}</tfoot>'
        f"<tbody>{_rows(grid[head:-1])}</tbody></table>\n"
    )


_FIXED_STYLE = (
    "<style>.el-table{position:relative}.el-table table{width:1000px;table-layout:fixed}"
    ".el-table__fixed{position:absolute;top:0;left:0;width:300px;overflow:hidden;background:#fff}"
    ".el-table__fixed .is-hidden>*{visibility:hidden}</style>"
)


def fixed_columns(truth: Truth, code: str) -> str:
    """Return heads and body in two tables, and once more for the columns that stay when scrolled."""
    grid = grid_of(truth, code)
    if code == "proactive":
        return CLEAN.table(_rows(grid))
    head = next(i for i, row in enumerate(grid) if has_value(row)) if code != "statistics" else 1
    columns = sum(c.column_span for c in grid[0])
    group = f"<colgroup>{'<col>' * columns}</colgroup>"

    def written(hidden: bool) -> str:
        def cell(c: GridCell) -> str:
            mark = " is-hidden" if hidden and c.cell else ""
            spans = f' rowspan="{c.row_span}" colspan="{c.column_span}"'
            return f'<td{spans} class="el-table__cell{mark}"><div class="cell">{escape(c.text)}</div></td>'

        parts = (("header", "thead", grid[:head]), ("body", "tbody", grid[head:]))
        return "".join(
            f'<div class="el-table__{name}-wrapper"><table border="1" class="el-table__{name}">{group}'
            f"<{tag}>{_rows(rows, cell)}</{tag}></table></div>\n"
            for name, tag, rows in parts
        )

    fixed = "" if code == "disputes" else f'<div class="el-table__fixed">{written(True)}</div>\n'
    return f'{_FIXED_STYLE}<div class="el-table el-table--border">{written(False)}{fixed}</div>\n'


def cards(truth: Truth, code: str) -> str:
    """Return a card for each row with its numbers as pairs of name and value, as for telephones."""
    pieces: list[str] = []
    shown: tuple[str, ...] | None = None
    for value in named(grid_of(truth, code)):
        head = value.columns[:1] if value.columns and value.columns[0].startswith("第") else ()
        title = (*head, *value.rows)
        if title != shown or not pieces:
            pieces.append(f"</dl>\n<div class='card-title'>{escape(' / '.join(title) or '件数')}</div>\n<dl>")
            shown = title
        name = " - ".join(value.columns[len(head) :] or ("统计数",))
        pieces.append(f"<dt>{escape(name)}</dt><dd>{escape(value.text)}</dd>")
    return f"<div class='cards'><dl>{''.join(pieces)}</dl></div>\n"


def raised_notes(truth: Truth, code: str) -> str:
    """Return a table with raised marks of notes at labels and numbers, and the notes below."""

    def cell(c: GridCell) -> str:
        plain = CLEAN.cell(c)
        if c.cell and c.text.isdigit() and int(c.text) % 3 == 2:
            return plain.replace("</td>", "<sup>[1]</sup></td>")
        if c.text.startswith(("总计", "（七）", "行政许可")):
            return plain.replace("</td>", "<sup>[2]</sup></td>")
        return plain

    notes = "<p>[1] 含补正后受理的事项。</p>\n<p>[2] 按办结日期统计。</p>\n"
    return CLEAN.table(_rows(grid_of(truth, code), cell)) + notes


def with_annexes(draft: Draft) -> Draft:
    """Return the report with its tables behind the text, and a pointer where each belongs."""
    blocks: list[Block] = []
    annexes: list[Block] = []
    for block in draft.blocks:
        if isinstance(block, TableHere):
            name = f"附件{len(annexes) // 2 + 1}"
            blocks.append(Paragraph(f"具体数据详见{name}。"))
            annexes += [Paragraph(f"{name}：{draft.truth.year}年度{_CAPTIONS[block.code]}表"), block]
        else:
            blocks.append(block)
    signature = (Paragraph(draft.truth.agency.name), Paragraph(f"{draft.truth.year + 1}年1月16日"))
    return structs.replace(draft, blocks=(*blocks, *signature, *annexes))


class _Recorder(Sheet):
    """A sheet that keeps each line of text with its place."""

    def text(self, x: float, y: float, text: str, size: float) -> None:
        """Keep one line."""
        kept = self.__dict__.setdefault("lines", [])
        kept.append((self.page, x, y, text, size))

    def box(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Draw nothing: lines are in the picture behind the text."""


def positioned(draft: Draft) -> str:
    """Return pages of lines with their places in classes, as a converter of PDF files writes them."""
    sheet = _Recorder(PdfManner(page_numbers=True))
    set_out(sheet, draft, lambda b: draw_table(sheet, grid_of(draft.truth, b.code), WIDTHS[b.code]))
    lines: list[tuple[int, float, float, str, float]] = sheet.__dict__["lines"]
    lefts = {x: i for i, x in enumerate(dict.fromkeys(round(line[1], 2) for line in lines))}
    tops = {y: i for i, y in enumerate(dict.fromkeys(round(line[2], 2) for line in lines))}
    styles = "".join(f".x{i:x}{{left:{x}px}}" for x, i in lefts.items())
    styles += "".join(f".y{i:x}{{top:{y}px}}" for y, i in tops.items())
    styles += "".join(f".fs{s:.0f}{{font-size:{s}px}}" for s in {line[4] for line in lines})
    pages = []
    for page in range(1, sheet.page + 1):
        texts = "".join(
            f'<div class="t m0 x{lefts[round(x, 2)]:x} y{tops[round(y, 2)]:x} ff1 fs{size:.0f}">'
            f"{escape(text)}</div>\n"
            for p, x, y, text, size in lines
            if p == page
        )
        pages.append(f'<div id="pf{page:x}" class="pf w0 h0"><div class="pc">{texts}</div></div>\n')
    base = ".pf{position:relative;width:595px;height:842px}.t{position:absolute;white-space:pre}"
    return f"<style>{base}{styles}</style>\n<div id='page-container'>\n{''.join(pages)}</div>\n"


def from_script(draft: Draft) -> str:
    """Return an empty place and the script that puts the article into it."""
    data = json.dumps({"content": html.body(draft)}, ensure_ascii=False).replace("</", "<\\/")
    return (
        '<div id="article-view">正在加载……</div>\n'
        f"<script>var pageData = {data};\n"
        'document.getElementById("article-view").innerHTML = pageData.content;</script>\n'
    )
