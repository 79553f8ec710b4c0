"""The result of the table recognizers, input of `settle`: text and place of each standard cell.

If the borders between cells are lost, `GluedCells` holds the text of several cells together;
`settle` finds out which characters belong to which cell.
"""

from msgspec import Struct, field

from extractor.document import (
    NOWHERE,
    DoubtKind,
    Locator,
    Notice,
    Paragraph,
    Span,
    Unread,
    locate_within,
)


class Located(Struct, frozen=True, gc=False):
    """The text of one standard cell."""

    text: str
    locator: Locator = NOWHERE
    # False if one printed cell spans several standard cells; which of them owns the number is
    # not known yet.
    certain: bool = True
    printed: str | None = None  # with note marks, if that differs from `text`
    unread: tuple[Unread, ...] = ()
    doubt: DoubtKind | None = None


class GluedPiece(Struct, frozen=True):
    """A part of the text of glued cells that no border or gap divides."""

    text: str
    locator: Locator = NOWHERE
    paragraph: Paragraph | None = None  # the paragraph it is part of, if any
    start: int = 0  # offset of the piece in that paragraph's text

    def locate(self, start: int, end: int) -> Locator:
        """Return the locator of `text[start:end]`."""
        if self.paragraph is None:
            return self.locator
        return locate_within(self.paragraph, self.start + start, self.start + end)


class GluedCells(Struct, frozen=True):
    """The text of several standard cells whose borders are lost."""

    cells: tuple[str, ...]  # cell ids in printed order
    pieces: tuple[GluedPiece, ...]
    # True if a piece may hold several numbers; False if each piece is one cell whose column is unknown.
    splittable: bool
    lost: bool = False  # True if we cannot even tell that these characters belong to this table
    unread: tuple[Unread, ...] = ()  # content that is not text; it may belong to any of the cells
    doubt: DoubtKind | None = None  # why the characters of some piece are not trusted

    @property
    def is_lost(self) -> bool:
        """True if no number can be assigned to any of the cells."""
        return self.lost or bool(self.unread)


class FoundTable(Struct):
    """A standard table as found in the source."""

    form: str
    table: str
    located: dict[str, Located] = field(default_factory=dict)  # by cell id
    glued: list[GluedCells] = field(default_factory=list)
    in_question: bool = False  # it was inferred which values belong to which label
    lines_lost: bool = False  # the source has lost lines, so a row without numbers may have had some
    by_position: set[str] = field(default_factory=set)  # ids of rows identified by position only
    # ids of cells whose row is identified by the order of rows only
    by_order: set[str] = field(default_factory=set)
    # by cell id: the unit printed in a header or a line above
    units: dict[str, str] = field(default_factory=dict)
    # ids of cells with a unit for another kind of number
    strange_units: set[str] = field(default_factory=set)


class FoundTables(Struct):
    """All standard tables of a document, and the blocks and text spans that they occupy."""

    tables: dict[str, FoundTable] = field(default_factory=dict)
    blocks: set[int] = field(default_factory=set)
    taken: list[Span] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)


class Witness(Struct, frozen=True):
    """A number that the prose gives for one cell, and its clause."""

    cell: str
    value: int
    clause: str
    locator: Locator
