"""What the style sheets and style attributes of a page declare for its elements.

Rules are parsed by tinycss2, selectors are weighed by cssselect2 and matched by the tree itself.
Only the page's own sheets are known; those that it links to are not fetched. A page
that declares nothing that could hide or move text is told by its bytes, and costs nothing more.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

import cssselect2.parser
import tinycss2
from msgspec import Struct, field
from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

# Values that may hide, strike out, raise, move or make text. All else about style is looks.
_HAZARD = re.compile(
    r"display\s*:\s*none|visib|mso-hide|text-raise|opacity|text-security|clip(?!board)|line-through|"
    r"(?:font-size|font|zoom)\s*:(?:[^;}]*[\s:])?0*(?:[0-5](?:\.\d+)?p[xt]|0(?:\s*[;}!/]|$|\w|%)|\.\d+r?em|[1-4]?\d%)|"
    r"(?:left|top|right|bottom|inset|indent|margin)[a-z-]*\s*:[^;}]*(?:-\s*\d{3}|(?<![.\d])\d{4})|"
    r"(?:width|height)\s*:\s*0*[01](?:\.\d+)?(?:px|pt|em|%)?\s*(?:;|}|$|!)|"
    r"vertical-align\s*:\s*(?:su|text-|-?\.?\d)|variant-position|position\s*:\s*[arfs]|float\s*:\s*[lr]|"
    r"reverse|order\s*:\s*-?\d|transform|rotate|scale|unicode-bidi|letter-spacing\s*:\s*-|background[^;}]*url\(|grid-(?:col|row|area)|content\s*:\s*[^;}]*(?:\d|attr|counter|url|var|\\)"
)
_COLOR = re.compile(r"(?<![-\w])(?:-webkit-text-fill-)?color\s*:\s*([^;}!]+)")
_GROUND = re.compile(r"background(?:-color)?\s*:\s*([^;}!]+)")
_HIDES = re.compile(
    r"display\s*:\s*none|visib|mso-hide|opacity|clip|color|line-through|font|zoom|indent|scale|translate|"
    r"(?:left|top|right|bottom|inset|margin)[a-z-]*\s*:[^;}]*(?:-\s*\d{3}|(?<![.\d])\d{4})|"
    r"(?:width|height)\s*:\s*0*[01](?:\.\d+)?(?:px|pt|em|%)?\s*(?:;|}|$|!)"
)
_DARK = re.compile(
    r"#(?:[0-9ab]{3}|(?:[0-9ab][0-9a-f]){3})|(?:dark\w+|black|red|blue|windowtext|green|navy|maroon)"
)
_BLACK = re.compile(r"#(?:[01]{3}|(?:[01][0-9a-f]){3})\b|black")
# Tried behind braces alone: from each character on, text without any would be gone through to its end.
_BLOCK = re.compile(r"(?<![^{}])([^{}]*)\{([^{}]*)\}")
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|<!--|-->", re.DOTALL)
_LONG = 500  # characters of a declaration: a longer one is not looked through, it may do anything
_END = re.compile("[;{}]")
_VARIABLE = re.compile(r"(--[\w-]+)\s*:\s*([^;}]+)")
_NOT_SHOWN = re.compile(
    r"\bprint\b|\bspeech\b|max-(?:device-)?width|(?:^|[^-])width\s*<|orientation|prefers-"
)
_PSEUDO = re.compile(r"::?(before|after)\s*$", re.IGNORECASE)
_MOST_MATCHES = 200_000  # rules times elements: beyond that, a page is no page of an agency

Rank = tuple[bool, tuple[int, ...], int]  # important, specificity, order
_INLINE = (9, 9, 9)
_USUAL = 400  # characters of a style attribute


class StyledElement(Struct):
    """An element for which something is declared that may matter."""

    node: LexborNode
    ranks: dict[str, Rank] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)
    # What is declared for the text that style sheets put before and after its own.
    generated: dict[str, "StyledElement"] = field(default_factory=dict)

    def declare(self, name: str, value: str, rank: Rank) -> None:
        """Take over a declaration if none of higher rank was met."""
        if name not in self.ranks or rank >= self.ranks[name]:
            self.ranks[name], self.values[name] = rank, value


class _StyleRule(Struct):
    selector: str  # as the tree takes it
    pseudo: str  # before, after, or ""
    rank: tuple[tuple[int, ...], int]
    declarations: list[tuple[str, str, bool]]


def is_hazardous(style: str) -> bool:
    """Say whether declarations, in lower case, may do more than change looks.

    >>> is_hazardous("color:#333;font-size:16px"), is_hazardous("color:#fff"), is_hazardous("font-size:1px")
    (False, True, True)
    """
    hazard, colors, grounds = _dangers_of(style)
    return hazard or not colors.isdisjoint(grounds)


def are_hazardous(styles: Iterable[str]) -> bool:
    """Say whether the declarations of a page's style attributes, taken together, may do more."""
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
    """Say whether declarations may do more than change looks; and their colours and grounds."""
    low = style.lower()
    if _is_too_long(low):
        return True, frozenset(), frozenset()
    colors = frozenset(value.strip() for value in _COLOR.findall(low))
    grounds = frozenset(value.strip() for value in _GROUND.findall(low))
    hazard = _HAZARD.search(low) or not all(map(_DARK.fullmatch, colors)) or any(map(_BLACK.match, grounds))
    return bool(hazard), colors, grounds


def _is_too_long(style: str) -> bool:
    return len(style) > _LONG and max(map(len, _END.split(style))) > _LONG


