"""Removes the row and column headings of spreadsheets that were kept with the cells (A, B, C; 1, 2, 3).

Printouts with headings have them, and data frames saved with their index.
"""

from collections.abc import Iterable, Mapping

from msgspec import Struct, structs

from extractor.document import Table
from extractor.numerals import has_number

_FEWEST_ROWS = 3
_FEWEST_COLUMNS = 2
_LETTERS = [chr(ord("A") + at) for at in range(26)]


class Margins(Struct, frozen=True):
    """Which headings a grid has: a row above all others, a column left of all others."""

    above: bool = False
    before: bool = False


def margins_of(grid: Mapping[tuple[int, int], str]) -> Margins:
    """Return the headings of a grid, given its texts by row and column.

    Row numbers run without a gap, also beside the table's header; no column of a table does.
    """
    rows = sorted({row for row, _ in grid})
    if len(rows) <= _FEWEST_ROWS:
        return Margins()
    above = not grid.get((rows[0], 0)) and _are_columns_named([t for (r, c), t in grid.items() if r == 0 < c])
    counted = [grid.get((row, 0), "") for row in rows[above:]]
    if not all(text.isdecimal() for text in counted):
        return Margins()
    first = int(counted[0])
    if counted != [str(first + at) for at in range(len(counted))]:
        return Margins()
    head = [text for (row, column), text in grid.items() if row == rows[above] and column]
    return Margins(above, above or not any(map(has_number, head)))


def _are_columns_named(texts: list[str]) -> bool:
    """Return whether texts are A, B, C … or 0, 1, 2 … or 1, 2, 3 …."""
    numbers = ([str(first + at) for at in range(len(texts))] for first in (0, 1))
    return len(texts) >= _FEWEST_COLUMNS and (texts == _LETTERS[: len(texts)] or texts in numbers)


def without_margins(table: Table) -> Table:
    """Return a table without row and column headings of a spreadsheet; unchanged if it has none."""
    begun = [cell.text.strip() for cell in table.cells if cell.column == 0 and cell.row < _FEWEST_ROWS]
    if len(begun) < _FEWEST_ROWS or not all(map(str.isdecimal, begun[1:])):
        return table  # fast path for nearly all tables
    margins = margins_of(grid_texts((cell.row, cell.column, cell.text) for cell in table.cells))
    if not margins.before:
        return table
    kept = [
        structs.replace(cell, row=cell.row - margins.above, column=cell.column - 1)
        for cell in table.cells
        if cell.column > 0 and cell.row >= margins.above
    ]
    return structs.replace(table, cells=tuple(kept))


def grid_texts(cells: Iterable[tuple[int, int, str]]) -> dict[tuple[int, int], str]:
    """Return texts by row and column, without surrounding blanks."""
    return {(row, column): text.strip() for row, column, text in cells}
