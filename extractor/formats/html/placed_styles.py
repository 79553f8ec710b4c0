"""The styles that place the boxes of a page: positions, sizes of type, borders, alignment."""

import re
from collections.abc import Iterator, Mapping

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from extractor.formats.html.cascade import BLOCK, has_nested_rules, without_comments
from extractor.formats.html.displaced import pixels
from extractor.formats.html.lexbor import upwards
from extractor.formats.html.paint import font_size
from extractor.formats.html.sheet import StyledElement, inline_values, read_styles
from extractor.formats.html.start_tags import StartTags
from extractor.formats.html.style_sheets import StyleSheets
from extractor.patterns import kept_pattern, late_pattern

_USUAL_SIZE = 16.0  # pixels
_SCALE = kept_pattern(r"(?:scale|matrix)\(\s*([\d.]+)")
_BORDER = kept_pattern(
    r"(?<![\w-])border\s*:\s*(?!\s*(?:0|none))[^;}]*(?:solid|double|dashed|dotted)", re.IGNORECASE
)
_CLEAR = kept_pattern(
    r"(?:transparent|none|initial|inherit|unset|0(?:\s+0)?|rgba\([^)]*,\s*0\))(?:\s+transparent)?"
)
_PLACES = late_pattern(r"absolute|fixed|var\(|\\", re.IGNORECASE)
# Parts of elements, and states that need a user's action.
_NOT_ITSELF = late_pattern(r"::?(?:before|after|first-l\w+)\s*$|^[^(]*:(?:hover|active|focus|visited|target)")
_ALIGN = kept_pattern(r"text-align\s*:\s*(center|right)", re.IGNORECASE)


def is_placed(parser: LexborHTMLParser, text: str) -> bool:
    """Return whether a page without tables places boxes by its styles."""
    return "absolute" in text and parser.css_first("table") is None


def scale_of(values: Mapping[str, str]) -> float:
    """Return the factor by which a transformation scales an element's text.

    >>> scale_of({"transform": "matrix(0.25,0,0,0.25,0,0)"}), scale_of({})
    (0.25, 1.0)
    """
    found = _SCALE.search(values.get("transform", ""))
    return float(found[1]) if found else 1.0


class PlacedStyles:
    """What is declared for the elements of a page, as far as it says where text stands."""

    def __init__(self, elements: Mapping[int, StyledElement], inline: Mapping[int, LexborNode]) -> None:
        """Keep the declarations of the style sheets; style attributes are read when asked for."""
        self._elements = elements
        self._inline = inline
        self._values: dict[int, Mapping[str, str]] = {}
        self.bordered: set[int] = set()
        self.aligned: dict[int, str] = {}
        self.nodes = {**{i: each.node for i, each in elements.items()}, **inline}
        self.placed = [
            node for node in self.nodes.values() if self.of(node).get("position") in ("absolute", "fixed")
        ]

    def of(self, node: LexborNode) -> Mapping[str, str]:
        """Return the declarations for an element, in lower case."""
        if node.mem_id not in self._values:
            known = self._elements.get(node.mem_id)
            values = dict(known.values) if known is not None else {}
            if known is None and node.mem_id in self._inline:
                values = inline_values(node)
            self._values[node.mem_id] = {name: value.lower() for name, value in values.items()}
        return self._values[node.mem_id]

    def size_of(self, node: LexborNode) -> float:
        """Return the size of an element's type in pixels."""
        declared = [self.of(each).get("font-size", "") for each in upwards(node)]
        size = _USUAL_SIZE
        for value in reversed(declared):
            size = font_size(value, size) if value else size
        return size

    def height_of(self, node: LexborNode) -> float | None:
        """Return the height of an element that others are placed in, also if it fills its own."""
        for each in upwards(node):
            height = self.of(each).get("height", "")
            if height and height != "100%":
                return pixels(height)
            if not height:
                return None
        return None

    def text_of(self, node: LexborNode) -> str:
        """Return the text of an element with its own lines."""
        parts: list[str] = []
        for each in node.traverse(include_text=True):
            if each.tag == "br":
                parts.append("\n")
            elif each.tag == "-text":
                parts.append((each.text_content or "").replace("\n", " "))
        return "".join(parts).strip("\n\r\t ")

    def is_bordered(self, node: LexborNode) -> bool:
        """Return whether an element has a border on all sides."""
        style = node.attributes.get("style") or ""
        return node.mem_id in self.bordered or _BORDER.search(style) is not None

    def is_opaque(self, node: LexborNode) -> bool:
        """Return whether an element has a background that covers what is below it."""
        values = {**self.of(node), **inline_values(node)}
        ground = f"{values.get('background', '')} {values.get('background-color', '')}".strip().lower()
        return bool(ground) and _CLEAR.fullmatch(ground) is None

    def align_of(self, node: LexborNode) -> str:
        """Return how the lines of an element are aligned: "center", "right", or "" for the left."""
        found = _ALIGN.search(node.attributes.get("style") or "")
        return found[1].lower() if found else self.aligned.get(node.mem_id, "")


def may_place(
    parser: LexborHTMLParser, tags: StartTags, sheets: StyleSheets, fewest: int, share: float
) -> bool:
    """Return whether styles may place so many elements of a page, with this share of its text in them.

    Its other styles are not read for that.
    """
    if any(has_nested_rules(without_comments(sheet)) for sheet in sheets.matching):
        return True  # only a parser of sheets can tell
    nodes: dict[int, LexborNode] = {}
    for sheet in sheets.matching:
        for selector in _placing_selectors(sheet):
            try:
                nodes.update((node.mem_id, node) for node in parser.css(selector))
            except SelectolaxError:
                return True  # what it matches is not known here
    if tags.may_say(b"absolute", b"fixed"):
        inline = parser.css("[style*='absolute' i],[style*='fixed' i]")
        nodes.update((node.mem_id, node) for node in inline)
    return len(nodes) >= fewest and sum(map(ink_of, nodes.values())) >= share * ink_of(parser.body)


def ink_of(node: LexborNode | None) -> int:
    """Return the number of characters in an element that are no blanks."""
    return len("".join((node.text() or "").split())) if node is not None else 0


def _placing_selectors(sheet: str) -> Iterator[str]:
    """Yield the selectors of the rules that may place elements as the page is displayed first."""
    for selectors, body in BLOCK.findall(without_comments(sheet)):
        if _PLACES.search(body):
            yield from (each for each in selectors.split(",") if not _NOT_ITSELF.search(each))


def styles_in(parser: LexborHTMLParser, sheets: StyleSheets) -> PlacedStyles:
    """Return what style sheets and style attributes declare for the elements of a page."""
    inline = {node.mem_id: node for node in parser.css("[style]")}
    return PlacedStyles(read_styles(parser, inline=True, rules=sheets.rules(sheets.matching)), inline)


def read_placed_styles(parser: LexborHTMLParser, sheets: StyleSheets) -> PlacedStyles:
    """Return the styles of a page that place its boxes, with the borders and alignment of boxes."""
    styles = styles_in(parser, sheets)
    for selector, body in BLOCK.findall(without_comments("\n".join(sheets.matching))):
        border, align = _BORDER.search(body), _ALIGN.search(body)
        if not border and not align:
            continue
        try:
            nodes = parser.css(selector.strip())
        except SelectolaxError:
            continue
        if border:
            styles.bordered.update(node.mem_id for node in nodes)
        if align:
            styles.aligned.update((node.mem_id, align[1].lower()) for node in nodes)
    return styles
