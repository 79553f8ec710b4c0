"""Which readings of the rows satisfy the sums down the columns, and is there only one?

The search is exact: a candidate stays if and only if some complete reading holds it. It
goes forward over the sums that the rows can reach, and back over those that are wanted.
"""

from collections.abc import Iterable, Iterator
from itertools import product

from msgspec import Struct

from extractor.forms import Equation, TableForm
from extractor.readings import Split, TooManyReadings

Values = tuple[int, ...]  # what each column of a row counts for

_REACHABLE = 60_000  # sums that the rows above a place may reach before the search gives up


class Candidate(Struct, frozen=True, eq=False):
    """One reading of a row: the split that gives it, and its numbers (None for a blank)."""

    split: Split
    values: tuple[int | None, ...]

    def amounts(self, total: int | None) -> Values:
        """Return what each cell counts for; a blank at position `total` counts for its parts."""
        amounts = [value or 0 for value in self.values]
        if total is not None and self.values[total] is None:
            amounts[total] = sum(amounts[:total]) + sum(amounts[total + 1 :])
        return tuple(amounts)


Candidates = dict[str, list[Candidate]]  # by row id


class Solution(Struct, frozen=True):
    """The candidates that stand in some complete reading, and what had to be given up for them."""

    candidates: Candidates
    broken: tuple[str, ...] = ()  # columns whose identities no reading satisfies


def consistent_candidates(table: TableForm, candidates: Candidates) -> Solution:
    """Keep the candidates that satisfy the identities down the columns.

    Where no reading satisfies all columns, the fewest columns are given up; what is kept is
    then what any such reading holds. Raise TooManyReadings beyond the bound.
    """
    columns = list(range(len(table.columns)))
    for broken in _fewest_first(columns):
        kept = _Columns(table, candidates, [c for c in columns if c not in broken])
        union = kept.supported()
        if union:
            unions = [(broken, union)]
            if broken:  # other columns may be given up as well as these
                for other in _of_size(columns, len(broken)):
                    if other != broken:
                        more = _Columns(table, candidates, [c for c in columns if c not in other]).supported()
                        if more:
                            unions.append((other, more))
            names = tuple(table.columns[c].id for c in sorted({c for group, _ in unions for c in group}))
            return Solution(_united(candidates, [union for _, union in unions]), names)
    return Solution(candidates, tuple(column.id for column in table.columns))


def _fewest_first(columns: list[int]) -> Iterator[tuple[int, ...]]:
    for size in (0, 1, 2):
        yield from _of_size(columns, size)


def _of_size(columns: list[int], size: int) -> Iterator[tuple[int, ...]]:
    if size == 0:
        yield ()
    elif size == 1:
        yield from ((column,) for column in columns)
    else:
        yield from ((column, columns[-1]) for column in columns[:-1])  # a part and the total column


def _united(candidates: Candidates, unions: list[Candidates]) -> Candidates:
    return {
        row: [c for c in given if any(c in union[row] for union in unions)]
        for row, given in candidates.items()
    }


