"""Finds lines of text in a picture: rows with ink, and the strips to recognize."""

from itertools import pairwise
from typing import NamedTuple

import cv2
import numpy as np

from extractor.formats.ocr.engine import HEIGHT
from extractor.formats.ocr.picture import Grey

_MARGIN = 0.18  # share of a line's height left as margin above and below
_SPECK = 0.022  # inches: a mark smaller than this in both directions is dirt
_FULL, _FLAT = 0.5, 0.3  # em: least height of a line of text; greatest height of a flat mark beside it
_JOIN = 1.2  # em: strokes of one character are within this


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
    """Return ink without marks too small to be a stroke or a dot."""
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    sides = np.maximum(boxes[:, cv2.CC_STAT_WIDTH], boxes[:, cv2.CC_STAT_HEIGHT])
    keep = sides >= max(2, _SPECK * dpi)
    keep[0] = False
    return np.where(keep[labels], 255, 0).astype(np.uint8) if count > 1 else mask


def runs_of(mask: Grey) -> list[tuple[int, int]]:
    """Return the ranges of rows with ink: first row, and the one after the last."""
    inked = mask.any(axis=1).astype(np.int8)
    edges = np.flatnonzero(np.diff(np.concatenate(([0], inked, [0]))))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def em_of(heights: list[int]) -> float:
    """Return the height of a full character, estimated from the heights of many ranges."""
    if not heights:
        return 0.0
    return float(np.percentile(heights, 80))


def joined_runs(runs: list[tuple[int, int]], em: float) -> list[tuple[int, int]]:
    """Join the ranges that are strokes of the same line."""
    joined: list[tuple[int, int]] = []
    for start, end in runs:
        if joined and end - joined[-1][0] <= _JOIN * em:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def strips_of(mask: Grey, left: int, top: int, em: float) -> list[Strip]:
    """Return the lines in a part of a page with its corner at (left, top)."""
    strips = []
    for start, end in joined_runs(runs_of(mask), em):
        columns = np.flatnonzero(mask[start:end].any(axis=0))
        strips.append(Strip(left + int(columns[0]), top + start, left + int(columns[-1]) + 1, top + end))
    return strips


def without_crumbs(strips: list[Strip], em: float) -> list[Strip]:
    """Return the lines of a cell without flat marks on rows of their own, if there are lines of text."""
    if not any(strip.height >= _FULL * em for strip in strips):
        return strips
    return [strip for strip in strips if strip.height >= _FLAT * em]


def apart(strip: Strip, mask: Grey, gap: float) -> list[Strip]:
    """Split a line at gaps wider than `gap` pixels; `mask` is the whole page."""
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
    squeeze: float  # additional horizontal scale

    @property
    def scale(self) -> float:
        """Return the pixels of the line's picture per pixel of the page, vertically."""
        return HEIGHT / self.height

    def x_of(self, pixel: float) -> float:
        """Return the page's x coordinate of a column of the line's picture."""
        return self.left + pixel / (self.scale * self.squeeze)


def window_of(strip: Strip, em: float, squeeze: float = 1.0, margin: float = _MARGIN) -> StripWindow:
    """Return the window of a strip: at least as high as most of a character, plus a margin."""
    height = max(strip.height, em * 0.8)
    border = height * margin
    middle = (strip.y0 + strip.y1) / 2
    left, right = strip.x0 - 2 * border, strip.x1 + 2 * border
    return StripWindow(left, middle - height / 2 - border, right - left, height + 2 * border, squeeze)


def picture_of(grey: Grey, window: StripWindow) -> Grey:
    """Return the picture in a window, scaled to the recognizer's height; white outside the page."""
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
