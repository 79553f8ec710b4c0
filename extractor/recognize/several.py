"""Several reports in one file: those of an area's bodies in one volume, or of one body's years.

Each begins with a title of its own, and its sections follow before the next title. A title
that stands again (on the page and in the text, in a list of contents) begins nothing.
"""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct, structs

from extractor.document import Block, Document, Paragraph
from extractor.recognize.issuer.title import Title, read_title
from extractor.recognize.outline.headings import main_code
from extractor.recognize.whole_table import with_text_apart

_TITLE_ENDS = re.compile(r"(?:报告|年报|）|\))\s*$")
_LONGEST_TITLE = 80  # characters
_MOST_LINES = 3  # of a title
_HEADING = re.compile(r"([一二三四五六七八九]{1,2}|\d)[、.．,，]\s*(\S.{1,40})")
_FIRST = ("一", "1")
_FEWEST_SECTIONS = 3


class _Opening(Struct, frozen=True):
    """Where a title stands, its first line at `begin`, and what it says."""

    begin: int
    agency: str
    year: int | None

    def is_of_another_report(self, other: "_Opening") -> bool:
        """Say whether agency or year is another; one that is not named may be the same."""
        apart = self.agency and other.agency and self.agency != other.agency
        return bool(apart or (self.year and other.year and self.year != other.year))


def reports_in(document: Document) -> list[Document]:
    """Return the reports that a file holds one after another; the document itself where it is one.

    What stands before the first title, such as a list of contents, is in none of several. What a table
    holds that is text stands as text.
    """
    document = with_text_apart(document)
    openings: list[_Opening] = []
    for opening in _openings(document.blocks):
        if not openings or opening.is_of_another_report(openings[-1]):
            openings.append(opening)
    begun = [
        opening
        for opening, end in _with_ends(openings, len(document.blocks))
        if _has_sections(document.blocks[opening.begin : end])
    ]
    if len(begun) < 2:
        return [document]
    return [
        structs.replace(document, blocks=document.blocks[opening.begin : end], metadata={}, places={})
        for opening, end in _with_ends(begun, len(document.blocks))
    ]


def _with_ends(openings: Sequence[_Opening], end: int) -> Iterator[tuple[_Opening, int]]:
    yield from zip(openings, [*(each.begin for each in openings[1:]), end], strict=False)


def _openings(blocks: Sequence[Block]) -> Iterator[_Opening]:
    for at, block in enumerate(blocks):
        if not isinstance(block, Paragraph) or len(block.text) > _LONGEST_TITLE or block.text.isascii():
            continue
        if _TITLE_ENDS.search(block.text) and (found := _title_ending_at(blocks, at)):
            begin, title = found
            if title.rank:
                yield _Opening(begin, title.agency, title.year)


def _title_ending_at(blocks: Sequence[Block], last: int) -> tuple[int, Title] | None:
    """Return the fullest, shortest title whose last line is a block, and the block of its first line."""
    best: tuple[int, Title] | None = None
    text = ""
    for begin in range(last, max(last - _MOST_LINES, -1), -1):
        block = blocks[begin]
        if not isinstance(block, Paragraph) or len(block.text) > _LONGEST_TITLE:
            break
        text = "".join(block.text.split()) + text
        title = read_title(text)
        if title and title.text == text and (best is None or title.rank > best[1].rank):
            best = begin, title
    return best


def _has_sections(blocks: Sequence[Block]) -> bool:
    """Say whether a report begins among the blocks: with its first section, and others behind it."""
    headings = (_HEADING.match(block.text.strip()) for block in blocks if isinstance(block, Paragraph))
    named = [(found[1], main_code("".join(found[2].split()))) for found in headings if found]
    known = [(serial, code) for serial, code in named if code]
    return bool(known) and known[0][0] in _FIRST and len({code for _, code in known}) >= _FEWEST_SECTIONS
