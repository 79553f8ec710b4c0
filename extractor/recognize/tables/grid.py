"""Tables that have kept their cells: which row and which columns each row of values belongs to.

A row is placed by its label, a value by the header above it; position decides only where
both are silent. Nothing is read as a number here.
"""

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

from msgspec import Struct, structs

from extractor.document import Cell, Table
from extractor.forms import load_forms
from extractor.recognize.tables.cell_kind import CellKind, kind_of_text

_LEAST_NUMBERED = 5  # columns


class HeaderColumn(Struct, frozen=True):
    """A column of a printed header: the form's id (None where it is not the form's) and its interval."""

    id: str | None
    first: int
    last: int  # exclusive


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

    @property
    def names_a_row(self) -> bool:
        """Say whether the label is that of a row in any table of any edition."""
        return bool(self.name.rows)


class GridTable(Struct, frozen=True):
    """The rows of values of one table block, with the labels met on the way."""

    block: int
    rows: tuple[ValueRow, ...]
    hits: Counter[tuple[str, str]]  # (form, table) -> labels found


def is_numbering(values: Sequence[Cell]) -> bool:
    """Say whether a row counts its columns, 1 to the last: no row of a form with sums can read so."""
    return len(values) >= _LEAST_NUMBERED and all(
        cell.text.strip() == str(number) for number, cell in enumerate(values, 1)
    )


def read_grid(block: int, table: Table) -> GridTable:
    """Find the rows of values of a table, and how many labels of each edition's tables it shows."""
    rows: list[ValueRow] = []
    hits: Counter[tuple[str, str]] = Counter()
    header = _Header()
    for cells in _cells_by_row(table.cells):
        seen = [kind_of_text(cell.text) for cell in cells]
        if [each.is_text for each in seen].count(True) > 1:
            cells, seen = _without_echoes(cells, seen)
        filled = any(cell.unread for cell in cells)
        if _is_header(seen, filled) or _names_rows_only(seen):
            for each in seen:
                for column_of in each.columns:
                    hits[column_of] += 1
            header.take(cells, seen)
            continue
        row = _value_row(block, table, cells, seen, header)
        if row is not None:
            rows.append(row)
            for row_of in row.name.rows:
                hits[row_of] += 1
    return GridTable(block, tuple(rows), hits)


def _cells_by_row(cells: Sequence[Cell]) -> Iterator[list[Cell]]:
    """Yield the cells of each row; a cell of values merged downwards is in each of its rows."""
    rows: dict[int, list[Cell]] = {}
    hanging = False
    for cell in cells:
        row = cell.row
        if row in rows:
            rows[row].append(cell)
        else:
            rows[row] = [cell]
        if cell.row_span > 1 and kind_of_text(cell.text).is_value:
            hanging = True
            for below in range(row + 1, row + cell.row_span):
                rows.setdefault(below, []).append(structs.replace(cell, row=below))
    for row in sorted(rows):
        yield sorted(rows[row], key=lambda cell: cell.column) if hanging else rows[row]


def _without_echoes(cells: list[Cell], seen: list[CellKind]) -> tuple[list[Cell], list[CellKind]]:
    """Join neighbours that repeat one label: so converters write a merged cell into every place it covers."""
    result: list[Cell] = []
    for cell, each in zip(cells, seen, strict=True):
        last = result[-1] if result and each.is_text else None
        if last and cell.text == last.text and last.column + last.column_span == cell.column:
            result[-1] = structs.replace(last, column_span=last.column_span + cell.column_span)
        else:
            result.append(cell)
    return (
        (cells, seen) if len(result) == len(cells) else (result, [kind_of_text(cell.text) for cell in result])
    )


def _is_header(seen: list[CellKind], filled: bool) -> bool:
    """Say whether a row is one of a header; `filled`: something lies in it that is no text."""
    columns = words = 0
    rows, numbers = False, filled
    for each in seen:
        if each.labels:
            columns += bool(each.columns) or each.is_ignored
            words += each.is_word
            rows = rows or bool(each.rows)
        elif each.has_number and each.is_value:
            numbers = True
    if columns >= 2:
        return True
    if columns == 1 and _is_blank_below_a_group(seen):
        return False
    # 信息内容 | 本年处理决定数量, or 申请人情况 alone; but （四）无法提供 | 1.… | 0 is a row of values.
    return not numbers and bool((columns == 1 and (words or not rows)) or (words and not rows))


def _is_blank_below_a_group(seen: list[CellKind]) -> bool:
    """Say whether the row is （六）其他处理 | 3.其他 | blanks: a name of columns too, but not its group."""
    return any(
        before.names_a_group and each.is_row and each.is_column and all(after.is_blank for after in seen[at:])
        for at, (before, each) in enumerate(itertools.pairwise(seen), start=2)
        if at < len(seen)
    )


