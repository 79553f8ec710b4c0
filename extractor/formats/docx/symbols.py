"""Characters of Word that are coded by their position in a symbol font."""

from extractor.formats.docx.package import W
from extractor.formats.package import Element

# Wingdings ticks and the Symbol characters that reports use; others stay as coded.
_SYMBOLS = {
    "symbol": {0xB3: "≥", 0xA3: "≤", 0xB1: "±", 0xB4: "×", 0xB8: "÷", 0xB7: "·", 0xB9: "≠", 0xBB: "≈"},
    "wingdings": {0xFC: "✓", 0xFB: "✗", 0xFE: "☑", 0xFD: "☒", 0xA8: "☐", 0x6F: "☐", 0x6C: "●", 0x6E: "■"},
    "wingdings 2": {0x50: "✓", 0x4F: "✗", 0x52: "☑", 0x51: "☒", 0xA3: "☐", 0x2A: "☐"},
}


def symbol(element: Element) -> str:
    """Return the character of a w:sym, in Unicode if its font is known here."""
    try:
        code = int(element.get(f"{W}char", ""), 16)
    except ValueError:
        return ""
    # Symbol fonts are coded either plainly or shifted into the private use area.
    plain = code - 0xF000 if 0xF000 <= code <= 0xF0FF else code
    known = _SYMBOLS.get(element.get(f"{W}font", "").lower(), {}).get(plain)
    return known or (chr(code) if 0x20 <= code <= 0xFFFF and not 0xD800 <= code <= 0xDFFF else "")
