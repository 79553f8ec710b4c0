"""Classifies a table row by the kinds of its cells alone: header row, or row of values.

Reports contain the same rows with other numbers but cells of the same kinds, so results are cached.
"""

import itertools
from collections.abc import Sequence

from msgspec import Struct

from extractor.forms import load_forms, per_forms
from extractor.recognize.tables.cell_kind import CellKind

_WIDEST = 64  # cells of a row that is cached; wider rows are not from a form and would fill the memory


class RowShape(Struct, frozen=True, eq=False):
    """What a row can be, by the kinds of its cells; the rows above it decide finally."""

    kinds: tuple[CellKind, ...]
    texts: int  # cells that can only be labels
    # editions and tables that have a column which a cell may name, for all cells
    columns: tuple[tuple[str, str], ...]
    is_header: bool
    # whether it is a header if it also contains something that is not text, such as a picture
    is_header_if_filled: bool
    names_a_group_only: bool  # it has only the label of a group of rows, and blanks
    names_rows_only: bool  # it has only names of rows, such as 行政复议 | 行政诉讼 above the columns of each
    names_a_row_across: bool  # it has one cell, with a name such as 行政复议
    # it has names of rows that the form prints side by side, and blanks that merged cells have left
    names_rows_and_blanks: bool
    goes_on: bool  # directly below a header it is a further header row, though most of its cells are unknown
    opens: bool  # as the first row of a table it is a header, though it has no known label
    opens_if_aligned: bool  # the same if columns are aligned; also true for a row that ends in 总计
    label: int  # index of the cell that is the row's label; -1 if there is none
    first: int  # index of the first value
    has_number: bool  # whether a value has a number
    is_blank: bool  # whether every cell is blank
    has_values_only: bool  # whether only numbers, marks for nothing and blanks follow the label


def shape_of(kinds: tuple[CellKind, ...]) -> RowShape:
    """Return the shape of a row whose cells have these kinds."""
    return _known_shape(kinds) if len(kinds) <= _WIDEST else _worked_out(kinds)


@per_forms(maxsize=4096)
def _known_shape(kinds: tuple[CellKind, ...]) -> RowShape:
    return _worked_out(kinds)


def _worked_out(kinds: tuple[CellKind, ...]) -> RowShape:
    label = _label_position(kinds)
    if 0 <= label < len(kinds) - 1 and kinds[label].names_a_group and kinds[label + 1].is_text:
        # （六）其他处理 | unknown label | values: the text directly before the values is the label
        label += 1
    first = label + 1
    if first < len(kinds) and kinds[first].is_unit:
        first += 1  # 统计指标 | 单位 | 统计数
    return RowShape(
        kinds=kinds,
        texts=sum(each.is_text for each in kinds),
        columns=tuple(column for each in kinds for column in each.columns),
        is_header=_is_header(kinds, filled=False),
        is_header_if_filled=_is_header(kinds, filled=True),
        names_a_group_only=_names_a_group_only(kinds),
        names_rows_only=_names_rows_only(kinds),
        names_a_row_across=len(kinds) == 1 and kinds[0].is_row and _stand_across(kinds),
        names_rows_and_blanks=_names_rows_and_blanks(kinds),
        goes_on=_goes_on_in(kinds),
        opens=_opens_a_header(kinds, aligned=False),
        opens_if_aligned=_opens_a_header(kinds, aligned=True),
        label=label,
        first=first,
        has_number=any(each.has_number for each in kinds[first:]),
        is_blank=all(each.is_blank for each in kinds),
        has_values_only=all(each.is_value for each in kinds[first:]),
    )


def _is_header(seen: Sequence[CellKind], *, filled: bool) -> bool:
    """Return whether a row is a header row; `filled`: it contains something that is not text."""
    columns = words = 0
    rows, numbers = False, filled
    for each in seen:
        if each.labels:
            columns += each.is_column or each.is_ignored
            words += each.is_word
            rows = rows or each.is_row
        elif each.has_number and each.is_value:
            numbers = True
    if columns >= 2:
        return True
    if columns == 1 and _is_blank_below_a_group(seen):
        return False
    # 信息内容 | 本年处理决定数量, or 申请人情况 alone; but （四）无法提供 | 1.… | 0 is a row of values.
    return not numbers and bool((columns == 1 and (words or not rows)) or (words and not rows))


def _is_blank_below_a_group(seen: Sequence[CellKind]) -> bool:
    """True for （六）其他处理 | 3.其他 | blanks: a label that may name a column, but not in this group."""
    return any(
        before.names_a_group and each.is_row and each.is_column and all(after.is_blank for after in seen[at:])
        for at, (before, each) in enumerate(itertools.pairwise(seen), start=2)
        if at < len(seen)
    )


def _names_a_group_only(seen: Sequence[CellKind]) -> bool:
    texts = [each for each in seen if each.is_text]
    return (
        len(seen) > 1 and len(texts) == 1 and texts[0].is_word and all(e.is_blank or e.is_text for e in seen)
    )


def _goes_on_in(seen: Sequence[CellKind]) -> bool:
    heads = [each for each in seen if each.is_text]
    return (len(heads) > 1 or any(each.is_column for each in heads)) and all(
        each.is_blank if each.is_value else each.is_column or not each.is_row for each in seen
    )


def _opens_a_header(seen: Sequence[CellKind], *, aligned: bool) -> bool:
    heads = [each for each in seen if each.is_text]
    if aligned and len(heads) == 1 < len(seen) and seen[-1].is_column:
        return True  # after a row label there would be values
    return len(heads) > 1 and len(heads) == len(seen) and not any(each.is_row for each in seen)


def _names_rows_only(seen: Sequence[CellKind]) -> bool:
    if len(seen) < 2 or not seen[-1].labels:
        return False
    return all(each.labels and each.is_text for each in seen) and _stand_across(seen)


def _names_rows_and_blanks(seen: Sequence[CellKind]) -> bool:
    named = [each for each in seen if not each.is_blank]
    return (
        0 < len(named) < len(seen)
        and any(each.is_row for each in named)
        and all(each.labels and each.is_text for each in named)
        and _stand_across(named)
    )


def _stand_across(seen: Sequence[CellKind]) -> bool:
    return all(any(label.table in across_tables() for label in each.labels) for each in seen)


@per_forms()
def across_tables() -> frozenset[str]:
    """Return the ids of the tables whose rows the forms print side by side."""
    return frozenset(t.id for form in load_forms() for t in form.tables if t.layout == "across")


def _label_position(seen: Sequence[CellKind]) -> int:
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
