"""Tables in cells of a page, and pages that come packed or inside another page."""

import base64
import gzip
import re
from urllib.parse import quote

import pytest
from html_pages import codes, read, tables
from hypothesis import given
from hypothesis import strategies as st

from extractor.document import Source
from extractor.errors import Unreadable
from extractor.formats import html, read_document
from extractor.nesting import DEEPEST, with_bounded_nesting


def nested(inner: str, spans: str = "") -> list[tuple[int, int, str, list[str]]]:
    page = (
        f"<table><tr><td>甲甲甲<td {spans}>{inner}</td></tr><tr><td>乙乙乙<td>12<td>34</tr>"
        "<tr><td>丙丙丙<td>56<td>78</tr></table>"
    )
    first = tables(read(page))[0]
    return [(c.row, c.column, c.text, [u.kind for u in c.unread]) for c in first.cells if c.row == 0][1:]


def test_a_nested_table_of_one_cell_is_the_cell() -> None:
    assert nested("<table><tr><td>17</td></tr></table>") == [(0, 1, "17", [])]
    assert nested("<table><tr><td></td><td>17</td></tr></table>", "colspan=2") == [(0, 1, "17", [])]
    assert nested("<table><tr><td>17<sup>1</sup></td></tr></table>") == [(0, 1, "17", [])]


def test_a_nested_table_that_matches_the_merged_cells_is_spread_over_them() -> None:
    inner = "<table><tr><td>1</td><td>7</td></tr></table>"
    assert nested(inner, "colspan=2") == [(0, 1, "1", []), (0, 2, "7", [])]


def test_a_nested_table_that_does_not_match_leaves_the_cell_open() -> None:
    inner = "<table><tr><td>1</td><td>7</td></tr></table>"
    assert nested(inner) == [(0, 1, "", ["nested"])]
    assert nested(f"3{inner}", "colspan=2") == [(0, 1, "3", ["nested"])]
    assert nested(inner * 2, "colspan=2") == [(0, 1, "", ["nested"])]


FRAMED = "<h1>云岭县档案局年度报告</h1><table><tr><td>甲<td>1</tr><tr><td>乙<td>2</table>"


@pytest.mark.parametrize(
    "frame",
    [
        f'srcdoc="{FRAMED}"',
        f'src="data:text/html;charset=utf-8;base64,{base64.b64encode(FRAMED.encode()).decode()}"',
        f'src="data:text/html;charset=utf-8,{quote(FRAMED)}"',
    ],
)
def test_a_page_that_a_frame_carries_is_read_and_said(frame: str) -> None:
    document = read(f"<meta charset=utf-8><p>正文见下。</p><iframe {frame}></iframe>")
    assert len(tables(document)) == 1
    assert "framed-article" in codes(document)


def test_the_bytes_of_gzip_are_those_of_the_page_inside() -> None:
    packed = gzip.compress(gzip.compress(FRAMED.encode()))
    assert len(tables(read_document(Source("a.html", packed)))) == 1
    with pytest.raises(Unreadable):
        read_document(Source("a.html", packed[:12] + b"x" * 40))


def test_any_encoding_is_looked_through() -> None:
    page = (
        "<meta charset=utf-16><table><tr><td>甲<td><i style='color:#fff'>8</i>17</tr><tr><td>乙<td>2</table>"
    )
    document = html.read(Source("a.html", page.encode("utf-16")))
    assert tables(document)[0].cells[1].text == "17"


DEEP = "<table><tr><td>甲<td>" + "<b>" * 3000 + "17<sup>1</sup></td></tr><tr><td>乙<td>2</tr></table>"


def test_deep_cells_are_read_without_recursion() -> None:
    assert tables(read(DEEP))[0].cells[1].printed == "171"


def test_pages_are_flattened_only_where_their_depth_costs_time() -> None:
    rows = "<table>" + "<tr><td><p>1<br>" * 3000 + "</table>"
    assert with_bounded_nesting(rows) == rows  # elements that end each other do not nest
    pairs = "<i><b>1</b></i>" * 3000
    assert with_bounded_nesting(pairs) == pairs
    few = "<i>" * 2000
    assert with_bounded_nesting(few) == few
    assert with_bounded_nesting("<p>" * 5000 + "<I x='1'>" * 513).endswith("</i><I x='1'>") is False
    assert with_bounded_nesting("<p>" * 5000 + "<I x='1'>" * 514).endswith("</i><I x='1'>")


@given(
    st.lists(
        st.sampled_from(["<i>", "</i>", "<b>", "</b ", "<p>", "</p>", "<br>", "<i/>", "</b>"]), max_size=60
    )
)
def test_no_page_stays_deeper_than_browsers_nest(tags: list[str]) -> None:
    page = "<wbr>" * 4200 + "<i>" * 500 + "".join(tags)
    open_at, deepest = 0, 0
    for tag in re.findall(r"</?[ib]>", with_bounded_nesting(page)):
        open_at = max(open_at + (-1 if tag[1] == "/" else 1), 0)
        deepest = max(deepest, open_at)
    assert deepest <= DEEPEST + 1


def row_with(inner: str) -> str:
    return f"<tr><td>{inner[0] * 3}<td><table><tr>{''.join(f'<td>{x}' for x in inner)}</table></tr>"


def test_tables_in_all_rows_divide_the_column_they_stand_in() -> None:
    page = f"<table><tr><td>项目<td>全部</tr>{row_with('甲乙丙丁戊')}{row_with('12345')}</table>"
    (table,) = tables(read(page))
    placed = [(c.row, c.column, c.text, c.column_span) for c in table.cells]
    assert placed[:2] == [(0, 0, "项目", 1), (0, 1, "全部", 5)]
    assert placed[8:11] == [(2, 0, "111", 1), (2, 1, "1", 1), (2, 2, "2", 1)]


def test_a_group_of_rows_that_is_a_table_itself_takes_its_place_in_the_grid() -> None:
    group = f"<tr><td>丁组<td colspan=2><table>{row_with('456')}{row_with('789')}</table></tr>"
    first = row_with("123").replace("<td>111", "<td colspan=2>一一一")
    (table,) = tables(read(f"<table>{first}{group}</table>"))
    assert [(c.row, c.column, c.text) for c in table.cells if c.row_span == 2] == [(1, 0, "丁组")]
    assert [c.text for c in table.cells if c.column == 3] == ["2", "5", "8"]


def test_tables_that_divide_a_column_differently_stay_open() -> None:
    page = f"<table>{row_with('123')}{row_with('45')}<tr><td>丙丙<td>6</tr></table>"
    cells = [cell for cell in tables(read(page))[0].cells if cell.column == 1]
    assert [(cell.text, bool(cell.unread)) for cell in cells] == [("", True), ("", True), ("6", False)]
