"""A report whose lines are lost: everything stands in one, and numbers are printed wrong."""

import pytest

from extractor.document import Paragraph
from extractor.recognize.outline import find_outline
from extractor.report import Section

OPENING = (
    "一、总体情况2023年，我局抓好落实。（一）主动公开情况全年公开12条。"
    "（二）依申请公开情况2023年，我局收到2件。"
)
MAINTAINED = "按期维护专栏，撤并栏目1个，推送图文86篇。"


def headings(text: str) -> list[tuple[str | None, str]]:
    """Return code and heading of every section but the preamble."""
    return flat(find_outline([Paragraph(line) for line in text.split("\n")]).sections)


def flat(sections: tuple[Section, ...]) -> list[tuple[str | None, str]]:
    found: list[tuple[str | None, str]] = []
    for section in sections:
        found += [(section.code, section.heading)] if section.code != "preamble" else []
        found += flat(section.sections)
    return found


def parts(text: str) -> list[tuple[str | None, str]]:
    return headings(text)[3:]


@pytest.mark.parametrize("name", ["平台建设", "平台建设情况", "政府信息公开平台建设方面"])
def test_a_part_with_its_standard_number_is_found_behind_a_number_printed_twice(name: str) -> None:
    text = f"{OPENING}（二）信息管理情况我局清理失效文件4件。（四）{name}{MAINTAINED}"
    assert parts(text)[1:] == [("overview.platforms", f"（四）{name}")]


def test_a_part_without_a_word_that_closes_it_ends_where_its_name_does() -> None:
    text = f"{OPENING}（三）信息管理情况我局清理失效文件4件。（四）平台建设{MAINTAINED}"
    outline = find_outline([Paragraph(text)])
    last = outline.sections[-1].sections[-1]
    assert (last.heading, last.text) == ("（四）平台建设", MAINTAINED)


@pytest.mark.parametrize(
    "text",
    [
        f"{OPENING}（三）平台建设{MAINTAINED}",  # neither a word that closes it nor its number
        f"{OPENING}（三）信息管理的办法修订2件，清理失效文件4件，更新目录2次。",
        f"{OPENING}（三）信息管理1200条，清理失效文件4件，更新目录2次。",
    ],
)
def test_a_name_that_only_begins_a_sentence_is_none(text: str) -> None:
    assert parts(text) == []


def test_a_part_named_twice_is_told_by_its_turn_only() -> None:
    text = (
        f"{OPENING}（三）信息管理情况我局清理4件。（四）平台建设情况我局维护专栏。（四）平台建设{MAINTAINED}"
    )
    assert [heading for _, heading in parts(text)].count("（四）平台建设") == 0


@pytest.mark.parametrize(
    "before", ["统计期限自2023年1月1日起至12月31日止。", "云岭县档案局2023年政府信息公开工作年度报告"]
)
@pytest.mark.parametrize("name", ["概述", "总体情况", "基本情况"])
def test_a_dash_printed_for_a_one_opens_the_overview_inside_a_line(before: str, name: str) -> None:
    found = headings(f"{before}—、{name}2023年，我局抓好落实。（一）主动公开情况全年公开12条。")
    assert found == [("overview", f"—、{name}"), ("overview.proactive", "（一）主动公开情况")]


def test_a_dash_before_other_words_is_a_dash() -> None:
    assert headings("公开渠道有网站—、公报—、主动公开情况见附件。") == []


def test_labels_of_a_lost_table_of_statistics_head_no_section() -> None:
    report = "一、概述\n二、主动公开情况\n公开12条。\n三、依申请公开情况\n收到2件。\n四、其他事项\n无。\n"
    labels = (
        "附表\n一、主动公开情况\n8\n二、回应解读情况\n3\n三、依申请公开情况\n2\n八、机构建设和保障经费情况\n1"
    )
    assert [code for code, _ in headings(report + labels)] == [
        "overview",
        "proactive",
        "requests",
        "other",
        None,
    ]


def test_the_same_words_head_sections_where_they_are_due() -> None:
    found = headings(
        "一、主动公开情况\n公开12条。\n二、回应解读情况\n答复3次。\n三、依申请公开情况\n收到2件。"
    )
    assert [code for code, _ in found] == ["proactive", None, "requests"]
