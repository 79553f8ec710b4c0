"""A unit in a head, a label or a line above is the unit of the cells; what compares reports converts."""

import re
from decimal import Decimal
from pathlib import Path

import pytest

from extractor import Report, parse
from extractor.standard import in_units_of_form, standard_value

CASES = Path(__file__).parent.parent / "fixtures/cases"
PLAIN = (CASES / "html-plain-2021/source.html").read_text("utf-8")
HEAD = "本年收费金额（单位：万元）"
FEES = "proactive.fees.amount"
TABLE_THREE = re.compile(r"<table[^>]*>(?=(?:(?!<table).)*本年新收)", re.DOTALL)


def with_head(head: str) -> Report:
    assert HEAD in PLAIN
    return parse(PLAIN.replace(HEAD, head).encode())


@pytest.mark.parametrize(
    ("head", "unit", "factor"),
    [
        ("本年收费金额（单位：元）", "元", "0.0001"), ("本年收费金额单位:元", "元", "0.0001"),
        ("本年收费金额（元）", "元", "0.0001"), ("本年收费金额/千元", "千元", "0.1"),
        ("本年收费金额（单位：亿元）", "亿元", "10000"), ("本年收费金额（單位：億元）", "亿元", "10000"),
        ("本年收费金额（单位：人民币元）", "元", "0.0001"), ("本年收费金额 单位：百万元", "百万元", "100"),
    ],
)  # fmt: skip
def test_a_unit_in_the_head_of_a_column_is_that_of_its_cells(head: str, unit: str, factor: str) -> None:
    printed, report = parse(PLAIN.encode()).cells[FEES], with_head(head)
    cell = report.cells[FEES]
    assert (report.verdict, cell.unit, cell.value, cell.raw) == ("verified", unit, printed.value, printed.raw)
    assert printed.value is not None
    assert standard_value(FEES, cell) == printed.value * Decimal(factor)
    assert {i for i, each in report.cells.items() if each.unit} == {FEES}


@pytest.mark.parametrize("head", [HEAD, "本年收费金额（萬元）", "本年收费金额（单位：人民币万元）"])
def test_the_unit_of_the_form_is_not_told(head: str) -> None:
    assert with_head(head).cells[FEES].unit is None


@pytest.mark.parametrize("unit", ["美元", "万", "件", "两"])
def test_a_unit_that_does_not_fit_or_is_not_known_makes_the_report_doubtful(unit: str) -> None:
    report = with_head(f"本年收费金额（单位：{unit}）")
    assert (report.verdict, report.cells[FEES].unit) == ("doubtful", unit)
    assert "unit-in-question" in {notice.code for notice in report.notices}
    assert standard_value(FEES, report.cells[FEES]) is None


def test_two_units_for_one_number_make_the_report_doubtful() -> None:
    value = parse(PLAIN.encode()).cells[FEES].raw
    text = PLAIN.replace(HEAD, "本年收费金额（单位：元）").replace(f">{value}<", f">{value}万元<")
    report = parse(text.encode())
    assert "unit-in-question" in {notice.code for notice in report.notices}
    assert report.verdict == "doubtful"


@pytest.mark.parametrize(
    "line", ["单位：百件", "（单位：百件）", "计量单位：百件、元", "三、申请情况（单位：百件）"]
)
def test_a_line_above_a_table_gives_its_counts_their_unit(line: str) -> None:
    text, count = TABLE_THREE.subn(lambda table: f"<p>{line}</p>{table.group()}", PLAIN)
    assert count == 1
    report = parse(text.encode())
    units = {
        i.partition(".")[0]: {c.unit for j, c in report.cells.items() if j.startswith(i)}
        for i in report.tables
    }
    assert units == {"proactive": {None}, "requests": {"百件"}, "disputes": {None}}
    new = report.cells["requests.new.total"]
    assert new.value is not None
    assert in_units_of_form(report).tables["requests"]["new"]["total"] == 100 * new.value
    assert report.tables["requests"]["new"]["total"] == new.value


@pytest.mark.parametrize(
    "line", ["填报单位：雁坪县档案局", "单位：雁坪县档案局", "单位负责人：王某", "单位：雁坪镇"]
)
def test_the_unit_that_reports_is_no_unit_of_counting(line: str) -> None:
    text = TABLE_THREE.sub(lambda table: f"<p>{line}</p>{table.group()}", PLAIN)
    report = parse(text.encode())
    assert (report.verdict, {cell.unit for cell in report.cells.values()}) == ("verified", {None})


def test_prose_is_compared_with_money_in_the_unit_that_is_printed() -> None:
    told = PLAIN.replace(">147.971074<", ">1479710<").replace(HEAD, "本年收费金额（单位：元）")
    text = told.replace("<h3>（四）平台建设", "<p>全年行政事业性收费147.971万元。</p><h3>（四）平台建设")
    checks = {check.id: check for check in parse(text.encode()).checks}
    assert checks["prose/fees_amount"].outcome == "holds"


def test_running_text_has_the_unit_that_stands_before_its_numbers() -> None:
    text = (CASES / "text-glued-2021/source.txt").read_text("utf-8")
    assert "单位：万元" in text
    report = parse(text.replace("单位：万元", "单位：元").encode())
    assert report.cells[FEES].unit == "元"
