"""What is to be done with a report: sent back, looked at again, or nothing."""

from collections.abc import Sequence
from typing import Literal

from extractor.report import Report
from extractor.rules.finding import Finding

Standing = Literal["send_back", "verify", "clear", "not_a_report"]


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


def must_be_sent_back(finding: Finding) -> bool:
    """Say whether what fails is an error and the publisher's own."""
    return finding.outcome == "fails" and finding.severity == "error" and finding.fault == "source"
