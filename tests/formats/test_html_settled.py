"""What a page's own styles hide is beyond doubt only where nothing else may show it."""

import pytest
from test_html_painted import cell_of

ELSEWHERE = {
    "another style sheet": "<link rel=stylesheet href=a.css>",
    "a script from elsewhere": "<script src=a.js></script>",
    "a script that shows elements": "<script>for (const e of all) e.style.display = 'block'</script>",
    "what only new browsers follow": "<style>@layer a { p { display: none } }</style>",
    "a sheet taken in": "<style>@import url(a.css); p { display: none }</style>",
}


@pytest.mark.parametrize("name", ELSEWHERE)
def test_what_is_hidden_is_doubted_where_something_else_may_show_it(name: str) -> None:
    cell = cell_of("<span style='display:none'>8</span>17", script=ELSEWHERE[name])
    assert (cell.text, cell.left_out, cell.doubt) == ("17", False, "hidden-text")
    blank = cell_of("<span style='display:none'>8</span>", script=ELSEWHERE[name])
    assert [each.kind for each in blank.unread] == ["covered"]


def test_a_script_that_shows_nothing_leaves_no_doubt() -> None:
    script = "<script>window.pageId = 12;</script><script type=application/ld+json>{}</script>"
    assert cell_of("<span style='display:none'>8</span>17", script=script).doubt is None
    assert cell_of("<span style='display:none'>8</span>", script=script).unread == ()


@pytest.mark.parametrize(
    "item", ["<ol start=17><li></li></ol>", "<ol><li value=17></li></ol>", "<ul><li></ul>"]
)
def test_an_item_that_shows_only_its_marker_leaves_its_cell_open(item: str) -> None:
    assert [each.kind for each in cell_of(item).unread] == ["generated"]
    assert cell_of("<ol><li>17</ol>").text == "17"


def test_a_style_for_markers_leaves_its_cell_open() -> None:
    assert [each.kind for each in cell_of("<i>7</i>", "i::marker { content: '1' }").unread] == ["style"]
