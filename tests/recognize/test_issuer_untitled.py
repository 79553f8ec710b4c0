"""Who reports where no title tells it, and what is no name."""

import pytest

import extractor
from extractor.document import Document, Paragraph, Source
from extractor.recognize.issuer import FrontMatter, read_front_matter
from extractor.recognize.issuer.words import is_agency
from scripts.corpus.other_documents import PageBeginning, page_beginnings


def read(*lines: str) -> FrontMatter:
    return read_front_matter(Source("report.txt", b""), Document("text", tuple(map(Paragraph, lines))))


@pytest.mark.parametrize(
    "sentence",
    [
        "本报告由云岭县财政局编制。",
        "本报告由云岭县财政局按照《中华人民共和国政府信息公开条例》的要求编制。",
        "本年度报告由云岭县财政局综合全县各部门的信息公开年度报告编制而成。",
        "本报告由云岭县财政局会同有关单位编写。",
    ],
)
def test_who_compiled_the_report_reports(sentence: str) -> None:
    found = read(sentence + "统计期限自2022年1月1日至2022年12月31日。", "一、总体情况", "公开信息5条。")
    assert (found.issuer.name, found.year) == ("云岭县财政局", 2022)


def test_a_notice_that_others_compiled_names_no_agency() -> None:
    found = read("按照由云岭县财政局编制的通知要求，做好公开工作。", "一、总体情况", "2022年，公开信息5条。")
    assert found.issuer.name is None


@pytest.mark.parametrize(
    "slip", ["云岭县旅游局局", "云岭县旅游旅游局", "云岭县云岭县旅游局", "云岭县旅游局旅游局"]
)
def test_a_name_printed_twice_in_the_text_never_beats_the_title(slip: str) -> None:
    found = read("云岭县旅游局2011年政府信息公开年度报告", f"现向社会公布{slip}2011年政府信息公开年度报告。")
    assert found.issuer.name == "云岭县旅游局"


def test_a_fuller_name_in_the_text_still_completes_the_title() -> None:
    found = read("旅游局2011年政府信息公开年度报告", "现向社会公布云岭县旅游局2011年政府信息公开年度报告。")
    assert found.issuer.name == "云岭县旅游局"


@pytest.mark.parametrize(
    "heading", ["一、总体情况（一）", "总体情况（一）", "概述（二）", "情况（统计）", "一、财政局"]
)
def test_a_heading_is_no_name(heading: str) -> None:
    assert not is_agency(heading)


@pytest.mark.parametrize("name", ["高新区（新市区）", "经济开发区管委会（筹）"])
def test_a_name_with_brackets_is_a_name(name: str) -> None:
    assert is_agency(name)


def test_the_title_of_the_report_inside_a_letter_is_the_title() -> None:
    found = read(
        "关于报送《云岭县公安局2015年政府信息公开年度报告》的函 区办公室：现将年度报告报送贵处。 "
        "云岭县公安局2016年1月4日 云岭县公安局2015年政府信息公开工作报告 依据条例编制本报告。"
    )
    assert found.title == "云岭县公安局2015年政府信息公开工作报告"


@pytest.mark.parametrize("called", ["工作总结", "工作情况", "工作情况汇报", "情况说明"])
def test_a_title_need_not_say_report(called: str) -> None:
    title = f"云岭县档案局2012年政府信息公开{called}"
    found = read(title, "一、概述", "公开信息5条。")
    assert (found.title, found.issuer.name, found.year) == (title, "云岭县档案局", 2012)


def test_what_a_sentence_calls_so_is_no_title() -> None:
    found = read("云岭县档案局2012年政府信息公开工作情况良好，公开信息5条。", "一、概述")
    assert found.title is None


@pytest.mark.parametrize("beginning", page_beginnings(), ids=lambda each: f"{each.agency}-{each.text[:12]}")
def test_every_beginning_tells_agency_and_year(beginning: PageBeginning) -> None:
    report = extractor.parse(beginning.text.encode(), name="report.txt")
    assert (report.issuer.name, report.year) == (beginning.agency, beginning.year)
    assert report.verdict != "not_a_report"
