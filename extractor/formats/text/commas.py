"""Tables of comma-separated values, as spreadsheets export them."""

import re

from extractor.formats.text.lines import (
    TextGrid,
    TextLine,
    TextPiece,
    columns_agree,
    is_number,
    table_of,
    trimmed,
)

# A field in quotation marks, its own doubled; or whatever stands up to the next comma.
_FIELD = re.compile(r'"(?P<quoted>(?:[^"]|"")*)"(?=,|$)|(?P<plain>[^",]*)(?=,|$)')
_FEWEST_FIELDS = 3
_FEWEST_ROWS = 3
_LONGEST_FIELD = 80  # characters; more is prose


def comma_grids(text: str, lines: list[TextLine]) -> list[TextGrid]:
    """Find the runs of adjacent lines with equally many fields, numbers or nothing in most of them."""
    if text.count(",") < _FEWEST_FIELDS * _FEWEST_ROWS:
        return []
    rows = [_fields(text, line) for line in lines]
    found: list[TextGrid] = []
    first = 0
    while first < len(lines):
        last = first + 1
        while last < len(lines) and _goes_on(rows, lines, last):
            last += 1
        if rows[first] and last - first >= _FEWEST_ROWS and _holds_numbers(text, rows[first:last]):
            body = rows[first:last]
            found.append(TextGrid(first, last, table_of(text, body, columns_agree(text, body))))
        first = last
    return found


def _goes_on(rows: list[list[TextPiece]], lines: list[TextLine], at: int) -> bool:
    adjacent = lines[at].number - lines[at - 1].number == 1
    return adjacent and len(rows[at]) == len(rows[at - 1]) and bool(rows[at])


def _fields(text: str, line: TextLine) -> list[TextPiece]:
    """Return the fields of a line; nothing where it is no row of such a table."""
    fields: list[TextPiece] = []
    at = line.start
    while True:
        found = _FIELD.match(text, at, line.end)
        if found is None or found.end() - at > _LONGEST_FIELD:
            return []
        start, end = found.span("quoted") if found["quoted"] is not None else found.span("plain")
        fields.append(trimmed(text, line, start, end))
        if found.end() == line.end:
            return fields if len(fields) >= _FEWEST_FIELDS else []
        at = found.end() + 1


def _holds_numbers(text: str, rows: list[list[TextPiece]]) -> bool:
    shown = [text[piece.start : piece.end] for row in rows for piece in row]
    numbers = sum(map(is_number, shown))
    return numbers > 0 and 2 * sum(not field or is_number(field) for field in shown) >= len(shown)
