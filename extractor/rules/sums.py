"""Rules that compare two sums: within one report, or over a report and that of the year before."""

from collections.abc import Iterator

from msgspec import Struct

from extractor.report import Number, Report
from extractor.rules.editions import EffectiveNumbers, tables_of
from extractor.rules.finding import Facts, Finding, finding_of
from extractor.rules.rule import Rule, Summand
from extractor.rules.sections import note_under


class _Pair(Struct, frozen=True):
    """A report, that of the year before, and the numbers of both."""

    report: Report
    before: Report | None
    ledgers: tuple[EffectiveNumbers, EffectiveNumbers | None]

    def ledger(self, term: Summand) -> EffectiveNumbers | None:
        return self.ledgers[1] if term.previous else self.ledgers[0]

    def owner(self, term: Summand) -> Report | None:
        return self.before if term.previous else self.report


def compare_sums(rule: Rule, report: Report, before: Report | None = None) -> Iterator[Finding]:
    """Test a rule of two sums at every place whose cells the reports have.

    Blanks count as 0, a blank total as the sum of its parts. If a number is unknown the outcome is
    `not_checked`.
    """
    pair = _Pair(report, before, (EffectiveNumbers(report), EffectiveNumbers(before) if before else None))
    for at in _places(rule, report):
        sides = [[(term, _cell(rule, term, at)) for term in side] for side in rule.terms()]
        ledgers = [(pair.ledger(term), cell) for side in sides for term, cell in side]
        if all(ledger is not None and cell in ledger for ledger, cell in ledgers):
            yield _compared(rule, pair, at, sides)


def _places(rule: Rule, report: Report) -> list[str]:
    table = tables_of(report).get(rule.table)
    if rule.within is None:
        return [rule.left[0].lstrip("- ").removeprefix("previous.")]
    if table is None:
        return []
    return [place.id for place in (table.rows if rule.within == "row" else table.columns)]


def _cell(rule: Rule, term: Summand, at: str) -> str:
    if rule.within is None:
        return term.name
    return f"{rule.table}.{at}.{term.name}" if rule.within == "row" else f"{rule.table}.{term.name}.{at}"


def _compared(rule: Rule, pair: _Pair, at: str, sides: list[list[tuple[Summand, str]]]) -> Finding:
    left, right = (_sum(pair, side) for side in sides)
    named = ((pair.owner(term), cell) for side in sides for term, cell in side)
    cells = tuple((owner, cell) for owner, cell in named if owner is not None)
    quote = ""
    if left is None or right is None:
        facts = Facts(at, "not_checked", f"{rule.says}：有数字缺失或未定，不能核", left, right, cells)
    elif left == right or (rule.relation == "<=" and left <= right):
        facts = Facts(at, "holds", f"{rule.says}：相符", left, right, cells)
    else:
        sign = "≠" if rule.relation == "=" else ">"
        message = f"{rule.says}：{left} {sign} {right}，相差 {abs(left - right)}"
        table = tables_of(pair.report).get(rule.table)
        section = table.section if table and rule.quotes == "note" else None
        quote = note_under(pair.report, section) if section else ""
        message += f"；表下说明：“{quote}”" if quote else ""
        facts = Facts(at, "fails", message, left, right, cells, quote=quote)
    return finding_of(rule, pair.report, facts)


def _sum(pair: _Pair, side: list[tuple[Summand, str]]) -> Number | None:
    total: Number = 0
    for term, cell in side:
        ledger = pair.ledger(term)
        value = ledger.number(cell) if ledger else None
        if value is None:
            return None
        total = total - value if term.minus else total + value
    return total
