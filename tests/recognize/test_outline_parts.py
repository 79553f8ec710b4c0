"""Sections inside sections: their numbers, their words, and where a heading ends."""

import pytest
from outlines import GRID, PROSE, flat, read, told

from extractor.document import Paragraph
from extractor.recognize.outline import find_outline

PARTS = [
    ("overview.proactive", "主动公开情况"),
    ("overview.requests", "依申请公开办理情况"),
    ("overview.management", "政府信息管理方面"),
    ("overview.platforms", "政府信息公开平台建设"),
    ("overview.supervision", "强化监督保障"),
]


NUMBERS = [
    "（一） （二） （三） （四） （五）",
    "(一) (二) (三) (四) (五)",
    "（一）、 （二）、 （三）、 （四）、 （五）、",
    "（一） （二） （二） （四） （五）",  # as printed: a number twice
    "() () () () ()",
    "㈠ ㈡ ㈢ ㈣ ㈤",
    "1. 2. 3. 4. 5.",
    "1、 2、 3、 4、 5、",
    "１． ２． ３． ４． ５．",
    "1. 1. 1. 1. 1.",
    "① ② ③ ④ ⑤",
]


@pytest.mark.parametrize("numbers", NUMBERS)
@pytest.mark.parametrize("end", ["", "。", "：", "。" + PROSE, ":" + PROSE, "\n" + PROSE])
def test_parts_of_the_overview_are_told_under_any_number(numbers: str, end: str) -> None:
    lines = [number + words + end for number, (_, words) in zip(numbers.split(), PARTS, strict=True)]
    found = told("一、总体情况", *lines, "二、主动公开政府信息情况", GRID)
    assert [code for code, _ in found] == ["overview", *(code for code, _ in PARTS), "proactive"]
    assert [heading for _, heading in found[1:-1]] == [
        number + words for number, (_, words) in zip(numbers.split(), PARTS, strict=True)
    ]


def test_a_mark_that_a_converter_has_lost_still_ends_a_number() -> None:
    """LibreOffice writes ? for 、 into the numbering of a rich text file."""
    found = told(
        "一?总体情况",
        "(一)主动公开",
        PROSE,
        "二?主动公开政府信息情况",
        GRID,
        "三？收到和处理政府信息公开申请情况",
    )
    assert found == [
        ("overview", "一?总体情况"),
        ("overview.proactive", "(一)主动公开"),
        ("proactive", "二?主动公开政府信息情况"),
        ("requests", "三？收到和处理政府信息公开申请情况"),
    ]


def test_parts_without_numbers_are_told_on_lines_of_their_own() -> None:
    lines = [line for _, words in PARTS for line in (words, PROSE)]
    assert told("一、总体情况", *lines)[1:] == PARTS


def test_a_flattened_list_where_every_number_is_1_keeps_its_levels() -> None:
    overview = ["1. 总体情况", "1. 主动公开情况", PROSE, "1. 依申请公开情况", PROSE]
    tables = ["1. 主动公开政府信息情况", GRID, "1. 收到和处理政府信息公开申请情况", GRID]
    blocks = [*overview, *tables, "1. 存在的主要问题及改进情况", PROSE]
    found = [(depth, code) for depth, code, _, _ in flat(read(*blocks).sections)]
    parts = [(2, "overview.proactive"), (2, "overview.requests")]
    assert found == [(1, "overview"), *parts, (1, "proactive"), (1, "requests"), (1, "problems")]


def test_headings_that_lost_their_numbers_open_main_sections_too() -> None:
    blocks = [
        "总体情况",
        PROSE,
        "主动公开情况",
        PROSE,
        "主动公开政府信息情况",
        GRID,
        "存在的主要问题及改进情况",
        PROSE,
    ]
    assert told(*blocks) == [
        ("overview", "总体情况"),
        ("overview.proactive", "主动公开情况"),
        ("proactive", "主动公开政府信息情况"),
        ("problems", "存在的主要问题及改进情况"),
    ]


def test_a_number_on_a_line_of_its_own_belongs_to_the_next_line() -> None:
    outline = read("一、总体情况", "(二)", "依申请公开", PROSE)
    assert flat(outline.sections)[1:] == [(2, "overview.requests", "(二)依申请公开", PROSE)]


def test_a_heading_cut_by_a_line_break_is_whole_again() -> None:
    outline = read("四、政府信息公开行政复议、行政诉讼情", "况", PROSE)
    assert flat(outline.sections) == [(1, "disputes", "四、政府信息公开行政复议、行政诉讼情况", PROSE)]


def test_a_heading_glued_to_the_end_of_a_sentence_is_found() -> None:
    outline = read("一、总体情况", "（一）主动公开情况", "全年公开1039条。(二)依申请公开情况", PROSE)
    assert flat(outline.sections)[1:] == [
        (2, "overview.proactive", "（一）主动公开情况", "全年公开1039条。"),
        (2, "overview.requests", "(二)依申请公开情况", PROSE),
    ]


