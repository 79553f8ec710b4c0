"""Tells which style sheets of a page, and which of their rules, apply on a screen.

If it is unknown whether a rule applies, because of a condition, state or selector, its declarations are
replaced by `UNSURE`. Cells that it may affect are then not read as plain cells.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import accumulate

from msgspec import Struct

from extractor.formats.html.properties import is_asked
from extractor.patterns import kept_pattern, late_pattern

# sort key of declarations: important, layer, specificity, order
Rank = tuple[bool, int, tuple[int, ...], int]
Declaration = tuple[str, str, bool]  # name, value, important

UNSURE = "unsure"
UNSURE_DECLARATIONS: list[Declaration] = [(UNSURE, "", False)]
NO_LAYER = 10**6  # declarations outside all layers override those in layers
_COMMENT = kept_pattern(r"/\*.*?(?:\*/|\Z)|<!--|-->", re.DOTALL)
# A rule without blocks inside: its selectors, and its declarations. It is tried only after braces; otherwise
# text without braces would be scanned from each of its characters.
BLOCK = kept_pattern(r"(?<![^{}])([^{}]*)\{([^{}]*)\}")
# A nested rule: preceded by a declaration, with an ampersand, or a selector inside another rule.
_NESTED = kept_pattern(r"&|\{[^{}]*;[^{}]*\{|(?:^|[{};])\s*[^@{};\s][^@{};]*\{[^{};]*\{")
_VARIABLE = kept_pattern(r"(--[\w-]+)\s*:\s*([^;}]+)")
_PART = late_pattern(r"[.#][\w-]+|\[[^\]]*\]|^[\w-]+")
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


def rules_of(sheets: Iterable[str]) -> Iterator[StyleRule]:
    """Yield the rules of style sheets that may do more than change appearance, in order."""
    text = "\n".join(without_comments(sheet) for sheet in sheets)
    variables = dict(_VARIABLE.findall(text))
    if not has_nested_rules(text):
        text = BLOCK.sub(lambda m: m.group() if is_asked(m[2].lower()) else "", text)
    if not text.strip():
        return
    if _depth(text) > _DEEPEST:  # no real page does that; then every cell is treated as unsure
        yield StyleRule("td,td *", "", (NO_LAYER, (), 0), UNSURE_DECLARATIONS)
        return
    text = kept_pattern(r"var\(\s*(--[\w-]+)[^)]*\)").sub(
        lambda m: variables.get(m[1], m.group()).strip(), text
    )
    from extractor.formats.html.style_rules import parsed_rules  # few pages need what it loads

    yield from parsed_rules(text)


def _depth(text: str) -> int:
    """Return how deeply blocks and brackets are nested."""
    steps = (1 if sign in "{([" else -1 for sign in _BRACKET.findall(text))
    return max(accumulate(steps), default=0)


@lru_cache(maxsize=16)  # the sheets of one page, asked for again and again
def without_comments(sheet: str) -> str:
    """Return a style sheet with each comment replaced by a blank."""
    return _COMMENT.sub(" ", sheet)


@lru_cache(maxsize=16)
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
    from extractor.formats.html.style_rules import parsed_declarations  # few pages need what it loads

    yield from parsed_declarations(style)


def holds_on_screen(media: str | None) -> bool:
    """Return whether a style sheet for these media may apply on a screen."""
    return not media or holds("media", media.lower()) is not False


def holds(keyword: str, condition: str) -> bool | None:
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
