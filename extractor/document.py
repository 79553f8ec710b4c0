"""The document model: what every adapter produces and every recognizer reads.

It holds the content of a file and where each piece stands, but no interpretation. Text is kept
exactly as read; recognizers clean it.
"""

from functools import cached_property
from itertools import groupby
from operator import attrgetter
from typing import Literal

from msgspec import Struct, field


class Locator(Struct, frozen=True, omit_defaults=True, gc=False):
    """The place of a text in its source, exact enough for a person to find it.

    PDF and OFD give `page` and `bbox`, HTML gives `path`, Word gives `table`, `row`,
    `column` or `paragraph`, text gives `line`, `column`, `start` and `end`.
    """

    page: int | None = None  # 1-based
    bbox: tuple[float, float, float, float] | None = None  # x0, y0, x1, y1; points from the top left
    path: str | None = None  # XPath
    table: int | None = None  # 1-based, in document order, nested tables included
    row: int | None = None  # 1-based
    column: int | None = None  # 1-based: of a grid in Word, of a line in text
    paragraph: int | None = None  # 1-based, in document order, paragraphs of cells not counted
    line: int | None = None  # 1-based
    start: int | None = None  # offsets into the decoded text, end exclusive
    end: int | None = None
    more: tuple["Locator", ...] = ()  # further places, where a page break cuts a cell in two


NOWHERE = Locator()

# Kinds of content that may lie in a cell without being text.
UnreadKind = Literal[
    "picture",
    "drawing",  # vector graphics, paths that draw glyphs
    "object",  # embedded by another program: OLE, <object>, <embed>
    "field",  # a form field without a value that can be read
    "annotation",
    "frame",  # another page inside this one
    "script",  # filled in by a program when the page is shown
    "generated",  # by a style sheet
    "nested",  # a table in the cell that does not match the grid around it
    "struck",  # a number struck out, with nothing in its place
    "mark",  # nothing but raised or lowered characters, or such between digits
    "order",  # characters that are shown in another order, or at another place, than they are stored in
    "style",  # a style whose effect on them is not known holds for them
    "font",  # a font that the document brings along draws them, and may draw other digits
    "cut",  # they are wider than the box that cuts them off
]

# Why the characters of a cell or paragraph are not plain.
DoubtKind = Literal[
    "hidden-text",  # characters that are not painted lie beside them
    "overlay",  # something opaque lies near or over them
    "annotation",  # an annotation says something at this place, or these characters are one's
    "field",  # they are the value of a form field
    "text-layer",  # the characters cannot be trusted to be those that are drawn; never verified
]


class Unread(Struct, frozen=True, gc=False):
    """Content of a cell that could not be turned into text, such as a picture or form field."""

    kind: UnreadKind
    guess: str = ""  # what it may say: alternative text, the characters in the order stored
    locator: Locator = NOWHERE  # NOWHERE: that of the cell is exact enough


class Cell(Struct, frozen=True, gc=False):
    """A cell at its top-left grid position (0-based). A merged cell appears once, with its spans.

    A cell is empty only where it has neither text nor unread content.
    """

    row: int
    column: int
    # The visible text on the line: nothing hidden, struck out, superscript or subscript.
    # Paragraphs inside the cell are joined by "\n"; "" where there is none.
    text: str
    locator: Locator = NOWHERE
    row_span: int = 1
    column_span: int = 1
    # Of a value that was recognized in a picture: its readings with their scores (0 to 1), the
    # likeliest first. Empty where the source has characters.
    alternatives: tuple[tuple[str, float], ...] = ()
    printed: str | None = None  # `text` with the note marks that stand raised or lowered; None: as `text`
    unread: tuple[Unread, ...] = ()  # only what may be part of a number: no bullets, rules, spacers
    doubt: DoubtKind | None = None  # why the characters are not plain; None where they are

    @property
    def speaks(self) -> bool:
        """True if the cell has text or unread content."""
        return bool(self.unread or self.text.strip() or (self.printed and self.printed.strip()))


class Table(Struct, frozen=True, dict=True):
    """A grid of cells in reading order. Grid positions that no cell covers are simply absent."""

    cells: tuple[Cell, ...]
    locator: Locator = NOWHERE
    # False if spans or rules are lost: cells of different rows with the same column number may then
    # belong to different columns.
    aligned: bool = True

    def rows(self) -> "dict[int, list[Cell]]":
        """Return the cells that begin in each row, by its number, in reading order; not to be changed."""
        return self._rows

    @cached_property
    def _rows(self) -> "dict[int, list[Cell]]":
        rows: dict[int, list[Cell]] = {}
        for row, cells in groupby(self.cells, key=attrgetter("row")):
            rows.setdefault(row, []).extend(cells)
        return rows

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """The different texts of the cells, in reading order: far fewer than there are cells."""
        return tuple(dict.fromkeys([cell.text for cell in self.cells]))


class Paragraph(Struct, frozen=True, gc=False):
    """A paragraph of running text, or a line where the source has only lines."""

    text: str  # never empty, never only blanks; soft line breaks are "\n"
    locator: Locator = NOWHERE
    level: int | None = None  # 1-9 where the markup itself says heading, 0 for a title style
    unread: tuple[Unread, ...] = ()  # as of a cell: a table may stand in running text
    doubt: DoubtKind | None = None


Block = Paragraph | Table


class Notice(Struct, frozen=True):
    """What a reader of the output should know about how the source was read."""

    code: str  # kebab-case, stable
    message: str  # in Chinese, one sentence
    locator: Locator = NOWHERE


class Document(Struct, frozen=True):
    """What one file says: paragraphs and tables in reading order."""

    format: str  # html, docx, doc, pdf, text, image, ofd
    blocks: tuple[Block, ...]
    # What the file says about itself outside its text, keys in lower case: "title" (HTML
    # title, Word core property, PDF info), and the meta names of government sites
    # ("articletitle", "pubdate", "contentsource", "columnname", "sitename", …).
    metadata: dict[str, str] = field(default_factory=dict)
    notices: tuple[Notice, ...] = ()
    text: str = ""  # the decoded text that start and end count in; text format only
    places: dict[str, Locator] = field(default_factory=dict)  # where entries of `metadata` are printed


class Source(Struct, frozen=True):
    """Bytes plus where they came from."""

    name: str
    data: bytes
    url: str | None = None
    retrieved_at: str | None = None  # ISO 8601
    member: str | None = None  # path inside an archive


class Span(Struct, frozen=True):
    """A stretch of characters of one block: `document.blocks[block].text[start:end]`."""

    block: int
    start: int
    end: int


def locate_within(paragraph: Paragraph, start: int, end: int) -> Locator:
    """Return the locator of `paragraph.text[start:end]`, as exact as the format allows.

    Text counts its own characters, so the offsets are exact there; the other formats
    point at the paragraph.
    """
    whole = paragraph.locator
    if whole.start is None:
        return whole
    before = paragraph.text[:start]
    newline = max(before.rfind("\n"), before.rfind("\r"))
    column = start - newline if newline >= 0 else (whole.column or 1) + start
    lines = before.count("\n") + before.count("\r") - before.count("\r\n")
    return Locator(
        line=(whole.line or 1) + lines, column=column, start=whole.start + start, end=whole.start + end
    )
