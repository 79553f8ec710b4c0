"""The style sheets of a page: read, parsed and matched once, whoever asks for them.

Sheets of websites are made for all of their pages, so that most of their rules name classes that a page does
not have. These are left out before the sheets are parsed.
"""

from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate

from selectolax.lexbor import LexborHTMLParser

from extractor.formats.html.carried import names_of, sheets_of
from extractor.formats.html.cascade import BLOCK, has_nested_rules, without_comments
from extractor.formats.html.sheet import MatchedRule, matched_rules
from extractor.formats.html.start_tags import StartTags
from extractor.patterns import late_pattern

# Selectors that are not taken apart here: with strings or escapes, or behind an at-rule without a block.
_ODD = late_pattern(r"[@;\"']|\\[0-9a-fA-F,]")
_ASIDE = late_pattern(r"\([^()]*\)|\[[^\[\]]*\]")  # conditions of selectors beside their names
_NAME = late_pattern(r"[.#]((?:[\w-]|[^\x00-\x7f]|\\.)+)")
_BRACE = late_pattern(r"[{}]")


class StyleSheets:
    """The style sheets of a page, without those that it links to, which are not fetched."""

    def __init__(self, parser: LexborHTMLParser, tags: StartTags) -> None:
        """Keep the page and its start tags; everything else is found when asked for."""
        self._parser = parser
        self._tags = tags
        self._matched: dict[tuple[str, ...], list[MatchedRule]] = {}

    @cached_property
    def every(self) -> list[str]:
        """The sheets that apply on a screen, as they stand in the page."""
        return sheets_of(self._parser) if self._tags.may_have(b"<style", b"<link") else []

    @cached_property
    def matching(self) -> list[str]:
        """The same sheets without rules that no element of the page can match, for want of their names."""
        if not any("{" in sheet for sheet in self.every):
            return self.every
        names = self._tags.names()
        if names is None:
            names = names_of(self._parser.css("[class],[id]"))
        return [rules_that_may_match(sheet, names) for sheet in self.every]

    def rules(self, sheets: Sequence[str]) -> list[MatchedRule]:
        """Return the rules of some sheets that may do more than change appearance, with their elements."""
        key = tuple(sheets)
        if key not in self._matched:
            self._matched[key] = matched_rules(self._parser, sheets)
        return self._matched[key]


def rules_that_may_match(sheet: str, names: frozenset[str]) -> str:
    """Return a sheet without the rules that ask for classes or ids which no element has.

    Args:
        sheet: its text.
        names: the classes and ids of all elements, in lower case.

    >>> rules_that_may_match(".a .b{color:red}p.B,.x{top:0}.a:not(.x){left:0}", frozenset(["a"]))
    '.a:not(.x){left:0}'
    """
    text = without_comments(sheet)
    if has_nested_rules(text) or not _is_balanced(text):
        return sheet
    return BLOCK.sub(lambda rule: rule[0] if _may_match(rule[1], names) else "", text)


def _is_balanced(text: str) -> bool:
    """Return whether each brace has its partner, so that no rule takes in what stands behind it."""
    depths = [*accumulate(1 if brace == "{" else -1 for brace in _BRACE.findall(text))]
    return not depths or (depths[-1] == 0 and min(depths) == 0)


def _may_match(selectors: str, names: frozenset[str]) -> bool:
    if _ODD.search(selectors):
        return True
    bare = selectors.lower()
    if "(" in bare or "[" in bare:
        bare = _ASIDE.sub("", bare)
        if "(" in bare or "[" in bare:
            return True
    return any(
        names.issuperset([name.replace("\\", "") for name in _NAME.findall(each)]) for each in bare.split(",")
    )
