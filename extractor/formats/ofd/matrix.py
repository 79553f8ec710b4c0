"""Positions on an OFD page: matrices, in millimetres, y downwards."""

from math import atan2, degrees, hypot

from extractor.formats.layout.model import Box
from extractor.formats.ofd.package import numbers_of
from extractor.formats.package import Element

POINTS = 72 / 25.4  # points per millimetre
_STEEP = 5.0  # degrees off a right angle

Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def matrix_of(item: Element, outer: Matrix) -> Matrix:
    """Return the matrix from an object's coordinates to the page: its CTM, then its Boundary."""
    given = numbers_of(item.get("CTM"))
    a, b, c, d, e, f = given if len(given) == 6 else IDENTITY
    boundary = numbers_of(item.get("Boundary"))
    left, top = boundary[:2] if len(boundary) >= 2 else (0.0, 0.0)
    return times((a, b, c, d, e + left, f + top), outer)


def times(first: Matrix, second: Matrix) -> Matrix:
    """Return the matrix that applies the first matrix and then the second."""
    if second is IDENTITY:
        return first
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def map_point(x: float, y: float, matrix: Matrix) -> Point:
    """Return a point of an object's coordinates on the page."""
    a, b, c, d, e, f = matrix
    return (a * x + c * y + e, b * x + d * y + f)


def box_around(points: list[Point]) -> Box:
    """Return the smallest box around points."""
    xs, ys = zip(*points, strict=True)
    return (min(xs), min(ys), max(xs), max(ys))


def quarter_of(x: float, y: float) -> int | None:
    """Return the clockwise angle of a direction as 0, 90, 180 or 270; None if it is slanted.

    >>> quarter_of(1, 0), quarter_of(0, 2), quarter_of(1, 1)
    (0, 90, None)
    """
    angle = degrees(atan2(y, x))
    quarter = round(angle / 90) * 90
    return quarter % 360 if abs(angle - quarter) <= _STEEP else None


def lengthening(matrix: Matrix) -> float:
    """Return the factor by which a matrix scales lengths along the line of writing."""
    return hypot(matrix[0], matrix[1])
