"""Plain text: paragraphs, offsets, scraper headers and what is said of bad characters."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.document import Document, Paragraph, Source, Table
from extractor.errors import Unreadable
from extractor.formats.text import read

ALPHABET = (
    '云岭县档案局一二三（）、。：无条件情况0123456789./-|"#=*:'
    "\t\t\t\n\n\n\n\r\r\x0b\x0c\x1c\x85\u2028   \u3000\xa0\ufeff\u200b\x00\x07\ufffdæÃ"
)


def read_text(text: str) -> Document:
    return read(Source("report.txt", text.encode()))


def paragraphs(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def assert_places_are_exact(document: Document) -> None:
    for block in document.blocks:
        for part in block.cells if isinstance(block, Table) else (block,):
            place = part.locator
            assert place.start is not None
            assert part.text == "\n".join(
                document.text[each.start : each.end] for each in (place, *place.more)
            )
            assert part.text == part.text.strip()
            assert place.line is not None
            assert place.line >= 1
            assert place.column is not None
            assert place.column >= 1


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=ALPHABET, max_size=200))
def test_every_paragraph_and_cell_is_what_stands_at_its_offsets(text: str) -> None:
    try:
        document = read_text(text)
    except Unreadable:
        return
    assert_places_are_exact(document)
    assert all(block.text for block in document.blocks if isinstance(block, Paragraph))


LINES = st.sampled_from(
    [
        "规章",
        "0",
        "12",
        "",
        "",
        "\t",
        "\t3",
        "甲\t1\t2",
        "乙\t\t",
        "| 甲 | 1 |",
        "甲 | 2 |",
        "|---|---|",
        "|||",
        "甲   1   2",
        "乙   3   4",
        "（一）情况",
        "一、情况",
        "标题: 甲",
        "## 二",
        "某局做了工作。",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(LINES, max_size=40), st.sampled_from(["\n", "\r", "\r\n"]))
def test_no_visible_character_is_lost_or_told_twice(lines: list[str], line_end: str) -> None:
    text = line_end.join(lines)
    try:
        document = read_text(text)
    except Unreadable:
        return
    assert_places_are_exact(document)
    told = [
        (part.locator.start, part.locator.end)
        for block in document.blocks
        for part in (block.cells if isinstance(block, Table) else (block,))
        if part.text
    ]
    assert told == sorted(told)
    assert all(before[1] <= after[0] for before, after in pairwise(told))
    if not document.metadata:
        kept = sum(len(visible(document.text[start:end])) for start, end in told)
        assert kept == len(visible(text))


def visible(text: str) -> str:
    """Leave out blanks and the marks of tables and headings."""
    return "".join(character for character in text if character not in "|-#\t\r\n ")


def test_a_bare_carriage_return_ends_a_line_and_stays_in_the_text() -> None:
    document = read_text("\r\r云岭县档案局\r　　一、总体情况\r")
    first, second = document.blocks
    assert document.text == "\r\r云岭县档案局\r　　一、总体情况\r"
    assert isinstance(second, Paragraph)
    assert (first.locator.line, first.locator.column, first.locator.start) == (3, 1, 2)
    assert (second.locator.line, second.locator.column, second.text) == (4, 3, "一、总体情况")


@pytest.mark.parametrize("line_end", ["\n", "\r", "\r\n", "\x0b", "\x0c", "\u2028"])
def test_every_kind_of_line_end_ends_a_paragraph(line_end: str) -> None:
    document = read_text(f"甲局{line_end}乙局{line_end}{line_end}丙局")
    assert paragraphs(document) == ["甲局", "乙局", "丙局"]
    assert [block.locator.line for block in document.blocks] == [1, 2, 4]


def test_characters_that_only_python_breaks_lines_at_do_not_end_one() -> None:
    assert paragraphs(read_text("甲局\x1c乙局\x85丙局")) == ["甲局\x1c乙局\x85丙局"]


@pytest.mark.parametrize("text", ["", " \n\t\n", "\u3000\xa0\r\r", "\u200b\ufeff\x00\n"])
def test_a_text_of_blanks_is_unreadable(text: str) -> None:
    with pytest.raises(Unreadable, match="没有文字"):
        read_text(text)


def test_text_in_gbk_is_decoded() -> None:
    document = read(
        Source("report.txt", "云岭县档案局2022年政府信息公开工作年度报告\n一、总体情况".encode("gbk"))
    )
    assert paragraphs(document)[1] == "一、总体情况"


def test_the_header_of_a_scraper_becomes_metadata() -> None:
    document = read_text(
        "标题: 云岭县档案局2020年度报告\n发布时间: 2021-01-20 15:22\n文号: \n发布机构: 云岭县档案局\n"
        "栏目: 年报\n原文链接: https://www.example.gov.cn/a.htm\n附件见同目录\n====== 正文 ======\n"
        "当前位置： 首页 年报 云岭县档案局报告\n"
    )
    assert paragraphs(document) == ["当前位置： 首页 年报 云岭县档案局报告"]
    assert document.metadata["title"] == document.metadata["标题"] == "云岭县档案局2020年度报告"
    assert document.metadata["pubdate"] == "2021-01-20 15:22"
    assert document.metadata["columnname"] == "年报"
    assert document.metadata["url"] == "https://www.example.gov.cn/a.htm"
    assert document.metadata["contentsource"] == "云岭县档案局"
    assert document.metadata["header"] == "附件见同目录"
    assert "文号" not in document.metadata


def test_a_header_without_a_rule_ends_at_the_first_other_line() -> None:
    document = read_text("标题：年度报告\n发布时间：2021-01-20\n一、总体情况\n来源：群众来信")
    assert paragraphs(document) == ["一、总体情况", "来源：群众来信"]
    assert document.metadata["pubdate"] == "2021-01-20"


def test_a_single_labelled_line_is_no_header() -> None:
    document = read_text("来源：云岭县档案局\n一、总体情况")
    assert document.metadata == {}
    assert len(document.blocks) == 2


def test_marks_of_a_markdown_heading_give_the_level_and_are_no_text() -> None:
    document = read_text("# 年度报告\n  ## 表二 ##\n#无空格\n")
    first, second, third = document.blocks
    assert isinstance(first, Paragraph)
    assert isinstance(second, Paragraph)
    assert isinstance(third, Paragraph)
    assert (first.text, first.level, first.locator.column) == ("年度报告", 1, 3)
    assert (second.text, second.level, second.locator.column) == ("表二", 2, 6)
    assert (third.text, third.level) == ("#无空格", None)


def test_control_characters_are_kept_and_counted() -> None:
    document = read_text("云岭县\x00档案局\n主动\u200b公开\x07信息")
    (notice,) = document.notices
    assert paragraphs(document)[0] == "云岭县\x00档案局"
    assert notice.code == "control-characters"
    assert "3 个" in notice.message
    assert (notice.locator.line, notice.locator.column) == (1, 4)


def test_undecodable_characters_are_counted_and_placed() -> None:
    (notice,) = read_text("甲局\n公开信\ufffd\ufffd条").notices
    assert notice.code == "undecodable-characters"
    assert "2 个" in notice.message
    assert (notice.locator.line, notice.locator.column, notice.locator.start) == (2, 4, 6)


def test_text_read_with_a_wrong_encoding_is_called_mojibake() -> None:
    text = "云岭县档案局政府信息公开工作年度报告，主动公开情况如下。" * 5
    for wrong in ("gb18030", "latin-1"):
        broken = text.encode().decode(wrong, "ignore")
        assert [notice.code for notice in read_text(broken).notices if notice.code == "mojibake"]


def test_chinese_without_its_commonest_characters_is_called_mojibake() -> None:
    assert read_text("匯镓闋鐧鎻鎼熼梺" * 40).notices[0].code == "mojibake"


@pytest.mark.parametrize(
    "text",
    [
        "云岭县档案局公开政府信息十条，收到申请一件，均按时答复。" * 20,
        "規章和行政許可等政府資訊公開情況，一年共有十條。" * 20,
        "0\n" * 500,
    ],
)
def test_honest_text_brings_no_notice(text: str) -> None:
    assert read_text(text).notices == ()
