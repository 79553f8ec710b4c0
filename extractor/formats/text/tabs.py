"""Tables copied out of a browser or a spreadsheet: tabs between the cells.

Either every cell is a line that begins with a tab and a blank line ends a row, or a row
is a line and tabs stand between its cells.
"""

from itertools import pairwise

from extractor.formats.text.lines import (
    TextGrid,
    TextLine,
    TextPiece,
    columns_agree,
    is_section_heading,
    table_of,
    trimmed,
    whole,
)
from extractor.formats.text.sheet_parts import tables_of_sheet

_LONGEST_CELL = 100  # characters; longer text is prose indented with a tab
_LONGEST_TITLE = 40  # characters of a row that has one cell across the whole table

_Rows = list[list[TextPiece]]


def tabbed_grids(text: str, lines: list[TextLine]) -> list[TextGrid]:
    """Find the tables whose cells are separated by tabs, in reading order."""
    if "\t" not in text:
        return []
    found: list[TextGrid] = []
    at = 0
    while at < len(lines):
        if not _may_belong(text, lines[at]):
            at += 1
            continue
        last = at
        while last < len(lines) and _may_belong(text, lines[last]):
            last += 1
        if all(_is_lone_cell(text, line) for line in lines[at:last]):
            grid = _cell_a_line(text, lines, at, last)
            found += [grid] if grid else []
        else:
            last = _with_titles(text, lines, last)
            found += _tables_between(text, lines, at, last)
        at = last
    return found


def _may_belong(text: str, line: TextLine) -> bool:
    has_tab = not line.text or text.find("\t", line.origin, line.stop) >= 0
    return has_tab and (len(line.text) <= _LONGEST_CELL or _tabs(text, line) > 1)


def _tabs(text: str, line: TextLine) -> int:
    return text.count("\t", line.origin, line.stop)


def _is_lone_cell(text: str, line: TextLine) -> bool:
    """Return whether a line is one cell after one tab."""
    return _tabs(text, line) == 1 and text.find("\t", line.origin, line.start) >= 0


def _with_titles(text: str, lines: list[TextLine], last: int) -> int:
    """Stretch a run of tab-separated rows over titles of one cell that stand between rows."""
    while last + 1 < len(lines) and _is_title(lines, last) and _may_belong(text, lines[last + 1]):
        last += 1
        while last < len(lines) and _may_belong(text, lines[last]):
            last += 1
    return last


def _is_title(lines: list[TextLine], at: int) -> bool:
    before, line, after = lines[at - 1 : at + 2]
    adjacent = line.number - before.number == 1 and after.number - line.number == 1
    return adjacent and len(line.text) <= _LONGEST_TITLE and not is_section_heading(line.text)


def _tables_between(text: str, lines: list[TextLine], first: int, last: int) -> list[TextGrid]:
    found = []
    for start, stop in _unbroken(lines, first, last):
        rows = [_split_at_tabs(text, line) for line in lines[start:stop]]
        for begin, end in tables_of_sheet(text, rows):
            part = rows[begin:end]
            if len(part) > 1 and _has_columns(part):
                table = table_of(text, part, columns_agree(text, part))
                found.append(TextGrid(start + begin, start + end, table))
    return found


def _unbroken(lines: list[TextLine], first: int, last: int) -> list[tuple[int, int]]:
    """Cut a run of rows at blank lines, unless all its rows have blank lines between them."""
    gaps = [lines[at].number - lines[at - 1].number for at in range(first + 1, last)]
    usual = min(gaps, default=1)
    cuts = [first, *(at for at, gap in enumerate(gaps, first + 1) if gap > usual), last]
    return list(pairwise(cuts))


def _split_at_tabs(text: str, line: TextLine) -> list[TextPiece]:
    row = []
    start = line.origin
    while (tab := text.find("\t", start, line.stop)) >= 0:
        row.append(trimmed(text, line, start, tab))
        start = tab + 1
    row.append(trimmed(text, line, start, line.stop))
    return row


def _cell_a_line(text: str, lines: list[TextLine], first: int, last: int) -> TextGrid | None:
    rows: _Rows = []
    number = -1
    for line in lines[first:last]:
        if line.number - number > 1 or not rows:
            rows.append([])
        rows[-1].append(whole(line))
        number = line.number
    # The heading above a table may be indented like a cell.
    while rows and len(rows[0]) == 1 and is_section_heading(lines[first].text):
        del rows[0]
        first += 1
    if len(rows) < 2 or not _has_columns(rows):
        return None
    return TextGrid(first, last, table_of(text, rows, False))


def _has_columns(rows: _Rows) -> bool:
    """Say whether at least two rows have two cells or more, so that it is no indented prose."""
    return sum(len(row) > 1 for row in rows) >= 2
