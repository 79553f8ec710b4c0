"""Finds the ruled lines of a page in its picture."""

import cv2
import numpy as np

from extractor.formats.layout.model import Box
from extractor.formats.ocr.picture import Grey

_SHORTEST_ACROSS = 0.36  # inches: horizontal strokes of characters are shorter
_SHORTEST_DOWN = 0.22  # inches: the same for vertical lines, as rows are lower than columns are wide
_THICKEST = 0.05  # inch
_GAP = 0.008  # inches: smaller breaks in a line are closed
_LONG = 1.5  # inches: a line this long counts even if it meets no other
_TOUCH = 0.05  # inch


def rules_of(mask: Grey, dpi: float) -> list[Box]:
    """Return boxes in pixels around the horizontal and vertical lines of a page.

    Args:
        mask: 255 where the page is dark.
        dpi: Its pixels per inch.
    """
    across = _lines(mask, dpi, round(_SHORTEST_ACROSS * dpi), across=True)
    down = _lines(mask, dpi, round(_SHORTEST_DOWN * dpi), across=False)
    return _long_or_joined(across, down, dpi, 0) + _long_or_joined(down, across, dpi, 1)


def _lines(mask: Grey, dpi: float, shortest: int, *, across: bool) -> list[Box]:
    lines = _strokes_along(mask, shortest, max(2, round(_GAP * dpi)), across)
    count, _, boxes, _ = cv2.connectedComponentsWithStats(lines, connectivity=8)
    found: list[Box] = []
    for x, y, width, height, _ in boxes[1:count].tolist():
        if (height if across else width) <= max(4, _THICKEST * dpi):
            found.append((float(x), float(y), float(x + width), float(y + height)))
    return found


def _long_or_joined(lines: list[Box], others: list[Box], dpi: float, axis: int) -> list[Box]:
    """Return the lines along an axis that are long, or meet another line at both ends."""
    touch, long = _TOUCH * dpi, _LONG * dpi
    across = 1 - axis

    def meets(at: float, level: float) -> bool:
        return any(
            other[axis] - touch <= at <= other[axis + 2] + touch
            and other[across] - touch <= level <= other[across + 2] + touch
            for other in others
        )

    return [
        line
        for line in lines
        if line[axis + 2] - line[axis] >= long
        or (meets(line[axis], line[across]) and meets(line[axis + 2], line[across]))
    ]


def _strokes_along(mask: Grey, shortest: int, gap: int, across: bool) -> Grey:
    """Return the strokes of a page along one direction; offsets of a pixel are allowed."""

    def kernel(length: int, breadth: int = 1) -> Grey:
        return np.ones((breadth, length) if across else (length, breadth), np.uint8)

    closed = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, kernel(gap))
    # A slightly skewed line has offsets from row to row: thicken it before measuring its length.
    thick = cv2.dilate(closed, kernel(1, 3))
    lines = cv2.morphologyEx(thick, cv2.MORPH_OPEN, kernel(shortest))
    return np.asarray(cv2.erode(lines, kernel(1, 3)), np.uint8)


def without_rules(mask: Grey, rules: list[Box]) -> Grey:
    """Return a page's mask without its rules."""
    clean = mask.copy()
    for x0, y0, x1, y1 in rules:
        clean[max(0, int(y0) - 1) : int(y1) + 1, max(0, int(x0) - 1) : int(x1) + 1] = 0
    return clean


def painted_out(grey: Grey, rules: list[Box]) -> Grey:
    """Return a page with its rules painted in the shade of the paper beside them."""
    paper = cv2.dilate(
        cv2.resize(grey, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA), np.ones((7, 7))
    )
    paper = cv2.resize(paper, (grey.shape[1], grey.shape[0]))
    bare = grey.copy()
    for x0, y0, x1, y1 in rules:
        part = (slice(max(0, int(y0) - 2), int(y1) + 2), slice(max(0, int(x0) - 2), int(x1) + 2))
        bare[part] = paper[part]
    return bare
