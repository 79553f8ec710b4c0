"""Decides which lines form an unruled table."""

from itertools import pairwise

from extractor.formats.layout.model import Box, Fragment, GridCell, PageGrid, PageLine, around
from extractor.formats.layout.stretch import STEP, runs_of, stretches_of
from extractor.formats.layout.unruled import grid_of

LEAST_LINES = 3
FILLED = 0.5  # share of the lines in which a column must be filled
BROAD = 10.0  # em: columns of running text are at least this wide
FULL = 0.75  # share of a column's width from which a line in it is full
RUNNING = 0.6  # share of the lines of running text that are full


def columns_found(lines: list[PageLine]) -> list[PageLine | PageGrid]:
    """Replace lines that form columns by grids; lines are in reading order, also across page breaks."""
    blocks: list[PageLine | PageGrid] = []
    for run in runs_of(lines):
        done = 0
        for first, end in stretches_of(run):
            grid = grid_of(run[first:end])
            if grid:
                blocks += [*_plain_columns(run[done:first]), grid]
                done = end
        blocks += _plain_columns(run[done:])
    return blocks


def _plain_columns(lines: list[PageLine]) -> list[PageLine | PageGrid]:
    """Replace consecutive lines with wide gaps, such as lists of words, by grids if columns are certain."""
    blocks: list[PageLine | PageGrid] = []
    run: list[PageLine] = []
    for line in lines:
        if run and not _continues(run, line):
            blocks += _grid_or_lines(run)
            run = []
        if len(line.fragments) > 1:
            run.append(line)
        else:
            blocks.append(line)
    return blocks + _grid_or_lines(run)


def _continues(run: list[PageLine], line: PageLine) -> bool:
    if len(line.fragments) < 2 or line.ink is not run[-1].ink:
        return False
    if line.box[1] - run[-1].box[3] > STEP * line.size:
        return False
    return len(_gutters([*run, line])) >= 1


def _grid_or_lines(run: list[PageLine]) -> list[PageLine | PageGrid]:
    """Return the run as a grid if its columns are beyond doubt, else as the lines it was."""
    if len(run) < LEAST_LINES:
        return list(run)
    gutters = _gutters(run)
    if not gutters:
        return list(run)
    cells = [cell for row, line in enumerate(run) for cell in _cells(row, line, gutters)]
    columns = len(gutters) + 1
    filled = [sum(cell.column == column for cell in cells) for column in range(columns)]
    if min(filled) < FILLED * len(run) or _is_running_text(run, gutters):
        return list(run)
    return [_grid(run, gutters, cells)]


def _is_running_text(run: list[PageLine], gutters: list[float]) -> bool:
    """Return whether these are text columns of a page: in two or more of them, most lines are full."""
    running = 0
    for left, right in pairwise([float("-inf"), *gutters, float("inf")]):
        pieces = [piece for line in run for piece in line.fragments if left < piece.x0 < right]
        width = max(piece.x1 for piece in pieces) - min(piece.x0 for piece in pieces)
        full = sum(piece.x1 - piece.x0 >= FULL * width for piece in pieces)
        running += width >= BROAD * run[0].size and full >= RUNNING * len(pieces)
    return running > 1


def _gutters(run: list[PageLine]) -> list[float]:
    """Return the middles of the vertical gaps that no fragment enters, without the margins."""
    em = run[0].size
    gutters = []
    fragments = sorted((fragment.x0, fragment.x1) for line in run for fragment in line.fragments)
    end = fragments[0][1]
    for x0, x1 in fragments[1:]:
        if x0 - end > em * 0.8:
            gutters.append((x0 + end) / 2)
        end = max(end, x1)
    return gutters


def _cells(row: int, line: PageLine, gutters: list[float]) -> list[GridCell]:
    columns: dict[int, list[Fragment]] = {}
    for fragment in line.fragments:
        column = sum(gutter < fragment.x0 for gutter in gutters)
        columns.setdefault(column, []).append(fragment)
    return [_cell(row, column, line, group) for column, group in columns.items()]


def _cell(row: int, column: int, line: PageLine, group: list[Fragment]) -> GridCell:
    box: Box = (group[0].x0, line.box[1], group[-1].x1, line.box[3])
    text = " ".join(fragment.text for fragment in group)
    return GridCell(row, column, 1, 1, text, [(line.ink.page, line.ink.as_displayed(box))], False)


def _grid(run: list[PageLine], gutters: list[float], cells: list[GridCell]) -> PageGrid:
    box = around([line.box for line in run])
    ink = run[0].ink
    every_cell_filled = len(cells) == len(run) * (len(gutters) + 1)
    return PageGrid(
        ink=ink,
        box=box,
        xs=[box[0], *gutters, box[2]],
        rows=len(run),
        cells=cells,
        places=[(ink.page, ink.as_displayed(box))],
        # Without rules, an empty cell is inferred from its position only.
        aligned=every_cell_filled,
    )
