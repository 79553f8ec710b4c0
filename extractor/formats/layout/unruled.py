"""Builds unruled tables: sorts atoms, whose columns are known, into rows and cells."""

from itertools import pairwise

from extractor.formats.layout.atoms import atoms_of, by_level
from extractor.formats.layout.bands import Band, bands_of
from extractor.formats.layout.blocks import Block
from extractor.formats.layout.heads import with_heads
from extractor.formats.layout.model import Box, GridCell, Ink, PageGrid, PageLine, Place, around
from extractor.formats.layout.rows import PageRow, RowSorter
from extractor.formats.layout.stretch import UNIT

LEAST_LEVELS = 3  # levels with more than one atom in the smallest table
LEAST_VALUES = 3  # values that make a table if they are in one row
STRAIGHT = 0.5  # em: largest deviation of the edges of the values of one column; twice that for their middles
# a label further from its neighbours than this share of the row distance belongs to a blank row
OWN_ROW = 0.8


def grid_of(lines: list[PageLine]) -> PageGrid | None:
    """Return the table formed by lines; None if too few values are aligned in columns."""
    atoms = atoms_of(lines)
    em = sorted(line.size for line in lines)[len(lines) // 2]
    bands = bands_of(atoms, em)
    edge = next((place for place, band in enumerate(bands) if band.is_value), None)
    lined = sum(len(level) > 1 for level in by_level(atoms))
    if edge is None or lined < LEAST_LEVELS:
        return None
    values = [a for a in atoms if a.is_value and any(band.is_value for band in bands[a.first : a.end])]
    rows = RowSorter(atoms, values, edge, em)
    if rows.of_values < 2 and len(values) < LEAST_VALUES:
        return None
    return _UnruledTable(rows, bands, edge, em).grid(lines)


class _UnruledTable:
    """The cells of one table."""

    def __init__(self, rows: RowSorter, bands: list[Band], edge: int, em: float) -> None:
        self._bands, self._edge, self._em = bands, edge, em
        self._rows = rows.all
        self._pitch = rows.pitch
        for row in self._rows:
            row.blocks = _merge_labels(row.blocks)
        self._rows = with_heads(self._rows, bands, edge, em)
        self._count = edge  # number of label columns
        self._overrun = any(_collide(_labels(row, edge)) for row in self._rows)
        if self._overrun:
            self._count = max(len(_labels(row, edge)) for row in self._rows)
        self._aligned = (
            not rows.in_doubt
            and all(_is_straight(inside, em) for inside in _by_column(self._rows))
            and not any(self._is_mixed_up(row) for row in self._rows)
        )

    def _is_mixed_up(self, row: PageRow) -> bool:
        """Return whether two pieces are in one column of values, or a value is among the labels."""
        behind = row.blocks[len(_labels(row, self._edge)) :]
        return _collide(behind) or (row.has_values and any(block.first < self._edge for block in behind))

    def grid(self, lines: list[PageLine]) -> PageGrid:
        """Return the table as a grid."""
        cells = [cell for number, row in enumerate(self._rows) for cell in self._cells(number, row)]
        if self._aligned:
            cells += self._blanks()
        pages: dict[int, list[Box]] = {}
        for line in lines:
            pages.setdefault(line.ink.page, []).append(line.place[1])
        return PageGrid(
            ink=lines[-1].ink,
            box=around([line.box for line in lines]),
            xs=[*(band.x0 for band in self._bands), self._bands[-1].x1],
            rows=len(self._rows),
            cells=cells,
            places=[(page, around(boxes)) for page, boxes in pages.items()],
            aligned=self._aligned,
        )

    def _cells(self, number: int, row: PageRow) -> list[GridCell]:
        spans = self._spans(row) if self._aligned else [(n, n + 1) for n in range(len(row.blocks))]
        return [
            GridCell(number, first, 1, end - first, block.text, block.places, False)
            for block, (first, end) in zip(row.blocks, spans, strict=True)
        ]

    def _spans(self, row: PageRow) -> list[tuple[int, int]]:
        """Return the range of columns of each block of a row, end exclusive.

        If labels overlap each other's columns, the one next to the values gets the last label
        column, the one before it the last but one.
        """
        more = self._count - self._edge
        spans = [(block.first + more, block.end + more) for block in row.blocks]
        labels = len(_labels(row, self._edge))
        if self._overrun:
            for place in range(labels):
                first = self._count - labels + place if place else 0
                spans[place] = (first, self._count - labels + place + 1)
        return spans

    def _blanks(self) -> list[GridCell]:
        """Return the empty cells of rows, in the value columns that the header above names."""
        cells: list[GridCell] = []
        header: set[int] = set()
        followed = self._followed_by_header()
        below_values = named = False
        for number, row in enumerate(self._rows):
            labels = len(_labels(row, self._edge))
            begun = below_values or (header and (named or not followed[number]))
            is_blank = begun and labels == len(row.blocks)
            if row.has_values or (is_blank and (self._has_unit(row) or self._stands_alone(number))):
                cells += self._blank_cells_of(number, row, header)
                below_values = True
            elif labels < len(row.blocks):
                header = set() if below_values else header
                header |= {block.first for block in row.blocks[labels:] if block.end == block.first + 1}
                named = labels > 0 or (named and not below_values)
                below_values = False
        return cells

    def _followed_by_header(self) -> list[bool]:
        """Return, for each row, whether the next row with more than labels is a header."""
        followed: list[bool] = []
        before_header = False
        for row in reversed(self._rows):
            followed.append(before_header)
            if len(_labels(row, self._edge)) < len(row.blocks):
                before_header = not row.has_values
        return followed[::-1]

    def _has_unit(self, row: PageRow) -> bool:
        """Return whether a word as short as a unit is between the label of a row and the values."""
        last = row.blocks[-1]
        return len(row.blocks) > 1 and last.end == self._edge and last.x1 - last.x0 <= UNIT * self._em

    def _stands_alone(self, number: int) -> bool:
        """Return whether a row is as far from its neighbours on the page as rows are from each other."""
        row = self._rows[number]
        near = self._rows[number - 1 : number] + self._rows[number + 1 : number + 2]
        least = OWN_ROW * (self._pitch or 0.0)
        return all(other.ink is row.ink and abs(other.middle - row.middle) >= least for other in near)

    def _blank_cells_of(self, number: int, row: PageRow, header: set[int]) -> list[GridCell]:
        taken = {column for block in row.blocks for column in range(block.first, block.end)}
        more = self._count - self._edge
        free = [column for column in sorted(header - taken) if self._bands[column].is_value]
        return [
            GridCell(number, column + more, 1, 1, "", [self._blank_place(row, column)], False)
            for column in free
        ]

    def _blank_place(self, row: PageRow, column: int) -> Place:
        atoms = [atom for block in row.blocks for atom in block.atoms]
        ink: Ink = atoms[0].ink
        tops, bottoms = zip(*((atom.box[1], atom.box[3]) for atom in atoms if atom.ink is ink), strict=True)
        band = self._bands[column]
        return ink.page, ink.as_displayed((band.x0, min(tops), band.x1, max(bottoms)))


def _labels(row: PageRow, edge: int) -> list[Block]:
    """Return the blocks of a row left of the value columns, from left to right."""
    return [block for block in row.blocks if block.end <= edge]


def _by_column(rows: list[PageRow]) -> list[list[Block]]:
    """Return the values of each column."""
    columns: dict[int, list[Block]] = {}
    for row in rows:
        for block in row.blocks:
            if row.has_values and block.is_value and block.end == block.first + 1:
                columns.setdefault(block.first, []).append(block)
    return list(columns.values())


def _is_straight(blocks: list[Block], em: float) -> bool:
    """Return whether values below each other have aligned left edges, right edges or middles."""
    spreads = (
        _spread([block.x0 for block in blocks]),
        _spread([block.x1 for block in blocks]),
        _spread([(block.x0 + block.x1) / 4 for block in blocks]),
    )
    return min(spreads) <= STRAIGHT * em


def _spread(places: list[float]) -> float:
    return max(places) - min(places)


def _collide(blocks: list[Block]) -> bool:
    """Return whether two blocks of a row are in the same column."""
    return any(two.first < one.end for one, two in pairwise(blocks))


def _merge_labels(blocks: list[Block]) -> list[Block]:
    """Join the labels of a row that are below each other, or beside each other in one column."""
    merged: list[Block] = []
    for block in sorted(blocks, key=lambda block: block.x0):
        last = merged[-1] if merged else None
        if last is None or last.is_value or block.is_value or not _one_label(last, block):
            merged.append(block)
        else:
            last.add(block.atoms)
    return merged


def _one_label(last: Block, block: Block) -> bool:
    if last.overlaps(block):
        return True
    level = {atom.level for atom in last.atoms} & {atom.level for atom in block.atoms}
    return bool(level) and (last.first, last.end) == (block.first, block.end)
