"""Path objects of OFD: the straight strokes and thin rectangles that may be rules of tables."""

from collections.abc import Iterator
from itertools import pairwise

from extractor.formats.layout.model import Box
from extractor.formats.layout.rules import THICK
from extractor.formats.ofd.matrix import IDENTITY, POINTS, Matrix, Point, box_around, map_point
from extractor.formats.ofd.package import child, numbers_of, text_of
from extractor.formats.package import Element

_THIN = THICK / POINTS  # millimetres
_STRAIGHT = 0.35  # millimetres: a line that deviates less is horizontal or vertical
_OPERANDS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}


def rules_of(item: Element, matrix: Matrix, stroked: bool) -> Iterator[Box]:
    """Yield thin boxes in millimetres of the page."""
    parts = _parts(text_of(child(item, "AbbreviatedData")), matrix)
    points = [point for part in parts for point in part]
    if not points:
        return
    whole = box_around(points)
    if _is_thin(whole):
        yield whole
        return
    for part in parts:
        box = box_around(part)
        if _is_thin(box):
            yield box
        elif stroked:
            yield from _sides(part)


def path_box(item: Element, matrix: Matrix) -> Box | None:
    """Return the box around a path on the page, including control points; None if it is empty."""
    words = text_of(child(item, "AbbreviatedData")).replace(",", " ").split()
    points: list[Point] = []
    for operator, operands in _steps(words):
        pairs = operands[-2:] if operator == "A" else operands
        points += [map_point(x, y, matrix) for x, y in zip(pairs[::2], pairs[1::2], strict=True)]
    return box_around(points) if points else None


def is_rectangle(item: Element) -> bool:
    """Return whether a path is one upright rectangle."""
    parts = _parts(text_of(child(item, "AbbreviatedData")), IDENTITY)
    return len(parts) == 1 and len(parts[0]) in (4, 5) and not _has_slant(parts[0])


def is_outline(item: Element, *, filled: bool) -> bool:
    """Return whether a path may draw a character: it has curves, or is filled with slanted sides."""
    data = text_of(child(item, "AbbreviatedData"))
    if any(operator in data for operator in "QBA"):
        return True
    return filled and any(_has_slant(part) for part in _parts(data, IDENTITY))


def _has_slant(points: list[Point]) -> bool:
    sides = pairwise(points)
    return any(min(abs(x1 - x0), abs(y1 - y0)) >= _STRAIGHT / 3 for (x0, y0), (x1, y1) in sides)


def _is_thin(box: Box) -> bool:
    return min(box[2] - box[0], box[3] - box[1]) <= _THIN


def _sides(points: list[Point]) -> Iterator[Box]:
    for (x0, y0), (x1, y1) in pairwise(points):
        if abs(x1 - x0) < _STRAIGHT or abs(y1 - y0) < _STRAIGHT:
            yield (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def _steps(words: list[str]) -> Iterator[tuple[str, list[float]]]:
    """Yield each operator of a path with its operands; stop at damage."""
    at = 0
    while at < len(words):
        operator = words[at]
        count = _OPERANDS.get(operator)
        operands = numbers_of(" ".join(words[at + 1 : at + 1 + (count or 0)]))
        if count is None or len(operands) < count:
            return
        at += 1 + count
        yield operator, operands


def _parts(data: str, matrix: Matrix) -> list[list[Point]]:
    """Return the straight parts of a path on the page; a curve begins a new part."""
    parts: list[list[Point]] = []
    for operator, operands in _steps(data.replace(",", " ").split()):
        if operator == "C":
            if parts:
                parts[-1].append(parts[-1][0])
            continue
        point = map_point(operands[-2], operands[-1], matrix)
        if operator == "L" and parts:
            parts[-1].append(point)
        else:
            parts.append([point])
    return parts
