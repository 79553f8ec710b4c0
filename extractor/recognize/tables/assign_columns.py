"""Assigns the values of a row to the columns of the form.

The header above decides, by the order and the grid positions of its columns; without a usable header the
form's order is used. If several assignments are possible, the row becomes glued cells, which the equations
may resolve.
"""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise

from msgspec import structs

from extractor.document import Cell, Notice
from extractor.forms import TableForm, cells_of
from extractor.located import FoundTable, GluedCells, GluedPiece, Located
from extractor.numerals import has_number, is_zero
from extractor.recognize.tables.grid import ValueRow
from extractor.recognize.tables.header import HeaderColumn
from extractor.recognize.tables.header_order import judge_headers
from extractor.recognize.tables.heads import HeadReader, Heads, is_open


def take_rows(
    table: TableForm,
    rows: Sequence[tuple[str, ValueRow]],
    result: FoundTable,
    doubtful: AbstractSet[str],
    year: int | None = None,
) -> list[Notice]:
    """Assign the values of a table's rows to its columns; rows in `doubtful` are left unassigned.

    Return notices about the headers.
    """
    cells = cells_of(table)
    headers = HeadReader(table, year)
    needing = {row.block for row_id, row in rows if len(row.values) != len(cells[row_id])}
    crooked = {
        row.block
        for row_id, row in rows
        if row.block in needing and not _stands_below(headers.of(row, cells[row_id]).columns, row)
    }
    orders = judge_headers(table, rows, headers)
    # by identity of Heads: the form's columns in printed order, if the header names each of them once
    in_order: dict[int, Sequence[str] | None] = {}
    for row_id, row in rows:
        if row.block in orders.denied:
            row = structs.replace(row, header=())
        heads = headers.of(row, cells[row_id])
        if row_id in doubtful or row.block in orders.unknown or (heads.missing and not heads.columns):
            result.glued.append(unassigned_cells(cells[row_id].values(), row.values, lost=True))
            continue
        if id(heads) not in in_order:
            in_order[id(heads)] = _one_head_each(heads, cells[row_id], row.aligned)
        columns = in_order[id(heads)]
        if columns is not None and len(columns) == len(row.values):
            _take_in_order(cells[row_id], columns, row.values, result)
            continue
        _take_row(cells[row_id], row, heads, result, straight=row.block not in crooked)
    return list(headers.notices())


def _stands_below(header: Sequence[HeaderColumn], row: ValueRow) -> bool:
    """Return whether each number of a row is below exactly one column of the header."""
    return (
        not header or not row.aligned or placed_by_interval(list(row.values), header, row.reach) is not None
    )


def _one_head_each(heads: Heads, cells: Mapping[str, str], aligned: bool) -> Sequence[str] | None:
    """Return the row's columns in the order of its values, if the header names each of them exactly once."""
    order = _order_of(heads.columns, cells, aligned)
    named = [column for column in order if column is not None and column in cells]
    whole = len(named) == len(order) == len(cells) == len(set(named))
    return named if whole and not heads.missing else None


def _take_in_order(
    cells: Mapping[str, str], columns: Sequence[str], values: Sequence[Cell], result: FoundTable
) -> None:
    for column, cell in zip(columns, values, strict=True):
        if cells[column] not in result.located:
            result.located[cells[column]] = _held_by(cell)


def _take_row(
    cells: Mapping[str, str],
    row: ValueRow,
    heads: Heads,
    result: FoundTable,
    *,
    straight: bool,
) -> None:
    """Assign the values of one row to columns.

    `straight` is False if a number in any row of the block is below no column of the header: then column
    positions are not used for the other rows either.
    """
    located = result.located
    placed = (
        _placed_by_header(row, heads.columns, cells, straight)
        if row.values
        else {column: [] for column in cells}
    )
    if placed is None:
        in_order = [cells[head.id] for head in heads.columns if head.id and head.id in cells]
        whole = len(in_order) == len(cells)
        ids = in_order if whole else cells.values()
        result.glued.append(unassigned_cells(ids, row.values, lost=bool(heads.missing)))
        return
    if heads.missing:
        strange = [cell for column, there in placed.items() if is_open(column) for cell in there]
        result.glued.append(unassigned_cells((cells[column] for column in heads.missing), strange, lost=True))
    for column, cells_there in placed.items():
        if is_open(column):
            continue
        cell_id = cells[column]
        if cell_id not in located and (cells_there or not row.values):
            located[cell_id] = located_in(cells_there)


def located_in(cells: list[Cell]) -> Located:
    """Return the cells of one column joined into one located text."""
    if not cells:
        return Located("")
    if len(cells) == 1:
        return _held_by(cells[0])
    speaking = [cell for cell in cells if cell.speaks] or cells[:1]
    return Located(
        " ".join(cell.text for cell in speaking),
        speaking[0].locator,
        printed=" ".join(cell.text if cell.printed is None else cell.printed for cell in speaking),
        unread=tuple(unread for cell in speaking for unread in cell.unread),
        doubt=next((cell.doubt for cell in cells if cell.doubt), None),
    )


