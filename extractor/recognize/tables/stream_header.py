"""What the header of a table says in running text, where the borders between its heads are lost."""

import re
from itertools import pairwise

from extractor.forms import TableForm

HEADER_REACH = 260  # characters that the header before a first row takes at most
# In a header, a column of numbers that the form has not; in text the borders beside it are lost.
_OTHER_COLUMNS = re.compile(
    r"(?:统计指标|指标名称|申请人情况)(?:(?!统计指标|指标名称|申请人情况).){0,60}?"
    r"(?:累计|[上去]年(?!结转)|同[期比]|代码|20\d\d年)"
)
_TELLING_LABEL = 4  # characters
_UNTOLD = -2  # the place of a label that is too short to tell
_HAN = re.compile(r"[\u4e00-\u9fff]{2}")


def has_other_columns(header: str) -> bool:
    """Say whether a header names columns of numbers that the form has not."""
    return _OTHER_COLUMNS.search(header) is not None


def is_out_of_order(header: str, labels: list[str]) -> bool:
    """Say whether a header names columns in another order; short names such as 其他 stand elsewhere too.

    A head that nobody knows stands where the missing one should, if anywhere: between two that
    follow each other in the form there is no place for it.
    """
    places = [header.rfind(label) if len(label) >= _TELLING_LABEL else _UNTOLD for label in labels]
    told = [place for place in places if place >= 0]
    if told != sorted(told):
        return True
    if -1 not in places or not told:
        return False
    pairs = (
        (one, other) for one, other in pairwise(range(len(labels))) if min(places[one], places[other]) >= 0
    )
    return any(_HAN.search(header, places[one] + len(labels[one]), places[other]) for one, other in pairs)


def header_start(text: str, table: TableForm, first: int) -> int:
    """Return where the header before the first row begins."""
    floor = max(0, first - HEADER_REACH)
    openings = {
        "requests": ("(本列数据", "申请人情况"),
        "proactive": ("第二十条第(一)项", "第二十条第"),
        "statistics": ("统计指标",),
    }
    for opening in openings.get(table.id, ()):
        at = text.rfind(opening, floor, first)
        if at >= 0:
            return at
    return first
