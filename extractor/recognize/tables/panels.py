"""Tables printed in panels: the lower half is to the right of the upper half, with the header repeated."""

from collections.abc import Sequence
from itertools import pairwise

from msgspec import structs

from extractor.document import Cell, Table
from extractor.recognize.tables.cell_kind import kind_of_text

_FEWEST_HEADS = 2  # columns of a panel
_COUNTS = (2, 3)  # of panels


def panels_below_each_other(table: Table) -> Table:
    """Return a table with its panels moved below each other; unchanged if it has none."""
    starts = _panel_starts(table)
    if not starts:
        return table
    height = max(cell.row + cell.row_span for cell in table.cells)
    end = max(cell.column + cell.column_span for cell in table.cells)
    moved = [
        structs.replace(cell, row=cell.row + number * height, column=cell.column - start)
        for number, (start, stop) in enumerate(pairwise([*starts, end]))
        for cell in table.cells
        if start <= cell.column < stop
    ]
    return structs.replace(table, cells=tuple(moved))


def _panel_starts(table: Table) -> list[int]:
    """Return the grid columns at which panels begin: where the header repeats above row labels."""
    if not table.aligned:
        return []
    for row in table.rows().values():
        starts = _where_heads_repeat(row)
        if starts and _begin_with_labels(table.cells, row[0].row, starts):
            return starts
    return []


def _where_heads_repeat(row: Sequence[Cell]) -> list[int]:
    begins = row[0].text.strip()[:1]
    if not begins or not any(
        len(row) >= count * _FEWEST_HEADS and row[len(row) // count].text.lstrip()[:1] == begins
        for count in _COUNTS
    ):
        return []  # as for nearly all rows
    texts = ["".join(cell.text.split()) for cell in row]
    if not all(texts) or texts[0] not in texts[1:]:
        return []
    for count in _COUNTS:
        width, rest = divmod(len(texts), count)
        if not rest and width >= _FEWEST_HEADS and texts == texts[:width] * count:
            distinct = len(set(texts[:width])) == width
            return [row[at * width].column for at in range(count)] if distinct else []
    return []


def _begin_with_labels(cells: Sequence[Cell], head: int, starts: Sequence[int]) -> bool:
    """Return whether there are labels, not numbers, below the first header cell of every panel."""
    for start in starts:
        below = [kind_of_text(cell.text) for cell in cells if cell.row > head and cell.column == start]
        labels = sum(each.is_text for each in below)
        if not below or any(each.has_number and each.is_value for each in below) or 2 * labels < len(below):
            return False
    return True
