"""Recognizes what agencies add to the form's columns and rows: last year's numbers, shares, codes, remarks.

Such columns and rows are ignored ("set aside"), but only by name: an unknown label is never ignored.
"""

from collections.abc import Iterator, Sequence

from msgspec import structs

from extractor.patterns import kept_pattern
from extractor.recognize.tables.header import HeaderColumn

_LAST_YEAR = kept_pattern(r"上年|去年|上一年|往年|同期|历年|累计")
_YEAR = kept_pattern(r"(?<!\d)(20\d\d)(?!\d)")
_SUM = kept_pattern(r"小计|合计|总计")
_ADDED = kept_pattern(
    r"序号|编号|行次|行号|栏次|代码|编码|占比|比例|比重|百分比|同比|环比|增幅|增长|增速|备注|说明|小计"
)


def is_of_another_year(label: str, year: int | None) -> bool:
    """Return whether a label that is not in the form names another year, or several.

    >>> [is_of_another_year(label, 2021) for label in ("2020年", "2021年", "上年同期")]
    [True, False, True]
    """
    plain = "".join(label.split())
    if _LAST_YEAR.search(plain):
        return True
    years = set(_YEAR.findall(plain))
    return bool(years) and year is not None and years != {str(year)}


def is_set_aside(label: str, year: int | None) -> bool:
    """Return whether a header cell or label that is not in the form is one that agencies are known to add.

    >>> [is_set_aside(label, 2021) for label in ("占比", "备注", "2020年", "律师事务所")]
    [True, True, True, False]
    """
    return _ADDED.search("".join(label.split())) is not None or is_of_another_year(label, year)


def is_sum_of_rows(label: str) -> bool:
    """Return whether a label names the sum of rows that the form prints side by side.

    >>> [is_sum_of_rows(label) for label in ("小计", "行政诉讼合计", "复议后起诉")]
    [True, True, False]
    """
    return _SUM.search("".join(label.split())) is not None


def without_added(
    heads: Sequence[HeaderColumn], beside: Sequence[HeaderColumn], year: int | None
) -> list[HeaderColumn]:
    """Return the columns of a header; those that the agency added have neither id nor label.

    Args:
        heads: The header columns, from left to right.
        beside: Unknown header cells above or below known ones: 2020年 | 2021年 above the same columns.
        year: The year that the report is about, if known.
    """
    found: list[HeaderColumn] = []
    for head in heads:
        if head.label and is_set_aside(head.label, year):
            found.append(structs.replace(head, label=""))
            continue
        around = [other for other in beside if other.first < head.last and head.first < other.last]
        over = [other for other in around if other.row < head.row]
        if any(is_of_another_year(other.label, year) for other in over):
            head = structs.replace(head, id=None, label="")
        found.extend(_split(head, [other for other in around if other.row > head.row], year))
    return found


def _split(head: HeaderColumn, below: Sequence[HeaderColumn], year: int | None) -> Iterator[HeaderColumn]:
    """Yield a header column, split if exactly one cell below it is of this year and the others are added."""
    own = [part for part in below if not is_set_aside(part.label, year)]
    if len(below) < 2 or len(own) != 1:
        yield head
        return
    for part in sorted(below, key=lambda part: part.first):
        named = head if part is own[0] else structs.replace(head, id=None, label="")
        yield structs.replace(named, first=part.first, last=part.last)
