"""Every kind of error that real reports have had is found, each by the rule that is named beside it."""

from collections.abc import Callable

import pytest
from msgspec.structs import replace
from papers import DISPUTES, PROACTIVE, PROACTIVE_2019, REQUESTS, disputes, paper, proactive, read
from papers import requests as request_table
from rule_reports import GOOD, failing_rules, of_year, saying

from extractor.document import Notice
from extractor.report import Report
from extractor.rules import examine, examine_pair, failing

REQUESTS_TOLD = "（二）依申请公开。"
COUNTY = "云岭县人民政府2023年政府信息公开工作年度报告"


def with_tables(
    one: dict[str, tuple[object, ...]] | None = None,
    three: dict[str, tuple[object, ...]] | None = None,
    four: dict[str, tuple[object, ...]] | None = None,
    *,
    form: str = "2021",
    said: str = "",
) -> Report:
    """Return a report with other numbers in some rows."""
    base = PROACTIVE if form == "2021" else PROACTIVE_2019
    blocks = (
        proactive({**base, **(one or {})}, form),
        request_table({**REQUESTS, **(three or {})}, form),
        disputes({**DISPUTES, **(four or {})}),
    )
    return saying(*([said] if said else []), tables=paper(*blocks))


ONE_REPORT: dict[str, tuple[Callable[[], Report], set[str]]] = {
    "two outcomes told as one number, which is a column of one of them": (
        lambda: saying(f"{REQUESTS_TOLD}予以公开及部分公开12件，占23.9%。"),
        {"prose/joined", "prose/shares"},
    ),
    "the first item of a group told as the group": (
        lambda: with_tables(
            three={
                "unavailable_needs_creation": (1, 0, 0, 0, 0, 0, 1),
                "handled_total": (42, 4, 4, 2, 7, 1, 60),
                "carried_out": (5, 1, 0, 0, 1, 0, 7),
            },
            said=f"{REQUESTS_TOLD}无法提供19件。",
        ),
        {"prose/requests_unavailable"},
    ),
    "all upheld, but some are pending": (
        lambda: with_tables(
            four={"review": (5, 0, 0, 2, 7), "direct": (8, 0, 0, 1, 9), "after_review": (0, 0, 0, 0, 0)},
            said="（五）监督保障。信息公开类行政复议7件，诉讼9件，均获维持。",
        ),
        {"contradiction/all-upheld"},
    ),
    "a number of documents that is not the table's": (
        lambda: saying("（一）主动公开。全年制发行政规范性文件2件。"),
        {"prose/normative_issued"},
    ),
    "the documents in force are not the table's": (
        lambda: saying("（一）主动公开。现行有效的行政规范性文件393件。"),
        {"prose/normative_in_force"},
    ),
    "parts that are more than their total": (
        lambda: saying("（一）主动公开。全年公开信息900条，其中公报4条、会议21条、文件450条、动态440条。"),
        {"prose/parts"},
    ),
    "one part that is more than its total": (
        lambda: saying("（一）主动公开。全年公开信息19条，其中部门动态35条。"),
        {"prose/parts"},
    ),
    "parts that fall short of their total by one": (
        lambda: saying("（一）主动公开。全年公开信息283条，其中文件2条、动态200条、公告80条。"),
        {"prose/parts-close"},
    ),
    "results of cases beside a total of nothing": (
        lambda: with_tables(four={"review": (10, 1, 0, 0, 0), "after_review": (5, 0, 0, 0, 0)}),
        {"disputes/total"},
    ),
    "the office's own number beside the whole county's": (
        lambda: saying(f"{REQUESTS_TOLD}县政府办受理政府信息公开申请17件。", title=COUNTY),
        {"prose/scope"},
    ),
    "two numbers for one thing": (
        lambda: saying(
            "（一）主动公开。全年主动公开政府信息20条。", "（二）平台建设。全年主动公开政府信息16条。"
        ),
        {"prose/one-value"},
    ),
    "a rise between two equal numbers": (
        lambda: saying("（三）监督保障。办理来信4120件，同比2021年的4120件上升27%。"),
        {"prose/growth"},
    ),
    "the decisions are the items of the year": (
        lambda: with_tables({"licensing": (1215, -35, 1180), "penalties": (0, 1, 1)}, form="2019"),
        {"proactive/decisions-not-items"},
    ),
    "documents made and none disclosed": (
        lambda: with_tables({"normative_documents": (2, 0, 83)}, form="2019"),
        {"proactive/made-disclosed"},
    ),
    "more disclosed than there are": (
        lambda: with_tables({"normative_documents": (2, 84, 83)}, form="2019"),
        {"proactive/disclosed-within-total"},
    ),
    "the title's year is not that of the period": (
        lambda: replace(GOOD, title="云岭县档案局2022年政府信息公开工作年度报告"),
        {"year/title"},
    ),
    "the period is that of the year before": (
        lambda: saying("本报告的统计期限为2022年1月1日至2022年12月31日。"),
        {"year/period"},
    ),
    "the period begins a day late": (
        lambda: saying("本报告的统计期限为2023年1月2日至2023年12月31日。"),
        {"year/period"},
    ),
    "the period ends two days early": (
        lambda: saying("本报告的统计期限自2023年1月1日起至2023年12月29日止。"),
        {"year/period"},
    ),
    "the period is two years": (
        lambda: saying("本报告的统计期限自2022年1月1日起至2023年12月31日止。"),
        {"year/period"},
    ),
    "the report calls itself that of the year before": (
        lambda: saying("现公布云岭县档案局2022年度政府信息公开工作报告，统计期限为2023年1月1日至12月31日。"),
        {"year/named"},
    ),
    "the letter cited lays down other tables": (
        lambda: saying("根据国办公开办函〔2019〕60号的要求，现公布云岭县档案局2023年政府信息公开工作报告。"),
        {"year/form-cited"},
    ),
    "documents told as disclosed that no column of the table has": (
        lambda: saying("（一）主动公开。全年公开行政规范性文件2件，行政许可2204件。"),
        {"prose/documents"},
    ),
    "channels that are more than the whole": (
        lambda: saying(
            "（一）主动公开。主动公开政府信息500条，按公开渠道分为：专栏20条；网站440条；微博50条。"
        ),
        {"prose/parts"},
    ),
    "the period has lost its words": (
        lambda: saying("本报告的统计期限为202311日到1231日。"),
        {"year/period-written"},
    ),
    "the text names another agency as its own": (
        lambda: replace(GOOD, notices=(Notice("agency-conflict", "标题为石桥镇，正文为青溪镇。"),)),
        {"agency/one"},
    ),
    "parts of a column beside a smaller total": (
        lambda: with_tables(three={"granted": (18, 2, 1, 0, 3, 0, 18)}),
        {"requests/applicants", "requests/outcomes"},
    ),
}


