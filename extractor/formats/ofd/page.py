"""One page of OFD as a reader sees it: templates, layers and annotations in the order of drawing."""

from collections.abc import Iterable, Iterator

from msgspec import Struct, field

from extractor.formats.layout.model import Box, Glyph, Ink
from extractor.formats.ofd.matrix import IDENTITY, POINTS, Matrix, box_around, map_point, matrix_of
from extractor.formats.ofd.package import Element, child, children, local
from extractor.formats.ofd.paths import rules_of
from extractor.formats.ofd.resources import Resources
from extractor.formats.ofd.text import PlacedCharacter, placed_characters

MOST_RULES = 20_000  # a page: more are a drawing
_DEEPEST = 8  # blocks and composite units inside each other
_LAYERS = {"Background": 0, "Body": 1, "Foreground": 2}
_NOT_TEXT = ("Watermark", "Stamp")  # annotations that lie over the text and are no part of it
_UNMAPPED = "\ufffd¤"


class OfdImage(Struct, frozen=True):
    """An image on a page: where it lies (millimetres) and where the package keeps it."""

    box: Box
    path: str


class OfdSheet(Struct):
    """What is drawn on one page, in millimetres as displayed, and what was noticed."""

    characters: list[PlacedCharacter] = field(default_factory=list)
    rules: list[Box] = field(default_factory=list)
    pictures: list[OfdImage] = field(default_factory=list)
    paths: int = 0
    slanted: int = 0  # characters that run aslant, as watermarks do; left out
    annotations: int = 0  # watermarks and stamps; left out
    unmapped: dict[str, int] = field(default_factory=dict)  # characters without Unicode, by font

    @property
    def crowded(self) -> bool:
        """Whether the page has too many paths to be a text."""
        return len(self.rules) > MOST_RULES


class PageScan:
    """One pass over the content of a page."""

    def __init__(self, resources: Resources) -> None:
        """Begin with an empty page."""
        self.sheet = OfdSheet()
        self._resources = resources

    def layers(self, content: Element | None) -> None:
        """Draw the layers of a page or a template, those behind first."""
        layers = list(children(content, "Layer"))
        layers.sort(key=lambda layer: _LAYERS.get(layer.get("Type", "Body"), 1))
        for layer in layers:
            self._objects(layer, IDENTITY, layer.get("DrawParam"), 0)

    def annotations(self, root: Element | None) -> None:
        """Draw the annotations of a page: on top, watermarks and stamps only counted."""
        for annotation in children(root, "Annot"):
            appearance = child(annotation, "Appearance")
            if appearance is None or annotation.get("Visible") == "false":
                continue
            if annotation.get("Type") in _NOT_TEXT:
                self.sheet.annotations += any(local(item) == "TextObject" for item in appearance.iter())
                continue
            self._objects(appearance, matrix_of(appearance, IDENTITY), None, 0)

    def _objects(self, group: Iterable[Element], outer: Matrix, parameter: str | None, depth: int) -> None:
        for item in group:
            kind = local(item)
            if item.get("Visible") == "false" or item.get("Alpha") == "0" or depth > _DEEPEST:
                continue
            if kind == "TextObject":
                self._text(item, matrix_of(item, outer), parameter)
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

    def _text(self, item: Element, matrix: Matrix, parameter: str | None) -> None:
        filled = item.get("Fill") != "false" and self._resources.is_visible(item, parameter, "FillColor")
        stroked = item.get("Stroke") == "true" and self._resources.is_visible(item, parameter, "StrokeColor")
        if not filled and not stroked:
            return
        for placed in placed_characters(item, matrix):
            if placed.quarter is None:
                self.sheet.slanted += not placed.text.isspace()
                continue
            if is_unmapped(placed.text):
                font = self._resources.fonts.get(item.get("Font", ""), "无名字体")
                self.sheet.unmapped[font] = self.sheet.unmapped.get(font, 0) + 1
            self.sheet.characters.append(placed)

    def _path(self, item: Element, matrix: Matrix, parameter: str | None) -> None:
        stroked = item.get("Stroke") != "false" and self._resources.is_visible(item, parameter, "StrokeColor")
        filled = item.get("Fill") == "true" and self._resources.is_visible(item, parameter, "FillColor")
        if not stroked and not filled:
            return
        self.sheet.paths += 1
        if not self.sheet.crowded:
            self.sheet.rules.extend(rules_of(item, matrix, stroked))

    def _image(self, item: Element, matrix: Matrix) -> None:
        """Keep an image; it fills the unit square of its space."""
        if not item.get("CTM"):
            return
        corners = [map_point(x, y, matrix) for x in (0.0, 1.0) for y in (0.0, 1.0)]
        path = self._resources.images.get(item.get("ResourceID", ""), "")
        self.sheet.pictures.append(OfdImage(box_around(corners), path))


def is_unmapped(text: str) -> bool:
    """Say whether a character is a stand-in for one without Unicode."""
    return text in _UNMAPPED or "\ue000" <= text <= "\uf8ff" or text < "\t"


def ink_of(sheet: OfdSheet, page: int, width: float, height: float) -> Ink:
    """Return the ink of a page whose size is given in millimetres, turned so that its text is upright."""
    turn = _turn(sheet.characters)
    width, height = width * POINTS, height * POINTS
    glyphs = [
        Glyph(*_turn_box(_in_points(placed.box), width, height, turn), placed.text, order)
        for order, placed in enumerate(sheet.characters)
        if placed.text not in "\r\n"
    ]
    rules = [] if sheet.crowded else [_turn_box(_in_points(box), width, height, turn) for box in sheet.rules]
    if turn in (90, 270):
        width, height = height, width
    return Ink(page, width, height, glyphs, rules, turn)


def _turn(characters: Iterable[PlacedCharacter]) -> int:
    """Return by how many degrees the page must be turned clockwise for most of its text to be upright."""
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
    """Return a box of the displayed page (its width and height given) on the page turned clockwise."""
    x0, y0, x1, y1 = box
    if turn == 90:
        return (height - y1, x0, height - y0, x1)
    if turn == 180:
        return (width - x1, height - y1, width - x0, height - y0)
    if turn == 270:
        return (y0, width - x1, y1, width - x0)
    return box
