"""Tests over the reports of one agency: two consecutive years, and the whole series."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from extractor.identity import agency_of
from extractor.report import KNOWN_STATES, Number, Outcome, Report
from extractor.rules.finding import Facts
from extractor.rules.reuse import Sentences, sentences_of
from extractor.rules.rule import Rule
from extractor.rules.sections import every_section

_LEAST_NUMBERS = 4  # numbers in a table, for two equal tables to mean anything
_LEAST_CHARACTERS = 300  # characters of a text, for reuse to mean anything
_MOST_REUSED = 0.8
_LEAST_YEARS = 3
_LEAP = 5  # times the usual number
_LEAST_LEAP = 20  # requests; smaller numbers are never a leap


def series_of(reports: Sequence[Report]) -> list[list[Report]]:
    """Return the reports grouped by agency and sorted by year; those without agency or year are left out.

    Different spellings and earlier names count as one agency. A report of an agency alone and one of its
    whole area belong to different series.
    """
    groups: dict[tuple[str, str], list[Report]] = {}
    for report in reports:
        name = report.issuer.name or report.issuer.printed
        if name and report.year is not None and report.verdict != "not_a_report":
            scope = "area" if report.issuer.scope == "area" else "own"
            groups.setdefault((agency_of(report).id or name, scope), []).append(report)
    return [sorted(group, key=_year) for group in groups.values()]


def _year(report: Report) -> int:
    return report.year or 0


def consecutive(series: Sequence[Report]) -> Iterator[tuple[Report, Report]]:
    """Yield each report with the one of the year before."""
    by_year: dict[int, Report] = {}
    for report in series:
        by_year.setdefault(_year(report), report)
    for before, after in pairwise(by_year[year] for year in sorted(by_year)):
        if _year(after) == _year(before) + 1:
            yield before, after


def not_copied(rule: Rule, report: Report, before: Report) -> Iterator[Facts]:
    """Test whether each table has other numbers than in the year before."""
    for name in report.tables:
        ids = [cell for cell in report.cells if cell.startswith(f"{name}.") and cell in before.cells]
        own = [report.cells[cell].value for cell in ids]
        speaking = [cell for cell, value in zip(ids, own, strict=True) if value]
        if not all(_is_known(where, cell) for where in (report, before) for cell in ids):
            yield Facts(name, "not_checked", "有数字缺失或未定，不能比较")
        elif own != [before.cells[cell].value for cell in ids]:
            yield Facts(name, "holds", f"与 {before.year} 年的表格不同")
        elif len(speaking) < _LEAST_NUMBERS:
            yield Facts(name, "not_checked", "数字太少，相同不说明问题")
        else:
            cells = tuple((where, cell) for cell in speaking[:8] for where in (report, before))
            message = f"整张表与 {before.year} 年完全相同（{len(speaking)} 个数字）"
            yield Facts(name, "fails", message, cells=cells, fault="undecided")


def text_not_reused(rule: Rule, report: Report, before: Report) -> Iterator[Facts]:
    """Test how much of the text was in the report of the year before, ignoring numbers."""
    old = Sentences(before)
    sentences = [each for section in every_section(report.sections) for each in sentences_of(section)]
    total = sum(map(len, sentences))
    if total < _LEAST_CHARACTERS:
        yield Facts("text", "not_checked", "正文太短，相同不说明问题")
        return
    share = (old.reused(sentences) + old.renumbered(sentences)) / total
    outcome: Outcome = "fails" if share >= _MOST_REUSED else "holds"
    message = f"正文有 {share:.0%} 与 {before.year} 年的报告相同，或只改了数字"
    yield Facts("text", outcome, message, fault="source")


def years_complete(rule: Rule, series: Sequence[Report]) -> Iterator[Facts]:
    """Test whether no year is missing between the first and the last."""
    years = {_year(report) for report in series}
    missing = [year for year in range(min(years), max(years)) if year not in years]
    for year in missing:
        yield Facts(str(year), "fails", f"这里没有 {year} 年的报告", fault="undecided")
    if not missing and len(years) > 1:
        yield Facts(f"{min(years)}-{max(years)}", "holds", "各年的报告齐全")


def years_once(rule: Rule, series: Sequence[Report]) -> Iterator[Facts]:
    """Test whether two reports on one year give the same numbers."""
    for one, other in pairwise(series):
        if one.year != other.year:
            continue
        differing = [
            cell
            for cell, value in one.cells.items()
            if _is_known(one, cell) and _is_known(other, cell) and other.cells[cell].value != value.value
        ]
        if differing:
            cells = tuple((where, cell) for cell in differing[:8] for where in (one, other))
            message = f"与 {other.source.name} 同是 {one.year} 年的报告，{len(differing)} 格不同"
            yield Facts(str(one.year), "fails", message, cells=cells, fault="undecided")
        else:
            yield Facts(str(one.year), "holds", f"与 {other.source.name} 同年，数字相同")


def no_leap(rule: Rule, series: Sequence[Report]) -> Iterator[Facts]:
    """Test whether the new requests of the last report are in proportion to those of earlier years."""
    (cell,) = rule.cells
    told = [(report, value) for report in series if (value := _value(report, cell)) is not None]
    if len(told) < _LEAST_YEARS + 1:
        return
    report, value = told[-1]
    usual = median(float(past) for _, past in told[:-1])
    facts = f"新收 {value} 件，往年中位数 {usual:g} 件"
    leaps = value > usual * _LEAP or value * _LEAP < usual
    outcome: Outcome = "fails" if leaps and abs(float(value) - usual) >= _LEAST_LEAP else "holds"
    cells = tuple((where, cell) for where, _ in told)
    yield Facts(str(report.year), outcome, facts, value, None, cells, "undecided")


def _is_known(report: Report, cell_id: str) -> bool:
    cell = report.cells.get(cell_id)
    return cell is not None and cell.state in KNOWN_STATES


def _value(report: Report, cell_id: str) -> Number | None:
    cell = report.cells.get(cell_id)
    return cell.value if cell else None
