"""Columns in monospaced text: where the blanks of many lines stand under each other."""

import re
from bisect import bisect_left
from collections.abc import Callable
from itertools import pairwise
from typing import NamedTuple

from extractor.formats.text_lines import Line

_GAP = re.compile("[ \u3000\xa0]+")
_WIDE = re.compile(
    "[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\U00020000-\U0003fffd]+"
)
_LEAST_GAP = 2  # columns; a single blank stands between words
_FEWEST_LINES = 3  # in a row that share a gutter

Measure = Callable[[str], int]


class Segment(NamedTuple):
    """A stretch of one line between two gaps: its display columns and its offsets."""

    left: int
    right: int
    start: int
    end: int


def east_asian_width(text: str) -> int:
    """Return how many columns a text takes where full-width characters take two.

    >>> east_asian_width("规章 0")
    6
    """
    return len(text) + sum(map(len, _WIDE.findall(text)))


def segments(text: str, line: Line, measure: Measure) -> list[Segment]:
    """Cut a line at its gaps of two columns and more."""
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


def gutters(rows: list[list[Segment]], numbers: list[Segment]) -> list[int]:
    """Return a display column inside each gutter, left to right.

    At least three lines in a row share a gutter, no more lines cross it, and no number does.
    """
    width = max(row[-1].right for row in rows)
    shared, longest, covered = [0] * width, [0] * width, [0] * width
    for row in rows:
        blank = bytearray(width)
        for before, after in pairwise(row):
            blank[before.right : after.left] = b"\x01" * (after.left - before.right)
        for segment in row:
            for column in range(segment.left, segment.right):
                covered[column] += 1
        shared = [count + 1 if is_blank else 0 for count, is_blank in zip(shared, blank, strict=True)]
        longest = list(map(max, longest, shared))
    is_gutter = [
        long >= _FEWEST_LINES and cover <= long for long, cover in zip(longest, covered, strict=True)
    ]
    for number in numbers:
        is_gutter[number.left : number.right] = [False] * (number.right - number.left)
    return _middles(is_gutter)


def _middles(is_gutter: list[bool]) -> list[int]:
    found = []
    start = None
    for column, inside in enumerate([*is_gutter, False]):
        if inside and start is None:
            start = column
        elif not inside and start is not None:
            found.append((start + column - 1) // 2)
            start = None
    return found


class Columns:
    """The columns between gutters, and which of them a segment takes."""

    def __init__(self, bounds: list[int], numbers: list[Segment], others: list[Segment]) -> None:
        """Take the gutters and what stands between them; numbers say best where a column is."""
        self._bounds = bounds
        self.count = len(bounds) + 1
        self._centres: dict[int, float] = {}
        for segment in (*others, *numbers):
            between = self._between(segment)
            if len(between) == 1:
                self._centres[between[0]] = (segment.left + segment.right) / 2

    def of(self, segment: Segment) -> range:
        """Return the columns of a segment: where it crosses a gutter, those whose centre it covers."""
        between = self._between(segment)
        if len(between) == 1:
            return between
        middle = (segment.left + segment.right) / 2
        centres = {column: self._centres.get(column, middle) for column in between}
        under = [column for column, centre in centres.items() if segment.left <= centre <= segment.right]
        if under:
            return range(under[0], under[-1] + 1)
        nearest = min(centres, key=lambda column: abs(centres[column] - middle))
        return range(nearest, nearest + 1)

    def _between(self, segment: Segment) -> range:
        return range(bisect_left(self._bounds, segment.left), bisect_left(self._bounds, segment.right) + 1)
