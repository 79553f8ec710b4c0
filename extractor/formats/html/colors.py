"""Compares the colours of text and background."""

from collections.abc import Mapping
from functools import lru_cache

from extractor.patterns import kept_pattern

_FAINT = 1.25  # contrast ratio below which text cannot be read


@lru_cache(maxsize=4096)  # pages use few colours, again and again
def contrast(color: str, ground: str) -> float | None:
    """Return the contrast ratio of two colours, 1 to 21; None if one of them is unknown.

    >>> contrast("#fff", "white"), contrast("black", "#fff"), contrast("transparent", "#fff")
    (1.0, 21.0, 1.0)
    """
    one, other = _rgba(color), _rgba(ground)
    if one is None or other is None or other[3] < 1:
        return None
    mixed = [one[3] * a + (1 - one[3]) * b for a, b in zip(one[:3], other[:3], strict=True)]
    light, dark = sorted((_luminance(mixed), _luminance(other[:3])), reverse=True)
    return round((light + 0.05) / (dark + 0.05), 2)


def is_faint(color: str, ground: str) -> bool:
    """Return whether text of this colour is unreadable on this background."""
    apart = contrast(color, ground)
    return apart is not None and apart < _FAINT


def ground_of(values: Mapping[str, str]) -> str | None:
    """Return the background colour of an element; "" if it is a picture, None if there is none."""
    both = f"{values.get('background', '')} {values.get('background-image', '')}".lower()
    if "url(" in both or "gradient(" in both:
        return ""
    for part in (values.get("background-color", ""), *kept_pattern(r"[\w#-]+(?:\([^)]*\))?").findall(both)):
        color = _rgba(part) if part else None
        if color is not None and color[3] > 0:
            return str(part)
    return None


@lru_cache(maxsize=4096)
def _rgba(text: str) -> tuple[float, float, float, float] | None:
    from tinycss2.color4 import parse_color  # few pages need it

    color = parse_color(text)
    if color is None or isinstance(color, str):
        return None
    red, green, blue = color.to("srgb").coordinates
    return red, green, blue, color.alpha


def _luminance(color: list[float] | tuple[float, ...]) -> float:
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in color]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
