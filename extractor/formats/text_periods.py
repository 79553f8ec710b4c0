"""The counts of line ends that a text has between cells and between rows."""

from collections import Counter
from itertools import pairwise

_FEWEST_VALUES = 4
_RARE = 0.05  # a count seen more rarely than this before numbers is an accident
_PLAIN_SHARE = 0.2  # and one seen more rarely than this beside the usual row end


class Periods:
    """`cell` line ends set off each cell; `row` more set off each row.

    Between two visible cells stand `cell * (empty cells + 1) + row * (row ends)` line ends.
    """

    def __init__(self, cell: int, row: int) -> None:
        """Take the counts of line ends."""
        self.cell = cell
        self.row = row
        self._readings: dict[int, list[tuple[int, int]]] = {}

    def decode(self, gap: int) -> list[tuple[int, int]]:
        """Return what a count of line ends can mean: pairs of row ends (0 or 1) and empty cells.

        >>> Periods(3, 2).decode(26), Periods(3, 2).decode(6), Periods(3, 2).decode(7)
        ([(1, 7)], [(0, 1)], [])
        """
        readings = self._readings.get(gap)
        if readings is None:
            readings = [
                (rows, rest // self.cell - 1)
                for rows, rest in enumerate((gap, gap - self.row))
                if rest >= self.cell and rest % self.cell == 0
            ]
            self._readings[gap] = readings
        return readings

    @property
    def ambiguous(self) -> bool:
        """Whether a row end looks the same as some empty cells."""
        return self.row % self.cell == 0


def infer_periods(gaps: list[int], values: list[bool]) -> Periods | None:
    """Infer the counts from the line ends around numbers; None where there is no such order.

    Args:
        gaps: line ends between each visible line and the next.
        values: whether each visible line is a number.
    """
    if sum(values) < _FEWEST_VALUES:
        return None
    before = Counter(gap for gap, value in zip(gaps, values[1:], strict=False) if value)
    after = Counter(
        gap for gap, (left, right) in zip(gaps, pairwise(values), strict=True) if left and not right
    )
    cell = min(_usual(before), default=0)
    if not cell or not after:
        return None
    # Rows may end in empty cells more often than not: the plain row end is the smallest
    # count that differs from the usual one by whole cells and is no accident.
    usual, times = after.most_common(1)[0]
    between = Counter(gaps[_first(values) : _last(values)])
    least = max(2, times * _PLAIN_SHARE)
    plain = [gap for gap, count in between.items() if gap > cell and count >= least]
    row_end = min((gap for gap in plain if (usual - gap) % cell == 0), default=0)
    if usual <= cell or not row_end:
        return None
    return Periods(cell, row_end - cell)


def _usual(counts: Counter[int]) -> list[int]:
    least = max(2, _RARE * counts.total())
    return [gap for gap, count in counts.items() if count >= least]


def _first(values: list[bool]) -> int:
    return values.index(True)


def _last(values: list[bool]) -> int:
    return len(values) - 1 - values[::-1].index(True)