def _held_by(cell: Cell) -> Located:
    certain = cell.row_span == 1 or not has_number(cell.text) or is_zero(cell.text)
    return Located(cell.text, cell.locator, certain, cell.printed, cell.unread, cell.doubt)


def unassigned_cells(ids: Iterable[str], cells: Sequence[Cell], *, lost: bool = False) -> GluedCells:
    """Return cells whose columns are unknown as glued cells, one piece each."""
    return GluedCells(
        tuple(ids),
        tuple(GluedPiece(cell.text, cell.locator) for cell in cells),
        splittable=False,
        lost=lost,
        unread=tuple(unread for cell in cells for unread in cell.unread),
        doubt=next((cell.doubt for cell in cells if cell.doubt), None),
    )


def _placed_by_header(
    row: ValueRow, header: Sequence[HeaderColumn], expected: Mapping[str, str], straight: bool
) -> dict[str, list[Cell]] | None:
    """Return the cells of each expected column; None if more than one assignment is possible."""
    order = _order_of(header, expected, row.aligned)
    values = list(row.values)
    if len(order) == 1 and _is_echo(values):
        values = values[:1]
    if len(values) == len(order):
        return {column: [cell] for column, cell in zip(order, values, strict=True) if column}
    if header and row.aligned and straight and not ends_short(values, header):
        by_place = placed_by_interval(values, header, row.reach)
        if by_place is not None:
            return by_place
    if len(order) > 1 and any(cell.unread or has_number(cell.text) for cell in values):
        return None  # which cell is surplus or missing is unknown
    values = without_surplus_blanks(values, len(order))
    if len(values) == len(order):
        return {column: [cell] for column, cell in zip(order, values, strict=True) if column}
    return None


def ends_short(values: Sequence[Cell], header: Sequence[HeaderColumn]) -> bool:
    """Return whether a row of numbers ends before the last column of the header.

    If an HTML row lacks a cell, all later cells shift left, so a value need not belong to the column above
    it.
    """
    end = max((cell.column + cell.column_span for cell in values), default=0)
    return bool(header) and end <= header[-1].first and any(has_number(cell.text) for cell in values)


def _order_of(header: Sequence[HeaderColumn], expected: Mapping[str, str], aligned: bool) -> list[str | None]:
    """Return the columns in the order of a row's values; None for a column that is not the form's.

    If column positions are unreliable (not `aligned`), the rows of the header are mixed up: then the form's
    order is used, and each foreign column is put after the column that it follows in the header.
    """
    if not header or aligned:
        return [column.id for column in header] if header else list(expected)
    order: list[str | None] = list(expected)
    for before, column in pairwise(header):
        if column.id is None and before.id in order:
            order.insert(order.index(before.id) + 1, None)
    return order


def placed_by_interval(
    values: list[Cell], header: Sequence[HeaderColumn], reach: int
) -> dict[str, list[Cell]] | None:
    """Return the values below each column; None if a number overlaps no column, or more than one.

    `reach` is the grid column at which the header ends.
    """
    if _runs_over(values, reach):
        return None
    placed: dict[str, list[Cell]] = {column.id: [] for column in header if column.id}
    for cell in values:
        under = [
            column
            for column in header
            if cell.column < column.last and column.first < cell.column + cell.column_span
        ]
        if len(under) != 1 and has_number(cell.text) and not (under and is_zero(cell.text)):
            return None  # except for a 0 across several columns, which is the value of each
        for column in under:
            if column.id:
                placed[column.id].append(cell)
    if any(len({cell.text for cell in cells if has_number(cell.text)}) > 1 for cells in placed.values()):
        return None
    # 9 | 9 | 9 below one merged header comes from one merged cell that was copied.
    return {column: cells[:1] if _is_echo(cells) else cells for column, cells in placed.items()}


def _runs_over(values: list[Cell], reach: int) -> bool:
    """Return whether a row extends beyond the header and has blanks: which one is surplus is unknown.

    A cell that a row of HTML has too many draws those behind it to the right.
    """
    inside = [cell for cell in values if cell.column < reach]
    if len(inside) == len(values) or not any(cell.unread or has_number(cell.text) for cell in inside):
        return False
    return not all(cell.speaks for cell in inside)


def _is_echo(cells: list[Cell]) -> bool:
    return len(cells) > 1 and all(cell.text == cells[0].text and not cell.unread for cell in cells)


def without_surplus_blanks(values: list[Cell], wanted: int) -> list[Cell]:
    """Leave out blanks that are one too many, if it is clear which ones they are."""
    speaking = [cell for cell in values if cell.speaks]
    if len(speaking) == wanted:
        return speaking
    return values if speaking else values[:wanted]
