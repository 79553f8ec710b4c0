"""Zeros told in words: 未收到…申请, 没有发生…行政复议、行政诉讼, 无收费及减免情况."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extractor.recognize.figures_numbers import Quantity
from extractor.recognize.figures_setting import Setting
from extractor.recognize.prose import Term

_CUT = frozenset("，,；;。！？!?\n（）()")
_TARGETS = (
    ("accountable", "accountability"),
    ("feeword", "processing_fees"),
    ("review", "reviews"),
    ("litigation", "litigation"),
    ("complaint", "complaints"),
    ("carryin", "requests_carried_in"),
    ("carryout", "requests_carried_out"),
    ("press", "press_conferences"),
)
_AND = frozenset("、和与及或以")


class Zero(NamedTuple):
    """Nothing of `code` happened, says `text[start:end]`."""

    start: int
    end: int
    code: str


def find_zeros(
    text: str, terms: Sequence[Term], quantities: Sequence[Quantity], setting: Setting
) -> Iterator[Zero]:
    """Yield what a sentence denies, each code once."""
    seen: set[str] = set()
    clauses = _clauses(text, terms)
    for number, clause in enumerate(clauses):
        at = next((k for k, term in enumerate(clause) if "negation" in term.concepts), None)
        if at is None:
            continue
        scope = _scope(text, clauses, number, at, quantities)
        for code in _denied(text, scope, clause[:at], setting, terms):
            if code not in seen:
                seen.add(code)
                yield Zero(clause[0].start, scope[-1].end, code)


def _clauses(text: str, terms: Sequence[Term]) -> list[list[Term]]:
    clauses: list[list[Term]] = [[]]
    for term in terms:
        if text[term.start] in _CUT:
            clauses.append([])
        else:
            clauses[-1].append(term)
    return [clause for clause in clauses if clause]


def _scope(
    text: str, clauses: list[list[Term]], number: int, at: int, quantities: Sequence[Quantity]
) -> list[Term]:
    """Return what a negation reaches: its clause, and the next where that goes on with more of the same."""
    scope = clauses[number][at:]
    for clause in clauses[number + 1 :]:
        goes_on = clause[0].concepts & {"review", "litigation", "complaint"}
        if not goes_on or any(clause[0].start <= q.start <= clause[-1].end for q in quantities):
            break
        if any("negation" in term.concepts for term in clause):
            break
        scope = [*scope, *clause]
    reach = scope[-1].end
    limits = [q.start for q in quantities if scope[0].start <= q.start <= reach + 1]
    return [t for t in scope if not limits or t.start < limits[0]] if not limits else []


def _denied(
    text: str, scope: Sequence[Term], before: Sequence[Term], setting: Setting, terms: Sequence[Term]
) -> Iterator[str]:
    if not scope:
        return
    found = {concept for term in scope for concept in term.concepts}
    if "otherbiz" in found:
        return
    ours = "ours" in setting.home or any(
        t.concepts & {"disclosurework", "request", "disclose"} for t in terms
    ) 
    codes = [
        code
        for concept, code in _TARGETS
        if concept in found and (ours or concept not in ("review", "litigation", "complaint"))
    ]
    yield from codes
    if "normative" in found and "issue" in found:
        yield "normative_issued"
    if "coercion" in found:
        yield "coercion_decisions"
    if _requests_denied(text, scope, before, setting, codes, found):
        yield "requests_received"


def _requests_denied(
    text: str, scope: Sequence[Term], before: Sequence[Term], setting: Setting, codes: list[str], found: set[str]
) -> bool:
    """Say whether it is the requests themselves that did not come."""
    asked = [t for t in scope if t.concepts & {"request", "apply"}]
    if not asked:
        told_before = any("request" in t.concepts for t in before)
        word = text[scope[0].start : scope[0].end]
        return word in ("零报告", "零") and (told_before or "requests" in setting.home)
    if "disclose" in found and "receive" not in found and not any("request" in t.concepts for t in asked):
        return False
    if not codes:
        return True
    last = asked[-1]
    return "receive" in found and text[last.end : last.end + 1] in _AND and bool(last.concepts)
