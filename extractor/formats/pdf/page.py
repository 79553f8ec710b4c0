"""One page through pdfium: characters with boxes, and the paths that may be rules.

Each call into pdfium costs about a microsecond, so there is one call a character and one
to three a path, and the rest is computed here.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2
from msgspec import Struct

from extractor.errors import Unreadable
from extractor.formats.layout.model import Ink
from extractor.formats.pdf.characters import read_characters
from extractor.formats.pdf.paths import read_paths
from extractor.formats.pdf.view import view_of

LONGEST_SIDE = 20000.0  # points: pages beyond are drawings or damage


class PageReading(Struct):
    """The ink of a page and what was noticed while reading it."""

    ink: Ink
    pictured: bool  # it shows images or paths
    unmapped: int  # characters without Unicode
    invisible: bool  # text drawn in no colour over an image
    crowded: bool  # too many paths to be a text


def read_page(pdf: pypdfium2.PdfDocument, number: int, name: str) -> PageReading:
    """Read page `number` (1-based) of a document called `name`; the page is closed afterwards."""
    with _page(pdf, number, name) as page:
        view = view_of(page)
        if not 0 < max(view.width, view.height) <= LONGEST_SIDE:
            raise Unreadable(f"{name}: 第{number}页的页面尺寸不合理（{view.width:.0f}×{view.height:.0f}点）")
        paths = read_paths(page)
        characters = read_characters(page, view, number, name)
    view = characters.view
    rules = [view.box(*box) for box in paths.rules]
    return PageReading(
        ink=Ink(number, view.width, view.height, characters.glyphs, rules, view.turn),
        pictured=paths.pictured,
        unmapped=characters.unmapped,
        invisible=paths.invisible,
        crowded=paths.crowded,
    )


@contextmanager
def _page(pdf: pypdfium2.PdfDocument, number: int, name: str) -> Iterator[pypdfium2.PdfPage]:
    try:
        page = pdf[number - 1]
    except pypdfium2.PdfiumError as error:
        raise Unreadable(f"{name}: 第{number}页已损坏，读不出来") from error
    try:
        yield page
    finally:
        page.close()
