"""The rows of a table with one value per row: their cells, and which of them say nothing about the value."""

from collections.abc import Sequence
from operator import attrgetter

from extractor.document import Cell, Table
from extractor.recognize.tables.cell_kind import kind_of_text


def without_trailing_units(row: list[Cell]) -> list[Cell]:
    """Return a row without the unit of its value behind it; what it is of is told elsewhere."""
    end = len(row)
    while end > 1 and (kind_of_text(row[end - 1].text).is_unit or kind_of_text(row[end - 1].text).is_blank):
        end -= 1
    return row[:end] if end < len(row) and kind_of_text(row[end - 1].text).has_number else row


def rows_with_hanging_labels(table: Table) -> list[list[Cell]]:
    """Return the cells of each row from left to right, including those that extend down from earlier rows."""
    if not any(cell.row_span > 1 for cell in table.cells):
        rows = table.rows()
        return [sorted(rows[row], key=attrgetter("column")) for row in sorted(rows)]
    rows = {}
    for cell in table.cells:
        for row in range(cell.row, cell.row + cell.row_span):
            rows.setdefault(row, []).append(cell)
    return [sorted(rows[row], key=lambda cell: cell.column) for row in sorted(rows)]


def columns_of_one_text(rows: Sequence[Sequence[Cell]]) -> frozenset[int]:
    """Return the columns with the same text in every row below the header, such as agency or year."""
    columns = {cell.column: cell.text for cell in rows[-1][:-1]}
    for row in rows[1:-1]:
        if not columns:
            break
        here = {cell.column: cell.text for cell in row}
        columns = {column: text for column, text in columns.items() if here.get(column) == text}
    return frozenset(columns)
