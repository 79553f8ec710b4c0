"""Turns clusters and counted line ends into rows: where each row ends and each empty cell is."""

from collections import Counter
from itertools import pairwise
from typing import NamedTuple

from msgspec import Struct

from extractor.formats.text.lines import TextPiece
from extractor.formats.text.periods import Periods

_FEWEST_WITNESSES = 2  # certain rows that establish the width of rows
_AGREED = 0.8  # share of those rows that must be equally wide for the width to decide
_FEWEST_NUMBERS = 2


class Cluster(NamedTuple):
    """One cell or one paragraph: adjacent lines that belong together."""

    piece: TextPiece
    text: str
    first: int  # index of its first line
    last: int  # index of its last line
    value: bool
    prose: bool
    gap_after: int | None  # line ends up to the next cluster


class CountedRow(Struct):
    """A row being built; `open_after` empty cells are at its end or before the next row."""

    cells: list[TextPiece]
    texts: list[str]
    values: list[bool]  # for each visible cell: whether it is a number; an empty cell counts as a number
    open_before: int = 0
    open_after: int = 0

    @property
    def tail(self) -> int:
        """The number of cells after the last label."""
        return next(
            (count for count, value in enumerate(reversed(self.values)) if not value), len(self.values)
        )

    @property
    def settled(self) -> bool:
        """Whether it is known which empty cells it has."""
        return not self.open_before and not self.open_after and any(self.values)

    def add(self, piece: TextPiece, text: str, value: bool) -> None:
        """Append a cell to the row."""
        self.cells.append(piece)
        self.texts.append(text)
        self.values.append(value)

    def pad(self, count: int, *, front: bool = False) -> None:
        """Add empty cells at the end of the row, or at its beginning."""
        edge = self.cells[0] if front else self.cells[-1]
        at = edge.start if front else edge.end
        blanks = [TextPiece(edge.line, at, at)] * count
        self.cells = blanks + self.cells if front else self.cells + blanks
        self.texts = [""] * count + self.texts if front else self.texts + [""] * count
        self.values = [True] * count + self.values if front else self.values + [True] * count


class _ClosedRows(NamedTuple):
    """What the complete rows (no undecided empty cells) show about the others."""

    width: int | None  # width of all, if they agree
    tails: set[int]  # numbers of cells after their last label


def rows_of(
    clusters: list[Cluster], periods: Periods, gap_after: int, plain_end: int | None
) -> list[CountedRow]:
    """Return the rows with their empty cells; [] if the counts do not prove them.

    Args:
        clusters: the cells, in reading order.
        periods: what the counts of line ends mean.
        gap_after: line ends after the last cell.
        plain_end: line ends after another table whose last cell is not empty, if there is one.
    """
    rows = _split(clusters, periods)
    if rows is None or len(rows) < 2 or sum(cluster.value for cluster in clusters) < _FEWEST_NUMBERS:
        return []
    if sum(len(row.cells) > 1 for row in rows) < 2:
        return []
    if periods.ambiguous:
        _join_broken_labels(rows)
    if not periods.shown:
        rows[-1].open_after = _blanks_at_end(rows, periods, gap_after, plain_end)
    if not _settle(rows) or (periods.ambiguous and not _equally_wide(rows)):
        return []
    return rows


def is_even(rows: list[CountedRow]) -> bool:
    """Return whether the rows show that none of their cells is empty.

    All have a label, and as many cells behind it as the others or as the header above; or
    they are one row of numbers below nothing but headers. An empty cell that was taken for a
    row end would leave one of its two parts without a label.
    """
    numbered = [row for row in rows if any(row.values)]
    if len(numbered) == 1 and numbered[0] is rows[-1] and all(rows[-1].values):
        return len(rows[-1].cells) >= max(len(row.cells) for row in rows)
    if not numbered or any(row.values[0] for row in numbered):
        return False
    if len({row.tail for row in numbered}) == 1 and numbered[0].tail:
        return True
    head: int | None = None
    for row in rows:
        if any(row.values) and len(row.cells) != head:
            return False
        head = _head_below(row, head)
    return True


def _blanks_at_end(rows: list[CountedRow], periods: Periods, gap_after: int, plain_end: int | None) -> int:
    """Return the number of empty cells that the line ends after the last row stand for."""
    if plain_end is not None:
        blanks, rest = divmod(gap_after - plain_end, periods.cell)
        return 0 if rest or blanks < 0 else blanks
    # Nothing marks the end of a table: take as many as the row lacks, if a row end remains.
    evidence = _evidence(rows)
    lacking = 0 if evidence.width is None else evidence.width - len(rows[-1].cells)
    enough = gap_after >= periods.cell * (lacking + 1) + periods.row
    return lacking if lacking > 0 and enough else 0


def _equally_wide(rows: list[CountedRow]) -> bool:
    """Return whether all rows with a number are equally wide, none is wider, and all have a label.

    Then no row end can really have been empty cells within a row.
    """
    numbered = {len(row.cells) for row in rows if any(row.values)}
    labelled = all(row.texts[0] and not row.values[0] for row in rows)
    return labelled and len(numbered) == 1 and max(len(row.cells) for row in rows) in numbered


def _split(clusters: list[Cluster], periods: Periods) -> list[CountedRow] | None:
    rows = [CountedRow([], [], [])]
    for at, cluster in enumerate(clusters):
        if at:
            meaning = _meaning(clusters[at - 1], cluster, periods)
            if meaning is None:
                return None
            ends_row, empty = meaning
            if ends_row:
                rows[-1].open_after = empty
                rows.append(CountedRow([], [], [], open_before=empty))
            else:
                rows[-1].pad(empty)
        rows[-1].add(cluster.piece, cluster.text, cluster.value)
    return rows


