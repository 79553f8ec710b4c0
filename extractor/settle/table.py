"""Settles one table in passes: read single cells, solve glued cells, then confirm doubtful readings."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from msgspec import structs

from extractor.cell_id import split_cell_id
from extractor.checks import known_values, run_checks
from extractor.document import Locator, Notice
from extractor.forms import Row, TableForm
from extractor.located import FoundTable, Located, Witness
from extractor.report import PRINTED_STATES, CellValue, Check
from extractor.settle.state import Settled
from extractor.settle.tokens import SHORT, CellReading, Doubt, Kind, read_cell, read_short_cell
from extractor.settle.unit_notes import foreign_unit, note_units
from extractor.settle.unplain import note_unplain, with_shown_number

_SETTLED = ("read", "blank")  # states of a reading that leaves nothing to decide
_KINDS: dict[int, tuple[TableForm, dict[str, Kind]]] = {}


def blanks_were_dropped(tables: Iterable[FoundTable]) -> bool:
    """True if the source leaves out blank cells: some glued row has fewer characters than cells."""
    runs = [run for found in tables for run in found.glued if run.splittable]
    return any(sum(len(piece.text) for piece in run.pieces) < len(run.cells) for run in runs)


def settle_table(
    table: TableForm,
    found: FoundTable,
    *,
    blanks_dropped: bool,
    witnesses: Sequence[Witness] = (),
    alternatives: Mapping[Locator, Sequence[tuple[str, float]]] | None = None,
) -> Settled:
    """Settle every cell of a standard table.

    Args:
        table: What the form prescribes.
        found: The text of each cell as recognized, and the glued cells.
        blanks_dropped: Whether the source leaves out blank cells.
        witnesses: Numbers of the prose that may choose between readings that are left.
        alternatives: The other readings of cells that were recognized in a picture.
    """
    settled = Settled(doubtful=found.in_question)
    kinds = _kinds(table)
    _read_single_cells(settled, table, found, kinds)
    _read_runs(settled, table, found, kinds, "any" if blanks_dropped else "none", witnesses)
    note_units(settled, table, found)
    _add_missing_cells(settled, found, kinds)
    _mark_rows_by_position(settled, found)
    _confirm_doubted(table, settled)
    _confirm_placed_runs(table, found, settled)
    _settle_from_picture(settled, table, alternatives)
    return settled


def check_table(table: TableForm, settled: Settled) -> list[Check]:
    """Run the equations of a table over its settled cells."""
    facts = known_values(settled.cells)
    return run_checks(table, facts)


def holds_without_assumption(table: TableForm, found: FoundTable, settled: Settled) -> bool:
    """True if glued cells have the same single reading when blank cells may have been left out."""
    if not settled.assumed_no_blanks:
        return True
    freely = Settled(cells={k: c for k, c in settled.cells.items() if k in found.located})
    _read_runs(freely, table, found, _kinds(table), "parts")
    return all(freely.cells[cell_id].value == cell.value for cell_id, cell in settled.cells.items())


def _kinds(table: TableForm) -> dict[str, Kind]:
    """Return the kind of number of each cell of a table, worked out once."""
    known = _KINDS.get(id(table))
    if known is None or known[0] is not table:
        rows = {row.id: row for row in table.rows}
        known = _KINDS[id(table)] = (table, {i: _kind(rows, i) for i in table.cell_ids()})
    return known[1]


def _kind(rows: dict[str, Row], cell_id: str) -> Kind:
    _, row_id, column = split_cell_id(cell_id)
    if column in rows[row_id].money:
        return "money"
    return "change" if column == "change" else "count"


def _read_single_cells(settled: Settled, table: TableForm, found: FoundTable, kinds: dict[str, Kind]) -> None:
    for cell_id, kind in kinds.items():
        located = found.located.get(cell_id)
        if located is not None:
            _settle_cell(settled, cell_id, located, kind, table)


def _read_runs(
    settled: Settled,
    table: TableForm,
    found: FoundTable,
    kinds: dict[str, Kind],
    blanks: Literal["none", "parts", "any"],
    witnesses: Sequence[Witness] = (),
) -> None:
    if not found.glued:
        return
    from extractor.settle.glued import (
        GluedCellsReader,  # with the searches: loaded where something is to be solved
    )

    GluedCellsReader(table, found, kinds, blanks, witnesses).settle(settled)


def _add_missing_cells(settled: Settled, found: FoundTable, kinds: dict[str, Kind]) -> None:
    """Add the cells that the document lacks as `missing`, and sort all cells as in the form."""
    if found.glued or len(settled.cells) < len(kinds):
        settled.cells = {i: settled.cells.get(i) or CellValue("", None, "missing") for i in kinds}


def _settle_from_picture(
    settled: Settled,
    table: TableForm,
    alternatives: Mapping[Locator, Sequence[tuple[str, float]]] | None,
) -> None:
    if not alternatives:
        return
    from extractor.settle.from_picture import repair_table

    repair_table(table, settled, alternatives)


def _settle_cell(settled: Settled, cell_id: str, located: Located, kind: Kind, table: TableForm) -> None:
    if located.unread:
        located = with_shown_number(located)
    if located.printed is not None or located.unread or located.doubt:
        note_unplain(settled, cell_id, located)
        if cell_id in settled.cells:
            return
    reading = (
        read_short_cell(located.text, kind) if len(located.text) <= SHORT else read_cell(located.text, kind)
    )
    if reading.state in _SETTLED and reading.unit is None and located.certain and located.printed is None:
        settled.cells[cell_id] = CellValue(reading.raw, reading.value, reading.state, None, located.locator)
        return
    if located.printed is not None:
        reading = structs.replace(reading, raw=located.printed.strip())
    if not located.certain and reading.state == "read":
        reading = CellReading(reading.raw, None, "undecided")
        message = f"{cell_id}：一个数字横跨几行，不能确定属于哪一行"
        settled.notices.append(Notice("merged-value", message, located.locator))
    elif reading.state == "undecided":
        settled.doubted[cell_id] = reading.doubt or "gap"
        reading = CellReading(reading.raw, reading.choices[0], "decoded", reading.unit)
    elif reading.state == "unreadable":
        settled.notices.append(
            Notice("unreadable-cell", f"{cell_id}：“{reading.raw}”不是数字", located.locator)
        )
    unit = foreign_unit(reading.unit, table, cell_id) if reading.unit else None
    settled.cells[cell_id] = CellValue(reading.raw, reading.value, reading.state, unit, located.locator)


def _outcomes(table: TableForm, settled: Settled) -> dict[str, set[str]]:
    """Return cell id → outcomes of its checks; cells that are in no equation are left out."""
    outcomes: dict[str, set[str]] = {}
    for check in check_table(table, settled):
        for cell_id in check.cells:
            outcomes.setdefault(cell_id, set()).add(check.outcome)
    return outcomes


def _confirm_placed_runs(table: TableForm, found: FoundTable, settled: Settled) -> None:
    """Mark cells of a row with too many or too few cells as undecided unless an equation confirms them.

    Assigning them assumed that blanks were added or left out, but one cell may hold two numbers.
    """
    if all(run.splittable for run in found.glued):
        return
    outcomes = _outcomes(table, settled)
    for run in found.glued:
        if run.splittable or run.is_lost:
            continue
        unproven = {
            split_cell_id(cell_id).row
            for cell_id in run.cells
            if settled.cells[cell_id].value and cell_id in outcomes and not _is_proven(outcomes[cell_id])
        }
        too_few = len(run.pieces) < len(run.cells)
        for cell_id in run.cells:
            cell = settled.cells[cell_id]
            if split_cell_id(cell_id).row in unproven and cell.state in PRINTED_STATES:
                settled.cells[cell_id] = CellValue(cell.raw, None, "undecided", None, cell.locator)
            elif too_few and cell.state == "blank":
                settled.cells[cell_id] = CellValue("", None, "missing")
        for row in sorted(unproven):
            message = f"{table.id}.{row}：格数与表头不符，勾稽关系不能证明哪个数字属于哪一列"
            settled.notices.append(Notice("cells-unplaced", message, settled.cells[run.cells[0]].locator))


def _is_proven(outcomes: set[str]) -> bool:
    return "holds" in outcomes and "fails" not in outcomes


# Reason for the doubt about a number → what the notice says if no equation decides.
_DOUBTS: dict[Doubt, tuple[str, str]] = {
    "gap": ("中间有空白", "是一个数还是几个数"),
    "one-or-dash": ("单独一个字", "是数字还是短横"),
    "rounded": ("是科学记数法，位数不全", "末几位是多少"),
    "remark": ("旁边的括号里另有数字", "哪一个是本年的"),
    "letters": ("夹有形似数字的字母", "字母是否代替数字"),
}


def _confirm_doubted(table: TableForm, settled: Settled) -> None:
    """Keep a number that has other readings, such as `1 2`, only if the equations confirm it."""
    if not settled.doubted:
        return
    outcomes = _outcomes(table, settled)
    for cell_id, doubt in settled.doubted.items():
        cell = settled.cells[cell_id]
        proven = _is_proven(outcomes.get(cell_id, set()))
        if not proven:
            settled.cells[cell_id] = CellValue(cell.raw, None, "undecided", None, cell.locator)
        why, open_question = _DOUBTS[doubt]
        reading = f"按一个数 {cell.value} 读，勾稽关系相符" if proven else f"{open_question}，不能确定"
        code = "split-number" if doubt == "gap" else "number-in-doubt"
        settled.notices.append(Notice(code, f"{cell_id}：“{cell.raw}”{why}，{reading}", cell.locator))


def _mark_rows_by_position(settled: Settled, found: FoundTable) -> None:
    if not found.by_position and not found.by_order:
        return
    for cell_id, cell in settled.cells.items():
        placed = split_cell_id(cell_id).row in found.by_position or cell_id in found.by_order
        if placed and cell.state == "read":
            settled.cells[cell_id] = CellValue(cell.raw, cell.value, "decoded", cell.unit, cell.locator)
    for row in sorted(found.by_position):
        message = f"{found.table}.{row}：行的标签缺失或不可辨，按它在前后两行之间的位置认定"
        settled.notices.append(Notice("row-by-position", message))
