"""Tables with labels at the right: repeated there, or only there in rows that run from right to left.

Rows are named before their values in all that follows, so such labels are left out or moved to the left.
"""

from collections.abc import Sequence

from msgspec import structs

from extractor.document import Cell, Table, cells_from_the_right
from extractor.recognize.labels import core
from extractor.recognize.tables.cell_kind import kind_of_text

_FEWEST = 2  # rows
_FEWEST_HEADS = 2


def with_labels_at_the_left(table: Table) -> Table:
    """Return a table with its labels only left of its values; unchanged if they are there already."""
    if not table.aligned:
        return table
    rows = [row for row in table.rows().values() if len(row) > 1]
    at_right = [row for row in rows if kind_of_text(row[-1].text).is_row and _first_number(row) < len(row)]
    if len(at_right) < _FEWEST:
        return table
    if all(_is_echo(row[-1], row[: _first_number(row)]) for row in at_right):
        return _without_columns(table, {row[-1].column for row in at_right})
    labelled = any(kind_of_text(cell.text).is_row for row in rows for cell in row[: _first_number(row)][-1:])
    if labelled or not _has_heads(table):
        return table
    return structs.replace(table, cells=tuple(cells_from_the_right(table.cells)))


def _first_number(row: Sequence[Cell]) -> int:
    kinds = (kind_of_text(cell.text) for cell in row)
    return next((at for at, kind in enumerate(kinds) if kind.is_value and kind.has_number), len(row))


def _is_echo(label: Cell, before: Sequence[Cell]) -> bool:
    """Return whether one of the labels left of the values is the same."""
    return any(core(cell.text) == core(label.text) for cell in before)


def _without_columns(table: Table, columns: set[int]) -> Table:
    """Return a table without the labels in these columns and the header above them."""
    kept = tuple(cell for cell in table.cells if cell.column not in columns)
    values = any(
        kind_of_text(cell.text).has_number and kind_of_text(cell.text).is_value
        for cell in table.cells
        if cell.column in columns
    )
    return table if values else structs.replace(table, cells=kept)


def _has_heads(table: Table) -> bool:
    """Return whether header cells identify the columns, which then need not be in the form's order."""
    heads = (kind_of_text(text) for text in table.texts)
    return sum(head.is_column and not head.is_row for head in heads) >= _FEWEST_HEADS
