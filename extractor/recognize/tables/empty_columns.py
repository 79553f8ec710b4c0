"""Columns of a table in which nothing is printed from the top to the bottom: editors leave them behind."""

from collections import Counter

from msgspec import structs

from extractor.document import Table
from extractor.recognize.tables.cell_kind import kind_of_text

_FEWEST = 2  # rows with an empty cell of their own: fewer make no column


def without_empty_columns(table: Table) -> Table:
    """Leave out the cells of columns that hold nothing in any row, the header included.

    Such a column is kept where a row does not reach it. That row lacks a cell, and which of its blanks
    is the column's cannot be told. It is kept, too, where no row of heads has an empty cell there: below
    a head, or in a part without heads behind a page end, blanks are what the form leaves blank.
    """
    if not table.aligned or all(map(str.strip, table.texts)):
        return table
    blank = {cell.column for cell in table.cells if cell.column_span == 1 and not cell.text.strip()}
    if blank <= {cell.column for cell in table.cells if cell.column_span == 1 and cell.text.strip()}:
        return table  # nearly all tables: every column says something
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
