"""Characters that an element shows and that are not its own text, in the order in which they are seen."""

import pytest
from docx_paper import p, paper, run, tables, tbl, tc, tr
from test_html_painted import cell_of

from extractor.document import Cell
from extractor.formats import docx


def told(cell: Cell) -> list[tuple[str, str, bool]]:
    return [(each.kind, each.guess, each.shown) for each in cell.unread]


SYMBOLS = (
    "<svg hidden>" + "".join(f"<symbol id=n{n}><text y=9>{n}</text></symbol>" for n in (1, 7)) + "</svg>"
)


@pytest.mark.parametrize(
    ("svg", "number"),
    [
        ("<text>17</text>", "17"),
        ("<title>94</title><g><text x=0>1</text><text x=9>7</text></g>", "17"),
        ("<text x=9>7</text><text x=0>1</text>", "17"),  # as they stand, not as they are stored
        ("<use href='#n1' x=0 /><use href='#n7' x=9 />", "17"),
        ("<text x=0>1</text><text x=0>7</text>", None),  # over each other
        ("<text transform='scale(-1 1)'>17</text>", None),
        ("<text>17</text><rect width=9 height=9 />", None),
        ("<path d='M0 0L9 9'/>", None),
        ("<text>见图</text>", None),
        ("<use href='#n9'/>", None),
    ],
)
def test_the_characters_of_an_svg_are_read_as_they_stand(svg: str, number: str | None) -> None:
    (unread,) = cell_of(f"<svg>{svg}</svg>", script=SYMBOLS).unread
    assert (unread.kind, unread.shown) == ("drawing", number is not None)
    assert number is None or unread.guess == number


def test_a_shadow_tree_of_plain_text_is_what_its_element_shows() -> None:
    cell = cell_of("<span><template shadowrootmode=open><b>17</b></template>8</span>")
    assert (cell.text, cell.unread, cell.doubt) == ("17", (), "overlay")
    styled = cell_of("<span><template shadowrootmode=open><slot></slot>7</template>1</span>")
    assert [each.kind for each in styled.unread] == ["frame"]


def test_of_closed_details_only_the_summary_is_seen() -> None:
    cell = cell_of("<details><summary>17</summary>94</details>")
    assert (cell.text, cell.doubt) == ("17", "hidden-text")
    assert cell_of("<details open><summary>17</summary>件</details>").text.split() == ["17", "件"]


@pytest.mark.parametrize(
    ("inside", "style"),
    [
        ("<bdo dir=rtl>71</bdo>", ""),
        ("<i>71</i>", "i { unicode-bidi: bidi-override; direction: rtl }"),
        ("71", "td { unicode-bidi: bidi-override; direction: rtl }"),
    ],
)
def test_digits_that_run_from_right_to_left_are_read_as_they_are_seen(inside: str, style: str) -> None:
    from extractor.settle.tokens import read_cell

    cell = cell_of(inside, style)
    assert (read_cell(cell.text).value, cell.unread) == (17, ())
    assert [each.kind for each in cell_of(f"{inside}<bdo dir=rtl>3</bdo>", style).unread] == ["order"]


def word_cell(content: str) -> Cell:
    (table,) = tables(docx.read(paper(tbl(tr("甲", tc(p(content)))))))
    return table.cells[1]


def test_one_run_of_a_word_file_in_the_other_direction_is_read_as_it_is_seen() -> None:
    cell = word_cell(f'<w:bdo w:val="rtl">{run("71")}</w:bdo>')
    assert (cell.text, cell.unread) == ("\u202e71\u202c", ())
    two = word_cell(f'<w:bdo w:val="rtl">{run("7")}{run("1")}</w:bdo>')
    assert {each.kind for each in two.unread} == {"order"}
    assert [each.kind for each in word_cell(f'<w:dir w:val="rtl">{run("71")}</w:dir>').unread] == ["order"]


def box(text: str, fill: str, behind: str = "0") -> str:
    drawing = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
    held = f"<wps:txbx><w:txbxContent>{p(text)}</w:txbxContent></wps:txbx>"
    shape = f"<a:graphic><wps:wsp><wps:spPr>{fill}</wps:spPr>{held}</wps:wsp></a:graphic>"
    anchor = f'<wp:anchor xmlns:wp="{drawing}" behindDoc="{behind}">{shape}</wp:anchor>'
    return f"<w:r><w:drawing>{anchor}</w:drawing></w:r>"


WHITE = '<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>'
CLEAR = '<a:solidFill><a:srgbClr val="FFFFFF"><a:alpha val="0"/></a:srgbClr></a:solidFill>'


def test_a_box_that_is_not_seen_through_hides_the_number_under_it() -> None:
    cell = word_cell(run("94") + box("17", WHITE))
    assert (cell.text, cell.doubt, cell.left_out) == ("17", "overlay", True)
    for other in (box("17", ""), box("17", CLEAR), box("17", WHITE, behind="1")):
        assert word_cell(run("94") + other).text.split() == ["94", "17"]


def test_a_word_art_that_shows_a_number_is_read() -> None:
    art = '<w:r><w:pict><v:shape><v:textpath on="t" string="{}"/></v:shape></w:pict></w:r>'
    assert told(word_cell(art.format("17"))) == [("picture", "17", True)]
    assert told(word_cell(art.format("作废"))) == [("drawing", "", False)]
    assert told(word_cell(art.format("1") + art.format("件")))[1] == ("drawing", "", False)
