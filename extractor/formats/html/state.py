"""The state of a walk over a page: the open elements, and what has been collected so far.

Paths are built from the parent's path, without going up the tree.
"""

from collections.abc import Callable
from functools import cached_property

from selectolax.lexbor import LexborHTMLParser, LexborNode

from extractor.formats.html import elements
from extractor.formats.html.box_rows import BoxTables
from extractor.formats.html.lexbor import find_spanning, number_elements
from extractor.formats.html.looks import Looks
from extractor.formats.html.page import Draft, HtmlPage, kept_blanks, tidy
from extractor.formats.html.panes import NO_PANES, find_panes
from extractor.formats.html.table import OpenTable

_PLAIN_PATH_DEPTH = 200  # more deeply nested elements get a numbered XPath, so that paths stay short
_BEFORE_LABEL = 8  # characters allowed in a pane before its label: a number, a bracket


class OpenElement:
    """An open element, with the state to restore when it ends."""

    __slots__ = ("before", "counts", "leave", "node", "path", "rest")

    def __init__(self, node: LexborNode, path: str) -> None:
        """Enter an element whose XPath is `path`."""
        self.node = node
        self.path = path
        self.counts: dict[str, int] = {}  # number of children passed so far, by tag
        self.rest: LexborNode | None = None  # the child to continue with; None: the first
        self.leave: Callable[[OpenElement], None] | None = None
        self.before: tuple[str, bool, int | None, int, int, bool] | None = None


class WalkState:
    """The open elements, the state for the text inside them, and the page so far."""

    def __init__(self, parser: LexborHTMLParser, looks: Looks, boxes: BoxTables) -> None:
        """Begin at the root of a page whose elements are displayed as in `looks`, with tables of `boxes`."""
        self.page = HtmlPage()
        self.parser = parser
        self.looks = looks
        self.boxes = boxes
        hidden = looks.hidden
        self.panes = find_panes(parser, hidden) if hidden else NO_PANES
        shown = self.panes.labels.keys()
        self.hidden_ids = frozenset(n.mem_id for n in hidden if n.mem_id not in shown) | self.panes.controls
        # elements that a style raises, like sup; the text around them is walked through
        self.raised_ids = frozenset(i for i, paint in looks.paints.items() if paint.raised)
        self.apart_ids = self.hidden_ids | self.raised_ids
        self.numbers: dict[int, int] = {}  # filled at the first deeply nested element
        self.frames: list[OpenElement] = []
        self.parts: list[str] = []
        self.links = 0
        self.attached = False
        # The state set by the open elements; restored when they end.
        self.path = "/html"
        self.boxed = False
        self.level: int | None = None
        self.hidden = 0
        self.linked = 0
        self.preformatted = False
        self.region = -1
        self.tables: list[OpenTable] = []

    @cached_property
    def spanning_ids(self) -> frozenset[int]:
        """The ids of the cells that span more than one row or column."""
        return find_spanning(self.parser)

    @property
    def deep(self) -> bool:
        """Whether elements are so deep that they get numbered XPaths."""
        return len(self.frames) >= _PLAIN_PATH_DEPTH

    def path_of(self, node: LexborNode, tag: str, number: int) -> str:
        """Return the XPath of a child of the innermost open element, the `number`th with its tag name."""
        parent = self.frames[-1]
        if len(self.frames) > _PLAIN_PATH_DEPTH:
            return self.number_of(node)
        if tag.isalnum():  # true for all of HTML's own tag names
            return f"{parent.path}/body" if tag == "body" else f"{parent.path}/{tag}[{number}]"
        # XPath cannot name an element such as o:p without its namespace.
        return f"{parent.path}/*[{sum(parent.counts.values())}]"

    def number_of(self, node: LexborNode) -> str:
        """Return an XPath that counts elements in document order: just as exact, and always short."""
        self.numbers = self.numbers or number_elements(self.parser)
        return f"(//*)[{self.numbers[node.mem_id]}]"

    def add_text(self, text: str | None) -> None:
        """Add a text node to the current paragraph."""
        if not text or (not self.parts and text[0] in " \n\t\r" and text.isspace()):
            return
        self.parts.append(kept_blanks(text) if self.preformatted else text)
        if self.linked:
            self.links += len(text)

    def flush(self) -> None:
        """End the current paragraph and store it, unless it is empty."""
        if not self.parts:
            return
        text = tidy("".join(self.parts))
        self.parts.clear()
        self.append(text, self.path, self.level, boxed=self.boxed)
        self.links = 0
        self.attached = False

    def append(self, text: str, path: str, level: int | None, *, boxed: bool) -> None:
        """Store a whole paragraph, unless it is empty."""
        if not text:
            return
        if level is not None and len(text) > elements.LONGEST_HEADING:
            level = None
        links = min(self.links, len(text))
        self.page.drafts.append(Draft(text, path, level, links, self.hidden, self.attached, boxed))

    def open(self, node: LexborNode, path: str) -> OpenElement:
        """Begin a block; text before it becomes a paragraph of its own."""
        if self.parts:
            self.flush()
        frame = OpenElement(node, path)
        frame.before = (self.path, self.boxed, self.level, self.hidden, self.region, self.preformatted)
        frame.leave = self.leave_block
        self.path = path
        return frame

    def leave_block(self, frame: OpenElement) -> None:
        """End a block; text after it belongs to another paragraph."""
        if self.parts:
            self.flush()
        if frame.before:
            self.path, self.boxed, self.level, self.hidden, self.region, self.preformatted = frame.before

    def name_pane(self, node: LexborNode, path: str) -> None:
        """Put a pane's label at its beginning, unless its text begins with the label."""
        label = self.panes.labels.get(node.mem_id)
        if label and label not in "".join((node.text() or "").split())[: len(label) + _BEFORE_LABEL]:
            self.flush()
            self.append(label, path, None, boxed=True)

    def hides(self, node: LexborNode) -> bool:
        """Return whether an element is hidden, with all its content."""
        return bool(self.hidden_ids) and node.mem_id in self.hidden_ids

    def open_region(self, tag: str, name: str) -> None:
        """Begin a container that may be the article."""
        self.region = self.page.open_region(self.region, tag, name)

    def leave_container(self, frame: OpenElement) -> None:
        """End a container begun by `open_region`."""
        if self.parts:
            self.flush()
        self.page.close_region(self.region)
        self.leave_block(frame)
