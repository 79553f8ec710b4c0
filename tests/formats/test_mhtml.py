"""Saved web pages and mails: what they hold is read, wherever in them it stands."""

from base64 import encodebytes
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest

import extractor
from extractor.document import Document, Paragraph, Source, Table
from extractor.errors import Unreadable
from extractor.formats import mhtml
from extractor.formats.sniff import sniff

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures" / "cases"
PAGE = (FIXTURES / "html-plain-2021" / "source.html").read_text(encoding="utf-8")
WORD = (FIXTURES / "docx-same-report" / "source.docx").read_bytes()
TABLE = "<table><tr><td>规章</td><td>{}</td></tr><tr><td>行政许可</td><td>3</td></tr></table>"
LINE = "<p>云岭县档案局2023年主动公开信息12条，收到申请3件，均已办结。</p>"


def saved_page(*parts: tuple[str, bytes], start: str = 'From: "Saved by Blink"\r\n') -> bytes:
    """Return a saved page of these parts: their content types and bytes."""
    head = f'{start}MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype="text/html";\r\n'
    out = [f'{head}\tboundary="----=_Part"\r\n\r\n'.encode()]
    for kind, data in parts:
        out.append(f"------=_Part\r\nContent-Type: {kind}\r\nContent-Transfer-Encoding: base64\r\n".encode())
        out.append(b"Content-Location: file:///C:/x.htm\r\n\r\n" + encodebytes(data))
    return b"".join(out) + b"------=_Part--\r\n"


def mail(body: str, *attachments: tuple[str, bytes], subtype: str = "plain") -> bytes:
    message = EmailMessage(policy=SMTP)
    message["From"] = "office@yunling.example"
    message["Subject"] = "报送年度报告"
    message.set_content(body, subtype=subtype)
    for name, data in attachments:
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def read(data: bytes) -> Document:
    return mhtml.read(Source("年报.mht", data))


def text_of(document: Document) -> str:
    return "\n".join(block.text for block in document.blocks if isinstance(block, Paragraph))


def values(document: Document) -> list[str]:
    return [cell.text for block in document.blocks if isinstance(block, Table) for cell in block.cells]


@pytest.mark.parametrize("start", ['From: "Saved by Blink"\r\n', "", "\r\nX-Mailer: Foxmail 7\r\n"])
def test_a_saved_page_is_told_by_its_headers(start: str) -> None:
    assert sniff(saved_page(("text/html", PAGE.encode()), start=start)) == "mhtml"


def test_a_mail_is_told_by_its_headers() -> None:
    assert sniff(mail("附件是年度报告。", ("年报.docx", WORD))) == "mhtml"


def test_text_that_begins_like_a_header_is_text() -> None:
    assert sniff("发布机构: 云岭县档案局\nFrom: 云岭县\n\n2023年主动公开信息12条。\n".encode()) == "text"


def test_a_saved_page_gives_the_report_of_the_page() -> None:
    report = extractor.parse(saved_page(("text/html", PAGE.encode()), ("text/css", b"p{}")))
    original = extractor.parse(FIXTURES / "html-plain-2021" / "source.html")
    assert report.source.format == "html"
    assert (report.verdict, report.tables, report.title) == ("verified", original.tables, original.title)


def test_the_encoding_that_a_part_states_counts() -> None:
    page = f"<html><body>{LINE}</body></html>"
    assert "均已办结" in text_of(read(saved_page(('text/html; charset="gb2312"', page.encode("gb18030")))))


def test_an_encoding_that_is_stated_wrongly_is_found() -> None:
    page = f'<html><meta charset="gbk"><body>{LINE * 3}</body></html>'
    assert "均已办结" in text_of(read(saved_page(('text/html; charset="us-ascii"', page.encode("gbk")))))


def test_a_frame_is_read_where_the_tables_stand_in_it() -> None:
    outer = f"<html><body>{LINE}<iframe src='x'></iframe></body></html>"
    inner = f"<html><body>{LINE}{TABLE.format(12)}</body></html>"
    assert values(read(saved_page(("text/html", outer.encode()), ("text/html", inner.encode())))) == [
        "规章",
        "12",
        "行政许可",
        "3",
    ]


def test_a_mail_with_the_report_in_its_text_is_read_as_a_page() -> None:
    document = read(mail(f"<html><body>{LINE}{TABLE.format(7)}</body></html>", subtype="html"))
    assert (document.format, values(document)[1]) == ("html", "7")


def test_a_report_that_is_attached_is_read_and_named() -> None:
    report = extractor.parse(mail("年度报告见附件。", ("说明.txt", "无".encode()), ("年报.docx", WORD)))
    assert (report.verdict, report.source.format) == ("verified", "docx")
    assert "内容取自附件《年报.docx》" in [notice.message for notice in report.notices]


def test_a_second_attachment_with_tables_is_said() -> None:
    document = read(mail("见附件。", ("一.docx", WORD), ("二.docx", WORD)))
    assert [notice.code for notice in document.notices] == ["read-from-attachment", "several-attachments"]


def test_a_mail_without_attachments_is_its_text() -> None:
    document = read(mail("云岭县档案局2023年主动公开信息12条。\n"))
    assert (document.format, text_of(document)) == ("text", "云岭县档案局2023年主动公开信息12条。")


@pytest.mark.parametrize(
    "data",
    [
        saved_page(("image/png", b"\x89PNG")),
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n",
        mail("", ("年报.docx", WORD[:800])),
    ],
)
def test_what_holds_nothing_readable_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable):
        read(data)


def test_parts_nested_thousands_deep_are_refused() -> None:
    head = b"From: a\r\nMIME-Version: 1.0\r\n"
    nested = b"".join(
        b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (n, n) for n in range(3000)
    )
    with pytest.raises(Unreadable, match="层数太多"):
        read(head + nested + b"Content-Type: text/html\r\n\r\n<p>x</p>")


def test_a_style_sheet_saved_with_a_page_hides_what_it_hides_there() -> None:
    link = "<link rel=stylesheet href='file:///C:/x.htm'>"
    page = link + TABLE.format("<i class=old>8</i>17")
    styled = saved_page(("text/html", page.encode()), ("text/css", b".old { display: none }"))
    for saved, read in ((styled, "17"), (saved_page(("text/html", page.encode())), "817")):
        (table,) = [each for each in mhtml.read(Source("a.mht", saved)).blocks if isinstance(each, Table)]
        assert table.cells[1].text == read
