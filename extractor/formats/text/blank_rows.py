"""Rows of aligned lines that have a label and no number: empty, or a part of a broken label?"""

import re

from extractor.formats.text.bands import Bands, Segment

# What begins a label of its own: 三、  （三）  3.  其中：
_OPENING = re.compile(
    r"[一二三四五六七八九十]{1,2}、|[（(][一二三四五六七八九十\d]{1,2}[）)]|\d{1,2}[.．、]|其中"
)
_TWO_CHARACTERS = 4  # display columns: less than that short of its column's width, a label may go on below
_NARROW = 8  # display columns: no label is broken to stand in so few


def opens_label(text: str, segment: Segment) -> bool:
    """Say whether a segment begins with a serial or the like, as no header word does."""
    return _OPENING.match(text, segment.start) is not None


class Labels:
    """The last labels of the lines of a table, and whether one may go on in the next line."""

    def __init__(
        self, text: str, rows: list[list[Segment]], numbers: frozenset[Segment], bands: Bands
    ) -> None:
        """Take the segments of the lines, which of them are numbers, and the columns."""
        self._rows = rows
        self._numbered = [not numbers.isdisjoint(row) for row in rows]
        self._last = [_last_label(row, numbers) for row in rows]
        self._bands = bands
        self._opens = [opens_label(text, row[0]) for row in rows]

    def is_complete(self, at: int) -> bool:
        """Say whether a line without numbers is a row of its own, so that its other cells are empty."""
        if at and self._goes_on(at - 1):
            return False
        below = at
        while below + 1 < len(self._rows) and self._goes_on(below):
            below += 1
            if self._numbered[below]:
                return False
        return True

    def _goes_on(self, at: int) -> bool:
        """Say whether the label of a line may go on in the next: it fills its column, the next opens none."""
        if self._opens[at + 1]:
            return False
        last, after = self._last[at], self._rows[at + 1][0]
        band = self._bands.under(last)
        if not band or band != self._bands.under(after):
            return False
        width = self._bands.rights[band[-1]] - self._bands.lefts[band[0]]
        return width >= _NARROW and last.right > self._bands.rights[band[-1]] - _TWO_CHARACTERS


def _last_label(row: list[Segment], numbers: frozenset[Segment]) -> Segment:
    first_number = next((at for at, segment in enumerate(row) if segment in numbers), len(row))
    return row[max(0, first_number - 1)]
