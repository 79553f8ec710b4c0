"""Prose beside the tables."""

from decimal import Decimal

import pytest

from extractor.recognize.prose_numbers import find_figures
from extractor.recognize.prose_numbers.compare import Tables, compare_with_cells
from extractor.report import Check, Figure, Section


def checked(text: str, tables: Tables, code: str = "overview.requests") -> dict[str, Check]:
    figures = find_figures((Section(code, "", text),), 2023)
    return {check.id: check for check in compare_with_cells(figures, tables)}


REQUESTS: Tables = {
    "requests": {
        "new": {"natural_person": 8, "total": 10},
        "carried_in": {"natural_person": 1, "total": 1},
        "refused_state_secret": {"natural_person": None, "total": None},
        "refused_by_law": {"natural_person": 2, "total": None},
        "handled_total": {"natural_person": None, "total": None},
    },
    "disputes": {"litigation_direct": {"total": 2}, "litigation_after_review": {"total": 1}},
}


def test_agreement_holds_and_names_the_cell() -> None:
    check = checked("收到申请10件。", REQUESTS)["prose/requests_received"]
    assert (check.outcome, check.at, check.cells) == ("holds", "new", ("requests.new.total",))


def test_a_conflict_tells_both_sides() -> None:
    check = checked("收到申请13件。", REQUESTS)["prose/requests_received"]
    assert (check.outcome, check.left, check.right) == ("fails", 13, 10)
    assert "13" in check.message
    assert "10" in check.message


def test_received_may_count_what_was_carried_in() -> None:
    check = checked("收到申请11件。", REQUESTS)["prose/requests_received"]
    assert (check.outcome, check.cells) == ("holds", ("requests.new.total", "requests.carried_in.total"))


def test_a_blank_total_is_the_sum_of_its_row_and_groups_are_added_up() -> None:
    assert checked("不予公开2件。", REQUESTS)["prose/requests_refused"].outcome == "holds"


def test_litigation_is_the_sum_of_both_kinds() -> None:
    check = checked("因信息公开被提起行政诉讼3件。", REQUESTS)["prose/litigation"]
    assert (check.outcome, check.right) == ("holds", 3)


def test_a_blank_cell_agrees_with_zero_and_says_nothing_of_other_numbers() -> None:
    assert checked("办结申请0件。", REQUESTS)["prose/requests_concluded"].outcome == "holds"
    assert checked("办结申请4件。", REQUESTS)["prose/requests_concluded"].outcome == "not_checked"


def test_without_the_table_there_is_no_check() -> None:
    assert checked("收到申请10件。", {}) == {}


def test_about_how_many_is_not_compared() -> None:
    tables: Tables = {"statistics": {"proactive_total": {"value": 512}}}
    check = checked("主动公开政府信息500余条。", tables, "overview.proactive")["prose/disclosed"]
    assert check.outcome == "not_checked"


def test_money_is_compared_in_the_unit_of_the_form() -> None:
    tables: Tables = {"statistics": {"fees": {"value": Decimal("0.386")}}}
    assert checked("收取信息处理费3860元。", tables, "other")["prose/processing_fees"].outcome == "holds"


def test_the_edition_is_told_by_the_columns() -> None:
    of_2019: Tables = {"proactive": {"normative_documents": {"made": 4, "newly_disclosed": 4}}}
    of_2021: Tables = {"proactive": {"normative_documents": {"issued": 4, "repealed": 0}}}
    for tables in (of_2019, of_2021):
        assert checked("制发规范性文件4件。", tables)["prose/normative_issued"].outcome == "holds"


def test_the_same_number_told_twice_is_checked_once() -> None:
    figures = find_figures((Section("requests", "", "收到申请10件。收到申请10件。"),), 2023)
    assert len(figures) == 2
    assert len(compare_with_cells(figures, REQUESTS)) == 1


def test_two_clauses_that_tell_one_thing_differently_are_two_checks() -> None:
    figures = find_figures((Section("overview.requests", "", "收到申请12件。共收到公开申请14件。"),), 2023)
    checks = compare_with_cells(figures, REQUESTS)
    assert [(check.left, check.ordinal) for check in checks] == [(12, 1), (14, 2)]


_REFUSED = {
    "requests": {
        row: {"total": value}
        for row, value in {
            "refused_state_secret": 2,
            "refused_process_information": 5,
            "unavailable_not_held": 9,
            "unavailable_unclear": 1,
        }.items()
    }
}


@pytest.mark.parametrize(
    ("code", "value", "text", "outcome", "cells"),
    [
        ("requests_refused", 5, "因属于四类过程性信息不予公开5件", "holds", 1),
        ("requests_refused", 6, "因属于四类过程性信息不予公开6件", "fails", 1),
        ("requests_refused", 7, "不予公开7件", "holds", 2),
        ("requests_refused", 6, "因国家秘密等不予公开6件", "not_checked", 2),
        ("requests_refused", 7, "因属于四类过程性信息不予公开7件", "holds", 2),
        ("requests_not_held", 8, "本机关不掌握相关政府信息8件", "fails", 1),
        ("requests_not_held", 8, "信息不存在8件", None, 0),
    ],
)
def test_a_reason_named_is_compared_with_its_own_row(
    code: str, value: int, text: str, outcome: str | None, cells: int
) -> None:
    figure = Figure(code=code, value=value, unit="件", text=text, section="overview.requests", locator={})
    checks = compare_with_cells([figure], _REFUSED)
    assert [check.outcome for check in checks] == ([outcome] if outcome else [])
    assert all(len(check.cells) == cells for check in checks)


@pytest.mark.parametrize(
    ("text", "outcome"),
    [("全年行政复议3件。", "not_checked"), ("全年因政府信息公开行政复议3件。", "fails")],
)
def test_disputes_of_an_overview_contradict_no_table_unless_they_are_of_disclosure(
    text: str, outcome: str
) -> None:
    tables: Tables = {"disputes": {"review": {"total": 1}}}
    assert checked(text, tables, "overview")["prose/reviews"].outcome == outcome


def test_a_number_that_goes_on_from_one_of_a_part_contradicts_no_table() -> None:
    tables: Tables = {
        "statistics": {
            "disclosed_website": {"value": 90},
            "policy_interpretations": {"value": 275},
            "training_sessions": {"value": 135},
            "people_trained": {"value": 204},
        }
    }
    of_the_site = checked(
        "全年通过门户网站公开信息86条，其中政策文件12条、图解3条。", tables, "overview.proactive"
    )
    assert of_the_site["prose/policy_interpretations"].outcome == "not_checked"
    of_some = checked("全年开展业务培训2场，78人次参加。", tables, "overview.supervision")
    assert of_some["prose/people_trained"].outcome == "not_checked"
    of_all = checked("全年政府信息公开接受培训78人次。", tables, "overview.supervision")
    assert of_all["prose/people_trained"].outcome == "fails"


def test_a_number_behind_one_that_agrees_is_of_the_whole_again() -> None:
    text = "区住建局收到申请39件，收到申请10件，不予公开5件。"
    assert checked(text, REQUESTS)["prose/requests_refused"].outcome == "fails"
