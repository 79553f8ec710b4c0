"""Reads one page with pdfium: characters with boxes, and paths that may be rules.

Each call into pdfium costs about a microsecond, so there is one call per character and one to three per path;
the rest is computed here.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pypdfium2
from msgspec import Struct

from extractor.errors import Unreadable
from extractor.formats.layout.model import Ink
from extractor.formats.pdf.annotations import Place, shown_in
from extractor.formats.pdf.characters import read_characters
from extractor.formats.pdf.paths import read_paths
from extractor.formats.pdf.unplain import Unplain, set_apart
from extractor.formats.pdf.view import view_of

LONGEST_SIDE = 20000.0  # points: larger pages are drawings or damaged


class PageReading(Struct):
    """The ink of a page and observations made while reading it."""

    ink: Ink
    pictured: bool  # it has images or paths
    imaged: bool  # it may have images
    unmapped: int  # number of characters without Unicode
    invisible: bool  # it has invisible text over an image
    crowded: bool  # it has too many paths for a page of text
    unplain: Unplain


def read_page(pdf: pypdfium2.PdfDocument, number: int, name: str) -> PageReading:
    """Read page `number` (1-based) of a document called `name`; the page is closed afterwards."""
    reading = read_page_unless(pdf, number, name, None)
    assert reading is not None
    return reading


def read_page_unless(
    pdf: pypdfium2.PdfDocument, number: int, name: str, is_passed: Callable[[str], bool] | None
) -> PageReading | None:
    """Read a page; None if its text tells that it is passed over, before a closer look at it."""
    with _page(pdf, number, name) as (page, places):
        view = view_of(page)
        if not 0 < max(view.width, view.height) <= LONGEST_SIDE:
            raise Unreadable(f"{name}: 第{number}页的页面尺寸不合理（{view.width:.0f}×{view.height:.0f}点）")
        paths = read_paths(page)
        characters = read_characters(page, view, number, name)
        if characters.level:
            paths = read_paths(page, characters.level)
        if is_passed and not places and is_passed("".join([glyph.text for glyph in characters.glyphs])):
            return None
        view = characters.view
        rules = view.boxes(paths.rules)
        ink = Ink(number, view.width, view.height, characters.glyphs, rules, view.turn, tilt=characters.tilt)
        unplain = set_apart(page, ink, paths, view, places)
        if unplain.again:
            # Of two equal characters in the same place, pdfium only reports the first.
            characters = read_characters(page, view_of(page), number, name)
            ink.glyphs, ink.doubts, ink.untrusted = characters.glyphs, {}, {}
            set_apart(page, ink, paths, view, places, unplain)
    return PageReading(
        ink=ink,
        pictured=paths.pictured,
        imaged=paths.imaged,
        unmapped=characters.unmapped,
        invisible=paths.invisible,
        crowded=paths.crowded,
        unplain=unplain,
    )


@contextmanager
def _page(
    pdf: pypdfium2.PdfDocument, number: int, name: str
) -> Iterator[tuple[pypdfium2.PdfPage, list[Place]]]:
    """Open a page with its annotations drawn into it; also yield their places."""
    page = opened_page(pdf, number, name)
    try:
        places = shown_in(page)
        if places:
            page.close()
            page = opened_page(pdf, number, name)
        yield page, places
    finally:
        page.close()


def opened_page(pdf: pypdfium2.PdfDocument, number: int, name: str) -> pypdfium2.PdfPage:
    """Open page `number` (1-based) of a document called `name`. Raise Unreadable if it is damaged."""
    try:
        return pdf[number - 1]
    except pypdfium2.PdfiumError as error:
        raise Unreadable(f"{name}: 第{number}页已损坏，读不出来") from error
