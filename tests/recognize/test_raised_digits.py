"""A digit raised behind a number in running text is a note mark and no part of the number."""

import pytest

from extractor.formats.docx.marks import mark, running_text
from extractor.pipeline import parse
from extractor.recognize.prose_numbers import find_figures
from extractor.report import Section

PAGE = "<h1>云岭县档案局2023年政府信息公开工作年度报告</h1><p>一、总体情况</p><p>{}</p>"


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("全年主动公开政府信息12<sup>1</sup>条。", 12),
        ("全年主动公开政府信息12<sup>[1]</sup>条。", 12),
        ("全年主动公开政府信息<b>12</b><sup>1</sup>条。", 12),
        ("全年主动公开政府信息121条<sup>1</sup>。", 121),
        ('全年主动公开政府信息12<span style="vertical-align: super">1</span>条。', 12),
        ('<style>.note{vertical-align:super}</style>全年主动公开政府信息12<i class="note">[1]</i>条。', 12),
        ('<style>.note{vertical-align:super}</style>全年主动公开政府信息<b class="note">121</b>条。', 121),
    ],
)
def test_a_raised_digit_of_a_page_is_no_digit_of_the_number(printed: str, value: int) -> None:
    report = parse(PAGE.format(printed).encode(), name="report.html")
    assert [(figure.code, figure.value) for figure in report.figures] == [("disclosed", value)]


def test_the_text_keeps_the_mark_as_it_is_printed() -> None:
    report = parse(
        PAGE.format("公开信息12<sup>1</sup>条，占地30m<sup>2</sup>。").encode(), name="report.html"
    )
    assert report.sections[0].text == "公开信息12¹条，占地30m2。"


def test_a_raised_run_of_a_word_file_stays_apart_from_the_number() -> None:
    text = running_text(
        "公开信息12" + mark("raised", "1") + "条，" + mark("hidden", "9") + "面积30m" + mark("raised", "2")
    )
    assert text == "公开信息12¹条，面积30m2"


@pytest.mark.parametrize(
    "text", ["主动公开政府信息12¹条。", "主动公开政府信息12[²]条。", "主动公开政府信息12（³）条。"]
)
def test_a_mark_between_number_and_unit_does_not_part_them(text: str) -> None:
    (figure,) = find_figures((Section("overview.proactive", "", text),), 2023)
    assert (figure.value, figure.unit) == (12, "条")
    assert text[figure.start : figure.end] == figure.text
