"""Tables of plain cells are read from their markup: that must give what the walk gives, node by node."""

import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from extractor.formats.html.plain_table import read_plain_table
from extractor.formats.html.walk import walk

WALK = sys.modules["extractor.formats.html.walk"]  # the package has a function of this name
PIECES = (
    *("<table>", "<table class='a'>", "</table>", "<tr>", "<tr>", "</tr>", "<thead>", "<tfoot>", "<tbody>"),
    *(
        "<td>",
        "<td>",
        "<td>",
        "</td>",
        "<th>",
        "<td colspan=2>",
        "<td rowspan='2'>",
        "<td rowspan=0 COLSPAN=9>",
    ),
    *(
        "<p>",
        "</p>",
        "<span style='a:b'>",
        "</span>",
        "<b>",
        "</b>",
        "<o:p>",
        "</o:p>",
        "<br>",
        "<div>",
        "</div>",
    ),
    *("<td a\" b='><td>5</td>'>", "<td =x>", '<td x="a>b&quot;\'&lt;">', "<col>", "<caption>", "</caption>"),
    *(
        "<!-- 1 -->",
        "<a href=x>",
        "</a>",
        "<td hidden>",
        "<ul><li>",
        "</ul>",
        "<sup>",
        "</sup>",
        "<img src=a.gif>",
    ),
    *(
        "1",
        "17",
        " ",
        "\n",
        "甲",
        "合 计",
        "&nbsp;",
        "&amp;nbsp;",
        "&lt;td&gt;",
        "&",
        "\u3000",
        "\u200b",
        "a&lt;b",
    ),
)


def patient_walk(markup: bytes):
    """Return what a walk sees that takes no table for a plain one."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(WALK, "read_plain_table", lambda html, path: None)
        return walk(LexborHTMLParser(markup), markup)


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40), st.booleans())
def test_whatever_stands_in_a_table_both_ways_of_reading_see_the_same(pieces, begun):
    markup = ("<h1>标题</h1>" + "<table><tr><td>" * begun + "".join(pieces) + "</table><p>完").encode()
    assert walk(LexborHTMLParser(markup), markup) == patient_walk(markup)


def plain_texts(cells: str) -> list[str | None] | None:
    table = LexborHTMLParser(f"<table><tr>{cells}</table>").css_first("table")
    groups = read_plain_table(table.html or "", "/table")
    return groups and [slot.text for row in groups[0].rows for slot in row]


@pytest.mark.parametrize(
    ("cells", "texts"),
    [
        ("<td>1<td>甲", ["1", "甲"]),
        (
            "<td nowrap title='a > b'><p class=x><span><b>12</b></span></p><th>&lt;甲&gt; &amp;nbsp;",
            ["12", "<甲> &nbsp;"],
        ),
        ("<td><span>行政</span><span>复议<o:p></o:p></span>", ["行政复议"]),
        ("<td>甲<br>乙<td>", ["甲\n乙", ""]),
        ("<td><p> </p>", [""]),
        ('<td a" b="c>d">1', ["1"]),
        ("<td><b><p>1</p></b> <i></i>", ["1"]),
    ],
)
def test_cells_of_one_paragraph_are_plain(cells, texts):
    assert plain_texts(cells) == texts


@pytest.mark.parametrize(
    "cells",
    [
        "<td><p>1<p>2",
        "<td>1<p>2",
        "<td><div>1</div>",
        "<td>1<sup>2</sup>",
        "<td><a href=x>1</a>",
        "<td>1<!-- 2 -->",
        "<td><img src=1.png>",
        "<td><table><tr><td>1</table>",
        "<td><s>1</s>2",
    ],
)
def test_whatever_is_more_is_left_to_the_walk(cells):
    assert plain_texts(cells) is None


@pytest.mark.parametrize("style", ["<style>.x{display:none}</style>", ""])
def test_hidden_cells_stay_unread_in_tables_of_plain_cells(style):
    markup = f"{style}<table><tr><td>甲<td class=x hidden>1<td>2<tr><td>乙<td>3<td>4</table>".encode()
    page = walk(LexborHTMLParser(markup), markup)
    assert page == patient_walk(markup)
    assert [cell.text for draft in page.drafts for cell in draft.cells or ()] == ["甲", "2", "乙", "3", "4"]