def test_text_behind_a_heading_on_its_line_is_text() -> None:
    outline = read("一、总体情况", "（五）监督保障方面 常年开展检查。")
    assert flat(outline.sections)[1] == (2, "overview.supervision", "（五）监督保障方面", "常年开展检查。")


@pytest.mark.parametrize(
    ("line", "heading", "text"),
    [
        ("（一）主动公开情况。2023年公开30条。", "（一）主动公开情况", "2023年公开30条。"),
        ("（一）主动公开情况，2023年公开30条。", "（一）主动公开情况", "2023年公开30条。"),
        ("（一）主动公开情况2023年公开30条。", "（一）主动公开情况", "2023年公开30条。"),
        ("（一）主动公开我局全年公开30条。", "（一）主动公开", "我局全年公开30条。"),
        ("（一）主动公开政府信息的数量2023年制作30条。", "（一）主动公开政府信息的数量", "2023年制作30条。"),
        ("（一）主动公开全面、准确。公开30条。", "（一）主动公开全面、准确", "公开30条。"),
        ("（一）主动公开情况,。公开30条。", "（一）主动公开情况", "公开30条。"),
    ],
)
def test_a_heading_ends_where_its_words_end(line: str, heading: str, text: str) -> None:
    assert flat(read("一、总体情况", line).sections)[1] == (2, "overview.proactive", heading, text)


def test_a_slogan_is_a_section_without_a_code() -> None:
    outline = read(
        "一、概述", "（一）加大公开力度，提高解读质量。坚持同步解读。", "（二）围绕热点，回应关切。按期回应。"
    )
    assert flat(outline.sections)[1:] == [
        (2, None, "（一）加大公开力度，提高解读质量", "坚持同步解读。"),
        (2, None, "（二）围绕热点，回应关切", "按期回应。"),
    ]


def test_a_slogan_glued_to_its_text_ends_before_the_sentence() -> None:
    outline = read(
        "一、概述（一）加强组织保障成立由局长任组长的小组，下设五个专班，每个专班由一名副局长牵头，按月会商推进。（二）加强公开解读工作根据安排推进。"
    )
    assert [heading for _, _, heading, _ in flat(outline.sections)[1:]] == [
        "（一）加强组织保障",
        "（二）加强公开解读工作",
    ]


def test_standard_parts_as_main_headings_are_main_sections() -> None:
    blocks = ["一、总体情况", PROSE, "二、主动公开工作情况", PROSE, "三、政府信息公开申请情况", PROSE]
    assert [code for code, _ in told(*blocks)] == ["overview", "proactive", "requests"]


def test_parts_of_other_sections_have_no_code() -> None:
    blocks = ["五、存在的主要问题及改进情况", "（一）存在的主要问题", PROSE, "（二）改进措施", PROSE]
    assert told(*blocks)[1:] == [(None, "（一）存在的主要问题"), (None, "（二）改进措施")]


def test_a_report_that_starts_its_numbers_again_has_a_code_twice() -> None:
    blocks = ["一、总体情况", PROSE, "二、主动公开工作情况", PROSE, "一、主动公开政府信息情况", GRID]
    assert [code for code, _ in told(*blocks)] == ["overview", "proactive", "proactive"]


def test_problems_whose_own_heading_is_lost_are_not_part_of_the_disputes() -> None:
    parts = ["（一）主要问题", PROSE, "（二）改进情况", PROSE]
    blocks = ["三、政府信息公开行政复议、行政诉讼情况", GRID, *parts, "五、其他需要报告的事项", PROSE]
    found = [(depth, code) for depth, code, _, _ in flat(read(*blocks).sections)]
    assert found == [(1, "disputes"), (1, None), (1, None), (1, "other")]


def test_an_overview_without_its_heading_still_has_parts() -> None:
    blocks = ["（一）主动公开情况", PROSE, "二、主动公开政府信息情况", GRID]
    assert [code for code, _ in told(*blocks)] == ["overview.proactive", "proactive"]


def test_items_with_text_nest_as_deeper_sections() -> None:
    outline = read("一、概述", "（一）主要做法", "1.健全机制。定期会商。", "2.把握重点。分类推进。")
    assert [(depth, heading) for depth, _, heading, _ in flat(outline.sections)] == [
        (1, "一、概述"),
        (2, "（一）主要做法"),
        (3, "1.健全机制"),
        (3, "2.把握重点"),
    ]


def test_headings_without_text_are_sections_all_the_same() -> None:
    blocks = ["一、总体情况", "（一）主动公开情况", "（二）依申请公开情况", "二、主动公开政府信息情况"]
    assert [text for *_, text in flat(read(*blocks).sections)] == ["", "", "", ""]


def test_a_line_that_the_markup_calls_a_heading_opens_a_section() -> None:
    blocks = [
        Paragraph("总体情况", level=2),
        Paragraph(PROSE),
        Paragraph("云岭特色做法", level=3),
        Paragraph(PROSE),
    ]
    assert [(d, c, h) for d, c, h, _ in flat(find_outline(blocks).sections)] == [
        (1, "overview", "总体情况"),
        (2, None, "云岭特色做法"),
    ]
