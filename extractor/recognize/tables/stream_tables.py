"""Reads tables that have lost their cells: labels in the form's order with values between them.

The characters after a label, up to the next label, are the values of its row: glued cells. Blanks and line
breaks in them are the borders that are left.
"""

import re
from itertools import combinations

from msgspec import Struct, field, structs

from extractor.forms import TableForm
from extractor.located import GluedPiece
from extractor.numerals import FOLDED, UNIT_CHARACTERS
from extractor.patterns import late_pattern
from extractor.recognize.tables.label_patterns import GROUP, HEADER, rows_begun_in
from extractor.recognize.tables.stream import NUMBERS, VALUE_CHARACTERS, VALUES, Stream
from extractor.recognize.tables.stream_blanks import numbers_left, shows_number
from extractor.recognize.tables.stream_header import (
    HEADER_REACH,
    header_start,
    is_out_of_order,
    names_other_columns,
)
from extractor.recognize.tables.stream_marks import StreamMark, longest_chain, marks_in

_FEWEST_ROWS = 3
_WRAPPED, _WRAP_REACH = 4, 60  # characters of a label that go on, and in which its values are looked for
_BRACKETS = late_pattern(r"\([^()]*\)")
_NEXT_SERIAL = late_pattern(r"(?:\d[.、]|[一二三四五六七八九][、.]|\([一二三四五六七八九]?\)|三)+$")


_Span = tuple[int, int]


class StreamRow(Struct, frozen=True):
    """A row found by its label in running text, and the characters after it."""

    row: str
    pieces: tuple[GluedPiece, ...]
    # Other words are between the label and the values, as when a label wraps around them.
    apart: bool = False
    # Which cell owns which number is unknown: several groups follow, or the header has another order.
    lost: bool = False


class StreamTable(Struct):
    """The rows of one table in order, and the stretches of `Stream.text` that they occupy."""

    rows: list[StreamRow] = field(default_factory=list)
    taken: list[_Span] = field(default_factory=list)
    values_first: bool = False  # each row's values stand before its label
    contradicted: bool = False  # the table occurs a second time with other numbers


