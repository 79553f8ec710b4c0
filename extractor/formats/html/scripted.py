"""Finds cells that a script may fill when the page is displayed: their source text proves nothing."""

from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from extractor.formats.html.lexbor import cell_around
from extractor.formats.html.start_tags import StartTags
from extractor.patterns import kept_pattern, late_pattern

_WRITES = late_pattern(
    r"innerHTML|innerText|textContent|nodeValue|outerHTML|\.(?:text|html|append|prepend|replaceWith|val)\s*\(|"
    r"insertAdjacent|appendChild|createTextNode|insertCell|document\.write|\.value\s*=[^=]|\$set|createApp|new\s+Vue"
)
_SELECTS_CELLS = late_pattern(
    r"\.cells\b|insertCell|getElementsByTagName\(\s*[\"']t[dr]|"
    r"(?:querySelector(?:All)?|\$|jQuery|find|children|eq)\(\s*[\"'][^\"')]*(?<![\w-])t[dr](?![\w-])"
)
_BINDING = ("v-text", "v-html", "v-bind", "x-text", "ng-bind", "data-bind", "data-text", "ms-text", "th:text")
_BOUND = ",".join(f"td[{name}],td [{name}]" for name in (name.replace(":", r"\:") for name in _BINDING))
# A page whose source has none of these has no such attributes; this test is cheaper than a query.
_BOUND_PARTS = tuple({kept_pattern(r"^\w+").sub("", name).encode() for name in _BINDING})
_VALUES = late_pattern(
    r"\.value\s*=[^=]|\.val\(\s*[^\s)]|setAttribute\(\s*[\"']value|\.selectedIndex\s*=[^=]"
)
_WORD = late_pattern(r"[\w-]+")


def scripted_cells(parser: LexborHTMLParser, tags: StartTags) -> dict[int, LexborNode]:
    """Return the cells that a script may fill, by id.

    A script may name a cell, or go through all of them.
    """
    if parser.css_first("script") is None or parser.css_first("td,th") is None:
        return {}
    bound = parser.css(_BOUND) if tags.may_have(*_BOUND_PARTS) else []
    found = {cell.mem_id: cell for cell in map(cell_around, bound) if cell is not None}
    found.update((cell.mem_id, cell) for cell in _with_own_elements(parser))
    scripts = parser.css("script")
    text = "\n".join(node.text() for node in scripts)
    linked = any("src" in node.attributes for node in scripts)
    if not linked and not _WRITES.search(text):
        return found
    named = parser.css("td[id],th[id],td [id]")
    writes = _WRITES.search(text) is not None
    words = frozenset(_WORD.findall(text)) if named or writes else frozenset()
    for node in named:
        cell = cell_around(node)
        name = node.attributes.get("id") or ""
        if cell is not None and name and (name in words or (linked and _is_blank(node))):
            found[cell.mem_id] = cell
    if writes:
        fields = map(cell_around, parser.css("td input,td select,td textarea"))
        found.update((cell.mem_id, cell) for cell in fields if cell is not None and _VALUES.search(text))
        found.update((cell.mem_id, cell) for cell in _selected(parser, text, words))
    return found


def _with_own_elements(parser: LexborHTMLParser) -> Iterator[LexborNode]:
    """Yield the blank cells with a custom element, whose script draws what it shows."""
    for node in parser.css("td :empty"):
        if "-" in (node.tag or "").strip("-"):
            cell = cell_around(node)
            if cell is not None and _is_blank(cell):
                yield cell


def _selected(parser: LexborHTMLParser, text: str, words: frozenset[str]) -> Iterator[LexborNode]:
    """Yield the blank cells that a writing script may select, by class or as cells in general."""
    everywhere = _SELECTS_CELLS.search(text) is not None
    for cell in parser.css(
        "td" if everywhere else "td[class],td[data-field],td[data-key],td[data-name],td[name]"
    ):
        attributes = cell.attributes
        names = f"{attributes.get('class') or ''} {attributes.get('data-field') or ''}".split()
        told = everywhere or any(name in words for name in names) or "data-field" in attributes
        if told and _is_blank(cell):
            yield cell


def _is_blank(node: LexborNode) -> bool:
    return not node.text().strip("\u3000\u00a0 \t\r\n")
