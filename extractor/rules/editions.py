"""The edition that each table of a report follows, and the labels of its cells there."""

from collections.abc import Iterator

from extractor.cell_id import cell_ids_in, split_cell_id
from extractor.forms import TableForm, load_forms, per_forms
from extractor.report import KNOWN_STATES, Number, Report


def tables_of(report: Report) -> dict[str, TableForm]:
    """Return, for each table, the edition that has the rows and columns of the report's table."""
    known = {}
    for name, rows in report.tables.items():
        shape = tuple((row, tuple(columns)) for row, columns in rows.items())
        if table := _edition(name, shape):
            known[name] = table
    return known


@per_forms(maxsize=64)
def _edition(name: str, shape: tuple[tuple[str, tuple[str, ...]], ...]) -> TableForm | None:
    ids = {f"{name}.{row}.{column}" for row, columns in shape for column in columns}
    for form in load_forms():
        table = form.table(name)
        if table is not None and set(table.cell_ids()) == ids:
            return table
    return None


def label_of(report: Report, cell_id: str) -> str:
    """Return the path of labels to a cell, outermost first; the id where the form has no such cell."""
    if tables_of(report).get(cell_id.partition(".")[0]) is None:
        return cell_id
    return " / ".join(labels_of(report, cell_id))


def labels_of(report: Report, cell_id: str) -> tuple[str, str, str]:
    """Return the labels of the table, row and column of a cell, with the headings of their groups."""
    name, row_id, column_id = split_cell_id(cell_id)
    table = tables_of(report).get(name)
    if table is None:
        return name, row_id, column_id
    row = table.row(row_id)
    column = next(column for column in table.columns if column.id == column_id)
    return table.title, " / ".join((*row.group, row.label)), " / ".join((*column.group, column.label))


def in_labels(report: Report, message: str) -> str:
    """Return a message with the labels of row and column in place of the id of each cell of the report."""
    own = {cell for cell in cell_ids_in(message) if cell in report.cells}
    for cell in sorted(own, key=len, reverse=True):
        message = message.replace(cell, " / ".join(labels_of(report, cell)[1:]))
    return message


def place_name(report: Report, table_id: str, heading: str) -> str:
    """Return the label of a row or column of a table; its code where there is none."""
    table = tables_of(report).get(table_id)
    if table is None:
        return heading
    labels = {column.id: column.label for column in table.columns}
    labels |= {row.id: row.label for row in table.rows}
    return labels.get(heading, heading)


class EffectiveNumbers:
    """The numbers of a report as used in sums: a blank counts as 0, a blank total as the sum of its parts."""

    def __init__(self, report: Report) -> None:
        """Keep the cells beside the totals of their tables."""
        self._cells = report.cells
        self._parts: dict[str, tuple[str, ...]] = {}
        for table in tables_of(report).values():
            for total, parts in _totals(table):
                self._parts.setdefault(total, parts)

    def __contains__(self, cell_id: str) -> bool:
        """Return whether the report's tables have this cell."""
        return cell_id in self._cells

    def number(self, cell_id: str) -> Number | None:
        """Return the number of a cell as used in sums; None if it is unknown."""
        cell = self._cells.get(cell_id)
        if cell is None or cell.state not in KNOWN_STATES:
            return None
        if cell.value is not None:
            return cell.value
        parts = [self.number(part) for part in self._parts.get(cell_id, ())]
        known = [part for part in parts if part is not None]
        return sum(known) if len(known) == len(parts) else None


def _totals(table: TableForm) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each total cell with its parts; row sums come before column sums."""
    for equation in sorted(table.equations, key=lambda each: each.within, reverse=True):
        if not equation.total:
            continue
        for place in table.rows if equation.within == "row" else table.columns:
            cells = [
                f"{table.id}.{place.id}.{name}"
                if equation.within == "row"
                else f"{table.id}.{name}.{place.id}"
                for name in (equation.total, *equation.parts)
            ]
            yield cells[0], tuple(cells[1:])
