"""Lays a grid with spans over the pages of a sheet."""

from msgspec import Struct

from .grid import Grid, GridCell
from .pdf_sheet import MARGIN, Sheet, cell_lines, header_rows
from .render_text import positions

_SIZE = 8.0
_LINE = _SIZE * 1.2
_LEAST = 8.0  # what a row needs beside its lines


class _Placed(Struct, frozen=True):
    """A cell with the rows and columns that it covers."""

    cell: GridCell
    top: int
    bottom: int  # exclusive
    left: int
    right: int  # exclusive
    lines: tuple[str, ...]


def draw_table(sheet: Sheet, grid: Grid, widths: list[float]) -> None:
    """Draw a table from the current place on, over as many pages as it needs."""
    edges = [MARGIN]
    for width in widths:
        edges.append(edges[-1] + width)
    placed = _place(sheet, grid, edges)
    heights = _heights(placed, len(grid))
    header = header_rows(grid)
    if sheet.manner.cut_labels:
        _move_so_that_a_row_is_cut(sheet, heights, header)
    top = 0
    while top < len(grid):
        repeated = list(range(header)) if top and sheet.manner.repeat_header else []
        bottom, cut = _rows_that_fit(sheet, heights, top, repeated)
        if bottom == top and not cut:
            sheet.break_page()
            continue
        _draw_rows(sheet, placed, heights, edges, repeated, (top, bottom))
        if cut:
            _draw_cut_row(sheet, placed, heights, edges, bottom)
            bottom += 1
        top = bottom
        if top < len(grid) and not cut:
            sheet.break_page()
    sheet.y += 10


def _move_so_that_a_row_is_cut(sheet: Sheet, heights: list[float], header: int) -> None:
    """Begin the table so far down a page that its tallest row meets the end of that page."""
    tallest = max(range(header, len(heights)), key=lambda row: heights[row])
    if heights[tallest] < 2 * _LINE + _LEAST - 1:
        return
    start = sheet.bottom - sum(heights[:tallest]) - _LINE - _LEAST
    if start < sheet.y:
        sheet.break_page()
    sheet.y = max(sheet.y, start)


def _place(sheet: Sheet, grid: Grid, edges: list[float]) -> list[_Placed]:
    placed = []
    for y, row in enumerate(positions(grid)):
        for x, (cell, first) in enumerate(row):
            if first:
                right = x + cell.column_span
                lines = cell_lines(cell, edges[right] - edges[x], _SIZE, sheet.manner)
                placed.append(_Placed(cell, y, y + cell.row_span, x, right, tuple(lines)))
    return placed


def _heights(placed: list[_Placed], rows: int) -> list[float]:
    heights = [_LINE + _LEAST] * rows
    for p in sorted(placed, key=lambda p: p.bottom - p.top):
        missing = len(p.lines) * _LINE + _LEAST - sum(heights[p.top : p.bottom])
        if missing > 0:
            heights[p.bottom - 1] += missing
    return heights


def _rows_that_fit(sheet: Sheet, heights: list[float], top: int, repeated: list[int]) -> tuple[int, bool]:
    """Return the first row that does not fit on this page, and whether it is to be divided."""
    y = sheet.y + sum(heights[r] for r in repeated)
    bottom = top
    while bottom < len(heights) and y + heights[bottom] <= sheet.bottom:
        y += heights[bottom]
        bottom += 1
    room = sheet.bottom - y
    tall = bottom < len(heights) and heights[bottom] > 2 * _LINE + _LEAST - 1
    return bottom, sheet.manner.cut_labels and tall and room > _LINE + _LEAST / 2


def _draw_rows(
    sheet: Sheet,
    placed: list[_Placed],
    heights: list[float],
    edges: list[float],
    repeated: list[int],
    rows: tuple[int, int],
) -> None:
    shown = [*repeated, *range(*rows)]
    tops: dict[int, float] = {}
    for row in shown:
        tops[row] = sheet.y
        sheet.y += heights[row]
    for p in placed:
        here = [row for row in shown if p.top <= row < p.bottom]
        if here:
            area = (edges[p.left], tops[here[0]], edges[p.right], tops[here[-1]] + heights[here[-1]])
            begins = p.top in here
            _draw_cell(sheet, area, p.lines if begins else ())


def _draw_cell(sheet: Sheet, area: tuple[float, float, float, float], lines: tuple[str, ...]) -> None:
    if sheet.manner.ruled:
        sheet.box(*area)
    sheet.cell_text(area, lines, _SIZE)


def _draw_cut_row(
    sheet: Sheet, placed: list[_Placed], heights: list[float], edges: list[float], row: int
) -> None:
    """Draw the beginning of a row on this page and its end on the next, each label's lines divided."""
    above = sheet.bottom - sheet.y
    fitting = int((above - _LEAST / 2) / _LINE)
    cells = [p for p in placed if p.top <= row < p.bottom]
    for part, (start, end) in enumerate(((0, fitting), (fitting, None))):
        height = above if part == 0 else heights[row] - above + _LEAST
        for p in cells:
            lines = (
                p.lines[start:end] if p.bottom - p.top == 1 else p.lines if part == 0 and p.top == row else ()
            )
            _draw_cell(sheet, (edges[p.left], sheet.y, edges[p.right], sheet.y + height), lines)
        sheet.y += height
        if part == 0:
            sheet.break_page()
