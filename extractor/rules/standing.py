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
    """Return the action that a report needs: send back, verify, or none.

    It is sent back only for an error that is certainly the publisher's; what may be a misreading must be
    verified by a person first.

    Args:
        report: The report.
        findings: Its findings; only those that fail count.
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
    """A report with all its findings."""

    report: Report
    findings: Sequence[Finding]

    @property
    def standing(self) -> Standing:
        """The action that it needs."""
        return standing_of(self.report, self.findings)

    @property
    def agency(self) -> str:
        """The name of the agency, as far as it is known."""
        return self.report.issuer.name or self.report.issuer.printed or "机关不明"


def must_be_sent_back(finding: Finding) -> bool:
    """Return whether a failure is an error and certainly the publisher's."""
    return finding.outcome == "fails" and finding.severity == "error" and finding.fault == "source"


def examine_together(
    reports: Sequence[Report], parent: Report | None = None, own: Sequence[Rule] = ()
) -> list[Examined]:
    """Return each report with all findings, both on it alone and on it with the others; the parent first.

    Args:
        reports: Their source names must differ.
        parent: A report that sums up the others.
        own: The user's rules.
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