_usual_dangers = lru_cache(maxsize=2048)(_dangers_of)  # the same few fill a page, and all pages of a site


def hazardous_rules(sheet: str) -> list[tuple[str, str]]:
    """Return the selectors and declarations of the rules that may do more than change looks."""
    return [
        (selector.strip(), body)
        for selector, body in _BLOCK.findall(_COMMENT.sub(" ", sheet))
        if is_hazardous(body)
    ]


def hides(body: str) -> bool:
    """Say whether declarations may hide or strike out what they hold for, rather than move it."""
    return _is_too_long(body) or _HIDES.search(body) is not None


def read_styles(parser: LexborHTMLParser, inline: bool, sheets: list[str]) -> dict[int, StyledElement]:
    """Return what is declared for each element, by its id.

    Args:
        parser: the tree.
        inline: whether a style attribute of the page is hazardous.
        sheets: the texts of its style elements that are.
    """
    elements: dict[int, StyledElement] = {}
    rules = list(_rules(sheets))
    left = _MOST_MATCHES
    for rule in rules:
        try:
            nodes = parser.css(rule.selector)
        except SelectolaxError:
            continue  # a selector of a state (:visited) or of another browser: it says nothing here
        left -= len(nodes) + 1
        if left < 0:
            break
        for node in nodes:
            element = elements.setdefault(node.mem_id, StyledElement(node))
            if rule.pseudo:
                element = element.generated.setdefault(rule.pseudo, StyledElement(node))
            for name, value, important in rule.declarations:
                element.declare(name, value, (important, *rule.rank))
    coloured = any("color" in element.values for element in elements.values())
    for node in parser.css("[style]") if inline or elements else ():
        style = node.attrs["style"] or ""
        if node.mem_id in elements or _matters(style, coloured or inline):
            declarations = _inline_declarations(style)
            element = elements.setdefault(node.mem_id, StyledElement(node))
            for name, value, important in declarations:
                element.declare(name, value, (important, _INLINE, 0))
    return elements


def inline_values(node: LexborNode) -> dict[str, str]:
    """Return what the style attribute of an element declares."""
    style = node.attributes.get("style")
    return {name: value for name, value, _ in _inline_declarations(style)} if style else {}


def _rules(sheets: list[str]) -> Iterator[_StyleRule]:
    text = "\n".join(_COMMENT.sub(" ", sheet) for sheet in sheets)
    variables = dict(_VARIABLE.findall(text))
    text = _BLOCK.sub(lambda m: m.group() if any(name in m[2].lower() for name in _NAMES) else "", text)
    if text.strip():
        text = re.sub(r"var\(\s*(--[\w-]+)[^)]*\)", lambda m: variables.get(m[1], m.group()).strip(), text)
        yield from _numbered(tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True), [0])


_NAMES = ("visib", "display", "hide", "raise", "opacity", "filter", "color", "background", "font", "zoom",
          "position", "left", "top", "right", "bottom", "inset", "indent", "margin", "clip", "overflow",
          "width", "height", "decoration", "align", "float", "flex", "order", "transform", "rotate", "scale",
          "direction", "bidi", "content", "spacing", "grid-", "shadow", "text-")  # fmt: skip


def _numbered(nodes: Iterable[tinycss2.ast.Node], count: list[int]) -> Iterator[_StyleRule]:
    """Yield the rules that hold on a screen, numbered in their order."""
    for node in nodes:
        if node.type == "at-rule" and node.lower_at_keyword in ("media", "supports", "layer", "container"):
            if node.content is not None and not _NOT_SHOWN.search(tinycss2.serialize(node.prelude).lower()):
                inner = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
                yield from _numbered(inner, count)
        elif node.type == "qualified-rule":
            declarations = list(_declarations(node.content))
            for selector in _selectors(node.prelude) if declarations else ():
                count[0] += 1
                yield from _weighed(selector, declarations, count[0])


def _selectors(prelude: list[tinycss2.ast.Node]) -> Iterator[str]:
    part: list[tinycss2.ast.Node] = []
    for token in (*prelude, None):
        if token is None or token == ",":
            yield tinycss2.serialize(part).strip()
            part = []
        else:
            part.append(token)


def _weighed(selector: str, declarations: list[tuple[str, str, bool]], number: int) -> Iterator[_StyleRule]:
    try:
        weighed = next(cssselect2.parser.parse(selector))
    except (cssselect2.parser.SelectorError, StopIteration):
        return
    pseudo = weighed.pseudo_element or ""
    if pseudo in ("", "before", "after"):
        plain = _PSEUDO.sub("", selector).strip() or "*"
        plain = plain + "*" if plain[-1] in " >+~" else plain
        yield _StyleRule(plain, pseudo, (tuple(weighed.specificity), number), declarations)


@lru_cache(maxsize=4096)
def _matters(style: str, coloured: bool) -> bool:
    """Say whether a style attribute may do more than change looks: a colour may be the ground of another."""
    low = style.lower()
    return is_hazardous(low) or (coloured and ("color" in low or "background" in low))


@lru_cache(maxsize=4096)
def _inline_declarations(style: str) -> tuple[tuple[str, str, bool], ...]:
    """Return the declarations of a style attribute: the same few fill a page."""
    return tuple(_declarations(style))


def _declarations(style: str | list[tinycss2.ast.Node]) -> Iterator[tuple[str, str, bool]]:
    for node in tinycss2.parse_blocks_contents(style, skip_comments=True, skip_whitespace=True):
        if node.type == "declaration" and any(name in node.lower_name for name in _NAMES):
            yield node.lower_name, tinycss2.serialize(node.value).strip(), node.important
