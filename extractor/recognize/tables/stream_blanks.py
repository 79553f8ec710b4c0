"""Decides whether a row without a number in running text is blank.

A label that no number follows is a row of blanks, or a row whose numbers are elsewhere in the text: after
each column's name, before the label, in another column. A number inside the table that belongs to no row, or
a row with more numbers than cells, shows that the text is not in the order of the table; then no row is
taken as blank.
"""

from collections.abc import Iterable, Sequence

from extractor.located import GluedPiece
from extractor.patterns import late_pattern

_LAST_REACH = 16  # characters after the last row that may belong to it; a heading or prose ends it
# A number on its own: not the serial number of a label, not a year, not part of a word.
_NUMBER = late_pattern(r"(?<![\d.A-Za-z(第])\d+(?:\.\d+)?(?![\d.、,)）A-Za-z年月日%])")
_REMARK = late_pattern(r"\([^()]{1,12}\)")  # a remark in a header cell: its unit
_WORD = late_pattern(r"[\u4e00-\u9fff]")


def shows_number(pieces: Iterable[GluedPiece]) -> bool:
    """Return whether the characters of a row contain a digit."""
    return any(character.isdigit() for piece in pieces for character in piece.text)


def numbers_left(text: str, spans: Sequence[tuple[int, int]], heads: Sequence[str]) -> bool:
    """Return whether the table contains a number outside all spans of its labels and rows.

    After the last row, its number may be preceded by one of the table's `heads`.
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
