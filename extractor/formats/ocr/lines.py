"""Lines of text in a picture: where ink stands, row by row, and the strips that are recognized."""

from itertools import pairwise
from typing import NamedTuple

import cv2
import numpy as np

from extractor.formats.ocr.engine import HEIGHT
from extractor.formats.ocr.picture import Grey

_MARGIN = 0.18  # of a line's height, left above and below it
_SPECK = 0.022  # inch: a mark smaller than this either way is dirt
_FULL, _FLAT = 0.5, 0.3  # em: the height of a line of text, and of a mark that is none beside it
_JOIN = 1.2  # em: strokes of one character lie within this


class Strip(NamedTuple):
    """A line of text: its box in pixels of the page."""

    x0: int
    y0: int
    x1: int
    y1: int

    @property
    def height(self) -> int:
        """Return the height of its ink."""
        return self.y1 - self.y0


def without_specks(mask: Grey, dpi: float) -> Grey:
    """Return ink without the marks that are too small to be a stroke or a point beside one."""
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    sides = np.maximum(boxes[:, cv2.CC_STAT_WIDTH], boxes[:, cv2.CC_STAT_HEIGHT])
    keep = sides >= max(2, _SPECK * dpi)
    keep[0] = False
    return np.where(keep[labels], 255, 0).astype(np.uint8) if count > 1 else mask


def runs_of(mask: Grey) -> list[tuple[int, int]]:
    """Return the stretches of rows that hold ink: first row, and the one behind the last."""
    inked = mask.any(axis=1).astype(np.int8)
    edges = np.flatnonzero(np.diff(np.concatenate(([0], inked, [0]))))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def em_of(heights: list[int]) -> float:
    """Return the height of a full character, from the heights of many stretches of rows."""
    if not heights:
        return 0.0
    return float(np.percentile(heights, 80))


def joined_runs(runs: list[tuple[int, int]], em: float) -> list[tuple[int, int]]:
    """Join the stretches that are strokes of the same line."""
    joined: list[tuple[int, int]] = []
    for start, end in runs:
        if joined and end - joined[-1][0] <= _JOIN * em:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def strips_of(mask: Grey, left: int, top: int, em: float) -> list[Strip]:
    """Return the lines in a part of a page whose corner is at (left, top)."""
    strips = []
    for start, end in joined_runs(runs_of(mask), em):
        columns = np.flatnonzero(mask[start:end].any(axis=0))
        strips.append(Strip(left + int(columns[0]), top + start, left + int(columns[-1]) + 1, top + end))
    return strips


def without_crumbs(strips: list[Strip], em: float) -> list[Strip]:
    """Return the lines of a cell without flat marks on rows of their own, where others are lines of text."""
    if not any(strip.height >= _FULL * em for strip in strips):
        return strips
    return [strip for strip in strips if strip.height >= _FLAT * em]


def apart(strip: Strip, mask: Grey, gap: float) -> list[Strip]:
    """Divide a line at gaps wider than `gap` pixels; `mask` is the whole page."""
    columns = np.flatnonzero(mask[strip.y0 : strip.y1, strip.x0 : strip.x1].any(axis=0))
    cuts = [i for i, (a, b) in enumerate(pairwise(columns.tolist())) if b - a > gap]
    parts = np.split(columns, [i + 1 for i in cuts])
    return [
        Strip(strip.x0 + int(part[0]), strip.y0, strip.x0 + int(part[-1]) + 1, strip.y1) for part in parts
    ]


class StripWindow(NamedTuple):
    """How a strip is cut out and scaled for the recognizer."""

    left: float  # pixels of the page
    top: float
    width: float
    height: float
    squeeze: float  # of the width, beyond the common scale

    @property
    def scale(self) -> float:
        """Return pixels of the line's picture to one of the page, up and down."""
        return HEIGHT / self.height

    def x_of(self, pixel: float) -> float:
        """Return where on the page a column of the line's picture stands."""
        return self.left + pixel / (self.scale * self.squeeze)


def window_of(strip: Strip, em: float, squeeze: float = 1.0, margin: float = _MARGIN) -> StripWindow:
    """Return the window of a strip: at least as high as most of a character, with a margin."""
    height = max(strip.height, em * 0.8)
    border = height * margin
    middle = (strip.y0 + strip.y1) / 2
    left, right = strip.x0 - 2 * border, strip.x1 + 2 * border
    return StripWindow(left, middle - height / 2 - border, right - left, height + 2 * border, squeeze)


def picture_of(grey: Grey, window: StripWindow) -> Grey:
    """Return what stands in a window, scaled to the height of the recognizer; paper beyond the page."""
    x0, y0 = round(window.left), round(window.top)
    x1, y1 = round(window.left + window.width), round(window.top + window.height)
    height, width = grey.shape
    part = grey[max(y0, 0) : min(y1, height), max(x0, 0) : min(x1, width)]
    paper = int(np.percentile(part, 85))
    sides = (max(-y0, 0), max(y1 - height, 0), max(-x0, 0), max(x1 - width, 0))
    if any(sides):
        part = np.asarray(cv2.copyMakeBorder(part, *sides, cv2.BORDER_CONSTANT, value=paper), np.uint8)
    size = (max(8, round(part.shape[1] * window.scale * window.squeeze)), HEIGHT)
    method = cv2.INTER_AREA if window.scale < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(part, size, interpolation=method), np.uint8)
