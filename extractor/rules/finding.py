"""A finding: what a rule says of one place of a report. Passes are findings too."""

import re
from collections.abc import Iterable, Sequence
from typing import Literal

from msgspec import Struct

from extractor.document import NOWHERE, Locator
from extractor.report import CellValue, Number, Outcome, Report
from extractor.rules.editions import label_of
from extractor.rules.rule import Rule, Scope, Severity

Fault = Literal["source", "reading", "undecided"]

_CERTAIN = ("read", "blank")
_DISAGREE = "readers-disagree"
_CELL_ID = re.compile(r"[a-z]+\.[a-z0-9_]+\.[a-z0-9_]+")


class CitedCell(Struct, frozen=True):
    """A cell that a finding speaks of, in whichever report it stands."""

    report: str  # name of the source
    id: str
    label: str
    raw: str
    value: Number | None
    state: str
    locator: Locator = NOWHERE


class Finding(Struct, frozen=True):
    """The outcome of one rule at one place."""

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
    difference: Number | None  # left less right
    cells: tuple[CitedCell, ...]
    fault: Fault | None  # of what fails: the publisher's, the reader's, or nobody can tell
    message: str
    suggestion: str
    quote: str = ""  # words of the report that bear on it


class Facts(Struct, frozen=True):
    """What a test has found out at one place."""

    at: str
    outcome: Outcome
    message: str
    left: Number | None = None
    right: Number | None = None
    cells: tuple[tuple[Report, str], ...] = ()
    fault: Fault | None = None  # where the cells alone do not tell
    quote: str = ""
    rule: str = ""  # where the place has a rule of its own: prose/requests_received


def finding_of(rule: Rule, report: Report, facts: Facts) -> Finding:
    """Return what a test found, with everything that a reader needs to see it for himself."""
    known = facts.left is not None and facts.right is not None
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
        left=facts.left,
        right=facts.right,
        difference=facts.left - facts.right if known else None,  # type: ignore[operator]  # both are known
        cells=tuple(cited(where, cell) for where, cell in facts.cells),
        fault=(facts.fault or fault_of(facts.cells)) if fails else None,
        message=facts.message,
        suggestion=rule.suggestion if fails else "",
        quote=facts.quote,
    )


def cited(report: Report, cell_id: str) -> CitedCell:
    """Return a cell as a finding cites it."""
    cell = report.cells.get(cell_id, CellValue("", None, "missing"))
    label = label_of(report, cell_id)
    return CitedCell(report.source.name, cell_id, label, cell.raw, cell.value, cell.state, cell.locator)


def fault_of(cells: Sequence[tuple[Report, str]]) -> Fault:
    """Say whose fault a breach over these cells is, as far as their states tell.

    Cells on which two readers disagree are the reading's; cells that were worked out and not read
    leave it open; what stands there with certainty is the publisher's.
    """
    if any(cell in _disputed(report) for report, cell in cells):
        return "reading"
    states = [report.cells[cell].state for report, cell in cells if cell in report.cells]
    pictured = any(report.source.format == "image" for report, _ in cells)
    certain = bool(states) and all(state in _CERTAIN for state in states)
    return "source" if certain and not pictured else "undecided"


def _disputed(report: Report) -> set[str]:
    """Return the cells that a notice names as read in two ways."""
    notices = (notice.message for notice in report.notices if notice.code == _DISAGREE)
    return {cell for message in notices for cell in _CELL_ID.findall(message)}


def cells_in(report: Report, ids: Iterable[str]) -> tuple[tuple[Report, str], ...]:
    """Return the cells of one report."""
    return tuple((report, cell) for cell in ids)


def failing(findings: Iterable[Finding]) -> list[Finding]:
    """Return what does not hold, the gravest first."""
    order = {"error": 0, "warning": 1, "notice": 2}
    broken = (finding for finding in findings if finding.outcome == "fails")
    return sorted(broken, key=lambda finding: order[finding.severity])
