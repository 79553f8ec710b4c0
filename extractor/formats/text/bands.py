"""Columns in monospaced text: the ranges of display columns ("bands") that the cells of many lines share."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from typing import NamedTuple

from extractor.formats.text.lines import TextLine
from extractor.patterns import kept_pattern

_GAP = kept_pattern("[ \u3000\xa0]+")
_WIDE = kept_pattern(
    "[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\U00020000-\U0003fffd]+"
)
# Quotation marks, dashes, circled numbers: full-width in Chinese fonts, half-width in others.
_AMBIGUOUS = kept_pattern("[\u2010-\u2bff]+")
_LEAST_GAP = 2  # display columns; a single blank separates words

Measure = Callable[[str], int]


class Segment(NamedTuple):
    """A part of one line between two gaps: its display columns and its offsets."""

    left: int
    right: int
    start: int
    end: int


def east_asian_width(text: str) -> int:
    """Return how many columns a text takes if full-width characters take two.

    >>> east_asian_width("规章 0")
    6
    """
    return len(text) + sum(map(len, _WIDE.findall(text)))


def chinese_width(text: str) -> int:
    """Return how many columns a text takes if quotation marks and dashes take two as well.

    >>> east_asian_width("“三”"), chinese_width("“三”")
    (4, 6)
    """
    return east_asian_width(text) + sum(map(len, _AMBIGUOUS.findall(text)))


def measures_for(text: str) -> list[Measure]:
    """Return the possible ways in which the program that aligned a text counted widths, likeliest first."""
    # Some programs count a full-width character as one.
    return [chinese_width, east_asian_width, len] if _AMBIGUOUS.search(text) else [east_asian_width, len]


def segments(text: str, line: TextLine, measure: Measure) -> list[Segment]:
    """Split a line at its gaps of two or more columns."""
    found = []
    start = line.start
    left = measure(text[line.origin : start])
    for gap in _GAP.finditer(text, line.start, line.end):
        width = east_asian_width(gap[0])
        if width < _LEAST_GAP:
            continue
        right = left + measure(text[start : gap.start()])
        found.append(Segment(left, right, start, gap.start()))
        start = gap.end()
        left = right + measure(gap[0])
    found.append(Segment(left, left + measure(text[start : line.end]), start, line.end))
    return found


class Bands:
    """Ranges of display columns with blanks between them, from left to right."""

    def __init__(self, parts: Iterable[Segment]) -> None:
        """Merge all segments that overlap or touch horizontally into one band."""
        self.lefts: list[int] = []
        self.rights: list[int] = []
        for left, right in sorted((part.left, part.right) for part in parts):
            if self.rights and left <= self.rights[-1]:
                self.rights[-1] = max(self.rights[-1], right)
            else:
                self.lefts.append(left)
                self.rights.append(right)

    def __len__(self) -> int:
        """Return the number of bands."""
        return len(self.lefts)

    def under(self, segment: Segment) -> range:
        """Return the bands that a segment overlaps; an empty range if it is between two."""
        return range(bisect_right(self.rights, segment.left), bisect_left(self.lefts, segment.right))

    def widen(self, heads: Iterable[Segment]) -> None:
        """Let header words widen the band below them, or add a band if there is none below.

        Narrow words come first; a word that then overlaps several bands is their common header.
        """
        for head in sorted(heads, key=lambda head: head.right - head.left):
            below = self.under(head)
            if len(below) == 1:
                self.lefts[below[0]] = min(self.lefts[below[0]], head.left)
                self.rights[below[0]] = max(self.rights[below[0]], head.right)
            elif not below:
                self.lefts.insert(below.start, head.left)
                self.rights.insert(below.start, head.right)

    def join(self, band: int) -> None:
        """Merge a band with the next one."""
        del self.lefts[band + 1], self.rights[band]

    def gap(self, band: int) -> int:
        """Return the number of columns between a band and the next."""
        return self.lefts[band + 1] - self.rights[band]