@pytest.mark.parametrize("error", ONE_REPORT)
def test_an_error_within_a_report_is_found_by_its_rules_and_no_other(error: str) -> None:
    make, rules = ONE_REPORT[error]
    assert failing_rules(examine(make())) == rules


def test_requests_told_with_those_carried_in_are_no_error() -> None:
    assert failing(examine(saying(f"{REQUESTS_TOLD}收到政府信息公开申请67件。"))) == []


def test_a_stock_that_does_not_follow_from_last_years_is_found() -> None:
    before = of_year(GOOD, 2022, proactive__normative_documents__in_force=698)
    now = read(
        paper(proactive({**PROACTIVE, "normative_documents": (77, 132, 470)}), request_table(), disputes())
    )
    assert "years/in-force" in failing_rules(examine_pair(before, now))


def test_requests_carried_in_that_nobody_carried_out_are_found() -> None:
    before = of_year(GOOD, 2022, requests__carried_out__total=9)
    assert "years/carry" in failing_rules(examine_pair(before, GOOD))


def test_the_numbers_of_the_year_before_are_found() -> None:
    assert "years/not-copied" in failing_rules(examine_pair(of_year(GOOD, 2022), GOOD))


def test_growth_that_last_years_table_does_not_bear_out_is_found() -> None:
    now = saying(f"{REQUESTS_TOLD}收到政府信息公开申请60件，数量较去年回落12.3%。")
    assert "years/growth" in failing_rules(examine_pair(of_year(GOOD, 2022), now))
