"""Tests the equations of a form on a table's numbers; documents and sources are unknown here.

A blank counts as zero, with one exception: a blank total in a row or column that has numbers is
"not stated". Its own check is `not_checked`; a check that needs it uses the sum of its parts.
"""

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct, structs

from extractor.forms import Equation, TableForm
from extractor.report import KNOWN_STATES, CellValue, Check, Number

Facts = Mapping[str, Number | None]  # by cell id: a number, None for a blank; unknown cells left out


class PlacedEquation(Struct, frozen=True):
    """An equation applied to one row or column: the cell ids of its two sides."""

    equation: Equation
    at: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    cells: tuple[str, ...]


class _Mend(Struct, frozen=True):
    """A change of one cell, and the indices of the failing checks that hold after it."""

    cell: str
    before: Number | None
    after: Number
    mended: frozenset[int]


_NAMED_MENDS = 3  # changes that a suggestion lists if several are possible


class _Plan(Struct, frozen=True):
    """The equations of a table at all their places, computed once for each table."""

    table: TableForm
    lines: tuple[PlacedEquation, ...]
    parts: dict[
        str, tuple[tuple[str, ...], ...]
    ]  # total → the cells it sums; the sum along its row comes first


_PLANS: dict[int, _Plan] = {}


def known_values(cells: Mapping[str, CellValue]) -> dict[str, Number | None]:
    """Return the values of the known cells, blanks as None: the facts that equations are tested on."""
    return {cell_id: cell.value for cell_id, cell in cells.items() if cell.state in KNOWN_STATES}


def run_checks(table: TableForm, facts: Facts) -> list[Check]:
    """Test every equation of a table in every row or column; return all checks, also those that hold."""
    plan = _plan(table)
    book = Book(plan, facts)
    checks = [book.check(line) for line in plan.lines]
    if all(check.outcome != "fails" for check in checks):
        return checks
    return _with_mends(plan, facts, checks)


def _with_mends(plan: _Plan, facts: Facts, checks: list[Check]) -> list[Check]:
    """Add to each failing check, as a suggestion, the smallest change that would correct it."""
    failing = {i for i, check in enumerate(checks) if check.outcome == "fails"}
    mends = sorted(_mends(plan, facts, checks, failing), key=lambda mend: (-len(mend.mended), mend.cell))
    told = list(checks)
    for index in failing:
        best = [m for m in mends if index in m.mended]
        best = [m for m in best if len(m.mended) == len(best[0].mended)][:_NAMED_MENDS]
        if best:
            changes = "，或".join(f"{m.cell} 由 {_text_of_value(m.before)} 改为 {m.after}" for m in best)
            told[index] = structs.replace(
                checks[index], suggestion=f"只改一格即可相符：{changes}（仅供核对）"
            )
    return told


def lines_of(table: TableForm) -> tuple[PlacedEquation, ...]:
    """Return every equation of a table, applied to every row or column."""
    return _plan(table).lines


def failing_among(table: TableForm, lines: Iterable[PlacedEquation], facts: Facts) -> list[PlacedEquation]:
    """Return those of the given equations that fail with these facts."""
    book = Book(_plan(table), facts)
    return [line for line in lines if book.check(line).outcome == "fails"]


def mended_value(table: TableForm, line: PlacedEquation, facts: Facts, cell: str) -> Number | None:
    """Return the number that one cell needs to make an equation hold; None if it cannot be computed."""
    check = Book(_plan(table), facts).check(line)
    if check.left is None or check.right is None:
        return None
    gap = check.right - check.left
    return (facts.get(cell) or 0) + (gap if cell in line.left else -gap)


