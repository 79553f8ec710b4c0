"""Decides which column of the form each printed header cell stands for, unknown ones included.

A known header cell is never overruled by position. An unknown or blank one is taken for the remaining column
if the known ones are at the form's positions, or if its wording clearly resembles that column; otherwise its
numbers stay undecided.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from msgspec import Struct, structs

from extractor.document import NOWHERE, Locator, Notice
from extractor.forms import Column, TableForm
from extractor.recognize.labels import core
from extractor.recognize.tables.grid import ValueRow
from extractor.recognize.tables.header import BLANK, HeaderColumn
from extractor.recognize.tables.set_aside import without_added

_LIKE = 60  # per cent of similarity from which an unknown header cell can be a column of the form
_CLEAR = 12  # per cent by which it must be more similar than the next column
_CONTAINED = 80  # similarity given to texts contained in each other: 公益组织 in 社会公益组织
_OPEN = "?"  # prefix of the name given to a printed column that could not be identified


class Heads(Struct, frozen=True):
    """The columns of a header, as far as they could be identified."""

    columns: tuple[HeaderColumn, ...] = ()  # empty if there is no usable header: the form's order is used
    missing: tuple[str, ...] = ()  # columns of the form that no header cell names
    # unknown header cells identified by similar wording: label, column
    likened: tuple[tuple[str, str], ...] = ()

    @property
    def open(self) -> bool:
        """Return whether some columns of the header could not be identified."""
        return bool(self.missing)


def is_open(name: str | None) -> bool:
    """Return whether a column name stands for a printed column that could not be identified."""
    return name is not None and name.startswith(_OPEN)


class HeadReader:
    """Reads the headers above a table's rows, each only once."""

    def __init__(self, table: TableForm, year: int | None = None) -> None:
        """Begin without any; `year` is the year that the report is about, if known."""
        self._table = table
        self._year = year
        self._known: dict[tuple[object, ...], Heads] = {}
        self._first: dict[tuple[object, ...], ValueRow] = {}

    def of(self, row: ValueRow, expected: Iterable[str]) -> Heads:
        """Return which of the expected columns the header above a row names."""
        key = (id(row.header), len(row.values), *expected)  # all rows below a header share the same object
        heads = self._known.get(key)
        if heads is None:
            heads = self._known[key] = read_heads(row, tuple(expected), self._table, self._year)
            self._first[key] = row
        return heads

    def notices(self) -> Iterator[Notice]:
        """Yield notices about header cells that are not the form's."""
        told: set[str] = set()
        for key, heads in self._known.items():
            row = self._first[key]
            where = row.values[0].locator if row.values else NOWHERE
            for notice in heads_notices(self._table, heads, where):
                if notice.message not in told:
                    told.add(notice.message)
                    yield notice


def heads_notices(table: TableForm, heads: Heads, where: Locator) -> Iterator[Notice]:
    """Yield a notice for unidentified columns, and one for columns identified by similar wording."""
    labels = {column.id: column.label for column in table.columns}
    if heads.missing:
        names = "、".join(labels[column] for column in heads.missing)
        message = f"{table.id}：表头的次序或列名与标准格式不同，不能确定哪些数字属于{names}"
        yield Notice("header-in-question", message, where)
    if heads.likened:
        pairs = "、".join(f"“{''.join(label.split())}”为{labels[column]}" for label, column in heads.likened)
        yield Notice("head-by-likeness", f"{table.id}：列名与标准格式不同，认定{pairs}", where)


def read_heads(row: ValueRow, expected: tuple[str, ...], table: TableForm, year: int | None = None) -> Heads:
    """Return which of the expected columns of a row its header names.

    `year` is the year that the report is about, if known.
    """
    every = [
        head
        for head in row.header
        if head.id in expected or (head.id is None and not (head.label and _is_over_labels(head, row)))
    ]
    heads = without_added(every, row.beside, year) if row.beside or len(every) > len(expected) else every
    names = [head.id for head in heads if head.id]
    if not row.aligned and _contradicts_the_form(row.levels, table):
        return Heads((), expected)
    if len(names) == len(expected) == len(set(names)):
        return Heads(tuple(heads))
    if len(set(names)) < len(names) or (not row.aligned and not _is_on_one_level(heads)):
        return Heads()
    missing = [column for column in expected if column not in names]
    unknown = sum(bool(head.label) for head in heads)
    if unknown + len(row.blanks) == len(missing):
        heads = sorted((*heads, *row.blanks), key=lambda head: head.first) if row.aligned else heads
        return _fill(heads, missing, expected, table)
    if unknown == len(missing):
        return _fill(heads, missing, expected, table)
    if not names:
        return Heads()
    return Heads() if _stand_at_their_places(names, heads, row, expected) else Heads((), expected)


