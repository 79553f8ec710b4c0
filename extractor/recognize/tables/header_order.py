"""Decides whether to trust a header that puts the total in another column than the form does.

If a colspan is one too small, the header shifts and "总计" ends up above the wrong column. The
sums of the rows show it; they say nothing about the order of the other columns.
"""

from collections.abc import Sequence

from msgspec import Struct, field

from extractor.forms import TableForm, cells_of
from extractor.numerals import FOLDED, has_number, is_whole_number
from extractor.recognize.tables.grid import ValueRow
from extractor.recognize.tables.heads import HeadReader


class HeaderOrders(Struct, frozen=True):
    """Blocks whose header is contradicted by the sums, and blocks whose column order is unknown."""

    denied: frozenset[int] = frozenset()  # blocks in which the form's order is used instead
    unknown: frozenset[int] = frozenset()


class _OrderEvidence(Struct):
    """How many rows add up and how many do not, in the header's order and in the form's."""

    header: dict[bool, int] = field(default_factory=lambda: {True: 0, False: 0})
    form: dict[bool, int] = field(default_factory=lambda: {True: 0, False: 0})


def judge_headers(
    table: TableForm, rows: Sequence[tuple[str, ValueRow]], headers: HeadReader
) -> HeaderOrders:
    """Test every header that does not end in the total although the form does."""
    total = next((e.total for e in table.equations if e.within == "row" and e.total), None)
    if total is None:
        return HeaderOrders()
    evidence: dict[int, _OrderEvidence] = {}
    for row_id, row in rows:
        columns = headers.of(row, cells_of(table)[row_id]).columns
        if not columns or columns[-1].id in (total, None) or not row.aligned:
            continue
        order = [column.id for column in columns]
        if total not in order:
            continue
        texts = [cell.text.strip().translate(FOLDED) if has_number(cell.text) else "" for cell in row.values]
        if not any(text.strip("0") for text in texts):
            continue  # zeros and blanks add up in any order
        known = evidence.setdefault(row.block, _OrderEvidence())
        for outcomes, at in ((known.header, order.index(total)), (known.form, len(order) - 1)):
            if len(texts) == len(order) and all(not text or is_whole_number(text) for text in texts):
                outcomes[_adds_up(texts, at)] += 1
    denied = {
        block for block, e in evidence.items() if e.header[False] and e.form[True] and not e.form[False]
    }
    believed = {block for block, e in evidence.items() if e.header[True] and not e.header[False]}
    return HeaderOrders(frozenset(denied), frozenset(evidence.keys() - denied - believed))


def _adds_up(texts: Sequence[str], total: int) -> bool:
    return bool(texts[total]) and sum(int(text or 0) for text in texts) == 2 * int(texts[total])
