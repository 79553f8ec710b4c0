"""Converts numbers to the units of the form, for comparing reports; the report itself is not changed."""

from decimal import Decimal
from functools import cache

from msgspec import structs

from extractor.cell_id import split_cell_id
from extractor.forms import load_forms
from extractor.report import CellValue, Number, Report
from extractor.units import ratio


def standard_value(cell_id: str, cell: CellValue) -> Number | None:
    """Return a cell's number in the form's unit; None if the printed unit cannot be converted."""
    if cell.unit is None or cell.value is None:
        return cell.value
    wanted = _unit_of_form(cell_id)
    if wanted in ("", "as printed"):
        return cell.value
    factor = ratio(cell.unit, wanted)
    if factor is None:
        return None
    value = cell.value * factor
    return (
        int(value)
        if isinstance(cell.value, int) and value == int(value)
        else Decimal(f"{value.normalize():f}")
    )


def in_units_of_form(report: Report) -> Report:
    """Return the report with every number in the form's unit; the same object if they all are already."""
    foreign = {cell_id: cell for cell_id, cell in report.cells.items() if cell.unit is not None}
    if not foreign:
        return report
    converted = {
        cell_id: structs.replace(cell, value=standard_value(cell_id, cell), unit=None)
        for cell_id, cell in foreign.items()
    }
    rows_with = {cell_id.rpartition(".")[0] for cell_id in converted}
    tables = {
        name: {
            row: {
                column: converted[i].value if (i := f"{name}.{row}.{column}") in converted else value
                for column, value in columns.items()
            }
            if f"{name}.{row}" in rows_with
            else columns
            for row, columns in rows.items()
        }
        for name, rows in report.tables.items()
    }
    return structs.replace(report, cells={**report.cells, **converted}, tables=tables)


@cache
def _unit_of_form(cell_id: str) -> str:
    """Return the unit that an edition prints for a cell; "" if no edition has the cell."""
    name, row_id, column = split_cell_id(cell_id)
    for form in load_forms():
        table = form.table(name)
        row = next((row for row in table.rows if row.id == row_id), None) if table else None
        if row is not None:
            return row.units.get(column) or row.unit
    return ""