def read_stream(
    stream: Stream,
    form: str,
    table: TableForm,
    known: frozenset[str] = frozenset(),
    values_first: bool = False,
) -> StreamTable:
    """Find the rows of one edition's table in running text, except the rows in `known`.

    `values_first` says that another table of the source has its values before the labels; this one is
    assumed to be the same unless it shows otherwise.
    """
    if table.layout == "across":
        return _read_across(stream, table)
    least = min(len(table.rows), max(_FEWEST_ROWS, len(table.rows) // 3)) - len(known)
    if rows_begun_in(stream.text, form, table.id, least) < least:
        return StreamTable()
    marks = [mark for mark in marks_in(stream.text, form, table.id) if mark.row not in known]
    chain = longest_chain(marks)
    rows = [mark for mark in chain if mark.order >= 0]
    if not rows or len(rows) < least:
        return StreamTable()  # a sentence may name a few rows of a table in order
    after = [_values_after(stream, table, *pair) for pair in zip(chain, [*chain[1:], None], strict=True)]
    before = _all_values_before(stream.text, chain)
    leading, trailing = _values_at_the_edges(chain, after, before)
    first = trailing == 0 and (leading > 0 or values_first)
    found = [
        StreamRow(mark.row, stream.pieces(*before[index]))
        if first
        else _row(stream, table, chain, after, index)
        for index, mark in enumerate(chain)
        if mark.order >= 0
    ]
    jumbled = _rows_below_other_orders(stream.text, table, chain) | _rows_told_otherwise(stream, chain, after)
    found = [structs.replace(row, lost=True) if row.row in jumbled else row for row in found]
    start = min(header_start(stream.text, table, chain[0].start), before[0][0])
    if any(not row.lost and not shows_number(row.pieces) for row in found):
        taken = [before[i] if first else after[i] for i, mark in enumerate(chain) if mark.order >= 0]
        spans = [*((mark.start, mark.end) for mark in chain), *taken]
        crowded = any(len(row.pieces) > len(table.columns_of(table.row(row.row))) for row in found)
        if crowded or numbers_left(stream.text, spans, [c.label.translate(FOLDED) for c in table.columns]):
            found = [row if shows_number(row.pieces) else structs.replace(row, lost=True) for row in found]
    return StreamTable(found, [(start, after[-1][1])], first, _is_contradicted(stream, table, marks, chain))


def _row(
    stream: Stream, form: TableForm, chain: list[StreamMark], after: list[_Span], index: int
) -> StreamRow:
    """Return a row with the values after its label, or else the only number before the next label."""
    mark, (start, end) = chain[index], after[index]
    limit = chain[index + 1].start if index + 1 < len(chain) else end
    if limit == end and stream.text[end : end + _WRAPPED] in form.row(mark.row).label.translate(FOLDED):
        limit = end + _WRAP_REACH  # the last label goes on behind its values
    if any(c.isdigit() for c in stream.text[start:end]) or not any(
        c.isdigit() for c in stream.text[end:limit].rstrip(".、")[:-1]
    ):
        return StreamRow(mark.row, stream.pieces(start, end))
    hidden = [m.span() for m in _BRACKETS.finditer(stream.text, end, limit)]  # numbers in notes in brackets
    spans = [m.span() for m in NUMBERS.finditer(stream.text, end, limit)]
    elsewhere = [span for span in spans if not any(a <= span[0] < b for a, b in hidden)]
    if len(elsewhere) != 1:
        return StreamRow(mark.row, stream.pieces(end, limit), lost=True)
    begin, stop = elsewhere[0]
    stop = _without_next_serial(stream.text, begin, stop) if stop == limit else stop
    return StreamRow(mark.row, stream.pieces(begin, stop), apart=True)


def _rows_told_otherwise(stream: Stream, chain: list[StreamMark], after: list[_Span]) -> set[str]:
    """Return the rows with no number after their label but a colon, or a table with numbers."""
    found: set[str] = set()
    for index, (mark, (start, end)) in enumerate(zip(chain, after, strict=True)):
        limit = chain[index + 1].start if index + 1 < len(chain) else end
        told = ":" in stream.text[mark.end - 1 : end + 1] or any(
            end <= place <= limit for place in stream.tables
        )
        if mark.order >= 0 and told and not any(c.isdigit() for c in stream.text[start:end]):
            found.add(mark.row)
    return found


def _rows_below_other_orders(text: str, table: TableForm, chain: list[StreamMark]) -> set[str]:
    """Return the rows below a header that names the columns in another order than the form."""
    labels = {column.id: column.label.translate(FOLDED) for column in table.columns}
    start = max(0, chain[0].start - HEADER_REACH)
    header, jumbled = text[start : chain[0].start], set()
    if names_other_columns(header, table):
        return {mark.row for mark in chain if mark.order >= 0}
    last_row, closed = chain[0], True  # closed: rows have followed the header
    for mark in chain:
        if mark.order == HEADER and closed:
            start, closed = last_row.end, False
        elif mark.order >= 0:
            if not closed:
                header, closed = text[start : mark.start], True
            last_row = mark
            if is_out_of_order(header, [labels[column] for column in table.columns_of(table.row(mark.row))]):
                jumbled.add(mark.row)
    return jumbled


def _is_contradicted(
    stream: Stream, table: TableForm, marks: list[StreamMark], chain: list[StreamMark]
) -> bool:
    """Return whether most of the table's rows occur a second time, one of them with other numbers.

    A sentence that repeats a few rows has no header, and does not count.
    """
    taken = {(mark.start, mark.order) for mark in chain}
    second = longest_chain([mark for mark in marks if (mark.start, mark.order) not in taken])
    rows = [mark for mark in second if mark.order >= 0]
    if 2 * len(rows) <= len(table.rows):
        return False
    if table.has_header_per_group and not any(mark.order == HEADER for mark in second):
        return False
    first = {mark.row: _digits_after(stream, table, mark) for mark in chain if mark.order >= 0}
    return any(first.get(mark.row, "") != _digits_after(stream, table, mark) for mark in rows)


def _digits_after(stream: Stream, table: TableForm, mark: StreamMark) -> str:
    start, end = _values_after(stream, table, mark, None)
    return stream.text[start:end]


def _all_values_before(text: str, chain: list[StreamMark]) -> list[_Span]:
    """Return the span of values before each mark; before the first, as far back as a row may reach."""
    floors = [max(0, chain[0].start - 60), *(mark.end for mark in chain[:-1])]
    before = [_values_before(text, mark, floor) for mark, floor in zip(chain, floors, strict=True)]
    return [_over_groups(chain, before, index) for index in range(len(chain))]


def _values_before(text: str, mark: StreamMark, floor: int) -> tuple[int, int]:
    """Return the span of the values before a label."""
    start = mark.start
    while start > floor and text[start - 1] in VALUE_CHARACTERS:
        start -= 1
    while start < mark.start and text[start] in UNIT_CHARACTERS:
        start += 1  # skip the end of a word: a unit cannot precede its number
    return start, mark.start


def _values_at_the_edges(chain: list[StreamMark], after: list[_Span], before: list[_Span]) -> tuple[int, int]:
    """Count the blocks of rows that begin with values before a label, and those that end with values.

    Values may come before their labels, for example in the raw order of a PDF. Only the first and last rows
    of a block show this: if values follow their labels, nothing is between a header and the first label; if
    they precede them, nothing is between the last label and the next header.
    """
    leading = trailing = 0
    for index, mark in enumerate(chain):
        if mark.order < 0:
            continue
        if index == 0 or _opens(chain, index):
            leading += before[index][0] < before[index][1]
        if index + 1 == len(chain) or chain[index + 1].order == HEADER:
            trailing += after[index][0] < after[index][1]
    return leading, trailing


def _opens(chain: list[StreamMark], index: int) -> bool:
    """Return whether a row is the first one below a header, ignoring labels of groups."""
    before = index - 1
    while before >= 0 and chain[before].order == GROUP:
        before -= 1
    return before >= 0 and chain[before].order == HEADER


def _over_groups(chain: list[StreamMark], before: list[_Span], index: int) -> tuple[int, int]:
    """Return the span before a row's label, or before the group labels that directly precede it."""
    while index > 0 and chain[index - 1].order == GROUP and before[index][0] == before[index][1]:
        index -= 1
    return before[index]


def _values_after(
    stream: Stream, table: TableForm, mark: StreamMark, following: StreamMark | None
) -> tuple[int, int]:
    """Return the span of the values of a row."""
    start = mark.end
    unit = table.row(mark.row).unit if mark.order >= 0 else ""
    if table.has_unit_column and unit and stream.text.startswith(unit, start):
        start += len(unit)
    found = VALUES.match(stream.text, start, following.start if following else len(stream.text))
    return start, _without_next_serial(stream.text, start, found.end() if found else start)


def _without_next_serial(text: str, start: int, end: int) -> int:
    """Return the end of the values, excluding the serial number of the next label or heading."""
    if end > start and text[end - 1] in ".,-":
        serial = _NEXT_SERIAL.search(text, start, end)
        return serial.start() if serial else end - 1
    if end < len(text) and text[end] == "、" and end > start and text[end - 1].isdigit():
        return end - 1
    return end


def _read_across(stream: Stream, table: TableForm) -> StreamTable:
    """Find the single row of values of a table whose rows the form prints side by side (table 四)."""
    heads = "".join(column.label for column in table.columns)
    positions = [m.end() for m in re.finditer(re.escape(heads), stream.text)]
    for at in range(len(positions) - len(table.rows) + 1):
        group = positions[at : at + len(table.rows)]
        if group[-1] - group[0] > 3 * len(heads):
            continue
        found = VALUES.match(stream.text, group[-1])
        end = _without_next_serial(stream.text, group[-1], found.end() if found else group[-1])
        if end == group[-1]:
            continue
        start = header_start(stream.text, table, group[0], 60)
        start = start if start < group[0] else group[0] - len(heads)
        header = stream.text[max(0, group[0] - len(heads) - 60) : group[-1]]
        jumbled = is_out_of_order(header, [row.label for row in table.rows if row.group])
        jumbled = jumbled or any(
            f"{after}{before}" in header for before, after in combinations(table.outermost_rows, 2)
        )
        return StreamTable([StreamRow("", stream.pieces(group[-1], end), lost=jumbled)], [(start, end)])
    return StreamTable()
