"""Fonts that a document brings along: what they draw for digits is told by their outlines."""

import base64
import zipfile
import zlib
from io import BytesIO

import pytest
from docx_paper import p, paper, run, tables, tbl, tc, tr
from font_files import VERA, drawing, tables_of
from lxml import etree
from test_html_painted import cell_of

from extractor.document import Cell, Source
from extractor.formats import docx
from extractor.formats.ofd.page import PageScan
from extractor.formats.ofd.resources import Resources
from extractor.formats.own_fonts import FontDigits, digits_of_font, joined, substitutes

TURNED = dict(zip("0123456789", "5861930274", strict=True))  # 0 is drawn as 5, and so on
LYING = drawing(TURNED)
CODES = {ord(digit): other for digit, other in TURNED.items() if digit != other}


def woff(font: bytes) -> bytes:
    entries, content = b"", b""
    parts = sorted(tables_of(font).items())
    for tag, data in parts:
        packed = zlib.compress(data)
        packed = packed if len(packed) < len(data) else data
        sizes = (44 + 20 * len(parts) + len(content), len(packed), len(data), 0)
        entries += tag.encode() + b"".join(size.to_bytes(4, "big") for size in sizes)
        content += packed + b"\0" * (-len(packed) % 4)
    head = b"wOFF" + font[:4] + b"\0" * 4 + len(parts).to_bytes(2, "big") + b"\0" * 30
    return head + entries + content


def test_outlines_tell_which_digits_a_font_draws() -> None:
    assert digits_of_font(VERA) == {}
    assert digits_of_font(LYING) == CODES
    assert digits_of_font(woff(LYING)) == CODES


def test_a_font_that_is_not_clear_tells_nothing() -> None:
    assert digits_of_font(drawing(dict.fromkeys("0123", "7"))) is None  # four digits look alike
    assert digits_of_font(b"OTTO, and no font") is None
    assert digits_of_font(b"wOF2" + bytes(60)) is None
    assert digits_of_font(woff(LYING)[:400]) is None
    assert joined([CODES, {}]) is None
    assert joined([CODES, CODES]) == CODES
    assert not substitutes(VERA)


def page_cell(font: bytes, kind: str = "ttf") -> Cell:
    address = f"data:font/{kind};base64,{base64.b64encode(font).decode()}"
    return cell_of("17", f"@font-face {{ font-family: S; src: url({address}) }} td {{ font-family: S }}")


@pytest.mark.parametrize("font", [LYING, woff(LYING)])
def test_digits_of_a_page_are_read_as_its_font_draws_them(font: bytes) -> None:
    cell = page_cell(font)
    assert (cell.text, cell.unread, cell.doubt) == ("82", (), "glyphs")


def test_a_font_of_a_page_that_draws_digits_as_themselves_is_as_good_as_any() -> None:
    cell = page_cell(VERA)
    assert (cell.text, cell.unread, cell.doubt) == ("17", (), None)


def word_cell(font: bytes, properties: str) -> Cell:
    key = bytes(range(16))
    masked = bytes(one ^ other for one, other in zip(font[:32], key[::-1] * 2, strict=True)) + font[32:]
    spaces = (
        'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    )
    source = paper(tbl(tr("甲", tc(p(run("17", properties))))))
    out = BytesIO(source.data)
    with zipfile.ZipFile(out, "a") as package:
        package.writestr(
            "word/fontTable.xml",
            f'<w:fonts {spaces}><w:font w:name="Num"><w:embedRegular r:id="a" w:fontKey="{{{key.hex()}}}"/>'
            "</w:font></w:fonts>",
        )
        package.writestr(
            "word/_rels/fontTable.xml.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            '<Relationship Id="a" Type="x/font" Target="fonts/font1.odttf"/></Relationships>',
        )
        package.writestr("word/fonts/font1.odttf", masked)
    (table,) = tables(docx.read(Source("样本.docx", out.getvalue())))
    return table.cells[1]


NUM = '<w:rFonts w:ascii="Num" w:hAnsi="Num"/>'


def test_digits_of_a_word_file_are_read_as_its_font_draws_them() -> None:
    assert (word_cell(LYING, NUM).text, word_cell(LYING, NUM).doubt) == ("82", "glyphs")
    assert (word_cell(LYING, "<w:b/>").text, word_cell(LYING, "").doubt) == ("17", None)
    assert (word_cell(VERA, NUM).text, word_cell(VERA, NUM).doubt) == ("17", None)
    unclear = word_cell(drawing(dict.fromkeys("0123", "7")), NUM)
    assert [each.kind for each in unclear.unread] == ["font"]


@pytest.mark.parametrize(
    ("digits", "text", "shaped", "odd"),
    [
        ({}, "17", {0, 1}, [False, False]),  # the font draws its characters as themselves
        ({ord("1"): "7", ord("7"): "1"}, "71", {0, 1}, [False, False]),
        (None, "94", set(), [True, True]),  # its outlines do not tell
    ],
)
def test_glyphs_that_an_ofd_names_are_read_as_their_font_draws_them(
    digits: FontDigits, text: str, shaped: set[int], odd: list[bool]
) -> None:
    page = etree.fromstring(
        '<ofd:Content xmlns:ofd="http://www.ofdspec.org/2016"><ofd:Layer Type="Body">'
        '<ofd:TextObject ID="1" Boundary="9 9 9 9" Font="3" Size="4"><ofd:CGTransform CodePosition="0" '
        'CodeCount="2" GlyphCount="2"><ofd:Glyphs>5 6</ofd:Glyphs></ofd:CGTransform>'
        '<ofd:TextCode X="0" Y="4" DeltaX="2">94</ofd:TextCode></ofd:TextObject></ofd:Layer></ofd:Content>'
    )
    fonts = Resources(
        font_files={"3": "a.ttf"}, glyphs=lambda path: {5: "1", 6: "7"}, digits=lambda path: digits
    )
    scan = PageScan(fonts)
    scan.layers(page)
    assert "".join(each.placed.text for each in scan.sheet.drawn) == text
    assert (scan.sheet.shaped, [each.odd for each in scan.sheet.drawn]) == (shaped, odd)
