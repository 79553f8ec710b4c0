"""The style sheets inside a page, and whether their rules can affect how numbers are read."""

from collections.abc import Iterable

from selectolax.lexbor import LexborHTMLParser, LexborNode

from extractor.formats.html.addresses import data_of
from extractor.formats.html.cascade import holds_on_screen
from extractor.formats.html.lexbor import upwards
from extractor.formats.html.sheet import hazardous_rules, hides, is_hazardous
from extractor.formats.html.start_tags import StartTags
from extractor.patterns import kept_pattern, late_pattern

_NAMED_IN_CELLS = "td[class],td[id],td [class],td [id],th[class],th [class],tr[class]"
_NAME = kept_pattern(r"(?<!\()[.#]([\w-]+)")
_TAG = late_pattern(r"[\w:-]*")
_FEW = 8  # names that are looked for one by one
_NO_TEXT = (
    "img",
    "ul",
    "ol",
    "body",
    "html",
    "iframe",
    "input",
    "header",
    "footer",
    "nav",
    "hr",
    "form",
    "textarea",
)


def sheets_of(parser: LexborHTMLParser) -> list[str]:
    """Return the style sheets of the page that apply on a screen, including those in data: URLs."""
    found = [node.text() for node in parser.css("style") if holds_on_screen(node.attributes.get("media"))]
    for node in parser.css("link[href^='data:' i]"):
        data = data_of(node.attributes.get("href") or "")
        if data is not None and holds_on_screen(node.attributes.get("media")):
            found.append(data.decode("utf-8", "replace"))
    return found


# Text that a class or id raises: a note mark behind a number.
_RAISES = late_pattern(r"vertical-align\s*:\s*(?:super|sub\b)|font-variant-position")


def may_matter(parser: LexborHTMLParser, tags: StartTags, sheet: str) -> bool:
    """Return whether a hazardous CSS rule may match inside a cell, or may hide or raise elements anywhere.

    Args:
        parser: the parsed page.
        tags: its start tags.
        sheet: a style sheet, in lower case.
    """
    if not is_hazardous(sheet):
        return False
    rules = hazardous_rules(sheet)
    selectors = [selector for selector, _ in rules]
    hiding = [s for s, body in rules if hides(body) or (_RAISES.search(body) and _NAME.search(s))]
    known = tags.names()
    if known is not None and not any(_may_name(selector, known) for selector in hiding):
        called = known.intersection(_NAME.findall(" ".join(selectors)))
        in_rows = _names_in_rows(parser, called) if len(called) <= _FEW else called
        if not any(_may_name(selector, in_rows) for selector in selectors):
            return False  # known without asking each element for its names
    inside = names_of(parser.css(_NAMED_IN_CELLS))
    if any(_may_name(selector, inside) for selector in selectors):
        return True
    everywhere = names_of(parser.css("[class],[id]")) if hiding else inside
    return any(_may_name(selector, everywhere) for selector in hiding)


def _names_in_rows(parser: LexborHTMLParser, names: Iterable[str]) -> frozenset[str]:
    """Return those of some names of classes and ids that an element of a table's row may have."""
    return frozenset(
        name
        for name in names
        if not name.isascii()  # the parser does not know capital letters of other scripts
        or any(
            around.tag in ("td", "th", "tr")
            for node in parser.css(f"[class~='{name}' i],[id~='{name}' i]")
            for around in upwards(node)
        )
    )


def names_of(nodes: Iterable[LexborNode]) -> frozenset[str]:
    """Return the classes and ids of elements, in lower case."""
    attributes = [node.attributes for node in nodes]
    texts = {each.get("class") for each in attributes} | {each.get("id") for each in attributes}
    return frozenset(" ".join(text for text in texts if text).lower().split())


def _may_name(selectors: str, names: frozenset[str]) -> bool:
    """Return whether selectors may match an element with one of these class or id names, or by tag only."""
    for selector in selectors.split(","):
        last = kept_pattern(r"[\s>+~]+").split(selector.strip())[-1]
        named = _NAME.findall(last)
        if not named and _TAG.match(last)[0] in _NO_TEXT:  # type: ignore[index]  # it matches nothing at least
            continue
        if all(name in names for name in named):
            return True
    return False
