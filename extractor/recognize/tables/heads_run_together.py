"""Parts header cells that hold a name of rows and a name of a column, such as 行政复议其他结果.

In tables without rules, a name over several columns may stand right above the middle one of their heads.
"""

from msgspec import structs

from extractor.document import Cell, Table
from extractor.forms import load_forms, per_forms
from extractor.recognize.tables.cell_kind import kind_of_text
from extractor.recognize.tables.row_shape import across_tables
from extractor.recognize.tables.told_cards import row_and_column


def with_heads_parted(table: Table) -> Table:
    """Return a table with each such header cell as two, one above the other; itself where it has none."""
    parted = {text: pair for text in table.texts if (pair := _name_and_head(text))}
    if not parted:
        return table
    headed = {cell.column for cell in table.cells if kind_of_text(cell.text).is_column}
    cells: list[Cell] = []
    for cell in table.cells:
        above, below = 2 * cell.row, 2 * cell.row + 1
        if cell.text in parted:
            name, head = parted[cell.text]
            cells.append(structs.replace(cell, row=above, text=name, row_span=1))
            cells.append(_in_free_column(structs.replace(cell, row=below, text=head), headed))
        else:
            cells.append(structs.replace(cell, row=below, row_span=2 * cell.row_span - 1))
    return structs.replace(table, cells=tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))))


def names_row_and_column(text: str) -> bool:
    """Return whether a text names a row and a column of a table whose rows are side by side."""
    return bool(_name_and_head(text))


def _in_free_column(head: Cell, headed: set[int]) -> Cell:
    """Return a head that is as wide as the name above it in the only column that has no other head."""
    free = [column for column in range(head.column, head.column + head.column_span) if column not in headed]
    return structs.replace(head, row_span=1, column=free[0], column_span=1) if len(free) == 1 else head


def _name_and_head(text: str) -> tuple[str, ...]:
    plain = "".join(text.split())
    return row_and_column(plain) if any(name in plain for name in _names_across()) else ()


@per_forms()
def _names_across() -> tuple[str, ...]:
    tables = (table for form in load_forms() for table in form.tables if table.id in across_tables())
    return tuple(dict.fromkeys(row.label for table in tables for row in table.rows))
