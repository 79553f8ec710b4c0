"""Digits of a page whose codes are not what is drawn: they alone are recognized in its picture.

All else on such a page is read from its text, which is proven. What recognition reads of the digits
takes their place, never trusted more than a layer of text; where it reads nothing, the codes stay,
and their cell is undecided.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import pypdfium2
from msgspec import Struct, structs

from extractor.document import Block, Cell, Table
from extractor.formats.layout.model import Box, Glyph, Ink
from extractor.formats.ocr import is_installed, recognizer
from extractor.formats.ocr.text import PageText, Readings
from extractor.formats.pdf.page import PageReading

_DPI = 300.0
_GAP = 0.6  # em: what stands nearer to a digit belongs to the same number
_UNSURE = 0.5  # the score of a value without readings of its own
_NUMBER = ".,，．%％-+"


class TouchedText(Struct):
    """What recognition read in the place of untrusted digits of one page."""

    page: int
    boxes: list[Box]  # as displayed, of the characters that took their place
    readings: Readings


def can_be_read_apart(reading: PageReading) -> bool:
    """Say whether the untrusted digits of a page can be recognized without the rest of it."""
    found = reading.unplain
    return bool(found.lying) and not (found.layered or found.again or reading.ink.turn or reading.ink.tilt)


def recognize_touched(pdf: pypdfium2.PdfDocument, reading: PageReading, name: str) -> TouchedText | None:
    """Recognize the untrusted digits of a page, and put what is read in their place in its ink.

    None where recognition is not installed or reads none of them.
    """
    if not is_installed():
        return None
    ink = reading.ink
    numbers = list(_numbers(ink.glyphs, reading.unplain.lying))
    touched = {glyph.order for number in numbers for glyph in number}
    sheet = _picture(pdf, ink, [glyph for glyph in ink.glyphs if glyph.order not in touched])
    text: PageText = recognizer(name)(sheet, _DPI, ink.page, 72 / _DPI, head_up=True)
    seen = [Glyph(*text.ink.as_displayed(glyph[:4]), glyph.text, glyph.order) for glyph in text.ink.glyphs]
    placed = [each for number in numbers for each in _put(ink, number, seen)]
    readings = {(ink.page, key): reading for key, reading in text.readings.items()}
    return TouchedText(ink.page, placed, readings) if placed else None


def _numbers(glyphs: list[Glyph], lying: set[int]) -> Iterator[list[Glyph]]:
    """Yield the numbers that have an untrusted digit, each with all of its characters."""
    number: list[Glyph] = []
    for glyph in sorted(glyphs, key=lambda each: (round((each.y0 + each.y1) / 6), each.x0)):
        if not (glyph.text.isdigit() or glyph.text in _NUMBER):
            continue
        if number and not _goes_on(number[-1], glyph):
            if any(each.order in lying for each in number):
                yield number
            number = []
        number.append(glyph)
    if any(each.order in lying for each in number):
        yield number


def _goes_on(before: Glyph, glyph: Glyph) -> bool:
    high = glyph.y1 - glyph.y0
    middle = (glyph.y0 + glyph.y1) / 2
    return before.y0 < middle < before.y1 and -high < glyph.x0 - before.x1 < _GAP * high


def _picture(pdf: pypdfium2.PdfDocument, ink: Ink, others: list[Glyph]) -> Any:
    """Return the page with all other characters painted out; its rules stay."""
    page = pdf[ink.page - 1]
    try:
        sheet = page.render(scale=_DPI / 72, rev_byteorder=False).to_numpy()[:, :, :3].copy()
    finally:
        page.close()
    for glyph in others:
        x0, y0, x1, y1 = (max(0, round(side * _DPI / 72)) for side in ink.as_displayed(glyph[:4]))
        sheet[y0:y1, x0:x1] = 255
    return sheet


def _put(ink: Ink, number: list[Glyph], seen: list[Glyph]) -> list[Box]:
    """Put what was recognized in the place of a number into the ink; return the boxes of that."""
    x0, x1 = min(each.x0 for each in number), max(each.x1 for each in number)
    y0, y1 = min(each.y0 for each in number), max(each.y1 for each in number)
    reach = (y1 - y0) / 2
    found = [
        each
        for each in seen
        if x0 - reach < (each.x0 + each.x1) / 2 < x1 + reach and y0 < (each.y0 + each.y1) / 2 < y1
    ]
    if not any(each.text.isdigit() for each in found):
        return []
    gone = {each.order for each in number}
    first = 1 + max(each.order for each in ink.glyphs)
    placed = [Glyph(*each[:4], each.text, first + at) for at, each in enumerate(found)]
    ink.glyphs = [each for each in ink.glyphs if each.order not in gone] + placed
    ink.untrusted = {order: kind for order, kind in ink.untrusted.items() if order not in gone}
    ink.doubts.update((each.order, "text-layer") for each in placed)
    return [each[:4] for each in placed]


def with_touched(blocks: Iterable[Block], touched: list[TouchedText]) -> tuple[Block, ...]:
    """Return blocks in which the cells that hold recognized digits know the readings of them."""
    pages = {each.page: each for each in touched}
    return tuple(
        structs.replace(block, cells=tuple(_cell(cell, pages) for cell in block.cells))
        if isinstance(block, Table)
        else block
        for block in blocks
    )


def _cell(cell: Cell, pages: dict[int, TouchedText]) -> Cell:
    place = cell.locator
    known = pages.get(place.page or 0)
    if known is None or place.bbox is None:
        return cell
    x0, y0, x1, y1 = place.bbox
    if not any(x0 <= (a + c) / 2 <= x1 and y0 <= (b + d) / 2 <= y1 for a, b, c, d in known.boxes):
        return cell
    reading = known.readings.get((place.page or 0, place.bbox)) if not place.more else None
    return structs.replace(cell, alternatives=reading or ((cell.text, _UNSURE),))
