"""The display properties of elements: hidden, struck out, raised, moved, or none of these."""

from collections.abc import Mapping
from functools import lru_cache

from msgspec import Struct, structs

from extractor.formats.html.displaced import cuts_height, is_displaced, is_unsure, pixels, width_cut
from extractor.formats.html.faces import OWN_FONT
from extractor.patterns import kept_pattern, late_pattern

_LENGTH = kept_pattern(r"([+-]?(?:\d+\.?\d*|\.\d+))\s*(px|pt|pc|in|cm|mm|em|rem|ex|ch|vw|vh|vmin|vmax|%)?")
# offsets in pixels beyond which text is off the page: to the left or above, to the right or below
_FAR, _VERY_FAR = 300.0, 3000.0
_NAMED_SIZES = {"xx-small": 9, "x-small": 10, "small": 13, "medium": 16, "large": 18, "x-large": 24}
_INLINE = frozenset(["span", "font", "b", "i", "u", "em", "strong", "a", "sup", "sub", "s", "small", "big"])
_STRUCK = ("s", "del", "strike")
_MASK = kept_pattern(r"inset\(\s*(?:100|[5-9]\d)(?:\.\d+)?%|(?:circle|ellipse)\(\s*0|polygon\(\s*\)")
_SR_ONLY = late_pattern(r"rect\(\s*(?:([01])(?:px)?\s*[, ]\s*){3}\1(?:px)?\s*\)")
_TURN = kept_pattern(r"rotate|skew|matrix|scale[xy3d]*\(\s*-|perspective")
_SHRINK = kept_pattern(r"scale[xy3d]*\(\s*0*(?:\.0*)?\d?\s*[,)]")


class ElementPaint(Struct, frozen=True):
    """What an element does to the text in it; False or None if it changes nothing."""

    gone: bool = False  # not rendered (display: none)
    absent: bool = False  # one of both, by a declaration that all browsers understand alike
    unseen: bool = False  # invisible but takes up space; descendants cannot become visible again
    shown: bool | None = None  # visibility, which descendants may override
    struck: bool | None = None
    raised: bool | None = None
    moved: bool = False  # may be displayed at another position among its siblings
    reversing: bool = False  # displays its content in reverse order
    turned: bool = False  # characters may run in another direction
    overridden: bool = False  # all characters run from right to left
    size: str = ""
    pictured: bool = False  # has a background picture, which may be all that a cell shows
    ordered: bool = False  # displayed at another position among its siblings
    lifted: bool = False  # positioned independently of the text flow
    displaced: bool = False  # its text may be displayed in another cell
    unsure: bool = False  # has a declaration whose effect is unknown
    narrow: str = ""  # the width beyond which its content is cut off
    low: bool = False  # it shows only so many lines of its text
    mirrored: bool | None = None  # text and columns run from right to left
    foreign: bool | None = None  # displayed in a font that the page loads
    displayed: bool = False  # has a `display` declaration

    @property
    def is_plain(self) -> bool:
        """Return whether the element changes nothing about its text."""
        return self == _PLAIN

    @property
    def inherited(self) -> "ElementPaint":
        """Return the part that also affects cells inside an element that encloses a table."""
        return structs.replace(self, size="", displayed=False, mirrored=None, **_HERE)


_HERE = {"ordered": False, "lifted": False, "displaced": False, "unsure": False, "narrow": "", "low": False}
_PLAIN = ElementPaint()


def paint_of(tag: str, values: Mapping[str, str]) -> ElementPaint:
    """Return the display properties of an element, from its declarations.

    >>> paint_of("span", {"position": "absolute", "left": "-9999px"}).unseen
    True
    >>> paint_of("sup", {"vertical-align": "baseline"}).raised, paint_of("sub", {}).raised
    (False, True)
    """
    return _paint(tag, tuple(values.items()))


@lru_cache(maxsize=4096)
def _paint(tag: str, values: tuple[tuple[str, str], ...]) -> ElementPaint:
    low = {name: value.lower() for name, value in values}
    return ElementPaint(
        gone=low.get("display") == "none" or low.get("mso-hide") == "all",
        absent=_is_absent(low),
        unseen=_is_unseen(tag, low),
        shown=_shown(low),
        struck=_struck(tag, low),
        raised=_raised(tag, low),
        moved=_is_moved(tag, low),
        reversing="reverse" in low.get("flex-direction", "") + low.get("flex-flow", ""),
        turned=_is_turned(tag, low),
        overridden="override" in low.get("unicode-bidi", "") and low.get("direction", "ltr") == "rtl",
        size=_size(low),
        pictured=tag not in ("tr", "table", "tbody")
        and "url(" in low.get("background", "") + low.get("background-image", ""),
        ordered=low.get("order", "0") != "0" or any(name in low for name in _GRID),
        lifted=low.get("position") in ("absolute", "fixed"),
        displaced=is_displaced(low),
        unsure=is_unsure(low),
        narrow=width_cut(tag in _INLINE, low),
        low=cuts_height(tag in _INLINE, low),
        mirrored=None if "direction" not in low else low["direction"] == "rtl",
        displayed=low.get("display", "none") not in ("none", "inherit"),
        foreign=None if "font-face" not in low else low["font-face"] == OWN_FONT,
    )


def font_size(value: str, around: float) -> float:
    """Return the font size in pixels that a declaration gives, inside text of size `around`."""
    if value in _NAMED_SIZES:
        return _NAMED_SIZES[value]
    if value in ("smaller", "larger"):
        return around * (0.83 if value == "smaller" else 1.2)
    size = pixels(value, around)
    return around if size is None else size


