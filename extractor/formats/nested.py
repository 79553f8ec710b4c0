"""Tables inside a cell: decides which standard cells their numbers belong to."""

from collections.abc import Mapping, Sequence
from itertools import accumulate

from msgspec import structs

from extractor.document import Block, Cell, Table, Unread
from extractor.numerals import is_value

_FEWEST_ROWS = 2  # rows with nested tables that are needed to combine them into one grid
_GUESS = 20  # characters of a nested table that are kept as a guess


def unfold(outer: Cell, nested: Sequence[Sequence[Cell]]) -> tuple[Cell, ...]:
    """Return the cells that replace a cell with nested tables.

    If only one cell of the nested table has content, that is the content of the outer cell. If it has as many
    rows and columns as the outer cell spans, its cells replace the outer one. Otherwise it is unknown where
    its numbers belong, and it is recorded as unread content.
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
                    outer,
                    text=one.text,
                    printed=one.printed,
                    unread=one.unread,
                    doubt=one.doubt,
                    left_out=outer.left_out or one.left_out,
                ),
            )
        if _size(inner) == (outer.row_span, outer.column_span):
            return tuple(
                structs.replace(cell, row=outer.row + cell.row, column=outer.column + cell.column)
                for cell in inner
            )
    said = " ".join(cell.text for cells in tables for cell in cells if cell.text)
    return (structs.replace(outer, unread=(*outer.unread, Unread("nested", said[:_GUESS]))),)


def refined(cells: Sequence[Cell], nested: Mapping[int, Sequence[Sequence[Cell]]]) -> tuple[Cell, ...] | None:
    """Return the grid that combines a table with the tables in its cells, each splitting its cell.

    This covers rows of labels whose numbers are a nested table, and groups of rows that are one. None if they
    do not fit into one grid: two tables split a column differently, or there is text beside a table.

    Args:
        cells: The cells of the outer table.
        nested: The tables in each of them, by its index.
    """
    inner = {at: tables[0] for at, tables in nested.items() if len(tables) == 1 and not cells[at].speaks}
    rows = {cells[at].row for at in inner}
    labelled = {cell.row + down for cell in cells if cell.speaks for down in range(cell.row_span)}
    if len(inner) != len(nested) or len(rows) < _FEWEST_ROWS or not rows <= labelled:
        return None
    if all(sum(cell.speaks for cell in there) < 2 for there in inner.values()):
        return None  # each table has one value, which is the content of its cell
    sizes = {at: _size(there) for at, there in inner.items()}
    heights = _divided([(cells[at].row, cells[at].row_span, sizes[at][0]) for at in inner])
    widths = _divided([(cells[at].column, cells[at].column_span, sizes[at][1]) for at in inner])
    if heights is None or widths is None:
        return None
    tops = _starts(heights, max(cell.row + cell.row_span for cell in cells))
    lefts = _starts(widths, max(cell.column + cell.column_span for cell in cells))
    found: list[Cell] = []
    for at, cell in enumerate(cells):
        top, left = tops[cell.row], lefts[cell.column]
        if at in inner:
            found += [structs.replace(one, row=top + one.row, column=left + one.column) for one in inner[at]]
        else:
            height, width = tops[cell.row + cell.row_span] - top, lefts[cell.column + cell.column_span] - left
            found.append(structs.replace(cell, row=top, column=left, row_span=height, column_span=width))
    return tuple(sorted(found, key=lambda cell: (cell.row, cell.column)))


def _divided(wanted: Sequence[tuple[int, int, int]]) -> dict[int, int] | None:
    """Return into how many parts each row or column is split; None if the tables contradict each other.

    Args:
        wanted: For each cell: its first row or column, its span, and the number that its table has.
    """
    found: dict[int, int] = {}
    for start, span, count in sorted(wanted, key=lambda one: one[1]):
        free = [place for place in range(start, start + span) if place not in found]
        left = count - sum(found.get(place, 0) for place in range(start, start + span))
        if len(free) == 1 and left > 0:
            found[free[0]] = left
        elif left != len(free):
            return None
        else:
            found.update(dict.fromkeys(free, 1))
    return found


def _starts(divided: Mapping[int, int], count: int) -> list[int]:
    return [0, *accumulate(divided.get(place, 1) for place in range(count))]


def is_of_values(block: Block) -> bool:
    """Return whether a nested table contains only values, so that the cell around it gives them."""
    return isinstance(block, Table) and all(is_value(cell.text) for cell in block.cells)


def _size(cells: Sequence[Cell]) -> tuple[int, int]:
    return (
        max(cell.row + cell.row_span for cell in cells),
        max(cell.column + cell.column_span for cell in cells),
    )
