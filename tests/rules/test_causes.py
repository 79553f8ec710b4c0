"""One slip is one finding: the cell that is wrong, or that it cannot be told which."""

import pytest
from msgspec.structs import replace
from rule_reports import GOOD, failing_rules, saying, with_numbers

from extractor.checks import run_checks
from extractor.document import Notice
from extractor.report import Report
from extractor.rules import Finding, examine, failing
from extractor.rules.editions import tables_of
from scripts.evaluate_findings import plant

REQUESTS = "（二）依申请公开。"


def with_slips(report: Report, **numbers: object) -> Report:
    """Return a report with other numbers in some cells and its equations tested again."""
    changed = with_numbers(report, **numbers)
    facts = {cell: value.value for cell, value in changed.cells.items()}
    equations = [
        check
        for name, table in tables_of(changed).items()
        for check in run_checks(table, {cell: v for cell, v in facts.items() if cell.startswith(name)})
    ]
    kept = [check for check in changed.checks if check.id.startswith("prose/")]
    return replace(changed, checks=(*equations, *kept), verdict="inconsistent")


def named(findings: list[Finding]) -> dict[str, object]:
    return {mend.cell.id: mend.should_be for finding in findings for mend in finding.mends}


def value(cell: str) -> int:
    found = GOOD.cells[cell].value
    assert isinstance(found, int)
    return found


@pytest.mark.parametrize(
    "cell", ["requests.new.business", "requests.granted.total", "requests.handled_total.natural_person"]
)
def test_a_slip_in_one_cell_is_one_finding_that_names_it_and_what_it_should_be(cell: str) -> None:
    (finding,) = failing(examine(with_slips(GOOD, **{cell.replace(".", "__"): value(cell) + 4})))
    assert named([finding]) == {cell: value(cell)}
    assert finding.should_be == value(cell)
    assert finding.fault == "source"
    assert len(finding.follows) + 1 >= 2
    assert f"由 {value(cell) + 4} 改为 {value(cell)}" in finding.message


def test_where_several_cells_would_do_nobody_is_accused_and_both_sums_are_shown() -> None:
    (finding,) = failing(
        examine(with_slips(GOOD, disputes__review__total=value("disputes.review.total") + 2))
    )
    assert named([finding]) == {}
    assert finding.should_be is None
    assert finding.fault == "undecided"
    assert "不能断定" in finding.message
    (side,) = finding.sides
    assert "结果维持" in side
    assert "尚未审结" in side


def test_two_slips_far_apart_are_two_findings_with_a_cell_each() -> None:
    slips = {"requests__granted__natural_person": 900, "requests__new__business": 300}
    findings = failing(examine(with_slips(GOOD, **slips)))
    assert len(findings) == 2
    assert set(named(findings)) == {name.replace("__", ".") for name in slips}
    assert all(len(finding.mends) == 1 for finding in findings)


def test_a_slip_that_was_added_up_into_the_total_is_one_finding() -> None:
    slips = {
        f"requests__{row}__{column}": value(f"requests.{row}.{column}") - 6
        for row in ("handled_total",)
        for column in ("natural_person", "total")
    }
    slips |= {
        f"requests__carried_out__{column}": value(f"requests.carried_out.{column}") + 6
        for column in ("natural_person", "total")
    }
    findings = failing(examine(with_slips(GOOD, **slips)))
    assert [finding.rule for finding in findings] == ["requests/outcomes"]
    assert named(findings) == {}
    assert len(findings[0].sides) == 2


def test_a_number_of_the_prose_that_was_right_follows_the_slip_of_the_table() -> None:
    cell = "requests.new.total"
    told = saying(f"{REQUESTS}全年收到政府信息公开申请{value(cell)}件。")
    slipped = with_slips(told, requests__new__total=value(cell) + 3)
    against = [
        replace(check, outcome="fails", right=value(cell) + 3)
        if check.id == "prose/requests_received"
        else check
        for check in slipped.checks
    ]
    (finding,) = failing(examine(replace(slipped, checks=tuple(against))))
    assert named([finding]) == {cell: value(cell)}
    assert "prose/requests_received" in failing_rules([finding])
    assert str(value(cell)) in finding.quote


def test_the_prose_tells_which_of_several_cells_is_wrong_and_the_fault_stays_open() -> None:
    cell = "disputes.review.total"
    told = saying(f"{REQUESTS}因政府信息公开被申请行政复议{value(cell)}件。")
    slipped = with_slips(told, disputes__review__total=value(cell) + 1)
    against = [
        replace(check, outcome="fails", right=value(cell) + 1) if check.id == "prose/reviews" else check
        for check in slipped.checks
    ]
    (finding,) = failing(examine(replace(slipped, checks=tuple(against))))
    assert named([finding]) == {cell: value(cell)}
    assert finding.fault == "undecided"


@pytest.mark.parametrize("code", ["several-titles", "table-repeated", "recognized-text", "page-without-text"])
def test_the_publisher_is_at_fault_only_in_one_report_of_one_body_read_with_certainty(code: str) -> None:
    slipped = with_slips(GOOD, requests__granted__business=700)
    told = replace(slipped, notices=(Notice(code, "…"),))
    assert [finding.fault for finding in failing(examine(slipped))] == ["source"]
    assert [finding.fault for finding in failing(examine(told))] == ["undecided"]


def test_prose_against_table_says_which_is_which_and_calls_neither_wrong() -> None:
    (finding,) = failing(examine(saying(f"{REQUESTS}全年收到政府信息公开申请987件。")))
    assert finding.sides[0] == "正文：987"
    assert finding.sides[1].startswith(f"表格：{value('requests.new.total')}（")
    assert finding.should_be is None
    assert finding.fault == "undecided"


def test_rule_place_and_ordinal_are_unique() -> None:
    words = "全年新制发行政规范性文件31件。", "全年印发规范性文件32件。"
    report = saying("（一）主动公开。" + "".join(words))
    findings = examine(report)
    keys = [(finding.rule, finding.at, finding.ordinal) for finding in findings]
    assert len(keys) == len(set(keys))
    assert {finding.ordinal for finding in failing(findings)} == {1, 2}


@pytest.mark.parametrize("seed", range(30, 48))
def test_no_row_of_the_sheet_names_a_cell_that_is_right(seed: int) -> None:
    for planted in plant(seed):
        assert planted.outcome in ("named", "left open"), planted
