"""Characters that a line strikes out."""

from bisect import bisect_left, bisect_right

from extractor.formats.layout.model import Box, Glyph, Ink
from extractor.formats.layout.rules import THICK

_MIDDLE = 0.22  # em: largest distance of a strike from the middle of its characters
_HIGHEST = 40.0  # points: larger characters are not in a table
_COVER = 0.7  # share of a strike that must be over characters
_BEYOND = 0.6  # em: how far a strike may extend past its characters


def take_out_struck(ink: Ink) -> None:
    """Move characters crossed by a rule of their own width to `struck`, and drop that rule.

    A rule of a table extends past the characters that it touches; a strike ends where they end.
    """
    flat = [rule for rule in ink.rules if rule[3] - rule[1] <= THICK and rule[2] - rule[0] > THICK / 2]
    if not flat or not ink.glyphs:
        return
    heights = list(map(_middle, ink.glyphs))
    order = sorted(range(len(heights)), key=heights.__getitem__)
    glyphs, middles = [ink.glyphs[place] for place in order], [heights[place] for place in order]
    reach = _MIDDLE * min(_HIGHEST, max([glyph[3] - glyph[1] for glyph in glyphs]))
    struck: set[int] = set()
    strikes: set[Box] = set()
    for rule in flat:
        y = (rule[1] + rule[3]) / 2
        near = glyphs[bisect_left(middles, y - reach) : bisect_right(middles, y + reach)]
        if near and (through := _struck_by(rule, y, near)):
            struck.update(glyph.order for glyph in through)
            strikes.add(rule)
    if struck:
        ink.struck = [glyph for glyph in ink.glyphs if glyph.order in struck]
        ink.glyphs = [glyph for glyph in ink.glyphs if glyph.order not in struck]
        ink.rules = [rule for rule in ink.rules if rule not in strikes]


def _middle(glyph: Glyph) -> float:
    return (glyph[1] + glyph[3]) / 2


def _struck_by(rule: Box, y: float, near: list[Glyph]) -> list[Glyph]:
    """Return the characters that a rule strikes out; none if it is a rule of a table."""
    found = [
        glyph
        for glyph in near
        if abs(_middle(glyph) - y) <= _MIDDLE * (glyph.y1 - glyph.y0)
        and rule[0] < (glyph.x0 + glyph.x1) / 2 < rule[2]
        and not glyph.text.isspace()
    ]
    if not found:
        return []
    em = max(glyph.y1 - glyph.y0 for glyph in found)
    left, right = min(glyph.x0 for glyph in found), max(glyph.x1 for glyph in found)
    covered = sum(glyph.x1 - glyph.x0 for glyph in found)
    within = rule[0] >= left - _BEYOND * em and rule[2] <= right + _BEYOND * em
    dash = all(glyph.text in "-—－–―─/|" for glyph in found)
    return found if within and not dash and covered >= _COVER * (rule[2] - rule[0]) else []
