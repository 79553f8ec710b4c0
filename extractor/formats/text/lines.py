"""Lines of a plain text and the tables that are laid out in them."""

import re
from typing import NamedTuple

from msgspec import Struct

from extractor.document import Cell, Locator, Table
from extractor.numerals import DASHES, UNIT, plain
from extractor.patterns import kept_pattern
from extractor.script import INVISIBLE

_SPACES = "\t\n\x0b\x0c\r \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)
_CONTROLS = "".join(map(chr, range(0x20))) + "\x7f"
# Characters trimmed from the ends of a line or cell: nothing visible.
BLANKS = "".join(sorted(set(_SPACES + INVISIBLE + _CONTROLS)))
_BARE_ENDS = frozenset(("\r", "\n", "\r\n"))
# str.splitlines also splits at these, which reports never use as line ends.
_NOT_LINE_ENDS = "\x1c\x1d\x1e\x85"


_DIGITS = rf"[-+{DASHES}]?[0-9]+(?:[,.][0-9]+)*"
_NUMBER = kept_pattern(rf"{_DIGITS}%?|[/{DASHES}-]|无")
_VALUE = kept_pattern(rf"{_DIGITS}\s*(?:%|\(.*|{UNIT}(?:\s*[-0-9.]+{UNIT})?)?|[/{DASHES}-]", re.DOTALL)
_REPLY_MARKS = kept_pattern("(?:> ?)+")
_EMPHASIS = kept_pattern(r"(?P<mark>\*{1,3}|_{1,3})(?P<inner>[^*_~]+)(?P=mark)")
_SECTION_HEADING = kept_pattern("[#* ]*([一二三四五六七八九十]{1,2})、")
_SERIALS = {serial: number for number, serial in enumerate("一二三四五六七八九十", 1)}


class TextLine(Struct, frozen=True, gc=False):
    """One visible line, or a blank line that stands for an empty cell."""

    number: int  # 1-based
    origin: int  # offset of its first character, including blanks
    start: int  # offset of its first visible character
    end: int  # offset after its last visible character
    stop: int  # offset of its line end
    text: str  # text from start to end; "" if there are only tabs and blanks
    marks: int = 0  # number of characters before `origin`: the marks of a quoted mail

    def column_of(self, offset: int) -> int:
        """Return the 1-based column of a character of the line."""
        return self.marks + offset - self.origin + 1

    def place(self, start: int, end: int) -> Locator:
        """Return the locator of a range that begins on the line."""
        return Locator(line=self.number, column=self.column_of(start), start=start, end=end)


class TextPiece(NamedTuple):
    """A trimmed part of a text, and the line on which it begins."""

    line: TextLine
    start: int
    end: int


class PlacedPiece(NamedTuple):
    """A piece at its grid position (0-based), spanning `span` columns."""

    row: int
    column: int
    span: int
    piece: TextPiece


class TextGrid(NamedTuple):
    """A table and the lines that it occupies: `lines[first:last]`."""

    first: int
    last: int
    table: Table


def split_lines(text: str) -> list[TextLine]:
    r"""Return the lines that are not blank, and blank lines that contain a tab.

    Lines end at \n, \r\n, a bare \r, \v, \f, U+2028 and U+2029. The difference of two
    numbers is the count of line ends between two lines.

    >>> [(line.number, line.text) for line in split_lines("一\r\r 二\r\n三")]
    [(1, '一'), (3, '二'), (4, '三')]
    """
    source = text
    for character in _NOT_LINE_ENDS:
        if character in source:
            source = source.replace(character, " ")
    found: list[TextLine] = []
    origin = 0
    for number, raw in enumerate(source.splitlines(keepends=True), 1):
        if raw in _BARE_ENDS:
            origin += len(raw)
            continue
        visible = raw.lstrip(BLANKS)
        after = origin + len(raw)
        if visible:
            start = after - len(visible)
            end = start + len(visible.rstrip(BLANKS))
            stop = origin + len(raw.rstrip("\n\r\x0b\x0c\u2028\u2029"))
            found.append(TextLine(number, origin, start, end, stop, text[start:end]))
        elif "\t" in raw:
            stop = origin + len(raw.rstrip("\n\r\x0b\x0c\u2028\u2029"))
            found.append(TextLine(number, origin, stop, stop, stop, ""))
        origin = after
    return found


