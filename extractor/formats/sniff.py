"""Tell a format from the bytes, never from the file name.

Government sites serve `.doc` that is HTML and `.pdf` that is a login page.
"""

import re

_HTML = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|table|div|p|span|meta|title|article|section|h[1-6]|ul|tbody|tr|br|"
    rb"font|center|style|script|xml|a|img|iframe)\b[^<]*>",
    re.IGNORECASE,
)
_TAG_RATE = 40  # a page has many tags; a text that quotes one has few


def sniff(data: bytes) -> str:
    """Name the format: html, docx, pdf, text, or a format that is known but read elsewhere."""
    head = data[:4096]
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        return _kind_of_zip(data)
    for magic, name in _MAGIC:
        if head.startswith(magic):
            return name
    return _kind_of_text(data)


_MAGIC = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"GIF8", "gif"),
    (b"BM", "bmp"),
    (b"Rar!", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b", "gzip"),
    (b"\x7fELF", "program"),
    (b"MZ", "program"),
)


def _kind_of_zip(data: bytes) -> str:
    # Member names stand plainly in the local headers and again in the directory at the
    # end, so a damaged archive can still be named by what it wanted to be.
    if b"word/" in data or b"[Content_Types].xml" in data and b"xl/" not in data and b"ppt/" not in data:
        return "docx"
    if b"OFD.xml" in data:
        return "ofd"
    if b"xl/" in data:
        return "xlsx"
    return "zip"


def _kind_of_text(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        sample = data[: 1 << 16].replace(b"\x00", b"")
    else:
        sample = data[: 1 << 20]
        if b"\x00" in sample[:4096] and not _looks_utf16(sample):
            return "binary"
        sample = sample.replace(b"\x00", b"")
    tags = len(_HTML.findall(sample))
    opens_as_page = re.match(rb"[\s\xef\xbb\xbf\xff\xfe]*<(?:!doctype|html|\?xml|!--|head|meta|p|div|table)\b", sample, re.I)
    if tags and (opens_as_page or tags * 4000 / max(len(sample), 1) >= _TAG_RATE / 10 or b"</html" in sample.lower()):
        return "html"
    return "text"


def _looks_utf16(sample: bytes) -> bool:
    even, odd = sample[0:4096:2].count(0), sample[1:4096:2].count(0)
    return max(even, odd) > 4 * (min(even, odd) + 1)
