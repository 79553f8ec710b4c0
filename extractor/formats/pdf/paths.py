"""Reads the objects of a page: paths that may be rules of tables, and text that pdfium would omit."""

from ctypes import byref, c_float, c_int, c_uint, sizeof
from itertools import pairwise
from typing import Any

import pypdfium2
from msgspec import Struct, field
from pypdfium2 import raw

from extractor.formats.layout.model import Box
from extractor.formats.layout.rules import THICK
from extractor.formats.pdf.signs import PageSigns

MOST_OBJECTS = 200_000  # per page
MOST_RULES = 20_000  # per page; with more it is a drawing
DEEPEST = 8  # levels of nested form XObjects
_INVISIBLE = 3  # text render mode
_PAINTS = (0, 1, 2)  # text render modes that fill or stroke and do no more
_OF_PATTERNS = (191, 191, 191)  # the colour that pdfium gives for every tiling pattern
_RULE = 40.0  # points: a longer thin path is a rule, whatever its corners
_NO_WIDTH = 0.02  # points; pdfium omits anything narrower than half of this
_UNMOVED = raw.FS_MATRIX(1, 0, 0, 1, 0, 0)
Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Paths(Struct):
    """Possible rules, and further observations about the objects of a page."""

    rules: list[Box]  # page space: left, bottom, right, top
    signs: PageSigns
    pictured: bool = False  # the page has images or paths
    imaged: bool = False  # the page may have images
    invisible: bool = False
    crowded: bool = False
    texts: list[Any] = field(default_factory=list)  # text objects, valid while the page is open


def read_paths(page: pypdfium2.PdfPage, matrix: Matrix = IDENTITY) -> Paths:
    """Return the thin strokes and rectangles of a page, including those in form XObjects.

    Must be called before the text of the page is loaded: see `_Scan._text`. `matrix` levels a tilted page.
    """
    count = raw.FPDFPage_CountObjects(page.raw)
    if count > MOST_OBJECTS:
        return Paths([], PageSigns(), pictured=True, imaged=True, crowded=True)
    scan = _Scan(page.get_bbox(), tilted=matrix is not IDENTITY)
    scan.objects([raw.FPDFPage_GetObject(page.raw, index) for index in range(count)], matrix, 0)
    crowded = len(scan.found) > MOST_RULES
    rules = [] if crowded else scan.found
    pictured = scan.images > 0 or scan.shown
    invisible = scan.images > 0 and scan.has_invisible_text()
    return Paths(rules, scan.signs, pictured, scan.images > 0, invisible, crowded, scan.texts)


