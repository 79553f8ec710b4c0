"""Several reports in one file: those of an area's agencies in one volume, or of one agency's years.

Each begins with a title, and its sections follow before the next title. A repeated title (in a table of
contents, or on the page as well as in the text) does not begin a report.
"""

from collections.abc import Iterator, Sequence

from msgspec import Struct, structs

from extractor.document import Block, Document, Paragraph
from extractor.patterns import kept_pattern
from extractor.recognize.issuer.title import Title, read_title
from extractor.recognize.outline.headings import main_code
from extractor.recognize.whole_table import with_text_apart

_TITLE_ENDS = kept_pattern(r"(?:报告|年报|）|\))\s*$")
_LONGEST_TITLE = 80  # characters
_MOST_LINES = 3  # most lines of a title
_HEADING = kept_pattern(r"([一二三四五六七八九]{1,2}|\d)[、.．,，]\s*(\S.{1,40})")
_FIRST = ("一", "1")
_FEWEST_SECTIONS = 3


class _Opening(Struct, frozen=True):
    """The beginning of a possible report: the first block of its title, and the title."""

    begin: int
    agency: str
    year: int | None

    def is_of_another_report(self, other: "_Opening") -> bool:
        """Return whether agency or year differ; if one is not named, they may be the same."""
        apart = self.agency and other.agency and self.agency != other.agency
        return bool(apart or (self.year and other.year and self.year != other.year))


def reports_in(document: Document) -> list[Document]:
    """Return the reports that a file contains one after another; the document itself if it is only one.

    Text before the first title, such as a table of contents, is left out if there are several. Prose inside
    tables is turned into paragraphs.
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
    """Return the most complete title that ends with a block, and its first block; of equals the shortest."""
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
    """Return whether the blocks begin a report: with a first section that others follow."""
    headings = (_HEADING.match(block.text.strip()) for block in blocks if isinstance(block, Paragraph))
    named = [(found[1], main_code("".join(found[2].split()))) for found in headings if found]
    known = [(serial, code) for serial, code in named if code]
    return bool(known) and known[0][0] in _FIRST and len({code for _, code in known}) >= _FEWEST_SECTIONS
