"""Pages of a PDF that have no text of their own, or none that means anything, read by recognition."""

import pypdfium2

from extractor.errors import MissingDependency
from extractor.formats.ocr import INSTALL, is_installed, recognizer
from extractor.formats.ocr_text import PageText
from extractor.formats.pdf_page import PageReading

_DPI = 300.0
_MOST_SIDE = 5000.0  # pixels
_GARBLED = 0.2  # share of characters without Unicode that makes a text layer useless


def wants_recognition(reading: PageReading) -> bool:
    """Say whether a page shows something and its text layer says nothing of it."""
    printed = [glyph for glyph in reading.ink.glyphs if not glyph.text.isspace()]
    if not printed:
        return reading.pictured
    return reading.unmapped >= _GARBLED * len(printed)


def recognized(pdf: pypdfium2.PdfDocument, reading: PageReading, name: str) -> PageText | None:
    """Return what recognition reads on a page; None where it is not installed."""
    try:
        read_picture = recognizer(name)
    except MissingDependency:
        return None
    number = reading.ink.page
    page = pdf[number - 1]
    try:
        width, height = page.get_size()
        dpi = min(_DPI, 72 * _MOST_SIDE / max(width, height))
        picture = page.render(scale=dpi / 72, rev_byteorder=False).to_numpy().copy()
    finally:
        page.close()
    return read_picture(picture[:, :, :3], dpi, number, 72 / dpi)


def hint() -> str:
    """Return how to have pages without text read, "" where they are."""
    return "" if is_installed() else f"；要识别图像请先安装：{INSTALL}"
