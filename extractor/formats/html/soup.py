"""The second reader of web pages, with BeautifulSoup: one element after another, as simple as possible.

It shares with the first reader the rules for articles and tables, but has its own parser, walk and placement
of spans. Its tree differs from a browser's, so a tbody omitted in the source is added to the paths here.
"""

import warnings
from collections import Counter
from collections.abc import Iterator

from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning, Tag, XMLParsedAsHTMLWarning
from bs4.element import NavigableString, PreformattedString

from extractor.formats.html import elements
from extractor.formats.html.grid import HtmlSlot, RowGroup
from extractor.formats.html.page import (
    BREAK,
    Draft,
    HtmlPage,
    Medium,
    is_file_link,
    is_hidden,
    is_icon,
    kept_blanks,
    tidy,
)
from extractor.formats.html.table import OpenTable, close_table

_BLOCKS = elements.CONTAINERS | elements.BOXES | elements.ROW_GROUPS | elements.CELLS | {"table", "tr", "hr"}
_MAY_BE_HIDDEN_BODY = elements.CONTAINERS | elements.BOXES | {"table"}


def read_page(text: str) -> HtmlPage:
    """Return everything on the page, as this reader sees it."""
    with warnings.catch_warnings():
        # BeautifulSoup warns about short texts like file names, and about XHTML; neither matters here.
        warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        soup = BeautifulSoup(text, "lxml")
    reader = _SoupReader()
    for node, begins in _visit(soup):
        if isinstance(node, Tag):
            if begins:
                reader.begin(node)
            else:
                reader.end(node)
        elif not isinstance(node, PreformattedString):
            reader.add(str(node))
    reader.flush()
    reader.page.metadata = _metadata(soup)
    reader.page.scripts = len(soup.find_all("script"))
    return reader.page


def _visit(soup: BeautifulSoup) -> Iterator[tuple[Tag | NavigableString, bool]]:
    """Yield each node, with True when it begins and, for elements, False when it ends; skip hidden ones."""
    stack: list[Iterator[object]] = [iter(soup.contents)]
    around: list[Tag] = []
    while stack:
        node = next(stack[-1], None)
        if node is None:
            stack.pop()
            if around:
                yield around.pop(), False
        elif isinstance(node, Tag):
            if node.name in elements.DROPPED or (
                _attributes_hide(node) and node.name not in _MAY_BE_HIDDEN_BODY
            ):
                continue
            yield node, True
            around.append(node)
            stack.append(iter(() if node.name in elements.FRAMES else node.contents))
        elif isinstance(node, NavigableString):
            yield node, True


def _attributes(tag: Tag) -> dict[str, str | None]:
    return {name: " ".join(value) if isinstance(value, list) else value for name, value in tag.attrs.items()}


def _attributes_hide(tag: Tag) -> bool:
    return is_hidden(_attributes(tag))


class _TextContext:
    """The state for the text inside one element."""

    boxed = False
    level: int | None = None
    hidden = 0
    linked = False
    preformatted = False
    block = ""
    region = -1

    def __init__(self, path: str, above: "_TextContext | None" = None) -> None:
        if above:
            self.__dict__.update(above.__dict__)
        self.path = path
        self.slot: HtmlSlot | None = None  # set if the element is a table cell
        self.children: Counter[str] = Counter()
        self.bare_rows = False  # whether the last child was a row without a tbody around it


