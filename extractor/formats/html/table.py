"""Tells data tables from <table> elements used for page layout."""

from bisect import bisect_right
from itertools import accumulate

from msgspec import Struct, field

from extractor.document import Cell, Locator
from extractor.formats.html.grid import HtmlSlot, RowGroup
from extractor.formats.html.page import ContainerRegion, Draft, HtmlPage
from extractor.formats.nested import refined, unfold
from extractor.formats.painted import Seen
from extractor.numerals import is_value

_HUGE = 300  # characters in one cell that is not a number; labels of forms are much shorter
_FEW_CELLS_OF_A_ROW = 4  # a single row with so few cells, all words, is a line of text, not a table
MOST_PARAGRAPHS = 100  # most paragraphs in a cell of a data table; with more it is an article


class OpenTable(Struct):
    """A table that has not ended yet."""

    path: str
    first_draft: int
    region: int  # index of the table's region
    hidden: int
    groups: list[RowGroup] = field(default_factory=list)
    row: list[HtmlSlot] = field(default_factory=list)  # the last row

    def add_row(self) -> None:
        """Begin a row."""
        if not self.groups:
            self.groups.append(RowGroup("tbody", []))
        self.row = []
        self.groups[-1].rows.append(self.row)


class CellContent(Struct):
    """The content of a table's cells: `texts[i]` belongs to slot i, without nested tables."""

    texts: list[str]
    sizes: list[int]  # characters in each slot, including nested tables
    links: int
    nested: list[Draft]
    nested_size: int
    seen: dict[int, Seen] = field(default_factory=dict)  # by slot: content that is more than text
    # by slot: the tables nested in it
    tables: dict[int, list[tuple[Cell, ...]]] = field(default_factory=dict)
    # the grid of the table combined with its nested tables, if they fit together
    whole: tuple[Cell, ...] | None = None


def close_table(page: HtmlPage, table: OpenTable, slots: list[HtmlSlot], overlaps: int) -> None:
    """Replace the drafts since the table began by one table, unless it is only layout."""
    content = _content_of_data(page.drafts, slots, table.hidden)
    if content is None:
        _cells_become_regions(page, table, slots)
        return
    page.overlaps += overlaps
    captions = _outside_cells(page.drafts, table.first_draft, slots)
    draft = _draft(table.path, table.hidden, slots, content)
    nested = content.nested if content.whole is None else ()
    page.drafts[table.first_draft :] = [*captions, draft, *nested]
    del page.regions[table.region :]
    for medium in reversed(page.media):
        if medium.at <= table.first_draft:
            break
        medium.at = table.first_draft


def _draft(path: str, hidden: int, slots: list[HtmlSlot], content: CellContent) -> Draft:
    cells = content.whole if content.whole is not None else _cells_of(slots, content)
    if content.tables and content.whole is None:
        cells = tuple(
            one for at, cell in enumerate(cells) for one in unfold(cell, content.tables.get(at, ()))
        )
    texts = content.texts if content.whole is None else [cell.text for cell in content.whole]
    return Draft(" ".join(filter(None, texts)), path, None, content.links, hidden, cells=cells)


def _cells_of(slots: list[HtmlSlot], content: CellContent) -> tuple[Cell, ...]:
    """Return the cells of a table, without nested tables."""
    cells = tuple(
        [
            Cell(slot.row, slot.column, text, Locator(None, None, slot.path), slot.row_span, slot.column_span)
            for slot, text in zip(slots, content.texts, strict=True)
        ]
    )
    if content.seen:
        cells = tuple(_as_seen(cell, content.seen.get(at)) for at, cell in enumerate(cells))
    return cells


def _joined(drafts: list[Draft], text: str) -> Seen:
    """Return the visible content of a cell with several parts, at least one of which is more than text."""
    seen = [Seen(draft.text) if draft.seen is None else draft.seen for draft in drafts]
    parts = [each.text if each.printed is None else each.printed for each in seen]
    printed = "\n".join(part for part in parts if part)
    return Seen(
        text,
        None if printed == text else printed,
        tuple(unread for each in seen for unread in each.unread),
        next((each.doubt for each in seen if each.doubt), None),
        any(each.left_out for each in seen),
    )


def _as_seen(cell: Cell, seen: Seen | None) -> Cell:
    return cell if seen is None else seen.told_in(cell)


