"""Decodes the bytes of an answer, and detects the kind of file."""

import codecs
import re

# Codecs of Python that are no charsets: any bytes are something in them.
_OF_NO_PAGE = frozenset({"idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape", "utf-7"})
_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.I)


def text_of(body: bytes, content_type: str = "") -> str:
    """Return the text of a page, script or list: by its mark, as UTF-8, by what it declares, as GB18030.

    >>> text_of("云岭".encode("gbk"), "text/html; charset=utf-8")
    '云岭'
    """
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_as_declared(body, content_type)


def _decode_as_declared(body: bytes, content_type: str) -> str:
    # One broken byte in a page of UTF-8 must not turn the whole page into GBK.
    best = body.decode("utf-8", "replace")
    for declared in (*_DECLARED.findall(content_type.encode()), *_DECLARED.findall(body[:8192]), b"gb18030"):
        name = declared.decode("ascii").lower()
        name = "gb18030" if name in ("gb2312", "gbk", "gb_2312-80", "x-gbk") else name
        try:
            text = body.decode(name, "replace") if codecs.lookup(name).name not in _OF_NO_PAGE else best
        except LookupError:
            continue
        if text.count("\ufffd") < best.count("\ufffd"):
            best = text
    return best


def magic_of(body: bytes) -> str:
    """Return the kind that the first bytes show: pdf, zip, ole, rar, 7z, rtf, png, jpg, tif, html or ""."""
    head = body[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    marks = {
        b"%PDF": "pdf",
        b"PK\x03\x04": "zip",
        b"\xd0\xcf\x11\xe0": "ole",
        b"Rar!": "rar",
        b"7z\xbc\xaf": "7z",
        b"{\\rtf": "rtf",
        b"\x89PNG": "png",
        b"\xff\xd8\xff": "jpg",
        b"II*\x00": "tif",
        b"MM\x00*": "tif",
    }
    for mark, kind in marks.items():
        if head.startswith(mark):
            return kind
    return "html" if re.match(rb"<[!?a-z]", head, re.I) else ""
