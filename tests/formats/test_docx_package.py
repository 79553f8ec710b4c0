"""What is refused, what is left out with a notice, and what the file says about itself."""

import contextlib
import cProfile
import io
import zipfile
from collections.abc import Callable

import docx as python_docx
import pytest
from docx_paper import p, pack, paper, parts, run, tables, tbl, texts, tr
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.document import Document, Source
from extractor.errors import Encrypted, ExtractorError, Unreadable
from extractor.formats import docx

Reader = Callable[[Source], Document]


@pytest.fixture(params=[docx.read, docx.reread], ids=["read", "reread"])
def reader(request: pytest.FixtureRequest) -> Reader:
    chosen: Reader = request.param
    return chosen


def codes(document: Document) -> list[str]:
    return [notice.code for notice in document.notices]


def test_a_file_of_python_docx_is_read(reader: Reader) -> None:
    made = python_docx.Document()
    made.add_heading("云岭县档案局2023年政府信息公开工作年度报告", 0)
    made.add_heading("一、总体情况", 1)
    table = made.add_table(2, 3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "合计"
    made.core_properties.title = "年度报告"
    made.core_properties.author = "云岭县档案局"
    stream = io.BytesIO()
    made.save(stream)
    document = reader(Source("a.docx", stream.getvalue()))
    assert document.format == "docx"
    assert texts(document) == ["云岭县档案局2023年政府信息公开工作年度报告", "一、总体情况"]
    assert [block.level for block in document.blocks[:2]] == [0, 1]  # type: ignore[union-attr]
    assert tables(document)[0].cells[0].column_span == 2
    assert document.metadata["title"] == "年度报告"
    assert document.metadata["author"] == "云岭县档案局"
    assert document.metadata["created"].startswith("2013-")


def test_a_truncated_file_is_unreadable(reader: Reader) -> None:
    data = paper(p("正文" * 500)).data
    with pytest.raises(Unreadable, match="压缩包已损坏"):
        reader(Source("a.docx", data[: len(data) // 2]))


def test_a_package_without_a_body_part_is_unreadable(reader: Reader) -> None:
    members = parts(p("正文"))
    del members["word/document.xml"]
    with pytest.raises(Unreadable, match="没有正文部件"):
        reader(pack(members))


@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml", "word/numbering.xml"])
def test_a_broken_part_is_unreadable(reader: Reader, part: str) -> None:
    members = parts(p("正文"))
    members[part] = members[part][:-5]
    with pytest.raises(Unreadable, match="不是完好的 XML"):
        reader(pack(members))


def test_a_body_part_of_another_kind_is_unreadable(reader: Reader) -> None:
    with pytest.raises(Unreadable, match="没有正文"):
        reader(pack(parts("") | {"word/document.xml": "<html><body/></html>"}))


def test_entities_are_never_resolved(reader: Reader) -> None:
    members = parts(p("&bomb;"))
    declaration = '<!DOCTYPE x [<!ENTITY bomb SYSTEM "file:///etc/hostname">]>'
    members["word/document.xml"] = declaration + members["word/document.xml"]
    with pytest.raises(Unreadable, match="DTD"):
        reader(pack(members))


def test_a_member_with_a_password_is_encrypted(reader: Reader) -> None:
    data = bytearray(paper(p("正文")).data)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = 0
        while (start := data.find(signature, start)) >= 0:
            data[start + offset] |= 1
            start += 4
    with pytest.raises(Encrypted, match="密码"):
        reader(Source("a.docx", bytes(data)))


def test_a_member_that_inflates_beyond_measure_is_refused(reader: Reader) -> None:
    with pytest.raises(Unreadable, match="大得异常"):
        reader(pack(parts(p("正文")) | {"word/comments.xml": " " * (11 << 20)}))


def test_the_body_is_found_wherever_the_package_says(reader: Reader) -> None:
    members = parts(p("正文"))
    members["word/main.xml"] = members.pop("word/document.xml")
    members["[Content_Types].xml"] = members["[Content_Types].xml"].replace("/document.xml", "/main.xml")
    members["_rels/.rels"] = members["_rels/.rels"].replace("document.xml", "main.xml")
    assert texts(reader(pack(members))) == ["正文"]


def test_a_package_with_backslashes_is_read() -> None:
    members = {name.replace("/", "\\"): text for name, text in parts(p("正文")).items()}
    assert texts(docx.read(pack(members))) == ["正文"]


def test_a_strict_package_is_read_and_its_second_reading_is_owned_up_to() -> None:
    members = parts(p("总体情况") + tbl(tr("甲", "1")))
    loose, firm = "schemas.openxmlformats.org/wordprocessingml/2006", "purl.oclc.org/ooxml/wordprocessingml"
    strict = {name: text.replace(loose, firm) for name, text in members.items()}
    source = pack(strict)
    assert texts(docx.read(source)) == ["总体情况"]
    second = docx.reread(source)
    assert second.blocks == docx.read(source).blocks
    assert codes(second) == ["no-second-reader"]


PICTURE = "<w:drawing><a:graphic><a:graphicData><pic:pic/></a:graphicData></a:graphic></w:drawing>"


def test_pictures_are_counted_in_one_notice() -> None:
    alternative = (
        f'<mc:AlternateContent><mc:Choice Requires="wps">{PICTURE}</mc:Choice>'
        "<mc:Fallback><w:pict><v:imagedata/></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    body = p(f"<w:r>{PICTURE}</w:r>") + p(f"<w:r>{alternative}</w:r>")
    (notice,) = docx.read(paper(body + p("正文"))).notices
    assert notice.code == "image-in-article"
    assert "2张" in notice.message


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("<w:object><v:shape><v:imagedata/></v:shape><o:OLEObject/></w:object>", "embedded-object"),
        ("<w:drawing><c:chart/></w:drawing>", "chart-in-article"),
        ('<w:footnoteReference w:id="2"/>', "footnote-in-article"),
    ],
)
def test_what_is_not_read_is_told(content: str, code: str) -> None:
    assert codes(docx.read(paper(p(f"<w:r>{content}</w:r>") + p("正文")))) == [code]


def test_an_embedded_document_is_named() -> None:
    members = parts(p("前") + '<w:altChunk r:id="rId7"/>' + p("后"))
    relation = '<Relationship Id="rId7" Type="http://x/aFChunk" Target="chunk.htm"/></Relationships>'
    members["word/_rels/document.xml.rels"] = members["word/_rels/document.xml.rels"].replace(
        "</Relationships>", relation
    )
    (notice,) = docx.read(pack(members)).notices
    assert notice.code == "embedded-document"
    assert "word/chunk.htm" in notice.message


def test_broken_properties_do_not_stop_the_reading() -> None:
    members = parts(p("正文")) | {"docProps/core.xml": "<broken"}
    document = docx.read(pack(members))
    assert texts(document) == ["正文"]
    assert document.metadata == {}


SAMPLE = paper(p("总体情况") + tbl(tr("甲", "1"), tr("乙", "2")) + p(run("收到") + "<w:ins/>")).data


@settings(max_examples=80, deadline=None)
@given(st.integers(0, len(SAMPLE) - 1), st.integers(1, 255), st.integers(0, len(SAMPLE)))
def test_damage_raises_nothing_but_the_errors_of_the_package(place: int, flip: int, end: int) -> None:
    damaged = bytearray(SAMPLE)
    damaged[place] ^= flip
    for data in (bytes(damaged), SAMPLE[:end]):
        for read in (docx.read, docx.reread):
            with contextlib.suppress(ExtractorError):
                assert read(Source("a.docx", data)).format == "docx"


@settings(max_examples=60, deadline=None)
@given(st.text('<>/=" w:ptblrcval0123456789vMerge甲', max_size=60))
def test_strange_xml_raises_nothing_but_the_errors_of_the_package(inside: str) -> None:
    for body in (inside, tbl(tr(f"<w:tc>{inside}</w:tc>"))):
        for read in (docx.read, docx.reread):
            with contextlib.suppress(ExtractorError):
                assert read(paper(body)).format == "docx"


VALUES = st.sampled_from(["", "abc", "-1", "0", "1", "99999999999999999999", "restart", "1.5", "％"])


@settings(max_examples=60, deadline=None)
@given(st.lists(VALUES, min_size=8, max_size=8))
def test_strange_values_raise_nothing(values: list[str]) -> None:
    names = ("gridSpan", "vMerge", "hMerge", "tcW")
    cell = "".join(f'<w:{name} w:val="{value}"/>' for name, value in zip(names, values, strict=False))
    row = f'<w:gridBefore w:val="{values[4]}"/><w:gridAfter w:val="{values[5]}"/>'
    listed = f'<w:numPr><w:ilvl w:val="{values[6]}"/><w:numId w:val="{values[7]}"/></w:numPr>'
    body = p("甲", listed) + tbl(tr(f"<w:tc><w:tcPr>{cell}</w:tcPr>{p('1')}</w:tc>", "2", properties=row))
    for read in (docx.read, docx.reread):
        assert texts(read(paper(body))) == ["甲"]


def test_the_cost_grows_with_the_length_and_not_with_its_square() -> None:
    def steps(copies: int) -> int:
        row = tr(*(f"{number}" for number in range(10)))
        source = paper((p("段落") + tbl(*[row] * 25)) * copies)
        profile = cProfile.Profile()
        profile.runcall(docx.read, source)
        return sum(entry.callcount for entry in profile.getstats())

    steps(1)
    assert steps(60) <= 12 * steps(6)


def test_the_archive_may_hold_a_member_twice() -> None:
    stream = io.BytesIO(paper(p("旧")).data)
    with zipfile.ZipFile(stream, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("word/document.xml", parts(p("新"))["word/document.xml"])
    assert texts(docx.read(Source("a.docx", stream.getvalue()))) == ["新"]


@pytest.mark.parametrize("encoding", ["utf-16", "gb18030"])
def test_hidden_text_is_seen_in_any_encoding_of_the_main_part(encoding: str) -> None:
    shown = run("9", "<w:vanish/>") + run("17") + run("8", '<w:sz w:val="2"/>')
    members = parts(tbl(tr(f"<w:tc>{p(shown)}</w:tc>", "甲"), tr("乙", "丙")))
    before = docx.read(pack(members))
    text = f'<?xml version="1.0" encoding="{encoding}"?>{members["word/document.xml"]}'
    document = docx.read(pack({**members, "word/document.xml": text.encode(encoding)}))  # type: ignore[dict-item]
    assert document == before
    assert tables(document)[0].cells[0].text == "17"
