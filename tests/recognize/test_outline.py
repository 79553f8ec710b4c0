"""Sections: the standard outline, whatever way it is set, and the places of its parts."""

import pytest
from outlines import FORM, GRID, PROSE, flat, read, told

from extractor import parse
from extractor.document import NOWHERE, Locator, Paragraph, Span
from extractor.recognize.outline import find_outline


def test_headings_on_lines_of_their_own_open_the_six_sections() -> None:
    lines = [line for _, heading in FORM for line in (heading, PROSE)]
    outline = read("云岭县档案局现公布本报告。", *lines)
    assert [(s.code, s.heading) for s in outline.sections] == [("preamble", ""), *FORM]
    assert all(section.text == PROSE for section in outline.sections[1:])


@pytest.mark.parametrize("glue", ["", "\u3000\u3000", " ", "\n"])
def test_a_report_in_one_paragraph_has_the_same_sections(glue: str) -> None:
    text = glue.join(["云岭县档案局公布本报告。", *(heading + glue + PROSE for _, heading in FORM)])
    outline = read(text)
    assert [(s.code, s.heading, s.text) for s in outline.sections[1:]] == [(c, h, PROSE) for c, h in FORM]


def test_headings_with_nothing_between_them_are_told_apart() -> None:
    assert told(PROSE + "".join(heading for _, heading in FORM)) == FORM


def test_a_report_without_headings_is_all_preamble() -> None:
    assert flat(read(PROSE, PROSE).sections) == [(1, "preamble", "", f"{PROSE}\n{PROSE}")]


def test_a_report_without_text_has_no_sections() -> None:
    assert read(GRID).sections == ()
    assert read().sections == ()


def test_what_stands_before_the_title_is_left_out() -> None:
    outline = read("首页 > 政务公开", "一、总体情况", PROSE, "二、主动公开政府信息情况", begin=2)
    assert flat(outline.sections) == [
        (1, "preamble", "", PROSE),
        (1, "proactive", "二、主动公开政府信息情况", ""),
    ]


@pytest.mark.parametrize(
    ("heading", "code"),
    [
        ("—、总体情况", "overview"),
        ("一. 总体情况", "overview"),
        ("一 、总体情况", "overview"),
        ("一、 总 体 情 况", "overview"),
        ("一、总体情况、", "overview"),
        ("一、2023年政府信息公开工作总体情况", "overview"),
        ("一、年度政府信息公开工作概述", "overview"),
        ("第一部分 概述", "overview"),
        ("一、總體情況", "overview"),
        ("二、政府資訊主動公開情況", "proactive"),
        ("二、主动公开政府信息的情况", "proactive"),
        ("三、政府信息依申请公开办理情况", "requests"),
        ("三、依申请公开政府信息和不予公开政府信息的情况", "requests"),
        ("四、因政府信息公开申请行政复议、提起行政诉讼的情况", "disputes"),
        ("四、复议、诉讼和申诉情况", "disputes"),
        ("五、存在问题和改进措施", "problems"),
        ("五、存在的主要问题及明年工作计划", "problems"),
        ("六、需要说明的其他事项", "other"),
        ("六、其它需要报告事项", "other"),
        ("四、政府信息公开的收费及减免情况", None),
        ("六、政府信息公开情况统计表", None),
        ("二、工作机制保障", None),
        ("五、政府信息管理", "overview.management"),
    ],
)
def test_a_main_heading_is_told_by_its_words(heading: str, code: str | None) -> None:
    first = "一、概述" if not heading.startswith(("一", "—", "第")) else "导言。"
    middle = [f"{numeral}、其余工作" for numeral in "二三四五六"]
    due = middle[: "二三四五六".find(heading[0])] if heading[0] in "二三四五六" else []
    assert told(first, PROSE, *due, heading, PROSE)[-1] == (code, heading.rstrip("、"))


def test_stretches_that_other_recognizers_took_are_neither_heading_nor_text() -> None:
    table = "一、主动公开情况（一）收到申请数件11"
    text = f"二、主动公开政府信息情况{table}三、收到和处理政府信息公开申请情况未收到申请。"
    start = text.index(table)
    outline = read(text, taken=[Span(0, start, start + len(table))])
    assert flat(outline.sections) == [
        (1, "proactive", "二、主动公开政府信息情况", ""),
        (1, "requests", "三、收到和处理政府信息公开申请情况", "未收到申请。"),
    ]


def test_each_block_knows_the_section_it_stands_in() -> None:
    overview = ["一、总体情况", "（一）主动公开情况", PROSE, GRID]
    problems = ["五、存在的主要问题及改进情况", "（一）存在的主要问题", GRID]
    blocks = ["标题", PROSE, *overview, "二、主动公开政府信息情况", GRID, *problems]
    codes = [None, "preamble", "overview", *["overview.proactive"] * 3, *["proactive"] * 2, *["problems"] * 3]
    assert read(*blocks, begin=1).section_of == dict(enumerate(codes))


def test_a_character_inside_a_paragraph_knows_its_section() -> None:
    text = f"{PROSE}一、总体情况{PROSE}（一）主动公开情况。{PROSE}"
    outline = read(text)
    assert outline.section_at(0, 3) == "preamble"
    assert outline.section_at(0, text.index("总体情况")) == "overview"
    assert outline.section_at(0, len(text) - 1) == "overview.proactive"


def test_the_place_of_a_section_is_that_of_its_heading() -> None:
    line = f"{PROSE}一、总体情况{PROSE}"
    paragraph = Paragraph(line, Locator(line=4, column=1, start=100, end=100 + len(line)))
    preamble, overview = find_outline([paragraph]).sections
    assert preamble.locator == Locator(line=4, column=1, start=100, end=100 + len(PROSE))
    at = 100 + len(PROSE)
    assert overview.locator == Locator(line=4, column=len(PROSE) + 1, start=at, end=at + len("一、总体情况"))
    assert find_outline([Paragraph("一、概述")]).sections[0].locator == NOWHERE


def test_words_before_a_heading_that_divide_in_many_ways_are_divided_once() -> None:
    text = f"甲市2021年政府信息公开工作年度报告\n四、{'政府信息公开' * 200}\n"
    assert parse(text.encode(), name="a.txt").verdict in ("partial", "not_a_report")
