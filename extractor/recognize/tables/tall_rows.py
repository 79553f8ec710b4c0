"""Rows typed as the lines of one tall row, a return behind each: each line is a row again.

Lines of labels that stand over several rows have no number beside them, and an empty line leaves no
trace; so the labels are those that may have numbers, where there are just as many of them.
"""

from collections.abc import Iterator, Sequence

from msgspec import structs

from extractor.document import Cell, Table
from extractor.recognize.tables.cell_kind import CellKind, kind_of_text

_FEWEST_LINES = 3


def with_tall_rows_cut(table: Table) -> Table:
    """Return a table with its tall rows cut into their lines; the table itself where it has none."""
    if not any(cell.text.count("\n") >= _FEWEST_LINES - 1 and _has_values_only(cell) for cell in table.cells):
        return table
    rows = table.rows()
    reached = {below for cell in table.cells for below in range(cell.row + 1, cell.row + cell.row_span)}
    cells: list[Cell] = []
    shift = 0
    for row in sorted(rows):
        lines = [] if row in reached else _lines_of(rows[row])
        if not lines:
            cells += [structs.replace(cell, row=cell.row + shift) for cell in rows[row]]
            continue
        cells += _cut(rows[row], lines, row + shift)
        shift += len(lines[0]) - 1
    return structs.replace(table, cells=tuple(cells)) if shift else table


def _has_values_only(cell: Cell) -> bool:
    return all(kind_of_text(line).is_value for line in cell.text.split("\n"))


def _lines_of(row: Sequence[Cell]) -> list[list[str]]:
    """Return the lines of each cell of a tall row, equally many in all; empty where the row is none."""
    if any(cell.row_span > 1 or cell.unread or cell.printed is not None for cell in row):
        return []
    split = [cell.text.split("\n") for cell in row]
    heights = {len(lines) for lines, cell in zip(split, row, strict=True) if _has_values_only(cell)}
    height = heights.pop() if len(heights) == 1 else 0
    if height < _FEWEST_LINES:
        return []
    found = [_told_by_labels(lines, height) for lines in split]
    return found if all(len(lines) == height for lines in found) else []


def _told_by_labels(lines: list[str], height: int) -> list[str]:
    """Return the lines of a cell of labels that may stand beside a number, where that makes as many."""
    if len(lines) <= height:
        return lines
    kinds = [kind_of_text(line) for line in lines]
    for is_over_rows in (_is_word, _may_be_over_rows):
        kept = [line for line, kind in zip(lines, kinds, strict=True) if not is_over_rows(kind)]
        if len(kept) == height:
            return kept
    return lines


def _is_word(kind: CellKind) -> bool:
    return kind.is_word


def _may_be_over_rows(kind: CellKind) -> bool:
    return kind.is_word or kind.names_a_group


def _cut(row: Sequence[Cell], lines: Sequence[Sequence[str]], first: int) -> Iterator[Cell]:
    for at in range(len(lines[0])):
        for cell, texts in zip(row, lines, strict=True):
            yield structs.replace(cell, row=first + at, text=texts[at])
