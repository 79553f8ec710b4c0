"""Reads tables whose rows are side by side below one header, as in table 四.

A printed row contains the values of several form rows, or of one if the table is split into blocks. The
groups in the header say which part belongs to which form row, the header cells below them which column. If
the order of the header is unclear, nothing is assigned. If several rows of values differ, the first is used
and the table is marked as in question.
"""

from collections.abc import Iterator, Sequence

from msgspec import Struct, structs

from extractor.document import Notice, Paragraph
from extractor.forms import TableForm, load_form, load_forms, per_forms
from extractor.located import FoundTable, FoundTables
from extractor.numerals import has_number
from extractor.recognize.labels import core
from extractor.recognize.tables.assign_columns import (
    ends_short,
    located_in,
    placed_by_interval,
    unassigned_cells,
    without_surplus_blanks,
)
from extractor.recognize.tables.cell_kind import CellKind, kind_of_text
from extractor.recognize.tables.context import Context
from extractor.recognize.tables.grid import GridTable, ValueRow, is_numbering, without_blanks_outside_header
from extractor.recognize.tables.header import HeaderColumn
from extractor.recognize.tables.heads import heads_notices, read_heads
from extractor.recognize.tables.set_aside import is_of_another_year, is_sum_of_rows
from extractor.recognize.tables.side_by_side_order import cells_in_order, parts_of, without_sums_of_rows

_LONGEST_CAPTION = 40  # characters of a paragraph that names the row below it


class _PossibleRow(Struct, frozen=True):
    """A row that may hold the table's values; `own` is the form row if the whole printed row is for one."""

    row: ValueRow
    own: str | None
    labelled: bool  # whether the block shows the table's labels

    @property
    def speaks(self) -> bool:
        """Return whether the row holds a number."""
        return any(cell.unread or has_number(cell.text) for cell in self.row.values)


def take_side_by_side(
    form: str,
    table: TableForm,
    grids: Sequence[GridTable],
    result: FoundTable,
    found: FoundTables,
    context: Context,
) -> None:
    """Assign the values of a table whose rows are side by side."""
    taken: dict[str, ValueRow] = {}
    for candidate in _candidates(form, table, grids, context):
        row = candidate.row
        found.blocks.add(row.block)
        parts = [(candidate.own, row)] if candidate.own else parts_of(table, row)
        claims = dict(parts) if parts else {form_row.id: row for form_row in table.rows}
        clashing = [
            known for row_id, part in claims.items() if (known := taken.get(row_id)) and _differ(known, part)
        ]
        if clashing:
            _tell_repeated(table, row, result, found)
            _leave_open_below_one_header(table, clashing[0], row, result)
        new = [(row_id, part) for row_id, part in claims.items() if row_id not in taken]
        if not new or (taken and not parts):
            continue
        taken.update(new)
        if parts:
            for row_id, part in new:
                _take_part(table, row_id, part, result, found)
        else:
            _take_whole(table, row, None if parts is None else cells_in_order(table, row), result, found)
        if not candidate.labelled:
            result.by_position.update(claims)


def _candidates(
    form: str, table: TableForm, grids: Sequence[GridTable], context: Context
) -> Iterator[_PossibleRow]:
    """Yield the rows that may hold the values; blank rows only if there are no others with content."""
    candidates: list[_PossibleRow] = []
    for grid in grids:
        labelled = any(grid.hits[each, table.id] >= least for each, least in _least_labels(table.id))
        named = labelled and any(_named_row(form, table, row.name) for row in grid.rows)
        # Most rows are of other tables, which their labels show.
        own_rows = (row for row in grid.rows if not row.names_a_row or _named_row(form, table, row.name))
        rows = (_without_blanks_of_labels(form, table, row) for row in own_rows)
        for row in (without_blanks_outside_header(without_sums_of_rows(table, each)) for each in rows):
            if named and is_sum_of_rows(row.label):
                continue
            if _may_hold(form, table, row, labelled) and not is_of_another_year(row.label, context.year):
                own = _named_row(form, table, row.name)
                if own is None and labelled:
                    own = _row_titled(form, table, row, context)
                candidates.append(_PossibleRow(row, own, labelled))
    speaking = any(candidate.speaks for candidate in candidates)
    yield from (each for each in candidates if each.speaks or each.own or not speaking)


def _without_blanks_of_labels(form: str, table: TableForm, row: ValueRow) -> ValueRow:
    """Return a named row without the blanks before its values that its label covers elsewhere.

    Formats without merged cells leave them: 行政复议 | (blank) | 3 | 0 | … beside 行政诉讼 | 复议后起诉 | 2.
    """
    surplus = len(row.values) - len(table.columns)
    if surplus <= 0 or any(cell.speaks for cell in row.values[:surplus]):
        return row
    return structs.replace(row, values=row.values[surplus:]) if _named_row(form, table, row.name) else row


def _may_hold(form: str, table: TableForm, row: ValueRow, labelled: bool) -> bool:
    if _named_row(form, table, row.name):
        return labelled and len(row.values) == len(table.columns)
    if row.names_a_row or is_numbering(row.values):
        return False
    whole = len(row.values) == len(table.cell_ids())
    return (labelled and bool(row.values)) or (
        whole and not row.label and all(cell.speaks for cell in row.values)
    )


