"""Collects signs that a page may look different from its text, while its objects are listed.

On a page without such signs, all characters are visible and cells contain only text. Only the other pages are
rendered and compared, as that costs as much as reading them.
"""

from ctypes import addressof, byref, c_float, c_uint, c_ulong, c_ushort, sizeof
from math import atan2, degrees, inf
from typing import Any, NamedTuple

from pypdfium2 import raw

from extractor.document import UnreadKind
from extractor.formats.layout.model import Box

_PLAIN_MODES = (raw.FPDF_TEXTRENDERMODE_FILL, raw.FPDF_TEXTRENDERMODE_FILL_STROKE)
_LIGHT = 170  # of 255: a colour whose darkest component exceeds this may be hard to see on paper
_ALIKE = 48  # of 255: colours that differ by less in every component are nearly equal
_SLIGHT = 1.5  # points that a clip may cut off a line
_LOW = 0.35  # share of the height of a line that a clip may cut off
_LEAST = 3.0  # points: smaller pictures are spacers
_ASLANT = 30.0  # points: a line that is this wide and high is slanted, or is a headline
_BAND = 12.0  # points: about the height of a line
_UNEVEN = 4.0  # ratio of width and height, or the reverse, beyond which a digit cannot be recognized
_FAR = 20_000.0  # points: larger than the largest page
_LAST_BAND = int(_FAR // _BAND) + 1
_DEEPEST_CLIP = 4  # most paths of one clip that are examined


class Stranger(NamedTuple):
    """An object on the page that is neither text nor a ruling line."""

    box: Box  # page space: left, bottom, right, top
    kind: UnreadKind
    rank: int


class PageSigns:
    """What was observed on one page. Reuses its ctypes buffers between calls."""

    def __init__(self, page: Box = (-_FAR, -_FAR, _FAR, _FAR)) -> None:
        """Begin with nothing noticed; `page` is what of it is displayed, in its own space."""
        self._page = page
        self.odd = False  # some text may not be painted
        self.aslant = False  # some text may run aslant
        self.quoted: set[int] = set()  # text objects whose text is told by ActualText, by address
        self.distorted: set[int] = set()  # text objects that are mirrored or drawn out of proportion
        self.directions: dict[int, set[int]] = {}  # text objects by quarter turns from the page
        self.strangers: list[Stranger] = []
        self.fonts: dict[int, Any] = {}  # fonts by address, valid while the page is open
        self.upright = 0  # number of text objects in the direction of the page
        self._covers: list[tuple[Box, int, tuple[int, ...] | None]] = []
        self._texts: list[tuple[Box, int]] = []
        self._inks: set[tuple[int, ...]] = set()
        self._rank = 0
        self._colour = (c_uint * 4)()  # red, green, blue, alpha
        self._parts = [byref(c_uint.from_buffer(self._colour, part * sizeof(c_uint))) for part in range(4)]
        self._x, self._y = c_float(), c_float()
        self._matrix = raw.FS_MATRIX()
        self._matrix_target = byref(self._matrix)

    def text(self, item: Any, box: Box, depth: int) -> None:
        """Record a text object."""
        self._rank += 1
        self._texts.append((box, self._rank))
        font = raw.FPDFTextObj_GetFont(item)
        if font:
            self.fonts[addressof(font.contents)] = font
        self._form(item)
        if box[2] - box[0] > _ASLANT and box[3] - box[1] > _ASLANT:
            self.aslant = True
        if raw.FPDFPageObj_CountMarks(item) > 0:
            self._marks(item)
        if self.odd:
            return
        self.odd = bool(
            depth > 0
            or self._is_outside(box)
            or raw.FPDFTextObj_GetTextRenderMode(item) not in _PLAIN_MODES
            or raw.FPDFPageObj_HasTransparency(item)
            or self._is_faint(item)
            or self._is_blotted(item)
            or self._is_clipped(item, box)
        )

    def _is_outside(self, box: Box) -> bool:
        left, bottom, right, top = self._page
        return box[2] < left or box[0] > right or box[3] < bottom or box[1] > top

    def _is_faint(self, item: Any) -> bool:
        if not raw.FPDFPageObj_GetFillColor(item, *self._parts):
            return True
        red, green, blue, alpha = self._colour
        self._inks.add((red, green, blue))
        return bool(alpha < 255 or min(red, green, blue) > _LIGHT)

    def _is_blotted(self, item: Any) -> bool:
        """Return whether characters are outlined in a light colour, which hides their fill."""
        if raw.FPDFTextObj_GetTextRenderMode(item) == raw.FPDF_TEXTRENDERMODE_FILL:
            return False
        if not raw.FPDFPageObj_GetStrokeColor(item, *self._parts):
            return True
        return bool(min(self._colour[:3]) > _LIGHT)

    def _form(self, item: Any) -> None:
        """Record whether a text object is mirrored or distorted, and its direction."""
        raw.FPDFPageObj_GetMatrix(item, self._matrix_target)
        a, b, c, d = self._matrix.a, self._matrix.b, self._matrix.c, self._matrix.d
        wide, high = abs(a) + abs(b), abs(c) + abs(d)
        if a * d - b * c <= 0 or not 1 / _UNEVEN < wide / high < _UNEVEN:
            self.distorted.add(addressof(item.contents))
        if b or a <= 0:
            quarter = round(degrees(atan2(b, a)) / 90) % 4
            self.directions.setdefault(quarter, set()).add(addressof(item.contents))
        else:
            self.upright += 1

    def _is_clipped(self, item: Any, box: Box) -> bool:
        """Return whether a clip hides more of a line than its margin."""
        clip = raw.FPDFPageObj_GetClipPath(item)
        count = raw.FPDFClipPath_CountPaths(clip)
        if count <= 0:
            return False
        low = (box[3] - box[1]) * _LOW
        for path in range(min(count, _DEEPEST_CLIP)):
            around = self._clip_box(clip, path)
            if around is None:
                continue
            left, bottom, right, top = around
            if left > box[0] + _SLIGHT or right < box[2] - _SLIGHT:
                return True
            if bottom > box[1] + low or top < box[3] - low:
                return True
        return bool(count > _DEEPEST_CLIP)

    def _clip_box(self, clip: Any, path: int) -> Box | None:
        count = raw.FPDFClipPath_CountPathSegments(clip, path)
        xs: list[float] = []
        ys: list[float] = []
        for index in range(min(count, 12)):
            segment = raw.FPDFClipPath_GetPathSegment(clip, path, index)
            if raw.FPDFPathSegment_GetPoint(segment, byref(self._x), byref(self._y)):
                xs.append(self._x.value)
                ys.append(self._y.value)
        if not xs:
            return None
        return (min(xs), min(ys), max(xs), max(ys))

    def _marks(self, item: Any) -> None:
        """Look for optional content and ActualText among the marks of a text object."""
        for index in range(raw.FPDFPageObj_CountMarks(item)):
            mark = raw.FPDFPageObj_GetMark(item, index)
            self.odd = self.odd or _is_optional(mark)
            if _has_actual_text(mark):
                self.quoted.add(addressof(item.contents))

    def cover(self, item: Any, box: Box, *, known: bool = True) -> None:
        """Record an area that hides what was drawn before it."""
        self._rank += 1
        colour = None
        if known and raw.FPDFPageObj_GetFillColor(item, *self._parts):
            colour = tuple(self._colour[:3])
        self._covers.append((box, self._rank, colour))

    def stranger(self, box: Box, kind: UnreadKind) -> None:
        """Record a picture or a drawing."""
        if min(box[2] - box[0], box[3] - box[1]) >= _LEAST or kind == "drawing":
            self.strangers.append(Stranger(box, kind, self._rank))

    @property
    def against_the_page(self) -> set[int]:
        """The text objects that are upside down relative to most others."""
        counts = {quarter: len(items) for quarter, items in self.directions.items()}
        counts[0] = counts.get(0, 0) + self.upright
        usual = max(counts, key=lambda quarter: counts[quarter])
        return self.directions.get((usual + 2) % 4, set())

    @property
    def needs_a_look(self) -> bool:
        """Return whether some text of the page may not be visible."""
        return self.odd or self._has_cover() or self._has_own_ground()

    def _has_cover(self) -> bool:
        """Return whether an area is over text that was drawn before it."""
        if not self._covers:
            return False
        bands: dict[int, _TextBand] = {}
        texts = iter(self._texts)
        text = next(texts, None)
        for box, rank, _ in self._covers:
            while text and text[1] <= rank:
                for band in _bands_of(text[0]):
                    bands.setdefault(band, _TextBand()).add(text[0])
                text = next(texts, None)
            if any(bands[band].meets(box) for band in _bands_of(box) if band in bands):
                return True
        return False

    def _has_own_ground(self) -> bool:
        """Return whether an area, except white paper, has nearly the colour of some text."""
        grounds = {colour for _, _, colour in self._covers if colour and min(colour) < 250}
        return any(
            all(abs(one - other) < _ALIKE for one, other in zip(ink, ground, strict=True))
            for ink in self._inks
            for ground in grounds
        )


class _TextBand:
    """The texts in one horizontal band of a page, and the range that they cover."""

    def __init__(self) -> None:
        self._left, self._right = inf, -inf
        self._texts: list[Box] = []

    def add(self, text: Box) -> None:
        self._left, self._right = min(self._left, text[0]), max(self._right, text[2])
        self._texts.append(text)

    def meets(self, box: Box) -> bool:
        """Return whether an area is over any of the texts; first tests the range that they cover."""
        if box[0] + 1 >= self._right or box[2] - 1 <= self._left:
            return False
        return any(_meet(box, text) for text in self._texts)


def _bands_of(box: Box) -> range:
    return range(_band_of(box[1]), _band_of(box[3]) + 1)


def _band_of(y: float) -> int:
    """Return the number of the band at a height; heights far outside the page share two bands."""
    if -_FAR < y < _FAR:
        return int(y // _BAND)
    return _LAST_BAND if y > 0 else -_LAST_BAND


def _meet(one: Box, other: Box) -> bool:
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    return width > 1 and height > 0.2 * (other[3] - other[1])


def _is_optional(mark: Any) -> bool:
    return _name_of(mark) == "OC"


def _name_of(mark: Any) -> str:
    length = c_ulong()
    buffer = (c_ushort * 8)()
    if not raw.FPDFPageObjMark_GetName(mark, buffer, 16, byref(length)):
        return ""
    return bytes(buffer)[: max(length.value - 2, 0)].decode("utf-16-le", "replace")


def _has_actual_text(mark: Any) -> bool:
    kind = raw.FPDFPageObjMark_GetParamValueType(mark, b"ActualText")
    return bool(kind == raw.FPDF_OBJECT_STRING)
