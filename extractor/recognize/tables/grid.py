"""Reads tables that have cells: which form row each row of values is, and which columns are above it.

Rows are identified by their labels and values by the header above them; positions are used only if both are
missing. Numbers are not interpreted here.
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

_LEAST_NUMBERED = 5  # columns of the shortest row of column numbers
_LETTERS_OF_COLUMNS = ("", *"甲乙丙丁戊ABCDE", "栏次", "行次", "列次")


class ValueRow(Struct, frozen=True):
    """A row of values as printed, with its label and the header above it."""

    block: int
    label: str  # "" if no cell of the row is a label
    name: CellKind  # the kind of the label
    values: tuple[Cell, ...]
    header: tuple[HeaderColumn, ...]
    aligned: bool
    groups: tuple[HeaderColumn, ...] = ()  # header cells that name rows, such as 行政复议 above its columns
    reach: int = 0  # grid column at which the header ends, blank cells included
    blanks: tuple[HeaderColumn, ...] = ()  # blank header cells above columns that no other header cell names
    levels: tuple[tuple[str, ...], ...] = ()  # the known header cells of each header row, as printed
    beside: tuple[HeaderColumn, ...] = ()  # unknown header cells above or below known ones

    @property
    def names_a_row(self) -> bool:
        """Return whether the label names a row of any table of any edition."""
        return bool(self.name.rows)


class GridTable(Struct, frozen=True):
    """The rows of values of one table block, and the labels of the form that it shows."""

    block: int
    rows: tuple[ValueRow, ...]
    hits: Counter[tuple[str, str]]  # (form, table) -> labels found

    def named_in(self, form: str, table: str) -> "GridTable":
        """Return the rows with header cells given the ids that they have in one table of one edition."""
        headers = {id(heads): heads for row in self.rows for heads in (row.header, row.groups)}
        if not any(head.meanings for heads in headers.values() for head in heads):
            return self
        named = {key: tuple(head.named_in(form, table) for head in heads) for key, heads in headers.items()}
        rows = (
            structs.replace(row, header=named[id(row.header)], groups=named[id(row.groups)])
            for row in self.rows
        )
        return structs.replace(self, rows=tuple(rows))


def without_blanks_outside_header(row: ValueRow) -> ValueRow:
    """Return a row without the blanks before and behind the columns of its header.

    Merged labels leave blanks where there are no spans, and wider tables of the same sheet do. In a row that
    is longer than its header, nothing shows which of its blanks is too many.
    """
    if (
        not row.aligned
        or not row.header
        or any(c.column + c.column_span > row.reach for c in row.values[-1:])
    ):
        return row
    first, last = min(head.first for head in row.header), max(head.last for head in row.header)
    if not row.values or (first <= row.values[0].column and row.values[-1].column < last):
        return row
    kept = tuple(cell for cell in row.values if cell.speaks or first <= cell.column < last)
    return structs.replace(row, values=kept)


def is_numbering(values: Sequence[Cell]) -> bool:
    """Return whether a row numbers its columns from 1 to the last.

    In a row of values whose last cell is the sum of the others, this cannot happen.
    """
    return len(values) >= _LEAST_NUMBERED and all(
        cell.text.strip() == str(number) for number, cell in enumerate(values, 1)
    )


def _counts_columns(cells: Sequence[Cell]) -> bool:
    """Return whether a row below a header numbers the columns: 甲 | 乙 | 1 | 2 …."""
    if not cells[-1].text.strip().isdigit():
        return False
    labels = next((at for at, cell in enumerate(cells) if cell.text.strip() == "1"), 0)
    counted = all(cell.text.strip() in _LETTERS_OF_COLUMNS for cell in cells[:labels])
    return counted and is_numbering(cells[labels:])


def read_grid(block: int, table: Table) -> GridTable:
    """Find the rows of values of a table, and count the labels of each edition's tables that it shows."""
    rows: list[ValueRow] = []
    met: list[tuple[str, str]] = []  # the (form, table) of each label found
    header = Header()
    any_filled = any(cell.unread for cell in table.cells)
    lines = list(_cells_by_row(table))
    for at, cells in enumerate(lines):
        shape = shape_of(tuple([kind_of_text(cell.text) for cell in cells]))
        if shape.texts > 1:
            cells, shape = _without_echoes(cells, shape)
        filled = any_filled and any(cell.unread for cell in cells)
        if header.is_open and not filled and _counts_columns(cells):
            continue
        if rows and shape.names_a_group_only and not header.is_open and not filled:
            continue  # a group label between rows: the header above still applies
        if (
            (shape.is_header_if_filled if filled else shape.is_header)
            or shape.names_rows_only
            or (shape.names_a_row_across and cells[0].column_span > 1)
            or (
                shape.names_rows_and_blanks
                and not filled
                and _stand_above_heads(cells, lines[at + 1 : at + 2])
            )
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


def _stand_above_heads(names: list[Cell], below: list[list[Cell]]) -> bool:
    """Return whether below each name in a row, and not only beside it, the next row has a header cell.

    So it is where merged header cells have left blanks; below the label of a row of blanks there are labels.
    """
    heads = {
        cell.column: kind_of_text(cell.text)
        for row in below
        for cell in row
        if kind_of_text(cell.text).is_column
    }
    named = [cell.column for cell in names if cell.text.strip()]
    return len(heads) > 1 and all(column in heads and not heads[column].is_row for column in named)


def _cells_by_row(table: Table) -> Iterator[list[Cell]]:
    """Yield the cells of each row; a value merged downwards is repeated in each row that it spans."""
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
    """Merge neighbours with the same label: converters copy a merged cell into every place it covers."""
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
    """Return the labels by which a cell names a row of a table whose rows are side by side."""
    return tuple(label for label in kind.labels if label.kind == "row" and label.table in across_tables())


def _value_row(
    block: int, table: Table, cells: list[Cell], shape: RowShape, header: Header
) -> ValueRow | None:
    first = shape.first
    label = shape.kinds[shape.label] if shape.label >= 0 else None
    names_a_row = label is not None and label.is_row
    if first >= len(cells) and (table.aligned or not names_a_row):
        return None  # without reliable columns, a lone row label may be a row whose blanks were lost
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
    """Return whether a row is all blank, as below the header of an empty form."""
    return shape.is_blank and len(shape.kinds) == len(header.columns)


def _is_blank_row(shape: RowShape, header: Header) -> bool:
    """True if a row with an unknown label has a blank for each column of the header."""
    return shape.has_values_only and len(shape.kinds) - shape.first == len(header.columns) > 1
