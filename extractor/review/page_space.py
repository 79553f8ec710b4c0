"""Finds the text under a box of the upright page, as given in locators."""

import pypdfium2

from extractor.formats.pdf.view import PageTurn


def characters_under(
    page: pypdfium2.PdfPage, view: PageTurn, box: tuple[float, float, float, float]
) -> list[str]:
    """Return the words under a box of the upright page."""
    left, bottom, right, top = view.to_page(box)
    textpage = page.get_textpage()
    try:
        words: str = textpage.get_text_bounded(left - 0.5, bottom - 0.5, right + 0.5, top + 0.5)
    finally:
        textpage.close()
    return words.split()
