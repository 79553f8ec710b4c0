"""Draws one OFD page: templates, layers and annotations in drawing order."""

from collections.abc import Iterable, Iterator

from msgspec import Struct, field

from extractor.document import DoubtKind, UnreadKind
from extractor.formats.layout.model import Box, Glyph, Ink
from extractor.formats.layout.rules import THICK
from extractor.formats.ofd.glyphs import glyphs_named
from extractor.formats.ofd.matrix import IDENTITY, POINTS, Matrix, box_around, map_point, matrix_of
from extractor.formats.ofd.package import child, children, local, numbers_of, text_of
from extractor.formats.ofd.painted import (
    OPAQUE,
    UNSEEN,
    Cover,
    DrawnCharacter,
    SeenCharacters,
    boundary_of,
    clip_of,
)
from extractor.formats.ofd.paths import is_outline, is_rectangle, path_box, rules_of
from extractor.formats.ofd.resources import Paint, Resources, Rgb
from extractor.formats.ofd.text import PlacedCharacter, placed_characters
from extractor.formats.package import Element
from extractor.numerals import is_value

MOST_RULES = 20_000  # per page; with more it is a drawing
_DEEPEST = 8  # levels of nested blocks and composite units
_LAYERS = {"Background": 0, "Body": 1, "Foreground": 2}
_LARGEST_NUMBER = 6.0  # millimetres: font size up to which a number may belong to a table
_NOT_TEXT = ("Watermark", "Stamp")  # kinds of annotations that are over the text but not part of it
_WHITE = 250.0  # of 255: lighter colours are invisible on paper
_UNMAPPED = "\ufffd¤"


class OfdImage(Struct, frozen=True):
    """An image on a page: its box (millimetres) and its path in the package."""

    box: Box
    path: str


class OfdSheet(Struct):
    """Everything drawn on one page, in millimetres as displayed, and observations about it."""

    drawn: list[DrawnCharacter] = field(default_factory=list)
    covers: list[Cover] = field(default_factory=list)
    # objects that are neither text nor rule
    strangers: list[tuple[Box, UnreadKind]] = field(default_factory=list)
    annotated: set[int] = field(default_factory=set)  # ranks of the characters of annotations
    rules: list[Box] = field(default_factory=list)
    pictures: list[OfdImage] = field(default_factory=list)
    paths: int = 0
    slanted: int = 0  # number of slanted characters (watermarks), left out
    shaped: set[int] = field(default_factory=set)  # ranks of digits told by the outlines of their font
    annotations: int = 0  # number of watermarks and stamps, left out
    unmapped: dict[str, int] = field(default_factory=dict)  # number of characters without Unicode, by font

    @property
    def characters(self) -> list[PlacedCharacter]:
        """Return the placed characters, visible or not."""
        return [each.placed for each in self.drawn]

    @property
    def crowded(self) -> bool:
        """Whether the page has too many paths for a page of text."""
        return len(self.rules) > MOST_RULES


