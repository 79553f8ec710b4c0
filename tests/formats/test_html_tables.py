"""Tables of pages: spans, wrong spans, layout, and the markup that Word leaves."""

import pytest
from html_pages import BODY, PROSE, grid, read, read_twice, rows, site, tables, texts


def only_table(markup: str):
    (table,) = tables(read_twice(PROSE + markup))
    return table


def table_of(*lines: str) -> str:
    return "<table>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table>"


def test_a_merged_cell_appears_once_with_its_spans():
    table = only_table(table_of("<td rowspan=2>甲<td colspan=2>乙", "<td>1<td>2", "<td>丙<td>3<td>4"))
    assert grid(table) == [
        (0, 0, 2, 1, "甲"),
        (0, 1, 1, 2, "乙"),
        (1, 1, 1, 1, "1"),
        (1, 2, 1, 1, "2"),
        (2, 0, 1, 1, "丙"),
        (2, 1, 1, 1, "3"),
        (2, 2, 1, 1, "4"),
    ]


def test_rowspan_zero_reaches_the_end_of_its_row_group():
    table = only_table("<table><tbody><tr><td rowspan=0>甲<td>1<tr><td>2<tbody><tr><td>乙<td>3</table>")
    assert grid(table)[0] == (0, 0, 2, 1, "甲")
    assert (2, 0, 1, 1, "乙") in grid(table)


def test_a_rowspan_beyond_the_table_ends_with_it():
    assert grid(only_table(table_of("<td rowspan=90>甲<td>1", "<td>2")))[0] == (0, 0, 2, 1, "甲")


@pytest.mark.parametrize("span", ["100%", "1000", "99999999999", "3"])
def test_a_colspan_beyond_the_last_column_ends_with_it(span):
    table = only_table(table_of(f"<td colspan='{span}'>甲", "<td>1<td>2<td>3"))
    assert grid(table)[0] == (0, 0, 1, 3, "甲")


@pytest.mark.parametrize("span", ["-2", "", "两", "0"])
def test_a_colspan_that_is_no_number_is_one(span):
    table = only_table(table_of(f"<td colspan='{span}'>甲<td>乙", "<td>1<td>2"))
    assert grid(table)[:2] == [(0, 0, 1, 1, "甲"), (0, 1, 1, 1, "乙")]


def test_overlapping_spans_are_cut_where_they_meet_and_said():
    document = read_twice(PROSE + table_of("<td>甲<td>乙<td rowspan=2>丙<td>丁", "<td colspan=3>戊<td>5"))
    assert (1, 0, 1, 2, "戊") in grid(tables(document)[0])
    assert (1, 3, 1, 1, "5") in grid(tables(document)[0])
    assert "overlapping-spans" in [notice.code for notice in document.notices]


def test_head_comes_first_and_foot_last_wherever_they_stand():
    table = only_table(
        "<table><tfoot><tr><td>总计<td>9</tfoot><tbody><tr><td>甲<td>9</tbody><thead><tr><th>项目<th>件数</thead></table>"
    )
    assert rows(table) == [["项目", "件数"], ["甲", "9"], ["总计", "9"]]


def test_unclosed_cells_and_rows_are_closed():
    assert rows(only_table("<TABLE><TR><TD>甲<TD>1<TR><TD>乙<TD>2</TABLE>")) == [["甲", "1"], ["乙", "2"]]


def test_blank_cells_are_cells():
    table = only_table(
        table_of("<td>甲</td><td></td><td>&nbsp;</td>", "<td>乙</td><td><p> </p></td><td>0</td>")
    )
    assert rows(table) == [["甲", "", ""], ["乙", "", "0"]]


def test_a_break_and_a_paragraph_both_break_the_line_in_a_cell():
    table = only_table(table_of("<td>本年新<br>制作数量<td><p>自</p><p>然</p><p>人</p>", "<td>1<td>2"))
    assert rows(table)[0] == ["本年新\n制作数量", "自\n然\n人"]


def test_text_spread_over_spans_joins_without_a_gap():
    table = only_table(
        table_of("<td><p><span>1</span><span>,1<font>1</font></span><b>3</b></p><td>乙", "<td>1<td>2")
    )
    assert rows(table)[0][0] == "1,113"


def test_text_beside_a_paragraph_in_a_cell_never_runs_into_it():
    table = only_table(table_of("<td>12<p>34</p>56<td><p>1</p><span>2</span>", "<td>1<td>2"))
    assert rows(table)[0] == ["12\n34\n56", "1\n2"]


def test_lists_and_divs_in_a_cell_never_run_together():
    table = only_table(table_of("<td><div>12</div><div>34</div><td><ul><li>5<li>6</ul>", "<td>1<td>2"))
    assert rows(table)[0] == ["12\n34", "5\n6"]


def test_a_no_break_space_inside_a_text_stays():
    assert rows(only_table(table_of("<td>规&nbsp;章<td>1", "<td>乙<td>2")))[0][0] == "规\xa0章"


