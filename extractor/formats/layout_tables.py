"""Frames and glyphs to grids of cells with text."""

from bisect import bisect_right

from extractor.formats.layout_lines import CellText, lines_of
from extractor.formats.layout_model import Box, Glyph, Grid, GridCell, Ink
from extractor.formats.layout_rules import Frame, Region, regions_of


def grids_of(ink: Ink, frames: list[Frame]) -> tuple[list[Grid], list[Glyph]]:
    """Return the grids that hold text, top to bottom, and the glyphs outside all of them.

    A frame that holds another one is a border around it and no grid.
    """
    free = ink.glyphs
    grids: list[Grid] = []
    for frame in sorted(frames, key=lambda frame: _area(frame.box)):
        if any(_inside(grid.box, frame.box) for grid in grids):
            continue
        within, outside = _parted(free, frame.box)
        if any(not glyph.text.isspace() for glyph in within):
            grids.append(_grid(ink, frame, within))
            free = outside
    return sorted(grids, key=lambda grid: (grid.box[1], grid.box[0])), free


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _inside(inner: Box, outer: Box) -> bool:
    x, y = (inner[0] + inner[2]) / 2, (inner[1] + inner[3]) / 2
    return outer[0] < x < outer[2] and outer[1] < y < outer[3]


def _parted(glyphs: list[Glyph], box: Box) -> tuple[list[Glyph], list[Glyph]]:
    left, top, right, bottom = box[0] * 2, box[1] * 2, box[2] * 2, box[3] * 2
    within: list[Glyph] = []
    outside: list[Glyph] = []
    for glyph in glyphs:
        x0, y0, x1, y1, _, _ = glyph
        inside = top < y0 + y1 < bottom and left < x0 + x1 < right
        (within if inside else outside).append(glyph)
    return within, outside


def _grid(ink: Ink, frame: Frame, glyphs: list[Glyph]) -> Grid:
    regions = regions_of(frame)
    cells = [
        _cell(ink, frame, region, inside)
        for region, inside in zip(regions, _sorted_into(frame, regions, glyphs), strict=True)
    ]
    return Grid(
        ink=ink,
        box=frame.box,
        xs=frame.xs,
        rows=len(frame.ys) - 1,
        cells=cells,
        places=[(ink.page, ink.as_displayed(frame.box))],
        open_top=frame.open_top,
        open_bottom=frame.open_bottom,
        lines=tuple(lines_of(ink, glyphs)) if len(frame.xs) == 2 else (),
    )


def _sorted_into(frame: Frame, regions: list[Region], glyphs: list[Glyph]) -> list[list[Glyph]]:
    """Return the glyphs of each region. A word that crosses a rule stays whole where its middle is."""
    owners = [[0] * (len(frame.xs) - 1) for _ in range(len(frame.ys) - 1)]
    for index, (row, column, row_span, column_span) in enumerate(regions):
        for line in owners[row : row + row_span]:
            line[column : column + column_span] = [index] * column_span
    inside: list[list[Glyph]] = [[] for _ in regions]
    xs, ys = frame.xs[1:-1], frame.ys[1:-1]
    for glyph in glyphs:
        row = bisect_right(ys, (glyph[1] + glyph[3]) / 2)
        inside[owners[row][bisect_right(xs, (glyph[0] + glyph[2]) / 2)]].append(glyph)
    return inside


def _cell(ink: Ink, frame: Frame, region: Region, glyphs: list[Glyph]) -> GridCell:
    row, column, row_span, column_span = region
    box = (
        frame.xs[column],
        frame.ys[row],
        frame.xs[column + column_span],
        frame.ys[row + row_span],
    )
    if not any(not glyph.text.isspace() for glyph in glyphs):
        place = (ink.page, ink.as_displayed(box))
        return GridCell(row, column, row_span, column_span, "", [place], False)
    text = CellText(glyphs, box)
    place = (ink.page, ink.as_displayed(text.box))
    return GridCell(row, column, row_span, column_span, text.text, [place], text.full, text.upright)
