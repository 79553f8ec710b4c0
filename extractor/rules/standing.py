"""The action that a report needs: send back, verify, or none."""

from collections.abc import Sequence
from typing import Literal, get_args

from msgspec import Struct

from extractor.report import Report
from extractor.rules.examine import examine, examine_family, examine_peers, examine_years
from extractor.rules.finding import Finding
from extractor.rules.rule import Rule

Standing = Literal["send_back", "verify", "clear", "not_a_report"]
STANDINGS: tuple[Standing, ...] = get_args(Standing)
# The order in which a person should see them; "unread" is a file of which there is no report.
URGENCY = ("send_back", "verify", "unread", "not_a_report", "clear")


def standing_of(report: Report, findings: Sequence[Finding]) -> Standing:
    """Return the action that a report needs.

    It is sent back only for an error that is the publisher's own; what may be the reader's, and what
    cannot be told, is looked at first.

    Args:
        report: What was read.
        findings: What was found in it; those that hold change nothing.
    """
    if report.verdict == "not_a_report":
        return "not_a_report"
    failing = [finding for finding in findings if finding.outcome == "fails"]
    if any(must_be_sent_back(finding) for finding in failing):
        return "send_back"
    if report.verdict in ("doubtful", "partial") or any(each.severity != "notice" for each in failing):
        return "verify"
    return "clear"


class Examined(Struct, frozen=True):
    """A report with everything that was found in it."""

    report: Report
    findings: Sequence[Finding]

    @property
    def standing(self) -> Standing:
        """What is to be done with it."""
        return standing_of(self.report, self.findings)

    @property
    def agency(self) -> str:
        """Who reports, as far as is known."""
        return self.report.issuer.name or self.report.issuer.printed or "机关不明"


def must_be_sent_back(finding: Finding) -> bool:
    """Say whether what fails is an error and the publisher's own."""
    return finding.outcome == "fails" and finding.severity == "error" and finding.fault == "source"


def examine_together(
    reports: Sequence[Report], parent: Report | None = None, own: Sequence[Rule] = ()
) -> list[Examined]:
    """Return each report with what every rule finds in it and in it beside the others, the parent first.

    Args:
        reports: Each under a name of its own.
        parent: A report that sums up the others.
        own: Rules of the user.
    """
    findings = [finding for report in reports for finding in examine(report, own)]
    findings += [*examine_years(reports, own), *examine_peers(reports)]
    if parent is not None:
        findings += [*examine(parent, own), *examine_family(parent, reports)]
        reports = [parent, *reports]
    by_report: dict[tuple[str, int | None], list[Finding]] = {}
    for finding in findings:
        by_report.setdefault((finding.report, finding.year), []).append(finding)
    return [Examined(report, by_report.get((report.source.name, report.year), [])) for report in reports]
