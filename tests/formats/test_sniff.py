"""A format is told by its bytes."""

import pytest

from extractor.formats.sniff import sniff

LINE = "云岭县档案局2023年主动公开信息12条，收到申请3件，均已办结。\n"
PAGE = f"<div class='art'><p>{LINE}</p><table><tr><td>规章</td><td>0</td></tr></table></div>"


@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "utf-8-sig", "utf-16", "utf-16-le"])
def test_a_page_is_html_in_any_encoding(encoding):
    assert sniff(f"<!DOCTYPE html><html><body>{PAGE}</body></html>".encode(encoding)) == "html"


@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "utf-8-sig", "utf-16", "utf-16-le"])
def test_running_text_is_text_in_any_encoding(encoding):
    assert sniff((LINE * 5).encode(encoding)) == "text"


@pytest.mark.parametrize(
    "page",
    [
        PAGE,
        f"\r\n\r\n <!-- a comment first -->\r\n{PAGE}",
        f"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'>{PAGE}</html>",
        f"<P class=MsoNormal>{LINE}</P>",
        f"<o:p></o:p><SPAN>{LINE}</SPAN><TABLE><TR><TD>1</TD></TR></TABLE>",
        f"{LINE}<br>{LINE}<br/>{LINE}<br />",
        f"标题：年报\n<table border=1><tr><td>规章<td>0</table>\n{LINE}",
        f"<article>{LINE}</article>",
        f"<h1>{LINE}</h1>",
        f"<ucapcontent><p>{LINE}</p></ucapcontent>",
    ],
)
def test_fragments_of_pages_are_html(page):
    assert sniff(page.encode()) == "html"


@pytest.mark.parametrize(
    "text",
    [
        LINE * 50 + "<!--[if !supportMisalignedColumns]-->" + LINE * 50,
        LINE * 50 + "<br>" + LINE * 50,
        "本报告可从网站（<www.yunling.example>）下载。\n" + LINE * 20,
        "1 < 2，3 > 2。\n" + LINE,
        "# 云岭县档案局\n\n| 规章 | 0 |\n|---|---|\n" + LINE,
        "<云岭县档案局2023年年度报告>\n" + LINE,
    ],
)
def test_text_that_quotes_a_tag_is_still_text(text):
    assert sniff(text.encode()) == "text"


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"%PDF-1.7\n", "pdf"),
        (b"\r\n%PDF-1.4\n", "pdf"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "ole"),
        (b"\x89PNG\r\n", "png"),
        (b"\xff\xd8\xff\xe0", "jpeg"),
        (b"{\\rtf1", "rtf"),
        (b"PK\x03\x04....word/document.xml", "docx"),
        (b"PK\x03\x04....OFD.xml", "ofd"),
        (b"PK\x03\x04....xl/workbook.xml", "xlsx"),
        (b"PK\x03\x04....a.txt", "zip"),
        (bytes(range(256)) * 20, "binary"),
        (b"\xa5" * 4096, "binary"),
        (bytes((n * n * 31 + n * 7919) % 251 + 1 for n in range(4096)), "binary"),
    ],
)
def test_other_formats_are_told_by_their_first_bytes(data, name):
    assert sniff(data) == name


def test_a_page_saved_by_word_as_mime_parts_is_named():
    assert sniff(b"MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\r\n------=_Next") == "mhtml"


def test_a_blank_file_and_a_file_of_digits_are_text():
    assert sniff(b"") == sniff(b" \r\n ") == "text"
    assert sniff(b"12 0 3\n") == "text"
