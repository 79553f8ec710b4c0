"""Pictures on OFD pages that may contain text, placed on an empty sheet and read by OCR."""

import io
from typing import Any

from PIL import Image

from extractor.formats.layout.model import Glyph, Ink
from extractor.formats.ocr import is_installed, recognizer
from extractor.formats.ocr.text import PageText
from extractor.formats.ofd.matrix import POINTS
from extractor.formats.ofd.package import OfdPackage
from extractor.formats.ofd.page import OfdImage, OfdSheet

_DPI = 300.0
_MOST_SIDE = 5000.0  # pixels
_MOST_PIXELS = 120_000_000
_LARGE = 0.04  # share of a page: a smaller picture cannot contain a table
_DAMAGE = (OSError, ValueError, SyntaxError, Image.DecompressionBombError)


def recognize_pictures(
    package: OfdPackage, sheet: OfdSheet, ink: Ink, *, whole: bool = False
) -> PageText | None:
    """Return the text recognized in large pictures of a page without text over them.

    None if there are no such pictures, no text in them, or no OCR installed. `whole`: the page's text is a
    layer of its picture, so it does not exclude the picture.
    """
    turned = ink.turn in (90, 270)
    width, height = (ink.height, ink.width) if turned else (ink.width, ink.height)
    glyphs = [] if whole else ink.glyphs
    pictures = [picture for picture in sheet.pictures if _is_candidate(picture, glyphs, width * height)]
    if not pictures or ink.turn or not is_installed():
        return None
    dpi = min(_DPI, 72 * _MOST_SIDE / max(width, height))
    page = Image.new("RGB", (round(width * dpi / 72), round(height * dpi / 72)), "white")
    for picture in pictures:
        _paste(page, package, picture, dpi)
    text: PageText = recognizer(package.name)(_array_of(page), dpi, ink.page, 72 / dpi)
    return text if text.speaks else None


def _is_candidate(picture: OfdImage, glyphs: list[Glyph], area: float) -> bool:
    x0, y0, x1, y1 = (side * POINTS for side in picture.box)
    if (x1 - x0) * (y1 - y0) < _LARGE * area:
        return False
    middles = (((glyph.x0 + glyph.x1) / 2, (glyph.y0 + glyph.y1) / 2) for glyph in glyphs)
    return not any(x0 < x < x1 and y0 < y < y1 for x, y in middles)


def _paste(page: Image.Image, package: OfdPackage, picture: OfdImage, dpi: float) -> None:
    """Draw a picture at its place; nothing if it is damaged or of an unknown format."""
    data = package.bytes_of(picture.path)
    if data is None:
        return
    x0, y0, x1, y1 = (round(side * dpi / 25.4) for side in picture.box)
    try:
        with Image.open(io.BytesIO(data)) as image:
            if image.width * image.height <= _MOST_PIXELS:
                size = (max(1, x1 - x0), max(1, y1 - y0))
                page.paste(image.convert("RGB").resize(size, Image.Resampling.LANCZOS), (x0, y0))
    except _DAMAGE:
        return


def _array_of(page: Image.Image) -> Any:
    import numpy as np  # installed with the extra

    return np.asarray(page)[:, :, ::-1].copy()
