"""Functions of pdfium that are called for each object or character of a page, and lists of their answers.

Objects are given by their addresses, which are plain numbers: a call costs half of what it costs with the
pointers of pypdfium2, and lists of answers are made without a loop in Python.
"""

from array import array
from collections import deque
from collections.abc import Callable, Sequence
from ctypes import (
    PYFUNCTYPE,
    addressof,
    c_double,
    c_float,
    c_int,
    c_uint,
    c_ulong,
    c_ushort,
    c_void_p,
    cast,
    sizeof,
)
from itertools import repeat
from struct import iter_unpack
from typing import Any

from pypdfium2 import raw

from extractor.formats.layout.model import Box

_FORMATS = {c_float: "f", c_double: "d", c_int: "i", c_uint: "I"}
_UNMOVED = raw.FS_MATRIX(1, 0, 0, 1, 0, 0)
Address = int
Colour = tuple[int, int, int, int]  # red, green, blue, alpha
Matrix = tuple[float, float, float, float, float, float]


def _function(name: str) -> Callable[..., Any]:
    """Return a function of pdfium that takes and gives addresses as numbers; None stands for no object."""
    known = getattr(raw, name)
    kinds = [_as_number(kind) for kind in (known.restype, *known.argtypes)]
    return PYFUNCTYPE(*kinds)(cast(known, c_void_p).value or 0)


def _as_number(kind: Any) -> Any:
    """Return the type of an address for that of a pointer; numbers stay what they are."""
    return c_void_p if hasattr(kind, "contents") else kind


kind_of = _function("FPDFPageObj_GetType")
set_active = _function("FPDFPageObj_SetIsActive")
count_of_marks = _function("FPDFPageObj_CountMarks")
has_transparency = _function("FPDFPageObj_HasTransparency")
clip_of = _function("FPDFPageObj_GetClipPath")
count_of_clips = _function("FPDFClipPath_CountPaths")
render_mode = _function("FPDFTextObj_GetTextRenderMode")
font_of = _function("FPDFTextObj_GetFont")
count_of_segments = _function("FPDFPath_CountSegments")
segment_kind = _function("FPDFPathSegment_GetType")
segment_closes = _function("FPDFPathSegment_GetClose")
text_object = _function("FPDFText_GetTextObject")
is_embedded = _function("FPDFFont_GetIsEmbedded")
glyph_path = _function("FPDFFont_GetGlyphPath")
count_of_glyph_segments = _function("FPDFGlyphPath_CountGlyphSegments")
glyph_segment = _function("FPDFGlyphPath_GetGlyphPathSegment")
character_angle = _function("FPDFText_GetCharAngle")
_font_name = _function("FPDFFont_GetBaseFontName")
_object_at = _function("FPDFPage_GetObject")
_object_in_form = _function("FPDFFormObj_GetObject")
_count_in_form = _function("FPDFFormObj_CountObjects")
_count_of_clip_segments = _function("FPDFClipPath_CountPathSegments")
_clip_segment = _function("FPDFClipPath_GetPathSegment")
_segment = _function("FPDFPath_GetPathSegment")
_point = _function("FPDFPathSegment_GetPoint")
_stroke_width = _function("FPDFPageObj_GetStrokeWidth")
_draw_mode = _function("FPDFPath_GetDrawMode")
_bounds = _function("FPDFPageObj_GetBounds")
_matrix = _function("FPDFPageObj_GetMatrix")
_fill_colour = _function("FPDFPageObj_GetFillColor")
_stroke_colour = _function("FPDFPageObj_GetStrokeColor")
_mark_at = _function("FPDFPageObj_GetMark")
_mark_name = _function("FPDFPageObjMark_GetName")
_mark_value_kind = _function("FPDFPageObjMark_GetParamValueType")
_set_stroke_width = _function("FPDFPageObj_SetStrokeWidth")
_set_render_mode = _function("FPDFTextObj_SetTextRenderMode")
_transform = _function("FPDFPageObj_TransformF")
_tight_box = _function("FPDFText_GetCharBox")
_loose_box = _function("FPDFText_GetLooseCharBox")


class _Answers:
    """Memory for a number of answers, each of so many numbers."""

    def __init__(self, count: int, size: int, kind: Any = c_float) -> None:
        self._numbers = (kind * (count * size))()
        self._size, self._format = size, _FORMATS[kind]
        start, width = addressof(self._numbers), sizeof(kind)
        step = size * width
        # The addresses where the first number of each answer is written, the second, and so on.
        self.places = [
            range(first, first + count * step, step) for first in range(start, start + step, width)
        ]

    def columns(self) -> list[list[Any]]:
        """Return the first number of each answer, the second, and so on."""
        numbers = array(self._format)
        numbers.frombytes(bytes(self._numbers))
        return [numbers[at :: self._size].tolist() for at in range(self._size)]

    def rows(self) -> list[Any]:
        """Return the answers, each as a tuple."""
        return list(iter_unpack(f"{self._size}{self._format}", self._numbers))


