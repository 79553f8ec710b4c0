"""The cells of a report that a person should look at; first those that determine most other cells."""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from extractor.cell_id import cell_ids_in
from extractor.checks import PlacedEquation, known_values, lines_of, mended_value
from extractor.document import Locator
from extractor.forms import TableForm
from extractor.report import OPEN_STATES, Number, Report, State
from extractor.rules.editions import in_labels, label_of, tables_of

# Codes of notices about cells whose reading is not certain.
_QUESTIONED = frozenset({"reading-in-question", "broken-or-misread", "readers-disagree", "repaired"})


class DoubtfulCell(Struct, frozen=True):
    """A cell that is open, or named by a notice, with everything known about it."""

    cell: str
    label: str  # labels of table / row / column
    raw: str
    state: State
    value: Number | None
    locator: Locator
    readings: tuple[str, ...]  # what notices say about it
    sums_say: tuple[Number, ...]  # the values that the equations require, each once
    settles: int  # open cells that are determined once this one is known, itself included


def doubtful_cells(report: Report) -> list[DoubtfulCell]:
    """Return the doubtful cells of a report, the most useful first."""
    readings = readings_of(report)
    asked = sums_say(report)
    found = []
    for cell, gain in _gains(report).items():
        value = report.cells[cell]
        found.append(
            DoubtfulCell(
                cell,
                label_of(report, cell),
                value.raw,
                value.state,
                value.value,
                value.locator,
                readings.get(cell, ()),
                asked.get(cell, ()),
                gain,
            )
        )
    # sorting is stable: ties stay in the order of the form
    return sorted(found, key=lambda each: -each.settles)


def readings_of(report: Report) -> dict[str, tuple[str, ...]]:
    """Return, by cell id, the texts of the notices that name the cell."""
    told: dict[str, list[str]] = {}
    for notice in report.notices:
        if notice.code.startswith("correct"):  # a person's correction is not a reading
            continue
        for cell in dict.fromkeys(cell_ids_in(notice.message)):
            message = notice.message.removeprefix(f"{cell}：")
            told.setdefault(cell, []).append(in_labels(report, message))
    return {cell: tuple(messages) for cell, messages in told.items() if cell in report.cells}


def sums_say(report: Report) -> dict[str, tuple[Number, ...]]:
    """Return for each open cell the value that equations demand in which it is the only unknown."""
    facts = known_values(report.cells)
    told: dict[str, dict[Number, None]] = {}
    for table in tables_of(report).values():
        for line in lines_of(table):
            unknown = [cell for cell in line.cells if cell not in facts]
            if len(unknown) != 1 or report.cells[unknown[0]].state not in OPEN_STATES:
                continue
            value = mended_value(table, line, {**facts, unknown[0]: 0}, unknown[0])
            if value is not None and value >= 0:
                told.setdefault(unknown[0], {})[value] = None
    return {cell: tuple(values) for cell, values in told.items()}


def _gains(report: Report) -> dict[str, int]:
    """Return how many open cells become known if a doubtful cell is known; 1 if it is not open itself."""
    open_cells = {cell for cell, value in report.cells.items() if value.state in OPEN_STATES}
    asked = {
        cell
        for notice in report.notices
        if notice.code in _QUESTIONED
        for cell in cell_ids_in(notice.message)
        if cell in report.cells
    }
    settled: dict[str, int] = {}
    for table in tables_of(report).values():
        own = [cell for cell in table.cell_ids() if cell in open_cells or cell in asked]
        settled |= {cell: _settled_by(cell, table, open_cells) for cell in own}
    return settled


def _settled_by(cell: str, table: TableForm, open_cells: Iterable[str]) -> int:
    """Count the open cells that follow from this one, by solving equations with one unknown repeatedly."""
    unknown = set(open_cells) - {cell}
    before = len(unknown)
    while found := _determined(lines_of(table), unknown):
        unknown -= found
    return 1 + before - len(unknown)


def _determined(lines: Sequence[PlacedEquation], unknown: set[str]) -> set[str]:
    left = (unknown.intersection(line.cells) for line in lines)
    return {cell for cells in left if len(cells) == 1 for cell in cells}


def values_over_years(reports: Iterable[Report]) -> Mapping[str, tuple[tuple[int, str], ...]]:
    """Return the values of each cell over an agency's years, oldest first; "?" if open."""
    told: dict[str, list[tuple[int, str]]] = {}
    for report in sorted(reports, key=lambda each: each.year or 0):
        if report.year is None:
            continue
        for cell, value in report.cells.items():
            shown = "?" if value.state in OPEN_STATES else "" if value.value is None else str(value.value)
            told.setdefault(cell, []).append((report.year, shown))
    return {cell: tuple(years) for cell, years in told.items()}
