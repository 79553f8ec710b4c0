"""The first bytes (magic numbers) of all kinds of file that the package handles, in one table.

Readers, the unpacking of archives and the crawler tell a file by them, never by its name.
"""

import re

from extractor.patterns import kept_pattern

_STARTS = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"GIF8", "gif"),
    (b"Rar!", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b", "gzip"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"\x28\xb5\x2f\xfd", "zst"),
    (b"WARC/", "warc"),
    (b"\x7fELF", "program"),
)
# three letters alone could be the beginning of a text
_BZIP2 = kept_pattern(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)")
_TAR_AT = 257
_PDF_WITHIN = 1024  # bytes that may precede the header of a PDF
_TAG = kept_pattern(rb"(?:\xef\xbb\xbf)?[ \t\r\n]*<[!?a-z]", re.IGNORECASE)
HEAD_SIZE = _PDF_WITHIN


def magic_of(head: bytes) -> str:
    """Name the kind of file that begins like this; "" if no signature is known to begin so.

    >>> magic_of(b"%PDF-1.7"), magic_of(b"PK" + bytes([3, 4])), magic_of("年度报告".encode())
    ('pdf', 'zip', '')
    """
    head = head[:HEAD_SIZE]
    for start, kind in _STARTS:
        if head.startswith(start):
            return kind
    if head[_TAR_AT : _TAR_AT + 5] == b"ustar":
        return "tar"
    if b"%PDF-" in head:
        return "pdf"
    if _BZIP2.match(head):
        return "bz2"
    return _magic_in_two_places(head)


def _magic_in_two_places(head: bytes) -> str:
    """Name kinds whose first letters may also begin a text, so a second place in the head must match too."""
    if head.startswith(b"BM") and head[6:10] == b"\x00\x00\x00\x00":
        return "bmp"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "webp"
    if head.startswith(b"MZ") and b"\x00" in head[:64]:
        return "program"
    return ""


def begins_with_a_tag(head: bytes) -> bool:
    """Return whether a file begins with a tag, as a web page or XML does.

    >>> begins_with_a_tag(b"  <!DOCTYPE html>"), begins_with_a_tag(b"a < b")
    (True, False)
    """
    return _TAG.match(head) is not None
