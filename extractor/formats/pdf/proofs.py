"""Verifies digits by their pictures, if font and codes do not show how they are drawn.

This concerns Type 3 fonts, which draw with page operators, mirrored or rotated digits, and ActualText, which
may be anything. Such a digit only counts as read if the picture in its place resembles it and no other digit.
"""

import unicodedata
from collections.abc import Sequence

import pypdfium2
from PIL import Image

from extractor.formats.layout.model import Box, Glyph, Ink, around
from extractor.formats.pdf import calls
from extractor.formats.pdf.calls import Address
from extractor.formats.pdf.digits import digit_shown, lying_digits, picture_shape
from extractor.formats.pdf.look import Look
from extractor.formats.pdf.signs import PageSigns

_SCALE = 5.0  # pixels per point: digits of a table become forty pixels high
_INK = 64  # of 255: brighter pixels are ink
_FEW = 24  # digits: for more, the whole page is drawn at once
_LEAST = 6  # pixels: a smaller picture proves nothing


class _Suspects:
    """The text objects of a page whose digits may look different, and the fonts known to be wrong."""

    def __init__(self, signs: PageSigns) -> None:
        self.lying = {font for font in signs.fonts if lying_digits(font)}
        self._drawn = {font for font in signs.fonts if not calls.has_name(font)}  # of Type 3: others have one
        self._items = signs.quoted | signs.distorted | signs.against_the_page

    def __bool__(self) -> bool:
        return bool(self.lying or self._drawn or self._items)

    def lies(self, item: Address) -> bool:
        return calls.font_of(item) in self.lying

    def holds(self, item: Address) -> bool:
        return item in self._items or calls.font_of(item) in self._drawn


def unproven_digits(
    page: pypdfium2.PdfPage, ink: Ink, signs: PageSigns, texts: Sequence[Address]
) -> set[int]:
    """Return the ranks of the digits that may look different from their codes.

    Args:
        page: still open.
        ink: of the page.
        signs: of the page.
        texts: the text objects of the page.
    """
    suspects = _Suspects(signs)
    if not suspects:
        return set()
    found: set[int] = set()
    doubted: list[Glyph] = []
    textpage = page.get_textpage()
    try:
        address = calls.address_of(textpage.raw)
        for glyph in ink.glyphs:
            if not glyph.text.isdigit():
                continue
            item = calls.text_object(address, glyph.order)
            if item and suspects.lies(item):
                found.add(glyph.order)
            elif suspects.holds(item) if item else signs.quoted:
                doubted.append(glyph)
    finally:
        textpage.close()
    return found | _drawn_otherwise(page, ink, doubted, texts)


def _drawn_otherwise(
    page: pypdfium2.PdfPage, ink: Ink, glyphs: Sequence[Glyph], texts: Sequence[Address]
) -> set[int]:
    found: set[int] = set()
    for near in _lines_of(glyphs) if len(glyphs) <= _FEW else [glyphs] if glyphs else []:
        area = around([_box(ink, glyph) for glyph in near]) if len(glyphs) <= _FEW else None
        look = Look(page, texts, scale=_SCALE, area=area)
        seen = (glyph for glyph in near if not _is_seen_as(look.text_in(_box(ink, glyph)), glyph, ink))
        found.update(glyph.order for glyph in seen)
    return found


def _lines_of(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Return glyphs by lines: those of a line are looked at in one picture."""
    lines: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda each: each.y0):
        if lines and glyph.y0 - lines[-1][0].y0 < (glyph.y1 - glyph.y0) / 2:
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
    return lines


def _box(ink: Ink, glyph: Glyph) -> Box:
    return ink.as_displayed(glyph[:4])


def _is_seen_as(picture: Image.Image, glyph: Glyph, ink: Ink) -> bool:
    upright = picture.rotate(-ink.turn, expand=True) if ink.turn else picture
    painted = upright.point(lambda value: 255 if value >= _INK else 0)
    inked = painted.getbbox()
    if inked is None or inked[3] - inked[1] < _LEAST:
        return False
    shape = picture_shape(painted.crop(inked))
    return shape is not None and digit_shown(shape) == unicodedata.digit(glyph.text, None)
