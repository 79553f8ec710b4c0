"""A report as its page shows it: its tables as printed, and every cell with its state and its place."""

from collections.abc import Iterator

from msgspec import Struct

from extractor.forms import TableForm
from extractor.report import CellValue, Report
from extractor.rules.editions import tables_of
from extractor.rules.wording import place_in_words

MISSING = "—"  # no such cell was found


class ShownCell(Struct, frozen=True):
    """A cell: what is printed, never a value in its place."""

    id: str
    raw: str
    state: str
    place: str


class ShownTable(Struct, frozen=True):
    """A standard table as a grid; None where a row has no such cell."""

    label: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[ShownCell | None, ...]], ...]

    def cells(self) -> Iterator[ShownCell]:
        """Yield the cells row by row."""
        for _, cells in self.rows:
            yield from (cell for cell in cells if cell)


def tables_of_page(report: Report) -> list[ShownTable]:
    """Return the standard tables that a report has."""
    return [_shown(table, report) for table in tables_of(report).values()]


def _shown(table: TableForm, report: Report) -> ShownTable:
    columns = [column.id for column in table.columns]
    rows = []
    for row in table.rows:
        there = table.columns_of(row)
        ids = [f"{table.id}.{row.id}.{column}" if column in there else None for column in columns]
        cells = tuple(_cell(one, report.cells.get(one)) if one else None for one in ids)
        rows.append((" / ".join((*row.group, row.label)), cells))
    labels = tuple(" / ".join((*column.group, column.label)) for column in table.columns)
    return ShownTable(table.title, labels, tuple(rows))


def _cell(cell_id: str, cell: CellValue | None) -> ShownCell:
    if cell is None:
        return ShownCell(cell_id, MISSING, "missing", "")
    return ShownCell(cell_id, cell.raw, cell.state, place_in_words(cell.locator))
