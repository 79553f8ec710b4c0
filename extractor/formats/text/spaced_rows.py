"""Reads consecutive aligned lines as a table: which column each word and number is in."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from extractor.document import Table
from extractor.formats.text.bands import Bands, Measure, Segment, measures_for, segments
from extractor.formats.text.blank_rows import Labels, opens_label
from extractor.formats.text.lines import PlacedPiece, TextLine, TextPiece, is_number, is_value, placed_table

_FEWEST_NUMBERED = 2  # rows; one is enough below a header of several words
_FEWEST_HEADS = 4
_FARTHEST_HEAD = 2  # display columns between a header and its numbers
_FEWEST_WITNESSES = 2  # numbers in a column without a header

_Row = list[Segment]


class _Word(NamedTuple):
    """A cell being built."""

    columns: range
    piece: TextPiece
    number: bool


class _WidthReading(NamedTuple):
    """A table by one way of counting widths, and the number of distinct edges of its cells."""

    edges: int
    placed: list[PlacedPiece]


class SegmentLines:
    """The segments of consecutive lines: which lines are rows with numbers, which are headers."""

    def __init__(self, text: str, lines: list[TextLine], measure: Measure) -> None:
        """Split the lines at their gaps, and find the columns."""
        self.rows = [segments(text, line, measure) for line in lines]
        self.numbers = frozenset(
            segment for row in self.rows for segment in row if _is_numeric(text[segment.start : segment.end])
        )
        self.numbered = [not self.numbers.isdisjoint(row) for row in self.rows]
        # A row of labels with serial numbers is not a header.
        self.opened = [any(opens_label(text, segment) for segment in row) for row in self.rows]
        self.first = self.numbered.index(True) if True in self.numbered else len(self.rows)
        self.bands = Bands(self._base())
        self.values_from = self._values_from()
        self.heads = [self._is_head(at) for at in range(len(self.rows))]
        self.bands = Bands([*self._base(), *self._labels()])
        self.bands.widen(segment for row in self.of(self.heads) for segment in row)
        self._join_shifted_heads()

    def of(self, chosen: list[bool]) -> Iterator[_Row]:
        """Yield the chosen ones of the rows."""
        return (row for row, is_chosen in zip(self.rows, chosen, strict=True) if is_chosen)

    def _base(self) -> Iterator[Segment]:
        return (segment for row in self.of(self.numbered) for segment in row)

    def _values_from(self) -> int:
        """Return the display column where the labels end: at numbers, or header words above blanks."""
        balance = [0] * len(self.bands)
        for segment in self._base():
            for band in self.bands.under(segment):
                balance[band] += 1 if segment in self.numbers else -1
        first = next((band for band, votes in enumerate(balance) if votes > 0), len(balance))
        above = list(zip(self.rows, self.opened, strict=True))[: self.first] if first < len(balance) else []
        labels_to = self.bands.rights[first - 1] if first else 0
        labels_to = max([labels_to, *(row[-1].right for row, opened in above if opened)])
        words = [s.left for row, opened in above for s in row if not opened and s.left >= labels_to]
        numbers = self.bands.lefts[first:] or self.bands.rights[-1:] or [0]
        return min([*words, numbers[0]])

    def _is_head(self, at: int) -> bool:
        row = self.rows[at]
        if self.numbered[at] or self.opened[at] or (len(row) == 1 and at > self.first):
            return False
        return row[-1].right > self.values_from

    def _labels(self) -> Iterator[Segment]:
        """Yield the words left of the numbers in rows without any number."""
        for row, numbered, head in zip(self.rows, self.numbered, self.heads, strict=True):
            if not numbered and not head:
                yield from (segment for segment in row if segment.right <= self.values_from)

    def _join_shifted_heads(self) -> None:
        self.join_shifted([segment for row in self.of(self.heads) for segment in row], _FARTHEST_HEAD)

    def join_shifted(self, heads: list[Segment], reach: float) -> bool:
        """Merge a band of numbers without header with the nearest header without numbers.

        Return False if a number may belong to either of two headers.
        """
        while True:
            numbered = {band for number in self.numbers for band in self.bands.under(number)}
            over = (self.bands.under(head) for head in heads)
            headed = {bands[0] for bands in over if len(bands) == 1}
            pair = None
            for band in sorted(numbered - headed):
                beside = sorted(
                    (self.bands.gap(min(band, other)), other)
                    for other in (band - 1, band + 1)
                    if other in headed - numbered
                )
                if beside and beside[0][0] <= reach and (len(beside) == 1 or 2 * beside[0][0] < beside[1][0]):
                    pair = min(band, beside[0][1])
                    break
                if beside:
                    return False
            if pair is None:
                return True
            self.bands.join(pair)

    def columns_of_values(self) -> set[int]:
        """Return the value columns: those with numbers, and those with a header only."""
        labels = {
            band
            for row, head in zip(self.rows, self.heads, strict=True)
            for segment in row
            if not head and segment not in self.numbers and segment.right <= self.values_from
            for band in self.bands.under(segment)
        }
        return set(range(len(self.bands))) - labels


def spaced_table(text: str, lines: list[TextLine]) -> Table | None:
    """Return the lines as a table if each number is in exactly one column.

    The way of counting widths with the best aligned columns is used. None if two are equally good and give
    different tables.
    """
    whole = text[lines[0].origin : lines[-1].end]
    readings = [
        reading
        for measure in measures_for(whole)
        if (reading := _read_with(text, lines, measure)) is not None
    ]
    if not readings:
        return None
    best = min(readings, key=lambda reading: reading.edges)
    rivals = [reading for reading in readings if reading.edges == best.edges]
    if any(_positions(rival) != _positions(best) for rival in rivals):
        return None
    return placed_table(text, best.placed, aligned=True)


def _positions(reading: _WidthReading) -> list[tuple[int, int, int]]:
    return [(cell.row, cell.column, cell.span) for cell in reading.placed]


def _read_with(text: str, lines: list[TextLine], measure: Measure) -> _WidthReading | None:
    sheet = SegmentLines(text, lines, measure)
    if not any(sheet.numbered):
        return None
    grid = [_words(line, row, sheet) for line, row in zip(lines, sheet.rows, strict=True)]
    rows = [row for row in grid if row is not None]
    if len(rows) < len(grid) or not _is_proved(sheet, rows):
        return None
    values = sheet.columns_of_values()
    labels = Labels(text, sheet.rows, sheet.numbers, sheet.bands)
    seen_head = False
    placed: list[PlacedPiece] = []
    for at, row in enumerate(rows):
        seen_head = seen_head or sheet.heads[at] or sheet.numbered[at]
        label_only = not sheet.heads[at] and row[-1].piece.end <= _end_of_labels(sheet, at)
        complete = sheet.numbered[at] or (seen_head and label_only and labels.is_complete(at))
        placed += _place_cells(at, row, values if complete else set())
    return _WidthReading(edges_shown(sheet), placed)


def _is_numeric(text: str) -> bool:
    return is_value(text) or is_number(text)


def _end_of_labels(sheet: SegmentLines, at: int) -> int:
    """Return the offset of the end of the last word of a line left of all numbers."""
    return max((s.end for s in sheet.rows[at] if s.right <= sheet.values_from), default=-1)


def _words(line: TextLine, row: _Row, sheet: SegmentLines) -> list[_Word] | None:
    """Return the cells of a line; None if a number would share its cell with something else."""
    found: list[_Word] = []
    for segment in row:
        taken = sheet.bands.under(segment)
        number = segment in sheet.numbers
        if not taken:  # a word of a row without numbers, between two columns
            taken = range(max(0, taken.start - 1), max(1, taken.start))
        word = _Word(taken, TextPiece(line, segment.start, segment.end), number)
        if number and len(taken) > 1:
            return None
        if found and found[-1].columns[-1] >= taken[0]:
            if word.number or found[-1].number:
                return None
            first = found.pop()
            taken = range(first.columns[0], max(first.columns[-1], taken[-1]) + 1)
            word = _Word(taken, TextPiece(line, first.piece.start, segment.end), False)
        found.append(word)
    return found


def _is_proved(sheet: SegmentLines, rows: list[list[_Word]]) -> bool:
    """Return whether enough rows of numbers show the columns, with or without a header.

    If a wrapped label has its numbers on a separate line, it is ambiguous which row they belong to.
    """
    numbered = [row for row, is_it in zip(rows, sheet.numbered, strict=True) if is_it]
    columns = [column for row in numbered for word in row if word.number for column in word.columns]
    headed = {column for row in sheet.of(sheet.heads) for s in row for column in sheet.bands.under(s)}
    shown = headed.issuperset(columns) if headed else min(Counter(columns).values()) >= _FEWEST_WITNESSES
    if len(numbered) < _FEWEST_NUMBERED and len(headed) < _FEWEST_HEADS:
        return False
    return shown and _have_labels(sheet, numbered)


def _have_labels(sheet: SegmentLines, numbered: list[list[_Word]]) -> bool:
    """Return whether every row with numbers has a label, or none has and there are no lone labels."""
    labelled = sum(not row[0].number for row in numbered)
    label_only = any(
        not is_it and not head
        for is_it, head in zip(sheet.numbered[sheet.first :], sheet.heads[sheet.first :], strict=True)
    )
    return labelled == len(numbered) or (labelled == 0 and not label_only)


def _place_cells(number: int, row: list[_Word], values: set[int]) -> list[PlacedPiece]:
    """Return the cells of a row at their columns, with empty ones in unused value columns."""
    cells = [PlacedPiece(number, word.columns[0], len(word.columns), word.piece) for word in row]
    taken = {column for word in row for column in word.columns}
    edge = row[-1].piece
    blank = TextPiece(edge.line, edge.end, edge.end)
    cells += [PlacedPiece(number, column, 1, blank) for column in values - taken]
    return sorted(cells, key=lambda cell: cell.column)


def edges_shown(sheet: SegmentLines) -> int:
    """Return the number of distinct edges of the columns; aligned cells share one."""
    of_columns: dict[int, list[Segment]] = {}
    for segment in _that_line_up(sheet):
        below = sheet.bands.under(segment)
        if len(below) == 1:
            of_columns.setdefault(below[0], []).append(segment)
    return sum(_edges_of(column) for column in of_columns.values())


def _edges_of(column: list[Segment]) -> int:
    """Return the number of distinct positions of left-, right- or centre-aligned cells."""
    sums = [cell.left + cell.right for cell in column]
    return min(
        len({cell.left for cell in column}),
        len({cell.right for cell in column}),
        len({total // 2 for total in sums}),  # a centred cell may have one blank more on either side
        len({(total + 1) // 2 for total in sums}),
    )


def _that_line_up(sheet: SegmentLines) -> Iterable[Segment]:
    yield from sheet.numbers
    for row in sheet.of(sheet.heads):
        yield from row
