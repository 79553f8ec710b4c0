"""Resolves the style sheets of a page into rules that apply on a screen, each with its rank.

If it is unknown whether a rule applies, because of a condition, state or selector, its declarations are
replaced by `UNSURE`. Cells that it may affect are then not read as plain cells.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import accumulate

import cssselect2.parser
import tinycss2
from msgspec import Struct, field

from extractor.formats.html.properties import is_asked
from extractor.patterns import kept_pattern, late_pattern

# sort key of declarations: important, layer, specificity, order
Rank = tuple[bool, int, tuple[int, ...], int]
Declaration = tuple[str, str, bool]  # name, value, important

UNSURE = "unsure"
_UNSURE: list[Declaration] = [(UNSURE, "", False)]
NO_LAYER = 10**6  # declarations outside all layers override those in layers
_COMMENT = kept_pattern(r"/\*.*?(?:\*/|\Z)|<!--|-->", re.DOTALL)
# A rule without blocks inside: its selectors, and its declarations. It is tried only after braces; otherwise
# text without braces would be scanned from each of its characters.
BLOCK = kept_pattern(r"(?<![^{}])([^{}]*)\{([^{}]*)\}")
# A nested rule: preceded by a declaration, with an ampersand, or a selector inside another rule.
_NESTED = kept_pattern(r"&|\{[^{}]*;[^{}]*\{|(?:^|[{};])\s*[^@{};\s][^@{};]*\{[^{};]*\{")
_VARIABLE = kept_pattern(r"(--[\w-]+)\s*:\s*([^;}]+)")
_PSEUDO = late_pattern(r"::?(before|after|first-letter|first-line|marker)\s*$", re.IGNORECASE)
# Selectors of states that need a user's action, and of single browsers.
_NOT_AT_REST = late_pattern(
    r":(?:hover|active|focus(?:-\w+)?|visited|target|-moz-|-webkit-|-ms-)|::(?!before|after|first-|marker)"
)
_NEVER = late_pattern(r":not\(\s*:(?:hover|active|focus(?:-\w+)?|visited|target)\s*\)")
_LINKED = late_pattern(r":(?:any-)?link\b")
_PART = late_pattern(r"[.#][\w-]+|\[[^\]]*\]|^[\w-]+")
_IDS, _CLASSES, _TAGS = (
    kept_pattern(r"#[\w-]+"),
    kept_pattern(r"[.:\[][\w-]+"),
    kept_pattern(r"(?:^|[\s>+~])[a-z]"),
)
_TAG_NAME = late_pattern(r"(?:^|[\s>+~])[a-zA-Z]")
# Selectors of tags, classes and ids alone, which need no parser.
_NAMES_ONLY = late_pattern(
    r"(?:(?:[a-zA-Z][\w-]*|(?=[.#]))(?:[.#][a-zA-Z_][\w-]*)*(?:\s*[>+~]\s*|\s+|\Z))+(?<![\s>+~])", re.ASCII
)
_BRACKET = late_pattern(r"[{}()\[\]]")
_DEEPEST = 30  # most levels of nested blocks and brackets
_WIDE, _NARROW = 1920.0, 1000.0  # pixels: articles are read on screens between these widths
_WIDTH = late_pattern(r"(min|max)-(?:device-)?width\s*:\s*([\d.]+)\s*(px|em|rem)?")
_NO_SCREEN = late_pattern(
    r"\bprint\b|\bspeech\b|\btty\b|prefers-(?:color-scheme\s*:\s*dark|contrast|reduced)|orientation\s*:\s*portrait"
)
_DISPLAYS = ("none", "block", "inline", "inline-block", "flex", "inline-flex", "grid", "inline-grid", "table",
             "table-cell", "contents", "flow-root")  # fmt: skip


class StyleRule(Struct):
    """A rule with one selector."""

    selector: str  # as the tree takes it
    pseudo: str  # before, after, first-letter, first-line, or ""
    rank: tuple[int, tuple[int, ...], int]
    declarations: list[Declaration]


class _Around(Struct, frozen=True):
    """The context of a rule, from the blocks around it."""

    unsure: bool = False
    layer: str = ""
    selectors: tuple[str, ...] = ()  # selectors of the enclosing rule


class _Cascade(Struct):
    count: int = 0
    layers: dict[str, int] = field(default_factory=dict)

    def rules(self, nodes: Iterable[tinycss2.ast.Node], around: _Around) -> Iterator[StyleRule]:
        """Yield the rules that apply, or may apply, on a screen, in order."""
        for node in nodes:
            if node.type == "at-rule":
                yield from self._of_block(node, around)
            elif node.type == "qualified-rule":
                yield from self._of_rule(node, around)

    def _of_block(self, node: tinycss2.ast.Node, around: _Around) -> Iterator[StyleRule]:
        prelude = tinycss2.serialize(node.prelude).strip().lower()
        keyword = node.lower_at_keyword
        if keyword == "layer":
            names = [f"{around.layer}.{name.strip()}" for name in prelude.split(",")]
            for name in names:
                self.layers.setdefault(name, len(self.layers))
            around = _Around(around.unsure, names[0], around.selectors)
        elif keyword in ("media", "supports", "container"):
            holds = _holds(keyword, prelude)
            if holds is False:
                return
            around = _Around(around.unsure or holds is None, around.layer, around.selectors)
        elif keyword not in ("scope", "starting-style"):
            return
        else:
            around = _Around(True, around.layer, around.selectors)
        if node.content is not None:
            inner = tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True)
            own = [
                (n.lower_name, tinycss2.serialize(n.value).strip(), n.important)
                for n in inner
                if n.type == "declaration"
            ]
            if own and around.selectors:
                yield from self._weighed(around.selectors, own, around)
            yield from self.rules(inner, around)

    def _of_rule(self, node: tinycss2.ast.Node, around: _Around) -> Iterator[StyleRule]:
        inner = tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True)
        selectors = tuple(_inside(each, around.selectors) for each in _selectors(node.prelude))
        yield from self._weighed(selectors, list(_declarations(inner)), around)
        if any(each.type in ("qualified-rule", "at-rule") for each in inner):
            yield from self.rules(inner, _Around(around.unsure, around.layer, selectors))

    def _weighed(
        self, selectors: Iterable[str], declarations: list[Declaration], around: _Around
    ) -> Iterator[StyleRule]:
        if not declarations:
            return
        layer = self.layers[around.layer] if around.layer else NO_LAYER
        for selector in selectors:
            self.count += 1
            at_rest = _LINKED.sub("", _NEVER.sub("", selector))
            if _NOT_AT_REST.search(at_rest):
                continue
            found = _PSEUDO.search(at_rest)
            plain = _PSEUDO.sub("", at_rest).strip() or "*"
            plain = plain + "*" if plain[-1] in " >+~" else plain
            said = _UNSURE if around.unsure else declarations
            rank = (layer, _specificity(at_rest), self.count)
            yield StyleRule(plain, found[1].lower() if found else "", rank, said)


def rules_of(sheets: Iterable[str]) -> Iterator[StyleRule]:
    """Yield the rules of style sheets that may do more than change appearance, in order."""
    text = "\n".join(without_comments(sheet) for sheet in sheets)
    variables = dict(_VARIABLE.findall(text))
    if not has_nested_rules(text):
        text = BLOCK.sub(lambda m: m.group() if is_asked(m[2].lower()) else "", text)
    if not text.strip():
        return
    if _depth(text) > _DEEPEST:  # no real page does that; then every cell is treated as unsure
        yield StyleRule("td,td *", "", (NO_LAYER, (), 0), _UNSURE)
        return
    text = kept_pattern(r"var\(\s*(--[\w-]+)[^)]*\)").sub(
        lambda m: variables.get(m[1], m.group()).strip(), text
    )
    parsed = tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
    yield from _Cascade().rules(parsed, _Around())


def _depth(text: str) -> int:
    """Return how deeply blocks and brackets are nested."""
    steps = (1 if sign in "{([" else -1 for sign in _BRACKET.findall(text))
    return max(accumulate(steps), default=0)


def without_comments(sheet: str) -> str:
    """Return a style sheet with each comment replaced by a blank."""
    return _COMMENT.sub(" ", sheet)


def has_nested_rules(sheet: str) -> bool:
    """Return whether rules are nested in other rules.

    >>> has_nested_rules("td { & b { left: 0 } }"), has_nested_rules("@media screen { td { left: 0 } }")
    (True, False)
    """
    return _NESTED.search(sheet) is not None


def loosened(selector: str) -> str:
    """Return a wider selector for one that the parser does not support: its last tag, class and id names.

    >>> loosened("td:nth-col(2) .old:unheard-of")
    '.old'
    """
    last = kept_pattern(r"[\s>+~]+(?![^(]*\))").split(selector.strip())[-1]
    return "".join(_PART.findall(kept_pattern(r":[\w-]+(?:\(.*\))?").sub("", last))) or "td,td *"


def declarations_of(style: str) -> Iterator[Declaration]:
    """Yield the declarations of a style attribute that may do more than change looks."""
    yield from _declarations(tinycss2.parse_blocks_contents(style, skip_comments=True, skip_whitespace=True))


def _declarations(nodes: Iterable[tinycss2.ast.Node]) -> Iterator[Declaration]:
    for node in nodes:
        if node.type == "declaration" and is_asked(node.lower_name):
            yield node.lower_name, tinycss2.serialize(node.value).strip(), node.important


def holds_on_screen(media: str | None) -> bool:
    """Return whether a style sheet for these media may apply on a screen."""
    return not media or _holds("media", media.lower()) is not False


def _holds(keyword: str, condition: str) -> bool | None:
    """Return whether a condition is true; None if that depends on the screen or the browser."""
    if keyword == "supports":
        return _is_supported(condition)
    if keyword == "container":
        return None
    answers = [_is_met(each) for each in condition.split(",")]
    if True in answers:
        return True
    return None if None in answers else False


def _is_met(query: str) -> bool | None:
    if query.strip().startswith("not "):
        met = _is_met(query.strip()[4:])
        return None if met is None else not met
    if _NO_SCREEN.search(query):
        return False
    for side, number, unit in _WIDTH.findall(query):
        width = float(number) * (1 if unit == "px" or not unit else 16)
        if (side == "max" and width < _NARROW) or (side == "min" and width > _WIDE):
            return False
        if (side == "max" and width < _WIDE) or (side == "min" and width > _NARROW):
            return None
    if "width" in _WIDTH.sub("", query):
        return False if kept_pattern(r"(?:^|[^-])width\s*<").search(query) else None
    known = kept_pattern(r"\b(?:screen|all|and|only|projection)\b|[\s()]|min-width|:|[\d.]+px").sub(
        "", _WIDTH.sub("", query)
    )
    return None if known else True


def _is_supported(condition: str) -> bool | None:
    """Return True for an @supports condition that all browsers meet; None for any other."""
    found = kept_pattern(r"(not)?\s*\(\s*display\s*:\s*([\w-]+)\s*\)").fullmatch(condition)
    if found is None:
        return None
    return (found[2] in _DISPLAYS) != bool(found[1])


def _selectors(prelude: list[tinycss2.ast.Node]) -> Iterator[str]:
    part: list[tinycss2.ast.Node] = []
    for token in (*prelude, None):
        if token is None or token == ",":
            yield tinycss2.serialize(part).strip()
            part = []
        else:
            part.append(token)


def _inside(selector: str, around: tuple[str, ...]) -> str:
    """Return a nested selector combined with those of the rule around it."""
    if not around:
        return selector
    outer = around[0] if len(around) == 1 else f":is({','.join(around)})"
    return selector.replace("&", outer) if "&" in selector else f"{outer} {selector}"


@lru_cache(maxsize=4096)
def _specificity(selector: str) -> tuple[int, ...]:
    """Return how specific a selector is; cached, as sheets repeat theirs for screens of other widths."""
    if _NAMES_ONLY.fullmatch(selector):
        return selector.count("#"), selector.count("."), len(_TAG_NAME.findall(selector))
    try:
        return tuple(next(cssselect2.parser.parse(selector)).specificity)
    except (cssselect2.parser.SelectorError, StopIteration):
        return len(_IDS.findall(selector)), len(_CLASSES.findall(selector)), len(_TAGS.findall(selector))
