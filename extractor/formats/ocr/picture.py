"""Prepares the picture of a page: removes red ink, turns it upright, corrects its skew."""

from typing import Any

import cv2
import numpy as np
from msgspec import Struct

Grey = np.ndarray[Any, np.dtype[np.uint8]]
Affine = np.ndarray[Any, np.dtype[np.float64]]  # two rows of three

_RED = 45  # how much brighter red must be than green and blue in the ink of a seal
_FAINT = 0.38  # share of the darkness of print: the edges of a stamp stay below it
_MOST_SKEW = 3.0  # degrees of precision
_FINEST = 0.05  # degrees
_SAMPLE = 40_000  # dark pixels used to measure the skew
_SHRUNK = 1200  # pixels: the width to which the page is reduced to measure the skew


class Lifted(Struct):
    """A grey page in which red ink has been blended into the paper."""

    grey: Grey  # for reading: rests of red are removed, together with the faintest print
    faint: Grey  # for finding lines: nothing else is removed
    stamped: Grey | None = None  # 255 where there was red ink


class Upright(Struct):
    """A grey page with level lines, and the transformation back to its source picture."""

    grey: Grey
    to_source: Affine  # from its pixels to those of the source
    skew: float  # degrees that were corrected
    faint: Grey
    stamped: Grey | None = None


def without_red(picture: Grey) -> Lifted:
    """Return a picture in grey with only the red ink blended into the paper."""
    if picture.ndim == 2:
        return Lifted(picture, picture)
    blue, green, red = cv2.split(picture)
    reddish = cv2.subtract(red, cv2.max(green, blue)) > _RED
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    count = int(np.count_nonzero(reddish))
    if count * 5000 < grey.size:
        return Lifted(np.asarray(grey, np.uint8), np.asarray(grey, np.uint8))
    # JPEG stores colour at half the resolution: at the edges of a stamp the red is weaker than the ink.
    near = cv2.dilate(reddish.astype(np.uint8), np.ones((9, 9), np.uint8)) > 0
    redness = cv2.subtract(red, cv2.max(green, blue)).astype(np.float32)
    level = float(np.percentile(red[reddish], 60))
    paper = float(np.percentile(grey[::4, ::4], 75))
    full = max(float(np.percentile(redness[reddish], 60)), 1.0)
    share = np.clip(cv2.GaussianBlur(redness, (3, 3), 0) / full, 0.0, 1.0)
    lifted = np.clip(red + share * max(paper - level, 0.0), 0.0, paper)
    # Rests of the stamp are faint compared with print.
    faint = np.maximum(lifted, grey)
    shade = np.maximum(paper - faint - _FAINT * paper, 0.0) / (1 - _FAINT)
    return Lifted(
        np.where(near, paper - shade, grey).astype(np.uint8),
        np.where(near, faint, grey).astype(np.uint8),
        near.astype(np.uint8) * np.uint8(255),
    )


def upright(page: Lifted, quarter: int = 0) -> Upright:
    """Return a page rotated clockwise by 0, 90, 180 or 270 degrees, and levelled."""
    height, width = page.grey.shape
    turn = _quarter_turn(quarter, width, height)
    grey, faint = _turn(page.grey, quarter), _turn(page.faint, quarter)
    red = None if page.stamped is None else _turn(page.stamped, quarter)
    angle = skew_of(grey)
    if abs(angle) < _FINEST:
        return Upright(grey, _inverse(turn), 0.0, faint, red)
    height, width = grey.shape
    level = np.asarray(cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0), np.float64)
    paper = int(np.percentile(grey[::4, ::4], 75))
    same = page.faint is page.grey
    grey = _level(grey, level, paper)
    faint = grey if same else _level(faint, level, paper)
    red = None if red is None else _level(red, level, 0)
    return Upright(grey, _inverse(_after(level, turn)), angle, faint, red)


def _turn(picture: Grey, quarter: int) -> Grey:
    return np.ascontiguousarray(np.rot90(picture, -quarter // 90))


def _level(picture: Grey, level: Affine, paper: int) -> Grey:
    size = (picture.shape[1], picture.shape[0])
    return np.asarray(
        cv2.warpAffine(picture, level, size, flags=cv2.INTER_CUBIC, borderValue=paper), np.uint8
    )


def _quarter_turn(quarter: int, width: int, height: int) -> Affine:
    rows = {
        0: ((1, 0, 0), (0, 1, 0)),
        90: ((0, -1, height), (1, 0, 0)),
        180: ((-1, 0, width), (0, -1, height)),
        270: ((0, 1, 0), (-1, 0, width)),
    }
    return np.array(rows[quarter], np.float64)


def _after(second: Affine, first: Affine) -> Affine:
    whole = np.vstack([first, (0, 0, 1)])
    return np.asarray(second @ whole, np.float64)


def _inverse(matrix: Affine) -> Affine:
    return np.asarray(cv2.invertAffineTransform(matrix), np.float64)


def skew_of(grey: Grey) -> float:
    """Return the degrees counterclockwise by which a page must be rotated to be level."""
    scale = min(1.0, _SHRUNK / grey.shape[1])
    small = np.asarray(cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
    rows, columns = np.nonzero(dark(small, 25))
    if len(rows) < 200:
        return 0.0
    step = max(1, len(rows) // _SAMPLE)
    # Pixels have integer coordinates; without random offsets, angle 0 would always look best.
    ys = rows[::step] + np.random.default_rng(0).uniform(-0.5, 0.5, len(rows[::step]))
    xs = columns[::step].astype(np.float64)
    best = 0.0
    for width, grain in ((_MOST_SKEW, 0.25), (0.25, 0.05), (0.05, 0.0125)):
        angles = np.arange(best - width, best + width + grain / 2, grain)
        best = max(angles, key=lambda angle: _levelness(xs, ys, float(angle)))
    return -float(best)


def _levelness(xs: Any, ys: Any, angle: float) -> float:
    """Return how clearly the rows of a page are separated if it is sheared by an angle."""
    rows = ys + xs * np.tan(np.radians(angle))
    rows -= rows.min()
    counts = np.bincount(rows.astype(np.int64))
    return float(np.square(counts.astype(np.float64)).sum())


def dark(grey: Grey, block: int) -> Grey:
    """Return 255 where a pixel is darker than its surroundings of about `block` pixels, else 0."""
    return np.asarray(
        cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, block | 1, 22),
        np.uint8,
    )
