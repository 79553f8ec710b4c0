"""Aligned lines with wrapped labels, whose numbers are beside the middle of a label.

A row begins at a label with a serial number (一、 （一） 1.) and extends to the next such label; the one line
with numbers between belongs to it. If this is not so for every row, nothing is read in this way, so that no
number is given to a neighbouring row.
"""

from itertools import pairwise
from typing import NamedTuple

from extractor.document import Cell, Locator, Table
from extractor.formats.text.bands import Measure, Segment, measures_for
from extractor.formats.text.blank_rows import opens_label
from extractor.formats.text.lines import TextLine
from extractor.formats.text.spaced_rows import SegmentLines, edges_shown
from extractor.patterns import kept_pattern

_ANY_DISTANCE = 1000.0  # display columns
_FEWEST_ROWS = 4
_FEWEST_COLUMNS = 3
_ITEM = kept_pattern(r"\d{1,2}[.．、]|[①-⑳]")
_NUMBER_INSIDE = kept_pattern(r"[\u3400-\u9fff）)”][ \u3000\xa0]+\d+(?:[ \u3000\xa0]|$)|\d[ \u3000\xa0]+\d")


class _LabelledRow(NamedTuple):
    """A label in parts, and the numbers beside it."""

    label: list[tuple[int, Segment]]  # parts, each with the index of its line
    numbers: list[tuple[int, Segment]]


class _LabelReading(NamedTuple):
    """A table by one way of counting widths, and the number of distinct edges of its cells."""

    edges: int
    table: Table


