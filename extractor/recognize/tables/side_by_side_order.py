"""Splits a printed row that contains several rows of the form side by side."""

from collections.abc import Iterator, Sequence

from msgspec import structs

from extractor.document import Cell
from extractor.forms import TableForm
from extractor.recognize.tables.grid import ValueRow
from extractor.recognize.tables.header import HeaderColumn
from extractor.recognize.tables.heads import is_open, read_heads
from extractor.recognize.tables.set_aside import is_sum_of_rows

Part = tuple[str, ValueRow]  # the id of a form row, and its values with their part of the header


def without_sums_of_rows(table: TableForm, row: ValueRow) -> ValueRow:
    """Return a row without the values below header cells that gather columns into a sum (合计).

    Only if the columns are aligned do positions show which values these are.
    """
    totals = {None, *(equation.total for equation in table.equations if equation.within == "row")}
    over = (
        head
        for head in (*row.header, *row.beside)
        if (is_sum_of_rows(head.label) if head.label else head.id in totals)
    )
    sums = [each for each in (_over_blanks(head, row) for head in over) if _gathers(each, row.header)]
    if not sums or not row.aligned:
        return row
    return structs.replace(
        row,
        header=tuple(head for head in row.header if not any(_stands_below(head, one) for one in sums)),
        values=tuple(cell for cell in row.values if not any(_stands_below(cell, one) for one in sums)),
    )


def _over_blanks(head: HeaderColumn, row: ValueRow) -> HeaderColumn:
    """Return a header cell with the blanks behind it, which a merged cell leaves without spans."""
    others = (*row.header, *row.groups, *row.beside)
    beside = (other.first for other in others if other.row == head.row or not other.row)
    return structs.replace(head, last=min((at for at in beside if at > head.first), default=row.reach))


def _gathers(head: HeaderColumn, others: Sequence[HeaderColumn]) -> bool:
    """Return whether two or more header cells are below this one, the first at its own left edge."""
    below = [
        other.first for other in others if other.row > head.row and head.first <= other.first < head.last
    ]
    return len(below) > 1 and min(below) == head.first


def _stands_below(place: Cell | HeaderColumn, head: HeaderColumn) -> bool:
    first = place.column if isinstance(place, Cell) else place.first
    return head.first <= first < head.last


def parts_of(table: TableForm, row: ValueRow) -> list[Part] | None:
    """Return a printed row split into form rows; [] if it has too many or too few values.

    None if the order of the header is unclear.
    """
    width = len(table.columns)
    count, rest = divmod(len(row.values), width)
    whole = rest == 0 and 0 < count <= len(table.rows)
    order = _rows_in_order(table, row, count if whole else len(table.rows))
    if order is None:
        return None
    cut = _cut_header(row, len(order), width)
    if cut is None and not _is_in_order(table, row, len(order)):
        return None
    if not whole:
        return []
    heads = cut or [((), ())] * count
    values = [row.values[at : at + width] for at in range(0, len(row.values), width)]
    return [
        (row_id, structs.replace(row, values=part, header=header, blanks=blanks, levels=()))
        for row_id, part, (header, blanks) in zip(order, values, heads, strict=True)
    ]


def cells_in_order(table: TableForm, row: ValueRow) -> list[str]:
    """Return the cell ids of a row from left to right, from its header as far as it is clear."""
    order = _rows_in_order(table, row, len(table.rows)) or [form_row.id for form_row in table.rows]
    standard = [column.id for column in table.columns]
    ids: list[str] = []
    cut = _cut_header(row, len(order), len(standard)) or [((), ())] * len(order)
    for row_id, (header, blanks) in zip(order, cut, strict=True):
        part = structs.replace(row, header=header, blanks=blanks, levels=(), values=())
        named = [head.id for head in read_heads(part, tuple(standard), table).columns if head.id]
        in_order = standard if any(map(is_open, named)) or len(named) != len(standard) else named
        ids += [f"{table.id}.{row_id}.{column}" for column in in_order]
    return ids


def _rows_in_order(table: TableForm, row: ValueRow, count: int) -> list[str] | None:
    """Return the form rows whose values are side by side; None if that is not clear."""
    standard = [form_row.id for form_row in table.rows]
    groups = [group.id for group in row.groups if group.id]
    groups = list(dict.fromkeys(groups))
    in_form_order = [row_id for row_id in standard if row_id in groups]
    # Without aligned columns the rows of the header are mixed up: only the form's own order is certain.
    if len(groups) == count and (row.aligned or groups == in_form_order):
        return groups
    return standard if count == len(standard) and groups == in_form_order else None


def _cut_header(
    row: ValueRow, count: int, width: int
) -> list[tuple[tuple[HeaderColumn, ...], tuple[HeaderColumn, ...]]] | None:
    """Return the named and the blank header cells of each part; None if there are too many or too few."""
    heads = [head for head in row.header if head.id or head.label]
    if len(heads) + len(row.blanks) == count * width:
        heads = sorted((*heads, *row.blanks), key=lambda head: head.first)
    if len(heads) != count * width:
        return None
    parts = [heads[at : at + width] for at in range(0, len(heads), width)]
    blanks = set(row.blanks)
    return [
        (tuple(h for h in part if h not in blanks), tuple(h for h in part if h in blanks)) for part in parts
    ]


def _is_in_order(table: TableForm, row: ValueRow, count: int) -> bool:
    """True if the known heads are in the form's order with no unknown head between them."""
    rest: Iterator[str] = iter([column.id for column in table.columns] * count)
    known: Sequence[str] = [head.id for head in row.header if head.id]
    return all(column in rest for column in known) and (
        not known or not any(head.label for head in row.header)
    )
