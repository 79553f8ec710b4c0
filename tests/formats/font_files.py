"""Font files whose digits are drawn as others, made of a font that comes with reportlab."""

import io
import struct
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

import reportlab
from pdfminer.pdffont import TrueTypeFont

VERA = (Path(reportlab.__file__).parent / "fonts" / "Vera.ttf").read_bytes()


def drawing(others: Mapping[str, str]) -> bytes:
    """Return a font that draws for each of these digits the other one."""
    glyphs = TrueTypeFont("Vera", io.BytesIO(VERA)).create_unicode_map().cid2unichr
    numbers = {character: number for number, character in glyphs.items()}
    tables = tables_of(VERA)
    count = struct.unpack(">H", tables["maxp"][4:6])[0]
    long = struct.unpack(">h", tables["head"][50:52])[0] == 1
    offsets = struct.unpack(f">{count + 1}{'I' if long else 'H'}", tables["loca"])
    at = [offset if long else 2 * offset for offset in offsets]
    outlines = [tables["glyf"][start:end] for start, end in pairwise(at)]
    drawn = {numbers[digit]: outlines[numbers[other]] for digit, other in others.items()}
    outlines = [drawn.get(number, outline) for number, outline in enumerate(outlines)]
    ends = [0]
    for outline in outlines:
        ends.append(ends[-1] + len(outline))
    tables["glyf"] = b"".join(outlines)
    tables["head"] = tables["head"][:50] + b"\0\1" + tables["head"][52:]
    tables["loca"] = struct.pack(f">{count + 1}I", *ends)
    return _joined(tables)


def tables_of(font: bytes) -> dict[str, bytes]:
    """Return the tables of a font file by their tags."""
    found = {}
    for at in range(12, 12 + 16 * int.from_bytes(font[4:6], "big"), 16):
        tag, _, offset, length = struct.unpack(">4sIII", font[at : at + 16])
        found[tag.decode()] = font[offset : offset + length]
    return found


def _joined(tables: Mapping[str, bytes]) -> bytes:
    directory, content = b"", b""
    first = 12 + 16 * len(tables)
    for tag, data in sorted(tables.items()):
        directory += struct.pack(">4sIII", tag.encode(), 0, first + len(content), len(data))
        content += data + b"\0" * (-len(data) % 4)
    return b"\0\1\0\0" + struct.pack(">HHHH", len(tables), 0, 0, 0) + directory + content
