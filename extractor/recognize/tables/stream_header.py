"""Reads the header of a table in running text, where its cells are not separated."""

import re
from itertools import pairwise

from extractor.forms import TableForm, load_forms, per_forms
from extractor.numerals import FOLDED
from extractor.patterns import kept_pattern, late_pattern

HEADER_REACH = 260  # most characters of the header before the first row
# A column of numbers that the form does not have.
_OTHER_COLUMN = r"(?:累计|[上去]年(?!结转)|同[期比]|代码|20\d\d年)"
_TELLING_LABEL = 4  # characters of the shortest label that identifies a column
_UNTOLD = -2  # position of a label that is too short to identify a column
_HAN = late_pattern(r"[\u4e00-\u9fff]{2}")


def names_other_columns(header: str, table: TableForm) -> bool:
    """Return whether a header names a column that the form lacks.

    False for tables with a header per group.
    """
    return not table.has_header_per_group and _other_columns().search(header) is not None


@per_forms()
def _other_columns() -> re.Pattern[str]:
    """Return a pattern for such a column after a header word that precedes the columns."""
    words = "|".join(
        dict.fromkeys(
            re.escape(word.translate(FOLDED))
            for form in reversed(load_forms())
            for table in form.tables
            for word in table.before_columns or ()
        )
    )
    return kept_pattern(rf"(?:{words})(?:(?!{words}).){{0,60}}?{_OTHER_COLUMN}" if words else r"(?!)")


def is_out_of_order(header: str, labels: list[str]) -> bool:
    """Return whether a header has its columns in another order; ignores short names such as 其他.

    Also if there is text between two columns that follow each other in the form while another is missing: an
    unknown header cell can only be in the missing one's place.
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
    """Return where the header before the first row begins; the position of that row if there is none."""
    floor = max(0, first - reach)
    for opening in table.openings or ():
        at = text.rfind(opening.translate(FOLDED), floor, first)
        if at >= 0:
            return at
    return first
