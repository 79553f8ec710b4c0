"""Whether a row without a number in running text is blank: only where every number has its place.

A label that no number follows is a row of blanks, or a row whose numbers the text has elsewhere:
behind each column's name, before the label, in another column. A number within the table that is no
row's shows that its rows are not read as they are printed, and then no blank is proven. So does a row with
more numbers than cells.
"""

import re
from collections.abc import Iterable, Sequence

from extractor.located import GluedPiece
from extractor.patterns import late_pattern

_LAST_REACH = 16  # characters behind the last row that may be its own: none of a heading or of prose
# A number that stands alone: no serial number of a label, no year, no part of a word.
_NUMBER = late_pattern(r"(?<![\d.A-Za-z(第])\d+(?:\.\d+)?(?![\d.、,)）A-Za-z年月日%])")
_REMARK = late_pattern(r"\([^()]{1,12}\)")  # of a head: its unit
_WORD = re.compile(r"[\u4e00-\u9fff]")


def shows_number(pieces: Iterable[GluedPiece]) -> bool:
    """Say whether a digit stands among the characters of a row."""
    return any(character.isdigit() for piece in pieces for character in piece.text)


def numbers_left(text: str, spans: Sequence[tuple[int, int]], heads: Sequence[str]) -> bool:
    """Say whether a number stands within a table that is in none of the spans of its labels and rows.

    Behind the last row, one of the table's `heads` may stand before its number.
    """
    ordered = sorted(spans)
    last = max(end for _, end in ordered)
    while head := next((each for each in heads if text.startswith(each, last)), None):
        last += len(head)
        remark = _REMARK.match(text, last)
        last = remark.end() if remark else last
    word = _WORD.search(text, last)
    end = min(last + _LAST_REACH, word.start() if word else len(text))
    at = ordered[0][0]
    for start, stop in [*ordered, (end, end)]:
        if at < start and _NUMBER.search(text, at, start):
            return True
        at = max(at, stop)
    return False
