"""One walk over a lexbor tree: the page's paragraphs, tables and containers in reading order.

Everything that is asked of a node is asked once, because each question costs a call
into C; paths are made from the parent's path, never by looking back.
"""

from collections.abc import Callable

from selectolax.lexbor import LexborHTMLParser, LexborNode

from extractor.formats.html_elements import (
    BOXES,
    CELLS,
    CONTAINERS,
    DROPPED,
    FRAMES,
    HEADINGS,
    IMAGES,
    LONGEST_HEADING,
    ROW_GROUPS,
)
from extractor.formats.html_grid import RowGroup, Slot, lay_out, read_span
from extractor.formats.html_page import (
    BREAK,
    Draft,
    Medium,
    Page,
    Region,
    is_file_link,
    is_hidden,
    is_icon,
    tidy,
)
from extractor.formats.html_table import OpenTable, close_table

_PLAIN_PATH_DEPTH = 200  # deeper elements are named by their number, so that paths stay short


class _Frame:
    """An element that the walk is inside of, and what to restore when it leaves."""

    __slots__ = ("before", "counts", "leave", "node", "path")

    def __init__(self, node: LexborNode, path: str) -> None:
        self.node = node
        self.path = path
        self.counts: dict[str, int] = {}
        self.leave: Callable[[_Frame], None] | None = None
        self.before: tuple[str, bool, int | None, int, int, bool] | None = None


def walk(parser: LexborHTMLParser, *, may_hide: bool) -> Page:
    """Return everything on the page. With `may_hide` false, no element hides itself by attributes."""
    state = _Walk(parser, may_hide)
    if parser.root is not None:
        state.run(parser.root)
    state.page.metadata = _read_metadata(parser)
    return state.page


