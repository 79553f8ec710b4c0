"""Aligned text whose labels are broken over lines, and what stands at the edges of its pages."""

import pytest

from extractor.document import Document, Paragraph, Source, Table
from extractor.formats import read_document

HEADER = """\
                              自    法    总
                              然    人    计
                              人
"""
BODY = """\
一、本年新收数量              3     1     4
二、上年结转数量              0           0
      （一）予以公开          2     1     3
      1.本机关不掌握相
                              1           1
(四)  关信息
无法  2.没有现成信息需
提供  要另行制作
      3.补正后不明确
（七）总计                    3     1     4
"""


def read(text: str) -> Document:
    return read_document(Source("a.txt", text.encode()))


def rows(text: str) -> dict[str, list[str]]:
    table = next(block for block in read(text).blocks if isinstance(block, Table))
    found: dict[int, list[str]] = {}
    for cell in table.cells:
        found.setdefault(cell.row, []).append(cell.text)
    return {row[0]: row[1:] for row in found.values()}


def test_numbers_beside_the_middle_of_a_broken_label_are_its_own() -> None:
    found = rows(HEADER + BODY)
    assert found["1.本机关不掌握相\n关信息"] == ["1", "", "1"]
    assert found["一、本年新收数量"] == ["3", "1", "4"]


def test_a_row_without_numbers_is_blank_where_its_neighbours_have_their_own() -> None:
    found = rows(HEADER + BODY)
    assert found["2.没有现成信息需\n要另行制作"] == ["", "", ""]
    assert found["3.补正后不明确"] == ["", "", ""]


def test_a_total_right_below_a_row_without_numbers_keeps_its_numbers() -> None:
    assert rows(HEADER + BODY)["（七）总计"] == ["3", "1", "4"]


def test_a_head_broken_over_lines_is_one_head() -> None:
    table = next(block for block in read(HEADER + BODY).blocks if isinstance(block, Table))
    heads = [cell.text for cell in table.cells if cell.row == 3]
    assert heads == ["自\n然\n人", "法\n人", "总\n计"]


@pytest.mark.parametrize(
    "doubtful",
    [
        "二、上年结转数量              0           0\n                              5     5     5",
        "二、上年结转数量 7            0           0",
        "二、上年结转数量              0  约        0",
    ],
    ids=["two lines of numbers", "a number in a label", "a word among the numbers"],
)
def test_nothing_is_called_blank_where_a_number_has_no_place(doubtful: str) -> None:
    text = (HEADER + BODY).replace("二、上年结转数量              0           0", doubtful)
    tables = [block for block in read(text).blocks if isinstance(block, Table)]
    blank = [cell for table in tables for cell in table.cells if cell.text == ""]
    assert not blank


def pages(*texts: str) -> list[str]:
    blocks = read("\f".join(texts)).blocks
    return [block.text for block in blocks if isinstance(block, Paragraph)]


def test_page_numbers_and_running_heads_are_left_out() -> None:
    assert pages("年度报告\n甲\n- 1 -\n", "年度报告\n乙\n- 2 -\n", "年度报告\n丙\n- 3 -\n") == [
        "年度报告",
        "甲",
        "乙",
        "丙",
    ]


def test_numbers_at_the_foot_that_do_not_count_pages_stay() -> None:
    assert pages("甲\n7\n", "乙\n3\n", "丙\n5\n") == ["甲", "7", "乙", "3", "丙", "5"]


def test_a_first_line_that_few_pages_share_stays() -> None:
    assert pages("甲\n一\n", "乙\n二\n", "乙\n三\n", "丙\n四\n", "丁\n五\n") == [
        "甲", "一", "乙", "二", "乙", "三", "丙", "四", "丁", "五",
    ]  # fmt: skip


def test_a_table_does_not_go_on_over_a_page_by_its_columns() -> None:
    first = "行    甲    乙\n规章    1    2\n文件    3    4\n"
    second = "行          甲          乙\n许可          5          6\n处罚          7          8\n"
    tables = [block for block in read(f"{first}\f{second}").blocks if isinstance(block, Table)]
    assert [[cell.text for cell in table.cells][3:6] for table in tables] == [
        ["规章", "1", "2"],
        ["许可", "5", "6"],
    ]
