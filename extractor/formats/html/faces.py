"""Fonts loaded by a page: they may show other characters for digits."""

import re
from collections.abc import Iterable

from extractor.patterns import late_pattern

OWN_FONT = "own"  # value of `font-face` that marks text in such a font
_FACE = late_pattern(r"@font-face\s*\{([^{}]*)\}", re.IGNORECASE)
_FAMILY = late_pattern(r"font-family\s*:\s*([^;}]+)", re.IGNORECASE)
_SOURCE = late_pattern(r"src\s*:[^}]*url\(", re.IGNORECASE)
_SET = late_pattern(r"(?<![\w-])font(?:-family)?\s*:\s*([^;{}]+)", re.IGNORECASE)


def faces_in(sheets: Iterable[str]) -> frozenset[str]:
    """Return the names of the fonts that style sheets load, in lower case."""
    return frozenset(
        name[1].strip(" \t\r\n\"'").lower()
        for sheet in sheets
        if "@font-face" in sheet.lower()
        for face in _FACE.findall(sheet)
        if _SOURCE.search(face) and (name := _FAMILY.search(face))
    )


def with_faces(sheet: str, faces: frozenset[str]) -> str:
    """Return declarations with `font-face` added wherever one of these fonts is chosen.

    >>> with_faces("td{font-family:Stat,serif}", frozenset(["stat"]))
    'td{font-family:Stat,serif;font-face:own}'
    """
    return _SET.sub(lambda found: f"{found[0]};font-face:{_whose(found[1], faces)}", _FACE.sub("", sheet))


def _whose(fonts: str, faces: frozenset[str]) -> str:
    names = re.findall(r"\"[^\"]*\"|'[^']*'|[^,]+", fonts.lower())
    # In the `font` shorthand, size and weight come before the first name.
    return OWN_FONT if any(name.strip(" \"'\t\r\n").endswith(tuple(faces)) for name in names) else "other"
