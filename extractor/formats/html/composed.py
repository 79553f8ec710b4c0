"""Text that an element shows and that is not its own: of a shadow tree, of the characters in an SVG."""

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from extractor.formats.html.displaced import pixels
from extractor.numerals import is_value
from extractor.patterns import kept_pattern, late_pattern

_TEMPLATE = late_pattern(r"\s*<template[^>]*>(.*)</template>\s*", re.DOTALL | re.IGNORECASE)
_TAG = late_pattern(r"<[^>]*>")
_STYLED = late_pattern(r"<(?:slot|style|script|link|template|svg|img|input)\b", re.IGNORECASE)
# What may stand in an SVG beside characters without changing which of them are seen.
_WORDS = frozenset(
    ["g", "text", "tspan", "title", "desc", "use", "symbol", "defs", "-text", "-comment", "svg"]
)
_MOVING = ("transform", "rotate", "style", "class", "clip-path", "opacity", "fill", "visibility", "display")
_MOST = 20  # characters


def shadow_of(node: LexborNode) -> str | None:
    """Return the text that the shadow tree of an element shows in place of its own; None if it has none.

    None, too, where the tree shows more than its own plain text.
    """
    template = next((child for child in node.iter() if child.tag == "template"), None)
    if template is None or "shadowrootmode" not in template.attributes:
        return None
    found = _TEMPLATE.fullmatch(template.html or "")
    if found is None or _STYLED.search(found[1]):
        return None
    text = _TAG.sub("", found[1]).strip()
    return text if is_value(text) else None


def number_in_svg(node: LexborNode, parser: LexborHTMLParser) -> str | None:
    """Return the number that the characters of an SVG show; None if it shows anything else."""
    if any((each.tag or "") not in _WORDS or _is_changed(each) for each in node.css("*")):
        return None
    placed: list[tuple[float, str]] = []
    for each in node.css("text,use"):
        text = each.text() if each.tag == "text" else _used(each, parser)
        x = pixels(each.attributes.get("x") or "0")
        if text is None or x is None:
            return None
        placed.append((x, text.strip()))
    if len({x for x, _ in placed}) < len(placed) or len(placed) > _MOST:
        return None
    number = "".join(text for _, text in sorted(placed))
    return number if any(map(str.isdigit, number)) and is_value(number) else None


def _used(use: LexborNode, parser: LexborHTMLParser) -> str | None:
    """Return the text of the symbol that an element shows; None if that is not plain text."""
    name = (use.attributes.get("href") or use.attributes.get("xlink:href") or "").removeprefix("#")
    if not kept_pattern(r"[A-Za-z][\w-]*").fullmatch(name):
        return None
    symbol = parser.css_first(f"#{name}")
    if symbol is None or any((each.tag or "") not in _WORDS or _is_changed(each) for each in symbol.css("*")):
        return None
    texts = symbol.css("text") if symbol.tag != "text" else [symbol]
    return texts[0].text() if len(texts) == 1 else None


def _is_changed(node: LexborNode) -> bool:
    attributes = node.attributes
    return any(name in attributes for name in _MOVING) or " " in (attributes.get("x") or "").strip()
