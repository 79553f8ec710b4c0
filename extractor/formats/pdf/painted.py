"""Decides which characters of a page are visible, and which may look different from their codes."""

from ctypes import addressof, byref, c_double
from typing import Any

import pypdfium2
from msgspec import Struct, field
from pypdfium2 import raw

from extractor.formats.layout.model import Box, Glyph
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
    page: pypdfium2.PdfPage, glyphs: list[Glyph], texts: list[Any], displayed: PageTurn
) -> InkBoxes:
    """Return the characters that are not blanks, with the boxes of their ink."""
    printed = [glyph for glyph in glyphs if not glyph.text.isspace()]
    places = {addressof(item.contents): place for place, item in enumerate(texts)}
    left, right, bottom, top = (c_double() for _ in range(4))
    targets = (byref(left), byref(right), byref(bottom), byref(top))
    boxes: list[Box] = []
    owners: list[int] = []
    textpage = page.get_textpage()
    try:
        for glyph in printed:
            item = raw.FPDFText_GetTextObject(textpage.raw, glyph.order)
            owners.append(places.get(addressof(item.contents), -1) if item else -1)
            raw.FPDFText_GetCharBox(textpage.raw, glyph.order, *targets)
            boxes.append(displayed.box(left.value, bottom.value, right.value, top.value))
    finally:
        textpage.close()
    return InkBoxes(printed, boxes, owners)


def painted_of(look: Look, printed: InkBoxes, texts: list[Any]) -> Painted:
    """Return which characters are not visible, by rendering the page."""
    found = Painted()
    shown = look.shown(printed.boxes, [glyph.text for glyph in printed.glyphs], printed.owners)
    for glyph, owner, each in zip(printed.glyphs, printed.owners, shown, strict=True):
        if not each.painted:
            found.hidden.add(glyph.order)
            if owner >= 0 and raw.FPDFTextObj_GetTextRenderMode(texts[owner]) in _NO_INK:
                found.invisible.add(glyph.order)
        elif each.faint or each.partly:
            found.unsure.add(glyph.order)
    return found
