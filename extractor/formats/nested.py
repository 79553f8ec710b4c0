"""Tables inside a cell: their numbers are those of the cell, or of the cells that it is merged from."""

from collections.abc import Sequence

from msgspec import structs

from extractor.document import Block, Cell, Table, Unread
from extractor.numerals import is_value

_GUESS = 20  # characters of what a nested table says


def unfold(outer: Cell, nested: Sequence[Sequence[Cell]]) -> tuple[Cell, ...]:
    """Return the cells that stand for a cell with tables in it.

    A table in which one cell speaks is the content of the outer cell. One with as many rows
    and columns as the outer cell is merged from takes the places of these. Of any other
    nobody can tell which number is whose: it is unread content.
    """
    tables = [cells for cells in nested if any(cell.speaks for cell in cells)]
    if not tables:
        return (outer,)
    if len(tables) == 1 and not outer.speaks:
        inner = tables[0]
        speaking = [cell for cell in inner if cell.speaks]
        if len(speaking) == 1:
            one = speaking[0]
            return (
                structs.replace(
                    outer, text=one.text, printed=one.printed, unread=one.unread, doubt=one.doubt
                ),
            )
        if _size(inner) == (outer.row_span, outer.column_span):
            return tuple(
                structs.replace(cell, row=outer.row + cell.row, column=outer.column + cell.column)
                for cell in inner
            )
    said = " ".join(cell.text for cells in tables for cell in cells if cell.text)
    return (structs.replace(outer, unread=(*outer.unread, Unread("nested", said[:_GUESS]))),)


def is_of_values(block: Block) -> bool:
    """Say whether a nested table holds nothing but values: then they are told by the cell around it."""
    return isinstance(block, Table) and all(is_value(cell.text) for cell in block.cells)


def _size(cells: Sequence[Cell]) -> tuple[int, int]:
    return (
        max(cell.row + cell.row_span for cell in cells),
        max(cell.column + cell.column_span for cell in cells),
    )
