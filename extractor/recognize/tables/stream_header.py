"""What the header of a table says in running text, where the borders between its heads are lost."""

import re
from itertools import pairwise

from extractor.forms import TableForm, load_forms, per_forms
from extractor.numerals import FOLDED
from extractor.patterns import late_pattern

HEADER_REACH = 260  # characters that the header before a first row takes at most
# In a header, a column of numbers that the form has not; in text the borders beside it are lost.
_OTHER_COLUMN = r"(?:累计|[上去]年(?!结转)|同[期比]|代码|20\d\d年)"
_TELLING_LABEL = 4  # characters
_UNTOLD = -2  # the place of a label that is too short to tell
_HAN = late_pattern(r"[\u4e00-\u9fff]{2}")


def names_other_columns(header: str, table: TableForm) -> bool:
    """Say whether a header names a column that the form has not; of one for each group nothing is said."""
    return not table.has_header_per_group and _other_columns().search(header) is not None


@per_forms()
def _other_columns() -> re.Pattern[str]:
    """Match, behind a word of a header that comes before the columns, one that the form has not."""
    words = "|".join(
        dict.fromkeys(
            re.escape(word.translate(FOLDED))
            for form in reversed(load_forms())
            for table in form.tables
            for word in table.before_columns or ()
        )
    )
    return re.compile(rf"(?:{words})(?:(?!{words}).){{0,60}}?{_OTHER_COLUMN}" if words else r"(?!)")


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


def header_start(text: str, table: TableForm, first: int, reach: int = HEADER_REACH) -> int:
    """Return where the header before the first row begins; that row where there is none."""
    floor = max(0, first - reach)
    for opening in table.openings or ():
        at = text.rfind(opening.translate(FOLDED), floor, first)
        if at >= 0:
            return at
    return first
