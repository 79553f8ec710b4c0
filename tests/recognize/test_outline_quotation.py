"""Headings beside quotation marks, in letters, and those of parts that the form does not number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.document import Paragraph
from extractor.recognize.outline import find_outline
from extractor.recognize.outline.quotation import with_neutral_quotations
from extractor.report import Section


def sections_of(*lines: str) -> tuple[Section, ...]:
    return find_outline([Paragraph(line) for line in lines]).sections


@pytest.mark.parametrize(
    ("opening", "closing"), [("“", "”"), ("「", "」"), ("『", "』"), ("《", "》"), ("〈", "〉")]
)
def test_a_heading_is_not_cut_inside_quotation_marks(opening: str, closing: str) -> None:
    quoted = f"{opening}以公开为常态。不公开为例外{closing}"
    (main,) = sections_of(
        "二、主动公开情况", f"（一）坚持{quoted}相结合。发布信息。（二）健全制度。修订目录。"
    )
    assert [(part.heading, part.text) for part in main.sections] == [
        (f"（一）坚持{quoted}相结合", "发布信息。"),
        ("（二）健全制度", "修订目录。"),
    ]


def test_a_number_inside_quotation_marks_opens_no_heading() -> None:
    (main,) = sections_of(
        "二、主动公开情况",
        "（一）健全制度。修订“目录；（二）指南；（三）制度”等内容。（二）加强管理。专人负责。",
    )
    assert [part.heading for part in main.sections] == ["（一）健全制度", "（二）加强管理"]


def test_a_mark_that_is_never_closed_quotes_nothing() -> None:
    (main,) = sections_of("二、主动公开情况", "（一）坚持“公开为常态。发布信息。（二）健全制度。修订目录。")
    assert [part.heading for part in main.sections] == ["（一）坚持“公开为常态", "（二）健全制度"]


def test_parts_run_on_in_one_paragraph_are_each_found() -> None:
    (main,) = sections_of(
        "二、主动公开情况",
        "（一） 提高认识。推进公开。（二） 健全制度。修订目录。（三） 加强管理。专人负责。",
    )
    assert [part.text for part in main.sections] == ["推进公开。", "修订目录。", "专人负责。"]


@pytest.mark.parametrize("before", ["", "当前工作中", "本单位政务公开工作中", "对照要求，目前仍"])
def test_whatever_stands_before_the_problems_they_are_the_problems(before: str) -> None:
    first, last = sections_of("一、概述", "平稳。", f"三、{before}存在的主要问题及改进情况", "人员不足。")
    assert (first.code, last.code, last.text) == ("overview", "problems", "人员不足。")


def test_a_part_without_a_code_keeps_its_number_where_others_are_left_out() -> None:
    first, last = sections_of("一、 概述2015年公开工作平稳。四、 收费情况本年度没有收费。")
    assert (first.heading, first.text) == ("一、 概述", "2015年公开工作平稳。")
    assert (last.code, last.heading, last.text) == (None, "四、 收费情况", "本年度没有收费。")


@given(st.text(alphabet="“”「」《》一二。、\n 字", max_size=60))
def test_neutral_quotations_change_no_length_and_no_blank(text: str) -> None:
    neutral = with_neutral_quotations(text)
    assert len(neutral) == len(text)
    assert all(a == b or (b == "文" and not a.isspace()) for a, b in zip(text, neutral, strict=True))
