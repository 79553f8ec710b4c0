"""Decodes the body of an HTTP response.

The result is without chunks and compression, limited in size, and complete; otherwise an error is raised.
"""

import zlib

from extractor.magic import magic_of
from extractor.patterns import kept_pattern

_STEP = 1 << 18
_SIZE_LINE = 64  # bytes; more than any valid chunk needs for its size line
# bytes that look like a chunk's size line, right or wrong
_CHUNK_LINE = kept_pattern(rb"\w{1,16}\s*(;[^\n]{0,40})?\r\n")


class TooLarge(Exception):
    """The decoded body is larger than the limit."""


def without_transfer_encoding(raw: bytes, encoding: str) -> bytes:
    """Return a body without chunked transfer encoding, if it has any.

    Archives that store the decoded body under the original header are common, so bytes that
    do not begin with a chunk's size line (`1f4`) are returned as they are.

    Raises:
        ValueError: A chunk is damaged, or the last one is missing.
    """
    if "chunked" not in encoding.lower() or not _CHUNK_LINE.match(raw):
        return raw
    pieces: list[bytes] = []
    at = 0
    while True:
        told = _chunk_size(raw, at)
        if told is None:
            raise ValueError("a chunk does not say its size")
        size, begin = told
        if size == 0:
            return b"".join(pieces)
        if begin + size > len(raw):
            raise ValueError("a chunk ends too early")
        pieces.append(raw[begin : begin + size])
        at = begin + size + (2 if raw[begin + size : begin + size + 2] == b"\r\n" else 1)


def _chunk_size(raw: bytes, at: int) -> tuple[int, int] | None:
    """Return the size of the chunk at an offset and where its bytes begin; None if there is no size."""
    end = raw.find(b"\n", at, at + _SIZE_LINE)
    digits = raw[at:end].split(b";")[0].strip() if end >= 0 else b""
    if not digits or digits.strip(b"0123456789abcdefABCDEF"):
        return None
    return int(digits, 16), end + 1


def without_content_encoding(raw: bytes, encoding: str, limit: int) -> bytes:
    """Return a body without its Content-Encoding.

    A body that is not compressed although its header says so is returned unchanged, as browsers do.

    Raises:
        TooLarge: More than `limit` bytes would come out.
        ValueError: The compressed bytes are damaged or end too early, or the encoding is unknown.
    """
    for name in reversed([part.strip().lower() for part in encoding.split(",") if part.strip()]):
        if name in ("gzip", "x-gzip"):
            raw = _inflate(raw, 31, limit) if magic_of(raw) == "gzip" else raw
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
        raw = engine.unused_data if magic_of(engine.unused_data) == "gzip" else b""
    return b"".join(pieces)
