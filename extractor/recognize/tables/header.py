"""The printed header of a table: which heads stand over which columns of the grid.

A head is known (the form's), set aside by name (小计), unknown, or blank. Only known heads
bind a column; what the others are is worked out in heads.py.
"""

from collections.abc import Iterator, Sequence

from msgspec import Struct, structs

from extractor.document import Cell
from extractor.forms import per_forms
from extractor.recognize.labels import Label
from extractor.recognize.tables.cell_kind import CellKind

BLANK = -1  # the row of a head that says nothing


class HeaderColumn(Struct, frozen=True, gc=False):
    """A column of a printed header: the form's id (None where it is not the form's) and its interval."""

    id: str | None
    first: int
    last: int  # exclusive
    label: str = ""  # as printed, of a head that nobody knows; "" of all others
    row: int = 0  # in which row of the header it stands
    meanings: tuple[Label, ...] = ()  # where its label has other ids in other editions or tables

    def named_in(self, form: str, table: str) -> "HeaderColumn":
        """Return the column with the id that it has in a table of one edition."""
        if not self.meanings:
            return self
        best = min(self.meanings, key=lambda label: (label.table != table, label.form != form))
        return structs.replace(self, id=best.id, meanings=())


class Header:
    """The header that holds for the rows below: rebuilt at each header row that starts anew."""

    def __init__(self) -> None:
        """Begin with no head."""
        self.columns: list[HeaderColumn] = []
        self.groups: tuple[HeaderColumn, ...] = ()
        self.reach = 0
        self.blanks: tuple[HeaderColumn, ...] = ()  # heads that say nothing, over columns that no other names
        self.beside: tuple[HeaderColumn, ...] = ()  # unknown heads over known ones, or below them
        self.levels: tuple[tuple[str, ...], ...] = ()  # the known heads and groups of each row, as printed
        self._leading: list[HeaderColumn] = []  # unknown heads before the first known one of their row
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
        """Return the header for a row of values that begin at column `start`.

        From left to right, or as met where nothing is aligned.
        """
        if self.is_open:
            self.is_open = False
            self.levels = tuple(_known_heads(cells, seen) for cells, seen in self._rows)
            self.blanks = self.beside = ()
            if aligned:
                # Converters write a header cell merged downwards into each of its rows.
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
        """Yield the blank cells of the header's last rows below which no head stands."""
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
    """Leave out heads that stand over others, and the echoes of heads merged downwards."""
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
    """Return the head that a cell is, by what its label means."""
    named = labels[0].id
    one = len(labels) == 1 or all(label.id == named for label in labels)
    return HeaderColumn(named, cell.column, cell.column + cell.column_span, "", row, () if one else labels)


def _known_heads(cells: list[Cell], seen: Sequence[CellKind]) -> tuple[str, ...]:
    return tuple(cell.text for cell, each in zip(cells, seen, strict=True) if each.is_column or each.is_word)
