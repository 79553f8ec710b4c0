"""Tests growth claims of the prose: against the sentence's own numbers, and against last year's tables."""

import re
from collections.abc import Iterator

from msgspec import Struct

from extractor.report import Figure, Number, Outcome, Report
from extractor.rules.finding import Facts, cells_in
from extractor.rules.growth import Claim, claims_in
from extractor.rules.rule import Rule
from extractor.rules.said import claim_words, figures_of, sentences_said
from extractor.rules.told_cells import CellSum, cells_saying, name_of
from extractor.whose import is_of_another_scope


class _Step(Struct, frozen=True):
    """A number of this year, and the cells of last year's tables that have the same code."""

    code: str
    now: Number
    here: tuple[str, ...]  # cells of this year's report
    before: CellSum


def growth_told(rule: Rule, report: Report) -> Iterator[Facts]:
    """Test whether a change equals that between the two numbers given in the same sentence."""
    for said in sentences_said(report):
        for claim in claims_in(said):
            if not (claim.before and claim.now):
                continue
            fitting = [pair for pair in claim.pairs if claim.change.fits(*pair)]
            if fitting or len(claim.pairs) == 1:
                yield _compared(claim, (fitting or claim.pairs)[0], bool(fitting))
            else:
                message = f"“{said.text}”：约数、基数为零，或说的是哪个数不明，不能核"
                yield Facts(said.at, "not_checked", message, quote=said.text)


def _compared(claim: Claim, pair: tuple[Number, Number], fits: bool) -> Facts:
    before, now = pair
    change, said = claim.change, claim.said
    should = change.told_of(before, now)
    message = f"“{said.text}”：由 {before} 到 {now}，增减应为 {_shown(claim, should)}"
    message += "，相符" if fits else f"，正文为 {_shown(claim, change.told)}"
    outcome: Outcome = "holds" if fits else "fails"
    return Facts(said.at, outcome, message, change.told, should, fault="undecided", quote=said.text)


def _shown(claim: Claim, change: Number) -> str:
    return f"{change:+}{'%' if claim.change.unit == '%' else ''}"


def growth_over_years(rule: Rule, report: Report, before: Report) -> Iterator[Facts]:
    """Test whether a change equals that since last year's table, if it is clear which row is meant."""
    for said in sentences_said(report):
        for claim in claims_in(said):
            if claim.year == before.year and not claim.change.rough:
                yield from _since_last_year(claim, report, before)


def _since_last_year(claim: Claim, report: Report, before: Report) -> Iterator[Facts]:
    change = claim.change
    steps = [step for step in _steps(claim, report, before) if step.before.value or change.unit != "%"]
    fitting = [step for step in steps if change.fits(step.before.value, step.now) and _same_base(claim, step)]
    one_thing = len({step.code for step in steps}) == 1 and len(claim.now) < 2
    if not steps or not (fitting or one_thing):
        return
    step = (fitting or steps)[0]
    should = change.told_of(step.before.value, step.now)
    told = claim.before[0].value if claim.before else None
    base = f"（正文称 {told}）" if told not in (None, step.before.value) else ""
    message = (
        f"“{claim.said.text}”：{name_of(step.code)}上年报告的表格为 {step.before.value}{base}，"
        f"本年为 {step.now}，增减应为 {_shown(claim, should)}，正文为 {_shown(claim, change.told)}"
    )
    cells = (*cells_in(report, step.here), *cells_in(before, step.before.cells))
    outcome: Outcome = "holds" if fitting else "fails"
    facts = (message, change.told, should, cells)
    yield Facts(claim.said.at, outcome, *facts, fault="undecided", quote=claim.said.text)


def _same_base(claim: Claim, step: _Step) -> bool:
    return not claim.before or any(count.value == step.before.value for count in claim.before)


def _steps(claim: Claim, report: Report, before: Report) -> Iterator[_Step]:
    """Yield the numbers of this year that the sentence may mean, each with last year's."""
    told = {count.value for count in claim.now}
    for figure in figures_of(claim.said, report):
        if figure.value is None or figure.value not in told or not _is_exact(figure, report):
            continue
        same = (cells for cells in cells_saying(figure.code, report) if cells.value == figure.value)
        here = next(same, CellSum((), figure.value))
        for base in cells_saying(figure.code, before):
            yield _Step(figure.code, figure.value, here.cells, base)
    if not claim.now:
        yield from _named(claim, report, before)


def _is_exact(figure: Figure, report: Report) -> bool:
    return not (figure.approximate or figure.cumulative or is_of_another_scope(figure, report))


def _named(claim: Claim, report: Report, before: Report) -> Iterator[_Step]:
    """Yield this year's and last year's table values if the sentence names what grew but not its number."""
    for pattern, code in claim_words().measures.items():
        if re.search(pattern, claim.subject):
            for now in cells_saying(code, report)[:1]:
                for base in cells_saying(code, before)[:1]:
                    yield _Step(code, now.value, now.cells, base)
