"""The plain cells that a row begins with are taken at once: that gives what the walk gives, cell by cell."""

import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from extractor.formats.html.lexbor import plain_text
from extractor.formats.html.page import BREAK
from extractor.formats.html.start_tags import start_tags
from extractor.formats.html.style_sheets import StyleSheets
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


def walked(markup: bytes):
    """Return what a walk over a page sees."""
    parser, tags = LexborHTMLParser(markup), start_tags(markup)
    return walk(parser, tags, StyleSheets(parser, tags))


def cell_by_cell(markup: bytes):
    """Return what a walk sees that goes through every cell, none of them taken with its row."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(WALK._Walk, "leave_plain_cells_out", lambda walk, row: True)
        return walked(markup)


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40), st.booleans())
def test_whatever_stands_in_a_row_it_is_taken_as_cell_by_cell(pieces, begun):
    markup = ("<h1>标题</h1>" + "<table><tr><td>" * begun + "".join(pieces) + "</table><p>完").encode()
    assert walked(markup) == cell_by_cell(markup)


def plain_texts(cells: str) -> list[str | None]:
    table = LexborHTMLParser(f"<table><tr>{cells}</table>")
    return [plain_text(cell, frozenset()) for cell in table.css("td,th")]


@pytest.mark.parametrize(
    ("cells", "texts"),
    [
        ("<td>1<td>甲", ["1", "甲"]),
        (
            "<td nowrap title='a > b'><p class=x><span><b>12</b></span></p><th>&lt;甲&gt; &amp;nbsp;",
            ["12", "<甲> &nbsp;"],
        ),
        ("<td><span>行政</span><span>复议<o:p></o:p></span>", ["行政复议"]),
        ("<td>甲<br>乙<td>", [f"甲{BREAK}乙", ""]),
        ("<td><p> </p>", [" "]),
        ('<td a" b="c>d">1', ["1"]),
        ("<td><span>1<b>2<!-- 3 --></b><i>4<br></i></span>", [f"124{BREAK}"]),
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
        "<td><img src=1.png>",
        "<td><span>1<p>2</span>",
        "<td><p><span>1<a href=x>2</a></span>",
        "<td><s>1</s>2",
    ],
)
def test_whatever_is_more_is_left_to_the_walk(cells):
    assert plain_texts(cells) == [None]


@pytest.mark.parametrize("style", ["<style>.x{display:none}</style>", ""])
def test_hidden_cells_stay_unread_in_tables_of_plain_cells(style):
    markup = f"{style}<table><tr><td>甲<td class=x hidden>1<td>2<tr><td>乙<td>3<td>4</table>".encode()
    page = walked(markup)
    assert page == cell_by_cell(markup)
    assert [cell.text for draft in page.drafts for cell in draft.cells or ()] == ["甲", "2", "乙", "3", "4"]


def test_a_row_goes_on_cell_by_cell_where_one_is_more_than_text():
    markup = "<table><tr><th>甲<td>1<td><p>2<p>3<td>4<td hidden>5<th>6<tr><td>乙<td>7".encode()
    page = walked(markup)
    assert page == cell_by_cell(markup)
    told = [(cell.text, cell.locator.path) for draft in page.drafts for cell in draft.cells or ()]
    row = "/html/body/table[1]/tbody[1]/tr[1]"
    assert told[:5] == [("甲", f"{row}/th[1]"), ("1", f"{row}/td[1]"), ("2\n3", f"{row}/td[2]"),
                        ("4", f"{row}/td[3]"), ("6", f"{row}/th[2]")]  # fmt: skip
