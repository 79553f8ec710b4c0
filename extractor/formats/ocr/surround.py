"""What lies around the sheet in its picture: the dark edge of a scanner, a table under a photograph."""

import cv2
import numpy as np
from msgspec import structs

from extractor.formats.ocr.picture import Grey, Lifted

_STROKE = 0.12  # inch: print is narrower and vanishes, a surround does not
_DARKER = 0.9  # of the shade of paper: a surround is darker
_RIM = 0.03  # inch, around a surround: its edge
_CONTRAST = 20  # shades: by how much print is darker than what it stands on
_INK = 0.005  # share of a surround that is darker than the rest of it: more is print
_SMALL = 0.3  # share of a page that is no surround any more


def without_surround(page: Lifted, dpi: float) -> Lifted:
    """Return a page with the shade of paper where its picture shows what is around the sheet.

    A shadow over print is none: what holds ink is left as it is.
    """
    around = surround_of(page.grey, dpi)
    if around is None:
        return page
    paper = np.uint8(np.percentile(page.grey[::4, ::4], 75))
    grey = np.where(around, paper, page.grey).astype(np.uint8)
    faint = grey if page.faint is page.grey else np.where(around, paper, page.faint).astype(np.uint8)
    return structs.replace(page, grey=grey, faint=faint)


def surround_of(grey: Grey, dpi: float) -> Grey | None:
    """Return 255 where a picture shows what is around the sheet, None where it shows nothing else."""
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