def _is_over_labels(head: HeaderColumn, row: ValueRow) -> bool:
    """Return whether a header cell is left of the row's values: above its label or unit."""
    return row.aligned and bool(row.values) and head.last <= row.values[0].column


def _is_on_one_level(heads: Sequence[HeaderColumn]) -> bool:
    return len({head.row for head in heads}) == 1


def _fill(
    heads: Sequence[HeaderColumn], missing: list[str], expected: tuple[str, ...], table: TableForm
) -> Heads:
    """Identify the unknown and blank header cells; there are as many as columns are missing."""
    unknown = [at for at, head in enumerate(heads) if head.id is None and (head.label or _is_blank(head))]
    left = iter(missing)
    in_order = [next(left) if at in unknown else head.id for at, head in enumerate(heads)]
    straight = [column for column in in_order if column] == list(expected)
    if straight and (len(unknown) == 1 or not any(heads[at].label for at in unknown)):
        named = [structs.replace(h, id=c, label="") for h, c in zip(heads, in_order, strict=True)]
        # The form's order is the only possibility; columns that the agency added may be among them.
        return Heads(tuple(named)) if len(heads) > len(expected) else Heads()
    columns = {column.id: column for column in table.columns}
    told = _by_wording([heads[at].label for at in unknown], missing, columns)
    likened = {unknown[at]: column for at, column in told.items()}
    open_heads = [at for at in unknown if at not in likened]
    rest = [column for column in missing if column not in likened.values()]
    few = len(open_heads) <= 1 or len(unknown) == len(expected)  # also if no header cell at all is known
    if straight and few and all(in_order[at] == column for at, column in likened.items()):
        return Heads()
    named = [
        structs.replace(
            head, id=likened.get(at) or (f"{_OPEN}{at}" if at in open_heads else head.id), label=""
        )
        for at, head in enumerate(heads)
    ]
    return Heads(
        tuple(named), tuple(rest), tuple((heads[at].label, column) for at, column in likened.items())
    )


def _is_blank(head: HeaderColumn) -> bool:
    return head.row == BLANK


def _by_wording(
    labels: Sequence[str], missing: Sequence[str], columns: Mapping[str, Column]
) -> dict[int, str]:
    """Return, by index of the header cell, the missing column that its wording is clearly most similar to."""
    told: dict[int, str] = {}
    for number, label in enumerate(labels):
        scores = sorted(((_likeness(label, columns[column]), column) for column in columns), reverse=True)
        best, column = scores[0]
        clear = len(scores) == 1 or best - scores[1][0] >= _CLEAR
        if label and best >= _LIKE and clear and column in missing:
            told[number] = column
    twice = {column for column in told.values() if list(told.values()).count(column) > 1}
    return {number: column for number, column in told.items() if column not in twice}


def _likeness(label: str, column: Column) -> float:
    from rapidfuzz import fuzz  # rarely needed and slow to import

    wording, best = core(label), 0.0
    for text in map(core, (column.label, *column.aliases)):
        shorter, longer = sorted((wording, text), key=len)
        best = max(
            best, fuzz.ratio(wording, text), _CONTAINED if len(shorter) > 1 and shorter in longer else 0
        )
    return best


def _contradicts_the_form(levels: Sequence[Sequence[str]], table: TableForm) -> bool:
    """Return whether the known header cells of one row are in another order than the form's.

    A group counts as at the place of its first column.
    """
    places: dict[str, int] = {}
    for place, column in enumerate(table.columns):
        for text in (*column.group, column.label, *column.aliases):
            places.setdefault(core(text), place)
    for level in levels:
        order = [places[core(text)] for text in level if core(text) in places]
        once = list(dict.fromkeys(order))
        if once != sorted(once):
            return True
    return False


def _stand_at_their_places(
    names: Sequence[str], heads: Sequence[HeaderColumn], row: ValueRow, expected: tuple[str, ...]
) -> bool:
    """Return whether the known header cells are in the form's order, each above the value of its column."""
    places = [expected.index(name) for name in names]
    if any(before >= after for before, after in pairwise(places)):
        return False
    if len(row.values) != len(expected):
        return True
    under = {head.id: _values_under(head, row) for head in heads if head.id}
    if any(len(there) != 1 for there in under.values()):
        return True  # cells not above exactly one value say nothing about positions
    return all(there == [expected.index(name)] for name, there in under.items() if name)


def _values_under(head: HeaderColumn, row: ValueRow) -> list[int]:
    return [
        at
        for at, cell in enumerate(row.values)
        if cell.column < head.last and head.first < cell.column + cell.column_span
    ]
