"""Queries that are cheaper for a whole lexbor tree or element than node by node."""

from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from extractor.formats.html.page import BREAK, tidy

# Elements that change how text looks and nothing else.
LOOKS = frozenset(["span", "font", "b", "strong", "u", "i", "em", "o:p", "big", "small", "st1:chsdate"])
_OUTERMOST = LOOKS | {"p"}


def upwards(node: LexborNode) -> Iterator[LexborNode]:
    """Yield an element and those around it, from the inside out."""
    around: LexborNode | None = node
    while around is not None:
        yield around
        around = around.parent


def cell_around(node: LexborNode) -> LexborNode | None:
    """Return the innermost cell around an element, or the element if it is one; None if there is none."""
    return next((each for each in upwards(node) if each.tag in ("td", "th")), None)


def find_spanning(parser: LexborHTMLParser) -> frozenset[int]:
    """Return the ids of the cells that span more than one row or column."""
    return frozenset(node.mem_id for node in parser.css("[colspan],[rowspan]"))


def number_elements(parser: LexborHTMLParser) -> dict[int, int]:
    """Return the number of each element in document order, from 1, by its id."""
    if parser.root is None:
        return {}
    elements = (node for node in parser.root.traverse() if node.is_element_node)
    return {node.mem_id: number for number, node in enumerate(elements, 1)}


def read_metadata(parser: LexborHTMLParser) -> dict[str, str]:
    """Return the title and the named meta elements, names in lower case; the first of each name counts."""
    found: dict[str, str] = {}
    title = parser.css_first("head title")
    if title is not None and (text := tidy(title.text())):
        found["title"] = text
    for meta in parser.css("meta"):
        attributes = meta.attributes
        name, content = attributes.get("name"), attributes.get("content")
        if name and content and content.strip():
            found.setdefault(name.strip().lower(), content.strip())
    return found


def plain_text(element: LexborNode, hidden: frozenset[int]) -> str | None:
    """Return the raw text of an element with at most one paragraph; None for any other element.

    This fast path covers most cells and paragraphs; those with links, pictures, lists or nested blocks are
    walked.
    """
    return _text_of_paragraph(element, hidden) if hidden else _text_alone(element)


def _text_of_paragraph(element: LexborNode, hidden: frozenset[int]) -> str | None:
    """Return the text of an element with only one paragraph; None if it has more."""
    parts: list[str] = []
    inside: list[LexborNode] = []
    paragraph_ended = False
    node = element.first_child
    while True:
        if node is None:
            if not inside:
                return "".join(parts)
            node = inside.pop().next
            continue
        tag = node.tag
        if tag in LOOKS or tag == "p":
            if (paragraph_ended and not inside) or (hidden and node.mem_id in hidden):
                return None
            if tag == "p":
                if inside or "".join(parts).strip(" \t\r\n"):
                    return None
                paragraph_ended = True
            inside.append(node)
            node = node.first_child
            continue
        text = _text_at(node, tag)
        if text is None or (paragraph_ended and not inside and tag == "-text" and not text.isspace()):
            return None
        parts.append(text)
        node = node.next


def _text_at(node: LexborNode, tag: str | None) -> str | None:
    """Return the text of a text, br or comment node; None for other elements."""
    if tag == "-text":
        return node.text_content
    if tag == "br":
        return BREAK
    return "" if tag == "-comment" else None


def _text_alone(element: LexborNode) -> str | None:
    """Return the text of a cell; fast for one text in nested elements: `<td><p><span>12</span></p></td>`."""
    node, allowed = element.first_child, _OUTERMOST
    while node is not None:
        if node.next is not None:
            return _text_of_paragraph(element, _NONE) if allowed is _OUTERMOST else _text_within(node)
        tag = node.tag
        if tag == "-text":
            return node.text_content
        if tag not in allowed:
            return _text_of_paragraph(element, _NONE)
        node, allowed = node.first_child, LOOKS
    return ""


_NONE: frozenset[int] = frozenset()


def _text_within(first: LexborNode) -> str | None:
    """Return the text of a node and its following siblings; None if there is more than inline text."""
    parts: list[str] = []
    inside: list[LexborNode] = []
    node: LexborNode | None = first
    while True:
        if node is None:
            if not inside:
                return "".join(parts)
            node = inside.pop().next
            continue
        tag = node.tag
        if tag in LOOKS:
            inside.append(node)
            node = node.first_child
            continue
        text = _text_at(node, tag)
        if text is None:
            return None
        parts.append(text)
        node = node.next
