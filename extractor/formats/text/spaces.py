"""Tables whose columns are aligned with spaces, as `pdftotext -layout` prints them."""

from extractor.formats.text.broken_labels import table_of_broken_labels
from extractor.formats.text.lines import TextGrid, TextLine, is_value, section_serial
from extractor.formats.text.spaced_rows import spaced_table
from extractor.patterns import kept_pattern

_WIDE_GAP = kept_pattern(r"\S(?: {2}|\u3000|\xa0{2}| \xa0|\xa0 )")
_GAP = kept_pattern(r"[ \u3000\xa0]{2,}|\u3000")
_SERIAL_ALONE = kept_pattern(r"[一二三四五六七八九十]{1,2}、[ \u3000\xa0]+")
_LONGEST_LINE = 400  # characters, indentation included; a longer line is collapsed prose
_LONGEST_LABEL = 40  # characters of a line between the rows that is a label without numbers, or a part of one
_FARTHEST = 3  # line ends between two rows: at most two blank lines
_FEWEST_ROWS = 3
_MOST_CLOSING = 2  # rows without numbers between the last number and the next heading
_INDENTED = 4  # blanks before a number that is alone in its row


def spaced_grids(text: str, lines: list[TextLine]) -> list[TextGrid]:
    """Find the tables whose columns line up, in reading order."""
    spread = [_is_spread(text, line) for line in lines]
    found: list[TextGrid] = []
    for first, last in _runs(text, lines, spread):
        found += _tables_between(text, lines, first, last)
    return found


def _is_spread(text: str, line: TextLine) -> bool:
    """Return whether a line has the wide gaps of a row, or is a number far from the margin."""
    # A tab has no width of its own: text after it cannot be aligned with other lines.
    if line.end - line.origin > _LONGEST_LINE or "\t" in text[line.origin : line.end]:
        return False
    if _WIDE_GAP.search(line.text):
        serial = _SERIAL_ALONE.match(line.text)
        return serial is None or _WIDE_GAP.search(line.text, serial.end()) is not None
    return line.start - line.origin >= _INDENTED and is_value(line.text)


def _runs(text: str, lines: list[TextLine], spread: list[bool]) -> list[tuple[int, int]]:
    """Return ranges of lines with gaps; short lines may be between them, headings not."""
    found = []
    at = 0
    while at < len(lines):
        if not spread[at]:
            at += 1
            continue
        first, last, serial = at, at, 0
        while at < len(lines) and (at == first or _is_near(text, lines, at)):
            number = section_serial(lines[at].text)
            if not spread[at] and not _may_be_row(lines[at], number, serial):
                break
            serial = number or serial
            last = at + 1 if spread[at] else last
            at += 1
        if sum(spread[first:last]) >= _FEWEST_ROWS:
            found.append((first, _with_closing_rows(lines, last, at)))
    return found


def _is_near(text: str, lines: list[TextLine], at: int) -> bool:
    """Return whether a line is not far below the one before, on the same page."""
    above, line = lines[at - 1], lines[at]
    return line.number - above.number <= _FARTHEST and "\f" not in text[above.end : line.start]


def _may_be_row(line: TextLine, number: int | None, serial: int) -> bool:
    """Return whether a line without gaps may be a label: 四、 only below a row 三、, else it is a heading."""
    if number is not None:
        return number == serial + 1 and len(line.text) <= _LONGEST_LABEL
    return len(line.text) <= _LONGEST_LABEL and not line.text.endswith(("。", "；"))


def _with_closing_rows(lines: list[TextLine], last: int, stop: int) -> int:
    """Return the end of a range including the labels between its last number and the next heading."""
    if not last < stop < len(lines) or stop - last > _MOST_CLOSING:
        return last
    adjacent = lines[stop].number - lines[last - 1].number == stop - last + 1
    return stop if adjacent and section_serial(lines[stop].text) is not None else last


def _tables_between(text: str, lines: list[TextLine], first: int, last: int) -> list[TextGrid]:
    """Return the range as one table, or else each part of it that has a header and is a table."""
    table = table_of_broken_labels(text, lines[first:last]) or spaced_table(text, lines[first:last])
    if table is not None:
        return [TextGrid(first, last, table)]
    found = []
    cuts = _header_starts(lines, first, last)
    for start, stop in zip([first, *cuts], [*cuts, last], strict=True) if cuts else ():
        table = spaced_table(text, lines[start:stop])
        if table is not None:
            found.append(TextGrid(start, stop, table))
    return found


def _header_starts(lines: list[TextLine], first: int, last: int) -> list[int]:
    """Return where, below rows with numbers, lines without any begin another header, including its title."""
    parts = [_GAP.split(lines[at].text) for at in range(first, last)]
    found: list[int] = []
    numbered_at = -1  # the last row with numbers since the last header; -1 if there is none
    for at, row in enumerate(parts):
        if any(map(is_value, row)):
            numbered_at = at
        elif len(row) > 1 and numbered_at >= 0:
            found.append(first + max(numbered_at + 1, at - 1))
            numbered_at = -1
    return found
