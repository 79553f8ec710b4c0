"""Plain cells of Word tables are read at once: that must give what the reader of the body gives."""

import pytest
from docx_paper import CONTINUE, RESTART, p, paper, run, span, tbl
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.document import Paragraph
from extractor.formats import docx
from extractor.formats.docx.plain_cell import PlainCells

NUMBERING = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/>'
    '</w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)
LISTED = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
STYLES = (
    '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="正文"/></w:style>'
    f'<w:style w:type="paragraph" w:styleId="2"><w:name w:val="列"/><w:pPr>{LISTED}</w:pPr></w:style>'
)
PLAIN = (
    *(p(run("12")), p(run("甲")), p(run("合") + run("计")), p(""), p(run(" ")), p(run("1")) + p(run("2"))),
    *(
        p(run("3"), '<w:pStyle w:val="1"/>'),
        p("<w:proofErr/><w:bookmarkStart w:id='1'/>" + run("4") + "<w:bookmarkEnd w:id='1'/>"),
    ),
    *(
        p("<w:r><w:t>  6 </w:t></w:r>"),
        p('<w:r><w:t xml:space="preserve"> 7\n8 </w:t></w:r>'),
        p(run("&lt;")),
    ),
)
ODD = (
    *(
        p(run("1"), LISTED),
        p(run("2"), '<w:pStyle w:val="2"/>'),
        p(run("3"), "<w:rPr><w:del/></w:rPr>") + p(run("4")),
    ),
    *(p(f"<w:ins>{run('5')}</w:ins>"), p(f"<w:del>{run('6')}</w:del>"), p("<w:r><w:br/><w:t>7</w:t></w:r>")),
    *(tbl("<w:tr><w:tc>" + p(run("8")) + "</w:tc></w:tr>") + p(""), p(run("9", "<w:vanish/>"))),
    *(
        f"<w:sdt><w:sdtContent>{p(run('10'))}</w:sdtContent></w:sdt>",
        p("<w:r><w:sym w:font='S' w:char='F031'/></w:r>"),
    ),
    *(
        p("<w:r><w:fldChar w:fldCharType='begin'/></w:r>"),
        p("<w:r><w:drawing/></w:r>"),
        p("<m:oMath><m:r/></m:oMath>"),
        p("<w:unknown>" + run("4") + "</w:unknown>" + run("5")),
    ),
)
CELL_PROPERTIES = st.sampled_from(
    [
        "",
        "",
        "",
        span(2),
        RESTART,
        CONTINUE,
        span(0),
        "<w:hMerge/>",
        f"<w:tcPrChange><w:tcPr>{span(3)}</w:tcPr></w:tcPrChange>",
    ]
)
ROW_PROPERTIES = st.sampled_from(
    ["", "", "", "", "<w:gridBefore w:val='1'/>", "<w:hidden/>", "<w:del/>", "<w:cantSplit/>"]
)


def tables(contents: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    cell = st.builds("<w:tc><w:tcPr>{}</w:tcPr>{}</w:tc>".format, CELL_PROPERTIES, contents)
    cells = st.lists(cell, min_size=1, max_size=4).map("".join)
    row = st.builds("<w:tr><w:trPr>{}</w:trPr>{}</w:tr>".format, ROW_PROPERTIES, cells)
    return st.lists(row, min_size=1, max_size=4).map(lambda rows: tbl(*rows))


@settings(deadline=None)
@given(
    st.lists(
        tables(st.sampled_from(PLAIN)) | tables(st.sampled_from(PLAIN * 4 + ODD)) | st.sampled_from(ODD),
        max_size=3,
    )
)
def test_whatever_stands_in_a_cell_both_ways_of_reading_see_the_same(blocks):
    source = paper("".join(blocks), styles=STYLES, numbering=NUMBERING)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(PlainCells, "text", lambda cells, cell: None)
        element_by_element = docx.read(source)
    assert docx.read(source) == element_by_element


def text_read_at_once(content: str, monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
    """Return what is told of a cell and of a blank one beside it."""
    told: list[str | None] = []
    text = PlainCells.text
    monkeypatch.setattr(PlainCells, "text", lambda *asked: told.append(text(*asked)) or text(*asked))
    row = f"<w:tr><w:tc>{content}</w:tc><w:tc><w:p/></w:tc></w:tr>"
    docx.read(paper(tbl(row), styles=STYLES, numbering=NUMBERING))
    return told


@pytest.mark.parametrize("content", PLAIN)
def test_plain_cells_are_read_at_once(content, monkeypatch):
    told = text_read_at_once(content, monkeypatch)
    assert told[0] is not None
    assert told[1] == ""


@pytest.mark.parametrize("content", ODD)
def test_a_cell_that_holds_more_is_read_element_by_element(content, monkeypatch):
    told = text_read_at_once(content, monkeypatch)
    assert not told or None in told  # of a document with hidden text it is not even asked


def test_a_heading_in_a_table_that_only_frames_others_keeps_its_level():
    heading = p(run("一、总体情况"), '<w:outlineLvl w:val="0"/>')
    framed = f"<w:tr><w:tc>{heading}{tbl('<w:tr><w:tc><w:p/></w:tc></w:tr>')}</w:tc></w:tr>"
    blocks = docx.read(paper(tbl(framed), styles=STYLES, numbering=NUMBERING)).blocks
    assert [(block.text, block.level) for block in blocks if isinstance(block, Paragraph)] == [
        ("一、总体情况", 1)
    ]
