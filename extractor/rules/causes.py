"""One error, one finding: equations that fail together, and the smallest change that repairs them all.

A wrong number in a table breaks every sum in which it stands. These failing sums are reported as one cause.
A cell is named only if changing it is the only smallest repair; if several repairs are possible, no cell is
named.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct, structs

from extractor.cell_id import split_cell_id
from extractor.checks import Facts, PlacedEquation, failing_among, known_values, lines_of, mended_value
from extractor.forms import TableForm
from extractor.report import Check, Number, Report
from extractor.rules.editions import tables_of

_MOST_SOLUTIONS = 24  # kept for one cause; with so many, no cell can be named anyway


class Correction(Struct, frozen=True):
    """A cell, the number printed in it, and the number with which the sums hold."""

    cell: str
    before: Number | None
    after: Number


Solution = tuple[Correction, ...]


class Cause(Struct, frozen=True):
    """Equations that fail together, and the smallest changes that repair them, one of which may be right."""

    checks: tuple[Check, ...]
    solutions: tuple[Solution, ...]  # all of the same size; empty if changing two cells does not repair them
    told_by: tuple[Check, ...] = ()  # numbers in the prose that agree with one solution only

    @property
    def changes(self) -> Solution:
        """The changes if there is exactly one solution, else nothing."""
        return self.solutions[0] if len(self.solutions) == 1 else ()

    @property
    def cells(self) -> tuple[str, ...]:
        """The cells of all its equations, each once."""
        return tuple(dict.fromkeys(cell for check in self.checks for cell in check.cells))


def causes_in(report: Report) -> list[Cause]:
    """Return the groups of failing equations that one error explains, with the changes that repair them."""
    found: list[Cause] = []
    for name, table in tables_of(report).items():
        failing = [
            check
            for check in report.checks
            if check.outcome == "fails" and check.id.startswith(f"{name}/") and check.cells
        ]
        if failing:
            found.extend(_causes(table, failing, report))
    return _each_change_once(found)


def _each_change_once(causes: Sequence[Cause]) -> list[Cause]:
    """Merge causes that the same change repairs; two columns may have reported it separately."""
    by_change: dict[frozenset[Correction], list[Cause]] = {}
    for number, cause in enumerate(causes):
        # a key that equals no other, for a cause without a change
        alone = frozenset((Correction(f"#{number}", None, 0),))
        by_change.setdefault(frozenset(cause.changes) or alone, []).append(cause)
    return [_as_one(group) for group in by_change.values()]


def _as_one(group: Sequence[Cause]) -> Cause:
    checks = tuple(dict.fromkeys(check for cause in group for check in cause.checks))
    told = tuple(dict.fromkeys(check for cause in group for check in cause.told_by))
    return structs.replace(group[0], checks=checks, told_by=told)


def with_changes(report: Report, changes: Iterable[Correction]) -> Report:
    """Return the report with other numbers in some cells, and its prose compared with those numbers."""
    after = {change.cell: change for change in changes}
    cells = {
        cell: structs.replace(value, value=after[cell].after) if cell in after else value
        for cell, value in report.cells.items()
    }
    tables: dict[str, dict[str, dict[str, Number | None]]] = {}
    for cell, value in cells.items():
        table, row, column = split_cell_id(cell)
        tables.setdefault(table, {}).setdefault(row, {})[column] = value.value
    checks = tuple(_compared_again(check, after) for check in report.checks)
    return structs.replace(report, cells=cells, tables=tables, checks=checks)


def _compared_again(check: Check, after: Mapping[str, Correction]) -> Check:
    moved = [after[cell] for cell in check.cells if cell in after]
    if not (moved and check.id.startswith("prose/") and check.right is not None):
        return check
    right = check.right + sum(change.after - (change.before or 0) for change in moved)
    if check.outcome == "not_checked":
        return structs.replace(check, right=right)
    return structs.replace(check, right=right, outcome="holds" if check.left == right else "fails")


def _causes(table: TableForm, failing: Sequence[Check], report: Report) -> Iterator[Cause]:
    facts = known_values(report.cells)
    by_place = {(line.equation.id, line.at): line for line in lines_of(table)}
    checks = {(check.id, check.at): check for check in failing}
    broken = [by_place[place] for place in checks if place in by_place]
    gaps = {place: (check.left or 0) - (check.right or 0) for place, check in checks.items()}
    for group in _groups(table, broken, gaps):
        solutions = _solutions(table, facts, group)
        told = tuple(checks[line.equation.id, line.at] for line in group)
        for part, kept in _apart(table, facts, told, solutions):
            yield _with_the_prose(Cause(part, kept), report)


def _groups(
    table: TableForm, lines: Sequence[PlacedEquation], gaps: Mapping[tuple[str, str], Number]
) -> list[list[PlacedEquation]]:
    """Group the failing equations that share cells, or whose differences suggest one common error."""
    groups: list[list[PlacedEquation]] = []
    for line in lines:
        touched = [
            group for group in groups if any(_belong_together(table, line, each, gaps) for each in group)
        ]
        merged = [each for group in touched for each in group]
        groups = [group for group in groups if group not in touched]
        groups.append([*merged, line])
    return groups


def _belong_together(
    table: TableForm, one: PlacedEquation, other: PlacedEquation, gaps: Mapping[tuple[str, str], Number]
) -> bool:
    """Return whether one error may break both.

    They share a cell, or one sum is too large by what the other lacks.

    Also if both differ by the same amount, one in a total's column and one in a part's: a wrong part was
    then added into the total.
    """
    if not set(one.cells).isdisjoint(other.cells):
        return True
    if one.equation.id != other.equation.id:
        return False
    gap, other_gap = gaps[one.equation.id, one.at], gaps[other.equation.id, other.at]
    added_up = any(
        equation.total == a and b in equation.parts
        for equation in table.equations
        for a, b in ((one.at, other.at), (other.at, one.at))
    )
    return gap == -other_gap or (gap == other_gap and added_up)


def _solutions(table: TableForm, facts: Facts, broken: Sequence[PlacedEquation]) -> tuple[Solution, ...]:
    """Return the smallest changes (one cell, else two) after which every equation holds."""
    tried = list(_single_changes(table, facts, broken))
    ones = [(change,) for change in tried if not _failing_after(table, facts, broken, (change,))]
    if ones:
        return tuple(ones[:_MOST_SOLUTIONS])
    twos: dict[frozenset[tuple[str, Number]], Solution] = {}
    for first in tried:
        changed = {**facts, first.cell: first.after}
        left = _failing_after(table, facts, broken, (first,))
        for second in _single_changes(table, changed, left, every=True):
            key = frozenset(((first.cell, first.after), (second.cell, second.after)))
            if second.cell == first.cell or key in twos:
                continue
            if not _failing_after(table, facts, broken, (first, second)):
                twos[key] = (first, second)
        if len(twos) > _MOST_SOLUTIONS:
            break
    return tuple(twos.values())


def _single_changes(
    table: TableForm, facts: Facts, broken: Sequence[PlacedEquation], *, every: bool = False
) -> Iterator[Correction]:
    """Yield the one-cell changes that repair one of these equations; with `every`, that may repair all."""
    seen: set[tuple[str, Number]] = set()
    shared = set.intersection(*(set(line.cells) for line in broken)) if every and broken else None
    for line in broken[:1] if every else broken:
        for cell in line.cells:
            if cell not in facts or (shared is not None and cell not in shared):
                continue
            after = mended_value(table, line, facts, cell)
            if after is not None and after >= 0 and (cell, after) not in seen:
                seen.add((cell, after))
                yield Correction(cell, facts[cell], after)


def _failing_after(
    table: TableForm, facts: Facts, broken: Sequence[PlacedEquation], changes: Solution
) -> list[PlacedEquation]:
    """Return the equations that fail after some changes, of those that failed or have a changed cell."""
    changed = {change.cell for change in changes}
    touched = [line for line in lines_of(table) if line in broken or not changed.isdisjoint(line.cells)]
    return failing_among(table, touched, {**facts, **{change.cell: change.after for change in changes}})


def _apart(
    table: TableForm, facts: Facts, checks: tuple[Check, ...], solutions: tuple[Solution, ...]
) -> Iterator[tuple[tuple[Check, ...], tuple[Solution, ...]]]:
    """Split a cause into two if its two changes repair different equations."""
    if len(solutions) != 1 or len(solutions[0]) != 2:
        yield checks, solutions
        return
    places = {(check.id, check.at): check for check in checks}
    parts = []
    for change in solutions[0]:
        touched = [line for line in lines_of(table) if change.cell in line.cells]
        left = failing_among(table, touched, {**facts, change.cell: change.after})
        mended = [(line.equation.id, line.at) for line in touched if line not in left]
        parts.append((left, tuple(places[place] for place in mended if place in places), change))
    told = [check for _, part, _ in parts for check in part]
    if any(left for left, _, _ in parts) or len(told) != len(checks):
        yield checks, solutions
        return
    for _, part, change in parts:
        yield part, ((change,),)


def _with_the_prose(cause: Cause, report: Report) -> Cause:
    """If exactly one solution also agrees with the prose, keep only that one."""
    cells = {change.cell for solution in cause.solutions for change in solution}
    told = [
        check
        for check in report.checks
        if check.id.startswith("prose/") and check.outcome == "fails" and cells.intersection(check.cells)
    ]
    if len(cause.solutions) < 2 or not told:
        return cause
    mending = {
        solution: tuple(
            check for check in told if _compared_again(check, _by_cell(solution)).outcome == "holds"
        )
        for solution in cause.solutions
    }
    best = [solution for solution, checks in mending.items() if len(checks) == len(told)]
    if len(best) != 1:
        return cause
    return Cause(cause.checks, (best[0],), mending[best[0]])


def _by_cell(solution: Solution) -> dict[str, Correction]:
    return {change.cell: change for change in solution}
