"""Walks over a lexbor tree once: paragraphs, tables and containers of the page in reading order.

Each property of a node is read only once, because each access is a call into C.
"""

from collections.abc import Callable

from selectolax.lexbor import LexborHTMLParser, LexborNode

from extractor.formats.html import elements
from extractor.formats.html.box_rows import find_box_tables
from extractor.formats.html.cell import read_cell
from extractor.formats.html.grid import HtmlSlot, RowGroup, lay_out
from extractor.formats.html.lexbor import (
    plain_text,
    read_metadata,
)
from extractor.formats.html.looks import find_looks
from extractor.formats.html.page import (
    BREAK,
    LONGEST_LABEL,
    Draft,
    HtmlPage,
    Medium,
    is_file_link,
    is_icon,
    tidy,
    tidy_label,
)
from extractor.formats.html.start_tags import StartTags
from extractor.formats.html.state import OpenElement
from extractor.formats.html.style_sheets import StyleSheets
from extractor.formats.html.table import OpenTable, close_table
from extractor.formats.html.walk_boxes import BoxWalk
from extractor.formats.painted import is_note_mark, raised_text


def walk(parser: LexborHTMLParser, tags: StartTags, sheets: StyleSheets) -> HtmlPage:
    """Return everything on the page; `tags` are its start tags, and `sheets` its style sheets."""
    looks = find_looks(parser, tags, sheets)
    boxes = find_box_tables(parser, tags, looks)
    state = _Walk(parser, looks, boxes)
    if parser.root is not None:
        state.run(parser.root)
    state.page.metadata = read_metadata(parser)
    return state.page


