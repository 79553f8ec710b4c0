"""Documents whose whole report is one table: title, headings and prose are cells between rows of numbers.

Spreadsheets saved as web pages and Word forms are like that. The text becomes paragraphs, and the rows
between become tables; sections side by side, each below its heading, are taken apart. If a table of
records repeats the report's title in every row, it is kept once.
"""

from collections.abc import Iterator, Sequence

from msgspec import structs

from extractor.document import Block, Cell, Document, Paragraph, Table
from extractor.recognize.issuer.title import read_title
from extractor.recognize.outline.headings import main_code

_SHORTEST = 30  # characters of a prose cell from which a table is examined
_FEWEST_RECORDS = 6
_TITLE_ENDS = ("报告", "年报", "报告）")


def with_text_apart(document: Document) -> Document:
    """Return the document with prose moved out of its tables; the document itself if there is none."""
    blocks = [part for block in document.blocks for part in _parts(block)]
    return (
        document if len(blocks) == len(document.blocks) else structs.replace(document, blocks=tuple(blocks))
    )


def _parts(block: Block) -> Iterator[Block]:
    if not isinstance(block, Table) or not block.cells:
        yield block
    elif any(len(text) >= _SHORTEST and "。" in text for text in block.texts):
        yield from _text_and_tables(block)
    else:
        title = _title_of_records(block)
        if title is not None:
            yield Paragraph(title.text.strip(), title.locator)
        yield block


def _text_and_tables(table: Table) -> Iterator[Block]:
    rows = table.rows()
    covered = {row for cell in table.cells for row in range(cell.row + 1, cell.row + cell.row_span)}
    texts = {number for number, row in rows.items() if number not in covered and _is_text(row)}
    if not any(_is_heading(rows[number][0].text) for number in texts):
        yield table
        return
    kept: list[Cell] = []
    for number, row in rows.items():
        if number not in texts:
            kept += row
            continue
        yield from _table_of(kept, table)
        kept = []
        yield from (paragraph for cell in row for paragraph in _paragraphs(cell))
    yield from _table_of(kept, table)


def _is_text(row: Sequence[Cell]) -> bool:
    """Return whether a row is a title, heading or prose, alone or with its heading before it."""
    speaking = [cell for cell in row if cell.speaks]
    if len(speaking) == 1 and (cell := speaking[0]) is row[0]:
        return "。" in cell.text or _is_heading(cell.text) or _is_title(cell.text)
    return len(speaking) == 2 and speaking[0] is row[0] and "。" in speaking[1].text and len(row) == 2


def _is_heading(text: str) -> bool:
    plain = "".join(text.split())
    return plain[1:2] in ("、", ".") and main_code(plain[2:]) is not None


def _is_title(text: str) -> bool:
    plain = "".join(text.split())
    title = read_title(plain) if plain.endswith(_TITLE_ENDS) else None
    return title is not None and bool(title.rank)


def _paragraphs(cell: Cell) -> Iterator[Paragraph]:
    for line in cell.text.split("\n"):
        if line.strip():
            yield Paragraph(line, cell.locator, unread=cell.unread, doubt=cell.doubt)


def _table_of(cells: Sequence[Cell], table: Table) -> Iterator[Block]:
    """Yield the cells as one table, or as several side-by-side tables, each with its own heading."""
    first = next((cell.row for cell in cells if cell.speaks), None)
    heads = [cell for cell in cells if cell.row == first and cell.speaks]
    if len(heads) > 1 and all(_is_heading(head.text) for head in heads):
        stops = [*(head.column for head in heads[1:]), max(map(_end, cells))]
        sides = list(zip(heads, stops, strict=True))
        if all(any(head.column <= c.column and _end(c) <= stop for head, stop in sides) for c in cells):
            for head, stop in sides:
                yield from _paragraphs(head)
                below = [c for c in cells if c.row > head.row and head.column <= c.column < stop]
                yield from _moved(below, table, head.column)
            return
    yield from _moved(cells, table)


def _moved(cells: Sequence[Cell], table: Table, left: int = 0) -> Iterator[Table]:
    """Yield the cells as a table that begins with the first of them; nothing if there are none."""
    if cells:
        top = cells[0].row
        moved = (structs.replace(cell, row=cell.row - top, column=cell.column - left) for cell in cells)
        yield structs.replace(table, cells=tuple(moved))


def _end(cell: Cell) -> int:
    return cell.column + cell.column_span


def _title_of_records(table: Table) -> Cell | None:
    """Return the title that a table of records repeats in every row below the header, in one column."""
    last = [cell for cell in table.cells[-20:] if cell.row == table.cells[-1].row]
    named = next((cell for cell in last if cell.text.strip().endswith(_TITLE_ENDS)), None)
    if named is None or not _is_title(named.text):
        return None
    there = [cell for cell in table.cells if cell.column == named.column and cell.row > 0]
    same = len(there) >= _FEWEST_RECORDS and all(cell.text == named.text for cell in there)
    return there[0] if same else None
