"""Reads numbers with spaced digits: with thin gaps for thousands, or spread evenly over the cell."""

from itertools import pairwise

from extractor.formats.layout.model import Glyph

THIN = "\u2009"
_GAP = 0.25  # em: largest gap between digits of one group
_THIN = 0.6  # em: the widest gap between groups of thousands
_WIDE = 1.3  # em: largest gap between digits that are spread evenly
_EVEN = 0.2  # em: largest difference between such gaps


def spaced_number(row: list[Glyph]) -> str | None:
    """Return the number if a line of a cell is one number with gaps.

    None if it has no gaps or several numbers.
    """
    printed = [glyph for glyph in row if not glyph.text.isspace()]
    digits = all(glyph.text.isdigit() or glyph.text in ".．" for glyph in printed)
    if len(printed) < 3 or not digits:
        return None
    em = max(glyph.y1 - glyph.y0 for glyph in printed)
    if em <= 0:
        return None
    groups = [printed[0].text]
    gaps: list[float] = []
    for glyph, following in pairwise(printed):
        gap = (following.x0 - glyph.x1) / em
        if gap > _GAP:
            gaps.append(gap)
            groups.append("")
        groups[-1] += following.text
    if not gaps:
        return None
    blank = any(glyph.text.isspace() and printed[0].x0 < glyph.x0 < printed[-1].x0 for glyph in row)
    if not blank and max(gaps) <= _THIN and _are_thousands(groups):
        return THIN.join(groups)
    spread = all(len(group) == 1 and group.isdigit() for group in groups)
    if spread and len(gaps) > 1 and max(gaps) <= _WIDE and max(gaps) - min(gaps) <= _EVEN:
        return "".join(groups)
    return None


def _are_thousands(groups: list[str]) -> bool:
    first, *others = groups
    whole = [*others[:-1], others[-1].replace("．", ".").partition(".")[0]]
    return first.isdigit() and len(first) <= 3 and all(len(group) == 3 and group.isdigit() for group in whole)