def _meaning(left: Cluster, right: Cluster, periods: Periods) -> tuple[int, int] | None:
    """Return the meaning of the line ends between two cells; None if it is ambiguous."""
    readings = periods.decode(left.gap_after or 0)
    if len(readings) == 1:
        return readings[0]
    # A row ends where a label follows; before a number it may end or have empty cells.
    return None if right.value else readings[-1]


def _join_broken_labels(rows: list[CountedRow]) -> None:
    """Join the parts of a label that are separated like cells, if all other cells are certain.

    That is the case if the row is longer than nearly all others and ends in a number, and the text between
    label and number (the unit) is also in other rows.
    """
    width = _common([len(row.cells) for row in rows if any(row.values)])
    if width is None or width < 2:
        return
    usual = [row for row in rows if len(row.cells) == width]
    known = [{row.texts[column] for row in usual} for column in range(1, width - 1)]
    for row in rows:
        surplus = len(row.cells) - width
        parts = row.values[: surplus + 1]
        vouched = all(text in seen for text, seen in zip(row.texts[surplus + 1 : -1], known, strict=False))
        if surplus > 0 and row.values[-1] and vouched and not any(parts):
            first, last = row.cells[0], row.cells[surplus]
            row.cells[: surplus + 1] = [TextPiece(first.line, first.start, last.end)]
            row.texts[: surplus + 1] = [row.texts[0]]
            row.values[: surplus + 1] = [False]


def _common(counts: list[int]) -> int | None:
    """Return the count that nearly all agree on, if enough of them do."""
    if not counts:
        return None
    count, witnesses = Counter(counts).most_common(1)[0]
    return count if witnesses >= max(_FEWEST_WITNESSES, _AGREED * len(counts)) else None


def _settle(rows: list[CountedRow]) -> bool:
    """Assign every open empty cell to a row; return False if any stays ambiguous."""
    evidence = _evidence(rows)
    filled: set[int] = set()  # tails not confirmed by any header
    head: int | None = None
    for row, following in zip(rows, [*rows[1:], None], strict=True):
        if row.open_after and following is not None and following.values[0]:
            # A row that begins with a number has no label: the empty cells are before it.
            following.pad(row.open_after, front=True)
        elif row.open_after and following is not None:
            own = _own_blanks(row, evidence, head)
            if own is None:
                return False
            row.pad(own)
            following.pad(row.open_after - own, front=True)
        elif row.open_after and _is_full_at_end(row, evidence, head):
            row.pad(row.open_after)
        if row.open_after and row.tail and len(row.cells) != head:
            filled.add(row.tail)
        head = _head_below(row, head)
    return _agree(rows) and (bool(evidence.tails) or len(filled) <= 1)


def _evidence(rows: list[CountedRow]) -> _ClosedRows:
    settled = [row for row in rows if row.settled]
    widths = {len(row.cells) for row in settled}
    unanimous = len(widths) == 1 and len(settled) >= _FEWEST_WITNESSES
    return _ClosedRows(widths.pop() if unanimous else None, {row.tail for row in settled if row.tail})


def _own_blanks(row: CountedRow, evidence: _ClosedRows, head: int | None) -> int | None:
    """Return how many of the empty cells after a row end it; the rest are the first cells of the next row."""
    empty = row.open_after
    if _is_full(row, evidence, head):
        return empty
    for own in range(empty - 1, -1, -1):
        if row.tail + own in evidence.tails:
            return own
    if evidence.width is not None and 0 <= evidence.width - len(row.cells) < empty:
        return evidence.width - len(row.cells)
    # A row without any number may keep them all, as no number can get into a wrong cell.
    return empty if not evidence.tails or not any(row.values) else None


def _is_full(row: CountedRow, evidence: _ClosedRows, head: int | None) -> bool:
    """Return whether a row with all its open cells is like other rows, or like the header above it."""
    full = len(row.cells) + row.open_after
    return row.tail + row.open_after in evidence.tails or full in (evidence.width, head)


def _is_full_at_end(row: CountedRow, evidence: _ClosedRows, head: int | None) -> bool:
    """Return whether the last row is like others or its header; line ends after a table are weak evidence."""
    if len(row.cells) + row.open_after == head:
        return True
    return len(evidence.tails) == 1 and _is_full(row, evidence, head)


def _head_below(row: CountedRow, head: int | None) -> int | None:
    """Return the width of the header above the next row, as long as rows keep to it."""
    if not any(row.values):
        return len(row.cells) if len(row.cells) > 1 else None
    return head if head == len(row.cells) else None


def _agree(rows: list[CountedRow]) -> bool:
    """Compare rows whose first cells are empty with the row above; return whether all fit."""
    for above, row in pairwise(rows):
        if row.open_before and row.values[0] and row.texts[0] == "" and not _fits_below(above, row):
            return False
    return True


def _fits_below(above: CountedRow, row: CountedRow) -> bool:
    """Return whether a row without a label can begin with the empty cells before it.

    A header is never wider than its table and does not end in an empty cell.
    """
    if not all(row.values):
        return True
    wide = len(row.cells)
    if sum(map(bool, row.texts)) < _FEWEST_NUMBERS:
        return False
    return wide == len(above.cells) or (not any(above.values) and wide > len(above.cells))
