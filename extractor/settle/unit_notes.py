"""Units printed in a cell or in a header above it that differ from the unit that the form prescribes."""

from msgspec import structs

from extractor.cell_id import split_cell_id
from extractor.document import Notice
from extractor.forms import TableForm
from extractor.located import FoundTable
from extractor.script import simplified
from extractor.settle.state import Settled
from extractor.settle.tokens import read_cell


def foreign_unit(unit: str, table: TableForm, cell_id: str) -> str | None:
    """Return a printed unit that is not the form's own."""
    _, row_id, column = split_cell_id(cell_id)
    row = table.row(row_id)
    return None if simplified(unit) == (row.units.get(column) or row.unit) else unit


def note_units(settled: Settled, table: TableForm, found: FoundTable) -> None:
    """Give each number the unit printed in the header above it.

    Doubt the cell if it prints another unit itself.
    """
    questioned: dict[str, str] = {}
    for cell_id, unit in found.units.items():
        cell = settled.cells.get(cell_id)
        if cell is None or cell.value is None or cell.unit is not None:
            continue
        own = read_cell(cell.raw, "money").unit
        if own is None:
            settled.cells[cell_id] = structs.replace(cell, unit=foreign_unit(unit, table, cell_id))
        disagree = own is not None and foreign_unit(unit, table, cell_id) is not None
        if cell.value != 0 and (disagree or cell_id in found.strange_units):
            questioned[cell_id] = unit
    if questioned:
        settled.doubtful = True
        first = next(iter(questioned))
        units = "、".join(dict.fromkeys(questioned.values()))
        message = f"{first} 等 {len(questioned)} 格：表头或表前写的单位是“{units}”，不能确定数字的单位"
        settled.notices.append(Notice("unit-in-question", message, settled.cells[first].locator))