class _Walk:
    def __init__(self, parser: LexborHTMLParser, may_hide: bool) -> None:
        self.page = Page()
        self.parser = parser
        self.may_hide = may_hide
        self.numbers: dict[int, str] = {}  # paths of the deep elements, made when the first is met
        self.frames: list[_Frame] = []
        self.parts: list[str] = []
        self.links = 0
        self.attached = False
        # What the elements around the walk's place say; restored when they are left.
        self.path = "/html"
        self.boxed = False
        self.level: int | None = None
        self.hidden = 0
        self.linked = 0
        self.preformatted = False
        self.region = -1
        self.tables: list[OpenTable] = []

    def run(self, root: LexborNode) -> None:
        frames = self.frames
        top = _Frame(root, "/html")
        frames.append(top)
        handlers = _HANDLERS
        node = root.first_child
        while True:
            if node is None:
                frame = frames.pop()
                if frame.leave:
                    frame.leave(frame)
                if frame is top:
                    break
                node = frame.node.next
                continue
            tag: str = node.tag  # type: ignore[assignment]  # every node has one; None is a formality
            if tag == "-text":
                self.add_text(node.text_content)
            elif tag[0] != "-" and tag[0] != "!":
                counts = frames[-1].counts
                counts[tag] = number = counts.get(tag, 0) + 1
                frame = _Frame(node, self.path_of(node, tag, number))
                handler = handlers.get(tag)
                if handler is None:
                    wanted = not (self.may_hide and is_hidden(node.attributes))
                else:
                    wanted = handler(self, frame, tag)
                if wanted:
                    frames.append(frame)
                    node = node.first_child
                    continue
            node = node.next
        self.flush()

    def path_of(self, node: LexborNode, tag: str, number: int) -> str:
        """Return the XPath of a child of the innermost frame, the `number`th of its name there."""
        parent = self.frames[-1]
        if len(self.frames) > _PLAIN_PATH_DEPTH:
            return self.number_of(node)
        if tag.isalnum():
            return f"{parent.path}/body" if tag == "body" else f"{parent.path}/{tag}[{number}]"
        # XPath has no way to write a name such as o:p without its namespace.
        return f"{parent.path}/*[{sum(parent.counts.values())}]"

    def number_of(self, node: LexborNode) -> str:
        if not self.numbers and self.parser.root is not None:
            elements = (one for one in self.parser.root.traverse() if one.is_element_node)
            self.numbers = {one.mem_id: f"(//*)[{number}]" for number, one in enumerate(elements, 1)}
        return self.numbers[node.mem_id]

    def add_text(self, text: str | None) -> None:
        if not text or (not self.parts and text[0] in " \n\t\r" and text.isspace()):
            return
        self.parts.append(text.replace("\n", BREAK) if self.preformatted else text)
        if self.linked:
            self.links += len(text)

    def flush(self) -> None:
        """End the paragraph that the walk is in, if there is anything in it."""
        if not self.parts:
            return
        text = tidy("".join(self.parts))
        self.parts.clear()
        if text:
            links = min(self.links, len(text))
            level = self.level if len(text) <= LONGEST_HEADING else None
            self.page.drafts.append(
                Draft(text, self.path, level, links, self.hidden, self.attached, self.boxed)
            )
        self.links = 0
        self.attached = False

    def open(self, frame: _Frame) -> None:
        """Begin a block: what stood before it is a paragraph of its own."""
        if self.parts:
            self.flush()
        frame.before = (self.path, self.boxed, self.level, self.hidden, self.region, self.preformatted)
        frame.leave = self.leave_block
        self.path = frame.path

    def leave_block(self, frame: _Frame) -> None:
        if self.parts:
            self.flush()
        if frame.before:
            self.path, self.boxed, self.level, self.hidden, self.region, self.preformatted = frame.before

    def hides(self, frame: _Frame) -> bool:
        return self.may_hide and is_hidden(frame.node.attributes)

    def enter_box(self, frame: _Frame, tag: str) -> bool:
        self.open(frame)
        self.boxed = True
        self.level = HEADINGS.get(tag, self.level)
        self.preformatted = self.preformatted or tag == "pre"
        self.hidden += self.hides(frame)
        return True

    def enter_container(self, frame: _Frame, tag: str) -> bool:
        self.open(frame)
        self.boxed = False
        attributes = frame.node.attributes
        self.hidden += self.may_hide and is_hidden(attributes)
        self.open_region(tag, f"{attributes.get('class') or ''} {attributes.get('id') or ''}")
        frame.leave = self.leave_container
        return True

    def open_region(self, tag: str, name: str) -> None:
        regions = self.page.regions
        regions.append(Region(self.region, tag, name, len(self.page.drafts)))
        self.region = len(regions) - 1

    def leave_container(self, frame: _Frame) -> None:
        if self.parts:
            self.flush()
        self.page.regions[self.region].end = len(self.page.drafts)
        self.leave_block(frame)

    def enter_table(self, frame: _Frame, tag: str) -> bool:
        self.open(frame)
        self.hidden += self.hides(frame)
        self.level = None
        self.tables.append(OpenTable(frame.path, len(self.page.drafts), len(self.page.regions), self.hidden))
        self.open_region(tag, "")
        frame.leave = self.leave_table
        return True

    def leave_table(self, frame: _Frame) -> None:
        self.leave_container(frame)
        table = self.tables.pop()
        close_table(self.page, table, *lay_out(table.groups))

    def enter_group(self, frame: _Frame, tag: str) -> bool:
        if self.hides(frame):
            return False
        if self.tables:
            self.tables[-1].groups.append(RowGroup(tag, []))
        return True

    def enter_row(self, frame: _Frame, tag: str) -> bool:
        if self.hides(frame):
            return False
        if self.tables:
            self.tables[-1].add_row()
        return True

    def enter_cell(self, frame: _Frame, tag: str) -> bool:
        attributes = frame.node.attributes
        if not self.tables or (self.may_hide and is_hidden(attributes)):
            return False
        self.open(frame)
        self.boxed = False
        self.level = None
        spans = ("colspan" in attributes or "rowspan" in attributes) and attributes
        slot = Slot(frame.path, len(self.page.drafts))
        if spans:
            slot.column_span = read_span(spans.get("colspan"))
            slot.row_span = read_span(spans.get("rowspan"), of_rows=True)
        self.tables[-1].add_cell(slot)
        frame.leave = self.leave_cell
        return True

    def leave_cell(self, frame: _Frame) -> None:
        self.leave_block(frame)
        self.tables[-1].end_cell(len(self.page.drafts))

    def enter_link(self, frame: _Frame, tag: str) -> bool:
        attributes = frame.node.attributes
        if self.may_hide and is_hidden(attributes):
            return False
        target = attributes.get("href") or ""
        if is_file_link(target):
            self.attached = True
            self.note("file", target)
        self.linked += 1
        frame.leave = self.leave_link
        return True

    def leave_link(self, frame: _Frame) -> None:
        self.linked -= 1

    def note(self, kind: str, target: str) -> None:
        self.page.media.append(Medium(kind, target, len(self.page.drafts), self.hidden))

    def skip(self, frame: _Frame, tag: str) -> bool:
        return False

    def skip_script(self, frame: _Frame, tag: str) -> bool:
        self.page.scripts += 1
        return False

    def break_line(self, frame: _Frame, tag: str) -> bool:
        self.parts.append(BREAK)
        return False

    def end_paragraph(self, frame: _Frame, tag: str) -> bool:
        self.flush()
        return False

    def note_image(self, frame: _Frame, tag: str) -> bool:
        attributes = frame.node.attributes
        if not (self.may_hide and is_hidden(attributes)) and not is_icon(attributes):
            self.note("image", attributes.get("src") or "")
        return False

    def note_frame(self, frame: _Frame, tag: str) -> bool:
        attributes = frame.node.attributes
        self.note("frame", attributes.get("src") or attributes.get("data") or "")
        return False


_Handler = Callable[[_Walk, _Frame, str], bool]
_HANDLERS: dict[str, _Handler] = {
    **dict.fromkeys(BOXES, _Walk.enter_box),
    **dict.fromkeys(CONTAINERS, _Walk.enter_container),
    **dict.fromkeys(DROPPED, _Walk.skip),
    **dict.fromkeys(FRAMES, _Walk.note_frame),
    **dict.fromkeys(ROW_GROUPS, _Walk.enter_group),
    **dict.fromkeys(CELLS, _Walk.enter_cell),
    **dict.fromkeys(IMAGES, _Walk.note_image),
    "table": _Walk.enter_table,
    "tr": _Walk.enter_row,
    "a": _Walk.enter_link,
    "script": _Walk.skip_script,
    "br": _Walk.break_line,
    "hr": _Walk.end_paragraph,
}


def _read_metadata(parser: LexborHTMLParser) -> dict[str, str]:
    found: dict[str, str] = {}
    title = parser.css_first("head title")
    if title is not None and (text := tidy(title.text())):
        found["title"] = text
    for meta in parser.css("meta"):
        name, content = meta.attributes.get("name"), meta.attributes.get("content")
        if name and content and content.strip():
            found.setdefault(name.strip().lower(), content.strip())
    return found
