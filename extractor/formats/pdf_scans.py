"""Pages of a PDF that have no text of their own, or none that means anything, read by recognition."""

import pypdfium2

from extractor.document import Locator, Notice
from extractor.errors import MissingDependency
from extractor.formats.ocr import INSTALL, recognizer
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


def recognized(pdf: pypdfium2.PdfDocument, reading: PageReading, name: str) -> PageText | Notice:
    """Return what recognition reads on a page, or the notice that says what would make it possible."""
    number = reading.ink.page
    try:
        read_picture = recognizer(name)
    except MissingDependency:
        message = f"第{number}页没有可用的文字层，要识别图像请先安装：{INSTALL}"
        return Notice("recognition-not-installed", message, Locator(page=number))
    page = pdf[number - 1]
    try:
        width, height = page.get_size()
        dpi = min(_DPI, 72 * _MOST_SIDE / max(width, height))
        bitmap = page.render(scale=dpi / 72, rev_byteorder=False)
        picture = bitmap.to_numpy().copy()
    finally:
        page.close()
    return read_picture(picture[:, :, :3], dpi, number, 72 / dpi)
