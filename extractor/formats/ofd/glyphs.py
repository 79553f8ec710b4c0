"""Which characters the glyphs of the fonts in an OFD package stand for, as the fonts themselves say.

A text may name the glyphs that are drawn for its codes (CGTransform). Where the font knows such a
glyph as another character, the text is not what a person sees.
"""

import io
import struct
from collections.abc import Iterator

from extractor.formats.ofd.package import OfdPackage, children, numbers_of, text_of
from extractor.formats.package import Element


def characters_of_glyphs(package: OfdPackage, path: str) -> dict[int, str]:
    """Return the characters of the glyphs of a font, by their numbers; none where it does not tell them."""
    data = package.bytes_of(path) if path else None
    if not data:
        return {}
    from pdfminer.pdffont import TrueTypeFont  # takes longer to load than most files to read

    try:
        return dict(TrueTypeFont(path, io.BytesIO(data)).create_unicode_map().cid2unichr)
    except (
        TrueTypeFont.CMapNotFound,
        struct.error,
        KeyError,
        ValueError,
        IndexError,
        EOFError,
        AssertionError,
    ):
        return {}


def glyphs_named(item: Element) -> Iterator[tuple[int, str, int]]:
    """Yield the digits of a text object for which it names glyphs: position, digit, number of the glyph."""
    transforms = list(children(item, "CGTransform"))
    text = "".join(code.text or "" for code in children(item, "TextCode")) if transforms else ""
    for each in transforms:
        glyphs = [int(number) for part in children(each, "Glyphs") for number in numbers_of(text_of(part))]
        first = int((*numbers_of(each.get("CodePosition")), 0.0)[0])
        count = int((*numbers_of(each.get("CodeCount")), 1.0)[0])
        if count != len(glyphs):
            continue  # ligatures and the like: no digit is one
        for at, (character, glyph) in enumerate(
            zip(text[first : first + count], glyphs, strict=False), first
        ):
            if character.isdigit():
                yield at, character, glyph