def _size(low: Mapping[str, str]) -> str:
    size = low.get("font-size", "")
    if not size and "font" in low:
        found = _LENGTH.search(low["font"])
        size = found.group() if found else ""
    if low.get("zoom", "1").strip("0.%") == "" and low.get("zoom"):
        return "0"
    return size


def _shown(low: Mapping[str, str]) -> bool | None:
    visibility = low.get("visibility")
    return None if visibility in (None, "inherit") else visibility not in ("hidden", "collapse")


def _is_unseen(tag: str, low: Mapping[str, str]) -> bool:
    opacity = _LENGTH.match(low.get("opacity", "1"))
    if opacity and float(opacity[1]) / (100 if opacity[2] else 1) <= 0.1:
        return True
    if kept_pattern(r"opacity\s*[(=]\s*=?\s*0*(?:\.0\d*)?\s*[%)]").search(low.get("filter", "")):
        return True
    if low.get("content-visibility") == "hidden" or low.get("-webkit-text-security", "none") != "none":
        return True
    return _is_off_page(tag, low) or _is_clipped(tag, low) or bool(_SHRINK.search(_transform(low)))


def _is_absent(low: Mapping[str, str]) -> bool:
    """Return whether declarations hide an element in every browser."""
    if low.get("display") == "none" or low.get("opacity", "1").strip("0.%") == "":
        return True
    if low.get("position") in ("absolute", "fixed"):
        sides = (pixels(low.get(side, "0")) or 0.0 for side in ("left", "top"))
        return min(sides) <= -_VERY_FAR or _SR_ONLY.match(low.get("clip", "")) is not None
    return False


def _transform(low: Mapping[str, str]) -> str:
    scale, rotate = low.get("scale"), low.get("rotate")
    return f"{low.get('transform', '')} {f'scale({scale})' if scale else ''} {'rotate' if rotate else ''}"


def _is_positioned(low: Mapping[str, str]) -> bool:
    return low.get("position") in ("absolute", "fixed", "relative", "sticky")


def _is_box(tag: str, low: Mapping[str, str]) -> bool:
    display = low.get("display", "inline" if tag in _INLINE else "block")
    return display != "inline" or low.get("position") in ("absolute", "fixed") or "float" in low


def _is_off_page(tag: str, low: Mapping[str, str]) -> bool:
    names = ["margin", "margin-left", "margin-top", "margin-right"]
    if _is_positioned(low):
        names += ["left", "top", "right", "bottom", "inset"]
    if _is_box(tag, low):
        names.append("text-indent")
    lengths = [pixels(part) for name in names for part in low.get(name, "").split()]
    shifts = kept_pattern(r"translate[xy3d]*\(([^)]*)\)").findall(low.get("transform", ""))
    lengths += [pixels(part) for shift in shifts for part in shift.split(",")]
    return any(length is not None and not -_FAR < length < _VERY_FAR for length in lengths)


def _is_clipped(tag: str, low: Mapping[str, str]) -> bool:
    if low.get("position") in ("absolute", "fixed") and low.get("clip", "").startswith("rect("):
        edges = [pixels(part) for part in kept_pattern(r"[\s,]+").split(low["clip"][5:].rstrip(") "))]
        if len(edges) == 4 and None not in edges:
            top, right, bottom, left = (edge or 0.0 for edge in edges)
            if right - left <= 2 or bottom - top <= 2:
                return True
    if _MASK.match(low.get("clip-path", "")):
        return True
    cut = any("hidden" in low.get(name, "") or "clip" in low.get(name, "") for name in _OVERFLOWS)
    sizes = [pixels(low[name]) for name in ("width", "height", "max-width", "max-height") if name in low]
    return cut and _is_box(tag, low) and any(size is not None and size <= 2 for size in sizes)


_OVERFLOWS = ("overflow", "overflow-x", "overflow-y")


def _struck(tag: str, low: Mapping[str, str]) -> bool | None:
    line = low.get("text-decoration-line", low.get("text-decoration"))
    if line is not None and ("line-through" in line or tag in _STRUCK):
        return "line-through" in line
    return True if tag in _STRUCK else None


def _raised(tag: str, low: Mapping[str, str]) -> bool | None:
    if tag in ("td", "th", "tr", "table", "tbody", "img"):
        return None
    if low.get("font-variant-position") in ("super", "sub"):
        return True
    if pixels(low.get("mso-text-raise", "0")) or (low.get("position") == "relative" and _shifts(low)):
        return True
    align = low.get("vertical-align")
    if align is None:
        return True if tag in ("sup", "sub") else None
    length = pixels(align)
    if align in ("super", "sub") or (length is not None and abs(length) >= 1):
        return True
    size = low.get("font-size")
    return align in ("text-top", "text-bottom", "top", "bottom") and (
        tag in ("sup", "sub") or (size is not None and font_size(size, 16.0) < 13)
    )


def _shifts(low: Mapping[str, str]) -> bool:
    return any(abs(pixels(low.get(name, "0")) or 0) >= 2 for name in ("top", "bottom"))


def _is_moved(tag: str, low: Mapping[str, str]) -> bool:
    if low.get("position") in ("absolute", "fixed") or low.get("float", "none") not in ("none", ""):
        return tag not in ("td", "th", "tr", "table")
    if low.get("position") in ("relative", "sticky") and any(
        pixels(low.get(name, "0")) for name in ("left", "right")
    ):
        return True
    if any(name in low for name in _GRID):
        return True
    return low.get("order", "0") != "0" or "translate" in low.get("transform", "")


_GRID = ("grid-column", "grid-row", "grid-area")


def _is_turned(tag: str, low: Mapping[str, str]) -> bool:
    spacing = pixels(low.get("letter-spacing", "0"))
    return bool(_TURN.search(_transform(low))) or (spacing is not None and spacing <= -4)
