"""Reads the objects of a page: paths that may be rules of tables, and text that pdfium would omit."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import pypdfium2
from msgspec import Struct, field
from pypdfium2 import raw

from extractor.formats.layout.model import Box
from extractor.formats.layout.rules import THICK
from extractor.formats.pdf import calls
from extractor.formats.pdf.calls import Address, Colour, Matrix
from extractor.formats.pdf.signs import PageSigns

MOST_OBJECTS = 200_000  # per page
MOST_RULES = 20_000  # per page; with more it is a drawing
DEEPEST = 8  # levels of nested form XObjects
_INVISIBLE = 3  # text render mode
_PAINTS = (0, 1, 2)  # text render modes that fill or stroke and do no more
_OF_PATTERNS = (191, 191, 191)  # the colour that pdfium gives for every tiling pattern
_RULE = 40.0  # points: a longer thin path is a rule, whatever its corners
_NO_WIDTH = 0.02  # points; pdfium omits anything narrower than half of this
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Paths(Struct):
    """Possible rules, and further observations about the objects of a page."""

    rules: list[Box]  # page space: left, bottom, right, top
    signs: PageSigns
    pictured: bool = False  # the page has images or paths
    imaged: bool = False  # the page may have images
    invisible: bool = False
    crowded: bool = False
    texts: list[Address] = field(default_factory=list)  # text objects, valid while the page is open


def read_paths(page: pypdfium2.PdfPage, matrix: Matrix = IDENTITY) -> Paths:
    """Return the thin strokes and rectangles of a page, including those in form XObjects.

    Must be called before the text of the page is loaded: see `_widen`. `matrix` levels a tilted page.
    """
    count = raw.FPDFPage_CountObjects(page.raw)
    if count > MOST_OBJECTS:
        return Paths([], PageSigns(), pictured=True, imaged=True, crowded=True)
    scan = _Scan(page.get_bbox(), tilted=matrix is not IDENTITY)
    scan.objects(calls.objects_of_page(calls.address_of(page.raw), count), matrix, 0)
    modes = scan.signs.look_at_texts()
    _widen(scan.signs, modes)
    crowded = len(scan.found) > MOST_RULES
    rules = [] if crowded else scan.found
    pictured = scan.images > 0 or scan.shown
    invisible = scan.images > 0 and _INVISIBLE in modes
    return Paths(rules, scan.signs, pictured, scan.images > 0, invisible, crowded, scan.signs.texts)


def _widen(signs: PageSigns, modes: Sequence[int]) -> None:
    """Keep text that pdfium would drop because its object has no width.

    This happens to single characters of fonts that are not embedded, and to rotated text of fonts without
    height. Adding a stroke gives the object a width; the characters stay in place.
    """
    for item, (left, _, right, _), mode in zip(signs.texts, signs.boxes, modes, strict=True):
        if right - left < _NO_WIDTH and mode in _PAINTS:
            calls.widen_text(item)


class _Scan:
    """One pass over the objects of a page."""

    def __init__(self, page: Box, *, tilted: bool) -> None:
        self.found: list[Box] = []  # page space: left, bottom, right, top
        self.signs = PageSigns(page)
        self._tilted = tilted
        self.images = 0
        self.shown = False

    def objects(self, objects: list[Address], matrix: Matrix, depth: int) -> None:
        kinds = list(map(calls.kind_of, objects))
        paths = iter(
            _painted_of(
                [item for item, kind in zip(objects, kinds, strict=True) if kind == raw.FPDF_PAGEOBJ_PATH]
            )
        )
        signs, own = self.signs, matrix is IDENTITY
        for item, kind, sides in zip(objects, kinds, calls.bounds_of(objects), strict=True):
            if kind == raw.FPDF_PAGEOBJ_TEXT:
                signs.text(item, sides, depth)
                continue
            box = sides if own else _map_box(sides, matrix)
            if kind == raw.FPDF_PAGEOBJ_PATH:
                self._path(item, box, next(paths), matrix)
            elif kind == raw.FPDF_PAGEOBJ_IMAGE:
                self.images += 1
                signs.cover(box, None)
                signs.stranger(box, "picture")
            elif kind == raw.FPDF_PAGEOBJ_SHADING:
                signs.cover(box, None)
            elif kind == raw.FPDF_PAGEOBJ_FORM and depth < DEEPEST:
                (placed,) = calls.matrices_of([item])
                inner = calls.objects_in_form(item, MOST_OBJECTS)
                self.objects(inner, _times(placed, matrix), depth + 1)

    def _path(self, item: Address, box: Box, painted: "_PathPaint", matrix: Matrix) -> None:
        wide = max(box[2] - box[0], box[3] - box[1])
        thin = min(box[2] - box[0], box[3] - box[1]) <= THICK
        if not thin and (painted.filled or (painted.stroked and calls.stroke_width(item) > THICK)):
            self.signs.cover(box, painted.fill)
        if not painted.is_visible:
            return
        self.shown = True
        if painted.filled and not thin and (painted.fill is None or painted.fill[:3] == _OF_PATTERNS):
            self.signs.stranger(box, "drawing")  # filled with a pattern, which may draw anything
        if self._tilted or (thin and wide <= _RULE and _is_glyph(item)):
            self._outline(item, box, painted, matrix)
        elif thin:
            self.found.append(box)
        elif painted.stroked or calls.count_of_segments(item) > 2:
            self._outline(item, box, painted, matrix)

    def _outline(self, item: Address, box: Box, painted: "_PathPaint", matrix: Matrix) -> None:
        """Add the straight sides of a path, and its parts that are thin rectangles; or record a drawing."""
        (placed,) = calls.matrices_of([item])
        parts, curved = _parts_of(item, _times(placed, matrix))
        if curved or (painted.filled and any(map(_has_slant, parts)) and not self._tilted):
            self.signs.stranger(box, "drawing")
        if curved and max(box[2] - box[0], box[3] - box[1]) <= _RULE:
            return  # the outline of a character: its stems are not ruling lines
        for part in parts:
            self._part(part, painted)

    def _part(self, points: list[tuple[float, float]], painted: "_PathPaint") -> None:
        xs, ys = zip(*points, strict=True)
        box = (min(xs), min(ys), max(xs), max(ys))
        if min(box[2] - box[0], box[3] - box[1]) <= THICK:
            self.found.append(box)
        elif painted.stroked:
            for (x0, y0), (x1, y1) in pairwise(points):
                if abs(x1 - x0) < 1 or abs(y1 - y0) < 1:
                    self.found.append((min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))


class _PathPaint(NamedTuple):
    """How a path is painted."""

    filled: int
    stroked: int
    fill: Colour | None  # None: it cannot be told
    stroke: Colour | None

    @property
    def is_visible(self) -> bool:
        """Return whether the path is drawn, and not in white."""
        if not (self.filled or self.stroked):
            return False
        colour = self.stroke if self.stroked else self.fill
        return colour is None or (colour[3] > 0 and min(colour[:3]) < 250)


def _painted_of(paths: list[Address]) -> Iterator[_PathPaint]:
    """Yield how each path is painted."""
    modes = calls.draw_modes_of(paths)
    lined = [path for path, (_, stroked) in zip(paths, modes, strict=True) if stroked]
    strokes = iter(calls.stroke_colours_of(lined))
    for (filled, stroked), fill in zip(modes, calls.fill_colours_of(paths), strict=True):
        yield _PathPaint(filled, stroked, fill, next(strokes) if stroked else None)


def _parts_of(path: Address, matrix: Matrix) -> tuple[list[list[tuple[float, float]]], bool]:
    """Return the points of each part of a path, and whether it has curves."""
    segments = calls.segments_of(path, MOST_RULES)
    ends = zip(map(calls.segment_kind, segments), map(calls.segment_closes, segments), strict=True)
    parts: list[list[tuple[float, float]]] = []
    curved = False
    for (x, y), (kind, closes) in zip(calls.points_of(segments), ends, strict=True):
        point = _point(x, y, matrix)
        if kind == raw.FPDF_SEGMENT_MOVETO or not parts:
            parts.append([point])
        elif kind == raw.FPDF_SEGMENT_LINETO:
            parts[-1].append(point)
        else:
            curved = True
            parts.append([point])
        if closes:
            parts[-1].append(parts[-1][0])
    return parts, curved


def _is_glyph(item: Address) -> bool:
    """Return whether a small thin path may be the outline of a character.

    Such an outline has more corners than a rectangle.
    """
    return bool(calls.count_of_segments(item) > 6)


def _has_slant(part: list[tuple[float, float]]) -> bool:
    """Return whether any side is neither horizontal nor vertical."""
    return any(abs(x1 - x0) >= 0.3 and abs(y1 - y0) >= 0.3 for (x0, y0), (x1, y1) in pairwise(part))


def _times(first: Matrix, second: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def _point(x: float, y: float, matrix: Matrix) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return (a * x + c * y + e, b * x + d * y + f)


def _map_box(box: Box, matrix: Matrix) -> Box:
    if matrix is IDENTITY:
        return box
    x0, y0 = _point(box[0], box[1], matrix)
    x1, y1 = _point(box[2], box[3], matrix)
    return (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
