"""Splits rows that were typed as the lines of one tall row, separated by line breaks.

Labels of groups have no number beside them, and empty lines are lost. So the lines are matched with the
labels that may have numbers, if there are equally many of both.
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate

from msgspec import structs

from extractor.document import Cell, Table
from extractor.recognize.tables.cell_kind import CellKind, kind_of_text

_FEWEST_LINES = 3


def with_tall_rows_cut(table: Table) -> Table:
    """Return a table with its tall rows split into their lines; unchanged if it has none."""
    if not any(map(may_be_lines_of_a_tall_row, table.texts)):
        return table
    rows = table.rows()
    lines = {row: found for row, cells in rows.items() if (found := _lines_of(cells))}
    if not lines:
        return table
    last = max(cell.row + cell.row_span for cell in table.cells)
    heights = (len(lines[row][0]) if row in lines else 1 for row in range(last))
    starts = [0, *accumulate(heights)]
    cells: list[Cell] = []
    for row, there in rows.items():
        cells += _cut(there, lines.get(row), starts)
    return structs.replace(table, cells=tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))))


def may_be_lines_of_a_tall_row(text: str) -> bool:
    """Return whether a text is numbers in at least as many lines as a tall row has."""
    return text.count("\n") >= _FEWEST_LINES - 1 and _has_values_only(text)


def _has_values_only(text: str) -> bool:
    return all(kind_of_text(line).is_value for line in text.split("\n"))


def _lines_of(row: Sequence[Cell]) -> list[list[str]]:
    """Return the lines of each cell of a tall row, the same number for all; empty if it is not a tall row.

    A one-line label left of the labels with one line per number is repeated for each line.
    """
    if any(cell.row_span > 1 or cell.unread or cell.printed is not None for cell in row):
        return []
    split = [cell.text.split("\n") for cell in row]
    heights = {len(lines) for lines, cell in zip(split, row, strict=True) if _has_values_only(cell.text)}
    height = heights.pop() if len(heights) == 1 else 0
    if height < _FEWEST_LINES:
        return []
    found = [_told_by_labels(lines, height) for lines in split]
    over = next((at for at, lines in enumerate(found) if len(lines) == height), len(found))
    found[:over] = [lines * height if len(lines) == 1 else lines for lines in found[:over]]
    return found if all(len(lines) == height for lines in found) else []


def _told_by_labels(lines: list[str], height: int) -> list[str]:
    """Return the lines of a label cell; if that makes `height` lines, without the labels of groups."""
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


def _cut(row: Sequence[Cell], lines: Sequence[Sequence[str]] | None, starts: Sequence[int]) -> Iterator[Cell]:
    """Yield the cells of a row split into its lines; `starts` maps old row numbers to new ones."""
    for number, cell in enumerate(row):
        first, end = starts[cell.row], starts[cell.row + cell.row_span]
        if lines is None or cell.text == lines[number][0]:
            yield structs.replace(cell, row=first, row_span=end - first)
            continue
        for at, text in enumerate(lines[number]):
            yield structs.replace(cell, row=first + at, text=text)
