"""The part of a walk over a page that reads tables of boxes (see box_rows.py)."""

from selectolax.lexbor import LexborNode

from extractor.formats.html.grid import HtmlSlot, lay_out
from extractor.formats.html.state import OpenElement, WalkState
from extractor.formats.html.table import OpenTable, close_table


class BoxWalk(WalkState):
    """A walk that takes rows of boxes for rows of a table."""

    def enter_part_of_boxes(self, node: LexborNode, tag: str, path: str) -> OpenElement | None:
        """Enter a row of a table of boxes, or one of its boxes."""
        if self.hides(node):
            return None
        if node.mem_id in self.boxes.boxes:
            return self._enter_box(node, path)
        if node.mem_id in self.boxes.begin:
            self.flush()
            self.level = None
            self.tables.append(OpenTable(path, len(self.page.drafts), len(self.page.regions), self.hidden))
            self.open_region("table", "")
        frame = OpenElement(node, path)
        frame.leave = self._leave_row
        return frame

    def _enter_box(self, node: LexborNode, path: str) -> OpenElement:
        columns, rows, opens = self.boxes.boxes[node.mem_id]
        if opens:
            self.tables[-1].add_row()
        frame = self.open(node, path)
        at = len(self.page.drafts)
        self.tables[-1].row.append(HtmlSlot(path, at, column_span=columns, row_span=rows))
        self.boxed = False
        frame.leave = self.leave_cell
        return frame

    def leave_cell(self, frame: OpenElement) -> None:
        """End a cell: what was read since it began is its content."""
        self.leave_block(frame)
        self.tables[-1].row[-1].end = len(self.page.drafts)

    def _leave_row(self, frame: OpenElement) -> None:
        self.flush()
        if frame.node.mem_id not in self.boxes.end:
            return
        table = self.tables.pop()
        self.page.close_region(table.region)
        self.region = self.page.regions[table.region].parent
        close_table(self.page, table, *lay_out(table.groups))
