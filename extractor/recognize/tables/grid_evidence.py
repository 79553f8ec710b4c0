"""What the tables with cells show of each standard table in each edition; computed on demand.

Most reports contain all tables of one edition, so nothing need be computed for the others.
"""

from collections import Counter
from collections.abc import Sequence
from functools import cached_property

from extractor.forms import Form, TableForm, load_forms, presumed_form
from extractor.recognize.tables.context import Context
from extractor.recognize.tables.grid import GridTable
from extractor.recognize.tables.instances import Instances


class GridEvidence:
    """The tables with cells in a document, and which standard tables they show."""

    def __init__(self, grids: Sequence[GridTable], context: Context) -> None:
        """Count the labels found; everything else is computed when asked for."""
        self.grids = grids
        self.hits: Counter[tuple[str, str]] = Counter()  # (form, table) -> labels found
        for grid in grids:
            self.hits.update(grid.hits)
        self._context = context
        self._named: dict[tuple[str, str], list[GridTable]] = {}
        self._instances: dict[tuple[str, str], Instances] = {}
        self._shown: dict[tuple[str, str], frozenset[str]] = {}
        self._by_name: dict[tuple[str, str], list[tuple[int, tuple[str, ...]]]] = {}

    def named_in(self, form: Form, table: TableForm) -> list[GridTable]:
        """Return the tables with header cells given the ids that they have in one table of one edition."""
        key = form.id, table.id
        if key not in self._named:
            self._named[key] = [grid.named_in(*key) for grid in self.grids]
        return self._named[key]

    def instances(self, form: Form, table: TableForm) -> Instances:
        """Return the candidates for a table whose rows are below each other."""
        key = form.id, table.id
        if key not in self._instances:
            grids = self.named_in(form, table) if self.hits[key] else []
            self._instances[key] = Instances(form.id, table, grids, self._context)
        return self._instances[key]

    def rows_shown(self, form: Form, table: TableForm) -> frozenset[str]:
        """Return the rows of a standard table found with cells; other tables with such labels are ignored."""
        key = form.id, table.id
        if key not in self._shown:
            named = self._rows_named(key)
            if named and table.layout == "rows":
                blocks = self.instances(form, table).blocks
                named = [(block, ids) for block, ids in named if block in blocks]
            self._shown[key] = frozenset(row_id for _, ids in named for row_id in ids)
        return self._shown[key]

    @cached_property
    def lacking(self) -> frozenset[str]:
        """The ids of the tables that lack rows in every edition.

        Only to these can running text add anything.
        """
        lacking = {table.id for table in presumed_form().main_tables}
        for form in load_forms():
            for table in form.tables:
                if table.id in lacking and self._is_whole(form, table):
                    lacking.discard(table.id)
        return frozenset(lacking)

    def _is_whole(self, form: Form, table: TableForm) -> bool:
        if table.layout == "across" and self.hits[form.id, table.id] >= len(table.columns):
            return True
        named = {row_id for _, ids in self._rows_named((form.id, table.id)) for row_id in ids}
        return len(named) == len(table.rows) == len(self.rows_shown(form, table))

    def _rows_named(self, key: tuple[str, str]) -> list[tuple[int, tuple[str, ...]]]:
        """Return block and possible ids of each row with a label of this table, whichever table it is in."""
        if key not in self._by_name:
            rows = [(grid.block, row.name.rows.get(key)) for grid in self.grids for row in grid.rows]
            self._by_name[key] = [(block, ids) for block, ids in rows if ids]
        return self._by_name[key]
