"""A number that a small picture shows, told by the shapes of its digits.

One rule for pictures in web pages, Word files and workbooks, for OFD, and for cells of a PDF that draw what
they say. It reads nothing but one line of plain digits on an even ground; anything else stays unread.
"""

import io
import re
from typing import Any, NamedTuple

from PIL import Image, ImageChops

from extractor.formats.pixels import brightest_part
from extractor.patterns import kept_pattern

_LONGEST = 4000  # pixels of a side: a larger picture holds more than one number
_HIGH = 60  # pixels: smaller digits are enlarged to this height
_INK = 90  # of 255: how much ink differs from the ground
_LEAST = 7  # pixels: lower digits have no clear shape
_MOST_PARTS = 14
_TALL = 0.75  # share of the height of the highest part that digits have at least
_LOW = 0.36  # the same, that points and commas have at most
_NUMBER = kept_pattern(r"\d{1,3}(?:,\d{3})+(?:\.\d{1,6})?|\d{1,9}(?:\.\d{1,6})?", re.ASCII)


class _InkPart(NamedTuple):
    """A connected range of columns with ink: its box."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def height(self) -> int:
        return self.bottom - self.top


def number_in_file(data: bytes) -> str | None:
    """Return the number that the file of a picture shows; None if it shows anything else."""
    try:
        with Image.open(io.BytesIO(data)) as picture:
            if max(picture.size) > _LONGEST:
                return None
            layers = picture.convert("RGBA")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    ground = Image.new("RGBA", layers.size, "white")
    ground.alpha_composite(layers)
    return number_in(ground.convert("RGB"))


def number_in(picture: Image.Image) -> str | None:
    """Return the number that an RGB picture shows; None if it shows anything else."""
    ink = _ink_of(picture)
    around = ink.getbbox() if ink else None
    if ink is None or around is None or around[3] - around[1] < _LEAST or _touches(around, ink.size):
        return None
    ink = ink.crop(around)
    times = max(1, -(-_HIGH // ink.height))
    if times > 1:
        ink = ink.resize((ink.width * times, ink.height * times), Image.Resampling.BICUBIC)
    parts = _parts_of(ink.point(lambda value: 255 if value >= 128 else 0))
    if not 0 < len(parts) <= _MOST_PARTS:
        return None
    told = [_sign_in(ink, part, parts) for part in parts]
    number = "".join(sign for sign in told if sign)
    return number if None not in told and _NUMBER.fullmatch(number) else None


def _ink_of(picture: Image.Image) -> Image.Image | None:
    """Return how much each pixel differs from the ground, light on dark; None without an even ground."""
    colours = picture.getcolors(picture.width * picture.height) or []
    count, ground = max(colours, default=(0, None), key=lambda each: each[0])
    if ground is None or count * 3 < picture.width * picture.height:
        return None
    ink = brightest_part(ImageChops.difference(picture, Image.new("RGB", picture.size, _colour(ground))))
    darkest = ink.getextrema()[1]
    if not isinstance(darkest, int) or darkest < _INK:
        return None
    return ink.point(lambda value: min(255, round(255 * value / darkest)))


def _colour(value: Any) -> tuple[int, int, int]:
    red, green, blue = value
    return red, green, blue


def _touches(around: tuple[int, int, int, int], size: tuple[int, int]) -> bool:
    """Return whether ink reaches from one edge to another: a frame or a ground of its own."""
    return (around[0] == 0 and around[2] == size[0]) or (around[1] == 0 and around[3] == size[1])


def _parts_of(ink: Image.Image) -> list[_InkPart]:
    columns = ink.resize((ink.width, 1), Image.Resampling.BOX).tobytes()
    parts: list[_InkPart] = []
    start: int | None = None
    for at, column in enumerate((*columns, 0)):
        if column and start is None:
            start = at
        elif not column and start is not None:
            box = ink.crop((start, 0, at, ink.height)).getbbox()
            if box:
                parts.append(_InkPart(start, box[1], at, box[3]))
            start = None
    return parts


def _sign_in(ink: Image.Image, part: _InkPart, parts: list[_InkPart]) -> str | None:
    """Return the digit, point or comma that a part is; None if it is none."""
    from extractor.formats.pdf.digits import clear_digit  # pdfium, which few pages and Word files need

    highest = max(each.height for each in parts)
    foot = max(each.bottom for each in parts if each.height >= _TALL * highest)
    if part.height >= _TALL * highest:
        digit = clear_digit(ink.crop(part))
        return None if digit is None else str(digit)
    if part.height > _LOW * highest or part.top < foot - _LOW * highest:
        return None
    return "," if part.bottom > foot + 0.06 * highest else "."
