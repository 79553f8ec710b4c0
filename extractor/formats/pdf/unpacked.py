"""What the streams of a PDF unpack to, counted before pdfium unpacks any of them.

A stream of 2 MB may unpack to 2 GB, which pdfium holds in memory at once, and no limit reaches into it.
"""

import re
import zlib
from collections.abc import Iterator

from extractor.patterns import kept_pattern

MOST_UNPACKED = 128 << 20  # bytes of one stream; the contents of a page have 1 MB, a whole Chinese font 20
_AT_MOST = 1032  # times its size a stream unpacks to, by the format of zlib
_STREAM = kept_pattern(rb"stream\r?\n")
_END = b"endstream"
_IMAGE = kept_pattern(rb"/Subtype\s*/Image\b")  # pdfium itself takes no larger picture than it can hold
_DICTIONARY = 2048  # bytes before a stream in which its dictionary begins
_PIECE = 16 << 10  # packed bytes that are unpacked together
_STEP = 1 << 20  # unpacked bytes held at a time
_FILTERS = 4  # one inside the other


def unpacks_to_too_much(data: bytes) -> bool:
    """Say whether a stream of these bytes, pictures apart, unpacks to more than `MOST_UNPACKED`."""
    return any(
        _is_too_large(data, match.end())
        for match in _STREAM.finditer(data)
        if not (_ends_one(data, match) or _is_small(data, match) or _is_image(data, match))
    )


def _ends_one(data: bytes, stream: re.Match[bytes]) -> bool:
    return data[max(0, stream.start() - 3) : stream.start()] == b"end"


def _is_small(data: bytes, stream: re.Match[bytes]) -> bool:
    """Say whether a stream, packed once, is too short for unpacking to much."""
    end = data.find(_END, stream.end())
    size = (end if end >= 0 else len(data)) - stream.end()
    return size * _AT_MOST <= MOST_UNPACKED and _dictionary(data, stream).count(b"/Fl") < 2


def _dictionary(data: bytes, stream: re.Match[bytes]) -> bytes:
    return data[max(0, stream.start() - _DICTIONARY) : stream.start()].rpartition(b" obj")[2]


def _is_image(data: bytes, stream: re.Match[bytes]) -> bool:
    return _IMAGE.search(_dictionary(data, stream)) is not None


def _is_too_large(data: bytes, start: int) -> bool:
    """Unpack the stream at a place, and what comes out once more where that is packed too."""
    for filters in range(1, _FILTERS + 1):
        size, head = 0, b""
        for piece in _unpacked(data, start, filters):
            head = head or piece[:2]
            size += len(piece)
            if size > MOST_UNPACKED:
                return True
        if not _is_packed(head):
            return False
    return False


def _is_packed(head: bytes) -> bool:
    return len(head) == 2 and head[0] & 15 == zlib.DEFLATED and int.from_bytes(head, "big") % 31 == 0


def _unpacked(data: bytes, start: int, filters: int) -> Iterator[bytes]:
    pieces: Iterator[bytes] = (data[at : at + _PIECE] for at in range(start, len(data), _PIECE))
    for _ in range(filters):
        pieces = _inflated(pieces)
    return pieces


def _inflated(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Yield what packed pieces unpack to, up to the end of the stream or its first damage."""
    unpacker = zlib.decompressobj()
    for piece in pieces:
        rest = piece
        while rest and not unpacker.eof:
            try:
                out = unpacker.decompress(rest, _STEP)
            except zlib.error:
                return
            rest = unpacker.unconsumed_tail
            if out:
                yield out
        if unpacker.eof:
            return