class PageScan:
    """One pass over the content of a page."""

    def __init__(self, resources: Resources) -> None:
        """Begin with an empty page."""
        self.sheet = OfdSheet()
        self._resources = resources

    def layers(self, content: Element | None) -> None:
        """Draw the layers of a page or template, back to front."""
        layers = [layer for layer in children(content, "Layer") if layer.get("Visible") != "false"]
        layers.sort(key=lambda layer: _LAYERS.get(layer.get("Type", "Body"), 1))
        for layer in layers:
            self._objects(layer, IDENTITY, layer.get("DrawParam"), 0)

    def annotations(self, root: Element | None) -> None:
        """Draw the annotations on top of a page; watermarks and stamps are only counted, except numbers."""
        for annotation in children(root, "Annot"):
            appearance = child(annotation, "Appearance")
            if appearance is None or annotation.get("Visible") == "false":
                continue
            if annotation.get("Type") in _NOT_TEXT and not _is_number(appearance):
                self._set_aside(appearance, annotation.get("Type", ""))
                continue
            first = len(self.sheet.drawn)
            self._objects(appearance, matrix_of(appearance, IDENTITY), None, 0)
            self.sheet.annotated.update(range(first, len(self.sheet.drawn)))

    def _set_aside(self, appearance: Element, kind: str) -> None:
        """Count a watermark or stamp that has text; its text is not read."""
        self.sheet.annotations += any(local(item) == "TextObject" for item in appearance.iter())
        if kind == "Stamp":
            aside = PageScan(self._resources)
            aside._objects(appearance, matrix_of(appearance, IDENTITY), None, 0)
            self.sheet.strangers += [(each.placed.box, "annotation") for each in aside.sheet.drawn]

    def _objects(self, group: Iterable[Element], outer: Matrix, parameter: str | None, depth: int) -> None:
        for item in group:
            kind = local(item)
            if item.get("Visible") == "false" or item.get("Alpha") == "0" or depth > _DEEPEST:
                continue
            if kind == "TextObject":
                self._text(item, matrix_of(item, outer), outer, parameter)
            elif kind == "PathObject":
                self._path(item, matrix_of(item, outer), parameter)
            elif kind == "ImageObject":
                self._image(item, matrix_of(item, outer))
            elif kind == "PageBlock":
                self._objects(item, outer, parameter, depth + 1)
            elif kind == "CompositeObject":
                unit = self._resources.composites.get(item.get("ResourceID", ""))
                for content in children(unit, "Content"):
                    self._objects(content, matrix_of(item, outer), parameter, depth + 1)

    def _text(self, item: Element, matrix: Matrix, outer: Matrix, parameter: str | None) -> None:
        filled = self._resources.paint_of(item, parameter, "FillColor")
        stroked = self._resources.paint_of(item, parameter, "StrokeColor")
        if item.get("Fill") == "false" or filled.alpha < UNSEEN:
            if item.get("Stroke") != "true" or stroked.alpha < UNSEEN:
                return
            filled = stroked
        clip, boundary = clip_of(item, matrix, outer), boundary_of(item, outer)
        others = self._drawn_as_others(item)
        for at, placed in enumerate(placed_characters(item, matrix)):
            if placed.quarter is None:
                self.sheet.slanted += not placed.text.isspace()
                continue
            if is_unmapped(placed.text):
                font = self._resources.fonts.get(item.get("Font", ""), "无名字体")
                self.sheet.unmapped[font] = self.sheet.unmapped.get(font, 0) + 1
            odd = filled.patterned or at in others
            if at in others and (digit := others[at]):
                placed, odd = placed._replace(text=digit), filled.patterned
                self.sheet.shaped.add(len(self.sheet.drawn))
            self.sheet.drawn.append(DrawnCharacter(placed, filled.colour, clip, boundary, odd))

    def _drawn_as_others(self, item: Element) -> dict[int, str]:
        """Return the positions of the digits of a text for which other glyphs are drawn, with what these are.

        "" where that is no digit, or the outlines of the font do not tell.
        """
        path = self._resources.font_files.get(item.get("Font", ""))
        named = list(glyphs_named(item)) if path else []
        known = self._resources.glyphs(path) if path and named else {}
        others = {at: known[glyph] for at, digit, glyph in named if known.get(glyph, digit) != digit}
        drawn = self._resources.digits(path) if path and others else None
        if drawn is None:
            return dict.fromkeys(others, "")
        return {at: each.translate(drawn) if each.isdigit() else "" for at, each in others.items()}

    def _path(self, item: Element, matrix: Matrix, parameter: str | None) -> None:
        fill = self._resources.paint_of(item, parameter, "FillColor")
        stroke = self._resources.paint_of(item, parameter, "StrokeColor")
        stroked = item.get("Stroke") != "false" and _is_seen(stroke)
        filled = item.get("Fill") == "true" and _is_seen(fill)
        box = path_box(item, matrix) if item.get("Fill") == "true" or stroked else None
        if box and item.get("Fill") == "true" and fill.alpha >= OPAQUE and is_rectangle(item):
            self._cover(box, fill.colour)
        if not stroked and not filled:
            return
        self.sheet.paths += 1
        if box and is_outline(item, filled=filled):
            self.sheet.strangers.append((box, "drawing"))
        if not self.sheet.crowded:
            self.sheet.rules.extend(rules_of(item, matrix, stroked))

    def _cover(self, box: Box, colour: Rgb | None, picture: str = "") -> None:
        if min(box[2] - box[0], box[3] - box[1]) > THICK / POINTS:
            cover = Cover(box, len(self.sheet.drawn), colour, len(self.sheet.rules), picture)
            self.sheet.covers.append(cover)

    def _image(self, item: Element, matrix: Matrix) -> None:
        """Record an image; it fills the unit square of its coordinates."""
        if not item.get("CTM"):
            return
        corners = [map_point(x, y, matrix) for x in (0.0, 1.0) for y in (0.0, 1.0)]
        path = self._resources.images.get(item.get("ResourceID", ""), "")
        box = box_around(corners)
        self.sheet.pictures.append(OfdImage(box, path))
        if path and (*numbers_of(item.get("Alpha")), 255.0)[0] >= OPAQUE:
            self._cover(box, None, path)


