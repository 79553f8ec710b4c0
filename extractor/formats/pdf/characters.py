"""The characters of a page with their advance boxes."""

from ctypes import byref, c_double, c_ushort
from math import degrees

import pypdfium2
from msgspec import Struct
from pypdfium2 import raw

from extractor.errors import Unreadable
from extractor.formats.layout.model import Glyph
from extractor.formats.pdf.view import PageTurn

MOST_CHARACTERS = 400_000  # a page
SAMPLES = 24  # characters asked for their angle
_UNMAPPED = "\ufffd"
PageBox = tuple[float, float, float, float]  # left, bottom, right, top


class Characters(Struct):
    """Glyphs on the upright page, and the view that makes it upright."""

    glyphs: list[Glyph]
    view: PageTurn
    unmapped: int


def read_characters(page: pypdfium2.PdfPage, view: PageTurn, number: int, name: str) -> Characters:
    """Return the characters of a page; blanks that pdfium invents are left out."""
    try:
        textpage = page.get_textpage()
    except pypdfium2.PdfiumError as error:
        raise Unreadable(f"{name}: 第{number}页的文字读不出来") from error
    try:
        count = raw.FPDFText_CountChars(textpage.raw)
        if count > MOST_CHARACTERS:
            raise Unreadable(f"{name}: 第{number}页有 {count} 个字符，超过了上限")
        if count <= 0:
            return Characters([], view, 0)
        texts = _texts(textpage.raw, count)
        boxes = _boxes(textpage.raw, count)
        upright = view.turned(_turn(textpage.raw, texts, view))
    finally:
        textpage.close()
    glyphs = _glyphs(texts, boxes, upright)
    unmapped = sum(_is_unmapped(glyph[4]) for glyph in glyphs)
    return Characters(glyphs, upright, unmapped)


def _texts(textpage: object, count: int) -> str | list[str]:
    """Return one text for each character."""
    buffer = (c_ushort * (count + 1))()
    written = raw.FPDFText_GetText(textpage, 0, count, buffer)
    if written == count + 1:
        text = bytes(buffer)[: 2 * count].decode("utf-16-le", "replace")
        if len(text) == count:
            return text
    codes = (raw.FPDFText_GetUnicode(textpage, index) for index in range(count))
    return [chr(code) if 0 < code < 0x110000 else _UNMAPPED for code in codes]


def _boxes(textpage: object, count: int) -> list[PageBox]:
    """Return the advance box of each character; of zero width where pdfium invented it."""
    rectangle = raw.FS_RECTF()
    target = byref(rectangle)
    loose = raw.FPDFText_GetLooseCharBox
    boxes: list[PageBox] = []
    last, last_index = (0.0, 0.0, 0.0, 0.0), -1
    for index in range(count):
        loose(textpage, index, target)
        box = (rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)
        boxes.append(box)
        if box[0] < box[2]:
            if _is_doubtful(box, last):
                boxes[index] = _tight(textpage, index, box)
                if last_index >= 0:
                    boxes[last_index] = _tight(textpage, last_index, last)
            last, last_index = box, index
    return boxes


def _is_doubtful(box: PageBox, last: PageBox) -> bool:
    """Whether the box lies over the one before, as in fonts for vertical writing, or is tiny.

    For these fonts pdfium takes the font size before scaling.
    """
    if box[3] - box[1] < 3:
        return True
    return box[0] == last[0] and last[1] <= (box[1] + box[3]) / 2 <= last[3]


def _tight(textpage: object, index: int, box: PageBox) -> PageBox:
    left, right, bottom, top = (c_double() for _ in range(4))
    raw.FPDFText_GetCharBox(textpage, index, left, right, bottom, top)
    if left.value >= right.value:
        return box
    return (left.value, bottom.value, right.value, top.value)


def _turn(textpage: object, texts: str | list[str], view: PageTurn) -> int:
    """Return by how many degrees the displayed page must be turned for its text to be upright."""
    printed = [index for index, text in enumerate(texts) if not text.isspace()]
    angles = [0, 0, 0, 0]
    for index in printed[:: max(1, len(printed) // SAMPLES)]:
        angle = degrees(raw.FPDFText_GetCharAngle(textpage, index))
        angles[round(angle / 90) % 4] += 1
    if not printed:
        return 0
    # The angle is clockwise in page space; /Rotate adds to it.
    clockwise = angles.index(max(angles)) * 90 + view.rotation
    return -clockwise % 360


def _glyphs(texts: str | list[str], boxes: list[PageBox], view: PageTurn) -> list[Glyph]:
    place = view.box
    return [
        Glyph(*place(*box), text, order)
        for order, (text, box) in enumerate(zip(texts, boxes, strict=True))
        if box[0] < box[2] and text not in "\r\n"
    ]


def _is_unmapped(text: str) -> bool:
    return text == _UNMAPPED or "\ue000" <= text <= "\uf8ff" or text < "\t"
