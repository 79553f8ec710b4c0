"""Compares a report with those of its peers: agencies of the same level and kind, in the same year."""

from collections.abc import Iterator, Sequence
from statistics import median

from extractor.report import Outcome, Report
from extractor.rules.editions import EffectiveNumbers, label_of
from extractor.rules.finding import Facts
from extractor.rules.rule import Rule

_LEAST_PEERS = 8
_TIMES = 10
_LEAST = 100


def peers_of(reports: Sequence[Report]) -> list[list[Report]]:
    """Group the reports by year, level, kind and scope.

    Reports for which one of these is unknown are left out.
    """
    groups: dict[tuple[object, ...], list[Report]] = {}
    for report in reports:
        issuer = report.issuer
        known = (report.year, issuer.level, issuer.kind)
        if None not in known and report.verdict != "not_a_report":
            groups.setdefault((*known, issuer.scope == "area"), []).append(report)
    return [group for group in groups.values() if len(group) > _LEAST_PEERS]


def no_outlier(rule: Rule, peers: Sequence[Report]) -> Iterator[tuple[Report, Facts]]:
    """Test for each report and cell whether the number is far above the median of the peers."""
    for cell in rule.cells:
        told = [
            (report, value)
            for report in peers
            if (value := EffectiveNumbers(report).number(cell)) is not None
        ]
        if len(told) <= _LEAST_PEERS:
            continue
        middle = median(float(value) for _, value in told)
        for report, value in told:
            far = value >= _LEAST and float(value) > middle * _TIMES
            outcome: Outcome = "fails" if far else "holds"
            message = f"{label_of(report, cell)}：{value}，{len(told)} 个同类机关的中位数 {middle:g}"
            yield report, Facts(cell, outcome, message, value, None, ((report, cell),), "undecided")