def _answered(
    function: Callable[..., Any], items: Sequence[Address], size: int, kind: Any = c_float
) -> list[Any]:
    """Return what a function writes for each object, number by number."""
    answers = _Answers(len(items), size, kind)
    deque(map(function, items, *answers.places), maxlen=0)
    return answers.rows()


def address_of(pointer: Any) -> Address:
    """Return the address of the object that a pointer of pypdfium2 stands for."""
    return addressof(pointer.contents)


def objects_of_page(page: Address, count: int) -> list[Address]:
    """Return the first objects of a page."""
    return list(map(_object_at, repeat(page), range(count)))


def objects_in_form(form: Address, most: int) -> list[Address]:
    """Return the objects of a form XObject, at most so many."""
    return list(map(_object_in_form, repeat(form), range(min(_count_in_form(form), most))))


def bounds_of(items: Sequence[Address]) -> list[Box]:
    """Return left, bottom, right and top of objects, in the space in which they are drawn."""
    return _answered(_bounds, items, 4)


def matrices_of(items: Sequence[Address]) -> list[Matrix]:
    """Return the matrix of each object."""
    answers = _Answers(len(items), 6)
    deque(map(_matrix, items, answers.places[0]), maxlen=0)
    return answers.rows()


def draw_modes_of(paths: Sequence[Address]) -> list[tuple[int, int]]:
    """Return how each path is filled, and whether it is stroked; 0 for not at all."""
    return _answered(_draw_mode, paths, 2, c_int)


def stroke_width(path: Address) -> float:
    """Return the width of the line that a path is stroked with, in points."""
    ((width,),) = _answered(_stroke_width, [path], 1)
    return float(width)


def widen_text(item: Address) -> None:
    """Draw text with a line around it as well, which has a width where the characters have none."""
    _set_stroke_width(item, 1.0)
    _set_render_mode(item, raw.FPDF_TEXTRENDERMODE_FILL_STROKE)
    _transform(item, addressof(_UNMOVED))  # makes pdfium compute the object's size again


def fill_colours_of(items: Sequence[Address]) -> list[Colour | None]:
    """Return the colour that each object is filled with; None if that cannot be told."""
    return _colours_of(_fill_colour, items)


def stroke_colours_of(items: Sequence[Address]) -> list[Colour | None]:
    """Return the colour that each object is stroked with; None if that cannot be told."""
    return _colours_of(_stroke_colour, items)


def _colours_of(function: Callable[..., Any], items: Sequence[Address]) -> list[Colour | None]:
    answers = _Answers(len(items), 4, c_uint)
    known = list(map(function, items, *answers.places))
    return [colour if known else None for known, colour in zip(known, answers.rows(), strict=True)]


def segments_of(path: Address, most: int) -> list[Address]:
    """Return the segments of a path, at most so many."""
    return list(filter(None, map(_segment, repeat(path), range(min(count_of_segments(path), most)))))


def segments_of_clip(clip: Address, path: int, most: int) -> list[Address]:
    """Return the segments of one path of a clip, at most so many."""
    count = min(_count_of_clip_segments(clip, path), most)
    return list(filter(None, map(_clip_segment, repeat(clip), repeat(path), range(count))))


def points_of(segments: Sequence[Address]) -> list[tuple[float, float]]:
    """Return the points at which segments end."""
    return _answered(_point, segments, 2)


def loose_boxes(textpage: Address, count: int) -> list[Box]:
    """Return left, bottom, right and top of the advance boxes of the first characters of a page."""
    answers = _Answers(count, 4)
    deque(map(_loose_box, repeat(textpage), range(count), answers.places[0]), maxlen=0)
    lefts, tops, rights, bottoms = answers.columns()
    return list(zip(lefts, bottoms, rights, tops, strict=True))


def marks_of(item: Address, count: int) -> list[Address]:
    """Return the first marks of an object."""
    return list(filter(None, map(_mark_at, repeat(item), range(count))))


def name_of_mark(mark: Address) -> str:
    """Return the name of a mark, cut to seven characters; empty if it has none."""
    length, buffer = c_ulong(), (c_ushort * 8)()
    if not _mark_name(mark, addressof(buffer), 16, addressof(length)):
        return ""
    return bytes(buffer)[: max(length.value - 2, 0)].decode("utf-16-le", "replace")


def has_text(mark: Address, key: bytes) -> bool:
    """Return whether a mark has a text under a key."""
    return bool(_mark_value_kind(mark, key) == raw.FPDF_OBJECT_STRING)


def has_name(font: Address) -> bool:
    """Return whether a font has a name."""
    return bool(_font_name(font, None, 0) > 1)


def segments_of_glyph(path: Address) -> list[Address]:
    """Return the segments of the outline of a character."""
    return list(map(glyph_segment, repeat(path), range(count_of_glyph_segments(path))))


def tight_boxes(textpage: Address, characters: Sequence[int]) -> list[Box]:
    """Return left, bottom, right and top of the ink of characters, given by their ranks."""
    answers = _Answers(len(characters), 4, c_double)
    deque(map(_tight_box, repeat(textpage), characters, *answers.places), maxlen=0)
    lefts, rights, bottoms, tops = answers.columns()
    return list(zip(lefts, bottoms, rights, tops, strict=True))
