"""A finding: the result of one rule at one place of a report. Passes are findings too."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Literal

from msgspec import Struct, structs

from extractor.cell_id import cell_ids_in
from extractor.document import NOWHERE, Locator
from extractor.report import CERTAIN_STATES, CellValue, Number, Outcome, Report
from extractor.rules.causes import Correction
from extractor.rules.editions import label_of
from extractor.rules.rule import Rule, Scope, Severity

Fault = Literal["source", "reading", "undecided"]

# Notices after which a failure may be due to reading: numbers may be in wrong cells, or of several agencies.
_LEAVE_IT_OPEN = frozenset(
    (
        *("several-reports", "several-titles", "several-attachments", "agency-conflict", "year-conflict"),
        *("recognized-text", "unsure-recognition", "poor-picture", "table-in-picture", "page-without-text"),
        *("row-by-position", "row-in-question", "values-first", "header-in-question"),
        *("merged-value", "cells-unplaced", "text-in-merged-cell", "split-number", "table-repeated"),
        *("reading-in-question", "broken-or-misread", "repaired", "unmapped-characters", "text-crosses-rule"),
        *("readers-disagree", "no-second-reader", "mixed-editions"),
    )
)
_DISAGREE = "readers-disagree"


class CitedCell(Struct, frozen=True):
    """A cell that a finding mentions, in any of the reports it is about."""

    report: str  # name of the source
    id: str
    label: str
    raw: str
    value: Number | None
    state: str
    locator: Locator = NOWHERE


class CellMend(Struct, frozen=True):
    """A wrong cell, and the number with which all equations hold."""

    cell: CitedCell
    should_be: Number


class Finding(Struct, frozen=True):
    """The outcome of one rule at one place.

    One error gives one finding, however many rules it breaks: `follows` names the other rules and places,
    `mends` the wrong cells, if they can be determined. `rule`, `at` and `ordinal` together are unique in a
    report.
    """

    rule: str
    severity: Severity
    scope: Scope
    says: str
    report: str  # name of the source
    agency: str | None
    year: int | None
    at: str
    outcome: Outcome
    left: Number | None
    right: Number | None
    difference: Number | None  # left minus right
    cells: tuple[CitedCell, ...]
    # who is at fault for a failure: "source" (the publisher), "reading" (this program), "undecided"
    fault: Fault | None
    message: str
    suggestion: str
    quote: str = ""  # the words of the report that it is based on
    ordinal: int = 1  # number among several findings of this rule at this place
    sides: tuple[str, ...] = ()  # the two sides in words, each number with its label
    # the smallest change that repairs everything; empty if there is more than one
    mends: tuple[CellMend, ...] = ()
    follows: tuple[str, ...] = ()  # other failures with the same cause, as rule@place

    @property
    def distance(self) -> Number | None:
        """The absolute difference of the two sides."""
        if self.left is None or self.right is None:
            return None
        return max(self.left, self.right) - min(self.left, self.right)

    @property
    def should_be(self) -> Number | None:
        """The number that the wrong cell should have; None unless exactly one cell is wrong."""
        return self.mends[0].should_be if len(self.mends) == 1 else None


class Facts(Struct, frozen=True):
    """The raw result of a test at one place, before it becomes a finding."""

    at: str
    outcome: Outcome
    message: str
    left: Number | None = None
    right: Number | None = None
    cells: tuple[tuple[Report, str], ...] = ()
    fault: Fault | None = None  # set if it cannot be derived from the states of the cells
    quote: str = ""
    rule: str = ""  # set if the place has a rule id of its own: prose/requests_received
    sides: tuple[str, ...] = ()
    changes: tuple[Correction, ...] = ()  # corrections of cells of the first report in `cells`
    follows: tuple[str, ...] = ()


def finding_of(rule: Rule, report: Report, facts: Facts) -> Finding:
    """Build the finding of a test, with the cells and sources a reader needs to verify it."""
    left, right = facts.left, facts.right
    fails = facts.outcome == "fails"
    return Finding(
        rule=facts.rule or rule.id,
        severity=rule.severity,
        scope=rule.scope,
        says=rule.says,
        report=report.source.name,
        agency=report.issuer.name or report.issuer.printed,
        year=report.year,
        at=facts.at,
        outcome=facts.outcome,
        left=left,
        right=right,
        difference=None if left is None or right is None else left - right,
        cells=tuple(cited(where, cell) for where, cell in facts.cells),
        fault=(facts.fault or fault_of(facts.cells)) if fails else None,
        message=facts.message,
        suggestion=rule.suggestion if fails else "",
        quote=facts.quote,
        sides=facts.sides,
        mends=tuple(CellMend(cited(report, change.cell), change.after) for change in facts.changes),
        follows=facts.follows,
    )


def numbered(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings; several of one rule at one place get consecutive ordinals."""
    seen: Counter[tuple[str, str, str]] = Counter()
    told = []
    for finding in findings:
        key = (finding.report, finding.rule, finding.at)
        seen[key] += 1
        told.append(structs.replace(finding, ordinal=seen[key]) if seen[key] > 1 else finding)
    return told


def cited(report: Report, cell_id: str) -> CitedCell:
    """Return a cell in the form in which findings cite it."""
    cell = report.cells.get(cell_id, CellValue("", None, "missing"))
    label = label_of(report, cell_id)
    return CitedCell(report.source.name, cell_id, label, cell.raw, cell.value, cell.state, cell.locator)


def fault_of(cells: Sequence[tuple[Report, str]]) -> Fault:
    """Return who is at fault for a failure in these cells, from how certainly they were read.

    "reading" if two readers disagree on a cell. "source" if all cells were read with certainty, from a
    document that is certainly one report of one agency. Otherwise, as for cells that were inferred,
    "undecided".
    """
    if any(cell in _disputed(report) for report, cell in cells):
        return "reading"
    states = [report.cells[cell].state for report, cell in cells if cell in report.cells]
    certain = bool(states) and all(state in CERTAIN_STATES for state in states)
    return (
        "source" if certain and all(_is_read_with_certainty(report) for report, _ in cells) else "undecided"
    )


def _is_read_with_certainty(report: Report) -> bool:
    """Return whether a document is certainly one complete report of one agency, with tables of real text."""
    if report.source.format == "image" or report.verdict == "doubtful":
        return False
    return all(notice.code not in _LEAVE_IT_OPEN for notice in report.notices)


def _disputed(report: Report) -> set[str]:
    """Return the cells that were read in two ways according to a notice."""
    notices = (notice.message for notice in report.notices if notice.code == _DISAGREE)
    return {cell for message in notices for cell in cell_ids_in(message)}


def cells_in(report: Report, ids: Iterable[str]) -> tuple[tuple[Report, str], ...]:
    """Pair each cell id with its report."""
    return tuple((report, cell) for cell in ids)


def failing(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings that fail, most severe first."""
    order = {"error": 0, "warning": 1, "notice": 2}
    broken = (finding for finding in findings if finding.outcome == "fails")
    return sorted(broken, key=lambda finding: order[finding.severity])
