"""Tables whose columns are aligned with spaces, as `pdftotext -layout` prints them."""

import re
from typing import NamedTuple

from extractor.document import Table
from extractor.formats.text_gutters import (
    Columns,
    Measure,
    Segment,
    east_asian_width,
    gutters,
    segments,
)
from extractor.formats.text_lines import Grid, Line, Piece, Placed, is_section_heading, is_value, placed_table

_WIDE_GAP = re.compile(r"\S(?: {2}|\u3000|\xa0{2}| \xa0|\xa0 )")
_LONGEST_LINE = 400  # characters, indentation included; a longer line is collapsed prose
_LONGEST_LABEL = 40  # characters of a line between the rows, a part of a broken label
_FARTHEST = 3  # line ends between two rows: at most two blank lines
_FEWEST_ROWS = 3
_FEWEST_NUMBERED = 2


class _Word(NamedTuple):
    """A cell in the making."""

    columns: range
    piece: Piece
    number: bool


def spaced_grids(text: str, lines: list[Line]) -> list[Grid]:
    """Find the tables whose columns line up, in reading order."""
    spread = [
        line.end - line.origin <= _LONGEST_LINE and _WIDE_GAP.search(line.text) is not None for line in lines
    ]
    found: list[Grid] = []
    for first, last in _runs(lines, spread):
        for measure in (east_asian_width, len):  # some programs count a full-width character as one
            table = _table(text, lines[first:last], measure)
            if table is not None:
                found.append(Grid(first, last, table))
                break
    return found


def _runs(lines: list[Line], spread: list[bool]) -> list[tuple[int, int]]:
    """Return the runs of lines with gaps; short lines may stand between them, headings may not."""
    found = []
    at = 0
    while at < len(lines):
        if not spread[at]:
            at += 1
            continue
        first, last = at, at + 1
        while at + 1 < len(lines) and lines[at + 1].number - lines[at].number <= _FARTHEST:
            at += 1
            if spread[at]:
                last = at + 1
            elif not _is_part_of_label(lines, at):
                break
        if sum(spread[first:last]) >= _FEWEST_ROWS:
            found.append((first, last))
        at = last
    return found


def _is_part_of_label(lines: list[Line], at: int) -> bool:
    line = lines[at]
    if len(line.text) > _LONGEST_LABEL or line.text.endswith(("。", "；")):
        return False
    alone = line.number - lines[at - 1].number > 1
    alone = alone or at + 1 == len(lines) or lines[at + 1].number - line.number > 1
    return not (alone and is_section_heading(line.text))


def _table(text: str, lines: list[Line], measure: Measure) -> Table | None:
    rows = [segments(text, line, measure) for line in lines]
    flat = [segment for row in rows for segment in row]
    numbers = [segment for segment in flat if is_value(text[segment.start : segment.end])]
    bounds = gutters([row for row in rows if len(row) > 1], numbers)
    if not bounds:
        return None
    known = frozenset(numbers)
    columns = Columns(bounds, numbers, flat)
    words = [_words(line, row, columns, known) for line, row in zip(lines, rows, strict=True)]
    grid = [row for row in words if row is not None]
    if len(grid) < len(words) or not _lines_up(grid):
        return None
    placed = [cell for number, row in enumerate(grid) for cell in _placed(number, row, columns.count)]
    return placed_table(text, placed, aligned=True)


def _words(
    line: Line, row: list[Segment], columns: Columns, numbers: frozenset[Segment]
) -> list[_Word] | None:
    """Return the cells of a line; None where a number would share its cell with something else."""
    found: list[_Word] = []
    for segment in row:
        taken = columns.of(segment)
        word = _Word(taken, Piece(line, segment.start, segment.end), segment in numbers)
        if found and found[-1].columns[-1] >= taken[0]:
            if word.number or found[-1].number:
                return None
            first = found.pop()
            taken = range(first.columns[0], max(first.columns[-1], taken[-1]) + 1)
            word = _Word(taken, Piece(line, first.piece.start, segment.end), False)
        found.append(word)
    return found


def _lines_up(grid: list[list[_Word]]) -> bool:
    """Say whether rows of numbers prove the columns, and every such row has its label.

    A broken label whose numbers stand on a line of their own leaves open which row they
    belong to.
    """
    with_numbers = [row for row in grid if any(word.number and word.columns[0] for word in row)]
    labelled = sum(not row[0].number for row in with_numbers)
    label_only = any(len(row) == 1 and not row[0].number for row in grid)
    if len(with_numbers) < _FEWEST_NUMBERED or any(
        word.number and len(word.columns) > 1 for row in grid for word in row
    ):
        return False
    return labelled == len(with_numbers) or (labelled == 0 and not label_only)


def _placed(number: int, row: list[_Word], count: int) -> list[Placed]:
    """Place the cells of a row, and empty ones where nothing stands beside a number."""
    cells = [Placed(number, word.columns[0], len(word.columns), word.piece) for word in row]
    if any(word.number for word in row):
        taken = {column for word in row for column in word.columns}
        edge = row[-1].piece
        blank = Piece(edge.line, edge.end, edge.end)
        cells += [Placed(number, column, 1, blank) for column in range(count) if column not in taken]
    return sorted(cells, key=lambda cell: cell.column)
