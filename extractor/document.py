"""The document model: what every adapter produces and every recognizer reads.

It holds what a file says and where, and no opinion about what it means. Text is kept
exactly as read; cleaning belongs to the recognizers.
"""

from msgspec import Struct, field


class Locator(Struct, frozen=True, omit_defaults=True):
    """Where a piece of text stands, precise enough for a person to find it again.

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


class Cell(Struct, frozen=True):
    """A cell at its top-left grid position (0-based). A merged cell appears once, with its spans."""

    row: int
    column: int
    text: str  # paragraphs inside the cell joined by "\n"; "" where empty
    locator: Locator = NOWHERE
    row_span: int = 1
    column_span: int = 1
    # Of a value that was recognized in a picture: its readings with their scores (0 to 1), the
    # likeliest first. Empty where the source has characters.
    alternatives: tuple[tuple[str, float], ...] = ()


class Table(Struct, frozen=True):
    """A grid of cells in reading order. Grid positions that no cell covers are simply absent."""

    cells: tuple[Cell, ...]
    locator: Locator = NOWHERE
    # False where the source has lost its spans or its rules: then cells of different
    # rows with the same column number need not stand under each other.
    aligned: bool = True


class Paragraph(Struct, frozen=True):
    """A paragraph of running text, or a line where the source has only lines."""

    text: str  # never empty, never only blanks; soft line breaks are "\n"
    locator: Locator = NOWHERE
    level: int | None = None  # 1-9 where the markup itself says heading, 0 for a title style


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
