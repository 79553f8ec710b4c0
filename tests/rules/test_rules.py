"""Every rule has a report that breaks it and one that keeps it."""

import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from papers import DISPUTES, REQUESTS, disputes, paper, proactive, read, statistics, whole
from papers import requests as request_table
from rule_reports import GOOD, OLD, failing_rules, found, with_numbers, with_section, with_state

from extractor.document import Notice
from extractor.forms import load_forms
from extractor.report import Check, Figure, Publication, Report, Section
from extractor.rules import examine, failing, load_rules
from extractor.rules.examine import ways_of_testing


def figure(value: int, text: str) -> Figure:
    return Figure("requests_received", value, "件", text, "overview.requests")


def told(outcome: Any, left: int, right: int) -> Report:
    check = Check(
        "prose/requests_received", "new", outcome, left, right, ("requests.new.total",), "正文与表格"
    )
    return replace(GOOD, checks=(*GOOD.checks, check), figures=(figure(left, f"收到申请{left}件"),))


def numbered(*headings: str) -> Report:
    return replace(GOOD, sections=tuple(Section(None, heading, "有。") for heading in headings))


def request_paper(**rows: tuple[int, ...]) -> Report:
    return read(whole(request_table({**REQUESTS, **rows})))


BROKEN: dict[str, Callable[[], Report]] = {
    "requests/balance": lambda: request_paper(carried_out=(7, 1, 0, 0, 1, 0, 9)),
    "requests/outcomes": lambda: request_paper(granted=(13, 2, 1, 0, 3, 0, 19)),
    "requests/applicants": lambda: request_paper(granted=(12, 2, 1, 0, 3, 0, 19)),
    "disputes/total": lambda: read(
        paper(proactive(), request_table(), disputes({**DISPUTES, "review": (10, 1, 0, 0, 0)}))
    ),
    "tables/present": lambda: read(paper(proactive(), request_table())),
    "cells/present": lambda: with_state(GOOD, "requests.granted.total", "missing"),
    "cells/readable": lambda: with_state(GOOD, "requests.granted.total", "undecided", "1218"),
    "cells/whole": lambda: with_numbers(GOOD, proactive__licensing__decisions=Decimal("3.5")),
    "cells/not-negative": lambda: with_numbers(GOOD, proactive__licensing__decisions=-3),
    "totals/stated": lambda: with_state(GOOD, "requests.new.total", "blank"),
    "proactive/disclosed-within-total": lambda: with_numbers(OLD, proactive__regulations__newly_disclosed=18),
    "proactive/made-disclosed": lambda: with_numbers(OLD, proactive__regulations__newly_disclosed=0),
    "proactive/decisions-not-items": lambda: with_numbers(OLD, proactive__licensing__decisions=57),
    "prose/requests_received": lambda: told("fails", 59, 60),
    "prose/one-value": lambda: replace(GOOD, figures=(figure(20, "收到20件"), figure(16, "收到16件"))),
    "prose/parts": lambda: with_section(
        GOOD, "overview", "全年公开信息199条，其中文件2条、动态72条，其他127条。"
    ),
    "year/title": lambda: replace(GOOD, title="云岭县档案局2022年政府信息公开工作年度报告"),
    "year/period": lambda: with_section(GOOD, "overview", "数据统计期限为2022年1月1日至2022年12月31日。"),
    "year/text": lambda: with_section(GOOD, "overview", "2022年，我局公开信息。2022年共答复60件。"),
    "published/on-time": lambda: replace(GOOD, published=Publication("2024-02-20")),
    "agency/one": lambda: replace(GOOD, notices=(Notice("agency-conflict", "标题为甲，正文为乙。"),)),
    "section/problems": lambda: with_section(GOOD, "problems", ""),
    "section/other": lambda: with_section(GOOD, "other", ""),
    "section/numbering": lambda: numbered("一、总体情况", "二、主动公开", "二、依申请公开"),
    "contradiction/all-concluded": lambda: with_section(GOOD, "overview", "全年收到申请60件，已全部办结。"),
}
KEPT: dict[str, Callable[[], Report]] = dict.fromkeys(BROKEN, lambda: GOOD) | {
    "proactive/disclosed-within-total": lambda: OLD,
    "proactive/made-disclosed": lambda: OLD,
    "proactive/decisions-not-items": lambda: OLD,
    "prose/requests_received": lambda: told("holds", 60, 60),
    "prose/one-value": lambda: replace(GOOD, figures=(figure(60, "收到60件"), figure(60, "共60件"))),
    "prose/parts": lambda: with_section(GOOD, "overview", "全年公开信息1,201条，其中文件2条、动态72条次。"),
    "year/period": lambda: with_section(GOOD, "overview", "统计期限为 2023 年 1 月 1 日至 12 月 31 日。"),
    "published/on-time": lambda: replace(GOOD, published=Publication("2024-01-20")),
    "year/text": lambda: with_section(GOOD, "overview", "2022年无结转，2022年已办结。2023年答复60件。"),
    "section/numbering": lambda: numbered("一、总体情况", "二、主动公开", "三、依申请公开"),
    "contradiction/all-concluded": lambda: with_section(
        with_numbers(GOOD, requests__carried_out__total=0), "overview", "全年收到申请60件，已全部办结。"
    ),
}


