"""Tables of separated values, as spreadsheets export or copy them: commas, semicolons, quoted tabs."""

import re
from bisect import bisect_left
from collections.abc import Iterator

from msgspec import Struct

from extractor.formats.margins import grid_texts, margins_of
from extractor.formats.text.lines import (
    TextGrid,
    TextLine,
    TextPiece,
    columns_agree,
    is_value,
    table_of,
    trimmed,
)
from extractor.formats.text.sheet_parts import tables_of_sheet
from extractor.patterns import kept_pattern

_FEWEST_FIELDS = 3
_FEWEST_ROWS = 3
_FEWEST_PAIRS = 6  # rows of two fields, if the text has no wider rows
_LONGEST_LABEL = 120  # characters of the first of two fields
_LONGEST_FIELD = 80  # characters; more is prose
_LONGEST_QUOTED = 200
_TAB = "\t"


class _FieldRow(Struct, frozen=True):
    """The fields of a row, and the line after its last one; a quoted field may contain line ends."""

    fields: list[TextPiece]
    next: int


def separated_grids(text: str, lines: list[TextLine]) -> list[TextGrid]:
    """Find the tables of the separator that gives the most rows."""
    found = [_grids(text, lines, separator) for separator in (",", ";", _TAB)]
    return max(found, key=lambda grids: sum(grid.last - grid.first for grid in grids))


def _grids(text: str, lines: list[TextLine], separator: str) -> list[TextGrid]:
    """Find consecutive rows with equally many fields, most of them numbers or empty."""
    least = 1 if separator == _TAB else _FEWEST_FIELDS * _FEWEST_ROWS
    if text.count(separator) < least or (separator == _TAB and '"' not in text):
        return []
    field = kept_pattern(
        rf'"(?P<quoted>(?:[^"]|"")*)"(?=[{separator}\r\n]|$)|(?P<plain>[^"{separator}\r\n]*)(?=[{separator}\r\n]|$)'
    )
    runs = list(_runs(text, lines, separator, field))
    wide = any(len(body[0].fields) >= _FEWEST_FIELDS for _, body in runs)
    found: list[TextGrid] = []
    for first, body in runs:
        if len(body[0].fields) < _FEWEST_FIELDS and not wide and len(body) < _FEWEST_PAIRS:
            continue
        for start, stop in tables_of_sheet(text, [row.fields for row in body]):
            fields = _without_margins(text, [row.fields for row in body[start:stop]])
            table = table_of(text, fields, columns_agree(text, fields))
            begin = body[start - 1].next if start else first
            found.append(TextGrid(begin, body[stop - 1].next, table))
    return found


def _runs(
    text: str, lines: list[TextLine], separator: str, field: re.Pattern[str]
) -> Iterator[tuple[int, list[_FieldRow]]]:
    """Yield the rows that make a table, each run of them with its first line."""
    starts = [line.origin for line in lines]
    rows = [_row(text, lines, at, separator, field, starts) for at in range(len(lines))]
    first = 0
    while first < len(lines):
        row = rows[first]
        body: list[_FieldRow] = []
        while row is not None and (not body or _goes_on(body[-1], row, lines)):
            body.append(row)
            row = rows[row.next] if row.next < len(lines) else None
        last = body[-1].next if body else first + 1
        if body and _is_table(text, body, last - first, separator):
            yield first, body
            first = last
        else:
            first += 1


def _without_margins(text: str, rows: list[list[TextPiece]]) -> list[list[TextPiece]]:
    """Return the rows without an index column and a row of column numbers."""
    shown = (
        (r, c, text[piece.start : piece.end]) for r, row in enumerate(rows) for c, piece in enumerate(row)
    )
    margins = margins_of(grid_texts(shown))
    return [row[1:] for row in rows[margins.above :]] if margins.before else rows


def _goes_on(above: _FieldRow, row: _FieldRow, lines: list[TextLine]) -> bool:
    adjacent = lines[above.next].number - lines[above.next - 1].number == 1
    return adjacent and len(above.fields) == len(row.fields)


def _row(
    text: str, lines: list[TextLine], at: int, separator: str, field: re.Pattern[str], starts: list[int]
) -> _FieldRow | None:
    """Return the row that begins with a line; None if it is not a row of such a table."""
    line = lines[at]
    if separator not in text[line.origin : line.stop] and not line.text.startswith('"'):
        return None
    fields: list[TextPiece] = []
    here = line.origin if separator == _TAB else line.start
    while True:
        found = field.match(text, here)
        if found is None:
            return None
        if found.end() - here > (_LONGEST_LABEL if found["quoted"] is None else _LONGEST_QUOTED):
            return None
        start, end = found.span("quoted") if found["quoted"] is not None else found.span("plain")
        line = lines[bisect_left(starts, start + 1) - 1]
        fields.append(trimmed(text, line, start, end))
        if not text.startswith(separator, found.end()):
            break
        here = found.end() + 1
    if len(fields) >= _FEWEST_FIELDS and any(
        p.end - p.start > _LONGEST_FIELD for p in fields if text[p.end : p.end + 1] != '"'
    ):
        return None
    after = bisect_left(starts, found.end() + 1)
    return _FieldRow(fields, after) if len(fields) > 1 else None


def _is_table(text: str, body: list[_FieldRow], lines: int, separator: str) -> bool:
    """Return whether a column has numbers in every second row, or most fields are numbers or empty.

    Tab-separated rows without quoted fields are read by tabs.py.
    """
    if separator == _TAB and lines == len(body):
        return False
    shown = [[text[piece.start : piece.end] for piece in row.fields] for row in body]
    if len(shown[0]) < _FEWEST_FIELDS:
        return separator != _TAB and _is_list(shown)
    if len(body) < _FEWEST_ROWS:
        return False
    most = max(sum(map(is_value, column)) for column in zip(*shown, strict=True))
    sparse = sum(not field or is_value(field) for row in shown for field in row)
    counted = any(all(map(is_value, row)) for row in shown)
    return most > 0 and (counted or 2 * most >= len(body) or 2 * sparse >= len(body) * len(shown[0]))


def _is_list(shown: list[list[str]]) -> bool:
    """Return whether rows of two fields are labels with a number behind at least every second one."""
    labels, values = zip(*shown, strict=True)
    return (
        len(shown) > 1
        and 2 * sum(map(is_value, values)) >= len(shown)
        and all(label and len(label) <= _LONGEST_LABEL and not is_value(label) for label in labels)
    )
