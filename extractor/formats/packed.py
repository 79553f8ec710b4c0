"""Documents in an unusual wrapping: packed by gzip, as some crawlers save them, or a package in one XML file.

Word saves the parts of its package as one XML file too ("Flat OPC"), under the names .xml and .doc.
"""

import io
import zipfile
import zlib
from base64 import b64decode

from lxml import etree
from msgspec import structs

from extractor.document import Source
from extractor.errors import Unreadable

_GZIP = b"\x1f\x8b"
_LARGEST = 256 << 20  # bytes: no report is larger, and a bomb stops here
_DEEPEST = 3  # times packed
_HEAD = 2000  # bytes
_PKG = "{http://schemas.microsoft.com/office/2006/xmlPackage}"


def unpacked(source: Source) -> Source:
    """Return the document inside, or the source itself where it is not packed.

    Raises:
        Unreadable: the packed bytes are damaged, or far too many.
    """
    for _ in range(_DEEPEST):
        if source.data.startswith(_GZIP):
            source = structs.replace(source, data=_inflated(source))
        elif b"<pkg:package" in source.data[:_HEAD]:
            return structs.replace(source, data=_zipped(source))
        else:
            break
    return source


def _zipped(source: Source) -> bytes:
    """Return the parts of a package in one XML file as the ZIP file that Word makes of them otherwise."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        root = etree.fromstring(source.data, parser)
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
    inflate = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        data = inflate.decompress(source.data, _LARGEST)
    except zlib.error as error:
        raise Unreadable(f"{source.name}: gzip 压缩的内容已损坏") from error
    if inflate.unconsumed_tail:
        raise Unreadable(f"{source.name}: gzip 解压后超过 {_LARGEST >> 20} MB")
    return data
