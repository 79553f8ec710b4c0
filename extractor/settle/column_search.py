"""Finds the readings of the rows that satisfy the sums down the columns.

The search is exact: a candidate is kept if and only if it is part of a reading of all rows that
adds up. A forward pass collects the sums that the rows can reach, a backward pass keeps those
that lead to the printed total.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter

from msgspec import Struct

from extractor.forms import Equation, TableForm
from extractor.settle.candidate import Candidate, Candidates, Values
from extractor.settle.column_bounds import within_bounds
from extractor.settle.tokens import TooManyReadings

# columns → their values → the sums with these values there
_SumGroups = dict[tuple[int, ...], dict[Values, list[Values]]]
_WORK = 150_000  # number of sums formed before the search gives up; this takes about 0.1 s


class SearchBudget:
    """The number of sums that a search may still form."""

    def __init__(self, work: int = _WORK) -> None:
        """Allow `work` sums."""
        self._left = work

    def spend(self, work: int) -> None:
        """Use up some of the budget. Raise TooManyReadings if it is exceeded."""
        self._left -= work
        if self._left < 0:
            raise TooManyReadings


class Solution(Struct, frozen=True):
    """The candidates that are left, and the columns that had to be ignored to get any."""

    candidates: Candidates
    broken: tuple[str, ...] = ()  # ids of the columns in which no reading adds up


def consistent_candidates(table: TableForm, candidates: Candidates) -> Solution:
    """Keep the candidates that satisfy the equations down the columns.

    If no reading satisfies all columns, as few columns as possible are ignored, and the candidates
    of every such reading are kept. Raise TooManyReadings if the search takes too long.
    """
    budget = SearchBudget()
    columns = list(range(len(table.columns)))
    for size in (0, 1, 2):
        unions = []
        for broken in _of_size(columns, size):
            kept = [column for column in columns if column not in broken]
            union = ColumnSearch(table, candidates, kept, budget).supported()
            if union:
                unions.append((broken, union))
        if unions:
            names = tuple(table.columns[c].id for c in sorted({c for group, _ in unions for c in group}))
            return Solution(_unite(candidates, [union for _, union in unions]), names)
    return Solution(candidates, tuple(column.id for column in table.columns))


def _of_size(columns: list[int], size: int) -> Iterator[tuple[int, ...]]:
    if size == 0:
        yield ()
    elif size == 1:
        yield from ((column,) for column in columns)
    else:
        yield from ((column, columns[-1]) for column in columns[:-1])  # a part and the total column


def _unite(candidates: Candidates, unions: list[Candidates]) -> Candidates:
    return {
        row: [c for c in given if any(c in union[row] for union in unions)]
        for row, given in candidates.items()
    }


class ColumnSearch:
    """The search for one set of columns."""

    def __init__(
        self, table: TableForm, candidates: Candidates, columns: list[int], budget: SearchBudget
    ) -> None:
        """Keep the candidates, without those that simple bounds exclude."""
        self.columns = columns
        self.budget = budget
        self.total = _total_column(table)
        foots = [e for e in table.equations if e.within == "column" and e.total]
        balances = [e for e in table.equations if e.within == "column" and not e.total]
        self.foot = next((e for e in foots if _has_all(candidates, (e.total or "", *e.parts))), None)
        self.balance = next((e for e in balances if _has_all(candidates, (*e.left, *e.right))), None)
        self.given = candidates
        self.candidates = within_bounds(candidates, self.foot, self.balance, columns, self.total)

    def _amounts(self, candidate: Candidate) -> Values:
        amounts = candidate.amounts(self.total)
        return tuple(amounts[c] for c in self.columns)

    def supported(self) -> Candidates | None:
        """Return the candidates of each row that occur in at least one solution.

        None if there is no solution.
        """
        if not all(self.candidates.values()):
            return None
        kept: dict[str, set[int]] = {row: set() for row in self.candidates}
        balance = _Balance(self, self.balance, self.foot.total if self.foot else None)
        if self.foot is None:
            if self.balance is None:
                return self.candidates
            if not balance.meets((0,) * len(self.columns), kept):
                return None
        elif not self._foot(self.foot, balance, kept):
            return None
        involved = {row for equation in (self.foot, self.balance) if equation for row in _rows_of(equation)}
        return {
            row: [c for c in given if row not in involved or id(c) in kept[row]]
            for row, given in self.candidates.items()
        }

    def _foot(self, foot: Equation, balance: "_Balance", kept: dict[str, set[int]]) -> bool:
        parts = [self.candidates[row] for row in foot.parts]
        forward = self._forward(parts)
        head = foot.total or ""
        reached: set[Values] = set()
        groups: _SumGroups = {}
        for handled in self.candidates[head]:
            for sums in self._sums_meeting(handled, forward[-1], groups):
                if balance.meets(self._effective(handled, sums), kept):
                    kept[head].add(id(handled))
                    reached.add(sums)
        if reached:
            self._backward(foot, parts, forward, reached, kept)
        return bool(reached)

    def _forward(self, parts: list[list[Candidate]]) -> list[set[Values]]:
        reach: list[set[Values]] = [{(0,) * len(self.columns)}]
        for given in parts:
            steps = {self._amounts(candidate) for candidate in given}
            self.budget.spend(len(reach[-1]) * len(steps))
            reach.append({_plus(sums, step) for sums in reach[-1] for step in steps})
        return reach

    def _sums_meeting(self, handled: Candidate, sums: set[Values], groups: _SumGroups) -> Sequence[Values]:
        """Return the sums of the parts that equal every value the total row prints.

        `groups` keeps the sums by their values in the columns that a total row prints, for further readings
        of the row.
        """
        stated = tuple(i for i, c in enumerate(self.columns) if handled.values[c] is not None)
        wanted = tuple(int(handled.values[self.columns[i]] or 0) for i in stated)
        if len(stated) == len(self.columns):
            return (wanted,) if wanted in sums else ()
        self.budget.spend(len(sums))
        if stated not in groups:
            groups[stated] = _by_columns(sums, stated)
        return groups[stated].get(wanted, ())

    def _effective(self, total_row: Candidate, sums: Values) -> Values:
        """Return the total row's values, each blank replaced by the sum of the rows it totals."""
        counted = {c: value for c, value in enumerate(total_row.values) if value is not None}
        own_parts = any(c != self.total for c in counted)
        for index, column in enumerate(self.columns):
            if column not in counted and not (column == self.total and own_parts):
                counted[column] = sums[index]
        if self.total is not None and self.total not in counted:
            counted[self.total] = sum(value for c, value in counted.items() if c != self.total)
        return tuple(counted.get(c, 0) for c in self.columns)

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
            self.budget.spend(len(wanted) * len(parts[index]))
            for candidate in parts[index]:
                amounts = self._amounts(candidate)
                below = {_minus(sums, amounts) for sums in wanted} & forward[index]
                if below:
                    kept[foot.parts[index]].add(id(candidate))
                    earlier |= below
            wanted = earlier


