"""Tables whose cells repeat their column's name: mobile pages show 自然人：324 in a cell, without header."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence

from msgspec import structs

from extractor.document import Cell, Table
from extractor.patterns import kept_pattern
from extractor.recognize.tables.cell_kind import kind_of_text
from extractor.recognize.tables.told_cards import names_column
from extractor.recognize.tables.told_values import readings_of_told

_HEAD = kept_pattern(r"[^：:\d]{1,8}[：:]")
_FEWEST = 6  # cells that repeat their column's name


def with_heads_above(table: Table) -> Table:
    """Move column names from the cells into header rows; other tables are returned unchanged."""
    pairs = {text: pair for text in table.texts if (pair := _head_and_value(text))}
    if not pairs:
        return table
    told = {
        at: pairs[cell.text]
        for at, cell in enumerate(table.cells)
        if cell.text in pairs and cell.printed is None
    }
    if len(told) < _FEWEST or sum(kind_of_text(cell.text).is_value for cell in table.cells) >= len(told):
        return table
    repeated = _heads_of_labels(table, told)
    heads: dict[int, list[Cell]] = {}
    for at, (head, _) in told.items():
        cell = table.cells[at]
        heads.setdefault(cell.row, []).append(structs.replace(cell, text=head, row_span=1, unread=()))
    begins = [
        row for row, before in _with_row_before(heads) if _names(heads[row]) != _names(heads.get(before, ()))
    ]
    cells = [
        _below_heads(cell, begins, told[at][1] if at in told else _behind(repeated.get(cell.column), cell))
        for at, cell in enumerate(table.cells)
    ]
    for number, row in enumerate(begins):
        cells += [structs.replace(head, row=row + number) for head in heads[row]]
    return structs.replace(table, cells=tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))))


def tells_its_head(text: str) -> bool:
    """Return whether a text is the name of a column with a value behind it."""
    return _head_and_value(text) is not None


def _head_and_value(text: str) -> tuple[str, str] | None:
    if not (text[-1:].isdigit() or "：" in text or ":" in text):
        return None
    if kind_of_text(text).is_value:
        return None
    for labels, start, end in readings_of_told(text):
        if names_column(labels):
            return labels, text[start:end]
    return None


def _heads_of_labels(table: Table, told: Collection[int]) -> dict[int, str]:
    """Return, by column, the text up to a colon that all its labels begin with: 事项：（一）予以公开."""
    labels: dict[int, list[str]] = {}
    for at, cell in enumerate(table.cells):
        if at not in told and cell.text.strip():
            labels.setdefault(cell.column, []).append(cell.text)
    heads = {column: _HEAD.match(texts[0]) for column, texts in labels.items() if len(texts) >= _FEWEST}
    return {
        column: head[0]
        for column, head in heads.items()
        if head and all(text.startswith(head[0]) for text in labels[column])
    }


def _behind(head: str | None, cell: Cell) -> str:
    return cell.text.removeprefix(head) if head else cell.text


def _with_row_before(heads: dict[int, list[Cell]]) -> Iterator[tuple[int, int]]:
    rows = sorted(heads)
    yield from zip(rows, [-1, *rows], strict=False)


def _names(heads: Sequence[Cell]) -> list[tuple[int, str]]:
    return [(head.column, head.text) for head in heads]


def _below_heads(cell: Cell, begins: Sequence[int], text: str) -> Cell:
    """Return a cell moved below the inserted header rows, without its column name."""
    above = bisect_right(begins, cell.row)
    within = bisect_left(begins, cell.row + cell.row_span) - above
    return structs.replace(cell, row=cell.row + above, row_span=cell.row_span + within, text=text)
