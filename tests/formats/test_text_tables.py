"""Tables in plain text that tabs, pipes or spaces set apart."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.document import Document, Paragraph, Source, Table
from extractor.errors import Unreadable
from extractor.formats.text import read


def read_text(text: str) -> Document:
    return read(Source("report.txt", text.encode()))


def rows(table: Table) -> list[list[str]]:
    found: list[list[str]] = [[] for _ in range(table.cells[-1].row + 1)]
    for cell in table.cells:
        assert cell.column == len(found[cell.row])
        found[cell.row].append(cell.text)
    return found


def outline(document: Document) -> list[str | list[list[str]]]:
    return [block.text if isinstance(block, Paragraph) else rows(block) for block in document.blocks]


# One cell a line, a tab before it, a blank line behind each row.


def test_a_tab_begins_a_cell_and_a_blank_line_ends_a_row() -> None:
    document = read_text(
        "二、主动公开情况\n\t信息内容\n\t制发件数\n\n\t规章\n\t \n\n\n\n\t许可\n\t\xa05\n\n\n三、申请情况\n"
    )
    assert outline(document) == [
        "二、主动公开情况",
        [["信息内容", "制发件数"], ["规章", ""], ["许可", "5"]],
        "三、申请情况",
    ]
    table = document.blocks[1]
    assert isinstance(table, Table)
    assert not table.aligned
    last = table.cells[-1].locator
    assert (last.line, last.column) == (11, 3)


def test_a_heading_indented_like_a_cell_is_no_row() -> None:
    document = read_text("\t三、申请情况\n\n\t规章\n\t0\n\n\t许可\n\t5\n")
    assert outline(document) == ["三、申请情况", [["规章", "0"], ["许可", "5"]]]


def test_prose_indented_with_tabs_stays_prose() -> None:
    text = "\t一、总体情况\n\t2022年，云岭县档案局公开信息三条。\n\n\t二、公开情况\n\n\t没有其他情况。\n"
    assert all(isinstance(block, Paragraph) for block in read_text(text).blocks)


# A row a line, tabs between its cells.


def test_tabs_within_a_line_part_its_cells_and_trailing_ones_are_empty() -> None:
    document = read_text("表二\n信息内容\t制发\t废止\n规章\t3\t\n许可\t\t \n")
    assert outline(document) == ["表二", [["信息内容", "制发", "废止"], ["规章", "3", ""], ["许可", "", ""]]]
    table = document.blocks[1]
    assert isinstance(table, Table)
    assert table.aligned


def test_a_title_between_tabbed_rows_is_a_row_of_one_cell() -> None:
    document = read_text(
        "规章\t3\n强制\t4\n第二十条第（五）项\n许可\t5\n处罚\t6\n三、申请情况\n新收\t1\n结转\t2"
    )
    assert outline(document) == [
        [["规章", "3"], ["强制", "4"], ["第二十条第（五）项"], ["许可", "5"], ["处罚", "6"]],
        "三、申请情况",
        [["新收", "1"], ["结转", "2"]],
    ]


def test_rows_that_lost_their_spans_are_not_called_aligned() -> None:
    (table,) = read_text("新收\t1\t2\n办理结果\t予以公开\t1\t2\n结转\t0\t0").blocks
    assert isinstance(table, Table)
    assert not table.aligned


def test_a_blank_line_parts_two_tabbed_tables() -> None:
    assert len(read_text("甲\t1\n乙\t2\n丙\t3\n\n甲\t1\n乙\t2").blocks) == 2


# Pipes.


def test_a_markdown_table_is_read_without_its_separator() -> None:
    document = read_text("## 表二\n| 信息内容 | 件数 |\n|:---|---:|\n| 规章 | 0 |\n| 许可 | |\n\n后文")
    assert outline(document) == ["表二", [["信息内容", "件数"], ["规章", "0"], ["许可", ""]], "后文"]


def test_each_separator_begins_a_table_with_the_line_above_it() -> None:
    document = read_text("| 甲 | 1 |\n|---|---|\n| 乙 | 2 |\n| 0 | 0 | 0 |\n|---|---|---|\n")
    assert outline(document) == [[["甲", "1"], ["乙", "2"]], [["0", "0", "0"]]]


def test_ragged_rows_keep_their_positions_and_are_not_aligned() -> None:
    (table,) = read_text("| 甲 | 1 | 2 |\n|---|---|---|\n| 乙 | 3 |\n").blocks
    assert isinstance(table, Table)
    assert rows(table) == [["甲", "1", "2"], ["乙", "3"]]
    assert not table.aligned


def test_a_label_in_a_column_of_numbers_shows_that_columns_do_not_agree() -> None:
    (table,) = read_text("| 一、新收 | 1 | 2 |\n|---|---|---|\n| 二、结果 | 公开 | 3 |\n").blocks
    assert isinstance(table, Table)
    assert not table.aligned


def test_pipes_behind_a_title_are_the_empty_cells_of_its_span() -> None:
    document = read_text(
        "第二十条第（一）项 | |||\n信息内容 | 制发 | 废止 | 有效 |\n规章 | 0 | 1 | 2 |\n许可 | 7 | ||"
    )
    assert outline(document) == [
        [
            ["第二十条第（一）项", "", "", ""],
            ["信息内容", "制发", "废止", "有效"],
            ["规章", "0", "1", "2"],
            ["许可", "7", "", ""],
        ]
    ]


def test_rows_that_all_end_in_a_pipe_may_be_ragged() -> None:
    (table,) = read_text("规章 | 0 | 1 |\n许可 | 7 | 2 |\n信息内容 | 制发 |").blocks
    assert isinstance(table, Table)
    assert rows(table)[2] == ["信息内容", "制发"]
    assert not table.aligned


def test_a_leading_pipe_is_an_empty_cell_where_other_rows_have_none() -> None:
    assert outline(read_text("甲 | 1 | 2 |\n | 3 | 4 |")) == [[["甲", "1", "2"], ["", "3", "4"]]]


def test_a_unit_behind_a_number_makes_no_label_of_it() -> None:
    (table,) = read_text(
        "一、新收 | | 1件 | 2\n二、结果 | 公开 | 0 | 3\n | 不公开 | 5（含退回1件） | 3"
    ).blocks
    assert isinstance(table, Table)
    assert table.aligned


def test_an_escaped_pipe_stays_in_its_cell() -> None:
    assert outline(read_text("| a\\|b | 1 |\n|---|---|\n| 乙 | 2 |"))[0] == [["a\\|b", "1"], ["乙", "2"]]


def test_a_piped_table_broken_into_a_cell_a_line_is_put_together_by_its_title() -> None:
    document = read_text(
        "二、公开情况\n第二十条 |\n|||\n内容 |\n制发 |\n废止 |\n有效 |\n"
        "规章 |\n0 |\n1 |\n2 |\n规范性文件\n|\n3 |\n4 |\n5 |\n许可 |\n6 |\n||\n"
    )
    assert outline(document) == [
        "二、公开情况",
        [
            ["第二十条", "", "", ""],
            ["内容", "制发", "废止", "有效"],
            ["规章", "0", "1", "2"],
            ["规范性文件", "3", "4", "5"],
            ["许可", "6", "", ""],
        ],
    ]


def test_a_broken_piped_table_that_does_not_come_out_even_stays_lines() -> None:
    text = "第二十条 |\n|||\n内容 |\n制发 |\n废止 |\n规章 |\n0 |\n1 |\n2 |\n"
    assert all(isinstance(block, Paragraph) for block in read_text(text).blocks)


@pytest.mark.parametrize("text", ["首页 | 公开 | 正文", "首页 | 公开\n正文", "联系我们 | 地图\n甲 | 乙 | 丙"])
def test_lone_or_unequal_lines_with_pipes_are_no_table(text: str) -> None:
    assert all(isinstance(block, Paragraph) for block in read_text(text).blocks)


# Spaces.

LAYOUT = """三、申请情况

                           自然    商业
      信息内容                               总计
                             人    企业

    一、本年新收申请         12       1       13
    二、上年结转申请          0                0
    （七）总计              120      10      130

