"""Note marks: small superscript or subscript characters beside a number."""

from collections import Counter

from msgspec import Struct

from extractor.formats.layout.model import Glyph
from extractor.formats.painted import LONGEST_MARK
from extractor.patterns import kept_pattern

_SMALL = 0.8  # a mark's size must be below this share of its neighbour's
_RAISED = 0.27  # em: how far the lower edge of a superscript is above that of its neighbour, at least
_LOWERED = 0.06  # em: how far that of a subscript is below, at least
_GAP = 0.6  # em: the largest gap between a mark and its neighbour
_MARK = kept_pattern(r"[0-9０-９*＊※#†‡注①-⑳()（）\[\]［］〔〕【】]")
_BASE = kept_pattern(r"[0-9０-９%％元件一-鿿)）]")
_DIGIT = kept_pattern(r"[0-9０-９]")


class Marked(Struct):
    """The characters of a cell without its note marks, and all characters with the marks in place."""

    plain: list[Glyph]
    printed: list[Glyph]
    unclear: bool  # a mark is between digits, or too long for one: the number is uncertain


def marked(glyphs: list[Glyph]) -> Marked | None:
    """Separate the note marks of a cell from its text; None if there are none."""
    heights = [glyph.y1 - glyph.y0 for glyph in glyphs if not glyph.text.isspace()]
    if not heights or min(heights) > _SMALL * max(heights):
        return None
    plain, marks = _parted(glyphs, max(heights))
    if not marks or not plain:
        return None
    beside = {mark.order: _neighbour(mark, plain) for mark in marks}
    printed = [
        *plain,
        *(mark._replace(y0=base.y0, y1=base.y1) for mark in marks if (base := beside[mark.order])),
    ]
    digits = [glyph for glyph in plain if _DIGIT.match(glyph.text)]
    lengths = Counter(
        base.order for mark in marks if _DIGIT.match(mark.text) and (base := beside[mark.order])
    )
    unclear = max(lengths.values(), default=0) > LONGEST_MARK or any(
        _is_within(mark, digits) for mark in marks
    )
    return Marked(plain, sorted(printed), unclear)


def _parted(glyphs: list[Glyph], em: float) -> tuple[list[Glyph], list[Glyph]]:
    """Return the characters on the line, and the marks: small, off the line, next to it or to other marks."""
    large = [glyph for glyph in glyphs if glyph.y1 - glyph.y0 > _SMALL * em and _BASE.match(glyph.text)]
    small = sorted(
        glyph for glyph in glyphs if glyph.y1 - glyph.y0 <= _SMALL * em and _MARK.match(glyph.text)
    )
    marks: list[Glyph] = []
    for glyph in small:
        base = _neighbour(glyph, large)
        if base and _is_off(glyph, base):
            marks.append(glyph)
    taken = {mark.order for mark in marks}
    return [glyph for glyph in glyphs if glyph.order not in taken], marks


def _neighbour(glyph: Glyph, others: list[Glyph]) -> Glyph | None:
    """Return the nearest character of the line beside a mark, skipping other marks."""
    best: Glyph | None = None
    least = 0.0
    for other in others:
        em = other.y1 - other.y0
        overlap = min(glyph.y1, other.y1) - max(glyph.y0, other.y0)
        gap = max(glyph.x0 - other.x1, other.x0 - glyph.x1)
        if overlap > -0.1 * em and gap < 3 * _GAP * em and (best is None or gap < least):
            best, least = other, gap
    return best


def _is_off(mark: Glyph, base: Glyph) -> bool:
    """Return whether a character is off the line of its neighbour, by its lower edge.

    Some fonts' boxes end at the baseline, others below it; that difference does not count.
    """
    em = base.y1 - base.y0
    drop = base.y1 - mark.y1
    return drop > _RAISED * em or drop < -_LOWERED * em


def _is_within(mark: Glyph, digits: list[Glyph]) -> bool:
    em = mark.y1 - mark.y0
    level = [d for d in digits if d.y0 - em < mark.y1 and mark.y0 < d.y1 + em]
    before = any(0 <= mark.x0 - d.x1 + 0.2 * em < em for d in level)
    behind = any(0 <= d.x0 - mark.x1 + 0.2 * em < em for d in level)
    return before and behind
