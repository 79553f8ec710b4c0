"""A report as its page shows it: the tables as printed, and every cell with its state and place.

A page has some two hundred cells, twice. Their HTML is concatenated here from parts that are cached per
edition, as a template loop would take half the time of building a site.
"""

from html import escape

from msgspec import Struct

from extractor.forms import TableForm
from extractor.report import CellValue, Report
from extractor.rules.editions import tables_of
from extractor.rules.wording import place_in_words

MISSING = "—"  # shown if there is no such cell
_NOTHING = "∅"  # shown if the cell is empty
_OPEN = ("undecided", "unreadable")


class ShownTable(Struct, frozen=True):
    """A standard table as HTML that is safe to insert into a page."""

    label: str
    columns: tuple[str, ...]
    rows: str  # rows of the table as printed, never computed values
    places: str  # one row per cell: id, printed text, state, place in the source


class _FormLine(Struct, frozen=True):
    """A row of a table: its label as HTML, and for each column the cell id, or None."""

    head: str
    cells: tuple[str | None, ...]


_LINES: dict[int, tuple[TableForm, tuple[_FormLine, ...]]] = {}  # rows of each table by id; cached per table


def tables_of_page(report: Report) -> list[ShownTable]:
    """Return the standard tables of a report."""
    return [_shown(table, report) for table in tables_of(report).values()]


def _shown(table: TableForm, report: Report) -> ShownTable:
    rows, places = [], []
    for line in _lines(table):
        rows.append(line.head)
        for cell_id in line.cells:
            if cell_id is None:
                rows.append("<td>")
                continue
            cell = report.cells.get(cell_id)
            raw = escaped(cell.raw) if cell else MISSING
            rows.append(_shown_cell(cell_id, cell, raw))
            state, place = (cell.state, escaped(place_in_words(cell.locator))) if cell else ("missing", "")
            places.append(f'<tr id="{cell_id}"><td>{cell_id}<td>{raw}<td>{state}<td>{place or "?"}\n')
    labels = tuple(" / ".join((*column.group, column.label)) for column in table.columns)
    return ShownTable(table.title, labels, "".join(rows), "".join(places))


def _shown_cell(cell_id: str, cell: CellValue | None, raw: str) -> str:
    state = cell.state if cell else "missing"
    marked = "" if state == "read" else f' class="{state}"'
    return f'<td{marked}><a href="#{cell_id}">{raw or _NOTHING}{" ?" if state in _OPEN else ""}</a>'


def _lines(table: TableForm) -> tuple[_FormLine, ...]:
    known = _LINES.get(id(table))
    if known is None or known[0] is not table:
        known = _LINES[id(table)] = (table, tuple(_line(table, row.id) for row in table.rows))
    return known[1]


def _line(table: TableForm, row_id: str) -> _FormLine:
    row = table.row(row_id)
    there = table.columns_of(row)
    label = escaped(" / ".join((*row.group, row.label)))
    cells = (f"{table.id}.{row_id}.{each.id}" if each.id in there else None for each in table.columns)
    return _FormLine(f'\n<tr><th scope="row">{label}</th>', tuple(cells))


def escaped(text: str) -> str:
    """Return a text escaped for HTML."""
    return text if text.isalnum() else escape(text)  # fast path: most cells are only digits
