"""Fonts loaded by a page: they may show other characters for digits."""

import re
from collections.abc import Iterable

from extractor.formats.html.addresses import any_data_of
from extractor.formats.own_fonts import HONEST, FontDigits, digits_of_font, joined, substitutes
from extractor.patterns import kept_pattern, late_pattern

OWN_FONT = "own"  # value of `font-face` that marks text in such a font
_FACE = late_pattern(r"@font-face\s*\{([^{}]*)\}", re.IGNORECASE)
_FAMILY = late_pattern(r"font-family\s*:\s*([^;}]+)", re.IGNORECASE)
_SOURCE = late_pattern(r"src\s*:[^}]*url\(", re.IGNORECASE)
_EMBEDDED = late_pattern(
    r"src\s*:\s*url\(\s*[\"']?(data:[^\"')]*)[\"']?\s*\)\s*(?:format\([^)]*\)\s*)?(?:;|\Z)", re.IGNORECASE
)
_SET = late_pattern(r"(?<![\w-])font(?:-family)?\s*:\s*([^;{}]+)", re.IGNORECASE)


def faces_in(sheets: Iterable[str]) -> dict[str, FontDigits]:
    """Return the fonts that style sheets load, by name in lower case, with what they draw for digits.

    A font in the page that draws every digit as itself is left out.
    """
    found: dict[str, list[FontDigits]] = {}
    for sheet in sheets:
        for face in _FACE.findall(sheet) if "@font-face" in sheet.lower() else ():
            name = _FAMILY.search(face)
            if name and _SOURCE.search(face):
                found.setdefault(name[1].strip(" \t\r\n\"'").lower(), []).append(_digits_of(face))
    drawn = {name: joined(fonts) for name, fonts in found.items()}
    return {name: digits for name, digits in drawn.items() if digits != HONEST}


def _digits_of(face: str) -> FontDigits:
    """Return what the font of a rule draws for digits; None if it is not in the page, or not clear."""
    found = _EMBEDDED.search(face)
    data = any_data_of(found[1]) if found else None
    digits = digits_of_font(data) if data else None
    return None if data and digits == HONEST and substitutes(data) else digits


def with_faces(sheet: str, faces: Iterable[str]) -> str:
    """Return declarations with `font-face` added wherever one of these fonts is chosen.

    >>> with_faces("td{font-family:Stat,serif}", frozenset(["stat"]))
    'td{font-family:Stat,serif;font-face:own}'
    """
    return _SET.sub(lambda found: f"{found[0]};font-face:{_whose(found[1], faces)}", _FACE.sub("", sheet))


def _whose(fonts: str, faces: Iterable[str]) -> str:
    names = kept_pattern(r"\"[^\"]*\"|'[^']*'|[^,]+").findall(fonts.lower())
    # In the `font` shorthand, size and weight come before the first name.
    return OWN_FONT if any(name.strip(" \"'\t\r\n").endswith(tuple(faces)) for name in names) else "other"
