"""What an agency prints beside the form's own columns and rows: last year's numbers, shares, codes, remarks.

Set aside by name alone: a label that nobody knows and that says none of this is never set aside.
"""

import re
from collections.abc import Iterator, Sequence

from msgspec import structs

from extractor.recognize.tables.header import HeaderColumn

_LAST_YEAR = re.compile(r"上年|去年|上一年|往年|同期|历年|累计")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_ADDED = re.compile(r"序号|编号|代码|编码|占比|比例|比重|百分比|同比|环比|增幅|增长|增速|备注|说明|小计")


def is_of_another_year(label: str, year: int | None) -> bool:
    """Say whether a label that is none of the form's speaks of another year, or of several.

    >>> [is_of_another_year(label, 2021) for label in ("2020年", "2021年", "上年同期")]
    [True, False, True]
    """
    plain = "".join(label.split())
    if _LAST_YEAR.search(plain):
        return True
    years = set(_YEAR.findall(plain))
    return bool(years) and year is not None and years != {str(year)}


def is_set_aside(label: str, year: int | None) -> bool:
    """Say whether a head or label that is none of the form's is one of those that agencies add.

    >>> [is_set_aside(label, 2021) for label in ("占比", "备注", "2020年", "律师事务所")]
    [True, True, True, False]
    """
    return _ADDED.search("".join(label.split())) is not None or is_of_another_year(label, year)


def without_added(
    heads: Sequence[HeaderColumn], beside: Sequence[HeaderColumn], year: int | None
) -> list[HeaderColumn]:
    """Return the heads of a header, those of added columns without a name.

    Args:
        heads: The heads over the columns, from left to right.
        beside: Heads that nobody knows over known ones or below them: 2020年 | 2021年 over the same heads.
        year: The year reported on, if known.
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
    """Yield a head, or its parts where one below it is of this year and the others are added."""
    own = [part for part in below if not is_set_aside(part.label, year)]
    if len(below) < 2 or len(own) != 1:
        yield head
        return
    for part in sorted(below, key=lambda part: part.first):
        named = head if part is own[0] else structs.replace(head, id=None, label="")
        yield structs.replace(named, first=part.first, last=part.last)
