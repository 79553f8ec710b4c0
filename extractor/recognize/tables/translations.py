"""Removes rows and columns with labels in a second language: Uyghur, Tibetan, English.

Such a row or column has no Chinese character and no digit. Foreign words beside Chinese in the same cell are
ignored when labels are compared.
"""

from msgspec import structs

from extractor.document import Cell, Table
from extractor.patterns import kept_pattern, late_pattern

# Letters of any script other than Chinese; not digits or marks for nothing.
_FOREIGN = kept_pattern(
    r"[A-Za-z\u00c0-\u1cff\u1d00-\u1fff\ua000-\ua4cf\uac00-\ud7af\ufb50-\ufdff\ufe70-\ufefc]{2}"
)
_OWN = late_pattern(r"[\u3400-\u9fff\d０-９]")
_FEWEST = 2  # cells of a row or column that is removed


def without_translations(table: Table) -> Table:
    """Return a table without the rows and columns that are entirely in another language."""
    if not any(map(may_be_foreign, table.texts)):
        return table
    foreign = {id(cell) for cell in table.cells if _is_foreign(cell)}
    rows = {cell.row for cell in table.cells if id(cell) in foreign}
    columns = {cell.column for cell in table.cells if id(cell) in foreign}
    for cell in table.cells:
        if id(cell) not in foreign and cell.speaks:
            rows.discard(cell.row)
            columns -= set(range(cell.column, cell.column + cell.column_span))
    rows = {row for row in rows if _count(table, foreign, row=row) >= _FEWEST}
    columns = {column for column in columns if _count(table, foreign, column=column) >= _FEWEST}
    if not table.aligned:
        columns = set()
    kept = tuple(cell for cell in table.cells if cell.row not in rows and cell.column not in columns)
    return structs.replace(table, cells=kept) if len(kept) < len(table.cells) else table


def may_be_foreign(text: str) -> bool:
    """Return whether a text has letters of another language."""
    return _FOREIGN.search(text) is not None


def _is_foreign(cell: Cell) -> bool:
    return _FOREIGN.search(cell.text) is not None and not _OWN.search(cell.text) and not cell.unread


def _count(table: Table, foreign: set[int], row: int | None = None, column: int | None = None) -> int:
    return sum(id(cell) in foreign and (cell.row == row or cell.column == column) for cell in table.cells)
