"""Which digits the fonts that a document brings along draw, told by the outlines of their glyphs.

One rule for web pages, Word files and OFD: a font that draws other digits than the stored ones, all of them
clear, is read by its outlines; one whose outlines are not clear leaves the digits unread.
"""

import struct
import zlib
from collections.abc import Iterable

DIGITS = "0123456789"
# What a font draws for digits: by their codes, others than themselves; None if that is not clear.
FontDigits = dict[int, str] | None

HONEST: FontDigits = {}
_SFNT = (b"\0\1\0\0", b"OTTO", b"true")


def digits_of_font(data: bytes) -> FontDigits:
    """Return what a font draws for digits: nothing but themselves where its outlines prove nothing else.

    None if the font cannot be read: only a TrueType, OpenType or WOFF file can.
    """
    from extractor.formats.pdf.digits import digits_in_font  # pdfium, which few pages and Word files need

    program = _unpacked(data)
    drawn = digits_in_font(program) if program.startswith(_SFNT) else None
    if drawn is None:
        return None
    others = {ord(digit): shown for digit, shown in drawn.items() if shown != digit}
    if others and (len(drawn) < len(DIGITS) or len(set(drawn.values())) < len(drawn)):
        return None
    return others


def substitutes(data: bytes) -> bool:
    """Return whether a font may draw other glyphs for some sequences of characters (its table GSUB)."""
    program = _unpacked(data)
    count = int.from_bytes(program[4:6], "big")
    return b"GSUB" in (program[12 + 16 * at : 16 + 16 * at] for at in range(count))


def joined(fonts: Iterable[FontDigits]) -> FontDigits:
    """Return what several fonts draw for digits; None if they differ."""
    first, *others = [*fonts] or [HONEST]
    return first if all(each == first for each in others) else None


def _unpacked(data: bytes) -> bytes:
    """Return the sfnt in a WOFF file; other data as they are, as WOFF 2 is not read."""
    if data[:4] != b"wOFF" or len(data) < 44:
        return data
    count = int.from_bytes(data[12:14], "big")
    entries = [data[44 + 20 * at : 64 + 20 * at] for at in range(count)]
    tables, at = [], 12 + 16 * count
    directory = b""
    try:
        for entry in entries:
            tag, offset, packed, size, checksum = struct.unpack(">4sIIII", entry)
            part = data[offset : offset + packed]
            table = part if packed == size else zlib.decompressobj().decompress(part, size)
            directory += tag + struct.pack(">III", checksum, at, size)
            tables.append(table + b"\0" * (-size % 4))
            at += size + -size % 4
    except (struct.error, zlib.error):
        return data
    head = data[4:8] + struct.pack(">HHHH", count, 0, 0, 0)
    return head + directory + b"".join(tables)
