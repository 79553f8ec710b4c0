"""PDFs in other languages, of which nothing but the text is taken: they cannot be what is looked for.

Their tables, drawings and hidden text are not read, which costs many times what the text costs.
"""

from collections.abc import Callable

import pypdfium2
from msgspec import Struct
from pypdfium2 import raw

from extractor.document import Locator, Paragraph
from extractor.formats.layout.model import area_of
from extractor.formats.pdf import calls
from extractor.formats.pdf.annotations import has_annotations
from extractor.formats.pdf.calls import Address
from extractor.formats.pdf.characters import is_unmapped, text_of_page
from extractor.formats.pdf.page import opened_page
from extractor.formats.pdf.paths import DEEPEST, MOST_OBJECTS, read_paths
from extractor.formats.pdf.scans import is_garbled
from extractor.formats.pdf.unplain import WIDE
from extractor.patterns import kept_pattern
from extractor.script import FEWEST_IDEOGRAPHS, LONG_TEXT

_IDEOGRAPHS = kept_pattern("[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_PICTURE, _FORM = raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM


class _PlainText(Struct):
    """The text of a page as pdfium gives it."""

    lines: list[str]
    trusted: bool  # no layer over a picture, and its codes are known


def may_be_foreign(metadata: dict[str, str], text: str) -> bool:
    """Return whether a file may be in another language, from what its first page says."""
    return bool(text) and _count_of_ideographs("".join((text, *metadata.values()))) < FEWEST_IDEOGRAPHS


def read_foreign(
    pdf: pypdfium2.PdfDocument, name: str, metadata: dict[str, str], is_wanted: Callable[[str], bool]
) -> list[Paragraph] | None:
    """Return the text of each page of a file that has hardly any Chinese characters; None for other files.

    Args:
        pdf: The open document.
        name: Of the file.
        metadata: Of the file, which is searched for Chinese characters, too.
        is_wanted: Decides from the text whether it is what is looked for all the same.

    Raises:
        Unreadable: a page is damaged.
    """
    if raw.FPDFDoc_GetAttachmentCount(pdf.raw) > 0:
        return None
    found = _count_of_ideographs("".join(metadata.values()))
    pages: list[_PlainText] = []
    for number in range(1, len(pdf) + 1):
        page = _plain_text(pdf, number, name)
        found += _count_of_ideographs("".join(page.lines)) if page else FEWEST_IDEOGRAPHS
        if page is None or found >= FEWEST_IDEOGRAPHS:
            return None
        pages.append(page)
    trusted = ["\n".join(page.lines) for page in pages if page.trusted]
    text = "\n\n".join(trusted)
    if 2 * len(trusted) < len(pages) or len(text) < LONG_TEXT or is_wanted(text):
        return None
    return [
        Paragraph("\n".join(page.lines), Locator(page=number))
        for number, page in enumerate(pages, 1)
        if page.lines
    ]


def _count_of_ideographs(text: str) -> int:
    return 0 if text.isascii() else len(_IDEOGRAPHS.findall(text))


def _plain_text(pdf: pypdfium2.PdfDocument, number: int, name: str) -> _PlainText | None:
    """Return the text of a page; None if annotations are drawn over it."""
    page = opened_page(pdf, number, name)
    try:
        if has_annotations(page):
            return None
        over_picture = _may_be_layered(page)
        text = text_of_page(page, number, name)
    finally:
        page.close()
    printed = [character for character in text if not character.isspace()]
    trusted = (
        bool(printed) and not over_picture and not is_garbled(sum(map(is_unmapped, printed)), len(printed))
    )
    lines = [line for line in map(str.strip, text.splitlines()) if line]
    return _PlainText(lines, trusted)


def _may_be_layered(page: pypdfium2.PdfPage) -> bool:
    """Return whether the text of a page may be a layer over or under a picture."""
    count = raw.FPDFPage_CountObjects(page.raw)
    if not _have_picture(calls.objects_of_page(calls.address_of(page.raw), count)):
        return False
    paths = read_paths(page)
    pictures = [area_of(box) for box, kind in paths.signs.strangers if kind == "picture"]
    return paths.invisible or max(pictures, default=0.0) >= WIDE * area_of(page.get_bbox())


def _have_picture(objects: list[Address], depth: int = 0) -> bool:
    """Return whether there is a picture among objects, or in the forms among them."""
    kinds = list(map(calls.kind_of, objects))
    if _PICTURE in kinds:
        return True
    forms = [item for item, kind in zip(objects, kinds, strict=True) if kind == _FORM and depth < DEEPEST]
    return any(_have_picture(calls.objects_in_form(form, MOST_OBJECTS), depth + 1) for form in forms)
