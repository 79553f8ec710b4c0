"""Finds which places in a document may be a standard table, and weighs the evidence for each.

A small table in the narrative may use the form's row names, a report may print last year's table beside this
year's, or the tables of several bodies. Evidence is how many row and column labels of the form a candidate
shows, the section it is in, whether it has numbers, and the year it is about.
"""

from collections.abc import Iterable, Sequence
from functools import cached_property

from msgspec import Struct, field, structs

from extractor.forms import TableForm, cells_of
from extractor.numerals import has_number
from extractor.recognize.tables.column_parts import join_column_parts
from extractor.recognize.tables.context import Context
from extractor.recognize.tables.grid import GridTable, ValueRow

_SECTION = 2  # number of rows that being in the right section is worth
_NEAREST = 50  # earlier candidates that a block may continue


class Instance(Struct):
    """Blocks that may be one standard table: its rows in the form's order, each at most once."""

    grids: list[GridTable] = field(default_factory=list)
    rows: list[str] = field(default_factory=list)  # row ids, in the form's order
    last: int = -1  # index of the last row in the form; -1 if there is none
    headed: int = 0  # number of rows below header cells of the form
    wide: bool = True  # whether all rows are wide enough for a table with many columns
    speaks: bool = False  # whether it has a number
    merit: float = 0  # total weight of its evidence


class Instances:
    """The candidates for one table of one edition, best first."""

    def __init__(self, form: str, table: TableForm, grids: Sequence[GridTable], context: Context) -> None:
        """Group the blocks into candidates and weigh them."""
        self._key = (form, table.id)
        self._table = table
        self._context = context
        self._cells = cells_of(table)
        self._order = {row.id: order for order, row in enumerate(table.rows)}
        self._found: list[Instance] = []
        rest: list[GridTable] = []
        self.parts = join_column_parts(table, grids)
        for grid in self.parts.grids:
            parts = self._parts(grid)
            if not parts:
                (self._found[-1].grids if self._found else rest).append(grid)
            for part, ids in parts:
                self._add(part, ids)
        if self._found:
            self._found[0].grids[:0] = rest
        if len(self._found) > 1 or (self._found and 2 * len(self._found[0].rows) < len(table.rows)):
            self._weigh()

    @property
    def best(self) -> Instance | None:
        """Return the candidate with most evidence; None if none has enough."""
        return self._found[0] if self._found else None

    @cached_property
    def blocks(self) -> set[int]:
        """Return the blocks of the best candidate and its rivals, including parts split by columns."""
        own = {grid.block for one in (*self._found[:1], *self.rivals) for grid in one.grids}
        return own | self.parts.joined if own else own

    @cached_property
    def rivals(self) -> list[Instance]:
        """Return the other candidates with as much evidence as the best."""
        if len(self._found) < 2:
            return []
        best = self._found[0]
        return [
            other
            for other in self._found[1:]
            if other.speaks == best.speaks
            and 2 * len(other.rows) > len(best.rows)
            and 2 * other.headed >= best.headed
            and 2 * other.merit >= best.merit
        ]

    def _parts(self, grid: GridTable) -> list[tuple[GridTable, list[str]]]:
        """Split a block where a row of the table occurs again, unless it directly repeats the last row."""
        # If a label occurs twice in the form and the block before ended between the two, it is the second
        # one.
        starts, known, last = [0], [list[str]()], self._found[-1].last if self._found else -1
        for at, row in enumerate(grid.rows):
            row_id = self._next_of(row, last)
            if row_id is None:
                continue
            if row_id in known[-1] and self._order[row_id] < last:
                starts.append(at)
                known.append([])
                row_id = self._next_of(row, -1) or row_id
            known[-1].append(row_id)
            last = self._order[row_id]
        if not known[0]:
            return []
        if any(len(ids) == 1 for ids in known):  # a single repeated row does not begin a new table
            starts, known = [0], [[row_id for ids in known for row_id in ids]]
        ends = [*starts[1:], len(grid.rows)]
        return [
            (structs.replace(grid, rows=grid.rows[start:end]) if len(starts) > 1 else grid, ids)
            for start, end, ids in zip(starts, ends, known, strict=True)
        ]

    def _next_of(self, row: ValueRow, last: int) -> str | None:
        ids = row.name.rows.get(self._key, ())
        if len(ids) < 2:
            return ids[0] if ids else None
        after = [row_id for row_id in ids if self._order[row_id] > last]
        return (after or ids)[0]

    def _add(self, grid: GridTable, ids: list[str]) -> None:
        headed = sum(self._is_headed(row) for row in grid.rows)
        wide = all(len(row.values) > 4 for row in grid.rows)
        first = min(self._order[row_id] for row_id in ids)
        nearest = self._found[-_NEAREST:]
        fitting = [one for one in nearest if self._goes_on(one, grid, first, ids, bool(headed) or wide)]
        if fitting:
            instance = max(fitting, key=lambda one: (one.headed, len(one.rows)))
        else:
            instance = Instance()
            self._found.append(instance)
        instance.grids.append(grid)
        instance.rows.extend(row_id for row_id in ids if row_id not in instance.rows)
        instance.last = max(instance.last, *(self._order[row_id] for row_id in ids))
        instance.headed += headed
        instance.speaks = instance.speaks or _speaks(grid.rows)

    def _goes_on(self, one: Instance, grid: GridTable, first: int, ids: list[str], sure: bool) -> bool:
        """Return whether a block continues a candidate; a row cut by a page break is in both blocks."""
        seam = first == one.last and len(ids) > 1
        if first <= one.last and not seam and (set(ids) & set(one.rows) or not sure):
            return False
        return sure or not self._context.are_parted(one.grids[-1].block, grid.block, *self._key)

    def _is_headed(self, row: ValueRow) -> bool:
        row_id = self._next_of(row, -1)
        if row_id is None:
            return False
        expected = self._cells[row_id]
        return any(head.id in expected for head in row.header)

    def _weigh(self) -> None:
        for one in self._found:
            own = [grid for grid in one.grids if any(self._next_of(row, -1) for row in grid.rows)]
            section = self._context.section_at(own[0].block)
            one.merit = len(one.rows) + one.headed
            if section == self._table.section:
                one.merit += _SECTION
            elif section == "overview":
                one.merit -= _SECTION
            if not one.speaks or any(self._context.is_of_another_year(grid.block) for grid in own[:1]):
                one.merit /= 4
            elif self._context.is_in_annex(own[0].block):
                one.merit /= 4  # such as the figures of one body of those that the report is about
        self._found.sort(key=lambda one: -one.merit)
        # A few row labels in a table of the narrative, below other headers, are not a standard table.
        self._found = [
            one
            for one in self._found
            if one.headed
            or 2 * len(one.rows) >= len(self._table.rows)
            or self._context.section_at(one.grids[-1].block) != "overview"
        ]


def _speaks(rows: Iterable[ValueRow]) -> bool:
    return any(cell.unread or has_number(cell.text) for row in rows for cell in row.values)
