"""OFD text objects: one placed character per code, by deltas, directions and matrix."""

from collections.abc import Iterator
from math import cos, radians, sin
from typing import NamedTuple
from unicodedata import east_asian_width

from extractor.formats.layout.model import Box
from extractor.formats.ofd.matrix import Matrix, box_around, map_point, quarter_of
from extractor.formats.ofd.package import children, numbers_of
from extractor.formats.package import Element

_ASCENT, _DESCENT = 0.88, 0.12  # em above and below the baseline
_NARROW = 0.5  # em: width of Latin letters and digits in common fonts
UNEVEN = 4.0  # ratio of width and height, or the reverse, beyond which a digit cannot be recognized
_HEAPED = 0.2  # em: digits nearer than this overlap
_WIDEST = 1.1  # em: a larger delta includes a gap


class PlacedCharacter(NamedTuple):
    """A character on the page in millimetres."""

    box: Box
    text: str
    quarter: int | None  # clockwise angle of its line of writing; None if slanted
    distorted: bool = False  # mirrored, or drawn much too narrow or low
    stated: bool = True  # whether the file gives its position; else it is computed from the widths before it


def placed_characters(item: Element, matrix: Matrix) -> Iterator[PlacedCharacter]:
    """Yield the characters of a text object; `matrix` converts its coordinates to the page."""
    size = _number(item.get("Size"), 0.0)
    scale = _number(item.get("HScale"), 1.0)
    own_turn = _number(item.get("CharDirection"), 0.0)
    reading = int(_number(item.get("ReadDirection"), 0.0)) % 360
    along = (cos(radians(own_turn)), sin(radians(own_turn)))
    a, b, c, d, _, _ = matrix
    quarter = quarter_of(a * along[0] + c * along[1], b * along[0] + d * along[1])
    distorted = _is_distorted(matrix, scale)
    x = y = 0.0
    for code in children(item, "TextCode"):
        x, y = _number(code.get("X"), x), _number(code.get("Y"), y)
        text = code.text or ""
        first, stated = True, bool(code.get("DeltaX") or code.get("DeltaY"))
        for character, at_x, at_y, width in _laid_out(code, text, (x, y), size, scale, reading):
            box = _box_of(at_x, at_y, width, size, along, matrix)
            heaped = 0 < width < _HEAPED * size * scale
            yield PlacedCharacter(box, character, quarter, distorted or heaped, stated or first)
            first = False


def _is_distorted(matrix: Matrix, scale: float) -> bool:
    a, b, c, d, _, _ = matrix
    wide, high = (abs(a) + abs(b)) * scale, abs(c) + abs(d)
    return a * d - b * c <= 0 or not 1 / UNEVEN < wide / high < UNEVEN


def _laid_out(
    code: Element, text: str, start: tuple[float, float], size: float, scale: float, reading: int
) -> Iterator[tuple[str, float, float, float]]:
    """Yield each character with its origin and advance in the object's coordinates."""
    deltas_x, deltas_y = deltas_of(code.get("DeltaX")), deltas_of(code.get("DeltaY"))
    stated = bool(deltas_x or deltas_y)
    x, y = start
    for index, character in enumerate(text):
        width = _advance(character) * size * scale
        if stated:
            step_x, step_y = _step(deltas_x, index), _step(deltas_y, index)
        else:
            step_x, step_y = _natural_step(width, size, reading)
        narrower = 0 < step_x < width or (
            width < step_x <= _WIDEST * size * scale and _is_close(step_x, width)
        )
        yield character, x, y, step_x if narrower else width
        x, y = x + step_x, y + step_y


def _is_close(step: float, width: float) -> bool:
    return step <= 1.5 * width


def _step(deltas: list[float], index: int) -> float:
    """Return the delta after a character; the last one repeats if the list is too short."""
    if not deltas:
        return 0.0
    return deltas[index] if index < len(deltas) else deltas[-1]


def _natural_step(width: float, size: float, reading: int) -> tuple[float, float]:
    return {90: (0.0, size), 180: (-width, 0.0), 270: (0.0, -size)}.get(reading, (width, 0.0))


def _advance(character: str) -> float:
    """Return the width of a character in em."""
    return 1.0 if east_asian_width(character) in "WFA" else _NARROW


def deltas_of(text: str | None) -> list[float]:
    """Return a list of deltas, with groups `g count value` expanded.

    >>> deltas_of("g 3 5.5 2")
    [5.5, 5.5, 5.5, 2.0]
    """
    words = (text or "").split()
    deltas: list[float] = []
    at = 0
    while at < len(words):
        if words[at] == "g" and at + 2 < len(words):
            count = numbers_of(words[at + 1])
            value = numbers_of(words[at + 2])
            deltas += value * min(int(count[0]) if count else 0, 100_000)
            at += 3
        else:
            deltas += numbers_of(words[at])
            at += 1
    return deltas


def _box_of(x: float, y: float, width: float, size: float, along: tuple[float, float], matrix: Matrix) -> Box:
    """Return the advance box of a character whose origin is at (x, y)."""
    right_x, right_y = along[0] * width, along[1] * width
    up_x, up_y = along[1] * size, -along[0] * size
    corners = []
    for share in (_ASCENT, -_DESCENT):
        left_x, left_y = x + up_x * share, y + up_y * share
        corners += [map_point(left_x, left_y, matrix), map_point(left_x + right_x, left_y + right_y, matrix)]
    return box_around(corners)


def _number(text: str | None, default: float) -> float:
    numbers = numbers_of(text)
    return numbers[0] if numbers else default
