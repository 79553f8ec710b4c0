"""What is to be done with a report: sent back, looked at again, or nothing."""

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from extractor.report import Report
from extractor.rules.finding import Finding

Standing = Literal["send_back", "verify", "clear", "not_a_report"]
STANDINGS: dict[Standing, str] = {
    "send_back": "须退回",
    "verify": "须核实",
    "clear": "没有发现问题",
    "not_a_report": "不是年报",
}


def standing_of(report: Report, findings: Sequence[Finding]) -> Standing:
    """Say what is to be done with a report.

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