def _named_row(form: str, table: TableForm, name: CellKind) -> str | None:
    """Return the row of the table that a label names: in its own edition, else in any."""
    return _row_named(form, table.id, name) if name.rows else None


@per_forms(maxsize=4096)
def _row_named(form: str, table_id: str, name: CellKind) -> str | None:
    table = load_form(form).table(table_id)
    known = {row.id for row in table.rows} if table else set()
    others = (ids for (_, named), ids in name.rows.items() if named == table_id)
    named = (name.rows.get((form, table_id), ()), *others)
    return next((ids[0] for ids in named if ids and ids[0] in known), None)


@per_forms(maxsize=64)
def _least_labels(table_id: str) -> tuple[tuple[str, int], ...]:
    """Return the editions with a table, each with the number of labels below which nothing shows it."""
    tables = ((form.id, form.table(table_id)) for form in load_forms())
    return tuple((form, table.least_labels or 0) for form, table in tables if table)


def _row_titled(form: str, table: TableForm, row: ValueRow, context: Context) -> str | None:
    """Return the form row whose name is above a block that holds the values of one row."""
    if row.groups or len(row.values) != len(table.columns):
        return None
    above = context.blocks[row.block - 1] if row.block else None
    if not isinstance(above, Paragraph) or len(above.text) > _LONGEST_CAPTION:
        return None
    return _named_row(form, table, kind_of_text(above.text)) or _row_named_within(table, above.text)


def _row_named_within(table: TableForm, caption: str) -> str | None:
    """Return the only row whose label is in a caption: 表4-2 行政诉讼—复议后起诉; None if it names others."""
    said = core(caption)
    named = [row for row in table.rows if core(row.label) in said]
    others = {core(group) for row in table.rows for group in row.group} - {
        core(group) for row in named for group in row.group
    }
    return named[0].id if len(named) == 1 and not any(group in said for group in others) else None


def _differ(known: ValueRow, row: ValueRow) -> bool:
    return _texts(known) != _texts(row)


def _texts(row: ValueRow) -> list[str]:
    return [cell.text.strip() for cell in row.values if cell.text.strip()]


def _tell_repeated(table: TableForm, row: ValueRow, result: FoundTable, found: FoundTables) -> None:
    if not result.in_question:
        message = f"{table.id}：同一张表的数字出现不止一次，各不相同；取先出现的"
        found.notices.append(Notice("table-repeated", message, row.values[0].locator))
    result.in_question = True


def _leave_open_below_one_header(
    table: TableForm, first: ValueRow, row: ValueRow, result: FoundTable
) -> None:
    """Leave cells undecided if rows of one block differ: nothing shows which is right."""
    if first.block == row.block and result.located:
        result.located.clear()
        result.glued.append(unassigned_cells(table.cell_ids(), first.values, lost=True))


def _take_part(table: TableForm, row_id: str, row: ValueRow, result: FoundTable, found: FoundTables) -> None:
    """Assign the values of one form row; values below unidentified header cells are left undecided."""
    columns = [column.id for column in table.columns]
    heads = read_heads(row, tuple(columns), table)
    found.notices.extend(heads_notices(table, heads, row.values[0].locator))
    cell_ids = {column: f"{table.id}.{row_id}.{column}" for column in columns}
    order = [head.id for head in heads.columns] or ([] if heads.missing else columns)
    if len(order) != len(row.values):
        result.glued.append(unassigned_cells(cell_ids.values(), row.values, lost=True))
        return
    strange = []
    for column, cell in zip(order, row.values, strict=True):
        if column in cell_ids:
            result.located[cell_ids[column]] = located_in([cell])
        else:
            strange.append(cell)
    if heads.missing:
        result.glued.append(
            unassigned_cells((cell_ids[column] for column in heads.missing), strange, lost=True)
        )


def _take_whole(
    table: TableForm, row: ValueRow, ids: Sequence[str] | None, result: FoundTable, found: FoundTables
) -> None:
    if ids is None:
        message = f"{table.id}：表头的次序与标准格式不同，不能确定各数字属于哪一列"
        found.notices.append(Notice("header-in-question", message, row.values[0].locator))
        result.glued.append(unassigned_cells(table.cell_ids(), row.values, lost=True))
        return
    values = without_surplus_blanks(list(row.values), len(ids))
    leaves = [column for column in row.header if column.id]
    if len(values) != len(ids) and row.aligned and len(leaves) == len(ids):
        named = [HeaderColumn(i, column.first, column.last) for i, column in zip(ids, leaves, strict=True)]
        placed = (
            None if ends_short(row.values, named) else placed_by_interval(list(row.values), named, row.reach)
        )
        if placed is not None:
            result.located.update((i, located_in(there)) for i, there in placed.items() if there)
            return
    if len(values) == len(ids):
        result.located.update((i, located_in([c])) for i, c in zip(ids, values, strict=True))
        return
    result.glued.append(unassigned_cells(ids, row.values))
