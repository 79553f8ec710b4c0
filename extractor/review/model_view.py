"""Draws sources without pages (HTML, Word, …) from the document model: paragraphs and tables only."""

from extractor.document import NOWHERE, Cell, Document, Locator, Paragraph, Table
from extractor.review.drawn import Drawn, text

_WIDEST_SPAN = 1000  # browsers' own limit


def draw_document(document: Document) -> Drawn:
    """Draw the paragraphs and tables of a document; each paragraph and cell gets a key."""
    keys: dict[Locator, tuple[str, ...]] = {}
    parts = [
        _paragraph(block, keys) if isinstance(block, Paragraph) else _table(block, keys)
        for block in document.blocks
    ]
    return Drawn(f'<div class="paper">{"".join(parts)}</div>', keys)


def _key(locator: Locator, keys: dict[Locator, tuple[str, ...]]) -> str:
    """Return the key attribute of an element; the first element with a locator counts."""
    if locator == NOWHERE or locator in keys:
        return ""
    key = f"p{len(keys)}"
    keys[locator] = (key,)
    return f' data-k="{key}"'


def _paragraph(paragraph: Paragraph, keys: dict[Locator, tuple[str, ...]]) -> str:
    heading = ' class="heading"' if paragraph.level is not None else ""
    return f"<p{_key(paragraph.locator, keys)}{heading}>{text(paragraph.text)}</p>"


def _table(table: Table, keys: dict[Locator, tuple[str, ...]]) -> str:
    rows = table.rows()
    lines = []
    for row in range(max(rows, default=-1) + 1):
        cells = sorted(rows.get(row, ()), key=lambda cell: cell.column)
        lines.append(f"<tr>{''.join(_cell(cell, keys) for cell in cells)}</tr>")
    return f"<table>{''.join(lines)}</table>"


def _cell(cell: Cell, keys: dict[Locator, tuple[str, ...]]) -> str:
    spans = ""
    if cell.row_span > 1:
        spans += f' rowspan="{min(cell.row_span, _WIDEST_SPAN)}"'
    if cell.column_span > 1:
        spans += f' colspan="{min(cell.column_span, _WIDEST_SPAN)}"'
    printed = cell.text if cell.printed is None else cell.printed
    return f"<td{spans}{_key(cell.locator, keys)}>{text(printed)}</td>"
