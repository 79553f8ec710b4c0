"""The sections of a report: a tree of titled parts, however their headings are typeset."""

from bisect import bisect_right
from collections.abc import Sequence

from msgspec import Struct

from extractor.document import NOWHERE, Block, Locator, Paragraph, Span, locate_within
from extractor.recognize.outline.candidates import find_candidates, find_unnumbered
from extractor.recognize.outline.headings import main_code, sub_code
from extractor.recognize.outline.numbering import Rank
from extractor.recognize.outline.ordering import Heading, Order, without_lists
from extractor.recognize.outline.tape import Tape, lay_out
from extractor.report import Section
from extractor.script import simplified


class Beginning(Struct, frozen=True, gc=False):
    """Where the text of a section begins: its code, the block, and the offset of the first character."""

    block: int
    offset: int
    code: str | None


class Outline(Struct, frozen=True):
    """The sections of a report, and the section that each of its blocks belongs to.

    `section_of` gives for each block the code of the innermost section it begins in; a section
    without a code of its own, such as （一）存在的主要问题, counts as part of the one around it.
    """

    sections: tuple[Section, ...]
    section_of: dict[int, str | None]
    beginnings: tuple[Beginning, ...] = ()

    def section_at(self, block: int, offset: int = 0) -> str | None:
        """Return the code of the section that a character of a block stands in."""
        n = bisect_right(self.beginnings, (block, offset), key=lambda b: (b.block, b.offset))
        return self.beginnings[n - 1].code if n else None


class _Part(Struct):
    """A section being built: `text[start:end]` is its heading, `text[end:until]` its text."""

    code: str | None
    rank: int
    start: int
    end: int
    after: int
    until: int
    parts: list["_Part"]
    around: str | None  # the code of the innermost section with one
    locator: Locator = NOWHERE
    outermost: bool = True


def find_outline(
    blocks: Sequence[Block], taken: Sequence[Span] = (), begin: int = 0, *, headed: bool = True
) -> Outline:
    """Find the sections in the blocks from `begin` on.

    `taken` are the ranges that other recognizers read as tables; they are neither heading nor text. Whatever
    is not certainly a heading stays text. No character is lost, except the punctuation that closes a heading
    (。 or ：). A text that is not `headed` is all preamble.
    """
    tape = lay_out(blocks, taken, begin)
    parts = _parts(tape, _headings(blocks, tape) if headed else [])
    _locate(blocks, tape, parts)
    sections = tuple(_section(tape, part) for part in parts if part.outermost)
    starts = [part.start for part in parts]
    section_of: dict[int, str | None] = dict.fromkeys(range(len(blocks)))
    for block, position in tape.begins.items():
        n = bisect_right(starts, _first_ink(tape, position))
        section_of[block] = parts[n - 1].around if n else None
    return Outline(sections, section_of, _beginnings(tape, parts))


def _headings(blocks: Sequence[Block], tape: Tape) -> list[Heading]:
    text = simplified(tape.text)
    levels = {
        tape.begins[number]: block.level
        for number, block in enumerate(blocks)
        if isinstance(block, Paragraph) and block.level and number in tape.begins
    }
    numbered = find_candidates(text)
    unnumbered = list(find_unnumbered(text, frozenset(levels)))
    order = Order(text, numbered)
    lowest = min(levels.values(), default=0)
    for candidate in sorted([*unnumbered, *numbered], key=lambda c: c.mark.start):
        level = levels.get(candidate.mark.start)
        order.take(candidate, level - lowest + 1 if level else None)
    return without_lists(text, order.headings)


def _parts(tape: Tape, headings: Sequence[Heading]) -> list[_Part]:
    """Return preamble and sections in reading order, each with its code."""
    first = headings[0].candidate.mark.start if headings else len(tape.text)
    parts = []
    if any(_lines_exist(tape, 0, first)):
        parts.append(_Part("preamble", 0, 0, 0, 0, first, [], "preamble"))
    ends = [*(heading.candidate.mark.start for heading in headings[1:]), len(tape.text)][: len(headings)]
    numbered_main = any(heading.candidate.mark.rank == Rank.MAIN for heading in headings)
    above: list[_Part] = []
    for heading, until in zip(headings, ends, strict=True):
        candidate = heading.candidate
        while above and above[-1].rank >= heading.rank:
            above.pop()
        code = _code(heading, above, numbered_main)
        around = code or (above[-1].around if above else None)
        part = _Part(
            code, heading.rank, candidate.mark.start, candidate.end, candidate.after, until, [], around
        )
        if above:
            part.outermost = False
            above[-1].parts.append(part)
        above.append(part)
        parts.append(part)
    return parts


def _lines_exist(tape: Tape, start: int, end: int) -> list[bool]:
    return [
        True for piece in tape.within(start, end) if tape.text[piece.start : piece.start + piece.size].strip()
    ]


def _code(heading: Heading, above: Sequence[_Part], numbered_main: bool) -> str | None:
    candidate = heading.candidate
    if heading.apart:
        return None
    if not above:
        # If （一）主动公开 comes before any 一、, it belongs to an overview whose heading is missing.
        if heading.rank == Rank.SUB and candidate.sub and numbered_main:
            return candidate.sub
        return candidate.main or main_code(candidate.body) or candidate.sub
    inside = [part.code for part in above if part.code]
    return sub_code(candidate.body) if inside == ["overview"] else None


def _section(tape: Tape, part: _Part) -> Section:
    return Section(
        code=part.code,
        heading="".join(map(str.strip, tape.text[part.start : part.end].splitlines())),
        text=_text(tape, part.after, part.until),
        locator=part.locator,
        sections=tuple([_section(tape, inner) for inner in part.parts]),
    )


def _text(tape: Tape, start: int, end: int) -> str:
    lines = [tape.text[piece.start : piece.start + piece.size].strip() for piece in tape.within(start, end)]
    return "\n".join(filter(None, lines))


def _locate(blocks: Sequence[Block], tape: Tape, parts: Sequence[_Part]) -> None:
    """Set the position of each part: where its heading begins; for the preamble, where its text begins."""
    last, known = -1, (0, NOWHERE)
    for part in parts:
        found = _first_line(tape, part.start, part.end if part.end > part.start else part.until)
        if found is None:
            continue
        number, start, end = found
        block = blocks[number]
        if not isinstance(block, Paragraph):
            continue
        # One line may hold hundreds of headings: each is searched from the one before, so time stays linear.
        offset, locator = known if number == last else (0, block.locator)
        part.locator = locate_within(Paragraph(block.text[offset:end], locator), start - offset, end - offset)
        last, known = number, (start, part.locator)


def _first_line(tape: Tape, start: int, end: int) -> tuple[int, int, int] | None:
    """Return block and offsets of the first text in a range of the tape, without outer blanks."""
    for piece in tape.within(start, end):
        printed = tape.text[piece.start : piece.start + piece.size]
        if bare := printed.strip():
            first = piece.offset + len(printed) - len(printed.lstrip())
            return piece.block, first, first + len(bare)
    return None


def _first_ink(tape: Tape, position: int) -> int:
    """Return the first position from the given one on that is not a blank."""
    rest = tape.text[position : position + 200]
    return position + len(rest) - len(rest.lstrip())


def _beginnings(tape: Tape, parts: Sequence[_Part]) -> tuple[Beginning, ...]:
    places = ((tape.first(part.start, part.until), part) for part in parts)
    return tuple([Beginning(*place, part.around) for place, part in places if place])