四、复议情况
"""


def test_columns_aligned_with_spaces_are_a_table_where_full_width_counts_double() -> None:
    heading, table, after = read_text(LAYOUT).blocks
    assert isinstance(heading, Paragraph)
    assert isinstance(after, Paragraph)
    assert isinstance(table, Table)
    assert table.aligned
    assert heading.text == "三、申请情况"
    grid = {(cell.row, cell.column): cell.text for cell in table.cells}
    assert [grid[0, 1], grid[0, 2], grid[1, 0], grid[1, 3], grid[2, 1]] == [
        "自然",
        "商业",
        "信息内容",
        "总计",
        "人",
    ]
    assert [grid[4, column] for column in range(4)] == ["二、上年结转申请", "0", "", "0"]
    assert [grid[5, column] for column in range(4)] == ["（七）总计", "120", "10", "130"]


def test_numbers_that_stand_apart_from_their_label_prove_no_row() -> None:
    text = "新收    1    2    3\n结转    0    0    0\n（二）部分公开\n            4    5    6\n这一情形\n"
    assert all(isinstance(block, Paragraph) for block in read_text(text).blocks)


def test_numbers_that_do_not_line_up_are_no_table() -> None:
    text = "甲    12  3\n乙  1  234    5\n丙       1 2  3\n丁 12345  6\n"
    assert all(isinstance(block, Paragraph) for block in read_text(text).blocks)


def test_a_list_with_wide_blanks_behind_its_numbers_is_no_table() -> None:
    text = "1.  公开信息三条\n2.  收到申请一件\n3.  办结申请一件\n"
    assert all(isinstance(block, Paragraph) for block in read_text(text).blocks)


def test_one_cell_a_line_without_any_blank_stays_lines() -> None:
    text = "\n".join(["规章", "0", "1", "行政许可", "5", "7", "总计", "3", "4"] * 40)
    document = read_text(text)
    assert len(document.blocks) == 360
    assert all(isinstance(block, Paragraph) for block in document.blocks)


def test_digits_run_together_stay_one_paragraph() -> None:
    document = read_text("一、本年新收申请数量8100009二、上年结转申请数量0000000　　三、办理结果810\n")
    assert len(document.blocks) == 1


@pytest.mark.parametrize(
    "pattern",
    [
        *("\t1\n", "| 1 |\n", "1 |\n|\n", "a   1   2\n", "1\n\n\n", "\t" * 3, "   ", "a  b ", "\n\u3000\n0"),
        *("甲  1  2\n乙\n", "一、  1\n", "规章\n\n0\n\n\n\n", "内容  丙\n甲  1\n"),
    ],
)
def test_cost_grows_with_the_length_only(pattern: str) -> None:
    document = read_text("甲" + pattern * (40_000 // len(pattern)))
    assert document.blocks


@pytest.mark.parametrize("text", ["--|\n|", "规章|1\n---|---\n|\n", "|\n|\n|", "+===\n\t"])
def test_a_line_that_is_one_pipe_or_blank_has_no_cells(text: str) -> None:
    assert all(len(block.cells) > 0 for block in read_text(text).blocks if isinstance(block, Table))


@settings(deadline=None, max_examples=200)
@given(st.text("|-+=\t ,;1规\n", min_size=1, max_size=14))
def test_any_marks_of_tables_make_a_document(text: str) -> None:
    with suppress(Unreadable):
        read_text(text)
