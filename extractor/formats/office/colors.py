"""The colours of a workbook: as written, of the theme, or by their number."""

from extractor.patterns import kept_pattern

Rgb = tuple[int, int, int]
WHITE, BLACK = (255, 255, 255), (0, 0, 0)
# the other theme colours are readable on white
_THEME = {0: WHITE, 1: BLACK, 2: (238, 236, 225), 3: (31, 73, 125)}
_INDEXED = {0: BLACK, 1: WHITE, 8: BLACK, 9: WHITE, 64: BLACK, 65: WHITE}
_NEAR = 36  # of 255: colours that differ by less cannot be read on each other


def rgb_of(color: object, otherwise: Rgb) -> Rgb | None:
    """Return a colour; None if it is not defined in the file."""
    if color is None:
        return otherwise
    kind = getattr(color, "type", None)
    if kind == "rgb" and kept_pattern("[0-9A-Fa-f]{8}").fullmatch(str(getattr(color, "rgb", ""))):
        digits = str(getattr(color, "rgb"))[2:]  # noqa: B009  # openpyxl ships no types
        return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)
    table = _THEME if kind == "theme" else _INDEXED if kind == "indexed" else {}
    found = table.get(getattr(color, kind, -1)) if kind else None
    return found and _tinted(found, float(getattr(color, "tint", 0) or 0))


def _tinted(rgb: Rgb, tint: float) -> Rgb:
    """Return a colour made lighter (`tint` from 0 to 1) or darker (below 0)."""
    goal, share = (255, tint) if tint > 0 else (0, -tint)
    red, green, blue = (round(part + (goal - part) * min(share, 1.0)) for part in rgb)
    return red, green, blue


def is_near(color: Rgb | None, ground: Rgb | None) -> bool:
    """Return whether text of a colour cannot be read on a ground."""
    if color is None or ground is None:
        return False
    return all(abs(one - other) <= _NEAR for one, other in zip(color, ground, strict=True))
