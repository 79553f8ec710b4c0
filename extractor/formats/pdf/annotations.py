"""Makes annotations and form fields part of the page, as they are displayed.

Their appearance streams are drawn on top of the page; they cover what is under them and are read like other
text.
"""

from ctypes import byref, c_ushort

import pypdfium2
from msgspec import Struct
from pypdfium2 import raw

from extractor.document import DoubtKind, UnreadKind
from extractor.formats.layout.model import Box

# Kinds of annotations that display nothing, or nothing that belongs to the text.
_ORDINARY = (raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_POPUP, raw.FPDF_ANNOT_FILEATTACHMENT)
_HIDDEN = raw.FPDF_ANNOT_FLAG_HIDDEN | raw.FPDF_ANNOT_FLAG_NOVIEW
_APPEARANCES_DRAWN = 0.05  # scale: rendering the page, however small, makes pdfium create missing appearances
_LONGEST = 200  # characters of an annotation's text that are kept


class Place(Struct, frozen=True):
    """The place of an annotation, in page space."""

    box: Box
    doubt: DoubtKind
    unread: UnreadKind | None = None  # set if it has content that no appearance stream shows
    guess: str = ""


def shown_in(page: pypdfium2.PdfPage) -> list[Place]:
    """Draw the annotations of a page into it, and return their places; none if nothing was drawn.

    The page must be reopened afterwards.
    """
    if not has_annotations(page):
        return []
    page.render(scale=_APPEARANCES_DRAWN, may_draw_forms=False)
    count = raw.FPDFPage_GetAnnotCount(page.raw)
    places = [place for index in range(count) if (place := _place(page, index))]
    raw.FPDFPage_Flatten(page.raw, raw.FLAT_NORMALDISPLAY)
    return places


def has_annotations(page: pypdfium2.PdfPage) -> bool:
    """Return whether a page has annotations that may display something."""
    return any(_shows(page, index) for index in range(raw.FPDFPage_GetAnnotCount(page.raw)))


def _shows(page: pypdfium2.PdfPage, index: int) -> bool:
    annotation = raw.FPDFPage_GetAnnot(page.raw, index)
    if not annotation:
        return False
    try:
        return raw.FPDFAnnot_GetSubtype(annotation) not in _ORDINARY
    finally:
        raw.FPDFPage_CloseAnnot(annotation)


def _place(page: pypdfium2.PdfPage, index: int) -> Place | None:
    annotation = raw.FPDFPage_GetAnnot(page.raw, index)
    if not annotation:
        return None
    try:
        kind = raw.FPDFAnnot_GetSubtype(annotation)
        rectangle = raw.FS_RECTF()
        known = raw.FPDFAnnot_GetRect(annotation, byref(rectangle))
        if kind in _ORDINARY or not known or raw.FPDFAnnot_GetFlags(annotation) & _HIDDEN:
            return None
        box = (rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)
        field = kind == raw.FPDF_ANNOT_WIDGET
        doubt: DoubtKind = "field" if field else "annotation"
        said = _text(annotation, b"V" if field else b"Contents")
        if raw.FPDFAnnot_HasKey(annotation, b"AP") or not said or kind == raw.FPDF_ANNOT_TEXT:
            return Place(box, doubt)
        return Place(box, doubt, "field" if field else "annotation", said)
    finally:
        raw.FPDFPage_CloseAnnot(annotation)


def _text(annotation: object, key: bytes) -> str:
    buffer = (c_ushort * _LONGEST)()
    length = raw.FPDFAnnot_GetStringValue(annotation, key, buffer, 2 * _LONGEST)
    return bytes(buffer)[: max(min(length, 2 * _LONGEST) - 2, 0)].decode("utf-16-le", "replace").strip()
