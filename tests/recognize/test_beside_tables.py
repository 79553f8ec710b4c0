"""What is said of clauses that stand beside tables: nobody is accused for a sentence that agrees."""

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
