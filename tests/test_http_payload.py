"""Bodies of HTTP answers are freed of chunks and compression, and refused where they are damaged."""

import gzip
import zlib

import pytest

from extractor.http_payload import TooLarge, without_content_encoding, without_transfer_encoding


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "x-gzip", "identity", ""])
def test_bodies_are_freed_of_their_encoding(encoding: str) -> None:
    plain = b"<p>text</p>" * 100
    packed = {"gzip": gzip.compress, "x-gzip": gzip.compress, "deflate": zlib.compress}.get(encoding, bytes)(
        plain
    )
    assert without_content_encoding(packed, encoding, 10_000) == plain


def test_damaged_and_oversized_bodies_are_refused() -> None:
    packed = gzip.compress(b"0" * 100_000)
    with pytest.raises(TooLarge):
        without_content_encoding(packed, "gzip", 50_000)
    with pytest.raises(ValueError, match="early"):
        without_content_encoding(packed[:-12], "gzip", 200_000)
    with pytest.raises(ValueError, match="br"):
        without_content_encoding(b"x", "br", 10)


@pytest.mark.parametrize(
    ("raw", "plain"),
    [
        (b"4\r\n<p>a\r\n4;x=1\r\n</p>\r\n0\r\n\r\n", b"<p>a</p>"),
        (b"<p>stored as it was decoded</p>", b"<p>stored as it was decoded</p>"),
        (b"%PDF-1.4\n", b"%PDF-1.4\n"),
    ],
    ids=["chunked", "decoded page", "decoded file"],
)
def test_bodies_are_freed_of_their_chunks(raw: bytes, plain: bytes) -> None:
    assert without_transfer_encoding(raw, "chunked") == plain
    assert without_transfer_encoding(raw, "") == raw


@pytest.mark.parametrize(
    "raw",
    [b"zz\r\nno size", b"4\r\n<p>a\r\n", b"9\r\n<p>a\r\n0\r\n", b"4\r\n<p>a\r\nzz\r\n"],
)
def test_damaged_chunks_are_refused(raw: bytes) -> None:
    with pytest.raises(ValueError, match="chunk"):
        without_transfer_encoding(raw, "chunked")
