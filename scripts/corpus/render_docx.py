"""Writes a draft as the body of a Word file, in the ways that Word and its users structure one."""

from collections.abc import Callable
from html import escape

from msgspec import Struct

from .draft import Draft, Heading, Paragraph
from .grid import Grid, GridCell, grid_of
from .render_text import positions

_RowXml = Callable[[list[tuple[GridCell, bool]], bool], str]


def run(text: str) -> str:
    """Return a run; digits at its end stand in a run of their own, as spelling checks leave them."""
    head = text.rstrip("0123456789")
    pieces = [piece for piece in (head, text[len(head) :]) if piece]
    return "".join(f'<w:r><w:t xml:space="preserve">{escape(piece)}</w:t></w:r>' for piece in pieces)


def tracked_run(text: str) -> str:
    """Return a run whose last digits were put in the place of others, the change still marked."""
    if not text.isdigit():
        return run(text)
    mark = 'w:id="9" w:author="x" w:date="2024-01-05T09:00:00Z"'
    return (
        f"<w:del {mark}><w:r><w:delText>{int(text) + 7}</w:delText></w:r></w:del>"
        f"<w:ins {mark}><w:r><w:t>{text}</w:t></w:r></w:ins>"
    )


def paragraph(text: str, properties: str = "", runs: Callable[[str], str] = run) -> str:
    """Return one paragraph."""
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{runs(text)}</w:p>"


class Manner(Struct, frozen=True):
    """How a file is put together."""

    runs: Callable[[str], str] = run
    skip_covered: bool = False  # gridBefore instead of vertically merged cells
    numbered: bool = False  # heading numbers come from a list definition
    title: Callable[[str], str] = paragraph
    around_table: Callable[[str], str] = lambda table: table
    around_cell: Callable[[str], str] = lambda content: content
    split_after: int = 0  # table 三 goes on in a second table behind this row


def _cell_xml(cell: GridCell, merge: str, manner: Manner) -> str:
    span = f'<w:gridSpan w:val="{cell.column_span}"/>' if cell.column_span > 1 else ""
    lines = "" if merge == "continue" else cell.text
    mark = {"": "", "restart": '<w:vMerge w:val="restart"/>', "continue": "<w:vMerge/>"}[merge]
    content = manner.around_cell(paragraph(lines, runs=manner.runs))
    return f"<w:tc><w:tcPr>{span}{mark}</w:tcPr>{content}</w:tc>"


def _row_xml(row: list[tuple[GridCell, bool]], starts: set[int], manner: Manner) -> str:
    cells: list[str] = []
    before = 0
    previous: GridCell | None = None
    for cell, first in row:
        if cell is previous:
            continue
        previous = cell
        merge = ("restart" if first or id(cell) not in starts else "continue") if cell.row_span > 1 else ""
        if merge == "continue" and manner.skip_covered and not cells:
            before += cell.column_span
            continue
        starts.add(id(cell))
        cells.append(_cell_xml(cell, merge, manner))
    lead = f'<w:trPr><w:gridBefore w:val="{before}"/></w:trPr>' if before else ""
    return f"<w:tr>{lead}{''.join(cells)}</w:tr>"


def table(grid: Grid, manner: Manner) -> str:
    """Return a table with merged cells; two tables where the manner splits it."""
    filled = positions(grid)
    cut = manner.split_after if 0 < manner.split_after < len(filled) else len(filled)
    pieces = []
    for rows in (filled[:cut], filled[cut:]):
        if rows:
            columns = '<w:gridCol w:w="800"/>' * len(rows[0])
            starts: set[int] = set()
            body = "".join(_row_xml(row, starts, manner) for row in rows)
            pieces.append(f"<w:tbl><w:tblPr/><w:tblGrid>{columns}</w:tblGrid>{body}</w:tbl><w:p/>")
    return "".join(manner.around_table(piece) for piece in pieces)


def _heading(block: Heading, manner: Manner) -> str:
    if not manner.numbered:
        return paragraph(
            block.text + block.tail, f'<w:pStyle w:val="{block.level}"/>' if not block.tail else ""
        )
    text = block.text.split("、" if block.level == 1 else "）", 1)[1]
    number = f'<w:numPr><w:ilvl w:val="{block.level - 1}"/><w:numId w:val="1"/></w:numPr>'
    return paragraph(text + block.tail, number)


def body(draft: Draft, manner: Manner) -> str:
    """Return the document body of a report."""
    parts = [manner.title(line) for line in draft.title]
    for block in draft.blocks:
        if isinstance(block, Heading):
            parts.append(_heading(block, manner))
        elif isinstance(block, Paragraph):
            parts.append(paragraph(block.text))
        else:
            parts.append(table(grid_of(draft.truth, block.code), manner))
    return "".join(parts)


def in_text_box(text: str) -> str:
    """Return a paragraph that holds a text box, in both of the ways that Word writes it."""
    content = f"<w:txbxContent>{paragraph(text)}</w:txbxContent>"
    return (
        '<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:wsp><wps:txbx>'
        f"{content}</wps:txbx></wps:wsp></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>"
        f"{content}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )


def in_outer_table(inner: str) -> str:
    """Return a table inside the only cell of another."""
    return (
        '<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="9000"/></w:tblGrid><w:tr><w:tc><w:tcPr/>'
        f"{inner}<w:p/></w:tc></w:tr></w:tbl><w:p/>"
    )


def in_content_control(content: str) -> str:
    """Return the same content inside a content control."""
    return f"<w:sdt><w:sdtPr/><w:sdtContent>{content}</w:sdtContent></w:sdt>"
