"""Runs every rule on one report, on an agency's years, and on a parent with its children."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec import structs

from extractor.report import Number, Report
from extractor.rules import (
    date_tests,
    growth_tests,
    parts_tests,
    share_tests,
    table_tests,
    text_tests,
    year_tests,
    years,
)
from extractor.rules.causes import Correction, with_changes
from extractor.rules.family import family_sum
from extractor.rules.finding import Facts, Finding, finding_of, numbered
from extractor.rules.peers import no_outlier, peers_of
from extractor.rules.rule import Rule, load_rules
from extractor.rules.sums import compare_sums
from extractor.standard import in_units_of_form

_ONE: dict[str, Callable[[Rule, Report], Iterator[Facts]]] = {
    "equation": table_tests.equations,
    "tables-present": table_tests.tables_present,
    "cells-present": table_tests.cells_present,
    "cells-readable": table_tests.cells_readable,
    "cells-whole": table_tests.cells_whole,
    "cells-not-negative": table_tests.cells_not_negative,
    "totals-stated": table_tests.totals_stated,
    "made-disclosed": table_tests.made_disclosed,
    "decisions-not-items": table_tests.decisions_not_items,
    "prose": text_tests.prose,
    "one-value": text_tests.one_value,
    "parts-of-total": parts_tests.parts_of_total,
    "growth": growth_tests.growth_told,
    "shares": share_tests.shares_told,
    "joined": share_tests.joined_outcomes,
    "all-upheld": share_tests.all_upheld,
    "own-and-area": text_tests.own_and_area,
    "parts-close": parts_tests.parts_close,
    "year-title": year_tests.year_title,
    "year-period": year_tests.year_period,
    "period-written": year_tests.period_written,
    "year-named": year_tests.year_named,
    "form-cited": year_tests.form_cited,
    "documents": share_tests.documents_told,
    "year-text": year_tests.year_text,
    "published-on-time": date_tests.published_on_time,
    "agency-one": text_tests.agency_one,
    "section-filled": text_tests.section_filled,
    "numbering": text_tests.numbering,
    "all-concluded": text_tests.all_concluded,
}
_TWO: dict[str, Callable[[Rule, Report, Report], Iterator[Facts]]] = {
    "not-copied": years.not_copied,
    "text-not-reused": years.text_not_reused,
    "growth-over-years": growth_tests.growth_over_years,
}
_MANY: dict[str, Callable[[Rule, Sequence[Report]], Iterator[Facts]]] = {
    "years-complete": years.years_complete,
    "years-once": years.years_once,
    "no-leap": years.no_leap,
}


def ways_of_testing() -> frozenset[str]:
    """Return the names of the test functions that rules may use."""
    return frozenset((*_ONE, *_TWO, *_MANY, "no-outlier", "family-sum"))


def examine(report: Report, own: Sequence[Rule] = ()) -> list[Finding]:
    """Return the findings of all rules within one report; none if the document is not a report.

    Args:
        report: The report to test.
        own: The user's rules, tested after the built-in ones.
    """
    if report.verdict == "not_a_report":
        return []
    report = in_units_of_form(report)
    rules = [rule for rule in (*load_rules(), *own) if rule.scope == "report"]
    findings = [finding for rule in rules for finding in _within(rule, report)]
    return numbered(_each_slip_once(findings, rules, report))


def _each_slip_once(findings: list[Finding], rules: Sequence[Rule], report: Report) -> list[Finding]:
    """Drop findings that fail only because of a slip already reported, and list them under that finding."""
    changes = [
        Correction(mend.cell.id, mend.cell.value, mend.should_be)
        for finding in findings
        for mend in finding.mends
    ]
    if not changes:
        return findings
    mended = with_changes(report, changes)
    changed = {change.cell for change in changes}
    following: dict[str, list[Finding]] = {}
    for rule in rules:
        concerned = [
            finding
            for finding in findings
            if rule.test != "equation" and _is_of(finding, rule) and finding.outcome == "fails"
            if any(cell.id in changed for cell in finding.cells)
        ]
        again = _within(rule, mended) if concerned else ()
        still = {_key(finding) for finding in again if finding.outcome == "fails"}
        for finding in concerned:
            if _key(finding) not in still:
                cell = next(each.id for each in finding.cells if each.id in changed)
                following.setdefault(cell, []).append(finding)
    gone = {id(finding) for each in following.values() for finding in each}
    return [_with_followers(finding, following) for finding in findings if id(finding) not in gone]


def _is_of(finding: Finding, rule: Rule) -> bool:
    """True if the finding belongs to this rule; the comparison with the prose has one rule for each code."""
    return finding.rule == rule.id or (rule.test == "prose" and finding.says == rule.says)


def _key(finding: Finding) -> tuple[str, str, str, Number | None]:
    return finding.rule, finding.at, finding.quote, finding.left


def _with_followers(finding: Finding, following: Mapping[str, Sequence[Finding]]) -> Finding:
    told = [each for mend in finding.mends for each in following.get(mend.cell.id, ())]
    if not told:
        return finding
    follows = (*finding.follows, *(f"{each.rule}@{each.at}" for each in told))
    quote = finding.quote or next((each.quote for each in told if each.quote), "")
    return structs.replace(finding, follows=follows, quote=quote)


def examine_years(reports: Sequence[Report], own: Sequence[Rule] = ()) -> list[Finding]:
    """Return the findings of the rules over years, agency by agency; the reports may come in any order."""
    findings: list[Finding] = []
    rules = (*load_rules(), *own)
    for series in years.series_of([in_units_of_form(report) for report in reports]):
        if len(series) < 2:
            continue
        for before, after in years.consecutive(series):
            findings.extend(examine_pair(before, after, own))
        for rule in rules:
            if rule.scope == "series":
                findings.extend(
                    finding_of(rule, series[-1], facts) for facts in _MANY[rule.test](rule, series)
                )
    return findings


def examine_pair(before: Report, after: Report, own: Sequence[Rule] = ()) -> list[Finding]:
    """Return the findings of the rules over two years for a report and that of the year before."""
    findings: list[Finding] = []
    before, after = in_units_of_form(before), in_units_of_form(after)
    for rule in (*load_rules(), *own):
        if rule.scope != "years":
            continue
        if rule.is_sum:
            findings.extend(compare_sums(rule, after, before))
        else:
            findings.extend(finding_of(rule, after, facts) for facts in _TWO[rule.test](rule, after, before))
    return findings


def examine_peers(reports: Sequence[Report]) -> list[Finding]:
    """Return how each report compares with its peers, if there are enough of them."""
    rules = [rule for rule in load_rules() if rule.scope == "peers"]
    return [
        finding_of(rule, report, facts)
        for rule in rules
        for group in peers_of([in_units_of_form(report) for report in reports])
        for report, facts in no_outlier(rule, group)
    ]


def examine_family(parent: Report, children: Sequence[Report]) -> list[Finding]:
    """Return how a parent report agrees, cell by cell, with the sum of its children.

    Non-reports are ignored.
    """
    if parent.verdict == "not_a_report":
        return []
    parent = in_units_of_form(parent)
    children = [in_units_of_form(child) for child in children if child.verdict != "not_a_report"]
    rules = [rule for rule in load_rules() if rule.scope == "family"]
    return [finding_of(rule, parent, facts) for rule in rules for facts in family_sum(rule, parent, children)]


def _within(rule: Rule, report: Report) -> Iterator[Finding]:
    if rule.is_sum:
        yield from compare_sums(rule, report)
        return
    for facts in _ONE[rule.test](rule, report):
        yield finding_of(rule, report, facts)
