"""Parses the rules of style sheets, and ranks them; only pages that have rules load what that needs."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

import cssselect2.parser
import tinycss2
from msgspec import Struct, field

from extractor.formats.html.cascade import (
    NO_LAYER,
    UNSURE_DECLARATIONS,
    Declaration,
    StyleRule,
    holds,
)
from extractor.formats.html.properties import is_asked
from extractor.formats.html.style_blocks import StyleBlock, blocks_of
from extractor.patterns import kept_pattern, late_pattern

_PSEUDO = late_pattern(r"::?(before|after|first-letter|first-line|marker)\s*$", re.IGNORECASE)
# Selectors of states that need a user's action, and of single browsers.
_NOT_AT_REST = late_pattern(
    r":(?:hover|active|focus(?:-\w+)?|visited|target|-moz-|-webkit-|-ms-)|::(?!before|after|first-|marker)"
)
_NEVER = late_pattern(r":not\(\s*:(?:hover|active|focus(?:-\w+)?|visited|target)\s*\)")
_LINKED = late_pattern(r":(?:any-)?link\b")
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

_PLAIN_SELECTORS = late_pattern(r"[a-zA-Z][\w\s.#>~,-]*|[.#][a-zA-Z_][\w\s.#>~,-]*", re.ASCII)
_AT_RULE = late_pattern(r"@([\w-]+)(.*)", re.DOTALL)


def parsed_rules(sheet: str) -> Iterator[StyleRule]:
    """Yield the rules of a style sheet that apply, or may apply, on a screen, in order."""
    blocks = blocks_of(sheet)
    if blocks is not None:
        yield from _Cascade().rules_of_blocks(blocks)
        return
    parsed = tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True)
    yield from _Cascade().rules(parsed, _Around())


def parsed_declarations(style: str) -> Iterator[Declaration]:
    """Yield the declarations of a style attribute that may do more than change looks."""
    yield from _declarations(tinycss2.parse_blocks_contents(style, skip_comments=True, skip_whitespace=True))


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

    def rules_of_blocks(self, blocks: Iterable[StyleBlock]) -> Iterator[StyleRule]:
        """Yield the same rules of a sheet that was taken apart without a parser."""
        for block in blocks:
            around: _Around | None = _Around()
            own = (block.selectors,) if block.selectors.startswith("@") else ()
            for before in (*block.around, *own):
                keyword, prelude = _at_rule(before)
                around = around and self._inside_of(keyword, prelude, around)
            if around is not None and not own:
                yield from self._weighed(_selectors_in(block.selectors), _declared_in(block.body), around)

    def _inside_of(self, keyword: str, prelude: str, around: _Around) -> _Around | None:
        """Return what holds inside an at-rule; None if its rules do not apply on a screen."""
        if keyword == "layer":
            names = [f"{around.layer}.{name.strip()}" for name in prelude.split(",")]
            for name in names:
                self.layers.setdefault(name, len(self.layers))
            return _Around(around.unsure, names[0], around.selectors)
        if keyword in ("media", "supports", "container"):
            applies = holds(keyword, prelude)
            unsure = around.unsure or applies is None
            return None if applies is False else _Around(unsure, around.layer, around.selectors)
        known = keyword in ("scope", "starting-style")
        return _Around(True, around.layer, around.selectors) if known else None

    def _of_block(self, node: tinycss2.ast.Node, outside: _Around) -> Iterator[StyleRule]:
        prelude = tinycss2.serialize(node.prelude).strip().lower()
        around = self._inside_of(node.lower_at_keyword, prelude, outside)
        if around is None:
            return
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
            said = UNSURE_DECLARATIONS if around.unsure else declarations
            rank = (layer, _specificity(at_rest), self.count)
            yield StyleRule(plain, found[1].lower() if found else "", rank, said)


def _at_rule(text: str) -> tuple[str, str]:
    """Return the keyword and the condition of an at-rule, in lower case."""
    found = _AT_RULE.match(text)
    return (found[1].lower(), found[2].strip().lower()) if found else ("", "")


@lru_cache(maxsize=8192)
def _selectors_in(text: str) -> tuple[str, ...]:
    """Return the selectors of a rule; cached, as pages of one site share their sheets."""
    if _PLAIN_SELECTORS.fullmatch(text):
        return tuple(map(str.strip, text.split(",")))
    return tuple(_selectors(tinycss2.parse_component_value_list(text)))


@lru_cache(maxsize=8192)
def _declared_in(body: str) -> list[Declaration]:
    """Return the declarations of a rule that may do more than change looks; not to be changed."""
    return list(parsed_declarations(body))


def _declarations(nodes: Iterable[tinycss2.ast.Node]) -> Iterator[Declaration]:
    for node in nodes:
        if node.type == "declaration" and is_asked(node.lower_name):
            yield node.lower_name, tinycss2.serialize(node.value).strip(), node.important


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
