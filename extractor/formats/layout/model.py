"""The model of the layout code: glyphs and rules of a page in, lines and grids out.

Every length is in points and every y grows downwards from the top of the page in
reading direction. It does not depend on the library that read the page.
"""

from collections.abc import Callable
from math import cos, radians, sin
from typing import NamedTuple

from msgspec import Struct, field

from extractor.document import DoubtKind, Locator, Unread, UnreadKind

Box = tuple[float, float, float, float]  # x0, y0, x1, y1
Place = tuple[int, Box]  # page (1-based) and box as displayed


class Glyph(NamedTuple):
    """One printed character: its advance box, and its rank in drawing order."""

    x0: float
    y0: float
    x1: float
    y1: float
    text: str
    order: int


class Ink(Struct):
    """Everything printed on one page: glyphs, ruling lines, and doubts about them.

    `turn` is the clockwise angle (0, 90, 180, 270) by which the sheet was turned to make its
    text upright; width, height and all boxes are those of the upright page.
    """

    page: int  # 1-based
    width: float
    height: float
    glyphs: list[Glyph]
    rules: list[Box]  # lines and thin rectangles, including dots; one side of each is short
    turn: int = 0
    doubts: dict[int, DoubtKind] = field(default_factory=dict)  # by rank of the glyph
    # by rank: glyphs that may look different from their code
    untrusted: dict[int, UnreadKind] = field(default_factory=dict)
    struck: list[Glyph] = field(default_factory=list)  # struck out, and therefore removed from the glyphs
    hidden: list[Glyph] = field(default_factory=list)  # invisible, and therefore removed from the glyphs
    # Returns the kind of content in a box of the upright page that is neither text nor rule, if any. `filled`
    # says whether the box also contains text.
    stranger: Callable[[Box, bool], UnreadKind | None] | None = None
    # Returns the number drawn in a box of the upright page without characters, if it shows nothing else.
    number_drawn: Callable[[Box], str | None] | None = None
    tilt: float = 0.0  # clockwise degrees by which the page was skewed before it was levelled

    def as_displayed(self, box: Box) -> Box:
        """Return a box of the upright page in coordinates of the page as displayed."""
        x0, y0, x1, y1 = _about(box, self.tilt, self.width / 2, self.height / 2) if self.tilt else box
        if self.turn == 90:
            return (y0, self.width - x1, y1, self.width - x0)
        if self.turn == 180:
            return (self.width - x1, self.height - y1, self.width - x0, self.height - y0)
        if self.turn == 270:
            return (self.height - y1, x0, self.height - y0, x1)
        return (x0, y0, x1, y1)


def _about(box: Box, tilt: float, x: float, y: float) -> Box:
    """Return a box with its middle rotated clockwise about a point; its sides stay level."""
    across, down = (box[0] + box[2]) / 2 - x, (box[1] + box[3]) / 2 - y
    sine, cosine = sin(radians(tilt)), cos(radians(tilt))
    right = across * cosine - down * sine - across
    below = across * sine + down * cosine - down
    return (box[0] + right, box[1] + below, box[2] + right, box[3] + below)


class Fragment(NamedTuple):
    """A part of a line without a wide gap inside."""

    text: str
    x0: float
    x1: float


class PageLine(Struct):
    """One printed line outside the ruled tables."""

    ink: Ink
    box: Box
    size: float  # height of its glyphs
    fragments: tuple[Fragment, ...]
    glyphs: list[Glyph]

    @property
    def text(self) -> str:
        """Return the fragments as text, with a tab at each wide gap."""
        return "\t".join(fragment.text for fragment in self.fragments)

    @property
    def place(self) -> Place:
        """Return the page and the box as displayed."""
        return (self.ink.page, self.ink.as_displayed(self.box))


class GridCell(Struct):
    """A cell of one page's grid, or of a table joined across pages, at its top-left position."""

    row: int
    column: int
    row_span: int
    column_span: int
    text: str
    places: list[Place]
    full: bool  # the last line is full, so the text may continue on the next page
    upright: bool = True  # False if the text runs from top to bottom
    printed: str | None = None  # with note marks, if that differs from the text
    unread: tuple[Unread, ...] = ()

    @property
    def end_row(self) -> int:
        """Return the first row below the cell."""
        return self.row + self.row_span

    @property
    def end_column(self) -> int:
        """Return the first column to the right of the cell."""
        return self.column + self.column_span


class PageGrid(Struct):
    """A table on one page, or joined over pages: edges and cells."""

    ink: Ink  # the page on which the table ends
    box: Box
    xs: list[float]
    rows: int
    cells: list[GridCell]
    places: list[Place]
    open_top: bool = False  # no rule above the first row
    open_bottom: bool = False
    aligned: bool = True
    last: list[GridCell] | None = None  # cells that reach the last row, if pages were joined
    crossed: tuple[Place, ...] = ()  # words that cross a rule between cells
    lines: tuple[PageLine, ...] = ()  # for a grid of one column: its text as lines


def locator_of(places: list[Place]) -> Locator:
    """Return the locator of the first place, with the further ones in `more`."""
    first, *rest = [Locator(page=page, bbox=_round_box(box)) for page, box in places]
    return Locator(page=first.page, bbox=first.bbox, more=tuple(rest)) if rest else first


def _round_box(box: Box) -> Box:
    x0, y0, x1, y1 = box
    return (round(x0, 2), round(y0, 2), round(x1, 2), round(y1, 2))


def around(boxes: list[Box]) -> Box:
    """Return the smallest box around one box or more."""
    x0s, y0s, x1s, y1s = zip(*boxes, strict=True)
    return (min(x0s), min(y0s), max(x1s), max(y1s))


def common_box(one: Box, other: Box) -> Box | None:
    """Return the intersection of two boxes; None if there is none."""
    x0, y0 = max(one[0], other[0]), max(one[1], other[1])
    x1, y1 = min(one[2], other[2]), min(one[3], other[3])
    return (x0, y0, x1, y1) if x0 < x1 and y0 < y1 else None


def area_of(box: Box) -> float:
    """Return the area of a box."""
    return (box[2] - box[0]) * (box[3] - box[1])
