"""Decides which characters of a page are visible, and which may look different from their codes."""

from itertools import repeat

import pypdfium2
from msgspec import Struct, field
from pypdfium2 import raw

from extractor.formats.layout.model import Box, Glyph
from extractor.formats.pdf import calls
from extractor.formats.pdf.calls import Address
from extractor.formats.pdf.look import Look
from extractor.formats.pdf.view import PageTurn

_NO_INK = (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)


class Painted(Struct):
    """Sets of characters, given by their rank."""

    hidden: set[int] = field(default_factory=set)  # not visible
    invisible: set[int] = field(default_factory=set)  # those of them drawn without fill and stroke
    unsure: set[int] = field(default_factory=set)  # faint, or only partly visible


class InkBoxes(Struct):
    """Data from pdfium about the characters of a page beyond their advance boxes."""

    glyphs: list[Glyph]  # without blanks
    boxes: list[Box]  # boxes of their ink, on the page as displayed
    owners: list[int]  # index of each one's text object on the page; -1 if unknown


def printed_on(
    page: pypdfium2.PdfPage, glyphs: list[Glyph], texts: list[Address], displayed: PageTurn
) -> InkBoxes:
    """Return the characters that are not blanks, with the boxes of their ink."""
    printed = [glyph for glyph in glyphs if not glyph.text.isspace()]
    places = {item: place for place, item in enumerate(texts)}
    orders = [glyph.order for glyph in printed]
    textpage = page.get_textpage()
    try:
        address = calls.address_of(textpage.raw)
        owners = [places.get(item, -1) for item in map(calls.text_object, repeat(address), orders)]
        boxes = [displayed.box(*box) for box in calls.tight_boxes(address, orders)]
    finally:
        textpage.close()
    return InkBoxes(printed, boxes, owners)


def painted_of(look: Look, printed: InkBoxes, texts: list[Address]) -> Painted:
    """Return which characters are not visible, by rendering the page."""
    found = Painted()
    shown = look.shown(printed.boxes, [glyph.text for glyph in printed.glyphs], printed.owners)
    for glyph, owner, each in zip(printed.glyphs, printed.owners, shown, strict=True):
        if not each.painted:
            found.hidden.add(glyph.order)
            if owner >= 0 and calls.render_mode(texts[owner]) in _NO_INK:
                found.invisible.add(glyph.order)
        elif each.faint or each.partly:
            found.unsure.add(glyph.order)
    return found
