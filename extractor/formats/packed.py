"""Documents in unusual wrappings: gzip, a package as one XML file, an article in a JSON or JSONP response.

Word can save its package as one XML file ("Flat OPC"); Word 2003 has an XML format of its own. Both are named
.xml or .doc.
"""

import io
import re
from base64 import b64decode
from collections.abc import Iterator
from html import escape, unescape
from typing import Any

from msgspec import structs

from extractor.document import Source
from extractor.encoding import decode
from extractor.errors import Unreadable
from extractor.formats.word_xml import is_word_2003, package_of_word_2003
from extractor.http_payload import TooLarge, without_content_encoding
from extractor.magic import magic_of
from extractor.patterns import kept_pattern, late_pattern

_LARGEST = 256 << 20  # bytes: larger than any report, to stop decompression bombs
_DEEPEST = 3  # levels of compression
_HEAD = 2000  # bytes
_LONGEST_TITLE = 200  # characters
_FEWEST_LINES = 10  # lines of an article without markup
_TABLE = kept_pattern(r"<table[\s>]", re.IGNORECASE)
_MARKUP = kept_pattern(r"(?:<|&lt;)(?:table|p|div)[\s>/&]", re.IGNORECASE)
_ANSWER = kept_pattern(rb"(?:\xef\xbb\xbf)?\s*(?:(?:/\*\*/\s*)?[\w.$]{1,80}\(\s*)?[{\[]")
_CALL = late_pattern(r"(?:/\*\*/\s*)?[\w.$]{1,80}\(\s*(?=[{\[])")
_PKG = "{http://schemas.microsoft.com/office/2006/xmlPackage}"


def unpacked(source: Source) -> Source:
    """Return the document inside, or the source itself if it is not wrapped.

    Raises:
        Unreadable: the packed bytes are damaged, or far too many.
    """
    for _ in range(_DEEPEST):
        if magic_of(source.data) == "gzip":
            source = structs.replace(source, data=_inflated(source))
        elif b"<pkg:package" in source.data[:_HEAD]:
            return structs.replace(source, data=_zipped(source))
        elif is_word_2003(source.data[:_HEAD]):
            return structs.replace(source, data=package_of_word_2003(source))
        elif _ANSWER.match(source.data[:_HEAD]):
            return _article_in_json(source)
        else:
            break
    return source


def _article_in_json(source: Source) -> Source:
    """Return the longest article in a JSON response, as markup or else as lines of text.

    The source itself if there is none.
    """
    import json

    try:
        answer = decode(source.data)[0].lstrip("\ufeff \t\r\n")
        called = _CALL.match(answer)
        if called:  # callback({…});
            answer = answer[called.end() :].rstrip("); \t\r\n")
        texts = list(_texts_in(json.loads(answer), ""))
    except (ValueError, RecursionError):
        return source
    article = max((text for _, text in texts if _MARKUP.search(text)), key=len, default="")
    if "&lt;" in article and not _TABLE.search(article):
        article = unescape(article)
    title = next((text for key, text in texts if _is_title(key, text)), "")
    if not article:
        plain = max((text for _, text in texts if text.count("\n") >= _FEWEST_LINES), key=len, default="")
        return (
            structs.replace(source, data=f"{title}\n{plain}".encode("utf-8", "replace")) if plain else source
        )
    head = f'<head><meta charset="utf-8"><title>{escape(title)}</title></head>'
    return structs.replace(
        source, data=f"<html>{head}<body>{article}</body></html>".encode("utf-8", "replace")
    )


def _is_title(key: str, text: str) -> bool:
    return key.lower() in ("title", "标题") and len(text) < _LONGEST_TITLE


def _texts_in(answer: Any, key: str) -> Iterator[tuple[str, str]]:
    """Yield the texts in a response, each with its key."""
    if isinstance(answer, str):
        yield key, answer
    elif isinstance(answer, dict):
        for name, value in answer.items():
            yield from _texts_in(value, str(name))
    elif isinstance(answer, list):
        for value in answer:
            yield from _texts_in(value, key)


def _zipped(source: Source) -> bytes:
    """Return a Flat OPC file as the equivalent ZIP package."""
    import zipfile  # these three are slow to import and rarely needed

    from lxml import etree

    from extractor.formats.package import new_parser

    try:
        root = etree.fromstring(source.data, new_parser())
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable(f"{source.name}: Word XML 文件不是完好的 XML") from error
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for part in root.iterfind(f"{_PKG}part"):
            name = (part.get(f"{_PKG}name") or "").lstrip("/")
            tree = part.find(f"{_PKG}xmlData/*")
            binary = part.findtext(f"{_PKG}binaryData")
            if name and tree is not None:
                archive.writestr(name, etree.tostring(tree, encoding="UTF-8", xml_declaration=True))
            elif name and binary is not None:
                archive.writestr(name, _decoded(binary))
    return buffer.getvalue()


def _decoded(text: str) -> bytes:
    try:
        return b64decode(text)
    except ValueError:
        return b""


def _inflated(source: Source) -> bytes:
    try:
        return without_content_encoding(source.data, "gzip", _LARGEST)
    except ValueError as error:
        raise Unreadable(f"{source.name}: gzip 压缩的内容已损坏或不完整") from error
    except TooLarge as error:
        raise Unreadable(f"{source.name}: gzip 解压后超过 {_LARGEST >> 20} MB") from error
