"""Decides whether aligned lines with a label but no number are empty rows, or parts of a wrapped label."""

from extractor.formats.text.bands import Bands, Segment
from extractor.patterns import kept_pattern

# The beginning of a new label: 三、 （三） 3. 其中：
_OPENING = kept_pattern(
    r"[一二三四五六七八九十]{1,2}、|[（(][一二三四五六七八九十\d]{1,2}[）)]|\d{1,2}[.．、]|其中"
)
_TWO_CHARACTERS = 4  # display columns: a label this much shorter than its column may continue below
_NARROW = 8  # display columns: labels are not wrapped into narrower columns


def opens_label(text: str, segment: Segment) -> bool:
    """Return whether a segment begins with a serial number or the like, as no header word does."""
    return _OPENING.match(text, segment.start) is not None


class Labels:
    """The last labels of a table's lines, and whether one may continue in the next line."""

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
        """Return whether a line without numbers is a complete row, so that its other cells are empty."""
        if at and self._goes_on(at - 1):
            return False
        below = at
        while below + 1 < len(self._rows) and self._goes_on(below):
            below += 1
            if self._numbered[below]:
                return False
        return True

    def _goes_on(self, at: int) -> bool:
        """Return whether a label may continue in the next line.

        It may if it fills its column and no label begins there.
        """
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
