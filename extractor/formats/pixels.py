"""Decides whether a part of a picture contains something like a character."""

from typing import Any

from PIL import Image, ImageChops

_GROUND = 60  # of 255: pixels that differ more from the background may be a character
_INK = 5  # number of such pixels that are needed
_DARK = 130  # of 255: the brightest component of a colour of text; seals are brighter


def stands_out(picture: Image.Image) -> bool:
    """Return whether anything differs clearly from the background of an RGB picture."""
    colours = picture.getcolors(picture.width * picture.height)
    assert colours is not None  # the limit is the number of pixels, so there is a result
    ground = max(colours, key=lambda each: each[0])[1]
    return sum(count for count, colour in colours if _differs(colour, ground)) >= _INK


def _differs(colour: Any, ground: Any) -> bool:
    return any(abs(one - other) > _GROUND for one, other in zip(colour, ground, strict=True))


def has_dark_ink(picture: Image.Image) -> bool:
    """Return whether anything in an RGB picture is as dark as text: watermarks are light, seals are red."""
    histogram = brightest_part(picture).histogram()
    ground = max(range(256), key=lambda value: histogram[value])
    return sum(histogram[: min(_DARK, max(ground - _GROUND, 0))]) >= _INK


def brightest_part(picture: Image.Image) -> Image.Image:
    """Return the greatest of red, green and blue at each pixel."""
    red, green, blue = picture.split()
    return ImageChops.lighter(red, ImageChops.lighter(green, blue))
