"""Digits printed over other digits: which of them is meant is unknown."""

from collections.abc import Callable, Sequence

from extractor.formats.layout.model import Box, Glyph, area_of, common_box

_BAND = 4.0  # points: height of the bands in which digits are compared
_TOUCH = 0.3  # share of a digit's width covered by another from which both are compared closely


def overprinted_digits(glyphs: Sequence[Glyph], overlap: Callable[[Glyph, Glyph], bool]) -> set[int]:
    """Return the ranks of digits that overlap a different digit.

    Args:
        glyphs: the glyphs of one page.
        overlap: tells for two digits with overlapping boxes whether their visible shapes overlap.
    """
    found: set[int] = set()
    bands: dict[int, list[Glyph]] = {}
    for glyph in sorted(glyph for glyph in glyphs if glyph.text.isdigit()):
        band = int((glyph.y0 + glyph.y1) / 2 // _BAND)
        for near in (band - 1, band, band + 1):
            for other in reversed(bands.get(near, [])[-4:]):
                if other.x1 <= glyph.x0 or other.text == glyph.text:
                    continue  # as for nearly all
                if _boxes_overlap(other, glyph) and overlap(other, glyph):
                    found |= {other.order, glyph.order}
        bands.setdefault(band, []).append(glyph)
    return found


def _boxes_overlap(one: Glyph, other: Glyph) -> bool:
    width = min(one.x1, other.x1) - max(one.x0, other.x0)
    height = min(one.y1, other.y1) - max(one.y0, other.y0)
    return width > _TOUCH * min(one.x1 - one.x0, other.x1 - other.x0) and height > _TOUCH * min(
        one.y1 - one.y0, other.y1 - other.y0
    )


def share_of_overlap(one: Box, other: Box) -> float:
    """Return the common area of two boxes as a share of the smaller one."""
    shared = common_box(one, other)
    return area_of(shared) / min(area_of(one), area_of(other)) if shared else 0.0
