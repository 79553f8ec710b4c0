"""Fonts embedded in a Word file that draw other digits than the stored ones."""

import posixpath

from extractor.formats.docx.package import RELATION, W, WordPackage
from extractor.formats.own_fonts import HONEST, FontDigits, digits_of_font, joined

_MASKED = 32  # bytes at the beginning of a font that its key masks
_STYLES = ("embedRegular", "embedBold", "embedItalic", "embedBoldItalic")


def lying_fonts(package: WordPackage) -> dict[str, FontDigits]:
    """Return what the embedded fonts draw for digits that draw others, by name in lower case."""
    name = package.beside_main("fontTable.xml")
    if b"<w:embed" not in (package.bytes_of(name) or b""):
        return {}
    table = package.tree_of(name)
    if table is None:
        return {}
    folder, base = posixpath.split(name)
    relations = package.relations_in(posixpath.join(folder, "_rels", f"{base}.rels"))
    found: dict[str, FontDigits] = {}
    for font in table.iterfind(f"{W}font"):
        held = (each for style in _STYLES for each in font.iterfind(W + style))
        drawn = []
        for each in held:
            _, target = relations.get(each.get(RELATION, ""), ("", ""))
            data = package.bytes_of(target) if target else None
            if data:
                drawn.append(digits_of_font(_unmasked(data, each.get(f"{W}fontKey", ""))))
        if drawn and (digits := joined(drawn)) != HONEST:
            found[str(font.get(f"{W}name", "")).lower()] = digits
    return found


def _unmasked(data: bytes, key: str) -> bytes:
    """Return a font whose first bytes are stored masked by a GUID (ECMA-376, part 4, obfuscated fonts)."""
    try:
        mask = bytes.fromhex(key.strip("{}").replace("-", ""))[::-1]
    except ValueError:
        return data
    if len(mask) != _MASKED // 2:
        return data
    head = bytes(one ^ other for one, other in zip(data[:_MASKED], mask + mask, strict=False))
    return head + data[_MASKED:]
