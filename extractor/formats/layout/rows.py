"""Finds the rows of an unruled table: each line of values is a row, and labels go to the nearest values."""

from bisect import bisect_left, bisect_right
from itertools import pairwise

from msgspec import Struct

from extractor.formats.layout.atoms import Atom
from extractor.formats.layout.blocks import WRAPPED, Block, block_of, blocks_of
from extractor.formats.layout.model import Ink

SAME_ROW = 0.35  # em: values whose middles differ by less are in one row
TIE = 0.1  # em: rows count as equally near if their distances differ by less
STEP = 1.6  # em: row distance assumed if there are not two rows to measure it
BEYOND = 0.75  # share of the row distance by which a label of several rows may extend beyond them


class PageRow(Struct):
    """A row: the y coordinate of its middle, and its blocks."""

    middle: float
    ink: Ink
    has_values: bool
    blocks: list[Block]


class RowSorter:
    """Sorts the blocks of a table into rows."""

    def __init__(self, atoms: list[Atom], values: list[Atom], edge: int, em: float) -> None:
        """Make the rows.

        Args:
            atoms: all atoms of the table, sorted by level and position.
            values: those that are values in columns of values.
            edge: number of columns left of the first column of values.
            em: size of the characters, in points.
        """
        self.in_doubt = False
        self._edge, self._em = edge, em
        self._valued = _rows_of(values, SAME_ROW * em)
        self._middles = [row.middle for row in self._valued]
        steps = [two.middle - one.middle for one, two in pairwise(self._valued) if one.ink is two.ink]
        self.pitch = min(steps, default=None)
        taken = {id(atom) for atom in values}
        self._place(blocks_of([atom for atom in atoms if id(atom) not in taken], em, self.pitch))

    @property
    def of_values(self) -> int:
        """Return the number of rows with values."""
        return len(self._valued)

    def _place(self, blocks: list[Block]) -> None:
        covered = [(block, self._rows_beside(block)) for block in blocks]
        for block, rows in covered:
            if len(rows) == 1:
                rows[0].blocks.append(block)
        for block, rows in covered:
            if len(rows) > 1:
                self._place_tall(block, rows)
        loose = [block for block, rows in covered if not rows and not self._is_placed(block)]
        rows = sorted([*self._valued, *_rows_of_blocks(loose, SAME_ROW * self._em)], key=_middle)
        self.all = [row for row in rows if not self._is_gathered(row, rows)]

    def _rows_beside(self, block: Block) -> list[PageRow]:
        """Return the rows of values that are beside a block."""
        reach = SAME_ROW * self._em
        first = bisect_left(self._middles, block.top - reach)
        return self._valued[first : bisect_right(self._middles, block.bottom + reach)]

    def _place_tall(self, block: Block, rows: list[PageRow]) -> None:
        """Assign a block beside several rows: as one label for all of them, or split into several labels."""
        labelled = sum(self._has_label_behind(row, block) for row in rows)
        if 2 * labelled > len(rows):
            self._nearest(rows, block.middle).blocks.append(block)
            return
        self.in_doubt = self.in_doubt or len(block.atoms) > 1
        for atom in block.atoms:
            self._nearest(rows, atom.middle).blocks.append(block_of([atom]))

    def _has_label_behind(self, row: PageRow, block: Block) -> bool:
        """Return whether a row has a label to the right of a block, and none above or below it."""
        labels = [other for other in row.blocks if other.end <= self._edge]
        return any(other.x0 >= block.x1 for other in labels) and not any(map(block.overlaps, labels))

    def _nearest(self, rows: list[PageRow], middle: float) -> PageRow:
        """Return the nearest row; the upper one if two are about equally near."""
        least = min(abs(row.middle - middle) for row in rows)
        return next(row for row in rows if abs(row.middle - middle) <= least + TIE * self._em)

    def _is_gathered(self, row: PageRow, rows: list[PageRow]) -> bool:
        """Move a row's only label to the next row if it begins that row's label; return whether it did."""
        if row.has_values or len(row.blocks) > 1 or row.blocks[0].end > self._edge:
            return False
        place = bisect_left(rows, row.middle, key=_middle)
        reach = BEYOND * (self.pitch or STEP * self._em)
        near = [
            other
            for other in rows[max(place - 1, 0) : place + 2]
            if other is not row
            and other.ink is row.ink
            and abs(other.middle - row.middle) < reach
            and self._has_label_behind(other, row.blocks[0])
        ]
        if near:
            self._nearest(near, row.middle).blocks.append(row.blocks[0])
        return bool(near)

    def _is_placed(self, block: Block) -> bool:
        """Assign a label between rows to the one that it belongs to; return whether there was one."""
        if block.end > self._edge or not self._valued:
            return False
        place = bisect_left(self._middles, block.middle)
        near = [row for row in self._valued[max(place - 1, 0) : place + 1] if row.ink is block.atoms[0].ink]
        if not near:
            return False
        row = self._nearest(near, block.middle)
        between = 0 < place < len(self._valued)
        is_near = between or abs(row.middle - block.middle) < BEYOND * (self.pitch or 0.0)
        if not (is_near and self._has_label_behind(row, block)):
            row_of_part = self._row_of_part(block, near)
            if row_of_part is None:
                return False
            row = row_of_part
        row.blocks.append(block)
        return True

    def _row_of_part(self, block: Block, near: list[PageRow]) -> PageRow | None:
        """Return the row whose label a line continues, if lines and rows are equally far apart.

        An item number begins a label: a line without number continues the label above it, and an unnumbered
        label below a numbered line continues that line.
        """
        for row in near:
            labels = [other for other in row.blocks if other.end <= self._edge and other.overlaps(block)]
            if not labels or labels[-1].opens == block.opens or abs(self._gap(block, labels[-1])) > WRAPPED:
                continue
            if block.opens == (block.middle < row.middle):
                return row
        return None

    def _gap(self, block: Block, label: Block) -> float:
        """Return the distance in em between adjacent lines of two blocks."""
        if block.middle < label.middle:
            return (label.atoms[0].middle - block.atoms[-1].middle) / self._em
        return (block.atoms[0].middle - label.atoms[-1].middle) / self._em


def _middle(row: PageRow) -> float:
    return row.middle


def _rows_of(values: list[Atom], reach: float) -> list[PageRow]:
    """Return one row for each height at which there are values."""
    rows: list[PageRow] = []
    for atom in sorted(values, key=lambda atom: atom.middle):
        if not rows or atom.middle - rows[-1].middle > reach:
            rows.append(PageRow(atom.middle, atom.ink, True, []))
        rows[-1].blocks.append(block_of([atom]))
    return rows


def _rows_of_blocks(blocks: list[Block], reach: float) -> list[PageRow]:
    """Return rows for blocks without values beside them: headers, and labels of blank rows."""
    rows: list[PageRow] = []
    for block in sorted(blocks, key=lambda block: block.middle):
        if not rows or block.middle - rows[-1].middle > reach:
            rows.append(PageRow(block.middle, block.atoms[0].ink, False, []))
        rows[-1].blocks.append(block)
    return rows
