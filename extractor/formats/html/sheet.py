"""What the style sheets and style attributes of a page declare for its elements.

Rules are parsed and ranked in `cascade` and matched by the tree itself. Only the page's own
sheets are known; those that it links to are not fetched. A page that declares nothing that could
hide or move text is told by its bytes, and costs nothing more.
"""

from collections.abc import Iterable
from functools import lru_cache

from msgspec import Struct, field
from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from extractor.formats.html.cascade import (
    BLOCK,
    NO_LAYER,
    UNSURE,
    Declaration,
    Rank,
    StyleRule,
    declarations_of,
    has_nested_rules,
    loosened,
    rules_of,
    without_comments,
)
from extractor.formats.html.faces import with_faces
from extractor.formats.html.properties import has_unknown
from extractor.patterns import kept_pattern, late_pattern

# Declarations that may hide, strike out, raise, move or generate text ("hazardous").
_HAZARD = kept_pattern(
    r"display\s*:\s*none|visib|mso-hide|text-raise|opacity|text-security|clip(?!board)|line-through|"
    r"(?:font-size|font|zoom)\s*:(?:[^;}]*[\s:])?0*(?:[0-5](?:\.\d+)?p[xt]|0(?:\s*[;}!/]|$|\w|%)|\.\d+r?em|[1-4]?\d%)|"
    r"(?:left|top|right|bottom|inset|indent|margin)[a-z-]*\s*:[^;}]*(?:-\s*\d{3}|(?<![.\d])\d{4})|"
    r"(?:width|height)\s*:\s*0*[01](?:\.\d+)?(?:px|pt|em|%)?\s*(?:;|}|$|!)|"
    r"vertical-align\s*:\s*(?:su|text-|-?\.?\d)|variant-position|position\s*:\s*[arfs]|float\s*:\s*[lr]|"
    r"reverse|(?<![\w-])order\s*:\s*-?\d|transform|rotate|scale|unicode-bidi|direction\s*:\s*rtl|letter-spacing\s*:\s*-|"
    r"background[^;}]*url\(|grid-(?:col|row|area)|content\s*:\s*[^;}]*(?:\d|attr|counter|url|var|\\)|"
    r"overflow[xy-]*\s*:\s*(?:hid|cl|scr|auto)|(?<![\w-])filter\s*:|margin[a-z-]*\s*:[^;}]*-\s*\d{2}|font-face|var\("
)
_COLOR = kept_pattern(r"(?<![-\w])(?:-webkit-text-fill-)?color\s*:\s*([^;}!]+)")
_GROUND = kept_pattern(r"background(?:-color)?\s*:\s*([^;}!]+)")
_HIDES = kept_pattern(
    r"display\s*:\s*none|visib|mso-hide|opacity|clip|color|line-through|font|zoom|indent|scale|translate|"
    r"(?:left|top|right|bottom|inset|margin)[a-z-]*\s*:[^;}]*(?:-\s*\d{3}|(?<![.\d])\d{4})|"
    r"(?:width|height)\s*:\s*0*[01](?:\.\d+)?(?:px|pt|em|%)?\s*(?:;|}|$|!)"
)
_DARK = kept_pattern(
    r"#(?:[0-9ab]{3}|(?:[0-9ab][0-9a-f]){3})|(?:dark\w+|black|red|blue|windowtext|green|navy|maroon)"
)
_BLACK = kept_pattern(r"#(?:[01]{3}|(?:[01][0-9a-f]){3})\b|black")
_LONG = 500  # characters; a longer declaration is not examined and counts as hazardous
_END = late_pattern("[;{}]")
_MOST_MATCHES = 200_000  # number of rules times elements; pages of agencies never have more
_INLINE = (NO_LAYER + 1, (9, 9, 9), 0)
_USUAL = 400  # characters of a style attribute that is cached


class StyledElement(Struct):
    """An element with declarations that may matter."""

    node: LexborNode
    ranks: dict[str, Rank] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)
    # Declarations for the text that style sheets generate before and after the element.
    generated: dict[str, "StyledElement"] = field(default_factory=dict)

    def declare(self, name: str, value: str, rank: Rank) -> None:
        """Store a declaration unless one of higher rank is already stored."""
        if name not in self.ranks or rank >= self.ranks[name]:
            self.ranks[name], self.values[name] = rank, value


def is_hazardous(style: str) -> bool:
    """Return whether declarations, in lower case, may do more than change the appearance of text.

    >>> is_hazardous("color:#333;font-size:16px"), is_hazardous("color:#fff"), is_hazardous("font-size:1px")
    (False, True, True)
    """
    hazard, colors, grounds = _dangers_of(style)
    return hazard or not colors.isdisjoint(grounds)


def are_hazardous(styles: Iterable[str]) -> bool:
    """Return whether the page's style attributes, taken together, may do more than change appearance."""
    colors: set[str] = set()
    grounds: set[str] = set()
    for style in styles:
        known = len(style) <= _USUAL
        hazard, own_colors, own_grounds = _usual_dangers(style) if known else _dangers_of(style)
        if hazard:
            return True
        colors |= own_colors
        grounds |= own_grounds
    return not colors.isdisjoint(grounds)


