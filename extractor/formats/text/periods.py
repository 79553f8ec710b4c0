"""The numbers of line ends that a text uses between cells and between rows."""

from collections import Counter
from typing import Literal

Kind = Literal["value", "label", "prose"]

_TABLE_KINDS: tuple[Kind, ...] = ("value", "label")
_FEWEST_VALUES = 4
_HEAD = 20  # lines above the first number that may be headers of its table
_NO_ACCIDENT = 2
_EXPLAINED = 0.9  # share of the gaps that must be explained; the others are before and after tables


class Periods:
    """`cell` line ends separate cells; `row` more separate rows.

    Between two visible cells there are `cell * (empty cells + 1) + row * (row ends)` line ends.
    """

    def __init__(self, cell: int, row: int, shown: bool = False) -> None:
        """Take the counts of line ends; `shown` if every empty cell has a line of its own."""
        self.cell = cell
        self.row = row
        self.shown = shown
        self._readings: dict[int, list[tuple[int, int]]] = {}

    def decode(self, gap: int) -> list[tuple[int, int]]:
        """Return what a count of line ends can mean: pairs of row ends (0 or 1) and empty cells.

        >>> Periods(3, 2).decode(26), Periods(3, 2).decode(6), Periods(3, 2).decode(7)
        ([(1, 7)], [(0, 1)], [])
        >>> Periods(2, 2, shown=True).decode(4), Periods(2, 2, shown=True).decode(6)
        ([(1, 0)], [])
        """
        readings = self._readings.get(gap)
        if readings is None:
            readings = [
                (rows, rest // self.cell - 1)
                for rows, rest in enumerate((gap, gap - self.row))
                if (rest == self.cell if self.shown else rest >= self.cell and rest % self.cell == 0)
            ]
            self._readings[gap] = readings
        return readings

    @property
    def plain(self) -> set[int]:
        """The line ends between two cells, and between two rows, without empty cells."""
        return {self.cell, self.cell + self.row}

    def ends_row(self, gap: int) -> bool:
        """Return whether a count of line ends can only mean a row end."""
        readings = self.decode(gap)
        return bool(readings) and all(rows == 1 for rows, _ in readings)

    @property
    def ambiguous(self) -> bool:
        """Whether a row end may look the same as some empty cells."""
        return not self.shown and self.row % self.cell == 0


def infer_periods(gaps: list[int], kinds: list[Kind]) -> Periods | None:
    """Infer the counts from the line ends around numbers; None if they follow no such pattern.

    Args:
        gaps: line ends between each visible line and the next.
        kinds: what each visible line is.
    """
    if kinds.count("value") < _FEWEST_VALUES:
        return None
    by_kinds = _gaps_by_kinds(gaps, kinds)
    before = by_kinds["value", "value"] + by_kinds["label", "value"]
    after = by_kinds["value", "label"]
    # A single line end between labels may be a label broken in two; before a number it is none.
    labels = by_kinds["label", "label"]
    broken = labels.pop(1, 0)
    near = before + after + labels
    if not before:
        return None
    for cell in sorted(gap for gap, count in (before + labels).items() if count >= _NO_ACCIDENT):
        if cell > min(before) or (cell > 1 and broken > labels[cell]):
            return None
        row_end = _row_end(cell, after, near)
        if row_end is not None:
            periods = Periods(cell, row_end - cell)
            explained = sum(count for gap, count in near.items() if periods.decode(gap))
            if explained >= _EXPLAINED * near.total():
                return periods
    return None


def infer_shown_periods(gaps: list[int], kinds: list[Kind]) -> Periods | None:
    """Infer the counts if each cell has its line; None if any other empty cell is among them.

    Args:
        gaps: line ends between each line and the next, blank lines that are empty cells included.
        kinds: what each line is; an empty cell is a value.
    """
    periods = infer_periods(gaps, kinds)
    if periods is None or periods.cell == 1:
        return None  # a blank line elsewhere is not a cell
    by_kinds = _gaps_by_kinds(gaps, kinds)
    within = by_kinds["value", "value"] + by_kinds["label", "value"]
    # After a number, or between labels, a table may end, but there can be no empty cell.
    outside = by_kinds["value", "label"] + by_kinds["label", "label"]
    empty = any(gap not in periods.plain and periods.decode(gap) for gap in outside)
    if empty or not periods.plain.issuperset(within):
        return None
    return Periods(periods.cell, periods.row, shown=True)


def _gaps_by_kinds(gaps: list[int], kinds: list[Kind]) -> dict[tuple[Kind, Kind], Counter[int]]:
    """Count the gaps from the header of the first table with numbers to the last number."""
    values = [at for at, kind in enumerate(kinds) if kind == "value"]
    first = max(0, values[0] - _HEAD)
    found: dict[tuple[Kind, Kind], Counter[int]] = {
        (left, right): Counter() for left in _TABLE_KINDS for right in _TABLE_KINDS
    }
    for at in range(first, values[-1]):
        counts = found.get((kinds[at], kinds[at + 1]))
        if counts is not None:
            counts[gaps[at]] += 1
    return found


def _row_end(cell: int, after: Counter[int], near: Counter[int]) -> int | None:
    """Return the plain row end: the smallest count that differs from the usual one by whole cells.

    It need not be the usual count, as rows may mostly end in empty cells.
    """
    if not after:
        return None
    usual = after.most_common(1)[0][0]
    plain = min((gap for gap in near if gap > cell and (usual - gap) % cell == 0), default=None)
    return plain if usual > cell else None