class _Scan:
    """One pass over the objects of a page; reuses its ctypes buffers between calls."""

    def __init__(self, page: Box, *, tilted: bool) -> None:
        self.found: list[Box] = []  # page space: left, bottom, right, top
        self.signs = PageSigns(page)
        self.texts: list[Any] = []
        self._tilted = tilted
        self.images = 0
        self.shown = False
        self._sides = (c_float * 4)()  # left, bottom, right, top
        self._bounds = [byref(c_float.from_buffer(self._sides, side * sizeof(c_float))) for side in range(4)]
        self._fill, self._stroke = c_int(), c_int()
        self._modes = (byref(self._fill), byref(self._stroke))
        self._colour = (c_uint * 4)()  # red, green, blue, alpha
        self._parts = [byref(c_uint.from_buffer(self._colour, part * sizeof(c_uint))) for part in range(4)]
        self._x, self._y = c_float(), c_float()
        self._matrix = raw.FS_MATRIX()

    def objects(self, objects: list[Any], matrix: Matrix, depth: int) -> None:
        for item in objects:
            kind = raw.FPDFPageObj_GetType(item)
            if kind == raw.FPDF_PAGEOBJ_TEXT:
                self._text(item, depth)
            elif kind == raw.FPDF_PAGEOBJ_PATH:
                self._path(item, matrix)
            elif kind == raw.FPDF_PAGEOBJ_IMAGE:
                self.images += 1
                box = self._box(item, matrix)
                self.signs.cover(item, box, known=False)
                self.signs.stranger(box, "picture")
            elif kind == raw.FPDF_PAGEOBJ_SHADING:
                self.signs.cover(item, self._box(item, matrix), known=False)
            elif kind == raw.FPDF_PAGEOBJ_FORM and depth < DEEPEST:
                self._form(item, matrix, depth)

    def has_invisible_text(self) -> bool:
        """Return whether any text is drawn without fill and stroke."""
        return any(raw.FPDFTextObj_GetTextRenderMode(item) == _INVISIBLE for item in self.texts)

    def _box(self, item: Any, matrix: Matrix) -> Box:
        if not raw.FPDFPageObj_GetBounds(item, *self._bounds):
            return (0.0, 0.0, 0.0, 0.0)
        left, bottom, right, top = self._sides
        return _map_box((left, bottom, right, top), matrix)

    def _text(self, item: Any, depth: int) -> None:
        """Keep text that pdfium would drop because its object has no width.

        This happens to single characters of fonts that are not embedded, and to rotated text of fonts without
        height. Adding a stroke gives the object a width; the characters stay in place.
        """
        raw.FPDFPageObj_GetBounds(item, *self._bounds)
        left, bottom, right, top = self._sides
        self.texts.append(item)
        self.signs.text(item, (left, bottom, right, top), depth)
        if right - left < _NO_WIDTH and raw.FPDFTextObj_GetTextRenderMode(item) in _PAINTS:
            raw.FPDFPageObj_SetStrokeWidth(item, 1.0)
            raw.FPDFTextObj_SetTextRenderMode(item, raw.FPDF_TEXTRENDERMODE_FILL_STROKE)
            raw.FPDFPageObj_TransformF(item, byref(_UNMOVED))  # makes pdfium recompute the object's size

    def _form(self, item: Any, matrix: Matrix, depth: int) -> None:
        count = min(raw.FPDFFormObj_CountObjects(item), MOST_OBJECTS)
        inner = _times(self._matrix_of(item), matrix)
        self.objects([raw.FPDFFormObj_GetObject(item, index) for index in range(count)], inner, depth + 1)

    def _matrix_of(self, item: Any) -> Matrix:
        raw.FPDFPageObj_GetMatrix(item, byref(self._matrix))
        m = self._matrix
        return (m.a, m.b, m.c, m.d, m.e, m.f)

    def _path(self, item: Any, matrix: Matrix) -> None:
        if not raw.FPDFPageObj_GetBounds(item, *self._bounds):
            return
        left, bottom, right, top = self._sides
        box = _map_box((left, bottom, right, top), matrix)
        thin = min(box[2] - box[0], box[3] - box[1]) <= THICK
        raw.FPDFPath_GetDrawMode(item, *self._modes)
        if not thin and (self._fill.value or self._is_thick(item)):
            self.signs.cover(item, box)
        if not self._is_visible(item):
            return
        self.shown = True
        if self._fill.value and not thin and self._is_pattern(item):
            self.signs.stranger(box, "drawing")
        if self._tilted or (thin and not max(box[2] - box[0], box[3] - box[1]) > _RULE and _is_glyph(item)):
            self._outline(item, box, _times(self._matrix_of(item), matrix))
        elif thin:
            self.found.append(box)
        elif self._stroke.value or raw.FPDFPath_CountSegments(item) > 2:
            self._outline(item, box, _times(self._matrix_of(item), matrix))

    def _is_thick(self, item: Any) -> bool:
        """Return whether a stroke is so thick that it hides text under it."""
        raw.FPDFPageObj_GetStrokeWidth(item, byref(self._x))
        return bool(self._stroke.value and self._x.value > THICK)

    def _is_visible(self, item: Any) -> bool:
        """Return whether the path is drawn, and not in white."""
        if self._stroke.value:
            known = raw.FPDFPageObj_GetStrokeColor(item, *self._parts)
        elif self._fill.value:
            known = raw.FPDFPageObj_GetFillColor(item, *self._parts)
        else:
            return False
        red, green, blue, alpha = self._colour
        return not known or (alpha > 0 and min(red, green, blue) < 250)

    def _is_pattern(self, item: Any) -> bool:
        """Whether an area may be filled with a pattern, which may draw anything."""
        known = raw.FPDFPageObj_GetFillColor(item, *self._parts)
        return not known or tuple(self._colour[:3]) == _OF_PATTERNS

    def _outline(self, item: Any, box: Box, matrix: Matrix) -> None:
        """Add the straight sides of a path, and its parts that are thin rectangles; or record a drawing."""
        parts: list[list[tuple[float, float]]] = []
        curved = False
        for index in range(min(raw.FPDFPath_CountSegments(item), MOST_RULES)):
            segment = raw.FPDFPath_GetPathSegment(item, index)
            raw.FPDFPathSegment_GetPoint(segment, byref(self._x), byref(self._y))
            point = _point(self._x.value, self._y.value, matrix)
            kind = raw.FPDFPathSegment_GetType(segment)
            if kind == raw.FPDF_SEGMENT_MOVETO or not parts:
                parts.append([point])
            elif kind == raw.FPDF_SEGMENT_LINETO:
                parts[-1].append(point)
            else:
                curved = True
                parts.append([point])
            if raw.FPDFPathSegment_GetClose(segment):
                parts[-1].append(parts[-1][0])
        if curved or (self._fill.value and any(map(_has_slant, parts)) and not self._tilted):
            self.signs.stranger(box, "drawing")
        if curved and max(box[2] - box[0], box[3] - box[1]) <= _RULE:
            return  # the outline of a character: its stems are not ruling lines
        for part in parts:
            self._part(part)

    def _part(self, points: list[tuple[float, float]]) -> None:
        xs, ys = zip(*points, strict=True)
        box = (min(xs), min(ys), max(xs), max(ys))
        if min(box[2] - box[0], box[3] - box[1]) <= THICK:
            self.found.append(box)
        elif self._stroke.value:
            for (x0, y0), (x1, y1) in pairwise(points):
                if abs(x1 - x0) < 1 or abs(y1 - y0) < 1:
                    self.found.append((min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))


def _is_glyph(item: Any) -> bool:
    """Return whether a small thin path may be the outline of a character.

    Such an outline has more corners than a rectangle.
    """
    return bool(raw.FPDFPath_CountSegments(item) > 6)


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