def _is_seen(paint: Paint) -> bool:
    """Return whether a stroke or area is visible on white paper."""
    return paint.alpha >= UNSEEN and (paint.colour is None or min(paint.colour) < _WHITE)


def is_unmapped(text: str) -> bool:
    """Return whether a character is a placeholder for one without Unicode."""
    return text in _UNMAPPED or "\ue000" <= text <= "\uf8ff" or text < "\t"


def ink_of(sheet: OfdSheet, seen: SeenCharacters, page: int, width: float, height: float) -> Ink:
    """Return the ink of a page whose size is given in millimetres, turned so that its text is upright."""
    characters = sheet.characters
    turn = _turn(characters)
    width, height = width * POINTS, height * POINTS
    glyphs = [
        Glyph(*_turn_box(_in_points(placed.box), width, height, turn), placed.text, order)
        for order, placed in enumerate(characters)
        if placed.text not in "\r\n" and order not in seen.hidden
    ]
    rules = [] if sheet.crowded else [_turn_box(_in_points(box), width, height, turn) for box in sheet.rules]
    if turn in (90, 270):
        width, height = height, width
    doubts: dict[int, DoubtKind] = {**dict.fromkeys(sheet.annotated, "annotation"), **seen.doubts}
    doubts.update(dict.fromkeys(sheet.shaped, "glyphs"))
    return Ink(page, width, height, glyphs, rules, turn, doubts, seen.untrusted)


def _turn(characters: Iterable[PlacedCharacter]) -> int:
    """Return the degrees by which the page must be rotated clockwise for most text to be upright."""
    counts = [0, 0, 0, 0]
    for quarter in _quarters(characters):
        counts[quarter // 90] += 1
    return -counts.index(max(counts)) * 90 % 360


def _quarters(characters: Iterable[PlacedCharacter]) -> Iterator[int]:
    for placed in characters:
        if placed.quarter is not None and not placed.text.isspace():
            yield placed.quarter


def _in_points(box: Box) -> Box:
    x0, y0, x1, y1 = box
    return (x0 * POINTS, y0 * POINTS, x1 * POINTS, y1 * POINTS)


def _turn_box(box: Box, width: float, height: float, turn: int) -> Box:
    """Return a box of the displayed page (with its width and height) on the page rotated clockwise."""
    x0, y0, x1, y1 = box
    if turn == 90:
        return (height - y1, x0, height - y0, x1)
    if turn == 180:
        return (width - x1, height - y1, width - x0, height - y0)
    if turn == 270:
        return (y0, width - x1, y1, width - x0)
    return box


def _is_number(appearance: Element) -> bool:
    """Return whether all text of an annotation's appearance is a number of the size of running text."""
    texts = [item for item in appearance.iter() if local(item) == "TextObject"]
    small = all((*numbers_of(item.get("Size")), 0.0)[0] <= _LARGEST_NUMBER for item in texts)
    told = "".join(text_of(code) for item in texts for code in children(item, "TextCode"))
    return small and any(map(str.isdigit, told)) and is_value(told)
