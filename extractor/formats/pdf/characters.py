"""The characters of a page with their advance boxes."""

from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import c_ushort
from functools import partial
from math import cos, degrees, radians, sin
from statistics import median
from typing import Any

import pypdfium2
from msgspec import Struct
from pypdfium2 import raw

from extractor.errors import Unreadable
from extractor.formats.layout.model import Glyph
from extractor.formats.pdf import calls
from extractor.formats.pdf.calls import Address, Matrix
from extractor.formats.pdf.view import PageTurn

MOST_CHARACTERS = 400_000  # per page
SAMPLES = 24  # characters whose angle is queried
_TINY = 3.0  # points: lines are higher than this
_LEAST_TILT = 0.15  # degrees: a smaller angle does not move characters out of their line
_STEEPEST = 5.0
_SAME_TILT = 0.3
_MOST = 0.7  # share of the samples that must agree
LEAST_SIZE = 1.5  # points: smaller characters are not visible
_UNMAPPED = "\ufffd"
PageBox = tuple[float, float, float, float]  # left, bottom, right, top


class Characters(Struct):
    """The glyphs of the upright page, and the transformation that makes it upright."""

    glyphs: list[Glyph]
    view: PageTurn
    unmapped: int
    tilt: float = 0.0  # clockwise degrees by which the text is not level
    level: Matrix | None = None  # matrix in page space that levels the text


def read_characters(page: pypdfium2.PdfPage, view: PageTurn, number: int, name: str) -> Characters:
    """Return the characters of a page, without the blanks that pdfium inserts."""
    with _text_of(page, number, name) as (textpage, count):
        if count <= 0:
            return Characters([], view, 0)
        address = calls.address_of(textpage)
        texts = _texts(textpage, count)
        turn, tilt = _turn(address, texts, view)
        upright = view.turned(turn)
        boxes = _boxes(address, count, sideways=upright.rotation in (90, 270))
    level = levelled(tilt, upright) if tilt else None
    if level:
        boxes = [_moved(box, level) for box in boxes]
    glyphs = _glyphs(texts, boxes, upright)
    unmapped = sum(is_unmapped(glyph[4]) for glyph in glyphs)
    return Characters(glyphs, upright, unmapped, tilt, level)


def text_of_page(page: pypdfium2.PdfPage, number: int, name: str) -> str:
    """Return the text of a page as pdfium gives it, with blanks and line ends."""
    with _text_of(page, number, name) as (textpage, count):
        return "".join(_texts(textpage, count)) if count > 0 else ""


@contextmanager
def _text_of(page: pypdfium2.PdfPage, number: int, name: str) -> Iterator[tuple[Any, int]]:
    """Load the text of a page, and yield it with the number of its characters."""
    try:
        textpage = page.get_textpage()
    except pypdfium2.PdfiumError as error:
        raise Unreadable(f"{name}: 第{number}页的文字读不出来") from error
    try:
        count = raw.FPDFText_CountChars(textpage.raw)
        if count > MOST_CHARACTERS:
            raise Unreadable(f"{name}: 第{number}页有 {count} 个字符，超过了上限")
        yield textpage.raw, count
    finally:
        textpage.close()


def _texts(textpage: object, count: int) -> str | list[str]:
    """Return one text for each character."""
    buffer = (c_ushort * (count + 1))()
    written = raw.FPDFText_GetText(textpage, 0, count, buffer)
    if written == count + 1:
        text = bytes(buffer)[: 2 * count].decode("utf-16-le", "replace")
        if len(text) == count:
            return text
    return texts_of_codes([raw.FPDFText_GetUnicode(textpage, index) for index in range(count)])


def texts_of_codes(codes: list[int]) -> list[str]:
    """Return one text for each code.

    For a surrogate pair, the first code gives the character and the second ""; a lone surrogate gives U+FFFD.

    >>> texts_of_codes([0x32, 0xD867, 0xDE3D, 0xD867, 0])
    ['2', '𩸽', '', '�', '�']
    """
    texts = [chr(code) if 0 < code < 0x110000 else _UNMAPPED for code in codes]
    for index, text in enumerate(texts):
        if (
            "\ud800" <= text <= "\udbff"
            and index + 1 < len(texts)
            and "\udc00" <= texts[index + 1] <= "\udfff"
        ):
            texts[index] = (text + texts[index + 1]).encode("utf-16", "surrogatepass").decode("utf-16")
            texts[index + 1] = ""
        elif "\ud800" <= text <= "\udfff":
            texts[index] = _UNMAPPED
    return texts


