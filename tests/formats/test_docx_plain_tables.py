"""Word tables of plain cells are read at once: that must give what the patient reading gives."""

import pytest
from docx_paper import CONTINUE, RESTART, p, paper, run, span, tbl
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.formats import docx
from extractor.formats.docx import body

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
        p("<w:proofErr/><w:unknown>" + run("4") + "</w:unknown>" + run("5")),
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
def test_whatever_stands_in_a_table_both_ways_of_reading_see_the_same(blocks):
    source = paper("".join(blocks), styles=STYLES, numbering=NUMBERING)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(body, "is_plain", lambda table, styles: False)
        patient = docx.read(source)
    assert docx.read(source) == patient


def is_read_at_once(content: str, monkeypatch: pytest.MonkeyPatch) -> bool:
    taken = []
    text_of = body.text_of
    monkeypatch.setattr(body, "text_of", lambda cell: taken.append(cell) or text_of(cell))
    docx.read(paper(tbl(f"<w:tr><w:tc>{content}</w:tc></w:tr>"), styles=STYLES, numbering=NUMBERING))
    return bool(taken)


@pytest.mark.parametrize("content", PLAIN)
def test_plain_cells_are_read_at_once(content, monkeypatch):
    assert is_read_at_once(content, monkeypatch)


@pytest.mark.parametrize("content", ODD)
def test_a_cell_that_holds_more_is_read_with_patience(content, monkeypatch):
    assert not is_read_at_once(content, monkeypatch)