def _mends(plan: _Plan, facts: Facts, checks: list[Check], failing: set[int]) -> Iterator[_Mend]:
    """Yield every change of one cell that makes failing checks hold and breaks no other."""
    tried: set[tuple[str, Number]] = set()
    for index in failing:
        line, check = plan.lines[index], checks[index]
        gap = (check.right or 0) - (check.left or 0)
        for cell in line.cells:
            before = facts.get(cell)
            after = (before or 0) + (gap if cell in line.left else -gap)
            if after < 0 or (cell, after) in tried:
                continue
            tried.add((cell, after))
            book = Book(plan, {**facts, cell: after})
            touched = [i for i, other in enumerate(plan.lines) if cell in other.cells]
            broken = {i for i in touched if book.check(plan.lines[i]).outcome == "fails"}
            if not broken:
                yield _Mend(cell, before, after, frozenset(failing.intersection(touched)))


def _text_of_value(value: Number | None) -> str:
    return "空" if value is None else str(value)


def _plan(table: TableForm) -> _Plan:
    known = _PLANS.get(id(table))
    if known is None or known.table is not table:
        lines = tuple(_lines(table))
        parts: dict[str, tuple[tuple[str, ...], ...]] = {}
        # The grand total belongs to both a row sum and a column sum; if it is blank, use the row sum.
        for line in sorted(lines, key=lambda line: line.equation.within, reverse=True):
            if line.equation.total:
                parts[line.left[0]] = (*parts.get(line.left[0], ()), line.right)
        known = _PLANS[id(table)] = _Plan(table, lines, parts)
    return known


def _lines(table: TableForm) -> Iterator[PlacedEquation]:
    for equation in table.equations:
        sides = equation.sides()
        places = table.rows if equation.within == "row" else table.columns
        for place in places:
            left, right = (
                tuple(
                    f"{table.id}.{place.id}.{i}" if equation.within == "row" else f"{table.id}.{i}.{place.id}"
                    for i in side
                )
                for side in sides
            )
            yield PlacedEquation(equation, place.id, left, right, (*left, *right))


class Book:
    """The numbers of one table as used in sums: blanks count as described above."""

    def __init__(self, plan: _Plan, facts: Facts) -> None:
        """Keep the facts; `plan` gives the parts of each total."""
        self._facts = facts
        self._parts = plan.parts
        self._speaking: dict[str, bool] = {}

    def check(self, line: PlacedEquation) -> Check:
        """Return the outcome of one equation at one place."""
        equation, says = line.equation, line.equation.says
        left, right = self._sum(line.left), self._sum(line.right)
        if equation.total and self._is_not_stated(line.left[0], line.right):
            message = f"{says}：总计为空，未填报，不核"
            return Check(equation.id, line.at, "not_checked", None, right, line.cells, message)
        if left is None or right is None:
            message = f"{says}：有数字缺失或未定，不能核"
            return Check(equation.id, line.at, "not_checked", left, right, line.cells, message)
        if left == right:
            return Check(equation.id, line.at, "holds", left, right, line.cells, f"{says}：相符")
        message = f"{says}：{left} ≠ {right}，相差 {abs(left - right)}"
        return Check(equation.id, line.at, "fails", left, right, line.cells, message)

    def _sum(self, cells: tuple[str, ...]) -> Number | None:
        """Return the sum of cells; None if one of them is unknown."""
        total: Number = 0
        facts = self._facts
        for cell in cells:
            if cell not in facts:
                return None
            value = facts[cell]
            if value is None:
                value = self._blank(cell)
                if value is None:
                    return None
            total = total + value
        return total

    def _blank(self, cell: str) -> Number | None:
        """Return the number that a blank cell counts as: 0, or the sum of its parts if it is a total."""
        for parts in self._parts.get(cell, ()):
            if any(self._speaks(part) for part in parts):
                return self._sum(parts)
        return 0

    def _is_not_stated(self, total: str, parts: tuple[str, ...]) -> bool:
        """Return whether a total is blank although one of its parts has a number."""
        facts = self._facts
        return total in facts and facts[total] is None and any(self._speaks(part) for part in parts)

    def _speaks(self, cell: str) -> bool:
        """Return whether the cell has a number, or is a blank total with parts that do."""
        if self._facts.get(cell) is not None:
            return True
        known = self._speaking.get(cell)
        if known is None:
            known = any(self._speaks(part) for parts in self._parts.get(cell, ()) for part in parts)
            self._speaking[cell] = known
        return known
