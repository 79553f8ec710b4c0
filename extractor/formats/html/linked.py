"""Finds cells in which an external style sheet may hide digits: such sheets are not fetched."""

from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from extractor.formats.html.lexbor import cell_around
from extractor.patterns import late_pattern

_LINK = "link[rel~=stylesheet i]"
_NAMED = ",".join(
    f"td {tag}[class]" for tag in ("span", "em", "i", "b", "strong", "font", "small", "label", "a")
)
_DIGIT_FIRST = late_pattern(r"\d")
_DIGIT_LAST = late_pattern(r"\d\Z")


def cells_cut_by_class(parser: LexborHTMLParser) -> Iterator[LexborNode]:
    """Yield the cells in which only some digits of a number have a class of their own."""
    if parser.css_first(_LINK) is None:
        return
    for node in parser.css(_NAMED):
        text = node.text()
        if (_DIGIT_LAST.search(text) and _begins_with_digit(node.next)) or (
            _DIGIT_FIRST.match(text) and _ends_with_digit(node.prev)
        ):
            cell = cell_around(node)
            if cell is not None:
                yield cell


def _begins_with_digit(node: LexborNode | None) -> bool:
    return node is not None and _DIGIT_FIRST.match(_text_of(node)) is not None


def _ends_with_digit(node: LexborNode | None) -> bool:
    return node is not None and _DIGIT_LAST.search(_text_of(node)) is not None


def _text_of(node: LexborNode) -> str:
    return (node.text_content or "") if node.tag == "-text" else node.text()
