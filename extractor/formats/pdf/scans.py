"""Reads pages of a PDF by OCR if they have no text, or only meaningless text."""

from collections.abc import Callable, Sequence
from typing import Any

import pypdfium2
from pypdfium2 import raw

from extractor.formats.layout.model import Box, Glyph
from extractor.formats.ocr import is_installed, recognizer
from extractor.formats.ocr.text import PageText
from extractor.formats.pdf.page import PageReading
from extractor.formats.pdf.touched import can_be_read_apart

_DPI = 300.0
_MOST_SIDE = 5000.0  # pixels
_LARGE = 0.04  # share of a page: a smaller picture cannot contain a table
_FEWEST = 4  # characters needed for a text, or for a text layer without Unicode
_TELLING = 200  # characters: a shorter text may be a cover sheet
_GARBLED = 0.2  # share of characters without Unicode that makes a text layer useless


def wants_recognition(reading: PageReading) -> bool:
    """True if a page shows something and its text layer is empty or useless."""
    if reading.unplain.layered or (reading.unplain.unproven >= _FEWEST and not can_be_read_apart(reading)):
        return True
    printed = [glyph for glyph in reading.ink.glyphs if not glyph.text.isspace()]
    if not printed:
        return reading.pictured
    return is_garbled(reading.unmapped, len(printed))


def is_garbled(unmapped: int, printed: int) -> bool:
    """Return whether so many characters of a page have no Unicode that its text is useless."""
    return unmapped >= max(_GARBLED * printed, _FEWEST)


def speaks_of_other_things(readings: Sequence[PageReading], is_wanted: Callable[[str], bool]) -> bool:
    """Return whether a file's trustworthy text, on most of its pages, shows that it is not wanted.

    An OCR layer, or text over a picture, does not count as trustworthy.
    """
    plain = [each for each in readings if not (each.invisible or wants_recognition(each)) and each.ink.glyphs]
    if 2 * len(plain) < len(readings):
        return False
    text = "".join("".join(glyph.text for glyph in each.ink.glyphs).join("\n\n") for each in plain)
    return len(text) >= _TELLING and not is_wanted(text)


def recognize_page(pdf: pypdfium2.PdfDocument, reading: PageReading, name: str) -> PageText | None:
    """Return the text recognized on a page, or in the pictures of a page with text.

    None if recognition is not installed, or if a page with text has no picture that may contain more.
    """
    if not (reading.pictured or reading.unmapped):
        return None
    useless = wants_recognition(reading)
    if not (useless or reading.imaged) or not is_installed():
        return None
    page = pdf[reading.ink.page - 1]
    try:
        pictures = [] if useless else _pictures(page, reading)
        if not useless and not pictures:
            return None
        dpi = min(_DPI, 72 * _MOST_SIDE / max(page.get_size()))
        sheet = page.render(scale=dpi / 72, rev_byteorder=False).to_numpy()[:, :, :3].copy()
    finally:
        page.close()
    if pictures:
        sheet = _only(sheet, pictures, dpi)
    text: PageText = recognizer(name)(sheet, dpi, reading.ink.page, 72 / dpi)
    says_something = len(text.ink.glyphs) >= _FEWEST if useless else text.speaks
    return text if says_something else None


def _pictures(page: pypdfium2.PdfPage, reading: PageReading) -> list[Box]:
    """Return the boxes, as displayed, of large pictures without text of the page over them."""
    if not reading.pictured or reading.ink.turn or page.get_rotation():
        return []
    left, _, _, top = page.get_bbox()
    found = []
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        x0, y0, x1, y1 = item.get_bounds()
        box = (x0 - left, top - y1, x1 - left, top - y0)
        large = (x1 - x0) * (y1 - y0) >= _LARGE * reading.ink.width * reading.ink.height
        if large and not any(_lies_in(glyph, box) for glyph in reading.ink.glyphs):
            found.append(box)
    return found


def _lies_in(glyph: Glyph, box: Box) -> bool:
    x, y = (glyph.x0 + glyph.x1) / 2, (glyph.y0 + glyph.y1) / 2
    return not glyph.text.isspace() and box[0] < x < box[2] and box[1] < y < box[3]


def _only(sheet: Any, boxes: list[Box], dpi: float) -> Any:
    """Return the page with everything outside these boxes removed."""
    bare = sheet.copy()
    bare[:] = 255
    for box in boxes:
        x0, y0, x1, y1 = (max(0, round(side * dpi / 72)) for side in box)
        bare[y0:y1, x0:x1] = sheet[y0:y1, x0:x1]
    return bare
