"""Plain text: paragraphs by line, and the tables that the lines still show.

Plain text has no rules or spans. If the layout proves a table (tabs, pipes, counted line ends, columns of
spaces), it becomes a Table; otherwise every line stays a Paragraph.
"""

import re
from collections.abc import Callable

from extractor.document import Block, Document, Paragraph, Source
from extractor.encoding import decode
from extractor.errors import Unreadable
from extractor.formats.text.cell_lines import cell_line_grids, without_forum_marks
from extractor.formats.text.counted import counted_grids
from extractor.formats.text.drawn import drawn_grids
from extractor.formats.text.frames import frame_grids
from extractor.formats.text.furniture import without_furniture
from extractor.formats.text.header import split_header
from extractor.formats.text.lines import (
    TextGrid,
    TextLine,
    TextPiece,
    split_lines,
    whole,
    without_emphasis,
    without_reply_marks,
)
from extractor.formats.text.notices import character_notices
from extractor.formats.text.pipes import pipe_grids
from extractor.formats.text.separated import separated_grids
from extractor.formats.text.spaces import spaced_grids
from extractor.formats.text.tabs import tabbed_grids
from extractor.formats.text.written import written_grids
from extractor.patterns import kept_pattern

_Finder = Callable[[str, list[TextLine]], list[TextGrid]]
# Most reliable finder first: lines taken by one are hidden from the next.
_FINDERS: tuple[_Finder, ...] = (
    written_grids,
    cell_line_grids,
    frame_grids,
    drawn_grids,
    separated_grids,
    tabbed_grids,
    pipe_grids,
    counted_grids,
    spaced_grids,
)
_MARKED_HEADING = kept_pattern(r"([#=]{1,6})[ \t\u3000]+(\S.*?)(?:[ \t]+#+)?", re.DOTALL)
_EMPTY_FIELDS = (",,", ";;")  # at the end of a row of separated values
_TEX_HEADING = kept_pattern(r"\\(title|chapter|(?:sub){0,2}section|paragraph)\*?\{(.+)\}")


def read(source: Source) -> Document:
    """Read a text file. Raise Unreadable if it contains nothing but blanks.

    `document.text` is the decoded text, untouched. Each paragraph or cell is the text from `locator.start` to
    `locator.end`.
    """
    text, _ = decode(source.data)
    lines = without_furniture(text, without_reply_marks(split_lines(text)))
    if not any(line.text for line in lines):
        raise Unreadable(f"{source.name}: 文件里没有文字")
    metadata, first = split_header(lines)
    blocks = _blocks(text, lines[first:], _FINDERS)
    return Document("text", tuple(blocks), metadata, character_notices(text, lines), text)


def _blocks(text: str, lines: list[TextLine], finders: tuple[_Finder, ...]) -> list[Block]:
    if not finders:
        return [_paragraph(text, line) for line in lines if line.text]
    found: list[Block] = []
    done = 0
    for grid in finders[0](text, lines):
        found += _blocks(text, lines[done : grid.first], finders[1:])
        found.append(grid.table)
        done = grid.last
    return found + _blocks(text, lines[done:], finders[1:])


def _paragraph_of_sheet(line: TextLine) -> Paragraph:
    """Return the text of a row whose other fields are empty, without its separators and quotation marks."""
    own = line.text.rstrip(",;") or line.text
    start = line.start
    if len(own) > 2 and own[0] == own[-1] == '"':
        own, start = own[1:-1], start + 1
    return Paragraph(own, line.place(start, start + len(own)))


def _paragraph(text: str, line: TextLine) -> Paragraph:
    start, end, level = line.start, line.end, None
    if line.text.endswith(_EMPTY_FIELDS):
        return _paragraph_of_sheet(line)
    if line.text[0] in "#=" and (heading := _MARKED_HEADING.fullmatch(line.text)):
        level = len(heading[1])
        inner = TextPiece(line, line.start + heading.start(2), line.start + heading.end(2))
        _, start, end = without_emphasis(text, inner)
    elif line.text[0] == "\\" and (heading := _TEX_HEADING.fullmatch(line.text)):
        level = 1 + heading[1].count("sub")
        start, end = line.start + heading.start(2), line.start + heading.end(2)
    elif line.text[0] == "[" and (marked := without_forum_marks(text, whole(line))) != whole(line):
        _, start, end = marked
    return Paragraph(line.text[start - line.start : end - line.start], line.place(start, end), level)
