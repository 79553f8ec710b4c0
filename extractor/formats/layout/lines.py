"""Groups glyphs into lines of text, on the page and inside a cell."""

from collections.abc import Callable, Iterable
from itertools import pairwise

from extractor.formats.layout.model import Box, Fragment, Glyph, Ink, PageLine
from extractor.formats.layout.spaced import spaced_number
from extractor.patterns import kept_pattern
from extractor.script import in_common_ideographs, without_doubled_radicals

WIDE_GAP = 1.6  # em: a gap wider than any in justified text
WORD_GAP = 0.25  # em: between Latin letters or digits
PADDING = 12.0  # points: left and right padding of a cell, as word processors set it

_DIGIT = kept_pattern(r"[0-9０-９.,，%]")
_LATIN = kept_pattern(r"[A-Za-z]")


def rows_of(glyphs: list[Glyph]) -> list[list[Glyph]]:
    """Group glyphs into lines, top to bottom, each from left to right, without duplicates."""
    if len(glyphs) == 1:
        return [glyphs]
    _, top, _, bottom, _, _ = glyphs[0]
    if top <= bottom and all(glyph[1] == top and glyph[3] == bottom for glyph in glyphs):
        return [_without_doubles(sorted(glyphs))]
    rows: list[list[Glyph]] = []
    limit = float("-inf")
    for glyph in sorted(glyphs, key=_middle):
        middle = (glyph[1] + glyph[3]) / 2
        if middle > limit:
            rows.append([])
            limit = middle + (glyph[3] - glyph[1]) * 0.5
        rows[-1].append(glyph)
    return [_without_doubles(sorted(row)) for row in rows]


def _middle(glyph: Glyph) -> float:
    return glyph[1] + glyph[3]


def _without_doubles(row: list[Glyph]) -> list[Glyph]:
    """Drop glyphs printed twice in nearly the same place, as in simulated bold."""
    kept: list[Glyph] = []
    last = float("-inf")  # the left edge of the one kept last: those before it are no nearer
    for glyph in row:
        x0, _, x1, _, text, _ = glyph
        reach = (x1 - x0) * 0.3
        if x0 - last < reach and any(o.text == text and x0 - o.x0 < reach for o in kept[-3:]):
            continue
        kept.append(glyph)
        last = x0
    return kept


def size_of(row: list[Glyph]) -> float:
    """Return the height of the largest glyph of a line: its em."""
    return max([glyph[3] - glyph[1] for glyph in row])


def box_of(glyphs: Iterable[Glyph]) -> Box:
    """Return the box around glyphs; there must be one."""
    x0s, y0s, x1s, y1s, _, _ = zip(*glyphs, strict=True)
    return (min(x0s), min(y0s), max(x1s), max(y1s))


def fragments_of(row: list[Glyph], wide: float = WIDE_GAP) -> list[Fragment]:
    """Split a line at gaps of more than `wide` em. Blanks at the ends of a fragment are dropped."""
    em = size_of(row)
    if whole := _without_gaps(row, em * min(wide, WORD_GAP)):
        return [whole]
    fragments: list[Fragment] = []
    text: list[str] = []
    start = end = 0.0
    blanks = ""
    for x0, _, x1, _, printed, _ in row:
        if printed.isspace():
            blanks += printed
            continue
        gap = x0 - end
        if text and gap > em * wide:
            fragments.append(Fragment(plain("".join(text)), start, end))
            text, blanks = [], ""
        if not text:
            start = x0
        elif blanks:
            text.append(blanks)
        elif gap > em * WORD_GAP and (_narrow(text[-1]) and _narrow(printed)):
            text.append(" ")
        text.append(printed)
        end = max(end, x1) if text[1:] else x1
        blanks = ""
    if text:
        fragments.append(Fragment(plain("".join(text)), start, end))
    return fragments


def _without_gaps(row: list[Glyph], most: float) -> Fragment | None:
    """Return a line as one fragment if it has no blanks and no gaps wider than `most`, as most lines."""
    start, end = row[0][0], row[0][2]
    for x0, _, x1, _, _, _ in row:
        if x0 - end > most:
            return None
        if x1 > end:
            end = x1
    text = "".join([glyph[4] for glyph in row])
    return Fragment(plain(text), start, end) if text.split(maxsplit=1) == [text] else None


