"""The identities of a form, run over facts alone: no document, no source, no reading.

Blanks count as zero, except that a blank total in a row or column that has numbers is
not stated: its own check is not made, and a check that needs it takes the sum of its parts.
"""

from collections.abc import Iterator, Mapping

from msgspec import Struct

from extractor.forms import Equation, TableForm
from extractor.report import Check, Number

BLANK = None  # the cell is there and says nothing

Facts = Mapping[tuple[str, str], Number | None]  # (row, column) -> number or BLANK; unknown cells left out


class _Line(Struct, frozen=True):
    """One equation at one place."""

    equation: Equation
    at: str
    left: tuple[tuple[str, str], ...]
    right: tuple[tuple[str, str], ...]


def run_checks(table: TableForm, facts: Facts) -> list[Check]:
    """Run every identity of a table at every place. Passes are findings too."""
    book = Book(table, facts)
    return [_checked(book, line) for line in _lines(table)]


def _lines(table: TableForm) -> Iterator[_Line]:
    for equation in table.equations:
        left, right = equation.sides()
        if equation.within == "row":
            for row in table.rows:
                yield _Line(
                    equation, row.id, tuple((row.id, c) for c in left), tuple((row.id, c) for c in right)
                )
        else:
            for column in table.columns:
                yield _Line(
                    equation,
                    column.id,
                    tuple((r, column.id) for r in left),
                    tuple((r, column.id) for r in right),
                )


class Book:
    """The facts of one table with the rule for blanks: what a cell counts for in a sum."""

    def __init__(self, table: TableForm, facts: Facts) -> None:
        """Keep the facts and which cells are totals of which parts."""
        self.table = table
        self.facts = facts
        self._parts: dict[tuple[str, str], list[tuple[tuple[str, str], ...]]] = {}
        # A row's own cells come first: of a table's corner, its row is what the printer meant.
        for line in sorted(_lines(table), key=lambda line: line.equation.within, reverse=True):
            if line.equation.total:
                self._parts.setdefault(line.left[0], []).append(line.right)

    def amount(self, cell: tuple[str, str]) -> Number | None:
        """Return what a cell counts for; None where that is unknown."""
        if cell not in self.facts:
            return None
        value = self.facts[cell]
        if value is not None:
            return value
        for parts in self._parts.get(cell, ()):
            if any(self._speaks(part) for part in parts):
                return self.sum(parts)
        return 0

    def sum(self, cells: tuple[tuple[str, str], ...]) -> Number | None:
        """Return the sum of cells; None where one of them is unknown."""
        total: Number = 0
        for cell in cells:
            amount = self.amount(cell)
            if amount is None:
                return None
            total = total + amount
        return total

    def is_not_stated(self, total: tuple[str, str], parts: tuple[tuple[str, str], ...]) -> bool:
        """Say whether a total is blank beside parts that have numbers."""
        return total in self.facts and self.facts[total] is None and any(self._speaks(part) for part in parts)

    def _speaks(self, cell: tuple[str, str]) -> bool:
        """Say whether a number stands in a cell, or in the parts of a total that is blank."""
        if self.facts.get(cell) is not None:
            return True
        return any(self._speaks(part) for parts in self._parts.get(cell, ()) for part in parts)


def _checked(book: Book, line: _Line) -> Check:
    cells = tuple(f"{book.table.id}.{row}.{column}" for row, column in (*line.left, *line.right))
    says = line.equation.says
    left, right = book.sum(line.left), book.sum(line.right)
    if line.equation.total and book.is_not_stated(line.left[0], line.right):
        return Check(
            line.equation.id, line.at, "not_checked", None, right, cells, f"{says}：总计为空，未填报，不核"
        )
    if left is None or right is None:
        return Check(
            line.equation.id, line.at, "not_checked", left, right, cells, f"{says}：有数字缺失或未定，不能核"
        )
    if left == right:
        return Check(line.equation.id, line.at, "holds", left, right, cells, f"{says}：相符")
    difference = left - right
    return Check(
        line.equation.id,
        line.at,
        "fails",
        left,
        right,
        cells,
        f"{says}：{left} ≠ {right}，相差 {abs(difference)}",
    )
