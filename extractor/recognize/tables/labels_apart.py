"""Joins a table of labels with the table of their numbers: pages with fixed columns have two such tables.

Both have the same number of rows, and their order assigns the numbers to the labels.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import structs

from extractor.document import Block, Cell, Table
from extractor.recognize.tables.cell_kind import kind_of_text

_FEWEST = 5  # rows


def tables_with_labels_apart(blocks: Sequence[Block]) -> Iterator[tuple[int, int, Table]]:
    """Yield the block of labels, the block of numbers directly after it, and the table made of both."""
    for at, (left, right) in enumerate(pairwise(blocks)):
        if not isinstance(left, Table) or not isinstance(right, Table) or not left.aligned:
            continue
        labels = _rows_of_labels(left)
        if labels and right.aligned and labels == _rows_of_values(right):
            yield at, at + 1, _beside(left, right)


def _rows_of_labels(table: Table) -> int:
    """Return how many rows at the end of a table are row labels; 0 if it contains any number."""
    kinds = [(cell, kind_of_text(cell.text)) for cell in table.cells]
    if not kinds or any(kind.is_value and (kind.has_number or cell.unread) for cell, kind in kinds):
        return 0
    last = {cell.row: kind for cell, kind in kinds}
    rows = [row for row, kind in last.items() if kind.is_row]
    count = max(last) + 1 - rows[0] if rows else 0  # labels that wrapped or were cut off need not be known
    return count if len(rows) >= _FEWEST and 3 * count <= 4 * len(rows) else 0


def _rows_of_values(table: Table) -> int:
    """Return how many rows at the end of a table are numbers; 0 if a label is beside them."""
    count = 0
    for row in reversed(table.rows().values()):
        kinds = [kind_of_text(cell.text) for cell in row]
        values = sum(kind.is_value and not kind.is_blank for kind in kinds)
        if not all(kind.is_value for kind in kinds):
            return 0 if values else count
        if any(cell.row_span > 1 for cell in row):
            return 0
        count += 1
    return count


def _beside(left: Table, right: Table) -> Table:
    """Return one table in which the last rows of both are beside each other."""
    width = max(cell.column + cell.column_span for cell in left.cells)
    heights = [max(cell.row + cell.row_span for cell in table.cells) for table in (left, right)]
    most = max(heights)
    cells = [_lower(cell, most - heights[0]) for cell in left.cells]
    cells += [
        structs.replace(moved, column=moved.column + width)
        for moved in (_lower(cell, most - heights[1]) for cell in right.cells)
    ]
    return Table(tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))), left.locator)


def _lower(cell: Cell, rows: int) -> Cell:
    """Return a cell moved down by some rows; a cell of the first row is extended downwards instead."""
    if cell.row == 0:
        return structs.replace(cell, row_span=cell.row_span + rows)
    return structs.replace(cell, row=cell.row + rows)