@pytest.mark.parametrize("rule", BROKEN)
def test_a_report_that_breaks_a_rule_is_found(rule: str) -> None:
    broken = failing(examine(BROKEN[rule]()))
    assert rule in failing_rules(broken)
    assert all(finding.fault and finding.message and finding.suggestion for finding in broken)


@pytest.mark.parametrize("rule", KEPT)
def test_a_report_that_keeps_a_rule_is_said_to_keep_it(rule: str) -> None:
    outcomes = {finding.outcome for finding in found(rule, examine(KEPT[rule]()))}
    assert outcomes == {"holds"}


def test_a_good_report_breaks_no_rule() -> None:
    assert failing(examine(GOOD)) == []
    assert failing(examine(OLD)) == []


def test_the_rules_of_the_old_statistics_are_tested() -> None:
    good = read(paper(statistics()))
    assert {f.outcome for f in examine(good) if f.rule.startswith("statistics/")} == {"holds"}
    wrong = read(paper(statistics({"received": 9, "received_online": 8, "proactive_total": 4})))
    assert found("statistics/received", failing(examine(wrong)))


def test_a_fee_in_table_two_beside_no_processing_fee_is_no_finding() -> None:
    assert failing(examine(with_section(GOOD, "other", "本年度未收取信息处理费。"))) == []


def test_a_year_that_the_text_gives_otherwise_is_found_once() -> None:
    notice = Notice("year-conflict", "标题为2023年，统计期限为2022年。")
    other = replace(GOOD, notices=(notice,))
    assert [f.at for f in found("year/period", failing(examine(other)))] == ["text"]
    both = with_section(other, "overview", "统计期限为2022年1月1日至2022年12月31日。")
    assert [f.at for f in found("year/period", failing(examine(both)))] == ["period"]


def test_a_request_that_is_carried_is_said_beside_all_concluded() -> None:
    honest = with_section(GOOD, "overview", "收到申请60件，除结转8件外均已办结。")
    assert failing(found("contradiction/all-concluded", examine(honest))) == []


def test_the_fault_is_the_sources_where_every_cell_was_read() -> None:
    broken = failing(examine(BROKEN["requests/applicants"]()))
    assert {finding.fault for finding in broken} == {"source"}


def test_the_fault_is_open_where_a_cell_was_worked_out() -> None:
    report = BROKEN["requests/applicants"]()
    cells = {cell: replace(value, state="decoded") for cell, value in report.cells.items()}
    broken = failing(examine(replace(report, cells=cells)))
    assert {finding.fault for finding in broken} == {"undecided"}


def test_the_fault_is_the_readings_where_two_readers_disagree() -> None:
    report = BROKEN["requests/applicants"]()
    notice = Notice("readers-disagree", "两种读法在 1 格上不一致：requests.granted.total")
    broken = failing(examine(replace(report, notices=(notice,))))
    assert {finding.fault for finding in broken} == {"reading"}


def test_what_is_no_report_is_not_examined() -> None:
    assert examine(replace(GOOD, verdict="not_a_report")) == []


def test_cells_are_cited_with_their_labels_and_places() -> None:
    finding = found("requests/balance", examine(GOOD))[0]
    assert finding.cells[0].id == "requests.new.natural_person"
    path = ("收到和处理政府信息公开申请情况", "一、本年新收政府信息公开申请数量", "自然人")
    assert finding.cells[0].label == " / ".join(path)
    assert finding.cells[0].locator.path


def test_every_equation_of_every_edition_is_a_rule() -> None:
    equations = {e.id for form in load_forms() for table in form.tables for e in table.equations}
    assert equations == {rule.id for rule in load_rules() if rule.test == "equation"}


def test_every_rule_has_a_way_of_testing() -> None:
    assert {
        rule.id for rule in load_rules() if not rule.is_sum and rule.test not in ways_of_testing()
    } == set()


def test_every_rule_has_a_fixture_that_breaks_it_and_one_that_keeps_it() -> None:
    beside = "".join(path.read_text("utf-8") for path in Path(__file__).parent.glob("test_rules_*.py"))
    of_others = "(?:years|year|peers|family|prose|contradiction)/[a-z-]+"
    shown = set(BROKEN) | set(re.findall(of_others, beside)) | {"prose"}
    silent = [rule.id for rule in load_rules() if rule.id not in shown]
    assert [rule for rule in silent if not rule.startswith("statistics/")] == []


@pytest.mark.parametrize("rest", ["。另在微信发布300条。", "）。微信发布300条。"])
def test_numbers_behind_the_parts_are_no_parts(rest: str) -> None:
    told = with_section(GOOD, "overview", f"公开信息100条，其中文件2条{rest}")
    assert failing(found("prose/parts", examine(told))) == []
