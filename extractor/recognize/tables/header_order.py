"""Whether a header that puts the total elsewhere than the form does is to be believed.

A span that is one too few draws the total over its neighbour's numbers. The sums of the
rows tell: what a header says of other columns is not for them to judge.
"""

from collections.abc import Iterable, Sequence

from msgspec import Struct, field

from extractor.forms import TableForm, cells_of
from extractor.recognize.tables.grid import HeaderColumn, ValueRow


class HeaderOrders(Struct, frozen=True):
    """Blocks whose header the sums deny, and those of which nothing tells the order."""

    denied: frozenset[int] = frozenset()  # the form's own order holds there
    unknown: frozenset[int] = frozenset()


class _OrderEvidence(Struct):
    """How many rows add up or do not, in the order of the header and in the form's."""

    header: dict[bool, int] = field(default_factory=lambda: {True: 0, False: 0})
    form: dict[bool, int] = field(default_factory=lambda: {True: 0, False: 0})


class UsableHeaders:
    """The headers of a table's rows as far as they can be used, each worked out once."""

    def __init__(self) -> None:
        """Begin with none."""
        self._known: dict[tuple[object, ...], list[HeaderColumn]] = {}

    def of(self, row: ValueRow, expected: Iterable[str]) -> list[HeaderColumn]:
        """Return the header of a row where it names each expected column once; else nothing."""
        key = (id(row.header), *expected)  # one header is the same object in all its rows
        usable = self._known.get(key)
        if usable is None:
            columns = key[1:]
            known = [column for column in row.header if column.id is None or column.id in columns]
            names = [column.id for column in known if column.id]
            usable = known if len(names) == len(columns) == len(set(names)) else []
            self._known[key] = usable
        return usable


def judge_headers(
    table: TableForm, rows: Sequence[tuple[str, ValueRow]], headers: UsableHeaders
) -> HeaderOrders:
    """Judge every header that does not end in the total although the form does."""
    total = next((e.total for e in table.equations if e.within == "row" and e.total), None)
    if total is None:
        return HeaderOrders()
    evidence: dict[int, _OrderEvidence] = {}
    for row_id, row in rows:
        order = [column.id for column in headers.of(row, cells_of(table)[row_id])]
        if not order or not row.aligned or order[-1] in (total, None):
            continue
        texts = [cell.text.strip() for cell in row.values]
        if not any(text.strip("0") for text in texts):
            continue  # zeros and blanks say the same in any order
        known = evidence.setdefault(row.block, _OrderEvidence())
        for outcomes, at in ((known.header, order.index(total)), (known.form, len(order) - 1)):
            if len(texts) == len(order) and all(text.isdecimal() or not text for text in texts):
                outcomes[_adds_up(texts, at)] += 1
    denied = {
        block for block, e in evidence.items() if e.header[False] and e.form[True] and not e.form[False]
    }
    believed = {block for block, e in evidence.items() if e.header[True] and not e.header[False]}
    return HeaderOrders(frozenset(denied), frozenset(evidence.keys() - denied - believed))


def _adds_up(texts: Sequence[str], total: int) -> bool:
    return bool(texts[total]) and sum(int(text or 0) for text in texts) == 2 * int(texts[total])
