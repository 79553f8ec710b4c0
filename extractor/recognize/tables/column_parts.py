"""Joins tables split by columns: 自然人 in one block, 法人或其他组织 in the next, each with all rows.

A printout wider than its page is split in the same way, but its later blocks have no row labels. Blocks are
parts of one table if their headers name different columns of it and their rows are the same.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TypeVar

from msgspec import Struct, structs

from extractor.document import Cell
from extractor.forms import TableForm
from extractor.recognize.labels import core
from extractor.recognize.tables.grid import GridTable, ValueRow, without_blanks_outside_header
from extractor.recognize.tables.header import HeaderColumn

_Placed = TypeVar("_Placed", Cell, HeaderColumn)
_FEWEST = 3  # rows of the smallest part


class ColumnParts(Struct, frozen=True):
    """The blocks of a document, with parts of one table joined into one block."""

    grids: Sequence[GridTable]
    joined: frozenset[int] = frozenset()  # blocks whose rows have been moved into an earlier block
    # columns from blocks without labels, whose rows are identified by order only
    by_order: frozenset[str] = frozenset()


class _ColumnPart(Struct, frozen=True):
    """Rows below a header that names some, but not all, columns of the table."""

    grid: GridTable
    columns: frozenset[str]

    def keys(self) -> list[object]:
        """Return a key for each row: the ids of the form's rows it may be, else the words of its label."""
        return [tuple(row.name.rows.items()) or core(row.label) for row in self.grid.rows]

    def goes_on_in(self, later: "_ColumnPart") -> bool:
        """Return whether a later part has the same rows and other columns."""
        if self.columns & later.columns or len(self.grid.rows) != len(later.grid.rows):
            return False
        return self.keys() == later.keys() or (later.is_unlabelled and not self.is_unlabelled)

    @property
    def is_unlabelled(self) -> bool:
        """Say whether no row has a label."""
        return not any(row.label.strip() for row in self.grid.rows)

    def with_columns_of(self, later: "_ColumnPart") -> "_ColumnPart":
        """Return the rows of both parts joined, the later part's columns to the right."""
        offset = max(self.grid.rows[0].reach, *(_end(row) for row in self.grid.rows))
        header = (*self.grid.rows[0].header, *_moved(later.grid.rows[0].header, offset))
        reach = offset + later.grid.rows[0].reach
        rows = [
            structs.replace(
                row,
                values=(*row.values, *_moved(other.values, offset)),
                header=header,
                reach=reach,
                levels=(),
                aligned=True,
            )
            for row, other in zip(self.grid.rows, later.grid.rows, strict=True)
        ]
        return _ColumnPart(structs.replace(self.grid, rows=tuple(rows)), self.columns | later.columns)


def join_column_parts(table: TableForm, grids: Sequence[GridTable]) -> ColumnParts:
    """Join the parts of a table that was cut by its columns; everything else stays as it is.

    A part that several others could continue is left alone, as nothing shows which one does.
    """
    wanted = frozenset(column.id for column in table.columns)
    if table.has_header_per_group or not any(_is_headed_in_part(row, wanted) for row in _first_rows(grids)):
        return ColumnParts(grids)
    pieces: list[GridTable] = []
    wholes: dict[int, _ColumnPart] = {}  # parts joined so far, by index
    joined: set[int] = set()
    by_order: frozenset[str] = frozenset()
    for piece in (piece for grid in grids for piece in _by_header(grid)):
        part = _part_in(piece, wanted)
        before = [at for at, whole in wholes.items() if part and whole.goes_on_in(part)]
        if part and len(before) == 1:
            wholes[before[0]] = wholes[before[0]].with_columns_of(part)
            pieces[before[0]] = wholes[before[0]].grid
            joined.add(piece.block)
            by_order |= part.columns if part.is_unlabelled else frozenset()
            continue
        if part:
            wholes[len(pieces)] = part
        pieces.append(piece)
    return ColumnParts(pieces, frozenset(joined), by_order) if joined else ColumnParts(grids)


def _first_rows(grids: Sequence[GridTable]) -> Iterator[ValueRow]:
    return (grid.rows[0] for grid in grids if grid.rows)


def _is_headed_in_part(row: ValueRow, wanted: frozenset[str]) -> bool:
    return 0 < len(wanted.intersection(head.id or "" for head in row.header)) < len(wanted)


def _part_in(grid: GridTable, wanted: frozenset[str]) -> _ColumnPart | None:
    """Return the rows of a block if they can be a part: one number per header cell, no row twice."""
    if len(grid.rows) < _FEWEST or not _is_headed_in_part(grid.rows[0], wanted):
        return None
    heads = grid.rows[0].header
    grid = structs.replace(grid, rows=tuple(map(without_blanks_outside_header, grid.rows)))
    columns = frozenset(head.id for head in heads if head.id)
    straight = all(len(row.values) == len(heads) for row in grid.rows)
    return (
        _ColumnPart(grid, columns) if straight and len(columns) == len(heads) and columns <= wanted else None
    )


def _by_header(grid: GridTable) -> Iterator[GridTable]:
    """Yield the rows of a block, grouped by the header above them."""
    if not grid.rows:
        yield grid
    for _, rows in groupby(grid.rows, key=lambda row: id(row.header)):
        yield structs.replace(grid, rows=tuple(rows))


def _end(row: ValueRow) -> int:
    return max((cell.column + cell.column_span for cell in row.values), default=0)


def _moved(places: Sequence[_Placed], offset: int) -> Iterator[_Placed]:
    """Yield cells or header columns with their column numbers increased by `offset`."""
    for place in places:
        if isinstance(place, Cell):
            yield structs.replace(place, column=place.column + offset)
        else:
            yield structs.replace(place, first=place.first + offset, last=place.last + offset)
