"""Styles of tables are looked up once a table; what the second reader needs of the first is handed over."""

from lxml import etree

from extractor.document import Cell, Document, Source, Table, Unread
from extractor.formats import docx, reread_document
from extractor.formats.docx.package import W
from extractor.formats.docx.styles import Styles
from extractor.formats.docx.table_styles import TableStyles

SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
STYLES = etree.fromstring(
    f'<w:styles {SPACE}><w:style w:styleId="a"><w:basedOn w:val="b"/><w:rPr><w:b/></w:rPr></w:style>'
    '<w:style w:styleId="b"><w:rPr><w:i/></w:rPr>'
    '<w:tblStylePr w:type="firstRow"><w:rPr><w:u/></w:rPr></w:tblStylePr></w:style></w:styles>'
)


def runs_of(style: str) -> list[etree._Element]:
    row = "<w:tr><w:tc><w:p><w:r/></w:p></w:tc></w:tr>"
    named = f'<w:tblPr><w:tblStyle w:val="{style}"/></w:tblPr>' if style else ""
    table = etree.fromstring(f"<w:tbl {SPACE}>{named}{row * 2}</w:tbl>")
    return list(table.iter(f"{W}r"))


def marks(found) -> list[str]:
    return [child.tag.removeprefix(W) for each in found for child in each]


def test_the_properties_of_a_style_hold_before_those_that_it_is_based_on():
    tables = TableStyles(Styles(STYLES))
    first, second = runs_of("a")
    assert marks(tables.properties(first, "rPr")) == ["b", "u", "i"]
    assert marks(tables.properties(second, "rPr")) == ["b", "i"]
    assert tables.is_known(first)


def test_a_style_that_the_document_lacks_is_not_known():
    tables = TableStyles(Styles(STYLES))
    (lacking, _), (none, _) = runs_of("c"), runs_of("")
    assert not tables.is_known(lacking)
    assert tables.is_known(none)
    assert marks(tables.properties(lacking, "rPr")) == marks(tables.properties(none, "rPr")) == []


def test_a_word_file_whose_first_reading_is_known_is_not_read_twice(monkeypatch):
    unplain = Document("docx", (Table((Cell(0, 0, "", unread=(Unread("picture"),)),)),))
    monkeypatch.setattr(docx, "read", lambda source: 1 / 0)
    assert docx.reread(Source("a.docx", b""), unplain) is None
    word = b"PK\x03\x04" + b"\x00" * 40 + b"word/"
    assert reread_document(Source("a.docx", word), first=unplain) is None
