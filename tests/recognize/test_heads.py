"""Known heads bind: no number is placed by position against one, and unknown heads are told or doubted."""

from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from papers import DISPUTES, KINDS, REQUESTS, RESULTS, Rows, codes, disputes, numbers, paper, proactive, read
from papers import requests as requests_table

from extractor.report import Report

UNKNOWN = ("甲类对象", "乙类对象", "")  # nothing in them is like a column of the form
COLUMNS = ("natural_person", *("business", "research", "social_organization", "legal_service"),
           "other_organization", "total")  # fmt: skip


def with_kinds(order: Sequence[int], names: Sequence[str]) -> Report:
    """Return a report whose five kinds of organizations stand in another order, with these heads."""
    rows = requests_table()
    rows[2] = [names[kind] for kind in order]
    for row in rows[3:]:
        row[-6:-1] = [row[-6 + kind] for kind in order]
    return read(paper(proactive(), rows, disputes()))


def misplaced(report: Report) -> list[tuple[str, object, object]]:
    """Return the cells of table 三 to which another column's number is given."""
    wanted = {row: dict(zip(COLUMNS, values, strict=True)) for row, values in REQUESTS.items()}
    given_ = report.tables["requests"]
    return [
        (f"{row}.{column}", number, wanted[row][column])
        for row in wanted
        for column, number in given_[row].items()
        if number is not None and number != wanted[row][column]
    ]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.permutations(range(5)), st.sets(st.integers(0, 4), min_size=1, max_size=4), st.sampled_from(UNKNOWN)
)
def test_no_number_is_placed_against_a_known_head(order: list[int], odd: set[int], word: str) -> None:
    names = [
        word + "甲乙丙丁戊"[kind] if word and kind in odd else "" if kind in odd else KINDS[kind]
        for kind in range(5)
    ]
    known = [kind for kind in order if kind not in odd]
    report = with_kinds(order, names)
    moved = [at for at, kind in enumerate(order) if kind not in odd and at != kind]
    if moved or (word and len(odd) > 1):
        assert misplaced(report) == []
        assert "header-in-question" in codes(report)
        assert report.verdict == "doubtful"
    for kind in known:
        column = COLUMNS[kind + 1]
        assert all(
            report.tables["requests"][row][column] in (None, REQUESTS[row][kind + 1]) for row in REQUESTS
        )


@pytest.mark.parametrize("word", ["慈善团体", "社会公益类组织"])
def test_one_unknown_head_at_the_forms_place_is_the_column_that_is_left(word: str) -> None:
    names = [word if kind == "社会公益组织" else kind for kind in KINDS]
    report = with_kinds(range(5), names)
    assert (misplaced(report), report.verdict) == ([], "verified")


def test_an_unknown_head_elsewhere_is_told_by_its_wording_and_said() -> None:
    names = [{"科研机构": "科学研究机构"}.get(kind, kind) for kind in KINDS]
    report = with_kinds((1, 0, 2, 3, 4), names)
    assert (misplaced(report), report.verdict) == ([], "verified")
    notice = next(n for n in report.notices if n.code == "head-by-likeness")
    assert "“科学研究机构”为科研机构" in notice.message


def test_a_total_below_a_blank_head_in_second_place_is_nobodys() -> None:
    rows = requests_table()
    rows[1] = [("自然人", 2, 1), ("", 2, 1), ("法人或其他组织", 1, 5)]
    for row in rows[3:]:
        row[-7:] = [row[-7], row[-1], *row[-6:-1]]
    report = read(paper(proactive(), rows, disputes()))
    assert misplaced(report) == []
    assert {number for row in report.tables["requests"].values() if (number := row["total"])} == set()
    assert numbers(report, "requests", "new")[:-1] == REQUESTS["new"][:-1]


@pytest.mark.parametrize("word", ["在办案件", "未结案件"])
def test_an_unknown_result_that_stands_first_takes_no_other_results_numbers(word: str) -> None:
    rows = disputes()
    order = (3, 0, 1, 2, 4)
    names = [word if RESULTS[k] == "尚未审结" else RESULTS[k] for k in order]
    rows[1][:5] = [(name, 2, 1) for name in names]
    rows[2] = [*names, *names]
    rows[3] = [rows[3][5 * group + k] for group in range(3) for k in order]
    report = read(paper(proactive(), requests_table(), rows))
    for row, wanted in zip(
        ("review", "litigation_direct", "litigation_after_review"), DISPUTES.values(), strict=True
    ):
        assert all(
            found in (None, number)
            for found, number in zip(numbers(report, "disputes", row), wanted, strict=True)
        )
        assert numbers(report, "disputes", row)[0] == wanted[0]
    assert report.verdict == ("verified" if word == "未结案件" else "doubtful")


def test_heads_of_table_two_in_another_order_bind_although_one_is_unknown() -> None:
    rows: Rows = proactive()
    rows[1] = ["信息内容", "有效件数", "本年制发件数", "本年废止件数"]
    for row in rows[2:4]:
        row[1:] = [row[3], row[1], row[2]]
    report = read(paper(rows, requests_table(), disputes()))
    assert numbers(report, "proactive", "normative_documents") == (23, 9, 131)
    rows[1] = ["信息内容", "某数", "本年制发件数", "本年废止件数"]
    doubted = read(paper(rows, requests_table(), disputes()))
    assert numbers(doubted, "proactive", "normative_documents") == (23, 9, None)
    assert "header-in-question" in codes(doubted)
