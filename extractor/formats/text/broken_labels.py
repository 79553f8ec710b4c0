"""Aligned lines whose labels are broken, their numbers beside the middle of a label.

A row begins where a label opens with a serial (一、 （一） 1.) and goes on to the next such label;
the one line with numbers in between is its own. Where this does not hold for every row of the
stretch, nothing is read in this way: no number may go to a neighbour, no row be called blank.
"""

import re
from itertools import pairwise
from typing import NamedTuple

from extractor.document import Cell, Locator, Table
from extractor.formats.text.bands import Measure, Segment, measures_for
from extractor.formats.text.blank_rows import opens_label
from extractor.formats.text.lines import TextLine
from extractor.formats.text.spaced_rows import SegmentLines, edges_shown

_FEWEST_ROWS = 4
_FEWEST_COLUMNS = 3
_ITEM = re.compile(r"\d{1,2}[.．、]|[①-⑳]")
_NUMBER_INSIDE = re.compile(r"[\u3400-\u9fff）)”][ \u3000\xa0]+\d+(?:[ \u3000\xa0]|$)|\d[ \u3000\xa0]+\d")


class _LabelledRow(NamedTuple):
    """A label in its parts, and the numbers beside it."""

    label: list[tuple[int, Segment]]  # with the index of the line
    numbers: list[tuple[int, Segment]]


class _Reading(NamedTuple):
    """A table as one way of counting widths has it, and at how many edges its cells stand."""

    edges: int
    table: Table


def table_of_broken_labels(text: str, lines: list[TextLine]) -> Table | None:
    """Return the lines as a table if each of their rows has one label and at most one line of numbers."""
    whole = text[lines[0].origin : lines[-1].end]
    readings = [
        reading
        for measure in measures_for(whole)
        if (reading := _BrokenLabels(text, lines, measure).reading()) is not None
    ]
    if not readings:
        return None
    best = min(readings, key=lambda reading: reading.edges)
    rivals = [reading.table for reading in readings if reading.edges == best.edges]
    return best.table if all(rival == best.table for rival in rivals) else None


