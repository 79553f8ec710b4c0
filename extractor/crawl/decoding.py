"""Bytes as they came, to bytes as they were meant, to text: bounded, and never half."""

import codecs
import re
import zlib

_STEP = 1 << 18
_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.I)


class TooLarge(Exception):
    """The decoded bytes pass the limit: a bomb, or a file of no use here."""


def without_content_encoding(raw: bytes, encoding: str, limit: int) -> bytes:
    """Return a body freed of its Content-Encoding.

    A body that is not compressed though its header says so is returned as it is: browsers
    show such pages too.

    Raises:
        TooLarge: More than `limit` bytes would come out.
        ValueError: The compressed bytes are damaged or end too early.
    """
    for name in reversed([part.strip().lower() for part in encoding.split(",") if part.strip()]):
        if name in ("gzip", "x-gzip"):
            raw = _inflate(raw, 31, limit) if raw[:2] == b"\x1f\x8b" else raw
        elif name == "deflate":
            raw = _inflate(raw, 15 if raw[:1] == b"\x78" else -15, limit)
        elif name != "identity":
            raise ValueError(name)
    return raw


def _inflate(raw: bytes, window: int, limit: int) -> bytes:
    pieces: list[bytes] = []
    size = 0
    while raw:
        engine = zlib.decompressobj(window)
        rest = raw
        while not engine.eof:
            try:
                piece = engine.decompress(rest, _STEP)
            except zlib.error as error:
                raise ValueError(str(error)) from error
            rest = engine.unconsumed_tail
            size += len(piece)
            if size > limit:
                raise TooLarge(f"{limit}")
            pieces.append(piece)
            if not piece and not rest and not engine.eof:
                raise ValueError("ends too early")
        raw = engine.unused_data if engine.unused_data[:2] == b"\x1f\x8b" else b""
    return b"".join(pieces)


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
            text = body.decode(name, "replace")
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