def table_of_broken_labels(text: str, lines: list[TextLine]) -> Table | None:
    """Return the lines as a table if each row has one label and at most one line of numbers."""
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
    """Consecutive lines, their columns, and the labels that begin a row."""

    def __init__(self, text: str, lines: list[TextLine], measure: Measure) -> None:
        self._text = text
        self._lines = lines
        self._sheet = SegmentLines(text, lines, measure)
        self._labels = [[s for s in row if s not in self._sheet.numbers] for row in self._sheet.rows]
        self._pitch = self._least_pitch()
        self._openers = self._row_openers()
        self._columns = self._columns_of_bands()

    def reading(self) -> _LabelReading | None:
        """Return the table; None if any row or number is ambiguous."""
        if len(self._openers) < _FEWEST_ROWS or len({*self._columns.values()}) < _FEWEST_COLUMNS:
            return None
        first = self._openers[0][0]
        if not self._is_broken(first) or not self._is_plain(first):
            return None
        rows = self._rows()
        cells = None if rows is None else self._cells(rows, first)
        if cells is None:
            return None
        start, end = self._lines[0], self._lines[-1]
        place = start.place(start.start, end.end)
        return _LabelReading(edges_shown(self._sheet), Table(tuple(cells), place))

    def _least_pitch(self) -> float:
        """Return the smallest distance between the middles of two columns of numbers."""
        bands = self._sheet.bands
        numbered = sorted({band for number in self._sheet.numbers for band in bands.under(number)})
        middles = [(bands.lefts[band] + bands.rights[band]) / 2 for band in numbered]
        return min((right - left for left, right in pairwise(middles)), default=0.0)

    def _columns_of_bands(self) -> dict[int, int]:
        """Return the column, from 1, of each band with numbers or a header of its own.

        Headers and numbers need not be exactly above each other; empty if it is ambiguous which are.
        """
        bands, numbers = self._sheet.bands, self._sheet.numbers
        first = self._openers[0][0] if self._openers else 0
        heads = [head for at in range(first) for head in self._own_heads(at)]
        if not self._sheet.join_shifted(heads, _ANY_DISTANCE):
            return {}
        numbered = {band for number in numbers for band in bands.under(number)}
        headed = {band for head in heads for band in bands.under(head)}
        return {band: column for column, band in enumerate(sorted(numbered | headed), 1)}

    def _bands_below(self, head: Segment) -> range:
        return self._sheet.bands.under(head)

    def _own_heads(self, at: int) -> list[Segment]:
        """Return the words of a header line that are above one column, and not wider than it."""
        own = []
        for segment in self._labels[at]:
            is_narrow = segment.right - segment.left < self._pitch and len(self._bands_below(segment)) == 1
            if is_narrow and segment.left >= self._sheet.values_from - 1:
                own.append(segment)
        return own

    def _row_openers(self) -> list[tuple[int, Segment]]:
        """Return the labels with a serial number that begin a row, with the index of their line."""
        found = []
        for at, labels in enumerate(self._labels):
            for label in labels:
                if opens_label(self._text, label) and (self._is_item(label) or not self._is_group(at, label)):
                    found.append((at, label))
        return found

    def _is_item(self, label: Segment) -> bool:
        return _ITEM.match(self._text, label.start) is not None

    def _is_group(self, at: int, label: Segment) -> bool:
        """Return whether a label is that of a group: the label of a row is to its right.

        Beside numbers it is a row label, unless a label above them continues below them.
        """
        if any(other.start > label.start for other in self._labels[at]):
            return True
        above = [] if at == 0 or self._sheet.numbered[at - 1] else self._labels[at - 1]
        after = at + 1
        below = [] if after == len(self._labels) or self._sheet.numbered[after] else self._labels[after]
        if self._sheet.numbered[at]:
            return any(
                opens_label(self._text, one)
                and not opens_label(self._text, other)
                and _stand_over(one, other)
                for one in above
                for other in below
            )
        near = [*self._labels[max(0, at - 1)], *self._labels[min(after, len(self._labels) - 1)]]
        return any(label.right <= other.left < self._sheet.values_from for other in near)

    def _is_broken(self, first: int) -> bool:
        """Return whether some numbers are beside no row label; otherwise each line is a row."""
        opened = {at for at, _ in self._openers}
        return any(is_it and at not in opened for at, is_it in enumerate(self._sheet.numbered) if at > first)

    def _is_plain(self, first: int) -> bool:
        """Return whether every number is separate from words, and no word is among the numbers."""
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
        """Return the rows; None if one has two lines with numbers, or two begin in one line."""
        ends = [*(at for at, _ in self._openers[1:]), len(self._lines)]
        found = []
        for (at, opener), end in zip(self._openers, ends, strict=True):
            if at == end:
                return None
            numbered = [line for line in range(at, end) if self._sheet.numbered[line]]
            if len(numbered) > 1 or any(self._names_another(line, opener) for line in numbered):
                return None
            label = [(at, opener)]
            for line in range(at + 1, end):
                label += [(line, s) for s in self._labels[line] if _stand_over(s, opener)]
            numbers = [
                (line, s) for line in numbered for s in self._sheet.rows[line] if s in self._sheet.numbers
            ]
            found.append(_LabelledRow(label, numbers))
        return found

    def _names_another(self, at: int, opener: Segment) -> bool:
        """Return whether a line has another label with a serial number, so that its numbers are ambiguous."""
        labels = self._labels[at]
        return opener not in labels and any(opens_label(self._text, label) for label in labels)

    def _cells(self, rows: list[_LabelledRow], first: int) -> list[Cell] | None:
        """Return the cells of header and rows; None if a number is in no column, or two are in one."""
        cells = self._header(first)
        top = cells[-1].row + 1 if cells else 0
        every = sorted({*self._columns.values()})
        for number, row in enumerate(rows, top):
            cells.append(self._cell(number, 0, row.label))
            placed: dict[int, list[tuple[int, Segment]]] = {}
            for line, segment in row.numbers:
                under = self._sheet.bands.under(segment)
                column = self._columns.get(under[0]) if len(under) == 1 else None
                if column is None or column in placed:
                    return None
                placed[column] = [(line, segment)]
            end = row.label[-1][1].end
            empty = [(row.label[-1][0], Segment(0, 0, end, end))]
            cells += [self._cell(number, c, placed.get(c, empty)) for c in every]
        return cells

    def _header(self, first: int) -> list[Cell]:
        """Return the header cells: those above several columns line by line, then each column's own."""
        above: list[Cell] = []
        own: dict[int, list[tuple[int, Segment]]] = {}
        for at in range(first):
            narrow = self._own_heads(at)
            for segment in self._labels[at]:
                columns = [self._columns[b] for b in self._bands_below(segment) if b in self._columns]
                if segment.left < self._sheet.values_from - 1 or not columns:
                    continue
                if segment in narrow:
                    own.setdefault(columns[0], []).append((at, segment))
                else:
                    span = columns[-1] - columns[0] + 1
                    above.append(self._cell(at, columns[0], [(at, segment)], span))
        return above + [self._cell(first, column, parts) for column, parts in sorted(own.items())]

    def _cell(self, row: int, column: int, parts: list[tuple[int, Segment]], span: int = 1) -> Cell:
        places = [self._lines[line].place(segment.start, segment.end) for line, segment in parts]
        text = "\n".join(self._text[segment.start : segment.end] for _, segment in parts)
        first = places[0]
        where = Locator(
            line=first.line, column=first.column, start=first.start, end=first.end, more=tuple(places[1:])
        )
        return Cell(row, column, text, where, 1, span)


def _stand_over(one: Segment, other: Segment) -> bool:
    return one.left < other.right and other.left < one.right