class _Columns:
    """The search for one set of columns."""

    def __init__(self, table: TableForm, candidates: Candidates, columns: list[int]) -> None:
        self.columns = columns
        self.candidates = candidates
        self.total = next(
            (
                [c.id for c in table.columns].index(e.total)
                for e in table.equations
                if e.within == "row" and e.total
            ),
            None,
        )
        foots = [e for e in table.equations if e.within == "column" and e.total]
        balances = [e for e in table.equations if e.within == "column" and not e.total]
        self.foot = next((e for e in foots if self._has_all((e.total or "", *e.parts))), None)
        self.balance = next((e for e in balances if self._has_all((*e.left, *e.right))), None)

    def _has_all(self, rows: Iterable[str]) -> bool:
        return all(row in self.candidates for row in rows)

    def _amounts(self, candidate: Candidate) -> Values:
        amounts = candidate.amounts(self.total)
        return tuple(amounts[c] for c in self.columns)

    def supported(self) -> Candidates | None:
        """Return the candidates of each row that stand in some reading; None where there is none."""
        if self.foot is None:
            return self._balance_alone()
        foot, balance = self.foot, self.balance
        parts = [self.candidates[row] for row in foot.parts]
        forward = self._forward(parts)
        head = foot.total or ""
        kept: dict[str, set[int]] = {row: set() for row in self.candidates}
        reached: set[Values] = set()
        for handled in self.candidates[head]:
            for sums in self._sums_meeting(handled, forward[-1]):
                effective = self._effective(handled, sums)
                if balance is None or self._balances(balance, head, effective, kept):
                    kept[head].add(id(handled))
                    reached.add(sums)
        if not reached:
            return None
        self._backward(foot, parts, forward, reached, kept)
        involved = {*foot.parts, head, *((*balance.left, *balance.right) if balance else ())}
        return {
            row: [c for c in given if row not in involved or id(c) in kept[row]]
            for row, given in self.candidates.items()
        }

    def _balance_alone(self) -> Candidates | None:
        if self.balance is None:
            return self.candidates
        rows = (*self.balance.left, *self.balance.right)
        kept: dict[str, set[int]] = {row: set() for row in rows}
        for chosen in product(*(self.candidates[row] for row in rows)):
            amounts = [self._amounts(candidate) for candidate in chosen]
            split = len(self.balance.left)
            if _added(amounts[:split]) == _added(amounts[split:]):
                for row, candidate in zip(rows, chosen, strict=True):
                    kept[row].add(id(candidate))
        if not all(kept.values()):
            return None
        return {
            row: [c for c in given if row not in kept or id(c) in kept[row]]
            for row, given in self.candidates.items()
        }

    def _forward(self, parts: list[list[Candidate]]) -> list[set[Values]]:
        reach: list[set[Values]] = [{(0,) * len(self.columns)}]
        for given in parts:
            steps = {self._amounts(candidate) for candidate in given}
            reach.append({_plus(sums, step) for sums in reach[-1] for step in steps})
            if len(reach[-1]) > _REACHABLE:
                raise TooManyReadings
        return reach

    def _sums_meeting(self, handled: Candidate, sums: set[Values]) -> Iterator[Values]:
        """Yield the sums of parts that agree with a total row wherever it states something."""
        stated = [i for i, c in enumerate(self.columns) if handled.values[c] is not None]
        wanted = [int(handled.values[self.columns[i]] or 0) for i in stated]
        if len(stated) == len(self.columns):
            if tuple(wanted) in sums:
                yield tuple(wanted)
            return
        for reached in sums:
            if all(reached[i] == value for i, value in zip(stated, wanted, strict=True)):
                yield reached

    def _effective(self, handled: Candidate, sums: Values) -> Values:
        """Return what a total row counts for: where it is blank, what stands above it."""
        counted = {c: handled.values[c] for c in range(len(handled.values)) if handled.values[c] is not None}
        own_parts = any(c != self.total for c in counted)
        for index, column in enumerate(self.columns):
            if column not in counted and not (column == self.total and own_parts):
                counted[column] = sums[index]
        if self.total is not None and self.total not in counted:
            counted[self.total] = sum(
                counted.get(c) or 0 for c in range(len(handled.values)) if c != self.total
            )
        return tuple(counted[c] or 0 for c in self.columns)

    def _balances(self, balance: Equation, head: str, effective: Values, kept: dict[str, set[int]]) -> bool:
        others = [row for row in (*balance.left, *balance.right) if row != head]
        met = False
        for chosen in product(*(self.candidates[row] for row in others)):
            left = [self._amounts(c) for row, c in zip(others, chosen, strict=True) if row in balance.left]
            right = [self._amounts(c) for row, c in zip(others, chosen, strict=True) if row in balance.right]
            (right if head in balance.right else left).append(effective)
            if _added(left) == _added(right):
                met = True
                for row, candidate in zip(others, chosen, strict=True):
                    kept[row].add(id(candidate))
        return met

    def _backward(
        self,
        foot: Equation,
        parts: list[list[Candidate]],
        forward: list[set[Values]],
        reached: set[Values],
        kept: dict[str, set[int]],
    ) -> None:
        wanted = reached
        for index in range(len(parts) - 1, -1, -1):
            earlier: set[Values] = set()
            for candidate in parts[index]:
                amounts = self._amounts(candidate)
                below = {_minus(sums, amounts) for sums in wanted} & forward[index]
                if below:
                    kept[foot.parts[index]].add(id(candidate))
                    earlier |= below
            wanted = earlier


def _plus(a: Values, b: Values) -> Values:
    return tuple(map(int.__add__, a, b))


def _minus(a: Values, b: Values) -> Values:
    return tuple(map(int.__sub__, a, b))


def _added(amounts: list[Values]) -> Values:
    return tuple(map(sum, zip(*amounts, strict=True)))