class _BrokenLabels:
    """One stretch of lines, its columns, and the labels that open a row."""

    def __init__(self, text: str, lines: list[TextLine], measure: Measure) -> None:
        self._text = text
        self._lines = lines
        self._sheet = SegmentLines(text, lines, measure)
        lefts = self._sheet.bands.lefts
        self._columns = [at for at, left in enumerate(lefts) if left >= self._sheet.values_from]
        self._labels = [[s for s in row if s not in self._sheet.numbers] for row in self._sheet.rows]
        self._openers = self._row_openers()

    def reading(self) -> _Reading | None:
        """Return the table; None where a row or a number leaves a doubt."""
        if len(self._openers) < _FEWEST_ROWS or len(self._columns) < _FEWEST_COLUMNS:
            return None
        first = self._openers[0][0]
        if not self._is_broken(first) or not self._is_plain(first):
            return None
        rows = self._rows()
        cells = None if rows is None else self._cells(rows, first)
        if cells is None:
            return None
        start, end = self._lines[0], self._lines[-1]
        place = Locator(
            line=start.number, column=start.column_of(start.start), start=start.start, end=end.end
        )
        return _Reading(edges_shown(self._sheet), Table(tuple(cells), place))

    def _row_openers(self) -> list[tuple[int, Segment]]:
        """Return the labels with a serial that begin a row, with the index of their line."""
        found = []
        for at, labels in enumerate(self._labels):
            for label in labels:
                if opens_label(self._text, label) and (self._is_item(label) or not self._is_group(at, label)):
                    found.append((at, label))
        return found

    def _is_item(self, label: Segment) -> bool:
        return _ITEM.match(self._text, label.start) is not None

    def _is_group(self, at: int, label: Segment) -> bool:
        """Say whether other labels stand right of this one, so that it stands over several rows."""
        beside = list(self._labels[at])
        for other in (at - 1, at + 1):
            if 0 <= other < len(self._labels) and not (
                self._sheet.numbered[at] and self._sheet.numbered[other]
            ):
                beside += self._labels[other]
        return any(other.left >= label.right and other.right <= self._sheet.values_from for other in beside)

    def _is_broken(self, first: int) -> bool:
        """Say whether numbers stand beside no label of a row: else the lines are rows as they are."""
        opened = {at for at, _ in self._openers}
        return any(is_it and at not in opened for at, is_it in enumerate(self._sheet.numbered) if at > first)

    def _is_plain(self, first: int) -> bool:
        """Say whether every number stands apart from words, and no word among the numbers."""
        if any(self._sheet.numbered[:first]):
            return False
        for labels in self._labels[first:]:
            for label in labels:
                if label.right > self._sheet.values_from:
                    return False
                if _NUMBER_INSIDE.search(self._text[label.start : label.end]):
                    return False
        return True

    def _rows(self) -> list[_LabelledRow] | None:
        """Return the rows; None where one has two lines with numbers, or two begin in one line."""
        ends = [*(at for at, _ in self._openers[1:]), len(self._lines)]
        found = []
        for (at, opener), end in zip(self._openers, ends, strict=True):
            if at == end:
                return None
            numbered = [line for line in range(at, end) if self._sheet.numbered[line]]
            if len(numbered) > 1:
                return None
            label = [(at, opener)]
            for line in range(at + 1, end):
                label += [(line, s) for s in self._labels[line] if _stand_over(s, opener)]
            numbers = [
                (line, s) for line in numbered for s in self._sheet.rows[line] if s in self._sheet.numbers
            ]
            found.append(_LabelledRow(label, numbers))
        return found

    def _cells(self, rows: list[_LabelledRow], first: int) -> list[Cell] | None:
        """Return the cells of header and rows; None where a number stands in no column, or two in one."""
        cells = self._header(first)
        top = cells[-1].row + 1 if cells else 0
        column_of = {band: column for column, band in enumerate(self._columns, 1)}
        for number, row in enumerate(rows, top):
            cells.append(self._cell(number, 0, row.label))
            placed: dict[int, list[tuple[int, Segment]]] = {}
            for line, segment in row.numbers:
                under = self._sheet.bands.under(segment)
                column = column_of.get(under[0]) if len(under) == 1 else None
                if column is None or column in placed:
                    return None
                placed[column] = [(line, segment)]
            end = row.label[-1][1].end
            empty = [(row.label[-1][0], Segment(0, 0, end, end))]
            cells += [self._cell(number, c, placed.get(c, empty)) for c in column_of.values()]
        return cells

    def _header(self, first: int) -> list[Cell]:
        """Return the heads: those over several columns line by line, and below them each column's own."""
        above: list[Cell] = []
        own: dict[int, list[tuple[int, Segment]]] = {}
        for at in range(first):
            for segment in self._labels[at]:
                bands = [b for b in self._sheet.bands.under(segment) if b in self._columns]
                if segment.left < self._sheet.values_from - 1 or not bands:
                    continue
                if len(bands) == 1 and segment.right - segment.left < self._pitch(bands[0]):
                    own.setdefault(bands[0] - self._columns[0] + 1, []).append((at, segment))
                    continue
                column = bands[0] - self._columns[0] + 1
                above.append(self._cell(at, column, [(at, segment)], bands[-1] - bands[0] + 1))
        return above + [self._cell(first, column, parts) for column, parts in sorted(own.items())]

    def _pitch(self, band: int) -> float:
        """Return how far the middle of a column is from that of the nearest other."""
        middles = [(self._sheet.bands.lefts[b] + self._sheet.bands.rights[b]) / 2 for b in self._columns]
        at = self._columns.index(band)
        return min(right - left for left, right in pairwise(middles[max(0, at - 1) : at + 2]))

    def _cell(self, row: int, column: int, parts: list[tuple[int, Segment]], span: int = 1) -> Cell:
        places = [self._place(self._lines[line], segment) for line, segment in parts]
        text = "\n".join(self._text[segment.start : segment.end] for _, segment in parts)
        first = places[0]
        where = Locator(
            line=first.line, column=first.column, start=first.start, end=first.end, more=tuple(places[1:])
        )
        return Cell(row, column, text, where, 1, span)

    @staticmethod
    def _place(line: TextLine, segment: Segment) -> Locator:
        return Locator(
            line=line.number, column=line.column_of(segment.start), start=segment.start, end=segment.end
        )


def _stand_over(one: Segment, other: Segment) -> bool:
    return one.left < other.right and other.left < one.right
