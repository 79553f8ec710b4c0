"""A document that was saved as it came over the wire, packed by gzip: some browsers and crawlers do so."""

import zlib

from msgspec import structs

from extractor.document import Source
from extractor.errors import Unreadable

_GZIP = b"\x1f\x8b"
_LARGEST = 256 << 20  # bytes: no report is larger, and a bomb stops here
_DEEPEST = 3  # times packed


def unpacked(source: Source) -> Source:
    """Return the document inside, or the source itself where it is not packed.

    Raises:
        Unreadable: the packed bytes are damaged, or far too many.
    """
    for _ in range(_DEEPEST):
        if not source.data.startswith(_GZIP):
            break
        source = structs.replace(source, data=_inflated(source))
    return source


def _inflated(source: Source) -> bytes:
    inflate = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        data = inflate.decompress(source.data, _LARGEST)
    except zlib.error as error:
        raise Unreadable(f"{source.name}: gzip 压缩的内容已损坏") from error
    if inflate.unconsumed_tail:
        raise Unreadable(f"{source.name}: gzip 解压后超过 {_LARGEST >> 20} MB")
    return data
