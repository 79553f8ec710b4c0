"""Which column of the form each printed head stands for, the unknown ones among them.

Known heads bind: no number is placed by position against one. An unknown or blank head is the
column that is left, where the known ones stand at the form's places or its wording is clearly
that column's; otherwise its numbers are left open.
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

_LIKE = 60  # per cent of likeness that makes an unknown head a column of the form
_CLEAR = 12  # and by how much it must be likelier than the next column
_CONTAINED = 80  # per cent that 公益组织 is like 社会公益组织
_OPEN = "?"  # prefix of the name given to a printed column that could not be identified


class Heads(Struct, frozen=True):
    """The columns of a header as far as they can be told."""

    columns: tuple[HeaderColumn, ...] = ()  # empty where the header is silent: the form's order holds
    missing: tuple[str, ...] = ()  # columns of the form that no head tells; of the header, those open
    likened: tuple[tuple[str, str], ...] = ()  # unknown heads that were told by their wording: label, column

    @property
    def open(self) -> bool:
        """Say whether some columns of the header are open."""
        return bool(self.missing)


def is_open(name: str | None) -> bool:
    """Say whether a column name is that of a printed column that is none of the form's for certain."""
    return name is not None and name.startswith(_OPEN)


class HeadReader:
    """The headers of a table's rows, each worked out once."""

    def __init__(self, table: TableForm, year: int | None = None) -> None:
        """Begin with none; `year` is the year reported on, if known."""
        self._table = table
        self._year = year
        self._known: dict[tuple[object, ...], Heads] = {}
        self._first: dict[tuple[object, ...], ValueRow] = {}

    def of(self, row: ValueRow, expected: Iterable[str]) -> Heads:
        """Return what the header above a row says of the expected columns."""
        key = (id(row.header), len(row.values), *expected)  # one header is the same object in all its rows
        heads = self._known.get(key)
        if heads is None:
            heads = self._known[key] = read_heads(row, tuple(expected), self._table, self._year)
            self._first[key] = row
        return heads

    def notices(self) -> Iterator[Notice]:
        """Yield what should be known of heads that are none of the form's."""
        told: set[str] = set()
        for key, heads in self._known.items():
            row = self._first[key]
            where = row.values[0].locator if row.values else NOWHERE
            for notice in heads_notices(self._table, heads, where):
                if notice.message not in told:
                    told.add(notice.message)
                    yield notice


def heads_notices(table: TableForm, heads: Heads, where: Locator) -> Iterator[Notice]:
    """Yield one notice for the open columns of a header, and one for those told by their wording."""
    labels = {column.id: column.label for column in table.columns}
    if heads.missing:
        names = "、".join(labels[column] for column in heads.missing)
        message = f"{table.id}：表头的次序或列名与标准格式不同，不能确定哪些数字属于{names}"
        yield Notice("header-in-question", message, where)
    if heads.likened:
        pairs = "、".join(f"“{''.join(label.split())}”为{labels[column]}" for label, column in heads.likened)
        yield Notice("head-by-likeness", f"{table.id}：列名与标准格式不同，认定{pairs}", where)


def read_heads(row: ValueRow, expected: tuple[str, ...], table: TableForm, year: int | None = None) -> Heads:
    """Return what a header says of the expected columns of a row; `year` is the year reported on."""
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
    """Say whether a head stands left of the row's values: over its label, or its unit."""
    return row.aligned and bool(row.values) and head.last <= row.values[0].column


def _is_on_one_level(heads: Sequence[HeaderColumn]) -> bool:
    return len({head.row for head in heads}) == 1


def _fill(
    heads: Sequence[HeaderColumn], missing: list[str], expected: tuple[str, ...], table: TableForm
) -> Heads:
    """Name the unknown and blank heads of a header; there are as many as columns are missing."""
    unknown = [at for at, head in enumerate(heads) if head.id is None and (head.label or _is_blank(head))]
    left = iter(missing)
    in_order = [next(left) if at in unknown else head.id for at, head in enumerate(heads)]
    straight = [column for column in in_order if column] == list(expected)
    if straight and (len(unknown) == 1 or not any(heads[at].label for at in unknown)):
        named = [structs.replace(h, id=c, label="") for h, c in zip(heads, in_order, strict=True)]
        # The form's order, and one way to read it; columns that were added stand among them.
        return Heads(tuple(named)) if len(heads) > len(expected) else Heads()
    columns = {column.id: column for column in table.columns}
    told = _by_wording([heads[at].label for at in unknown], missing, columns)
    likened = {unknown[at]: column for at, column in told.items()}
    open_heads = [at for at in unknown if at not in likened]
    rest = [column for column in missing if column not in likened.values()]
    few = len(open_heads) <= 1 or len(unknown) == len(expected)  # where no head is known, none binds
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
    """Return the missing column that each unknown head is clearly like, by the head's number."""
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
    from rapidfuzz import fuzz  # few reports need it, and it takes its time to load

    wording, best = core(label), 0.0
    for text in map(core, (column.label, *column.aliases)):
        shorter, longer = sorted((wording, text), key=len)
        best = max(
            best, fuzz.ratio(wording, text), _CONTAINED if len(shorter) > 1 and shorter in longer else 0
        )
    return best


def _contradicts_the_form(levels: Sequence[Sequence[str]], table: TableForm) -> bool:
    """Say whether the known heads of one row of a header stand in another order than the form's.

    A group stands where its first column does.
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
    """Say whether the known heads are in the form's order, and each over the number that is its column's."""
    places = [expected.index(name) for name in names]
    if any(before >= after for before, after in pairwise(places)):
        return False
    if len(row.values) != len(expected):
        return True
    under = {head.id: _values_under(head, row) for head in heads if head.id}
    if any(len(there) != 1 for there in under.values()):
        return True  # spans that fit no number say nothing of places
    return all(there == [expected.index(name)] for name, there in under.items() if name)


def _values_under(head: HeaderColumn, row: ValueRow) -> list[int]:
    return [
        at
        for at, cell in enumerate(row.values)
        if cell.column < head.last and head.first < cell.column + cell.column_span
    ]