@pytest.mark.parametrize(
    "style",
    ["display:none", "DISPLAY: None", "mso-hide:all", "visibility:hidden", "color:red;display : none;"],
)
def test_hidden_spans_are_not_read(style):
    table = only_table(table_of(f"<td>1<span style='{style}'>9</span>2<td>乙", "<td>1<td>2"))
    assert rows(table)[0][0] == "12"


def test_hidden_rows_and_cells_leave_the_grid():
    table = only_table(
        table_of(
            "<td>甲<td>1", "<td>隐<td>9</tr><tr style='display:none'><td>藏<td>9", "<td hidden>x<td>乙<td>2"
        ).replace("<td>隐<td>9</tr>", "<td>丙<td>3</tr>")
    )
    assert rows(table) == [["甲", "1"], ["丙", "3"], ["乙", "2"]]


def test_the_markup_of_word_leaves_only_its_text():
    table = only_table(
        "<TABLE class=MsoNormalTable><TR><TD><P><SPAN><o:p>&nbsp;</o:p></SPAN></P></TD>"
        "<TD><P><SPAN><!--[if !supportLists]-->1.<!--[endif]--></SPAN>属于国家秘密<o:p></o:p></P></TD></TR>"
        "<![if !supportMisalignedColumns]><TR height=0><TD></TD><TD></TD></TR><![endif]>"
        "<TR><TD>乙</TD><TD>&lt;!--[if !supportMisalignedColumns]--&gt;2&lt;!--[endif]--&gt;"
        "</TD></TR></TABLE>"
    )
    assert rows(table) == [["", "1.属于国家秘密"], ["", ""], ["乙", "2"]]


def test_the_settings_of_word_are_no_text():
    page = "<xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml>" + BODY
    assert "Normal" not in "".join(texts(read_twice(page)))


def test_ruby_keeps_the_base_and_drops_the_reading():
    table = only_table(table_of("<td><ruby>信<rp>(</rp><rt>xìn</rt><rp>)</rp></ruby>息<td>1", "<td>乙<td>2"))
    assert rows(table)[0][0] == "信息"


def test_a_caption_stands_before_its_table():
    document = read_twice(PROSE + "<table><caption>表一</caption><tr><td>甲<td>1<tr><td>乙<td>2</table>")
    assert texts(document)[-1] == "表一"
    assert rows(tables(document)[0]) == [["甲", "1"], ["乙", "2"]]


def test_a_layout_table_is_not_a_table_and_a_table_inside_it_is():
    page = f"<table><tr><td><a href=/>首页</a><td>{BODY}</table>"
    document = read_twice(page)
    assert [len(table.cells) for table in tables(document)] == [9]
    assert texts(document)[0] == "一、总体情况"


def test_a_table_of_one_column_is_paragraphs():
    document = read_twice(PROSE + "<table><tr><td>甲事项已办结。<tr><td>乙事项已办结。</table>")
    assert not tables(document)
    assert texts(document)[-2:] == ["甲事项已办结。", "乙事项已办结。"]


def test_a_table_with_one_huge_cell_is_paragraphs():
    long = "<p>全年围绕重点领域公开信息，按时办理群众来信，认真听取意见。</p>" * 15
    document = read_twice(f"<table><tr><td>左栏<td>右栏</tr><tr><td>目录<td>{long}</table>")
    assert not tables(document)
    assert len(texts(document)) == 15


def test_a_small_table_inside_a_cell_of_a_table_is_a_table_of_its_own():
    inner = "<table><tr><td>子一<td>1<tr><td>子二<td>2</table>"
    lines = [f"<td>第{n}项工作指标名称<td>{n}" for n in range(8)]
    document = read_twice(PROSE + table_of(f"<td>合计{inner}<td>3", *lines))
    outer, nested = tables(document)
    assert rows(outer)[0] == ["合计", "3"]
    assert rows(nested) == [["子一", "1"], ["子二", "2"]]


def test_a_table_of_links_is_text():
    links = (
        "<table>" + "<tr><td><a href=/1>2019年年度报告</a><td><a href=/2>2018年年度报告</a>" * 3 + "</table>"
    )
    document = read_twice(f"<html><body>{links}</body></html>")
    assert not tables(document)
    assert len(texts(document)) == 6


def test_a_table_inside_a_paragraph_stands_between_its_halves():
    document = read(f"<p>前面的话写在这里，后面有表。{BODY}后面的话</p>")
    assert len(tables(document)) == 1


def test_a_form_split_over_tables_stays_split_and_in_order():
    document = read_twice(PROSE + "".join(table_of(f"<td>第{n}项<td>{n}<td>{n}") for n in range(3)))
    assert [rows(table) for table in tables(document)] == [[[f"第{n}项", str(n), str(n)]] for n in range(3)]


def test_a_table_of_the_sites_fields_is_metadata_and_not_a_table_of_the_report():
    fields = table_of(
        "<td>索引号：<td>K-1<td>发布机构：<td>云岭县档案局", "<td>名　　称：<td>年报<td>文号：<td>"
    )
    document = read_twice(site(f"<div>{fields}<div>{BODY}</div></div>"))
    assert len(tables(document)) == 1
    assert document.metadata["索引号"] == "K-1"
    assert document.metadata["发布机构"] == "云岭县档案局"
    assert "文号" not in document.metadata
