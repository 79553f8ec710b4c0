"""Removes what is around the sheet in its picture: a scanner's dark edge, a table under a photograph."""

import cv2
import numpy as np
from msgspec import structs

from extractor.formats.ocr.picture import Grey, Lifted

_STROKE = 0.12  # inches: print is thinner than this, surroundings are not
_DARKER = 0.9  # surroundings are darker than this share of the paper's brightness
_RIM = 0.03  # inches: width of the edge of the surroundings
_CONTRAST = 20  # shades by which print is darker than its background
_INK = 0.005  # share of darker pixels above which an area contains print
_SMALL = 0.3  # share of a page above which an area is not its surroundings


def without_surround(page: Lifted, dpi: float) -> Lifted:
    """Return a page with its surroundings painted in the shade of the paper.

    Areas with print, such as a shadow over text, are unchanged.
    """
    around = surround_of(page.grey, dpi)
    if around is None:
        return page
    paper = np.uint8(np.percentile(page.grey[::4, ::4], 75))
    grey = np.where(around, paper, page.grey).astype(np.uint8)
    faint = grey if page.faint is page.grey else np.where(around, paper, page.faint).astype(np.uint8)
    return structs.replace(page, grey=grey, faint=faint)


def surround_of(grey: Grey, dpi: float) -> Grey | None:
    """Return 255 where a picture shows surroundings of the sheet; None if there are none."""
    scale = min(1.0, 50.0 / dpi)
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    paper = float(np.percentile(small, 75))
    stroke = max(1, round(_STROKE * dpi * scale)) | 1
    bare = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((stroke, stroke), np.uint8))
    darker = (bare < _DARKER * paper).astype(np.uint8)
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(darker, connectivity=4)
    height, width = darker.shape
    strokes = cv2.subtract(bare, small) > _CONTRAST
    around = np.zeros_like(darker)
    for place in range(1, count):
        x, y, wide, high, area = boxes[place].tolist()
        at_edge = x == 0 or y == 0 or x + wide == width or y + high == height
        if not at_edge or area > _SMALL * darker.size:
            continue
        part = labels == place
        if strokes[part].mean() <= _INK:
            around[part] = 1
    if not around.any():
        return None
    rim = 2 * max(1, round(_RIM * dpi * scale)) + 1
    wider = cv2.dilate(around, np.ones((rim, rim), np.uint8))
    full = cv2.resize(wider, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_NEAREST)
    return np.asarray(full * np.uint8(255), np.uint8)
