"""The output of check for one report: a line of totals, then each failure in plain words."""

from collections.abc import Iterator, Sequence

from extractor.report import Report
from extractor.rules import Finding, failing
from extractor.rules.wording import FAULTS, SEVERITIES, VERDICTS, follower_in_words, place_in_words

_MOST_PLACES = 4


def name_of_report(report: Report) -> str:
    """Return the agency, year and file of a report.

    The file distinguishes reports of the same agency.
    """
    agency = report.issuer.name or report.issuer.printed or "机关不明"
    return f"{agency} {report.year or '年度不明'}（{report.source.name}）"


def detailed_lines(
    report: Report, findings: Sequence[Finding], *, show_all: bool, codes: bool
) -> Iterator[str]:
    """Yield the lines about one report: a line of totals, then those of each failing rule."""
    yield name_of_report(report)
    yield f"  {report.verdict}：{VERDICTS[report.verdict]}" if codes else f"  {VERDICTS[report.verdict]}"
    broken = failing(findings)
    held = sum(finding.outcome == "holds" for finding in findings)
    rest = len(findings) - held - len(broken)
    yield f"  核对 {len(findings)} 处：相符 {held}，不相符 {len(broken)}，未核 {rest}"
    for finding in broken:
        yield from _broken_lines(finding, report, codes=codes)
    if show_all:
        for finding in findings:
            if finding.outcome != "fails":
                sign = "✓" if finding.outcome == "holds" else "－"
                yield f"  {sign} {_code_of(finding) if codes else finding.says}  {finding.message}"


def _code_of(finding: Finding) -> str:
    return finding.rule if finding.at == finding.rule else f"{finding.rule} @ {finding.at}"


def _broken_lines(finding: Finding, report: Report, *, codes: bool) -> Iterator[str]:
    yield f"  ✗ {SEVERITIES[finding.severity]}  {finding.message}"
    if finding.fault:
        yield f"      差错出在：{FAULTS[finding.fault]}"
    if codes:
        yield f"      代码：{_code_of(finding)}"
    named = tuple(mend.cell for mend in finding.mends) or finding.cells
    places = [f"{cell.raw or '空'}＝{place_in_words(cell.locator)}" for cell in named if cell.raw]
    places = list(dict.fromkeys(places))
    where = "；".join(places[:_MOST_PLACES]) + ("……" if places[_MOST_PLACES:] else "")
    if not finding.mends:
        for side in finding.sides:
            yield f"      {side}"
    if where:
        yield f"      原文：{where}"
    if finding.follows:
        told = finding.follows if codes else [follower_in_words(each, report) for each in finding.follows]
        yield f"      随之不符：{'；'.join(told)}"
    if finding.suggestion:
        yield f"      建议：{finding.suggestion}"
