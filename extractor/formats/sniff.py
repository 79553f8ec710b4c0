"""Recognizes a format from the bytes, never from the file name.

Government sites serve HTML as `.doc`, and login pages as `.pdf`.
"""

import re

from extractor.encoding import decode, share_of_known
from extractor.magic import HEAD_SIZE, magic_of
from extractor.patterns import kept_pattern

_SAMPLE = 1 << 16  # bytes that suffice to recognize a web page
_TAG = kept_pattern(
    rb"<(?:!doctype\s+html|html|head|body|table|div|p|span|meta|title|article|section|h[1-6]|ul|tbody|tr|td|br|"
    rb"font|center|style|script|xml|a|img|iframe|ucapcontent)(?=[\s/>])[^<>]*>",
    re.IGNORECASE,
)
_PAGE = kept_pattern(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_FRAGMENT = kept_pattern(
    rb"\s*(?:<!--.{0,2000}?-->\s*)*<(?:meta|title|p|div|table|section|article|h[1-6]|ul|ucapcontent)[\s/>]",
    re.I | re.S,
)
_HEADER_BLOCK = kept_pattern(rb"\s*(?:[!-9;-~]+[ \t]*:[^\n]*\n(?:[ \t][^\n]*\n)*)+")
_MIME = kept_pattern(rb"^content-type[ \t]*:", re.IGNORECASE | re.MULTILINE)
_MAIL = kept_pattern(rb"^(?:mime-version|from|subject|message-id)[ \t]*:", re.IGNORECASE | re.MULTILINE)
_JSON = kept_pattern(rb'\s*[\[{]\s*(?:\{\s*)?"')
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1a\x1b"))
_EXCERPT = 1 << 12  # bytes
_LEAST_KNOWN = 0.02  # even a text that was decoded wrongly twice has its digits and blanks
_MOST_CONTROLS = 50  # a text has less than one control character in so many characters
_PIPED = kept_pattern(
    rb"^[ \t]*\|.*\|[ \t]*\r?$", re.MULTILINE
)  # rows of Markdown, whose cells may hold <br>
_LINES_A_TAG = 4  # a page has at least one tag in so many lines; a text that quotes tags has fewer


def sniff(data: bytes) -> str:
    """Name the format: html, docx, pdf, text, or a format that is known but read elsewhere."""
    kind = magic_of(data[:HEAD_SIZE])
    if kind == "zip":
        return _kind_of_zip(data)
    return kind or _kind_of_text(data)


def _kind_of_zip(data: bytes) -> str:
    # Member names occur in the local headers and in the directory at the end, so even a damaged archive shows
    # which format it was.
    if b"word/" in data:
        return "docx"
    if b"[Content_Types].xml" in data and b"xl/" not in data and b"ppt/" not in data:
        return "docx"
    if b"application/vnd.oasis.opendocument" in data[:200]:
        return "odf"
    if b"OFD.xml" in data:
        return "ofd"
    if b"xl/" in data:
        return "xlsx"
    return "zip"


def _kind_of_text(data: bytes) -> str:
    sample = data[:_SAMPLE]
    if b"\x00" in sample or sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        text, encoding = decode(sample)
        if not encoding.startswith(("utf-16", "utf-32")):
            return "binary"
        sample = text.encode("utf-8", "replace")
    sample = sample.removeprefix(b"\xef\xbb\xbf")
    if (len(sample) - len(sample.translate(None, _CONTROLS))) * _MOST_CONTROLS > len(sample):
        return "binary"
    if _PAGE.match(sample):
        return "html"
    headers = _HEADER_BLOCK.match(sample)
    if headers and _MIME.search(headers.group()) and _MAIL.search(headers.group()):
        return "mhtml"
    if _JSON.match(sample):
        return "json"
    if _has_tags_of_a_page(sample):
        return "html"
    # Almost any bytes are valid GB18030, but rarely make a text.
    return "text" if share_of_known(decode(sample[:_EXCERPT])[0]) >= _LEAST_KNOWN else "binary"


def _has_tags_of_a_page(sample: bytes) -> bool:
    """Return whether this is a fragment of a web page, not a text that only quotes tags."""
    tags = len(_TAG.findall(_PIPED.sub(b"", sample) if b"|-" in sample else sample))
    if not tags:
        return False
    if _FRAGMENT.match(sample) or b"</html" in sample.lower():
        return True
    lines = sample.count(b"\n") or sample.count(b"\r")
    return tags >= 2 and tags * _LINES_A_TAG >= lines
