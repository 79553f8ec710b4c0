"""The row of values below a header whose rows stand beside each other, as table 四 has it.

The header says which value is whose: by the groups that stand over its columns. Where it
names an order that cannot be made out, nothing is placed; where several rows of values
differ, the first one stands and the table is in question.
"""

from collections.abc import Iterator, Sequence

from extractor.document import Notice
from extractor.forms import TableForm, load_forms
from extractor.located import FoundTable, FoundTables
from extractor.numerals import has_number
from extractor.recognize.tables.assign_columns import (
    LEAST_LABELS,
    ends_short,
    located_in,
    placed_by_interval,
    run_of,
    without_surplus_blanks,
)
from extractor.recognize.tables.grid import GridTable, HeaderColumn, ValueRow, is_numbering

_Candidate = tuple[GridTable, ValueRow, bool]  # the last: whether the block shows the table's labels


def take_side_by_side(
    table: TableForm, grids: Sequence[GridTable], result: FoundTable, found: FoundTables
) -> None:
    """Place the values of a table whose rows stand beside each other."""
    taken: dict[str | None, ValueRow] = {}
    for grid, row, labelled in _rows_of_values(table, grids):
        own = _own_row(table, row)
        if _contradicts(taken, own, row):
            _tell_repeated(table, row, result, found)
            _leave_open_below_one_header(table, taken, row, result)
        found.blocks.add(grid.block)
        if own in taken or None in taken or (own is None and taken):
            continue
        taken[own] = row
        if own:
            _take_one(table, own, row, result)
        else:
            _take_whole(table, row, result, found)
            if not labelled:
                result.by_position.update(form_row.id for form_row in table.rows)


def _rows_of_values(table: TableForm, grids: Sequence[GridTable]) -> Iterator[_Candidate]:
    """Yield the rows that may hold the values; blank ones only where no other speaks."""
    candidates: list[_Candidate] = []
    for grid in grids:
        labelled = any(grid.hits[form.id, table.id] >= LEAST_LABELS[table.id] for form in load_forms())
        candidates.extend((grid, row, labelled) for row in grid.rows if _may_hold(table, row, labelled))
    speaking = [
        each for each in candidates if any(cell.unread or has_number(cell.text) for cell in each[1].values)
    ]
    named = [each for each in candidates if _own_row(table, each[1])]
    yield from (each for each in candidates if each in speaking or each in named or not speaking)


def _may_hold(table: TableForm, row: ValueRow, labelled: bool) -> bool:
    if _own_row(table, row):
        return labelled and len(row.values) == len(table.columns)
    if row.names_a_row or is_numbering(row.values):
        return False
    whole = len(row.values) == len(table.cell_ids())
    return (labelled and bool(row.values)) or (
        whole and not row.label and all(cell.speaks for cell in row.values)
    )


def _own_row(table: TableForm, row: ValueRow) -> str | None:
    return next((ids[0] for (_, named), ids in row.name.rows.items() if named == table.id), None)


def _contradicts(taken: dict[str | None, ValueRow], own: str | None, row: ValueRow) -> bool:
    """Say whether values for the same cells were taken before, and others."""
    if own is None and None not in taken:
        return bool(taken) and any(cell.speaks for cell in row.values)
    known = taken.get(own)
    return known is not None and _texts(known) != _texts(row)


def _texts(row: ValueRow) -> list[str]:
    return [cell.text.strip() for cell in row.values if cell.text.strip()]


def _tell_repeated(table: TableForm, row: ValueRow, result: FoundTable, found: FoundTables) -> None:
    if not result.in_question:
        message = f"{table.id}：同一张表的数字出现不止一次，各不相同；取先出现的"
        found.notices.append(Notice("table-repeated", message, row.values[0].locator))
    result.in_question = True


def _leave_open_below_one_header(
    table: TableForm, taken: dict[str | None, ValueRow], row: ValueRow, result: FoundTable
) -> None:
    """Give no number where rows of one block differ: neither is more the report's than the other."""
    first = next(iter(taken.values()))
    if first.block == row.block and result.located:
        result.located.clear()
        result.runs.append(run_of(table.cell_ids(), first.values, lost=True))


def _take_one(table: TableForm, own: str, row: ValueRow, result: FoundTable) -> None:
    """Place the values of a row that stands below the others instead of beside them."""
    names = [column.id for column in row.header if column.id]
    order = names if sorted(names) == sorted(column.id for column in table.columns) else None
    ids = [f"{table.id}.{own}.{name}" for name in order or [column.id for column in table.columns]]
    result.located.update((i, located_in([c])) for i, c in zip(ids, row.values, strict=True))


def _take_whole(table: TableForm, row: ValueRow, result: FoundTable, found: FoundTables) -> None:
    ids = _cells_in_order(table, row)
    if ids is None:
        message = f"{table.id}：表头的次序与标准格式不同，不能确定各数字属于哪一列"
        found.notices.append(Notice("header-in-question", message, row.values[0].locator))
        result.runs.append(run_of(table.cell_ids(), row.values, lost=True))
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
    result.runs.append(run_of(ids, row.values))


def _cells_in_order(table: TableForm, row: ValueRow) -> Sequence[str] | None:
    """Return the cell ids from left to right; None where the header names an order it does not explain."""
    standard = table.cell_ids()
    leaves = [column for column in row.header if column.id]
    if row.aligned and len(leaves) == len(standard):
        ids = [f"{table.id}.{group}.{leaf.id}" for leaf in leaves for group in _groups_over(leaf, row)]
        if len(ids) == len(standard) and set(ids) == set(standard):
            return ids
    groups = list(dict.fromkeys(group.id for group in row.groups))
    wanted = [form_row.id for form_row in table.rows if form_row.id in groups]
    rest: Iterator[str | None] = iter([column.id for column in table.columns] * len(table.rows))
    in_order = all(leaf.id in rest for leaf in leaves)  # each after the one before
    return standard if groups == wanted and in_order else None


def _groups_over(leaf: HeaderColumn, row: ValueRow) -> list[str]:
    return [
        group.id for group in row.groups if group.id and group.first <= leaf.first < leaf.last <= group.last
    ]