def _narrow(text: str) -> bool:
    return text[-1] < "⺀"


def plain(text: str) -> str:
    """Return the text with radical code points replaced by ideographs: they are a font artefact."""
    return in_common_ideographs(without_doubled_radicals(text))


def line_of(ink: Ink, row: list[Glyph]) -> PageLine | None:
    """Return a line of the page; None if it contains only blanks."""
    printed = [glyph for glyph in row if not glyph.text.isspace()]
    if not printed:
        return None
    return PageLine(ink, box_of(printed), size_of(printed), tuple(fragments_of(row)), row)


def lines_of(ink: Ink, glyphs: list[Glyph]) -> list[PageLine]:
    """Return the lines formed by the glyphs, top to bottom."""
    lines = [line_of(ink, row) for row in rows_of(glyphs)] if glyphs else []
    return [line for line in lines if line]


class CellText:
    """The text of one cell, and measures to decide whether it continues on the next page."""

    def __init__(self, glyphs: list[Glyph], cell: Box) -> None:
        """Read the glyphs of a cell; at least one of them is not a blank."""
        printed = [glyph for glyph in glyphs if not glyph.text.isspace()]
        self.box = box_of(printed)
        self.upright = True
        if len(printed) == 1:
            self.text = plain(printed[0].text)
            self.full = False
            return
        rows = [row for row in rows_of(glyphs) if not all(glyph.text.isspace() for glyph in row)]
        stream = vertical_order(printed, rows)
        if stream:
            self.upright = False
            self.text = plain("".join(glyph.text for glyph in stream))
            self.full = cell[3] - self.box[3] < size_of(stream)
            return
        self.text = _join_rows(rows, cell)
        self.full = _fills(rows[-1], cell)


def vertical_order(printed: list[Glyph], rows: list[list[Glyph]]) -> list[Glyph] | None:
    """Return the glyphs in reading order where the text runs vertically, else None."""
    if len(rows) < 2:
        return None
    if all(sum(not glyph.text.isspace() for glyph in row) == 1 for row in rows):
        drawn = sorted(printed, key=_order)
        return drawn if _climbs(drawn) else sorted(printed, key=_middle)
    if len(rows) < 3:
        return None
    drawn = sorted(printed, key=_order)
    steps = sum(_below(second, first) for first, second in pairwise(drawn))
    return drawn if steps > 0.7 * (len(drawn) - 1) else None


def _climbs(drawn: list[Glyph]) -> bool:
    """True if glyphs were drawn upwards and touch each other, as in text turned by 90 degrees."""
    pairs = pairwise(drawn)
    return all(second.y1 <= first.y0 + 0.3 * (first.y1 - first.y0) for first, second in pairs)


def _below(second: Glyph, first: Glyph) -> bool:
    height = first.y1 - first.y0
    return second.y0 - first.y0 > 0.5 * height and abs(second.x0 - first.x0) < 0.5 * height


def _order(glyph: Glyph) -> int:
    return glyph.order


def _join_rows(rows: list[list[Glyph]], cell: Box) -> str:
    texts = [spaced_number(row) or " ".join(fragment.text for fragment in fragments_of(row)) for row in rows]
    joined = texts[0]
    for row, text in zip(rows, texts[1:], strict=False):
        joined += _between(joined[-1], text[0], lambda row=row: _fills(row, cell)) + text  # type: ignore[misc]
    return joined


def _between(last: str, first: str, full: Callable[[], bool]) -> str:
    """Return the separator between two lines of a cell: none if a word or label wraps."""
    if _LATIN.match(last) and _LATIN.match(first):
        return " "
    if _DIGIT.match(last) and _DIGIT.match(first) and not full():
        return "\n"
    return ""


def _fills(row: list[Glyph], cell: Box) -> bool:
    """Return whether one more glyph would not have fitted into the line."""
    printed = [glyph for glyph in row if not glyph.text.isspace()]
    width = printed[-1].x1 - printed[0].x0
    return cell[2] - cell[0] - width < (printed[-1].x1 - printed[-1].x0) + PADDING
