"""Finds the lines at which unruled tables begin and end."""

from collections.abc import Iterator

from msgspec import Struct

from extractor.formats.layout.atoms import TIGHT_GAP, is_value
from extractor.formats.layout.lines import fragments_of
from extractor.formats.layout.model import PageLine

STEP = 3.0  # em: lines further apart belong to different tables
WRAP = 1.35  # em: largest distance between the middles of two lines of one label
HALF = 0.8  # em: lines nearer than this are beside each other, one set half a line lower
SIZES = 0.2  # share by which the sizes of the characters of one table differ
MOST_HEADS = 3  # most consecutive lines without gaps in a header
UNIT = 2.2  # em: the widest unit
CENTRED = 0.4  # em: labels whose middles differ by less are below each other
SHORT = 0.4  # share of a table's width that a heading above columns may fill


class LineStretch(Struct):
    """The lines collected for one table so far: their range, and positions of labels and values."""

    first: int  # index of the first line in the run
    end: int
    x0: float
    x1: float
    middles: list[float]  # middles of the first pieces of lines with gaps
    units: list[float]  # middles of words between a label and a value
    second: float  # left edge of the rightmost second piece of a line
    value: float  # left edge of the leftmost value

    @property
    def limit(self) -> float:
        """Return how far to the right labels may extend."""
        return self.second if self.value == float("inf") else self.value

    def take(self, line: PageLine, end: int) -> None:
        """Add a line and all lines before it."""
        self.end = end
        self.x0, self.x1 = min(self.x0, line.box[0]), max(self.x1, line.box[2])
        if len(line.fragments) > 1:
            self.middles.append((line.fragments[0].x0 + line.fragments[0].x1) / 2)
            if has_values(line) and not is_value(line.fragments[1].text):
                self.units.append((line.fragments[1].x0 + line.fragments[1].x1) / 2)
            self.second = max(self.second, line.fragments[1].x0)
            values = [piece.x0 for piece in line.fragments[1:] if is_value(piece.text)]
            self.value = min([self.value, *values])


def runs_of(lines: list[PageLine]) -> Iterator[list[PageLine]]:
    """Yield consecutive lines of one size that are close together, also across page breaks."""
    run: list[PageLine] = []
    for line in lines:
        if run and not _close(run[-1], line):
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _close(before: PageLine, line: PageLine) -> bool:
    if abs(before.size - line.size) > SIZES * max(before.size, line.size):
        return False
    if before.ink is line.ink:
        return line.box[1] - before.box[3] <= STEP * line.size
    same_sheet = round(before.ink.width) == round(line.ink.width)
    return same_sheet and before.ink.turn == line.ink.turn


def stretches_of(run: list[PageLine]) -> list[tuple[int, int]]:
    """Return the ranges (end exclusive) in a run of lines that may be tables.

    A line with wide gaps begins one. Lines without gaps belong to it if they are between such lines and are
    labels, which end left of the values, or are above the columns.
    """
    found: list[LineStretch] = []
    pending: list[PageLine] = []
    for place, line in enumerate(run):
        if len(line.fragments) < 2:
            pending.append(line)
            continue
        if not found or not _belong(found[-1], pending, line, run):
            _add_wrapped(found[-1:], run)
            found.append(_new_stretch(place, line))
            pending = []
        for inside in [*pending, line]:
            found[-1].take(inside, place + 1)
        pending = []
    _add_wrapped(found[-1:], run)
    ends = [0, *(stretch.end for stretch in found)]
    return [_with_heading(run, stretch, end) for end, stretch in zip(ends, found, strict=False)]


def _new_stretch(place: int, line: PageLine) -> LineStretch:
    return LineStretch(place, place, line.box[0], line.box[2], [], [], 0.0, float("inf"))


def has_values(line: PageLine) -> bool:
    """Return whether a value follows the first piece of the line."""
    return any(is_value(piece.text) for piece in line.fragments[1:])


