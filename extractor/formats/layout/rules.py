"""Turns ruling lines into grids: which lines belong together, and the cells that they form."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from extractor.formats.layout.model import Box

THICK = 4.0  # points: a thicker rectangle is an area, not a rule
DOT = 3.0  # points: a mark smaller than this may belong to a dotted line of either direction
NEAR = 4.0  # points: positions that differ by no more are equal; smaller gaps are ignored
SHORT = 7.0  # points: a merged line that is shorter separates nothing
OPEN = 6.0  # points: a line extending further past the last crossing line bounds an open cell
COVER = 0.6  # share of a cell's side that a rule must cover to count


class Stroke(NamedTuple):
    """A straight rule: its position across its direction, and its start and end."""

    at: float
    start: float
    end: float


class RuledFrame(NamedTuple):
    """Rules that touch each other: edges of rows and columns, and which cell sides are ruled."""

    xs: list[float]
    ys: list[float]
    right: list[list[bool]]  # [row][column]: whether the cell's right side is ruled
    below: list[list[bool]]  # [row][column]: whether the cell's lower side is ruled
    open_top: bool
    open_bottom: bool

    @property
    def box(self) -> Box:
        """Return the outer edges."""
        return (self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])


class FrameCell(NamedTuple):
    """A cell of a frame with its spans."""

    row: int
    column: int
    row_span: int
    column_span: int


def frames_of(rules: Iterable[Box]) -> list[RuledFrame]:
    """Return the frames formed by rules; none if no two rules touch."""
    across, down = strokes_of(rules)
    if not across or not down:
        return []
    frames = [_frame(*group) for group in _groups(across, down)]
    return sorted((frame for frame in frames if frame), key=lambda frame: frame.ys[0])


def strokes_of(rules: Iterable[Box]) -> tuple[list[Stroke], list[Stroke]]:
    """Return the horizontal and the vertical strokes, with pieces and duplicates merged."""
    across: list[Stroke] = []
    down: list[Stroke] = []
    for x0, y0, x1, y1 in rules:
        width, height = x1 - x0, y1 - y0
        dot = width <= DOT and height <= DOT
        if height <= THICK and (dot or width > height):
            across.append(Stroke((y0 + y1) / 2, x0, x1))
        if width <= THICK and (dot or height > width):
            down.append(Stroke((x0 + x1) / 2, y0, y1))
    return _merge_strokes(across), _merge_strokes(down)


def _merge_strokes(strokes: list[Stroke]) -> list[Stroke]:
    """Merge strokes on one line with tiny gaps; other tables on the page keep their own positions."""
    merged: list[Stroke] = []
    for level in clusters(strokes):
        level.sort(key=lambda stroke: stroke.start)
        run, end = [level[0]], level[0].end
        for stroke in level[1:]:
            if stroke.start > end + NEAR:
                merged.append(Stroke(_middle_of(run), run[0].start, end))
                run, end = [], stroke.end
            run.append(stroke)
            end = max(end, stroke.end)
        merged.append(Stroke(_middle_of(run), run[0].start, end))
    return sorted(stroke for stroke in merged if stroke.end - stroke.start > SHORT)


def _middle_of(strokes: list[Stroke]) -> float:
    """Return the position of a line: the mean of its strokes, weighted by length."""
    length = sum(stroke.end - stroke.start for stroke in strokes)
    if not length:
        return strokes[0].at
    return sum(stroke.at * (stroke.end - stroke.start) for stroke in strokes) / length


def clusters(strokes: list[Stroke]) -> list[list[Stroke]]:
    """Group strokes whose positions agree within `NEAR`."""
    groups: list[list[Stroke]] = []
    for stroke in sorted(strokes):
        if groups and stroke.at - groups[-1][0].at <= NEAR:
            groups[-1].append(stroke)
        else:
            groups.append([stroke])
    return groups


def _groups(across: list[Stroke], down: list[Stroke]) -> list[tuple[list[Stroke], list[Stroke]]]:
    """Return the sets of strokes that touch each other."""
    parent = list(range(len(across) + len(down)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    positions = [stroke.at for stroke in down]  # ascending, as merging sorted them
    for row, (y, x0, x1) in enumerate(across):
        first = bisect_left(positions, x0 - NEAR)
        for column in range(first, bisect_right(positions, x1 + NEAR)):
            if down[column].start - NEAR <= y <= down[column].end + NEAR:
                parent[root(row)] = root(len(across) + column)
    groups: dict[int, tuple[list[Stroke], list[Stroke]]] = {}
    for index, stroke in enumerate(across + down):
        groups.setdefault(root(index), ([], []))[index >= len(across)].append(stroke)
    return [(rows, columns) for rows, columns in groups.values() if rows and columns]


def _frame(across: list[Stroke], down: list[Stroke]) -> RuledFrame | None:
    ys = _edges(across, down)
    xs = _edges(down, across)
    if len(xs) < 2 or len(ys) < 2:
        return None
    left, right = xs[0], xs[-1]
    lines_across = _coverage(across, ys, xs)
    lines_down = _coverage(down, xs, ys)
    columns = range(1, len(xs) - 1)
    right_sides = [[*(lines_down[column][row] for column in columns), True] for row in range(len(ys) - 1)]
    below = [*lines_across[1:-1], [True] * (len(xs) - 1)]
    half = COVER * (right - left)
    return RuledFrame(
        xs, ys, right_sides, below, _length(across, ys[0]) < half, _length(across, ys[-1]) < half
    )


def _edges(strokes: list[Stroke], crossing: list[Stroke]) -> list[float]:
    """Return the positions of strokes, and the ends of crossing strokes that extend beyond the outermost."""
    edges = [_middle_of(level) for level in clusters(strokes)]
    start = min(stroke.start for stroke in crossing)
    end = max(stroke.end for stroke in crossing)
    if start < edges[0] - OPEN:
        edges.insert(0, start)
    if end > edges[-1] + OPEN:
        edges.append(end)
    return edges


def _coverage(strokes: list[Stroke], edges: list[float], steps: list[float]) -> list[list[bool]]:
    """Return, for each edge and each step along it, whether strokes cover the step."""
    covered = [[0.0] * (len(steps) - 1) for _ in edges]
    for at, start, end in strokes:
        line = covered[_nearest(edges, at)]
        first = max(bisect_right(steps, start) - 1, 0)
        for step in range(first, len(steps) - 1):
            if steps[step] >= end:
                break
            line[step] += min(end, steps[step + 1]) - max(start, steps[step])
    widths = [second - first for first, second in pairwise(steps)]
    return [[length >= COVER * width for length, width in zip(line, widths, strict=True)] for line in covered]


def _nearest(edges: list[float], at: float) -> int:
    index = bisect_left(edges, at)
    if index == 0:
        return 0
    if index == len(edges) or at - edges[index - 1] <= edges[index] - at:
        return index - 1
    return index


def _length(strokes: list[Stroke], at: float) -> float:
    return sum(stroke.end - stroke.start for stroke in strokes if abs(stroke.at - at) <= NEAR)


def regions_of(frame: RuledFrame) -> list[FrameCell]:
    """Return the cells of a frame in reading order: merged where no rule is between them."""
    rows, columns = len(frame.ys) - 1, len(frame.xs) - 1
    taken = [[False] * columns for _ in range(rows)]
    regions = []
    for row in range(rows):
        for column in range(columns):
            if not taken[row][column]:
                region = _grown(frame, taken, row, column)
                for line in range(row, row + region.row_span):
                    taken[line][column : column + region.column_span] = [True] * region.column_span
                regions.append(region)
    return regions


def _grown(frame: RuledFrame, taken: list[list[bool]], row: int, column: int) -> FrameCell:
    columns = len(frame.xs) - 1
    end = column + 1
    while end < columns and not frame.right[row][end - 1] and not taken[row][end]:
        end += 1
    last = row
    while last + 1 < len(frame.ys) - 1 and _continues(frame, last, column, end):
        last += 1
    return FrameCell(row, column, last - row + 1, end - column)


def _continues(frame: RuledFrame, row: int, column: int, end: int) -> bool:
    """Return whether the row below has the same sides and no rule above it."""
    if any(frame.below[row][column:end]) or any(frame.right[row + 1][column : end - 1]):
        return False
    return frame.right[row + 1][end - 1] and (column == 0 or frame.right[row + 1][column - 1])
