"""The printed header of a table: which header cells are above which grid columns.

A header cell ("head") is known (a label of the form), ignored by name (小计), unknown, or blank. Only known
ones determine a column; heads.py decides about the others.
"""

from collections.abc import Iterator, Sequence

from msgspec import Struct, structs

from extractor.document import Cell
from extractor.forms import per_forms
from extractor.recognize.labels import Label
from extractor.recognize.tables.cell_kind import CellKind

BLANK = -1  # row number used for blank header cells


class HeaderColumn(Struct, frozen=True, gc=False):
    """A column of a printed header: its id in the form (None if it is not in the form) and its interval."""

    id: str | None
    first: int
    last: int  # exclusive
    label: str = ""  # the printed text if it is not in the form, else ""
    row: int = 0  # the row of the header that it is in
    meanings: tuple[Label, ...] = ()  # its labels, if their ids differ between editions or tables

    def named_in(self, form: str, table: str) -> "HeaderColumn":
        """Return the column with the id that it has in one table of one edition."""
        if not self.meanings:
            return self
        best = min(self.meanings, key=lambda label: (label.table != table, label.form != form))
        return structs.replace(self, id=best.id, meanings=())


class Header:
    """The header for the rows below it; replaced when a new header begins."""

    def __init__(self) -> None:
        """Begin without any header cell."""
        self.columns: list[HeaderColumn] = []
        self.groups: tuple[HeaderColumn, ...] = ()
        self.reach = 0
        self.blanks: tuple[HeaderColumn, ...] = ()  # blank header cells above columns that no other one names
        self.beside: tuple[HeaderColumn, ...] = ()  # unknown header cells above or below known ones
        # the known header cells and groups of each row, as printed
        self.levels: tuple[tuple[str, ...], ...] = ()
        self._leading: list[HeaderColumn] = []  # unknown header cells before the first known one of their row
        self._rows: list[tuple[list[Cell], Sequence[CellKind]]] = []
        self._closed: tuple[HeaderColumn, ...] = ()
        self.is_open = False  # whether the row before was a header row too

    def take(self, cells: list[Cell], seen: Sequence[CellKind], groups: Iterator[HeaderColumn]) -> None:
        """Add a header row; the first one after rows of values replaces what was there."""
        if not self.is_open:
            self.columns = []
            self.groups = ()
            self.reach = 0
            self._rows, self._leading = [], []
            self.is_open = True
        self.reach = max(self.reach, *[cell.column + cell.column_span for cell in cells])
        heads = list(_columns_of(cells, seen, len(self._rows)))
        known = next((at for at, head in enumerate(heads) if not head.label), len(heads))
        self._leading.extend(heads[:known])
        self.columns.extend(heads[known:])
        self.groups = tuple(sorted((*self.groups, *groups), key=lambda group: group.first))
        self._rows.append((cells, seen))

    def close(self, aligned: bool, start: int) -> tuple[HeaderColumn, ...]:
        """Return the header for a row of values that begins at grid column `start`.

        In order from left to right, or in source order if columns are not aligned.
        """
        if self.is_open:
            self.is_open = False
            self.levels = tuple(_known_heads(cells, seen) for cells, seen in self._rows)
            self.blanks = self.beside = ()
            if aligned:
                # Converters copy a header cell merged downwards into each of its rows.
                once = {(head.id, head.first, head.last): head for head in self.columns if not head.label}
                known = list(once.values())
                strange = [head for head in (*self._leading, *self.columns) if head.label]
                # An unknown header cell that spans known columns is a group heading, not a column.
                self.beside = tuple(head for head in strange if _is_covered(head, known))
                strange = [
                    head for head in _lowest(strange) if head.first >= start and not _is_covered(head, known)
                ]
                self.columns = sorted((*known, *strange), key=lambda column: column.first)
                self.blanks = tuple(self._blank_heads(start))
            self._closed = tuple(self.columns)
        return self._closed

    def _blank_heads(self, start: int) -> Iterator[HeaderColumn]:
        """Yield the blank header cells below which there is no other header cell."""
        seen: list[HeaderColumn] = []
        for cells, each in reversed(self._rows):
            for cell, what in zip(cells, each, strict=True):
                if what.is_blank and cell.column >= start:
                    head = HeaderColumn(None, cell.column, cell.column + cell.column_span, row=BLANK)
                    if not (_is_covered(head, self.columns) or _is_covered(head, seen)):
                        seen.append(head)
        yield from sorted(seen, key=lambda head: head.first)


def _is_covered(head: HeaderColumn, others: Sequence[HeaderColumn]) -> bool:
    return any(head.first < other.last and other.first < head.last for other in others)


def _lowest(heads: list[HeaderColumn]) -> list[HeaderColumn]:
    """Leave out header cells that are above others, and copies of cells merged downwards."""
    return [
        head for head in heads if not _is_covered(head, [other for other in heads if other.row > head.row])
    ]


def _columns_of(cells: list[Cell], seen: Sequence[CellKind], row: int) -> Iterator[HeaderColumn]:
    for cell, each in zip(cells, seen, strict=True):
        last = cell.column + cell.column_span
        if each.is_column:
            yield head_of(_columns_named(each), cell, row)
        elif each.is_ignored:
            yield HeaderColumn(None, cell.column, last, row=row)
        elif not each.labels and not each.is_value:
            yield HeaderColumn(None, cell.column, last, cell.text, row)


@per_forms(maxsize=1024)
def _columns_named(kind: CellKind) -> tuple[Label, ...]:
    return tuple(label for label in kind.labels if label.kind == "column")


def head_of(labels: tuple[Label, ...], cell: Cell, row: int = 0) -> HeaderColumn:
    """Return the header column that a cell stands for, by the meaning of its label."""
    named = labels[0].id
    one = len(labels) == 1 or all(label.id == named for label in labels)
    return HeaderColumn(named, cell.column, cell.column + cell.column_span, "", row, () if one else labels)


def _known_heads(cells: list[Cell], seen: Sequence[CellKind]) -> tuple[str, ...]:
    return tuple(cell.text for cell, each in zip(cells, seen, strict=True) if each.is_column or each.is_word)
