"""The running text of a document as one string without blanks, every character traceable.

Used to find labels of tables that have lost their cells: blanks and line breaks may split a label, but they
also separate values.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from extractor.document import Block, Cell, Paragraph, Span, Table
from extractor.located import GluedPiece
from extractor.numerals import DASHES, FOLDED, UNIT, UNIT_CHARACTERS, has_number, is_value
from extractor.patterns import kept_pattern, late_pattern
from extractor.recognize.labels import in_wording_of_forms
from extractor.script import INVISIBLE

VALUE_CHARACTERS = frozenset(f"0123456789.,+-{DASHES}/无{UNIT_CHARACTERS}")
_COUNTED = rf"[\d.,+\-{DASHES}/无]|(?<=[\d无]){UNIT}"
# A remark behind a number, 22（其中修订16件）, stays with it.
VALUES = late_pattern(rf"(?:{_COUNTED}|(?<=[\d{UNIT_CHARACTERS}])\([^()]{{2,30}}\))*")
NUMBERS = late_pattern(rf"\d(?:{_COUNTED})*")
_PAGE_NUMBER = late_pattern(r"\s*(?:[-–—·]\s*\d{1,3}\s*[-–—·]|第\s*\d{1,3}\s*页)\s*$")
_QUOTES = kept_pattern(rf"[\s“”\"'‘’「」『』|*{INVISIBLE}]+")


def _tells_number(cell: Cell) -> bool:
    return bool(cell.unread) or (has_number(cell.text) and is_value(cell.text))


class Stream:
    """The paragraphs of a document as one string without blanks, every character traceable."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        """Join the paragraphs; a table between two paragraphs keeps them apart."""
        self.paragraphs = [
            (i, block)
            for i, block in enumerate(blocks)
            if isinstance(block, Paragraph) and not (len(block.text) < 10 and _PAGE_NUMBER.match(block.text))
        ]
        self._starts: list[int] = []
        offset = 0
        for _, paragraph in self.paragraphs:
            self._starts.append(offset)
            offset += len(paragraph.text) + 1
        whole = "\n".join(paragraph.text for _, paragraph in self.paragraphs)
        folded = in_wording_of_forms(whole.translate(FOLDED))
        if len(folded) != len(whole):  # that wording would change the length: only convert the script
            folded = whole.translate(FOLDED)
        self._places: list[int] = []
        parts: list[str] = []
        last = 0
        for gap in _QUOTES.finditer(folded):
            parts.append(folded[last : gap.start()])
            self._places.extend(range(last, gap.start()))
            last = gap.end()
        parts.append(folded[last:])
        self._places.extend(range(last, len(folded)))
        self.text = "".join(parts)
        self.tables = self._places_of_tables(blocks)

    def _places_of_tables(self, blocks: Sequence[Block]) -> list[int]:
        """Return the positions in the text at which there are tables with numbers."""
        last, found = -1, set()
        paragraphs = {block for block, _ in self.paragraphs}
        for at, block in enumerate(blocks):
            if at in paragraphs:
                last += 1
            elif isinstance(block, Table) and any(_tells_number(cell) for cell in block.cells):
                ends = self._starts[last + 1] if last + 1 < len(self._starts) else None
                found.add(len(self._places) if ends is None else bisect_left(self._places, ends))
        return sorted(found)

    def pieces(self, start: int, end: int) -> tuple[GluedPiece, ...]:
        """Return the pieces of `text[start:end]` that no blank or line break divides."""
        found: list[GluedPiece] = []
        at = start
        for index in range(start + 1, end + 1):
            if index == end or self._places[index] != self._places[index - 1] + 1:
                found.append(self._piece(at, index))
                at = index
        return tuple(found)

    def piece_at(self, start: int) -> GluedPiece:
        """Return the character at a position of the stream as a piece."""
        return self._piece(start, start + 1)

    def _piece(self, start: int, end: int) -> GluedPiece:
        place = self._places[start]
        number = bisect_right(self._starts, place) - 1
        paragraph = self.paragraphs[number][1]
        return GluedPiece(self.text[start:end], paragraph.locator, paragraph, place - self._starts[number])

    def paragraph_of(self, span: Span) -> Paragraph:
        """Return the paragraph that a span stands in."""
        number = bisect_left(self.paragraphs, span.block, key=lambda each: each[0])
        return self.paragraphs[number][1]

    def spans(self, start: int, end: int) -> Iterator[Span]:
        """Return `text[start:end]` as spans of the document's blocks."""
        if start >= end:
            return
        first, last = self._places[start], self._places[end - 1] + 1
        number = bisect_right(self._starts, first) - 1
        while number < len(self.paragraphs) and self._starts[number] < last:
            block, paragraph = self.paragraphs[number]
            begin = max(first - self._starts[number], 0)
            stop = min(last - self._starts[number], len(paragraph.text))
            if begin < stop:
                yield Span(block, begin, stop)
            number += 1
