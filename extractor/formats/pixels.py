"""Whether something stands out in a stretch of a picture as a character would."""

from typing import Any

from PIL import Image, ImageChops

_GROUND = 60  # of 255: what differs more from its ground may be a character
_INK = 5  # pixels of it
_DARK = 130  # of 255: the brightest part of a colour that text in a picture has; seals are brighter


def stands_out(picture: Image.Image) -> bool:
    """Say whether anything differs plainly from the ground of an RGB picture."""
    colours = picture.getcolors(picture.width * picture.height)
    assert colours is not None  # as many are allowed as there are pixels
    ground = max(colours, key=lambda each: each[0])[1]
    return sum(count for count, colour in colours if _differs(colour, ground)) >= _INK


def _differs(colour: Any, ground: Any) -> bool:
    return any(abs(one - other) > _GROUND for one, other in zip(colour, ground, strict=True))


def has_dark_ink(picture: Image.Image) -> bool:
    """Say whether anything in an RGB picture is as dark as text: watermarks are light, seals are red."""
    histogram = brightest_part(picture).histogram()
    ground = max(range(256), key=lambda value: histogram[value])
    return sum(histogram[: min(_DARK, max(ground - _GROUND, 0))]) >= _INK


def brightest_part(picture: Image.Image) -> Image.Image:
    """Return the greatest of red, green and blue at each pixel."""
    red, green, blue = picture.split()
    return ImageChops.lighter(red, ImageChops.lighter(green, blue))
