"""The margins of a spreadsheet kept with its cells: letters or numbers over the columns, row numbers.

A printout with row and column headings has them, and a data frame that was saved with its index.
"""

from collections.abc import Iterable, Mapping

from msgspec import Struct, structs

from extractor.document import Table
from extractor.numerals import has_number

_FEWEST_ROWS = 3
_FEWEST_COLUMNS = 2
_LETTERS = [chr(ord("A") + at) for at in range(26)]


class Margins(Struct, frozen=True):
    """Which margins a grid has: a row above all others, a column before all others."""

    above: bool = False
    before: bool = False


def margins_of(grid: Mapping[tuple[int, int], str]) -> Margins:
    """Return the margins of a grid, its texts by row and column.

    Row numbers go through without a gap, past the heads of the table: no column of the table does.
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
    """Say whether texts are A, B, C … or 0, 1, 2 … or 1, 2, 3 …."""
    numbers = ([str(first + at) for at in range(len(texts))] for first in (0, 1))
    return len(texts) >= _FEWEST_COLUMNS and (texts == _LETTERS[: len(texts)] or texts in numbers)


def without_margins(table: Table) -> Table:
    """Return a table without the margins of a spreadsheet around it; itself where it has none."""
    begun = [cell.text.strip() for cell in table.cells if cell.column == 0 and cell.row < _FEWEST_ROWS]
    if len(begun) < _FEWEST_ROWS or not all(map(str.isdecimal, begun[1:])):
        return table  # nearly all tables: asked first, because it costs little
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
    """Return texts by row and column, blanks around them left out."""
    return {(row, column): text.strip() for row, column, text in cells}