def _dangers_of(style: str) -> tuple[bool, frozenset[str], frozenset[str]]:
    """Return whether declarations are hazardous, and the text and background colours that they set."""
    low = style.lower()
    if _is_too_long(low):
        return True, frozenset(), frozenset()
    colors = frozenset(value.strip() for value in _COLOR.findall(low))
    grounds = frozenset(value.strip() for value in _GROUND.findall(low))
    hazard = _HAZARD.search(low) or not all(map(_DARK.fullmatch, colors)) or any(map(_BLACK.match, grounds))
    return bool(hazard) or has_unknown(low), colors, grounds


def _is_too_long(style: str) -> bool:
    return len(style) > _LONG and max(map(len, _END.split(style))) > _LONG


_usual_dangers = lru_cache(maxsize=2048)(_dangers_of)  # a page, and a whole site, repeats the same few


def hazardous_rules(sheet: str) -> list[tuple[str, str]]:
    """Return the selectors and declarations of the hazardous rules."""
    if has_nested_rules(sheet):  # only a parser can tell which selector a block belongs to
        return [("*", sheet)]
    return [
        (selector.strip(), body)
        for selector, body in BLOCK.findall(without_comments(sheet))
        if is_hazardous(body.strip())
    ]


def hides(body: str) -> bool:
    """Return whether declarations may hide or strike out elements, rather than move them."""
    return _is_too_long(body) or _HIDES.search(body) is not None


class MatchedRule(Struct):
    """A rule with the elements that it matches, or may match."""

    rule: StyleRule
    nodes: list[LexborNode]
    declarations: list[Declaration]  # those to use for them


def matched_rules(parser: LexborHTMLParser, sheets: Iterable[str]) -> list[MatchedRule]:
    """Return the rules of style sheets that may do more than change appearance, in order."""
    found = []
    left = _MOST_MATCHES
    for rule in rules_of(sheets):
        nodes, declarations = _chosen(parser, rule)
        left -= len(nodes) + 1
        if left < 0:
            break
        # styles only a part of the text, such as its first letter
        if rule.pseudo and rule.pseudo not in _GENERATED:
            declarations = [(UNSURE, rule.pseudo, False)]
        if nodes:
            found.append(MatchedRule(rule, nodes, declarations))
    return found


def read_styles(
    parser: LexborHTMLParser, inline: bool, rules: Iterable[MatchedRule], faces: Iterable[str] = ()
) -> dict[int, StyledElement]:
    """Return the declarations that matter for each element, by its id.

    Args:
        parser: the parsed page.
        inline: whether to read style attributes, because one is hazardous.
        rules: those of the hazardous style sheets.
        faces: the fonts that the page loads.
    """
    elements: dict[int, StyledElement] = {}
    for each in rules:
        for node in each.nodes:
            element = elements.setdefault(node.mem_id, StyledElement(node))
            if each.rule.pseudo in _GENERATED:
                element = element.generated.setdefault(each.rule.pseudo, StyledElement(node))
            _apply(element, each.rule, each.declarations)
    coloured = any("color" in element.values for element in elements.values())
    for node in parser.css("[style]") if inline or elements else ():
        style = node.attrs["style"] or ""
        style = with_faces(style, faces) if faces else style
        if node.mem_id in elements or _matters(style, coloured or inline):
            element = elements.setdefault(node.mem_id, StyledElement(node))
            for name, value, important in _inline_declarations(style):
                element.declare(name, value, (important, *_INLINE))
    return elements


def _apply(element: StyledElement, rule: StyleRule, declarations: list[Declaration]) -> None:
    layer, specificity, number = rule.rank
    for name, value, important in declarations:
        # Among important declarations, earlier layers win.
        element.declare(name, value, (important, -layer if important else layer, specificity, number))


def _chosen(parser: LexborHTMLParser, rule: StyleRule) -> tuple[list[LexborNode], list[Declaration]]:
    """Return the elements that a rule matches, or may match, and the declarations to use for them."""
    try:
        return parser.css(rule.selector), rule.declarations
    except SelectolaxError:
        try:
            return parser.css(loosened(rule.selector)), [(UNSURE, "", False)]
        except SelectolaxError:
            return [], []  # browsers ignore rules with invalid selectors


_GENERATED = ("before", "after")


def inline_values(node: LexborNode) -> dict[str, str]:
    """Return what the style attribute of an element declares."""
    style = node.attributes.get("style")
    return {name: value for name, value, _ in _inline_declarations(style)} if style else {}


@lru_cache(maxsize=4096)
def _matters(style: str, coloured: bool) -> bool:
    """Return whether a style attribute may matter; with `coloured`, also if it only sets colours."""
    low = style.lower()
    return is_hazardous(low) or (coloured and ("color" in low or "background" in low))


@lru_cache(maxsize=4096)
def _inline_declarations(style: str) -> tuple[tuple[str, str, bool], ...]:
    """Return the declarations of a style attribute; cached, as a page repeats the same few."""
    return tuple(declarations_of(style))
