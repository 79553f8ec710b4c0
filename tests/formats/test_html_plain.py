"""Plain tables of pages are read without a walk, and come out as the walk gives them."""

from importlib import import_module
from pathlib import Path
from random import Random
from unittest.mock import patch

import pytest
from html_pages import BODY, PROSE, read, site
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.document import Document

walk = import_module("extractor.formats.html.walk")  # its package has a function of that name
CASES = sorted((Path(__file__).parent.parent.parent / "fixtures" / "cases").glob("*html*/source.html"))
# What may stand in a cell, and what makes a table one that must be walked through.
INLINES = (
    *["12", "总计", " ", "\n", "", "&nbsp;", "<br>", "<span>3</span>", "<b>数<i>量</i></b>", "<!-- 注 -->"]
    * 3,
    *["<p>1,204</p>", "<p> 自然人\n</p>", "<p><span>其他</span></p>", "<p></p>", "<p>&nbsp;</p>", "\u3000"]
    * 2,
    *[
        "<p>甲<br>乙</p>",
        "<o:p>&nbsp;</o:p>",
        "<span><p>丙</p></span>",
        "&lt;5&gt;",
        "\u200b",
        "#page_break#",
    ],
)
STRANGE_INLINES = (
    "<a href='/x.html'>链接</a>",
    "<img src='a.png'>",
    "<p style='display:none'>9</p>",
    "<span hidden>9</span>",
    "<script>document.write(7)</script>",
    "<ul><li>一</li><li>二</li></ul>",
    "<div>块</div>",
    "<table><tr><td>内</td><td>1</td></tr></table>",
    "<pre>5\n6</pre>",
    "<h3>题</h3>",
    "<select><option>选</option></select>",
    "<w:data>8</w:data>",
    "<input type=hidden value=4>",
    "<svg><text>4</text></svg>",
)
CELLS = (
    *[""] * 12,
    "colspan=2",
    "rowspan=2",
    "colspan=2 rowspan=2",
    "rowspan=0",
    "colspan=99",
    "style='width:3px'",
)
ROWS = (*[""] * 9, "style='display: none'", "hidden")
BETWEEN = (
    *[""] * 12,
    "<tbody>",
    "</tbody><tbody>",
    "<thead>",
    "<tfoot>",
    "<colgroup><col></colgroup>",
    "散字",
)
AROUND = (
    *["{}"] * 4,
    "<div>{}</div>",
    "<a href='/y.html'>{}</a>",
    "<pre>{}</pre>",
    "<div style='display:none'>{}</div>",
    "<table><tr><td>{}</td></tr></table>",
    "<table><tr><td>栏</td><td>{}</td></tr></table>",
    "前文{}后文",
)


def walked(page: str) -> Document:
    with patch.object(walk, "read_plain", lambda *_: None):
        return read(page)


class Writer:
    """Writes tables by chance: plain ones, with one or two strange things here and there."""

    def __init__(self, chance: Random, strange: int) -> None:
        """Take the dice and how many kinds of strange things there are."""
        self._chance = chance
        self._strange = chance.sample(STRANGE_INLINES, strange)

    def _inline(self) -> str:
        if self._strange and self._chance.random() < 0.1:
            return self._chance.choice(self._strange)
        return self._chance.choice(INLINES)

    def table(self) -> str:
        rows = (self._chance.choice(BETWEEN) + self._row() for _ in range(self._chance.randint(1, 5)))
        caption = "<caption>表一</caption>" if self._chance.random() < 0.1 else ""
        return self._chance.choice(AROUND).format(f"<table>{caption}{''.join(rows)}</table>")

    def _row(self) -> str:
        cells = "".join(self._cell() for _ in range(self._chance.randint(0, 5)))
        return f"<tr {self._chance.choice(ROWS)}>{cells}</tr>"

    def _cell(self) -> str:
        tag = self._chance.choice(("td", "td", "td", "th"))
        inside = "".join(self._inline() for _ in range(self._chance.choice((0, 1, 1, 1, 2, 3))))
        return f"<{tag} {self._chance.choice(CELLS)}>{inside}</{tag}>"


@given(st.integers(0, 2**32), st.sampled_from([0, 0, 1, 2]))
@settings(max_examples=600, deadline=None)
def test_any_table_is_read_as_if_walked_through(seed: int, strange: int) -> None:
    writer = Writer(Random(seed), strange)
    page = site(PROSE + writer.table() + "<p>三、收到申请情况</p>" + writer.table() + BODY)
    assert read(page) == walked(page)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.parent.name)
def test_our_reports_are_read_as_if_walked_through(path: Path) -> None:
    page = path.read_bytes()
    with patch.object(walk, "read_plain", lambda *_: None):
        patient = read(page)
    assert read(page) == patient


def test_a_plain_table_is_not_walked_through() -> None:
    rows = "".join(f"<tr><td><p>{label}</p></td><td>{n}<br></td></tr>" for n, label in enumerate("甲乙丙"))
    with patch.object(walk._Walk, "enter_row", side_effect=AssertionError("walked")):
        document = read(site(PROSE + f"<table>{rows}</table>"))
    assert [cell.text for block in document.blocks if hasattr(block, "cells") for cell in block.cells] == [
        "甲",
        "0",
        "乙",
        "1",
        "丙",
        "2",
    ]


def test_a_table_too_deep_for_paths_of_names_is_walked_through() -> None:
    table = "<table><tr><td>甲</td><td>1</td></tr><tr><td>乙</td><td>2</td></tr></table>"
    for depth in (190, 194, 195, 196, 197, 198, 199, 200, 210):
        page = site(PROSE + "<div>" * depth + table + "</div>" * depth)
        assert read(page) == walked(page)


def test_of_tables_in_tables_only_the_innermost_is_looked_through() -> None:
    page = site(PROSE + "<table><tr><td>栏" * 20 + "<table><tr><td>甲<td>1" + "</table>" * 21)
    with patch.object(walk, "read_plain", wraps=walk.read_plain) as looked_through:
        read(page)
    assert looked_through.call_count == 1


@pytest.mark.parametrize("paragraphs", [99, 100, 101, 102])
def test_a_cell_with_a_whole_article_in_it_is_no_cell(paragraphs: int) -> None:
    article = "<p>条</p>" * paragraphs
    page = site(PROSE + f"<table><tr><td>{article}</td><td>1</td></tr><tr><td>甲</td><td>2</td></tr></table>")
    assert read(page) == walked(page)
