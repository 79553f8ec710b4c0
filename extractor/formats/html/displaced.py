"""Decides from lengths in style sheets whether text is displayed outside its cell, or cut off."""

from collections.abc import Mapping

from extractor.formats.html.properties import is_known
from extractor.patterns import kept_pattern, late_pattern

_LENGTH = kept_pattern(r"([+-]?(?:\d+\.?\d*|\.\d+))\s*(px|pt|pc|in|cm|mm|em|rem|ex|ch|vw|vh|vmin|vmax|%)?")
_PIXELS = {"pt": 4 / 3, "pc": 16, "in": 96, "cm": 37.8, "mm": 3.78, "em": 16, "rem": 16, "ex": 8, "ch": 8,
           "vw": 12, "vh": 8, "vmin": 8, "vmax": 12, "%": 10}  # fmt: skip
_BESIDE = 12.0  # pixels; text moved so far may be in the cell beside or below
_HANGING = 40.0  # pixels by which first lines of lists hang out of their block
_CUTTING = ("hidden", "clip", "scroll", "auto")
_PARTS = ("clip-path", "filter", "backdrop-filter")
_WHOLE = late_pattern(
    r"none|initial|unset|inherit|alpha\(.*\)|progid:.*|.*opacity.*|drop-shadow\(.*\)|gray.*"
)


def pixels(value: str, base: float = 16.0) -> float | None:
    """Return a length in pixels; None if it is not a length.

    >>> pixels("12pt"), pixels("-9999px"), pixels("auto")
    (16.0, -9999.0, None)
    """
    found = _LENGTH.match(value.strip())
    if not found:
        return None
    number, unit = float(found[1]), found[2] or "px"
    if unit in ("em", "%"):
        return number * base / (100 if unit == "%" else 1)
    return number * _PIXELS.get(unit, 1)


def is_displaced(low: Mapping[str, str]) -> bool:
    """Return whether an element's text may be displayed outside its cell.

    Args:
        low: what is declared for it, in lower case.
    """
    position = low.get("position", "static")
    if position in ("absolute", "fixed", "relative", "sticky"):
        sides = ("left", "top", "right", "bottom", "inset")
        if any(_is_far(part) for side in sides for part in low.get(side, "").split()):
            return True
    if (pixels(low.get("text-indent", "0")) or 0) < -_HANGING:
        return True
    margins = ("margin", "margin-left", "margin-top", "margin-right", "margin-bottom")
    if any(_is_far(part) for name in margins for part in low.get(name, "").split() if part.startswith("-")):
        return True
    shifts = kept_pattern(r"translate[xy3d]*\(([^)]*)\)").findall(low.get("transform", ""))
    shifts.append(low.get("translate", ""))
    return any(_is_far(part) for shift in shifts for part in kept_pattern(r"[\s,]+").split(shift))


def _is_far(length: str) -> bool:
    """Return whether a length may be as large as a cell; True if it is unknown."""
    if not length or length in ("auto", "none", "0", "initial", "unset", "inherit"):
        return False
    found = pixels(length)
    return found is None or abs(found) >= _BESIDE


def is_unsure(low: Mapping[str, str]) -> bool:
    """Return whether an element has a declaration whose effect on text is unknown."""
    if any(not _WHOLE.fullmatch(low[name].strip()) for name in _PARTS if name in low):
        return True
    return not all(map(is_known, low))


def width_cut(inline: bool, low: Mapping[str, str]) -> str:
    """Return the width at which an element cuts off its text; "" if it does not.

    Args:
        inline: whether it is an inline element.
        low: what is declared for it, in lower case.
    """
    cuts = any(low.get(name, "").startswith(_CUTTING) for name in ("overflow", "overflow-x"))
    if not cuts or (
        inline and low.get("display", "inline") == "inline" and low.get("position") != "absolute"
    ):
        return ""
    return low.get("max-width") or low.get("width", "")


def cuts_height(inline: bool, low: Mapping[str, str]) -> bool:
    """Say whether an element shows only so many lines of its text; arguments as of `width_cut`."""
    cuts = any(low.get(name, "").startswith(_CUTTING[:2]) for name in ("overflow", "overflow-y"))
    fixed = any(pixels(low.get(name, "auto")) is not None for name in ("height", "max-height"))
    return cuts and fixed and not (inline and low.get("display", "inline") == "inline")