def _belong(stretch: LineStretch, pending: list[PageLine], line: PageLine, run: list[PageLine]) -> bool:
    """Return whether lines without gaps, between a table so far and a line with gaps, belong to it."""
    if stretch.value == float("inf") and len(pending) > MOST_HEADS:
        return False
    before = run[stretch.end - 1]
    values = has_values(line) or _has_unit(line, stretch)
    for single in pending:
        label = _is_label(single, stretch, before, values=values)
        if not (label or _over_columns(single, stretch) or _is_set_tight(single)):
            return False
        before = single
    return True


def _has_unit(line: PageLine, stretch: LineStretch) -> bool:
    """Return whether only a word as short as a unit follows a label, below others like it."""
    piece = line.fragments[1]
    middle = (piece.x0 + piece.x1) / 2
    if len(line.fragments) > 2 or piece.x1 - piece.x0 > UNIT * line.size:
        return False
    return sum(abs(middle - other) < CENTRED * line.size for other in stretch.units[-4:]) > 1


def _is_label(single: PageLine, stretch: LineStretch, before: PageLine, *, values: bool) -> bool:
    """Return whether a line is a row label or part of one.

    Above a header, it must be aligned with earlier labels.
    """
    if single.box[2] > stretch.limit:
        return False
    if values or stretch.value == float("inf") or _step(before, single) <= WRAP * single.size:
        return True
    return _stands_as_labels(single, stretch)


def _stands_as_labels(single: PageLine, stretch: LineStretch) -> bool:
    """Return whether a line is centred below the labels above it and is narrower than the widest."""
    middle = (single.box[0] + single.box[2]) / 2
    centred = sum(abs(middle - other) < CENTRED * single.size for other in stretch.middles[-4:])
    return centred > 1 and single.box[0] > stretch.x0 + CENTRED * single.size


def _is_set_tight(single: PageLine) -> bool:
    """True if the pieces of a line are close together, as in narrow columns."""
    return len(fragments_of(single.glyphs, TIGHT_GAP)) > 2


def _over_columns(single: PageLine, stretch: LineStretch) -> bool:
    """Return whether a line is above columns of values, or short and centred above all columns."""
    x0, _, x1, _ = single.box
    if x0 >= stretch.limit - single.size and x1 <= stretch.x1 + single.size:
        return True
    off = abs(x0 + x1 - stretch.x0 - stretch.x1) / 2
    return off < 1.5 * single.size and x1 - x0 < SHORT * (stretch.x1 - stretch.x0)


def _step(before: PageLine, line: PageLine) -> float:
    """Return the distance between the middles of two lines; infinite across a page break."""
    if before.ink is not line.ink:
        return float("inf")
    return (line.box[1] + line.box[3] - before.box[1] - before.box[3]) / 2


def _add_wrapped(last: list[LineStretch], run: list[PageLine]) -> None:
    """Add to a table the lines below it that complete its last label, and labels of blank rows."""
    for stretch in last:
        while stretch.end < len(run):
            before, line = run[stretch.end - 1], run[stretch.end]
            label = before.fragments[0]
            aside = abs(line.box[0] + line.box[2] - label.x0 - label.x1) / 2
            near = _step(before, line) <= HALF * line.size or (
                _step(before, line) <= WRAP * line.size
                and min(aside, abs(line.box[0] - label.x0)) < line.size
            )
            blank = _step(before, line) < STEP * line.size and _stands_as_labels(line, stretch)
            if len(line.fragments) > 1 or not (near or blank) or line.box[2] > stretch.limit:
                break
            stretch.take(line, stretch.end + 1)


def _with_heading(run: list[PageLine], stretch: LineStretch, least: int) -> tuple[int, int]:
    """Return the range of a table extended by the lines above it that are above its columns."""
    first = stretch.first
    while first > least:
        line, below = run[first - 1], run[first]
        beside = 0 <= _step(line, below) < HALF * line.size and line.box[2] <= stretch.limit
        if line.ink is not below.ink or not (beside or _over_columns(line, stretch)):
            break
        first -= 1
    return first, stretch.end