class _Header:
    """The header that holds for the rows below: rebuilt at each header row that starts anew."""

    def __init__(self) -> None:
        self.columns: list[HeaderColumn] = []
        self.groups: tuple[HeaderColumn, ...] = ()
        self.reach = 0
        self._closed: tuple[HeaderColumn, ...] = ()
        self._open = False  # whether the row before was a header row too

    def take(self, cells: list[Cell], seen: list[CellKind]) -> None:
        """Add a header row; the first one after rows of values replaces what was there."""
        if not self._open:
            self.columns = []
            self.groups = ()
            self.reach = 0
            self._open = True
        self.reach = max(self.reach, *(cell.column + cell.column_span for cell in cells))
        self.columns.extend(_columns_of(cells, seen))
        self.groups = tuple(sorted((*self.groups, *_groups_of(cells, seen)), key=lambda group: group.first))

    def close(self, aligned: bool) -> tuple[HeaderColumn, ...]:
        """Return the header for a row of values: from left to right, or as met where nothing is aligned."""
        if self._open:
            self._open = False
            if aligned:
                # Converters write a header cell merged downwards into each of its rows.
                each = dict.fromkeys(self.columns)
                named = [column for column in each if column.id]
                # A label nobody knows over columns that are known is that of a group.
                alone = [
                    c for c in each if c.id or not any(c.first < n.last and n.first < c.last for n in named)
                ]
                self.columns = sorted(alone, key=lambda column: column.first)
            self._closed = tuple(self.columns)
        return self._closed


def _names_rows_only(seen: list[CellKind]) -> bool:
    """Say whether a row holds nothing but names of rows: 行政复议 | 行政诉讼 above the columns of each."""
    if len(seen) < 2 or not seen[-1].labels:
        return False
    return all(each.labels and each.is_text for each in seen) and _stand_across(seen)


def _stand_across(seen: list[CellKind]) -> bool:
    return all(any(label.table in _across_tables() for label in each.labels) for each in seen)


@cache
def _across_tables() -> frozenset[str]:
    return frozenset(t.id for form in load_forms() for t in form.tables if t.layout == "across")


def _groups_of(cells: list[Cell], seen: list[CellKind]) -> Iterator[HeaderColumn]:
    for cell, each in zip(cells, seen, strict=True):
        for label in each.labels:
            if label.kind == "row" and label.table in _across_tables():
                yield HeaderColumn(label.id, cell.column, cell.column + cell.column_span)
                break


def _columns_of(cells: list[Cell], seen: list[CellKind]) -> Iterator[HeaderColumn]:
    seen_label = False
    for cell, each in zip(cells, seen, strict=True):
        last = cell.column + cell.column_span
        if each.is_column:
            column_id = next(label.id for label in each.labels if label.kind == "column")
            yield HeaderColumn(column_id, cell.column, last)
            seen_label = True
        elif each.is_ignored or (seen_label and not each.labels and not each.is_value):
            yield HeaderColumn(None, cell.column, last)


def _value_row(
    block: int, table: Table, cells: list[Cell], seen: list[CellKind], header: _Header
) -> ValueRow | None:
    at = _label_position(seen)
    if at >= 0 and at + 1 < len(cells) and seen[at].names_a_group and seen[at + 1].is_text:
        at += 1  # （六）其他处理 | a label nobody knows | values: the text next to the values is the label
    first = at + 1
    if first < len(cells) and seen[first].is_unit:
        first += 1  # 统计指标 | 单位 | 统计数
    label = seen[at] if at >= 0 else None
    if first >= len(cells) and (table.aligned or not (label and label.is_row)):
        return None  # where nothing is aligned a label alone is a row whose blanks left no trace
    if not (
        (label and label.is_row)
        or any(each.has_number for each in seen[first:])
        or any(cell.unread for cell in cells[first:])
        or _is_blank_form(seen, header)
        or (label and _is_blank_row(seen[first:], header))
    ):
        return None
    text = cells[at].text if label else ""
    return ValueRow(
        block,
        text,
        label or kind_of_text(""),
        tuple(cells[first:]),
        header.close(table.aligned),
        table.aligned,
        header.groups,
        header.reach,
    )


def _is_blank_form(seen: list[CellKind], header: _Header) -> bool:
    """Say whether a row without label and numbers is what an empty form has below its header."""
    return len(seen) == len(header.columns) and all(each.is_blank for each in seen)


def _is_blank_row(values: list[CellKind], header: _Header) -> bool:
    """Say whether a row whose label nobody knows has a blank for each column of the header."""
    return len(values) == len(header.columns) > 1 and all(each.is_value for each in values)


def _label_position(seen: list[CellKind]) -> int:
    """Return the index of the row's own label: the last known label, else the last text before values."""
    for index in range(len(seen) - 1, -1, -1):
        if seen[index].rows:
            return index
    at = -1
    for index, each in enumerate(seen):
        if not each.is_value:
            at = index
        elif at >= 0 and each.has_number:
            break
    return at
