"""Finds the printed unit of each cell: in its column header, in its row label, or in a line above the table.

A unit applies to cells of its kind: of 单位：件、元, counts have the first and money the second. Nothing is
converted here.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby

from msgspec import Struct, field

from extractor.cell_id import table_of
from extractor.document import NOWHERE, Block, Cell, Locator, Paragraph, Table
from extractor.forms import load_form, per_forms
from extractor.located import FoundTable, FoundTables
from extractor.numerals import is_unit
from extractor.recognize.tables.cell_kind import kind_of_text
from extractor.script import simplified
from extractor.units import NONE_SAID, SaidUnits, is_money, last_units_said, line_says_units, units_said

_USUAL = SaidUnits(("万元",))  # the unit that the form itself prints for money
_LINES_ABOVE = 2
_REACH = 300  # characters before glued values in which their unit is looked for


def find_units(blocks: Sequence[Block], found: FoundTables) -> None:
    """Record the unit of each cell for which another unit is printed than the form has."""
    asked = range(len(blocks)) if _has_running_text(found) else _tables_and_lines_above(blocks)
    said = {i: units for i in asked if (units := _said_in(blocks[i])) not in (NONE_SAID, _USUAL)}
    if not said:
        return
    of_cells = _UnitsOfCells(found)
    above: dict[str, SaidUnits] = {}  # by standard table, which may continue in a further block
    for index, block in enumerate(blocks):
        if isinstance(block, Table):
            tables = {of_cells.table_of(cell) for cell in block.cells} - {""}
            line = next((said[i] for i in _lines_above(blocks, index) if i in said), NONE_SAID)
            above.update((name, line) for name in tables if line != NONE_SAID)
            known = line if line != NONE_SAID else next(filter(None, map(above.get, tables)), NONE_SAID)
            if index in said or known != NONE_SAID:
                _UnitWalk(block, of_cells, known).take()
    of_cells.take_running_text()


def _has_running_text(found: FoundTables) -> bool:
    """Return whether values are in running text, where any line before them may name their unit."""
    return any(table.glued for table in found.tables.values())


def _tables_and_lines_above(blocks: Sequence[Block]) -> list[int]:
    tables = [index for index, block in enumerate(blocks) if isinstance(block, Table)]
    return sorted({*tables, *(at for index in tables for at in _lines_above(blocks, index))})


def _said_in(block: Block) -> SaidUnits:
    """Return the units that a block names where they can apply to numbers, each once."""
    if isinstance(block, Paragraph):
        return last_units_said(block.text) if "单位" in block.text or "單位" in block.text else NONE_SAID
    heads = [_said_by(text) for text in block.texts]
    known = dict.fromkeys(unit for each in heads for unit in each.known)
    unknown = dict.fromkeys(unit for each in heads for unit in each.unknown)
    return SaidUnits(tuple(known), tuple(unknown))


@per_forms(maxsize=8192)
def _said_by(text: str) -> SaidUnits:
    """Return the units that a cell names; a cell that is only a unit counts if that is of money."""
    if kind_of_text(text).is_value:
        alone = simplified(text.strip())
        return SaidUnits((alone,)) if is_unit(alone) and is_money(alone) else NONE_SAID
    return units_said(text)


def _lines_above(blocks: Sequence[Block], index: int) -> Iterator[int]:
    for at in range(index - 1, max(-1, index - 1 - _LINES_ABOVE), -1):
        block = blocks[at]
        if isinstance(block, Table):
            return
        if line_says_units(block.text.rsplit("\n", 1)[-1]):
            yield at


class _UnitsOfCells:
    """Finds standard cells by the place of a printed cell, and records their units."""

    def __init__(self, found: FoundTables) -> None:
        self.found = found
        self._ids: dict[Locator, list[str]] = {}
        self._money = {name: _money_cells(table) for name, table in found.tables.items()}
        for table in found.tables.values():
            for cell_id, located in table.located.items():
                self._ids.setdefault(located.locator, []).append(cell_id)
            for run in table.glued:
                for piece in () if run.splittable else run.pieces:
                    self._ids.setdefault(piece.locator, []).extend(run.cells)
        self._ids.pop(NOWHERE, None)

    def table_of(self, cell: Cell) -> str:
        """Return the id of the standard table that a printed cell belongs to; "" if none."""
        return next((table_of(cell_id) for cell_id in self._ids.get(cell.locator, ())), "")

    def take(self, cell: Cell, beside: SaidUnits, above: SaidUnits) -> None:
        """Give a printed cell the unit of its header or label, else of the line above the table."""
        for cell_id in self._ids.get(cell.locator, ()):
            self._give(cell_id, beside, above)

    def _give(self, cell_id: str, beside: SaidUnits, above: SaidUnits) -> None:
        name = table_of(cell_id)
        money = cell_id in self._money[name]
        table = self.found.tables[name]
        for said, binding in ((beside, True), (above, False)):
            fitting = next((unit for unit in said.known if is_money(unit) == money), None)
            strange = next((u for u in said.unknown if binding or is_money(u) == money), None)
            if binding and fitting is None and strange is None and said.known:
                strange = said.known[0]  # an impossible unit: money in 件, or cases in 元
            if unit := fitting or strange:
                table.units[cell_id] = unit
                if fitting is None:
                    table.strange_units.add(cell_id)
                return

    def take_running_text(self) -> None:
        """Give glued cells the last unit named before them."""
        for table in self.found.tables.values():
            for run in table.glued:
                piece = next((piece for piece in run.pieces if piece.paragraph), None)
                if run.splittable and piece is not None and piece.paragraph is not None:
                    text = piece.paragraph.text[max(0, piece.start - _REACH) : piece.start]
                    for cell_id in run.cells:
                        self._give(cell_id, NONE_SAID, last_units_said(text))


def _money_cells(table: FoundTable) -> frozenset[str]:
    form = load_form(table.form).table(table.table)
    rows = form.rows if form else ()
    return frozenset(f"{table.table}.{row.id}.{column}" for row in rows for column in row.money)


class _UnitWalk(Struct):
    """A pass down a table that keeps track of the units in the header of each column."""

    table: Table
    of_cells: _UnitsOfCells
    above: SaidUnits
    over: dict[int, SaidUnits] = field(default_factory=dict)  # by grid column; -1 if columns are not aligned
    # columns for which values have been seen since their header
    closed: set[int] = field(default_factory=set)

    def take(self) -> None:
        """Give each value cell its unit."""
        in_rows = sorted(self.table.cells, key=lambda cell: (cell.row, cell.column))
        for _, group in groupby(in_rows, key=lambda cell: cell.row):
            cells = list(group)
            if len(cells) == 1 and line_says_units(cells[0].text):
                self.above = units_said(cells[0].text)
            elif any(self.of_cells.table_of(cell) for cell in cells):
                self._take_values(cells)
            else:
                self._take_heads(cells)

    def _take_values(self, cells: list[Cell]) -> None:
        beside = NONE_SAID
        for cell in cells:
            if self.of_cells.table_of(cell):
                over = self.over.get(cell.column, NONE_SAID) if self.table.aligned else self.over.get(-1)
                self.of_cells.take(cell, beside if beside != NONE_SAID else over or NONE_SAID, self.above)
                self.closed.update(range(cell.column, cell.column + cell.column_span))
            elif (said := _said_by(cell.text)) != NONE_SAID:
                beside = said

    def _take_heads(self, cells: list[Cell]) -> None:
        for cell in cells:
            said = _said_by(cell.text)
            for column in range(cell.column, cell.column + cell.column_span):
                if said != NONE_SAID:
                    self.over[column] = said
                elif column in self.closed:
                    self.over.pop(column, None)
                self.closed.discard(column)
        if not self.table.aligned:
            self.over = {-1: list(self.over.values())[-1]} if self.over else {}