def _boxes(textpage: Address, count: int, *, sideways: bool) -> list[PageBox]:
    """Return the advance box of each character; zero width if pdfium inserted it.

    Where a box is tiny or over the one before, as in fonts for vertical writing, both become the boxes of the
    ink: for such fonts pdfium gives boxes of the unscaled font size. `sideways`: lines run up or down the
    page.
    """
    boxes = calls.loose_boxes(textpage, count)
    doubtful: set[int] = set()
    before, at_left, low, high = -1, 0.0, 0.0, 0.0
    for index, (left, bottom, right, top) in enumerate(boxes):
        if left >= right:
            continue
        if sideways:
            is_doubtful = right - left < _TINY
        else:
            is_doubtful = top - bottom < _TINY or (left == at_left and low <= (bottom + top) / 2 <= high)
        if is_doubtful:
            doubtful.update((before, index))
        before, at_left, low, high = index, left, bottom, top
    doubtful.discard(-1)
    for index, box in zip(doubtful, calls.tight_boxes(textpage, list(doubtful)), strict=True):
        boxes[index] = box if box[0] < box[2] else boxes[index]
    return boxes


def _turn(textpage: Address, texts: str | list[str], view: PageTurn) -> tuple[int, float]:
    """Return the degrees by which the displayed page must be turned for its text to be upright.

    And the degrees by which the text is then not level, if nearly all of it agrees.
    """
    printed = [index for index, text in enumerate(texts) if not text.isspace()]
    angles = [0, 0, 0, 0]
    tilts: list[float] = []
    for index in printed[:: max(1, len(printed) // SAMPLES)]:
        angle = degrees(calls.character_angle(textpage, index))
        angles[round(angle / 90) % 4] += 1
        tilts.append((angle + 45) % 90 - 45)
    if not printed:
        return 0, 0.0
    # The angle is clockwise in page space; /Rotate adds to it.
    clockwise = angles.index(max(angles)) * 90 + view.rotation
    return -clockwise % 360, _common(tilts)


def _common(tilts: list[float]) -> float:
    """Return the tilt that most samples have; 0 if it is negligible, or too large to be a tilt."""
    tilt = median(tilts)
    agreeing = sum(abs(each - tilt) < _SAME_TILT for each in tilts)
    return tilt if _LEAST_TILT < abs(tilt) < _STEEPEST and agreeing >= _MOST * len(tilts) else 0.0


def levelled(tilt: float, view: PageTurn) -> Matrix:
    """Return the matrix that rotates page space back about the middle of the page."""
    sine, cosine = sin(radians(tilt)), cos(radians(tilt))
    x, y = (view.left + view.right) / 2, (view.bottom + view.top) / 2
    return (cosine, sine, -sine, cosine, x - x * cosine + y * sine, y - x * sine - y * cosine)


def _moved(box: PageBox, matrix: Matrix) -> PageBox:
    """Return a box of the same size with its middle transformed by the matrix."""
    a, b, c, d, e, f = matrix
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    right, up = a * x + c * y + e - x, b * x + d * y + f - y
    return (box[0] + right, box[1] + up, box[2] + right, box[3] + up)


def _glyphs(texts: str | list[str], boxes: list[PageBox], view: PageTurn) -> list[Glyph]:
    glyph = partial(tuple.__new__, Glyph)
    return [
        glyph((*placed, text, order))
        for order, (text, (left, bottom, right, top), placed) in enumerate(
            zip(texts, boxes, view.boxes(boxes), strict=True)
        )
        if left < right
        and text not in "\r\n"
        and (top - bottom > LEAST_SIZE or right - left > LEAST_SIZE or not text.isalnum())
    ]


def is_unmapped(text: str) -> bool:
    """Return whether a character has no Unicode, or only a private or control code."""
    return text == _UNMAPPED or "\ue000" <= text <= "\uf8ff" or text < "\t"
