"""The grid of one Word table: the position of each cell, and its row and column spans."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Literal

from msgspec import Struct, field

from extractor.formats.docx.alternatives import ALTERNATE, SDT, contents_of
from extractor.formats.docx.package import VAL, W, WordPackage
from extractor.formats.docx.styles import is_on, properties_in, value_of, whole_number
from extractor.formats.docx.text import WRAPPERS, T
from extractor.formats.package import Element

TC, TR, TCPR, _TRPR = f"{W}tc", f"{W}tr", f"{W}tcPr", f"{W}trPr"
GRID_SPAN, VMERGE, _HMERGE, _CELL_MERGE, _CELL_DEL = _ASKED_OF_CELLS = tuple(
    W + name for name in ("gridSpan", "vMerge", "hMerge", "cellMerge", "cellDel")
)
_ASKED_OF_ROWS = tuple(W + name for name in ("del", "hidden", "gridBefore", "gridAfter"))
_WIDEST = 1000  # columns; Word allows 63, and a malicious span must not fill the memory
_TOLERANCE = 60  # twentieths of a point, about a millimetre: widths in Word are rounded

Merge = Literal["", "restart", "continue"]
TRACKED_MERGES: dict[str | None, Merge] = {"rest": "restart", "cont": "continue"}


class RowCell(Struct):
    """One w:tc of one row before rows are merged; columns are 0-based."""

    cell: Element
    column: int
    span: int = 1
    merge: Merge = ""
    more: list[Element] = field(default_factory=list)  # cells to its right that were merged into it

    def ask(self, name: str, value: str | None) -> None:
        """Apply a w:gridSpan or w:vMerge of the cell."""
        if name == GRID_SPAN:
            self.span = max(1, columns_of(whole_number(value)))
        else:
            self.merge = self.merge or ("restart" if value == "restart" else "continue")


class WordRow(Struct):
    """The cells of one row and the number of grid columns that it uses."""

    pieces: list[RowCell]
    end: int


class WordSlot(Struct):
    """A cell at its top-left grid position (0-based) with its spans."""

    cell: Element
    row: int
    column: int
    row_span: int
    column_span: int


class WordGrid(Struct, frozen=True):
    """The cells of a table in reading order."""

    slots: list[WordSlot]
    aligned: bool  # False if rows end at different columns for no known reason
    covered_text: bool  # a cell that was merged away has text that Word does not show
    one_column: bool  # every row has one cell


def mirrored(grid: WordGrid) -> WordGrid:
    """Return a grid with its columns reversed, as displayed with w:bidiVisual."""
    width = max((slot.column + slot.column_span for slot in grid.slots), default=0)
    for slot in grid.slots:
        slot.column = width - slot.column - slot.column_span
    grid.slots.sort(key=lambda slot: (slot.row, slot.column))
    return grid


class GridReader:
    """Lays out the tables of one document, asking rows and cells only for what it has at all."""

    def __init__(self, package: WordPackage) -> None:
        """Take the package, whose body has been read."""
        self._wrapped = package.has(*WRAPPERS, SDT, ALTERNATE)
        self._asks_rows = package.has(*_ASKED_OF_ROWS)
        self._asked: dict[Element, list[Element]] = {}  # what the properties of cells say, by cell
        for each in package.elements(*_ASKED_OF_CELLS):
            properties = each.getparent()
            cell = properties.getparent()
            if properties.tag == TCPR and cell is not None and cell.tag == TC:
                self._asked.setdefault(cell, []).append(each)

    def lay_out(self, table: Element) -> WordGrid:
        """Return the grid of a w:tbl, with tracked changes accepted."""
        rows = [row for row in map(self._read_row, self._rows(table)) if row.pieces]
        aligned = align(rows, column_widths(table))
        slots, covered = _merge_down(rows)
        return WordGrid(slots, aligned, covered, all(len(row.pieces) == 1 for row in rows))

    def _children(self, parent: Element, wanted: str) -> Iterator[Element]:
        return _unwrapped(parent, wanted) if self._wrapped else parent.iterchildren(wanted)

    def _rows(self, table: Element) -> Iterator[Element]:
        rows = self._children(table, TR)
        return (row for row in rows if not _is_gone(row)) if self._asks_rows else rows

    def _read_row(self, row: Element) -> WordRow:
        properties = properties_in(row, _TRPR) if self._asks_rows else None
        column = columns_of(whole_number(value_of(properties, "gridBefore")))
        pieces: list[RowCell] = []
        for cell in self._children(row, TC):
            asked = self._asked.get(cell)
            piece, joins_left = _read_piece(cell, column, asked) if asked else (RowCell(cell, column), False)
            if piece is None:
                continue
            if joins_left and pieces:
                pieces[-1].span += piece.span
                pieces[-1].more.append(cell)
            else:
                pieces.append(piece)
            column += piece.span
        return WordRow(pieces, column + columns_of(whole_number(value_of(properties, "gridAfter"))))


def align(rows: Sequence[WordRow], widths: Sequence[int]) -> bool:
    """Recompute the spans of rows that end before or after the grid, from their cell widths.

    Programs that lose spans still write widths, and Word displays by widths.

    Args:
        rows: changed in place if widths determine the columns.
        widths: of the table's grid columns, in twentieths of a point.

    Returns:
        Whether cells with the same column number are now below each other in all rows.
    """
    width = max((row.end for row in rows), default=0)
    edges = [0]
    for each in widths:
        edges.append(edges[-1] + each)
    usable = len(edges) > 1 and all(each > _TOLERANCE * 2 for each in widths)
    # A single cell in a row starts in column 0 whatever its width, so its width means nothing.
    ragged = [row for row in rows if row.end != width and (len(row.pieces) > 1 or row.pieces[0].column)]
    settled = [usable and _snap(row, edges) for row in ragged]
    return all(settled)


def _snap(row: WordRow, edges: list[int]) -> bool:
    first = row.pieces[0].column
    if first >= len(edges):
        return False
    bounds, right = [first], edges[first]
    for piece in row.pieces:
        width = sum(_width_of(cell) for cell in (piece.cell, *piece.more))
        right += width
        bound = _nearest(edges, right)
        if not width or bound <= bounds[-1] or abs(edges[bound] - right) > _TOLERANCE:
            return False
        bounds.append(bound)
    for piece, left, bound in zip(row.pieces, bounds, bounds[1:], strict=False):
        piece.column, piece.span = left, bound - left
    row.end = bounds[-1]
    return True


def _nearest(edges: list[int], position: int) -> int:
    after = min(bisect_left(edges, position), len(edges) - 1)
    return after - 1 if after and position - edges[after - 1] < edges[after] - position else after


def _merge_down(rows: list[WordRow]) -> tuple[list[WordSlot], bool]:
    slots: list[WordSlot] = []
    covered = False
    above: dict[int, WordSlot] = {}  # cells that may continue into this row, by column
    for index, row in enumerate(rows):
        here: dict[int, WordSlot] = {}
        for piece in row.pieces:
            slot = above.get(piece.column) if piece.merge == "continue" else None
            # Word only merges cells with the same edges; others stay separate.
            if slot is not None and slot.column_span == piece.span:
                slot.row_span += 1
                covered = covered or has_text(piece.cell)
            else:
                slot = WordSlot(piece.cell, index, piece.column, 1, piece.span)
                slots.append(slot)
            if piece.merge:
                here[piece.column] = slot
        above = here
    return slots, covered


def has_text(element: Element) -> bool:
    """Return whether any w:t below the element has more than blanks."""
    return any((each.text or "").strip() for each in element.iter(T))


def _is_gone(row: Element) -> bool:
    properties = properties_in(row, _TRPR)
    return properties is not None and (
        properties.find(f"{W}del") is not None or is_on(properties.find(f"{W}hidden"))
    )


def _unwrapped(parent: Element, wanted: str) -> Iterator[Element]:
    for child in parent:
        tag = child.tag
        if tag == wanted:
            yield child
        elif tag in WRAPPERS:
            yield from _unwrapped(child, wanted)
        elif tag in (SDT, ALTERNATE):
            for content in contents_of(child):
                yield from _unwrapped(content, wanted)


def _read_piece(cell: Element, column: int, asked: list[Element]) -> tuple[RowCell | None, bool]:
    """Return the cell for a w:tc (None if deleted), and whether it is merged into its left neighbour.

    `asked` are those of its properties that tell.
    """
    piece, joins_left = RowCell(cell, column), False
    for each in asked:
        name = each.tag
        value = each.get(VAL)
        if name in (GRID_SPAN, VMERGE):
            piece.ask(name, value)
        elif name == _HMERGE:
            joins_left = value != "restart"
        elif name == _CELL_MERGE:
            piece.merge = TRACKED_MERGES.get(each.get(f"{W}vMerge"), piece.merge)
        else:
            return None, False
    return piece, joins_left


def columns_of(number: int | None) -> int:
    """Return a stated number of columns, limited; 0 if none is stated."""
    return 0 if number is None else max(0, min(number, _WIDEST))


def _width_of(cell: Element) -> int:
    stated = cell.find(f"{W}tcPr/{W}tcW")
    return _twips(stated) if stated is not None and stated.get(f"{W}type", "dxa") == "dxa" else 0


def column_widths(table: Element) -> list[int]:
    """Return the widths of the grid columns of a w:tbl in twentieths of a point."""
    return [_twips(each) for each in table.iterfind(f"{W}tblGrid/{W}gridCol")]


def _twips(element: Element) -> int:
    number = whole_number(element.get(f"{W}w"))
    return max(0, number or 0)
