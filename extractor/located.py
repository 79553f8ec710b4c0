"""What the table recognizers hand on: the characters of each standard cell and where they stand.

Where the borders between cells are lost, a run holds the characters of several cells; which
belong to which is for the readings and the solver to find.
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


class Located(Struct, frozen=True):
    """The characters of one standard cell."""

    text: str
    locator: Locator = NOWHERE
    # False where one printed cell stands for several standard cells: its number is
    # nobody's until something else says whose.
    certain: bool = True
    printed: str | None = None  # with note marks, where that differs from `text`
    unread: tuple[Unread, ...] = ()
    doubt: DoubtKind | None = None


class GluedPiece(Struct, frozen=True):
    """An unbroken stretch of a run, a border on either side of it."""

    text: str
    locator: Locator = NOWHERE
    paragraph: Paragraph | None = None  # the paragraph it is part of, if any
    start: int = 0  # where in that paragraph's text it begins

    def locate(self, start: int, end: int) -> Locator:
        """Return the locator of `text[start:end]`."""
        if self.paragraph is None:
            return self.locator
        return locate_within(self.paragraph, self.start + start, self.start + end)


class GluedCells(Struct, frozen=True):
    """The characters of several standard cells whose borders are lost."""

    cells: tuple[str, ...]  # cell ids in printed order
    pieces: tuple[GluedPiece, ...]
    glued: bool  # whether a piece may hold several numbers; else each is one cell, its place unknown
    lost: bool = False  # whether these are the cells' characters at all is unknown
    unread: tuple[Unread, ...] = ()  # what lies among the pieces and is no text: it may be any cell's
    doubt: DoubtKind | None = None  # why the characters of any of the pieces are not plain

    @property
    def is_lost(self) -> bool:
        """Say whether nothing can be decided about the run."""
        return self.lost or bool(self.unread)


class FoundTable(Struct):
    """A standard table as found in the source."""

    form: str
    table: str
    located: dict[str, Located] = field(default_factory=dict)  # by cell id
    runs: list[GluedCells] = field(default_factory=list)
    in_question: bool = False  # which values belong to which label was inferred
    lines_lost: bool = False  # the source has dropped lines, so a row without numbers may have had some
    by_position: set[str] = field(default_factory=set)  # ids of rows placed by their position alone


class FoundTables(Struct):
    """All standard tables of a document and the blocks and stretches that they take."""

    tables: dict[str, FoundTable] = field(default_factory=dict)
    blocks: set[int] = field(default_factory=set)
    taken: list[Span] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)


class Witness(Struct, frozen=True):
    """A number that the prose states for one cell, and its clause."""

    cell: str
    value: int
    clause: str
    locator: Locator
