"""The paragraphs of a document as one string, so that a heading can span several, with offsets back."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from msgspec import Struct

from extractor.document import Block, Paragraph, Span

GAP = (
    "\uffff"  # stands for a table or a range taken by another recognizer; in section text, only a line break
)


class TapePiece(Struct, frozen=True, gc=False):
    """`blocks[block].text[offset:offset + size]`, placed on the tape from `start` on."""

    start: int
    block: int
    offset: int
    size: int


class Tape(Struct, frozen=True):
    """Text between tables and taken stretches, a line feed between paragraphs, GAP for the rest."""

    text: str
    pieces: tuple[TapePiece, ...]
    starts: tuple[int, ...]  # of the pieces
    begins: dict[int, int]  # block -> position on the tape

    def first(self, start: int, end: int) -> tuple[int, int] | None:
        """Return block and offset of the first character of `text[start:end]`."""
        n = max(0, bisect_right(self.starts, start) - 1)
        for piece in self.pieces[n : n + 2]:
            left = max(start, piece.start)
            if left < min(end, piece.start + piece.size):
                return piece.block, piece.offset + left - piece.start
        return None

    def within(self, start: int, end: int) -> Iterator[TapePiece]:
        """Yield the pieces of `text[start:end]`, cut at its ends."""
        first = max(0, bisect_right(self.starts, start) - 1)
        for piece in self.pieces[first : bisect_left(self.starts, end)]:
            left, right = max(start, piece.start), min(end, piece.start + piece.size)
            if right - left == piece.size:
                yield piece
            elif left < right:
                yield TapePiece(left, piece.block, piece.offset + left - piece.start, right - left)


def lay_out(blocks: Sequence[Block], taken: Sequence[Span], begin: int) -> Tape:
    """Join the paragraphs from `begin` on into one tape, without the ranges in `taken`."""
    spans: dict[int, list[Span]] = {}
    for span in sorted(taken, key=lambda span: span.start):
        spans.setdefault(span.block, []).append(span)
    parts, pieces, begins, size = ["\n"], list[TapePiece](), dict[int, int](), 1
    for number, block in enumerate(blocks[begin:], begin):
        begins[number] = size
        for part, offset in _parts(block, spans.get(number, ())):
            if offset is not None:
                pieces.append(TapePiece(size, number, offset, len(part)))
            parts.append(part)
            size += len(part)
        parts.append("\n")
        size += 1
    return Tape("".join(parts), tuple(pieces), tuple(piece.start for piece in pieces), begins)


def _parts(block: Block, spans: Sequence[Span]) -> Iterator[tuple[str, int | None]]:
    """Yield the free ranges of a block with their offsets; between them GAP, with no offset."""
    if not isinstance(block, Paragraph):
        yield GAP, None
        return
    position = 0
    for span in spans:
        if position < span.start:
            yield block.text[position : span.start], position
        yield GAP, None
        position = max(position, span.end)
    if position < len(block.text):
        yield block.text[position:], position
