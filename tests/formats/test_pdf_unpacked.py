"""A PDF whose streams unpack to more than any memory holds is refused before anything is unpacked."""

import zlib

import pytest

from extractor import parse
from extractor.errors import Unreadable
from extractor.formats.pdf.unpacked import MOST_UNPACKED, unpacks_to_too_much

_MEBIBYTE = 1 << 20


def packed(mebibytes: int) -> bytes:
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(b" " * _MEBIBYTE) for _ in range(mebibytes)) + packer.flush()


def stream(body: bytes, told: bytes = b"/Filter/FlateDecode") -> bytes:
    return b"5 0 obj\n<<%b/Length %d>>stream\r\n%b\nendstream\nendobj\n" % (told, len(body), body)


TOO_LARGE = packed(MOST_UNPACKED // _MEBIBYTE + 1)


@pytest.mark.parametrize(
    ("data", "too_much"),
    [
        (stream(packed(2)), False),
        (stream(packed(2)[:900]), False),
        (stream(b"q Q\n" * 50_000), False),
        (stream(TOO_LARGE), True),
        (stream(packed(1)) + stream(TOO_LARGE), True),
        (stream(zlib.compress(TOO_LARGE), b"/Filter[/FlateDecode/FlateDecode]"), True),
        (stream(zlib.compress(zlib.compress(TOO_LARGE)), b"/Filter[/FlateDecode/FlateDecode/Fl]"), True),
        (stream(TOO_LARGE, b"/Type/XObject/Subtype /Image/Filter/FlateDecode"), False),
    ],
    ids=["usual", "cut", "plain", "large", "second", "twice", "thrice", "picture"],
)
def test_what_streams_unpack_to_is_told(data: bytes, too_much: bool) -> None:
    assert unpacks_to_too_much(b"%PDF-1.4\n" + data) is too_much


def test_such_a_file_is_unreadable() -> None:
    with pytest.raises(Unreadable, match="展开后超过了 128 MiB"):
        parse(b"%PDF-1.4\n" + stream(TOO_LARGE) + b"%%EOF")
