"""Takes a style sheet apart into its rules by its braces alone, where those are surely those of rules.

Sheets are long and their rules alike: a rule that stands by itself can be looked up, where a parser of whole
sheets reads each character of each page again.
"""

from collections.abc import Iterator

from msgspec import Struct

from extractor.formats.html.cascade import has_nested_rules
from extractor.patterns import late_pattern

_STRING = late_pattern(r"\"[^\"\n]*\"|'[^'\n]*'")
# A brace in a string or in brackets, or one that is escaped.
_HIDDEN_BRACE = late_pattern(r"\([^()]*[{}]|\\[\"'{}\n]")
_PIECE = late_pattern(r"([^{}]*)([{}])")


class StyleBlock(Struct, frozen=True):
    """A rule, or an at-rule without rules inside, with what stands before the blocks around it."""

    around: tuple[str, ...]  # such as "@media print", from the outside in
    selectors: str
    body: str


def blocks_of(sheet: str) -> list[StyleBlock] | None:
    """Return the blocks of a sheet without comments, in order; None if only a parser can tell them.

    >>> blocks_of("p{left:0}@media print{.a,b{top:0}}")[1]
    StyleBlock(around=('@media print',), selectors='.a,b', body='top:0')
    >>> blocks_of("p{content:'}'}") is None
    True
    """
    if has_nested_rules(sheet) or _hides_braces(sheet):
        return None
    found = list(_blocks(sheet))
    return None if None in found else [block for block in found if block is not None]


def _hides_braces(sheet: str) -> bool:
    bare = _STRING.sub(lambda string: "{" if "{" in string[0] or "}" in string[0] else "", sheet)
    odd = bare.count("{") != sheet.count("{") or bare.count("}") != sheet.count("}")
    return odd or '"' in bare or "'" in bare or _HIDDEN_BRACE.search(sheet) is not None


def _blocks(sheet: str) -> Iterator[StyleBlock | None]:
    """Yield the blocks, and None where a brace or something before one is not that of a rule."""
    around: list[str] = []
    opened, end = False, 0
    for piece in _PIECE.finditer(sheet):
        text, end = piece[1], piece.end()
        if piece[2] == "{":
            if opened and not around[-1].startswith("@"):
                yield None
            around.append(text.strip())
            if ";" in text or not around[-1]:
                yield None
            opened = True
        elif not around:
            yield None
        else:
            selectors = around.pop()
            if opened:
                yield StyleBlock(tuple(around), selectors, text)
            elif text.strip():
                yield None
            opened = False
    if around or sheet[end:].strip():
        yield None