class _SoupReader:
    def __init__(self) -> None:
        self.page = HtmlPage()
        self.places = [_TextContext("")]
        self.tables: list[OpenTable] = []
        self.text: list[str] = []
        self.links = 0
        self.attached = False

    def add(self, text: str) -> None:
        place = self.places[-1]
        if not self.text and not text.strip(" \n\r\t"):
            return
        self.text.append(kept_blanks(text) if place.preformatted else text)
        self.links += len(text) if place.linked else 0

    def flush(self) -> None:
        text = tidy("".join(self.text))
        place = self.places[-1]
        if text:
            level = place.level if len(text) <= elements.LONGEST_HEADING else None
            self.page.drafts.append(
                Draft(
                    text,
                    place.block,
                    level,
                    min(self.links, len(text)),
                    place.hidden,
                    self.attached,
                    place.boxed,
                )
            )
        self.text, self.links, self.attached = [], 0, False

    def begin(self, tag: Tag) -> None:
        if tag.name in _BLOCKS:
            self.flush()
        place = _TextContext(self._path(tag.name), self.places[-1])
        self.places.append(place)
        attributes = _attributes(tag)
        if tag.name in _BLOCKS:
            place.block = place.path
            place.hidden += is_hidden(attributes)
            self._begin_block(tag, place, attributes)
        elif tag.name == "br":
            self.text.append(BREAK)
        else:
            self._begin_inline(tag, place, attributes)

    def _path(self, name: str) -> str:
        above = self.places[-1]
        path = above.path
        if name == "tr" and path.rpartition("/")[2].startswith("table"):
            above.children["tbody"] += not above.bare_rows
            above.children["tr"] = above.children["tr"] + 1 if above.bare_rows else 1
            above.bare_rows = True
            return f"{path}/tbody[{above.children['tbody']}]/tr[{above.children['tr']}]"
        above.bare_rows = False
        above.children[name] += 1
        if name in ("html", "body"):
            return f"{path}/{name}"
        if name.isalnum():
            return f"{path}/{name}[{above.children[name]}]"
        return f"{path}/*[{above.children.total()}]"

    def _begin_block(self, tag: Tag, place: _TextContext, attributes: dict[str, str | None]) -> None:
        name = tag.name
        if name in elements.BOXES:
            place.boxed, place.level = True, elements.HEADINGS.get(name, place.level)
            place.preformatted = place.preformatted or name == "pre"
        elif name in elements.CONTAINERS:
            place.region = self.page.open_region(
                place.region, name, f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
            )
        elif name == "table":
            place.level = None
            self.tables.append(
                OpenTable(place.path, len(self.page.drafts), len(self.page.regions), place.hidden)
            )
            place.region = self.page.open_region(place.region, name)
        elif self.tables:
            self._begin_table_part(tag, place, attributes)

    def _begin_table_part(self, tag: Tag, place: _TextContext, attributes: dict[str, str | None]) -> None:
        table, name = self.tables[-1], tag.name
        if name == "tr":
            if tag.parent is not None and tag.parent.name == "table" and place.path.endswith("/tr[1]"):
                table.groups.append(RowGroup("tbody", []))
            table.add_row()
        elif name in elements.CELLS:
            place.boxed, place.level = False, None
            slot = HtmlSlot(place.path, len(self.page.drafts))
            slot.ask(attributes)
            table.row.append(slot)
            place.slot = slot
        else:
            table.groups.append(RowGroup(name, []))

    def _begin_inline(self, tag: Tag, place: _TextContext, attributes: dict[str, str | None]) -> None:
        if tag.name == "a":
            place.linked = True
            target = attributes.get("href") or ""
            if is_file_link(target):
                self.attached = True
                self._note("file", target)
        elif tag.name in elements.IMAGES and not is_icon(attributes):
            self._note("image", attributes.get("src") or "")
        elif tag.name in elements.FRAMES:
            self._note("frame", attributes.get("src") or attributes.get("data") or "")

    def _note(self, kind: str, target: str) -> None:
        self.page.media.append(Medium(kind, target, len(self.page.drafts), self.places[-1].hidden))

    def end(self, tag: Tag) -> None:
        if tag.name in _BLOCKS:
            self.flush()
        place = self.places.pop()
        if tag.name in elements.CONTAINERS or tag.name == "table":
            self.page.close_region(place.region)
        if place.slot is not None:
            place.slot.end = len(self.page.drafts)
        elif tag.name == "table":
            table = self.tables.pop()
            close_table(self.page, table, *_place_slots(table.groups))


def _place_slots(groups: list[RowGroup]) -> tuple[list[HtmlSlot], int]:
    """Position each cell by marking the columns that cells above still cover."""
    heads = [group for group in groups if group.tag == "thead"][:1]
    feet = [group for group in groups if group.tag == "tfoot"]
    slots: list[HtmlSlot] = []
    overlaps = first = 0
    for group in heads + [one for one in groups if one not in heads + feet] + feet:
        covered: dict[int, int] = {}  # column → the first row in which it is free again
        for index, cells in enumerate(group.rows):
            column = 0
            for slot in cells:
                while covered.get(column, 0) > index:
                    column += 1
                slot.row, slot.column = first + index, column
                column += slot.column_span
                overlaps += _cover(slot, index, len(group.rows) - index, covered)
                slots.append(slot)
        first += len(group.rows)
    width = max((slot.column + 1 for slot in slots), default=0)
    for slot in slots:
        slot.column_span = min(slot.column_span, width - slot.column)
    return slots, overlaps


def _cover(slot: HtmlSlot, index: int, rows_left: int, covered: dict[int, int]) -> bool:
    """Set the final spans of a cell and mark what it covers; return whether it overlapped another."""
    columns = range(slot.column, slot.column + slot.column_span)
    taken = next((column for column in columns if covered.get(column, 0) > index), None)
    if taken is not None:
        slot.column_span = taken - slot.column
    slot.row_span = min(slot.row_span or rows_left, rows_left)
    if slot.row_span > 1:
        for column in range(slot.column, slot.column + slot.column_span):
            covered[column] = index + slot.row_span
    return taken is not None


def _metadata(soup: BeautifulSoup) -> dict[str, str]:
    found: dict[str, str] = {}
    if soup.title and (title := tidy(soup.title.get_text())):
        found["title"] = title
    for meta in soup.find_all("meta"):
        name, content = (str(meta.get(key) or "").strip() for key in ("name", "content"))
        if name and content:
            found.setdefault(name.lower(), content)
    return found
