"""Tables with rows and columns swapped: the column labels of the form are below each other at the left."""

from msgspec import structs

from extractor.document import Table
from extractor.recognize.tables.broken_heads import with_broken_heads_joined
from extractor.recognize.tables.cell_kind import kind_of_text
from extractor.recognize.tables.empty_columns import without_empty_columns
from extractor.recognize.tables.grid import GridTable, read_grid
from extractor.recognize.tables.heads_in_cells import with_heads_above
from extractor.recognize.tables.heads_run_together import with_heads_parted
from extractor.recognize.tables.labels_right import with_labels_at_the_left
from extractor.recognize.tables.needs import Need, needs_of
from extractor.recognize.tables.panels import panels_below_each_other
from extractor.recognize.tables.row_shape import across_tables
from extractor.recognize.tables.tall_rows import with_tall_rows_cut
from extractor.recognize.tables.told_values import long_table_laid_out
from extractor.recognize.tables.translations import without_translations

_MOST_HEADS = 5  # most rows of labels above a row of values
# Each changes the texts of cells, so that what the table needs is asked again.
_IN_ORDER = (
    (Need.LINES, with_tall_rows_cut),
    (Need.PARTS, with_broken_heads_joined),
    (Need.NAMES, with_heads_parted),
)
_FEWEST = 3  # row labels that can only be columns of the form


def read_grid_either_way(block: int, table: Table) -> GridTable:
    """Read a table as it is, its panels below each other, or transposed if that shows more labels."""
    table = _made_plain(table)
    upright = read_grid(block, table)
    if not table.aligned:
        return upright
    if not any(row.names_a_row for row in upright.rows):
        if _is_across(upright):
            return upright
        upright = _laid_flat(block, table) or upright
    if sum(_names_a_column(row.label) for row in upright.rows) < _FEWEST:
        return upright
    turned = read_grid(block, _turned(table))
    return turned if turned.rows and max(turned.hits.values(), default=0) > _most(upright) else upright


def _made_plain(table: Table) -> Table:
    """Return a table with one value per cell, its labels at the left and the heads of its columns above."""
    needs = needs_of(table)
    if needs & Need.EMPTY:
        table = without_empty_columns(table)
    if needs & Need.FOREIGN:
        table = without_translations(table)
    table = with_labels_at_the_left(table)
    for need, parted_or_joined in _IN_ORDER:
        if needs & need:
            table = parted_or_joined(table)
            needs = needs_of(table)
    table = panels_below_each_other(table)
    laid_out = long_table_laid_out(table)
    may_have_heads = laid_out is not table or needs & Need.HEAD
    return with_heads_above(laid_out) if may_have_heads else laid_out


def _is_across(grid: GridTable) -> bool:
    """Return whether most labels are of a table whose rows the form itself prints side by side."""
    across = max((count for (_, table), count in grid.hits.items() if table in across_tables()), default=0)
    others = (count for (_, table), count in grid.hits.items() if table not in across_tables())
    return across > max(others, default=0)


def _laid_flat(block: int, table: Table) -> GridTable | None:
    """Read a table that has one row of values with row and column labels above each; None for others.

    Tables that the form itself prints in this way do not count.
    """
    if not table.cells or not 2 <= table.cells[-1].row <= _MOST_HEADS:
        return None
    turned = _turned(table)
    laid = long_table_laid_out(turned)
    if laid is turned:
        return None
    rows = read_grid(block, laid)
    named = {row_of for row in rows.rows for row_of in row.name.rows}
    return rows if named and not any(table in across_tables() for _, table in named) else None


def _most(grid: GridTable) -> int:
    return max(grid.hits.values(), default=0)


def _names_a_column(label: str) -> bool:
    kind = kind_of_text(label)
    return kind.is_column and not kind.is_row


def _turned(table: Table) -> Table:
    cells = [
        structs.replace(
            cell, row=cell.column, column=cell.row, row_span=cell.column_span, column_span=cell.row_span
        )
        for cell in table.cells
    ]
    return structs.replace(table, cells=tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))))