def without_reply_marks(lines: list[TextLine]) -> list[TextLine]:
    """Return the lines of a quoted mail without the > before each; unchanged for other texts."""
    marks = [_REPLY_MARKS.match(line.text) for line in lines]
    quoted = [line for line, mark in zip(lines, marks, strict=True) if mark or not line.text]
    if 10 * len(quoted) < 9 * len(lines) or not any(marks):
        return lines
    found: list[TextLine] = []
    for line, mark in zip(lines, marks, strict=True):
        length = mark.end() if mark else 0
        rest = line.text[length:]
        shown = rest.lstrip(BLANKS)
        origin = line.start + length
        start = line.end - len(shown)
        if shown or "\t" in rest:
            found.append(
                TextLine(line.number, origin, start, line.end, line.stop, shown, origin - line.origin)
            )
    return found


def trimmed(text: str, line: TextLine, start: int, end: int) -> TextPiece:
    """Return `text[start:end]` without the blanks at its ends, as a piece that starts on `line`."""
    kept = text[start:end].lstrip(BLANKS)
    start = end - len(kept)
    return TextPiece(line, start, start + len(kept.rstrip(BLANKS)))


def without_emphasis(text: str, piece: TextPiece) -> TextPiece:
    """Return the text between a pair of marks for bold or italic type; the piece itself without such marks.

    Marks for struck-out text (~~) are kept.
    """
    while inner := _EMPHASIS.fullmatch(text, piece.start, piece.end):
        piece = trimmed(text, piece.line, *inner.span("inner"))
    return piece


def whole(line: TextLine) -> TextPiece:
    """Return the visible part of a line."""
    return TextPiece(line, line.start, line.end)


def table_of(text: str, rows: list[list[TextPiece]], aligned: bool) -> Table:
    """Make a table of rows of pieces: a cell's column is its position in its row."""
    placed = [
        PlacedPiece(number, column, 1, piece)
        for number, row in enumerate(rows)
        for column, piece in enumerate(row)
    ]
    return placed_table(text, placed, aligned)


def placed_table(text: str, placed: list[PlacedPiece], aligned: bool) -> Table:
    """Make a table of placed pieces, given in reading order."""
    cells = tuple(
        Cell(
            row,
            column,
            text[piece.start : piece.end],
            piece.line.place(piece.start, piece.end),
            1,
            span,
        )
        for row, column, span, piece in placed
    )
    first, last = placed[0].piece, placed[-1].piece
    return Table(cells, first.line.place(first.start, last.end), aligned)


def columns_agree(text: str, rows: list[list[TextPiece]]) -> bool:
    """Return whether cells at the same position in their rows can be in one column.

    They cannot if rows differ in length, or if a column has a label in one row and a number in another: then
    a span has been lost.
    """
    if len({len(row) for row in rows}) > 1:
        return False
    of_numbers: set[int] = set()
    of_labels: set[int] = set()
    for row in rows:
        shown = [text[piece.start : piece.end] for piece in row]
        numeric = [is_number(cell) or is_value(cell) for cell in shown]
        of_numbers.update(column for column, is_it in enumerate(numeric) if is_it)
        of_labels.update(
            column
            for column, after in enumerate(numeric[1:])
            if after and shown[column] and not numeric[column]
        )
    return of_numbers.isdisjoint(of_labels)


def is_number(text: str) -> bool:
    """Return whether a cell is a number or a mark for none, and nothing else."""
    return _NUMBER.fullmatch(plain(text)) is not None


def is_value(text: str) -> bool:
    """Return whether a cell is a number, alone or with its unit or a remark after it.

    >>> [is_value(text) for text in ("22（其中修订16件）", "251000元", "1.属于国家秘密", "3")]
    [True, True, False, True]
    """
    return _VALUE.fullmatch(plain(text)) is not None


def is_section_heading(text: str) -> bool:
    """Return whether a line begins like 三、, as headings of reports do."""
    return _SECTION_HEADING.match(text) is not None


def section_serial(text: str) -> int | None:
    """Return the number of a line that begins like 三、.

    >>> section_serial("三、办理结果"), section_serial("十二、其他"), section_serial("（三）")
    (3, 12, None)
    """
    match = _SECTION_HEADING.match(text)
    if match is None:
        return None
    first, *rest = (_SERIALS[character] for character in match[1])
    return 10 * (first if first < 10 else 1) + rest[0] % 10 if rest else first
