"""Cells recognized in a picture: settled by the scores of their readings and the equations of the form.

The equations work like the check digit of a product code. A cell with a low score takes the
likeliest reading that makes its equations hold, provided that it is clearly likelier than the
next; the cell is `repaired` if that is not the reading with the highest score. A cell with a high
score is never changed, so that mistakes of the publisher stay visible.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice, pairwise, product
from math import prod

from msgspec import Struct, structs

from extractor.cell_id import split_cell_id
from extractor.checks import known_values, run_checks
from extractor.document import Locator, Notice
from extractor.forms import TableForm
from extractor.report import CERTAIN_STATES, CellValue, Check, Number
from extractor.settle.state import Settled
from extractor.settle.tokens import Kind, has_leading_zero, read_cell

Alternatives = Mapping[Locator, Sequence[tuple[str, float]]]  # of the cells of a document

PLAIN = 0.9  # a reading with this score needs no equation to confirm it
_RUNNER_UP = 0.05  # a second reading with this share of the best score makes the cell doubtful
_POSSIBLE = 0.002  # readings with a lower score are dropped
_AHEAD = 10.0  # how much likelier the best solution must be than the next
_MOST = 20_000  # with more combinations of readings than this, nothing is tried
_TRIED = 2_000  # combinations that are tried, most likely first
_BEYOND_DOUBT = 0.97  # if all cells of a failing equation reach this score, the publisher made the mistake
_RECOGNIZED = ("read", "blank", "decoded", "unreadable")


class _Choice(Struct, frozen=True):
    """One possible reading of a cell, with its score."""

    raw: str
    value: Number | None  # None: blank
    score: float
    unit: str | None = None


Choices = dict[str, list[_Choice]]  # by cell id, the likeliest first


def repair_table(table: TableForm, settled: Settled, alternatives: Alternatives) -> None:
    """Settle the cells of a table that were recognized in a picture."""
    choices = _choices(table, settled, alternatives)
    if not choices:
        return
    open_cells = {cell: given for cell, given in choices.items() if not _is_plain(given)}
    _start_from_likeliest(settled, choices, open_cells)
    checks = _checks(table, settled)
    for group in _groups(open_cells, checks):
        _settle_group(table, settled, {cell: open_cells[cell] for cell in group}, checks)
    _question_failing_equations(table, settled, choices)


def _choices(table: TableForm, settled: Settled, alternatives: Alternatives) -> Choices:
    """Return the readings of each cell of the table that comes from a picture."""
    found: Choices = {}
    for cell_id, cell in settled.cells.items():
        given = alternatives.get(cell.locator)
        if given and cell.state in _RECOGNIZED:
            found[cell_id] = _by_value(given, _kind(table, cell_id))
    return found


def _kind(table: TableForm, cell_id: str) -> Kind:
    _, row, column = split_cell_id(cell_id)
    if column in table.row(row).money:
        return "money"
    return "change" if column == "change" else "count"


def _by_value(given: Sequence[tuple[str, float]], kind: Kind) -> list[_Choice]:
    """Return the readings of a cell that are numbers or blanks, equal values merged, likeliest first."""
    scores: dict[tuple[str, Number | None], _Choice] = {}
    for text, score in given:
        reading = read_cell(text, kind)
        # A leading zero in a picture is a second number or a speck, never part of this one.
        is_value = reading.state in CERTAIN_STATES and not has_leading_zero(text)
        key = (reading.state if is_value else text, reading.value)
        known = scores.get(key)
        if known:
            scores[key] = structs.replace(known, score=known.score + score)
        elif is_value:
            scores[key] = _Choice(reading.raw, reading.value, score, reading.unit)
    return sorted(scores.values(), key=lambda choice: -choice.score)


def _is_plain(given: list[_Choice]) -> bool:
    if not given or given[0].score < PLAIN:
        return False
    return len(given) < 2 or given[1].score < _RUNNER_UP * given[0].score


def _start_from_likeliest(settled: Settled, choices: Choices, open_cells: Choices) -> None:
    """Provisionally set every doubtful cell to its highest-scoring reading."""
    for cell_id, given in choices.items():
        cell = settled.cells[cell_id]
        if given and (cell_id in open_cells or cell.state == "unreadable"):
            settled.cells[cell_id] = _cell_with(cell, given[0], cell.raw)


def _cell_with(cell: CellValue, choice: _Choice, first: str) -> CellValue:
    """Return the cell with this reading; it is `repaired` if the first reading, `first`, was another."""
    if cell.state != "unreadable" and choice.value == cell.value and choice.raw == first:
        return cell
    if choice.raw == first:
        return structs.replace(cell, value=choice.value, state="blank" if choice.value is None else "read")
    return structs.replace(
        cell, raw=first, value=choice.value, state="repaired", unit=choice.unit or cell.unit
    )


def _checks(table: TableForm, settled: Settled) -> list[Check]:
    facts = known_values(settled.cells)
    return run_checks(table, facts)


def _groups(open_cells: Iterable[str], checks: list[Check]) -> list[list[str]]:
    """Group the doubtful cells: two cells that stand in one equation belong to one group."""
    parent = {cell: cell for cell in open_cells}

    def root(cell: str) -> str:
        while parent[cell] != cell:
            cell = parent[cell]
        return cell

    for check in checks:
        members = [cell for cell in check.cells if cell in parent]
        for one, other in pairwise(members):
            parent[root(one)] = root(other)
    groups: dict[str, list[str]] = {}
    for cell in parent:
        groups.setdefault(root(cell), []).append(cell)
    return list(groups.values())


def _settle_group(table: TableForm, settled: Settled, open_cells: Choices, checks: list[Check]) -> None:
    """Set each cell of a group to its reading in the likeliest combination that makes the equations hold."""
    cells = list(open_cells)
    possible = [[c for c in open_cells[cell] if c.score >= _POSSIBLE] for cell in cells]
    touching = {(c.id, c.at) for c in checks if any(cell in open_cells for cell in c.cells)}
    solutions = _solutions(table, settled, cells, possible, touching) if all(possible) else []
    if not touching or not solutions:
        _leave_open(settled, cells, open_cells)
        return
    best = solutions[0]
    rivals = [s for s in solutions[1:] if _likelihood(best) < _AHEAD * _likelihood(s)]
    for place, cell_id in enumerate(cells):
        cell = settled.cells[cell_id]
        if any(rival[place].value != best[place].value for rival in rivals):
            options = [s[place] for s in (best, *rivals)]
            _note_undecided(settled, cell_id, options)
        elif cell.raw.strip() and not best[place].raw:
            # The picture shows ink, so the cell is not blank; the equations only say that its value is 0.
            _note_undecided(settled, cell_id, [best[place], _Choice("0", 0, 0.0)])
        else:
            settled.cells[cell_id] = _cell_with(cell, best[place], cell.raw)
            if settled.cells[cell_id].state == "repaired":
                _note_repaired(settled, cell_id)


def _solutions(
    table: TableForm,
    settled: Settled,
    cells: list[str],
    possible: list[list[_Choice]],
    touching: set[tuple[str, str]],
) -> list[tuple[_Choice, ...]]:
    """Return the combinations of readings that make every equation hold, likeliest first."""
    size = prod(len(given) for given in possible)
    if size > _MOST:
        return []
    facts = known_values(settled.cells)
    found: list[tuple[_Choice, ...]] = []
    tried = 0
    for combination in islice(sorted(product(*possible), key=lambda c: -_likelihood(c)), _TRIED):
        tried += 1
        if found and _likelihood(found[0]) > _AHEAD * _likelihood(combination):
            return found
        facts.update(zip(cells, (choice.value for choice in combination), strict=True))
        outcomes = [c.outcome for c in run_checks(table, facts) if (c.id, c.at) in touching]
        if "fails" not in outcomes and "holds" in outcomes:
            found.append(combination)
    return found if tried == size else []  # a combination that was not tried may be as likely


def _likelihood(combination: Sequence[_Choice]) -> float:
    return prod(choice.score for choice in combination)


def _leave_open(settled: Settled, cells: list[str], open_cells: Choices) -> None:
    """Mark cells as undecided, or as unreadable if they have no reading at all."""
    for cell_id in cells:
        if open_cells[cell_id]:
            _note_undecided(settled, cell_id, open_cells[cell_id])
        else:
            settled.cells[cell_id] = structs.replace(settled.cells[cell_id], value=None, state="unreadable")


def _note_undecided(settled: Settled, cell_id: str, options: Sequence[_Choice]) -> None:
    cell = settled.cells[cell_id]
    settled.cells[cell_id] = structs.replace(cell, value=None, state="undecided")
    texts = "、".join(dict.fromkeys(choice.raw or "空" for choice in options[:4]))
    message = f"{cell_id}：图像认作“{cell.raw}”，没有把握；可能是：{texts}"
    settled.notices.append(Notice("unsure-recognition", message, cell.locator))
    settled.doubtful = True


def _note_repaired(settled: Settled, cell_id: str) -> None:
    cell = settled.cells[cell_id]
    value = "空" if cell.value is None else cell.value
    message = f"{cell_id}：图像认作“{cell.raw}”，没有把握；按勾稽关系和图像定为 {value}"
    settled.notices.append(Notice("repaired", message, cell.locator))


def _question_failing_equations(table: TableForm, settled: Settled, choices: Choices) -> None:
    """Mark the table as doubtful if an equation fails and one of its cells may have been misread."""
    for check in _checks(table, settled):
        if check.outcome != "fails":
            continue
        weak = [c for c in check.cells if c in choices and choices[c] and choices[c][0].score < _BEYOND_DOUBT]
        if weak:
            settled.doubtful = True
            names = "、".join(weak[:4])
            message = f"{check.message}；{names} 由图像识别，分不清是识别有误还是原件有误"
            settled.notices.append(Notice("broken-or-misread", message))
