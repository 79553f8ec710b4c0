"""Word 2003 XML says what a package of today would: text, spans, list numbers, what is struck out."""

import pytest
from docx_paper import tables, texts

from extractor.document import Document, Source
from extractor.errors import Unreadable
from extractor.formats import read_document

SPACES = (
    'xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml" '
    'xmlns:wx="http://schemas.microsoft.com/office/word/2003/auxHint" '
    'xmlns:aml="http://schemas.microsoft.com/aml/2001/core"'
)


def paper(body: str, styles: str = "") -> Source:
    inside = f"<w:styles>{styles}</w:styles><w:body><wx:sect>{body}</wx:sect></w:body>"
    return Source(
        "a.doc", f"<?xml version='1.0'?><w:wordDocument {SPACES}>{inside}</w:wordDocument>".encode()
    )


def read(body: str, styles: str = "") -> Document:
    return read_document(paper(body, styles))


def p(text: str, properties: str = "", run: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


def cell(inside: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def test_paragraphs_and_merged_cells_stand_in_their_places() -> None:
    document = read(
        p("标题")
        + "<wx:sub-section>"
        + table(
            cell(p("甲"), '<w:vmerge w:val="restart"/>') + cell(p("件数"), '<w:gridSpan w:val="2"/>'),
            cell(p(""), "<w:vmerge/>") + cell(p("3")) + cell(p("4")),
        )
        + "</wx:sub-section>"
    )
    assert (document.format, texts(document)) == ("docx", ["标题"])
    assert [(c.row, c.column, c.text, c.row_span, c.column_span) for c in tables(document)[0].cells] == [
        (0, 0, "甲", 2, 1),
        (0, 1, "件数", 1, 2),
        (1, 1, "3", 1, 1),
        (1, 2, "4", 1, 1),
    ]


def test_the_number_of_a_list_stands_before_its_paragraph() -> None:
    listed = '<w:listPr><w:ilvl w:val="0"/><w:ilfo w:val="1"/><wx:t wx:val="1."/></w:listPr>'
    assert texts(read(p("属于国家秘密", listed))) == ["1.属于国家秘密"]


def test_a_deletion_is_gone_and_an_insertion_stands() -> None:
    def change(kind: str, run: str) -> str:
        content = f"<aml:content><w:r>{run}</w:r></aml:content>"
        return f'<aml:annotation aml:id="1" w:type="Word.{kind}">{content}</aml:annotation>'

    runs = change("Deletion", "<w:delText>3</w:delText>") + change("Insertion", "<w:t>5</w:t>")
    assert texts(read(f"<w:p>{runs}</w:p>")) == ["5"]


@pytest.mark.parametrize("mark", ["<w:strike/>", "<w:vanish/>", '<w:vertAlign w:val="superscript"/>'])
@pytest.mark.parametrize("by_style", [False, True])
def test_a_number_that_is_not_plain_is_none(mark: str, by_style: bool) -> None:
    style = f'<w:style w:type="character" w:styleId="x"><w:rPr>{mark}</w:rPr></w:style>'
    run = '<w:rStyle w:val="x"/>' if by_style else mark
    plain, other = tables(read(table(cell(p("3")) + cell(p("17", run=run))), style))[0].cells
    assert (plain.text, plain.unread) == ("3", ())
    assert other.text != "17" or other.unread or other.doubt


def test_a_note_is_no_text_of_its_place() -> None:
    note = f"<w:r><w:footnote>{p('9')}</w:footnote></w:r>"
    assert "9" not in texts(read(f"<w:p><w:r><w:t>件数</w:t></w:r>{note}</w:p>"))[0]


@pytest.mark.parametrize("broken", ["<w:wordDocument", f"<w:wordDocument {SPACES}></w:wordDocument>"])
def test_a_damaged_file_is_unreadable(broken: str) -> None:
    with pytest.raises(Unreadable):
        read_document(Source("a.doc", broken.encode()))