class _Walk(BoxWalk):
    def run(self, root: LexborNode) -> None:
        frames = self.frames
        top = OpenElement(root, "/html")
        frames.append(top)
        handlers = _HANDLERS
        hidden = self.hidden_ids
        own: dict[int, _Handler] = dict.fromkeys(self.raised_ids, _Walk.enter_raised_by_style)
        own |= dict.fromkeys((*self.boxes.rows, *self.boxes.boxes), _Walk.enter_part_of_boxes)
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
            tag = node.tag or "-instruction"  # <?php … ?> is the only kind of node without a tag
            if tag == "-text":
                self.add_text(node.text_content)
            elif tag[0] != "-" and tag[0] != "!":
                counts = frames[-1].counts
                counts[tag] = number = counts.get(tag, 0) + 1
                path = self.path_of(node, tag, number)
                handler = own.get(node.mem_id) or handlers.get(tag) if own else handlers.get(tag)
                if handler is not None:
                    entered = handler(self, node, tag, path)
                else:
                    entered = None if hidden and node.mem_id in hidden else OpenElement(node, path)
                if entered is not None:
                    frames.append(entered)
                    node = node.first_child if entered.rest is None else entered.rest
                    continue
            node = node.next
        self.flush()

    def enter_box(self, node: LexborNode, tag: str, path: str) -> OpenElement | None:
        if self.panes.labels:
            self.name_pane(node, path)
        if not (self.linked or self.preformatted or tag == "pre" or self.hides(node)):
            plain = plain_text(node, self.apart_ids)
            if plain is not None:
                self.flush()
                self.append(tidy(plain), path, elements.HEADINGS.get(tag, self.level), boxed=True)
                return None
        frame = self.open(node, path)
        self.boxed = True
        self.level = elements.HEADINGS.get(tag, self.level)
        self.preformatted = self.preformatted or tag == "pre"
        self.hidden += self.hides(node)
        return frame

    def enter_container(self, node: LexborNode, tag: str, path: str) -> OpenElement | None:
        frame = self.open(node, path)
        self.boxed = False
        attributes = node.attributes
        self.hidden += self.hides(node)
        self.open_region(tag, f"{attributes.get('class') or ''} {attributes.get('id') or ''}")
        frame.leave = self.leave_container
        if self.panes.labels:
            self.name_pane(node, path)
        return frame

    def enter_table(self, node: LexborNode, tag: str, path: str) -> OpenElement | None:
        frame = self.open(node, path)
        self.hidden += self.hides(node)
        self.level = None
        self.tables.append(OpenTable(path, len(self.page.drafts), len(self.page.regions), self.hidden))
        self.open_region(tag, "")
        frame.leave = self.leave_table
        return frame

    def leave_table(self, frame: OpenElement) -> None:
        self.leave_container(frame)
        table = self.tables.pop()
        mirrored = frame.node.mem_id in self.looks.mirrored
        close_table(self.page, table, *lay_out(table.groups, mirrored=mirrored))

    def enter_group(self, node: LexborNode, tag: str, path: str) -> OpenElement | None:
        if self.hides(node):
            return None
        if self.tables:
            self.tables[-1].groups.append(RowGroup(tag, []))
        return OpenElement(node, path)

    def enter_row(self, node: LexborNode, tag: str, path: str) -> OpenElement | None:
        if self.hides(node) or not self.tables:
            return None
        self.tables[-1].add_row()
        frame = OpenElement(node, path)
        if self.linked or self.deep:
            return frame
        return frame if self.leave_plain_cells_out(frame) else None

    def leave_plain_cells_out(self, row: OpenElement) -> bool:
        """Read the plain cells at the beginning of a row; return whether anything is left to walk through.

        Most rows have only plain cells, and this is faster than the general walk.
        """
        careful, hidden, counts = self.looks.cells, self.hidden_ids, row.counts
        node = row.node.first_child
        while node is not None:
            tag = node.tag
            if tag == "td" or tag == "th":
                if (careful or hidden) and (node.mem_id in careful or node.mem_id in hidden):
                    break
                text = plain_text(node, hidden)
                if text is None:
                    break
                counts[tag] = number = counts.get(tag, 0) + 1
                self.add_plain_cell(node, f"{row.path}/{tag}[{number}]", text)
            elif tag != "-text" or (node.text_content or "").strip(" \n\t\r"):
                break
            node = node.next
        row.rest = node
        return node is not None

    def add_plain_cell(self, cell: LexborNode, path: str, raw: str) -> None:
        """Add a cell whose raw text is known already."""
        drafts = self.page.drafts
        at = len(drafts)
        if text := raw if raw.isalnum() else tidy_label(raw) if len(raw) <= LONGEST_LABEL else tidy(raw):
            drafts.append(Draft(text, path, None, 0, self.hidden))
        slot = HtmlSlot(path, at, len(drafts))
        if cell.mem_id in self.spanning_ids:
            slot.ask(cell.attributes)
        self.tables[-1].row.append(slot)

    def add_cell_read_with_care(self, cell: LexborNode, path: str) -> None:
        """Add a cell that is not only plain text."""
        seen = read_cell(cell, self.looks)
        drafts = self.page.drafts
        slot = HtmlSlot(path, len(drafts), len(drafts) + 1)
        drafts.append(Draft(seen.text, path, None, 0, self.hidden, seen=seen))
        slot.ask(cell.attributes)
        self.tables[-1].row.append(slot)

    def enter_cell(self, node: LexborNode, tag: str, path: str) -> OpenElement | None:
        if not self.tables or self.hides(node):
            return None
        if node.mem_id in self.looks.cells:
            self.add_cell_read_with_care(node, path)
            return None
        plain = None if self.linked else plain_text(node, self.hidden_ids)
        if plain is not None:
            self.add_plain_cell(node, path, plain)
            return None
        if node.mem_id in self.looks.tagged:
            self.add_cell_read_with_care(node, path)
            return None
        frame = self.open(node, path)
        slot = HtmlSlot(path, len(self.page.drafts))
        slot.ask(node.attributes)
        self.tables[-1].row.append(slot)
        self.boxed = False
        self.level = None
        frame.leave = self.leave_cell
        return frame

    def enter_raised(self, node: LexborNode, tag: str, path: str) -> OpenElement | None:
        """Read a raised digit after a number as a footnote mark; otherwise 12¹ would read 121."""
        if self.tables or self.hides(node) or not self.parts:
            return None if self.hides(node) else OpenElement(node, path)
        self.add_text(raised_text(self.parts[-1], node.text()))
        return None

    def enter_raised_by_style(self, node: LexborNode, tag: str, path: str) -> OpenElement | None:
        """Read an element that a style raises like sup, if nothing else is known of elements of its name."""
        handler = _HANDLERS.get(tag)
        if handler is not None:
            return handler(self, node, tag, path)
        if is_note_mark(node.text()):
            return self.enter_raised(node, tag, path)
        return None if self.hides(node) else OpenElement(node, path)

    def enter_link(self, node: LexborNode, tag: str, path: str) -> OpenElement | None:
        if self.hides(node):
            return None
        target = node.attributes.get("href") or ""
        if is_file_link(target):
            self.attached = True
            self.note("file", target)
        self.linked += 1
        frame = OpenElement(node, path)
        frame.leave = self.leave_link
        return frame

    def leave_link(self, frame: OpenElement) -> None:
        self.linked -= 1

    def note(self, kind: str, target: str) -> None:
        self.page.media.append(Medium(kind, target, len(self.page.drafts), self.hidden))

    def skip(self, node: LexborNode, tag: str, path: str) -> OpenElement | None:
        return None

    def skip_script(self, node: LexborNode, tag: str, path: str) -> OpenElement | None:
        self.page.scripts += 1
        return None

    def break_line(self, node: LexborNode, tag: str, path: str) -> OpenElement | None:
        self.parts.append(BREAK)
        return None

    def end_paragraph(self, node: LexborNode, tag: str, path: str) -> OpenElement | None:
        self.flush()
        return None

    def note_image(self, node: LexborNode, tag: str, path: str) -> OpenElement | None:
        attributes = node.attributes
        if not self.hides(node) and not is_icon(attributes):
            self.note("image", attributes.get("src") or "")
        return None

    def note_frame(self, node: LexborNode, tag: str, path: str) -> OpenElement | None:
        attributes = node.attributes
        self.note("frame", attributes.get("src") or attributes.get("data") or "")
        return None


_Handler = Callable[[_Walk, LexborNode, str, str], OpenElement | None]
_HANDLERS: dict[str, _Handler] = {
    **dict.fromkeys(elements.BOXES, _Walk.enter_box),
    **dict.fromkeys(elements.CONTAINERS, _Walk.enter_container),
    **dict.fromkeys(elements.DROPPED, _Walk.skip),
    **dict.fromkeys(elements.FRAMES, _Walk.note_frame),
    **dict.fromkeys(elements.ROW_GROUPS, _Walk.enter_group),
    **dict.fromkeys(elements.CELLS, _Walk.enter_cell),
    **dict.fromkeys(elements.IMAGES, _Walk.note_image),
    **dict.fromkeys(elements.STRUCK, _Walk.skip),
    "sup": _Walk.enter_raised,
    "table": _Walk.enter_table,
    "tr": _Walk.enter_row,
    "a": _Walk.enter_link,
    "script": _Walk.skip_script,
    "br": _Walk.break_line,
    "hr": _Walk.end_paragraph,
}
