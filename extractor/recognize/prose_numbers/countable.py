"""Selects the numbers of a sentence that count something: not in quotations, not the start of a change."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from extractor.patterns import kept_pattern
from extractor.recognize.prose_numbers.numbers import Quantity

_MOST_BARE = 3  # numbers without unit in a sentence; with more, it is a table that lost its cells
_FROM_WITHIN = 14  # characters between the two numbers
_CAME_FROM = kept_pattern(
    "[由从自](?:上一?年度?|去年|前年|20\\d\\d年度?)?(?:同期)?(?:的|制发|公开|收到|受理|发布|举办|举行)?$"
)
_CAME_TO = kept_pattern(
    "[，,]?(?:大幅|逐步|进一步|快速|稳步)?(?:增加|增长|上升|提高|提升|下降|降低|减少|回落|扩大|扩充|压减|压缩|缩减|精简|缩短|上涨|增|升|降|减|调整|改)(?:了)?[至到为]"
)
_SERIES = ("期", "批", "次", "笔")


def is_where_it_came_from(text: str, quantity: Quantity) -> bool:
    """Return whether a number is the start of a change to the next number: 由上年的1540条降至1288条."""
    before = text[max(quantity.start - _FROM_WITHIN, 0) : quantity.start]
    if not ("由" in before or "从" in before or "自" in before):
        return False
    return _CAME_TO.match(text, quantity.end) is not None and _CAME_FROM.search(before) is not None


def counting(quantities: Sequence[Quantity], quoted: Sequence[tuple[int, int]]) -> Iterator[Quantity]:
    """Yield the numbers outside quotations.

    Numbers of issues (90期 in 90期215条) are left out, and so are bare numbers unless they are few.
    """
    bare = sum(not quantity.unit for quantity in quantities)
    for number, quantity in enumerate(quantities):
        place = bisect_right(quoted, (quantity.start, 0)) - 1
        if place >= 0 and quantity.start < quoted[place][1]:
            continue
        following = quantities[number + 1].start if number + 1 < len(quantities) else -1
        # of 90期215条, only the 215 posts count
        series = quantity.unit in _SERIES and following == quantity.end
        if not series and (quantity.unit or bare <= _MOST_BARE):
            yield quantity
