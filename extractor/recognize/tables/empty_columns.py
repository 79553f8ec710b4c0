"""Removes table columns that are entirely empty; editing programs leave such columns behind."""

from collections import Counter

from msgspec import structs

from extractor.document import Table
from extractor.recognize.tables.cell_kind import kind_of_text

_FEWEST = 2  # empty cells in a column that is removed; fewer are no evidence


def without_empty_columns(table: Table) -> Table:
    """Remove the cells of columns that are empty in every row, the header included.

    The column is kept if some row is too short to reach it: which of that row's blanks belongs to the column
    is then unknown. It is also kept if no header row has an empty cell there: below a header cell, or in the
    part of a table after a page break, blanks are values of the form.
    """
    if not table.aligned or all(map(str.strip, table.texts)):
        return table
    blank = {cell.column for cell in table.cells if cell.column_span == 1 and not cell.text.strip()}
    if blank <= {cell.column for cell in table.cells if cell.column_span == 1 and cell.text.strip()}:
        return table  # fast path for nearly all tables: no column is empty
    empty: Counter[int] = Counter()
    filled = set()
    for cell in table.cells:
        if cell.column_span == 1:
            if not cell.speaks and cell.doubt is None:
                empty[cell.column] += cell.row_span
            else:
                filled.add(cell.column)
    height = max((cell.row + cell.row_span for cell in table.cells), default=0)
    columns = {
        column
        for column, rows in empty.items()
        if rows >= _FEWEST and column not in filled and _rows_at(table, column) == height
    }
    headed = {cell.row for cell in table.cells if _is_head(cell.text)} if columns else set()
    left = {cell.column for cell in table.cells if cell.row in headed and not cell.speaks}
    columns &= left
    if not columns:
        return table
    kept = tuple(cell for cell in table.cells if cell.column_span > 1 or cell.column not in columns)
    return structs.replace(table, cells=kept)


def _is_head(text: str) -> bool:
    kind = kind_of_text(text)
    return kind.is_column and not kind.is_row


def _rows_at(table: Table, column: int) -> int:
    """Return how many rows have a cell in this column, merged ones included."""
    return sum(
        cell.row_span for cell in table.cells if cell.column <= column < cell.column + cell.column_span
    )
