"""Grids of style sheets: how many columns they have, and which box covers which of them."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from extractor.formats.html.placed_styles import PlacedStyles
from extractor.patterns import kept_pattern

_REPEATED = kept_pattern(r"repeat\(\s*(\d+)\s*,\s*[^()]*(?:\([^()]*\))?[^()]*\)")


class BoxCell(NamedTuple):
    """A box of a table: how many columns and rows it covers, and whether it is the first of its row."""

    columns: int
    rows: int
    opens: bool


def grid_columns(values: Mapping[str, str]) -> int:
    """Return how many columns a grid declares; 0 if it does not say."""
    template = values.get("grid-template-columns", "")
    repeated = sum(int(count) for count in _REPEATED.findall(template))
    return repeated + len(_REPEATED.sub(" ", template).split())


def boxes_in_grid(
    boxes: Sequence[LexborNode], columns: int, styles: PlacedStyles
) -> dict[int, BoxCell] | None:
    """Return the boxes of a grid as browsers place them; None if one has a place of its own elsewhere."""
    taken: set[tuple[int, int]] = set()
    laid: dict[int, BoxCell] = {}
    y = x = 0
    begun = -1
    for box in boxes:
        values = styles.of(box)
        across, first = span_of(values.get("grid-column", ""))
        down, top = span_of(values.get("grid-row", ""))
        across = columns if across < 0 else across
        if across > columns or down < 1:
            return None
        while x + across > columns or any((y, x + at) in taken for at in range(across)):
            x += 1
            if x + across > columns:
                x, y = 0, y + 1
        if (first and first != x + 1) or (top and top != y + 1):
            return None
        taken |= {(y + below, x + at) for below in range(down) for at in range(across)}
        laid[box.mem_id] = BoxCell(across, down, y > begun)
        begun = y
        x += across
    return laid


def span_of(value: str) -> tuple[int, int]:
    """Return how many tracks a box covers (-1: all of them), and the number of the first, 0 if not stated.

    >>> [span_of(value) for value in ("span 3", "2 / 5", "1 / -1", "2 / span 2", "")]
    [(3, 0), (3, 2), (-1, 1), (2, 2), (1, 0)]
    """
    first, _, last = (part.strip() for part in value.partition("/"))
    start = int(first) if first.isdigit() else 0
    spans = [part[4:].strip() for part in (first, last) if part.startswith("span")]
    if spans and spans[0].isdigit():
        return int(spans[0]), start
    if last.startswith("-1"):
        return -1, start
    return (int(last) - start if last.isdigit() and start else 1), start
