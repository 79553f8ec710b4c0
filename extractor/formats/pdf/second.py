"""Gives the second reader the first one's result on which characters are visible."""

from collections.abc import Collection, Iterable
from typing import Any

from msgspec import Struct, field

from extractor.document import Source
from extractor.formats.layout.containing import BoxIndex
from extractor.formats.layout.model import Box, Glyph, Ink
from extractor.formats.layout.struck import take_out_struck
from extractor.formats.ocr import is_installed
from extractor.formats.pdf.characters import LEAST_SIZE
from extractor.formats.pdf.page import PageReading

_MOST_KEPT = 16 << 20  # bytes of a file that are kept until the next one is read


def sheet_of(reading: PageReading) -> Ink | None:
    """Return the hidden, struck-out and doubtful characters, in coordinates of the page as displayed.

    None if the text is a layer over a picture that is read by OCR instead.
    """
    ink = reading.ink
    if reading.unplain.layered and is_installed():
        return None
    take_out_struck(ink)
    displayed = Ink(ink.page, ink.width, ink.height, [], [], doubts=ink.doubts, untrusted=ink.untrusted)
    told = (glyph for glyph in ink.glyphs if glyph.order in ink.doubts or glyph.order in ink.untrusted)
    displayed.glyphs = [_displayed(glyph, ink) for glyph in told]
    displayed.struck = [_displayed(glyph, ink) for glyph in ink.struck]
    displayed.hidden = [_displayed(glyph, ink) for glyph in ink.hidden]
    if ink.stranger and not ink.turn:
        displayed.stranger, displayed.number_drawn = ink.stranger, ink.number_drawn
    return displayed


class SecondTask(Struct):
    """What the second reader is told: the bytes to read, and for each page what the first one found."""

    data: bytes  # with the annotations drawn into the pages
    sheets: dict[int, Ink | None]  # by page; None if its text is not what is displayed
    level: bool = True  # no page was turned or levelled


class _ReadLast(Struct):
    """The file read last, and the width and height of those of its pages that are as their codes say."""

    data: bytes = b""
    plain: dict[int, tuple[float, float]] = field(default_factory=dict)


_READ = _ReadLast()


def remember_plain_pages(data: bytes, readings: Iterable[PageReading]) -> None:
    """Keep from a first reading which pages are plain: the second reader need not be told about them.

    Struck characters must have been taken out already.
    """
    plain = (reading.ink for reading in readings if _is_plain(reading))
    _READ.plain = {ink.page: (ink.width, ink.height) for ink in plain}
    _READ.data = data if len(data) <= _MOST_KEPT else b""


def _is_plain(reading: PageReading) -> bool:
    """Return whether a page shows its characters as their codes say, level, and nothing else."""
    ink, unplain = reading.ink, reading.unplain
    told = ink.doubts or ink.untrusted or ink.struck or ink.hidden or ink.stranger or ink.turn or ink.tilt
    return not (told or unplain.layered or unplain.annotated or unplain.lying)


def plain_task(source: Source, pages: Collection[int]) -> SecondTask | None:
    """Return what to tell about pages if they belong to the file read last and all are plain."""
    if _READ.data is not source.data or not all(page in _READ.plain for page in pages):
        return None
    return SecondTask(source.data, {page: Ink(page, *_READ.plain[page], [], []) for page in sorted(pages)})


def _displayed(glyph: Glyph, ink: Ink) -> Glyph:
    return Glyph(*ink.as_displayed(glyph[:4]), glyph.text, glyph.order)


def seen_by_second(chars: list[dict[str, Any]], sheet: Ink) -> list[dict[str, Any]]:
    """Return the second reader's characters without those that are struck out, invisible or tiny.

    If a removed and a visible equal character are in one place, the removed one was drawn first.
    """
    gone: dict[str, list[Box]] = {}
    for glyph in (*sheet.hidden, *sheet.struck):
        gone.setdefault(glyph.text, []).append(glyph[:4])
    places = {text: BoxIndex(boxes) for text, boxes in gone.items()}
    return [char for char in chars if not _is_tiny(char) and not _is_taken(char, places)]


def _is_tiny(char: dict[str, Any]) -> bool:
    return bool(char["text"].isalnum() and max(char["width"], char["height"]) <= LEAST_SIZE)


def _is_taken(char: dict[str, Any], gone: dict[str, BoxIndex]) -> bool:
    """Return whether a character is one of the removed ones; if so, take that one out of the index."""
    places = gone.get(char["text"])
    if places is None:
        return False
    place = places.first_at((char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2)
    if place is None:
        return False
    places.remove(place)
    return True
