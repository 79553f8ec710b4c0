"""Collects signs that a page may look different from its text, while its objects are listed.

On a page without such signs, all characters are visible and cells contain only text. Only the other pages are
rendered and compared, as that costs as much as reading them.
"""

from collections.abc import Sequence
from math import atan2, degrees
from typing import NamedTuple

from pypdfium2 import raw

from extractor.document import UnreadKind
from extractor.formats.layout.model import Box, around
from extractor.formats.pdf import calls
from extractor.formats.pdf.calls import Address, Colour

_FILLED = raw.FPDF_TEXTRENDERMODE_FILL
_PLAIN_MODES = {_FILLED, raw.FPDF_TEXTRENDERMODE_FILL_STROKE}
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
_LONGEST_CLIP = 12  # most segments of each


class Stranger(NamedTuple):
    """An object on the page that is neither text nor a ruling line."""

    box: Box  # page space: left, bottom, right, top
    kind: UnreadKind


class PageSigns:
    """What was observed on one page: first all that is drawn is recorded, then its texts are looked at."""

    def __init__(self, page: Box = (-_FAR, -_FAR, _FAR, _FAR)) -> None:
        """Begin with nothing noticed; `page` is what of it is displayed, in its own space."""
        self._page = page
        self.odd = False  # some text may not be painted
        self.aslant = False  # some text may run aslant
        self.quoted: set[Address] = set()  # text objects whose text is told by ActualText
        self.distorted: set[Address] = set()  # text objects that are mirrored or drawn out of proportion
        self.directions: dict[int, set[Address]] = {}  # text objects by quarter turns from the page
        self.strangers: list[Stranger] = []
        self.fonts: list[Address] = []  # valid while the page is open
        self.texts: list[Address] = []  # text objects, and for each …
        self.boxes: list[Box] = []  # … its box: page space, or that of the form that it is in
        self.upright = 0  # number of text objects in the direction of the page
        # Areas that hide what was drawn before them: box, number of texts before, colour if it is plain.
        self._covers: list[tuple[Box, int, tuple[int, ...] | None]] = []
        self._inks: set[tuple[int, ...]] = set()

    def text(self, item: Address, box: Box, depth: int) -> None:
        """Record a text object: its box in the space in which it is drawn, and the forms around it."""
        self.texts.append(item)
        self.boxes.append(box)
        if depth:
            self.odd = True

    def look_at_texts(self) -> list[int]:
        """Look for signs in the text objects recorded; return their render modes."""
        items = self.texts
        modes = list(map(calls.render_mode, items))
        self.fonts = [font for font in dict.fromkeys(map(calls.font_of, items)) if font]
        self._read_directions()
        self.aslant = any(
            right - left > _ASLANT and top - bottom > _ASLANT for left, bottom, right, top in self.boxes
        )
        self._read_marks()
        self.odd = (
            self.odd
            or not _PLAIN_MODES.issuperset(modes)
            or any(map(self._is_outside, self.boxes))
            or any(map(calls.has_transparency, items))
            or self._are_faint()
            or _are_blotted([item for item, mode in zip(items, modes, strict=True) if mode != _FILLED])
            or self._are_clipped()
        )
        return modes

    def _is_outside(self, box: Box) -> bool:
        left, bottom, right, top = self._page
        return box[2] < left or box[0] > right or box[3] < bottom or box[1] > top

    def _are_faint(self) -> bool:
        """Return whether any text is light, or its colour unknown; record the colours."""
        colours = set(calls.fill_colours_of(self.texts))
        self._inks = {colour[:3] for colour in colours if colour}
        return any(not colour or colour[3] < 255 or min(colour[:3]) > _LIGHT for colour in colours)

    def _are_clipped(self) -> bool:
        """Return whether a clip hides more of a line of text than its margin."""
        clips = list(map(calls.clip_of, self.texts))
        return any(
            count > 0 and _is_clipped(clip, count, box)
            for clip, count, box in zip(clips, map(calls.count_of_clips, clips), self.boxes, strict=True)
        )

    def _read_directions(self) -> None:
        """Record which text objects are mirrored or distorted, and their directions."""
        known: dict[tuple[float, ...], tuple[bool, int | None]] = {}
        for item, matrix in zip(self.texts, calls.matrices_of(self.texts), strict=True):
            form = known.get(matrix[:4])
            if form is None:
                form = known[matrix[:4]] = _form_of(*matrix[:4])
            distorted, quarter = form
            if distorted:
                self.distorted.add(item)
            if quarter is None:
                self.upright += 1
            else:
                self.directions.setdefault(quarter, set()).add(item)

    def _read_marks(self) -> None:
        """Look for optional content and ActualText among the marks of text objects."""
        known: dict[Address, _Mark] = {}  # the same one stands at all objects that it encloses
        for item, count in zip(self.texts, map(calls.count_of_marks, self.texts), strict=True):
            for address in calls.marks_of(item, count) if count > 0 else ():
                mark = known.get(address) or known.setdefault(address, _mark_at(address))
                self.odd = self.odd or mark.optional
                if mark.quotes:
                    self.quoted.add(item)

    def cover(self, box: Box, colour: Colour | None) -> None:
        """Record an area that hides what was drawn before it; its colour is None where it is not plain."""
        self._covers.append((box, len(self.texts), colour and colour[:3]))

    def stranger(self, box: Box, kind: UnreadKind) -> None:
        """Record a picture or a drawing."""
        if min(box[2] - box[0], box[3] - box[1]) >= _LEAST or kind == "drawing":
            self.strangers.append(Stranger(box, kind))

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
        before = _TextRuns()
        begun = 0
        for box, end, _ in self._covers:
            before.add(self.boxes[begun:end])
            begun = end
            if before.meets(box):
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


