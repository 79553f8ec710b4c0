"""The HTML table algorithm: finds the grid position of each cell, even if its spans are wrong."""

from msgspec import Struct

from extractor.patterns import late_pattern

_MAX_COLUMN_SPAN = 1000  # the limits that browsers use
_MAX_ROW_SPAN = 65534
_DIGITS = late_pattern(r"[ \t\n\r\f]*\+?([0-9]+)")


class HtmlSlot(Struct, gc=False):
    """A cell on the grid, with the drafts `start:end` of the page inside it."""

    path: str
    start: int
    end: int = 0
    column_span: int = 1
    row_span: int = 1  # 0: to the end of its row group
    row: int = 0
    column: int = 0

    def ask(self, attributes: dict[str, str | None]) -> None:
        """Set the spans to those that the cell's attributes ask for."""
        self.column_span = read_span(attributes.get("colspan"))
        self.row_span = read_span(attributes.get("rowspan"), of_rows=True)


class RowGroup(Struct):
    """A thead, tbody or tfoot."""

    tag: str
    rows: list[list[HtmlSlot]]


def read_span(value: str | None, *, of_rows: bool = False) -> int:
    """Return a span as browsers read it: leading digits only, nonsense is 1, rowspan 0 stays 0.

    >>> read_span("3"), read_span("100%"), read_span("-2"), read_span("0", of_rows=True)
    (3, 100, 1, 0)
    """
    if value and len(value) < 3 and value.isdecimal() and value.isascii():  # true for nearly all spans
        span = int(value)
    else:
        found = _DIGITS.match(value) if value else None
        if not found:
            return 1
        span = int(found[1][:6])
    if of_rows:
        return min(span, _MAX_ROW_SPAN)
    return min(span, _MAX_COLUMN_SPAN) or 1


def lay_out(groups: list[RowGroup], *, mirrored: bool = False) -> tuple[list[HtmlSlot], int]:
    """Give each slot its position and effective spans; return slots in order, and the number of overlaps.

    The first thead comes first and the tfoot last, wherever they are in the source. A span ends with its row
    group, before an earlier cell, and at the last column in which any cell begins. Overlaps are repaired. If
    the table runs from right to left, its columns are reversed.
    """
    slots: list[HtmlSlot] = []
    overlaps = row = 0
    for group in _in_display_order(groups):
        overlaps += _lay_out_group(group.rows, row)
        for cells in group.rows:
            slots += cells
        row += len(group.rows)
    width = max([slot.column for slot in slots], default=0) + 1
    for slot in [slot for slot in slots if slot.column_span > 1]:
        slot.column_span = min(slot.column_span, width - slot.column)
    if mirrored:
        for slot in slots:
            slot.column = width - slot.column - slot.column_span
        slots.sort(key=lambda slot: (slot.row, slot.column))
    return slots, overlaps


def _in_display_order(groups: list[RowGroup]) -> list[RowGroup]:
    if len(groups) < 2:
        return groups
    head = next((group for group in groups if group.tag == "thead"), None)
    bodies = [group for group in groups if group is not head and group.tag != "tfoot"]
    feet = [group for group in groups if group.tag == "tfoot"]
    return ([head] if head else []) + bodies + feet


def _lay_out_group(rows: list[list[HtmlSlot]], first_row: int) -> int:
    overlaps = 0
    # (column, end column, end row) of cells that extend into later rows, by column
    hanging: list[tuple[int, int, int]] = []
    for index, cells in enumerate(rows):
        if hanging:
            hanging = [span for span in hanging if span[2] > index]
        column = 0
        new: list[tuple[int, int, int]] = []
        ahead = iter(hanging)
        barrier = next(ahead, None)
        for slot in cells:
            while barrier and barrier[0] <= column:
                column = max(column, barrier[1])
                barrier = next(ahead, None)
            end = column + slot.column_span
            slot.row, slot.column = first_row + index, column
            if barrier and barrier[0] < end:
                slot.column_span = barrier[0] - column
                overlaps += 1
            if slot.row_span != 1:
                left = len(rows) - index
                slot.row_span = min(slot.row_span or left, left)
                new.append((column, column + slot.column_span, index + slot.row_span))
            column = end
        if new:
            hanging = sorted(hanging + new)
    return overlaps
