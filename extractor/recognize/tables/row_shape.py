"""What a row of a table is, told by the kinds of its cells alone: of a header, or of values below one.

The rows of the forms stand in every report with other numbers but cells of the same kinds, so a row is
worked out once and looked up from then on.
"""

import itertools
from collections.abc import Sequence

from msgspec import Struct

from extractor.forms import load_forms, per_forms
from extractor.recognize.tables.cell_kind import CellKind

_WIDEST = 64  # cells of a row that is remembered: wider ones are no rows of a form, and would fill the memory


class RowShape(Struct, frozen=True, eq=False):
    """What the kinds of a row's cells say of it; whether it is so depends on the rows above as well."""

    kinds: tuple[CellKind, ...]
    texts: int  # cells that can only be labels
    columns: tuple[tuple[str, str], ...]  # of each cell: editions and tables of which it may name a column
    is_header: bool
    is_header_if_filled: bool  # the same where something lies in the row that is no text
    names_a_group_only: bool  # the name of a group of rows, and blanks
    names_rows_only: bool  # 行政复议 | 行政诉讼 above the columns of each
    names_a_row_across: bool  # one cell with a name such as 行政复议
    goes_on: bool  # right below a header it is another row of it, whose heads hardly anybody knows
    opens: bool  # as the first row it is a header without any known label
    opens_if_aligned: bool  # the same in a table whose columns can be trusted, one that ends in 总计 included
    label: int  # which cell is the row's own label; -1: none
    first: int  # which cell is the first value
    has_number: bool  # among the values
    is_blank: bool  # every cell
    has_values_only: bool  # behind the label: numbers, marks for nothing, blanks


def shape_of(kinds: tuple[CellKind, ...]) -> RowShape:
    """Return what a row is whose cells are of these kinds."""
    return _known_shape(kinds) if len(kinds) <= _WIDEST else _worked_out(kinds)


@per_forms(maxsize=4096)
def _known_shape(kinds: tuple[CellKind, ...]) -> RowShape:
    return _worked_out(kinds)


def _worked_out(kinds: tuple[CellKind, ...]) -> RowShape:
    label = _label_position(kinds)
    if 0 <= label < len(kinds) - 1 and kinds[label].names_a_group and kinds[label + 1].is_text:
        label += 1  # （六）其他处理 | a label nobody knows | values: the text next to the values is the label
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
    """Say whether a row is one of a header; `filled`: something lies in it that is no text."""
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
    """Say whether the row is （六）其他处理 | 3.其他 | blanks: a name of columns too, but not its group."""
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
        return True  # behind a label there would be values
    return len(heads) > 1 and len(heads) == len(seen) and not any(each.is_row for each in seen)


def _names_rows_only(seen: Sequence[CellKind]) -> bool:
    if len(seen) < 2 or not seen[-1].labels:
        return False
    return all(each.labels and each.is_text for each in seen) and _stand_across(seen)


def _stand_across(seen: Sequence[CellKind]) -> bool:
    return all(any(label.table in across_tables() for label in each.labels) for each in seen)


@per_forms()
def across_tables() -> frozenset[str]:
    """Return the ids of the tables whose rows the forms print beside each other."""
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
