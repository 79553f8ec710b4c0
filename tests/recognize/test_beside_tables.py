"""What is said of clauses that stand beside tables: nobody is accused for a sentence that agrees."""

import json
from collections import Counter

import pytest

from extractor.recognize.prose_numbers.plain import is_plainly_told
from extractor.report import Figure, Issuer
from scripts.evaluate_beside_tables import judge, read_lines

_NOBODY = Issuer(name="青禾市水务局")


def test_no_clause_that_agrees_with_the_tables_causes_a_finding() -> None:
    outcomes = Counter(each.outcome for each in judge(read_lines()[::6]))
    assert outcomes["accused falsely"] == 0
    assert outcomes["left in peace"] > 200
    assert outcomes["found"] > 3 * outcomes["missed"] > 0


@pytest.mark.parametrize(
    ("clause", "plain"),
    [
        ("全年收到政府信息公开申请39件", True),
        ("青禾市水务局收到申请39件", True),
        ("区住建局收到申请39件", False),
        ("因属于过程性信息不予公开的有5件", False),
        ("三季度收到申请5件", False),
        ("近五年共发生信息公开诉讼26件", False),
    ],
)
def test_a_clause_is_plain_where_no_word_of_it_may_narrow_down_its_number(clause: str, plain: bool) -> None:
    figure = Figure("requests_received", 39, "件", clause, "overview.requests")
    assert is_plainly_told(figure, _NOBODY) is plain


@pytest.mark.parametrize("row", ["refused_process_information", "refused_state_secret"])
def test_a_reason_narrows_nothing_down_where_the_row_of_that_reason_is_compared(row: str) -> None:
    figure = Figure("requests_refused", 5, "件", "因属于过程性信息不予公开的有5件", "overview.requests")
    assert is_plainly_told(figure, _NOBODY, {row}) is (row == "refused_process_information")


_SOME_AND_ALL = {
    "requests.new.natural_person": 18,
    "requests.new.business": 2,
    "requests.new.total": 20,
    "requests.granted.natural_person": 7,
    "requests.granted.business": 2,
    "requests.granted.total": 9,
    "requests.handled_total.natural_person": 12,
    "requests.handled_total.total": 16,
    "requests.carried_out.natural_person": 1,
    "requests.carried_out.total": 4,
}


def rules_failing(text: str) -> set[str]:
    """Return the rules that fail for a sentence beside tables of 18 natural persons and two businesses."""
    clause = {"section": "requests", "text": text, "tables": _SOME_AND_ALL, "fault": None}
    (judged,) = judge([json.dumps(clause)])
    return {finding.rule for finding in judged.findings}


@pytest.mark.parametrize(
    "text",
    [
        "收到自然人申请18件，结转1件。",
        "自然人新收申请18件，结转1件；法人新收2件。",
        "收到自然人提出的申请18件。",
        "全年新收自然人申请18件，新收法人申请2件。",
        "收到公民申请18件，予以公开7件，结转下年度1件。",
        "收到企业申请2件，均已办结。",
        "办结自然人申请12件。",
        "收到的申请中，自然人18件，予以公开7件。",
    ],
)
def test_what_is_told_of_some_applicants_is_not_held_against_all_of_them(text: str) -> None:
    assert rules_failing(text) == set()


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("收到申请18件。", {"prose/requests_received"}),
        ("自然人申请16件。", {"prose/requests_natural_person"}),
        ("收到申请20件，其中自然人18件，办结12件。", {"prose/requests_concluded"}),
        ("收到申请20件，均已办结。", {"contradiction/all-concluded"}),
    ],
)
def test_what_is_told_of_all_applicants_or_of_one_kind_is_held_against_their_cells(
    text: str, rules: set[str]
) -> None:
    assert rules_failing(text) == rules