class _Balance:
    """An equation of two sides; one row of it (the head) is passed to `meets`, the others are summed here."""

    def __init__(self, search: ColumnSearch, equation: Equation | None, head: str | None) -> None:
        self.equation = equation
        self.budget = search.budget
        if equation is None:
            return
        self.head_is_left = head in equation.left
        zero = (0,) * len(search.columns)
        sides = [[row for row in side if row != head] for side in equation.sides()]
        self.left, self.right = (self._sums(search, rows, zero) for rows in sides)

    def _sums(self, search: ColumnSearch, rows: list[str], zero: Values) -> dict[Values, dict[str, set[int]]]:
        """Return every possible sum of these rows, each with the candidates that lead to it."""
        sums: dict[Values, dict[str, set[int]]] = {zero: {row: set() for row in rows}}
        for row in rows:
            self.budget.spend(len(sums) * len(search.candidates[row]))
            grown: dict[Values, dict[str, set[int]]] = {}
            for so_far, members in sums.items():
                for candidate in search.candidates[row]:
                    into = grown.setdefault(
                        _plus(so_far, search._amounts(candidate)), {r: set() for r in rows}
                    )
                    for other, ids in members.items():
                        into[other] |= ids
                    into[row].add(id(candidate))
            sums = grown
        return sums

    def meets(self, head: Values, kept: dict[str, set[int]]) -> bool:
        """Return whether both sides can be equal with this head.

        Add the candidates that allow it to `kept`.
        """
        if self.equation is None:
            return True
        own, others = (self.left, self.right) if self.head_is_left else (self.right, self.left)
        self.budget.spend(len(own))
        met = False
        for so_far, members in own.items():
            facing = others.get(_plus(so_far, head))
            if facing is not None:
                met = True
                for side in (members, facing):
                    for row, ids in side.items():
                        kept[row] |= ids
        return met


def _by_columns(sums: set[Values], columns: tuple[int, ...]) -> dict[Values, list[Values]]:
    """Return sums by their values in some columns."""
    keys: Iterable[Values] = (tuple(each[i] for i in columns) for each in sums)
    if len(columns) > 1:
        keys = map(itemgetter(*columns), sums)  # the same, several times faster
    found: dict[Values, list[Values]] = defaultdict(list)
    for values, each in zip(keys, sums, strict=True):
        found[values].append(each)
    return found


def _total_column(table: TableForm) -> int | None:
    names = [column.id for column in table.columns]
    return next((names.index(e.total) for e in table.equations if e.within == "row" and e.total), None)


def _has_all(candidates: Candidates, rows: Iterable[str]) -> bool:
    return all(row in candidates for row in rows)


def _rows_of(equation: Equation) -> tuple[str, ...]:
    left, right = equation.sides()
    return (*left, *right)


def _plus(a: Values, b: Values) -> Values:
    return tuple(map(int.__add__, a, b))


def _minus(a: Values, b: Values) -> Values:
    return tuple(map(int.__sub__, a, b))
