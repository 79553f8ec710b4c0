"""Joins row labels that lines have broken: a row of text alone, and the rest of its label before numbers.

Tables laid out with tabs or blanks have each line of a wrapped label as a row of its own; the first line of
all may stand in the paragraph above the table.
"""

from collections.abc import Sequence

from msgspec import structs

from extractor.document import Block, Cell, Paragraph, Table
from extractor.recognize.tables.cell_kind import kind_of_text

_SHORTEST = 6  # characters of the first part
_LONGEST = 80
_MOST_PARTS = 4


def with_broken_labels_joined(blocks: Sequence[Block], at: int, table: Table) -> Table:
    """Return a table, block `at` of the document, with each broken row label in the row of its numbers."""
    above = blocks[at - 1] if at else None
    open_parts = [above.text.strip()] if isinstance(above, Paragraph) and _may_begin(above.text) else []
    joined: dict[int, str] = {}  # by identity of the cell with the last part
    gone: set[int] = set()
    waiting: list[int] = []  # rows of the parts so far
    for row, cells in table.rows().items():
        speaking = [cell for cell in cells if cell.speaks]
        first = speaking[0] if speaking else None
        if first is None or first.column:
            open_parts, waiting = [], []
            continue
        whole = "".join([*open_parts, first.text.strip()])
        if open_parts and len(speaking) > 1 and kind_of_text(whole).is_row:
            joined[id(first)] = whole
            gone.update(waiting)
        if len(speaking) == 1 and len(open_parts) < _MOST_PARTS and (open_parts or _may_begin(first.text)):
            open_parts.append(first.text.strip())
            waiting.append(row)
        else:
            open_parts, waiting = [], []
    return _with(table, joined, gone) if joined else table


def _may_begin(text: str) -> bool:
    """Return whether a text can be the first line of a label; no form knows it as it stands."""
    return _SHORTEST <= len(text.strip()) <= _LONGEST and not kind_of_text(text).labels


def _with(table: Table, joined: dict[int, str], gone: set[int]) -> Table:
    cells: list[Cell] = [
        structs.replace(cell, text=joined[id(cell)]) if id(cell) in joined else cell
        for cell in table.cells
        if cell.row not in gone
    ]
    return structs.replace(table, cells=tuple(cells))
