"""What the second reader must know of a page: the same notion of what is painted as the first one's."""

from extractor.formats.layout.model import Box, Glyph, Ink
from extractor.formats.layout.struck import take_out_struck
from extractor.formats.ocr import is_installed
from extractor.formats.pdf.page import PageReading


def sheet_of(reading: PageReading) -> Ink | None:
    """Return an ink, on the page as displayed, whose glyphs are what is not plain there.

    `struck` holds what no reader may take for text, struck out or not painted. None where the text is
    a layer over a picture that is read by recognition: then nothing of it is text.
    """
    ink = reading.ink
    if reading.unplain.layered and is_installed():
        return None
    take_out_struck(ink)
    displayed = Ink(ink.page, ink.width, ink.height, [], [], doubts=ink.doubts, untrusted=ink.untrusted)
    told = (glyph for glyph in ink.glyphs if glyph.order in ink.doubts or glyph.order in ink.untrusted)
    displayed.glyphs = [_displayed(glyph, ink) for glyph in told]
    hidden = [Glyph(*box, "", -1) for box in reading.unplain.left_out]
    displayed.struck = [*(_displayed(glyph, ink) for glyph in ink.struck), *hidden]
    if ink.stranger and not ink.turn:
        displayed.stranger = ink.stranger
    return displayed


def _displayed(glyph: Glyph, ink: Ink) -> Glyph:
    return Glyph(*ink.as_displayed(glyph[:4]), glyph.text, glyph.order)


def is_left_out(box: Box, sheet: Ink) -> bool:
    """Say whether a character of the second reader is one that is struck out or not painted."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return any(
        glyph.x0 <= x <= glyph.x1 and abs((glyph.y0 + glyph.y1) / 2 - y) < 0.5 * (glyph.y1 - glyph.y0)
        for glyph in sheet.struck
    )