class _TextRuns:
    """Texts of a page: those drawn one after the other on a line together, by horizontal bands of the page.

    So an area is compared with few of them.
    """

    def __init__(self) -> None:
        self._bands: dict[int, list[tuple[Box, list[Box]]]] = {}  # the box around each run, and its texts

    def add(self, texts: Sequence[Box]) -> None:
        run: list[Box] = []
        for text in texts:
            if run and abs(text[1] - run[0][1]) > _BAND:
                self._keep(run)
                run = []
            run.append(text)
        if run:
            self._keep(run)

    def _keep(self, run: list[Box]) -> None:
        box = around(run)
        for band in range(_band_of(box[1]), _band_of(box[3]) + 1):
            self._bands.setdefault(band, []).append((box, run))

    def meets(self, area: Box) -> bool:
        """Return whether an area is over any of the texts."""
        left, bottom, right, top = area
        for band in range(_band_of(bottom), _band_of(top) + 1):
            for box, run in self._bands.get(band, ()):
                if box[0] < right and box[2] > left and any(_meet(area, text) for text in run):
                    return True
        return False


def _band_of(y: float) -> int:
    """Return the number of the band at a height; heights far outside the page share two bands."""
    if -_FAR < y < _FAR:
        return int(y // _BAND)
    return _LAST_BAND if y > 0 else -_LAST_BAND


def _meet(one: Box, other: Box) -> bool:
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    return width > 1 and height > 0.2 * (other[3] - other[1])


def _form_of(a: float, b: float, c: float, d: float) -> tuple[bool, int | None]:
    """Return whether a matrix mirrors or distorts text, and its quarter turns; None if it is upright."""
    wide, high = abs(a) + abs(b), abs(c) + abs(d)
    distorted = a * d - b * c <= 0 or not 1 / _UNEVEN < wide / high < _UNEVEN
    return distorted, round(degrees(atan2(b, a)) / 90) % 4 if b or a <= 0 else None


def _are_blotted(items: list[Address]) -> bool:
    """Return whether characters are outlined in a light or unknown colour, which hides their fill."""
    return any(not colour or min(colour[:3]) > _LIGHT for colour in calls.stroke_colours_of(items))


def _is_clipped(clip: Address, count: int, box: Box) -> bool:
    """Return whether any of the paths of a clip hides more of a box than its margin."""
    low = (box[3] - box[1]) * _LOW
    for path in range(min(count, _DEEPEST_CLIP)):
        points = calls.points_of(calls.segments_of_clip(clip, path, _LONGEST_CLIP))
        if not points:
            return True
        xs, ys = zip(*points, strict=True)
        if min(xs) > box[0] + _SLIGHT or max(xs) < box[2] - _SLIGHT:
            return True
        if min(ys) > box[1] + low or max(ys) < box[3] - low:
            return True
    return bool(count > _DEEPEST_CLIP)


class _Mark(NamedTuple):
    """What a mark of an object tells."""

    optional: bool  # the object is on a layer that may be off
    quotes: bool  # it has ActualText


def _mark_at(mark: Address) -> _Mark:
    return _Mark(calls.name_of_mark(mark) == "OC", calls.has_text(mark, b"ActualText"))
