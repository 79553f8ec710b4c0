"""Tables that have kept their cells: which row and which columns each row of values belongs to.

A row is placed by its label, a value by the header above it; position decides only where
both are silent. Nothing is read as a number here.
"""

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import Struct, structs

from extractor.document import Cell, Table
from extractor.forms import load_forms, per_forms
from extractor.recognize.tables.cell_kind import CellKind, kind_of_text
from extractor.recognize.tables.header import Header, HeaderColumn, head_of

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
    hits: Counter[tuple[str, str]] = Counter()
    header = Header()
    for cells in _cells_by_row(table.cells):
        seen = [kind_of_text(cell.text) for cell in cells]
        if [each.is_text for each in seen].count(True) > 1:
            cells, seen = _without_echoes(cells, seen)
        filled = any(cell.unread for cell in cells)
        if rows and not header.is_open and not filled and _names_a_group_only(seen):
            continue  # the header above goes on behind it
        if (
            _is_header(seen, filled)
            or _names_rows_only(seen)
            or _is_title_of_a_row(cells, seen)
            or (header.is_open and not filled and _goes_on_in(seen))
            or (not rows and not header.columns and not filled and _opens_a_header(seen, table.aligned))
        ):
            for each in seen:
                for column_of in each.columns:
                    hits[column_of] += 1
            header.take(cells, seen, _groups_of(cells, seen))
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
    """Join neighbours with the same label: converters copy a merged cell into every place it covers."""
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


def _names_a_group_only(seen: list[CellKind]) -> bool:
    """Say whether a row holds the name of a group of rows and blanks."""
    texts = [each for each in seen if each.is_text]
    return (
        len(seen) > 1 and len(texts) == 1 and texts[0].is_word and all(e.is_blank or e.is_text for e in seen)
    )


def _goes_on_in(seen: list[CellKind]) -> bool:
    """Return whether the row below a header row belongs to the header too; few of its heads may be known."""
    heads = [each for each in seen if each.is_text]
    return (len(heads) > 1 or any(each.is_column for each in heads)) and all(
        each.is_blank if each.is_value else each.is_column or not each.is_row for each in seen
    )


def _opens_a_header(seen: list[CellKind], aligned: bool) -> bool:
    """True if the first row is a header without any known label, or one that ends in 总计."""
    heads = [each for each in seen if each.is_text]
    if aligned and len(heads) == 1 < len(seen) and seen[-1].is_column:
        return True  # behind a label there would be values
    return len(heads) > 1 and len(heads) == len(seen) and not any(each.is_row for each in seen)


def _names_rows_only(seen: list[CellKind]) -> bool:
    """Return whether a row names only rows of the form (行政复议 | 行政诉讼): the upper heads of table 四."""
    if len(seen) < 2 or not seen[-1].labels:
        return False
    return all(each.labels and each.is_text for each in seen) and _stand_across(seen)


def _is_title_of_a_row(cells: list[Cell], seen: list[CellKind]) -> bool:
    """Say whether a row is one merged cell with a name such as 行政复议 above the columns of it."""
    return len(cells) == 1 and cells[0].column_span > 1 and seen[0].is_row and _stand_across(seen)


def _stand_across(seen: list[CellKind]) -> bool:
    return all(any(label.table in across_tables() for label in each.labels) for each in seen)


@per_forms()
def across_tables() -> frozenset[str]:
    """Return the ids of the tables whose rows the forms print beside each other."""
    return frozenset(t.id for form in load_forms() for t in form.tables if t.layout == "across")


def _groups_of(cells: list[Cell], seen: list[CellKind]) -> Iterator[HeaderColumn]:
    for cell, each in zip(cells, seen, strict=True):
        rows = [label for label in each.labels if label.kind == "row" and label.table in across_tables()]
        if rows:
            yield head_of(rows, cell)


def _value_row(
    block: int, table: Table, cells: list[Cell], seen: list[CellKind], header: Header
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
        header.close(table.aligned, cells[first].column if first < len(cells) else 0),
        table.aligned,
        header.groups,
        header.reach,
        header.blanks,
        header.levels,
        header.beside,
    )


def _is_blank_form(seen: list[CellKind], header: Header) -> bool:
    """Say whether a row without label and numbers is what an empty form has below its header."""
    return len(seen) == len(header.columns) and all(each.is_blank for each in seen)


def _is_blank_row(values: list[CellKind], header: Header) -> bool:
    """True if a row with an unknown label has a blank for each column of the header."""
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
