"""Tables that have kept their cells: which row and which columns each row of values belongs to.

A row is placed by its label, a value by the header above it; position decides only where
both are silent. Nothing is read as a number here.
"""

import operator
from collections import Counter
from collections.abc import Iterator, Sequence
from operator import attrgetter

from msgspec import Struct, structs

from extractor.document import Cell, Table
from extractor.forms import per_forms
from extractor.recognize.labels import Label
from extractor.recognize.tables.cell_kind import CellKind, kind_of_text
from extractor.recognize.tables.header import Header, HeaderColumn, head_of
from extractor.recognize.tables.row_shape import RowShape, across_tables, shape_of

_LEAST_NUMBERED = 5  # columns


class ValueRow(Struct, frozen=True):
    """A row of values as printed, its label's candidates, and the header it stands under."""

    block: int
    label: str  # "" where no cell of the row is a label
    name: CellKind  # what the label is
    values: tuple[Cell, ...]
    header: tuple[HeaderColumn, ...]
    aligned: bool
    groups: tuple[HeaderColumn, ...] = ()  # header cells that name rows, as 行政复议 over its columns
    reach: int = 0  # where the header's rows end, blank cells counted
    blanks: tuple[HeaderColumn, ...] = ()  # blank heads over columns that no other head names
    levels: tuple[tuple[str, ...], ...] = ()  # the known heads of each row of the header, as printed
    beside: tuple[HeaderColumn, ...] = ()  # unknown heads over known ones, or below them

    @property
    def names_a_row(self) -> bool:
        """Say whether the label is that of a row in any table of any edition."""
        return bool(self.name.rows)


class GridTable(Struct, frozen=True):
    """The rows of values of one table block, with the labels met on the way."""

    block: int
    rows: tuple[ValueRow, ...]
    hits: Counter[tuple[str, str]]  # (form, table) -> labels found

    def named_in(self, form: str, table: str) -> "GridTable":
        """Return the rows with the ids that the heads above them have in a table of one edition."""
        headers = {id(heads): heads for row in self.rows for heads in (row.header, row.groups)}
        if not any(head.meanings for heads in headers.values() for head in heads):
            return self
        named = {key: tuple(head.named_in(form, table) for head in heads) for key, heads in headers.items()}
        rows = (
            structs.replace(row, header=named[id(row.header)], groups=named[id(row.groups)])
            for row in self.rows
        )
        return structs.replace(self, rows=tuple(rows))


def is_numbering(values: Sequence[Cell]) -> bool:
    """Say whether a row counts its columns, 1 to the last: no row of a form with sums can read so."""
    return len(values) >= _LEAST_NUMBERED and all(
        cell.text.strip() == str(number) for number, cell in enumerate(values, 1)
    )


def read_grid(block: int, table: Table) -> GridTable:
    """Find the rows of values of a table, and how many labels of each edition's tables it shows."""
    rows: list[ValueRow] = []
    met: list[tuple[str, str]] = []  # the tables that each label met on the way is of
    header = Header()
    any_filled = any(cell.unread for cell in table.cells)
    for cells in _cells_by_row(table):
        shape = shape_of(tuple([kind_of_text(cell.text) for cell in cells]))
        if shape.texts > 1:
            cells, shape = _without_echoes(cells, shape)
        filled = any_filled and any(cell.unread for cell in cells)
        if rows and shape.names_a_group_only and not header.is_open and not filled:
            continue  # the header above goes on behind it
        if (
            (shape.is_header_if_filled if filled else shape.is_header)
            or shape.names_rows_only
            or (shape.names_a_row_across and cells[0].column_span > 1)
            or (header.is_open and shape.goes_on and not filled)
            or (not rows and not filled and _opens_a_header(shape, header, table.aligned))
        ):
            met += shape.columns
            header.take(cells, shape.kinds, _groups_of(cells, shape.kinds))
            continue
        row = _value_row(block, table, cells, shape, header)
        if row is not None:
            rows.append(row)
            met += row.name.rows
    return GridTable(block, tuple(rows), Counter(met))


def _cells_by_row(table: Table) -> Iterator[list[Cell]]:
    """Yield the cells of each row; a cell of values merged downwards is in each of its rows."""
    merged = [cell for cell in table.cells if cell.row_span > 1]
    hanging = {id(cell) for cell in merged if kind_of_text(cell.text).is_value}
    if not hanging:
        rows = table.rows()
        yield from [rows[row] for row in sorted(rows)]
        return
    rows = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(cell)
        if id(cell) in hanging:
            for below in range(cell.row + 1, cell.row + cell.row_span):
                rows.setdefault(below, []).append(structs.replace(cell, row=below))
    for row in sorted(rows):
        yield sorted(rows[row], key=attrgetter("column"))


def _without_echoes(cells: list[Cell], shape: RowShape) -> tuple[list[Cell], RowShape]:
    """Join neighbours with the same label: converters copy a merged cell into every place it covers."""
    if not any(map(operator.is_, shape.kinds, shape.kinds[1:])):
        return cells, shape
    result: list[Cell] = []
    for cell, each in zip(cells, shape.kinds, strict=True):
        last = result[-1] if result and each.is_text else None
        if last and cell.text == last.text and last.column + last.column_span == cell.column:
            result[-1] = structs.replace(last, column_span=last.column_span + cell.column_span)
        else:
            result.append(cell)
    if len(result) == len(cells):
        return cells, shape
    return result, shape_of(tuple([kind_of_text(cell.text) for cell in result]))


def _opens_a_header(shape: RowShape, header: Header, aligned: bool) -> bool:
    """True if the first row is a header without any known label, or one that ends in 总计."""
    return not header.columns and (shape.opens_if_aligned if aligned else shape.opens)


def _groups_of(cells: list[Cell], seen: Sequence[CellKind]) -> Iterator[HeaderColumn]:
    for cell, each in zip(cells, seen, strict=True):
        if each.is_row and (rows := _rows_across(each)):
            yield head_of(rows, cell)


@per_forms(maxsize=1024)
def _rows_across(kind: CellKind) -> tuple[Label, ...]:
    """Return what a label means as the name of a row that stands beside others."""
    return tuple(label for label in kind.labels if label.kind == "row" and label.table in across_tables())


def _value_row(
    block: int, table: Table, cells: list[Cell], shape: RowShape, header: Header
) -> ValueRow | None:
    first = shape.first
    label = shape.kinds[shape.label] if shape.label >= 0 else None
    names_a_row = label is not None and label.is_row
    if first >= len(cells) and (table.aligned or not names_a_row):
        return None  # where nothing is aligned a label alone is a row whose blanks left no trace
    if not (
        names_a_row
        or shape.has_number
        or _is_blank_form(shape, header)
        or (label is not None and _is_blank_row(shape, header))
        or any(cell.unread for cell in cells[first:])
    ):
        return None
    return ValueRow(
        block,
        cells[shape.label].text if label is not None else "",
        label or kind_of_text(""),
        tuple(cells[first:]),
        header.close(table.aligned, cells[first].column if first < len(cells) else 0),
        table.aligned,
        header.groups,
        header.reach,
        header.blanks,
        header.levels,
        header.beside,
    )


def _is_blank_form(shape: RowShape, header: Header) -> bool:
    """Say whether a row without label and numbers is what an empty form has below its header."""
    return shape.is_blank and len(shape.kinds) == len(header.columns)


def _is_blank_row(shape: RowShape, header: Header) -> bool:
    """True if a row with an unknown label has a blank for each column of the header."""
    return shape.has_values_only and len(shape.kinds) - shape.first == len(header.columns) > 1