def _read_content(drafts: list[Draft], slots: list[HtmlSlot], hidden: int) -> CellContent | None:
    """Return the content of the cells; None if one has far too much text for a data table."""
    content = CellContent([], [], 0, [], 0)
    texts, sizes = content.texts, content.sizes
    for slot in slots:
        count = slot.end - slot.start
        if not count:
            text, size = "", 0
        elif count > MOST_PARAGRAPHS:
            return None
        elif count == 1 and (draft := drafts[slot.start]).cells is None and draft.hidden <= hidden:
            text = draft.text
            size = len(text)
            content.links += draft.links
            if draft.seen is not None:
                content.seen[len(texts)] = draft.seen
        else:
            text, size = _join(drafts[slot.start : slot.end], hidden, content)
        texts.append(text)
        sizes.append(size)
    return content


def _join(inside: list[Draft], hidden: int, content: CellContent) -> tuple[str, int]:
    """Return the text of a cell's paragraphs and its size; record its nested tables."""
    shown = [draft for draft in inside if draft.hidden <= hidden]
    nested = [draft for draft in shown if draft.cells is not None]
    loose = [draft for draft in shown if draft.cells is None]
    text = "\n".join(draft.text for draft in loose if draft.text)
    content.links += sum(draft.links for draft in shown)
    content.nested.extend(draft for draft in nested if not is_value(draft.text))
    if nested:
        content.tables[len(content.texts)] = [draft.cells for draft in nested if draft.cells is not None]
    if any(draft.seen is not None for draft in loose):
        content.seen[len(content.texts)] = _joined(loose, text)
    nested_size = sum(len(draft.text) for draft in nested)
    content.nested_size += nested_size
    return text, len(text) + nested_size


def _content_of_data(drafts: list[Draft], slots: list[HtmlSlot], hidden: int) -> CellContent | None:
    content = _read_content(drafts, slots, hidden)
    if content is None:
        return None
    if content.tables:
        content.whole = refined(_cells_of(slots, content), content.tables)
    return content if content.whole is not None or _is_data(slots, content) else None


def _is_data(slots: list[HtmlSlot], content: CellContent) -> bool:
    size = sum(content.sizes)
    if not size or content.nested_size * 2 >= size:
        return False
    # Spacer columns for layout are always empty, so only columns with content count.
    if len({slot.column for slot, one in zip(slots, content.sizes, strict=True) if one}) < 2:
        return False
    pairs = zip(content.texts, content.sizes, strict=True)
    huge = sum(one for text, one in pairs if one > _HUGE and not is_value(text))
    if huge * 5 >= size * 3 or (huge and content.nested):
        return False
    linked = content.links * 5 >= size * 3
    one_row = slots[0].row == slots[-1].row
    if not linked and not one_row:
        return True
    filled = [text for text in content.texts if text]
    numbers = sum(1 for text in filled if is_value(text.replace("%", "").replace("％", "")))
    if linked and numbers * 3 < len(filled):
        return False
    return not one_row or numbers > 0 or len(filled) > _FEW_CELLS_OF_A_ROW


def _outside_cells(drafts: list[Draft], first: int, slots: list[HtmlSlot]) -> list[Draft]:
    """Return the drafts of a table that are outside its cells: its caption."""
    covered = sum(slot.end - slot.start for slot in slots)
    if covered == len(drafts) - first:
        return []
    changes = [0] * (len(drafts) - first + 1)
    for slot in slots:
        changes[slot.start - first] += 1
        changes[slot.end - first] -= 1
    depths = accumulate(changes[:-1])
    return [draft for draft, depth in zip(drafts[first:], depths, strict=True) if not depth]


def _cells_become_regions(page: HtmlPage, table: OpenTable, slots: list[HtmlSlot]) -> None:
    """Make each cell of a layout table a container of its own."""
    filled = sorted((slot for slot in slots if slot.end > slot.start), key=lambda slot: slot.start)
    starts = [slot.start for slot in filled]
    first, at = len(page.regions), table.region + 1
    while at < first:
        region = page.regions[at]
        cell = bisect_right(starts, region.start) - 1
        if cell >= 0 and region.end <= filled[cell].end:
            region.parent = first + cell
        at = region.after
    for slot in filled:
        page.regions.append(
            ContainerRegion(table.region, "td", "", slot.start, slot.end, len(page.regions) + 1)
        )
    page.regions[table.region].after = len(page.regions)
