"""Joins header cells that lines have broken: 结果维 above 持 in one column is 结果维持.

Where only blanks or positions show the columns, each line of a wrapped head is a row of its own.
"""

from collections.abc import Iterator, Sequence

from msgspec import structs

from extractor.document import Cell, Table
from extractor.recognize.tables.cell_kind import CellKind, kind_of_text

_LONGEST_PART = 8  # characters
_MOST_PARTS = 4
_FEWEST = 2  # parts of which no form has the wording


def with_broken_heads_joined(table: Table) -> Table:
    """Return a table with the parts of each broken head in its first cell; itself where none is broken."""
    if not table.aligned or sum(map(may_be_part_of_a_head, table.texts)) < _FEWEST:
        return table
    joined: dict[int, str] = {}  # by identity of the first part's cell
    gone: set[int] = set()
    for column in _columns_above_numbers(table):
        for parts, text in _broken_in(column):
            joined[id(parts[0])] = text
            gone.update(id(part) for part in parts[1:])
    if not joined:
        return table
    cells = (
        structs.replace(cell, text=joined[id(cell)]) if id(cell) in joined else cell
        for cell in table.cells
        if id(cell) not in gone
    )
    return structs.replace(table, cells=tuple(cells))


def may_be_part_of_a_head(text: str) -> bool:
    """Return whether a text is short and names nothing of any form by itself."""
    plain = text.strip()
    kind = kind_of_text(plain)
    return 0 < len(plain) <= _LONGEST_PART and kind.is_text and not kind.labels


def _columns_above_numbers(table: Table) -> Iterator[list[Cell]]:
    """Yield the filled narrow cells of each column in each run of rows without numbers, from the top."""
    run: dict[int, list[Cell]] = {}
    for cells in table.rows().values():
        if any(_is_number(kind_of_text(cell.text)) for cell in cells):
            yield from run.values()
            run = {}
            continue
        for cell in cells:
            if cell.text.strip() and cell.column_span == 1:
                run.setdefault(cell.column, []).append(cell)


def _is_number(kind: CellKind) -> bool:
    return kind.is_value and kind.has_number


def _broken_in(column: Sequence[Cell]) -> Iterator[tuple[Sequence[Cell], str]]:
    """Yield the parts of each broken head of a column, with its whole wording."""
    at = 0
    while at < len(column):
        found = _head_at(column, at)
        if found is not None:
            yield found
        at += len(found[0]) if found else 1


def _head_at(column: Sequence[Cell], at: int) -> tuple[Sequence[Cell], str] | None:
    if not may_be_part_of_a_head(column[at].text) or column[at].unread:
        return None
    for end in range(at + 2, min(at + _MOST_PARTS, len(column)) + 1):
        text = "".join(cell.text.strip() for cell in column[at:end])
        if kind_of_text(text).labels and not any(cell.unread for cell in column[at:end]):
            return column[at:end], text
    return None
