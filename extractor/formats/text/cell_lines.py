r"""Tables in markup with a mark for each cell, usually on its own line.

`.. list-table::` of reStructuredText, |=== of AsciiDoc, [table] of forums (BBCode).
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from operator import attrgetter

from msgspec import structs

from extractor.document import Table
from extractor.formats.text.lines import TextGrid, TextLine, TextPiece, trimmed, without_emphasis
from extractor.formats.text.placing import MOST_SPANNED, WrittenCell, placed_cells
from extractor.patterns import kept_pattern

_LIST_TABLE = kept_pattern(r"\.\.\s+list-table::")
_LIST_ITEM = kept_pattern(r"(?P<row>\*\s+)?-(?:\s+|$)")
_OPTION = kept_pattern(r":[\w-]+:")

_ADOC_EDGE = kept_pattern(r"\|={3,}$")
_ADOC_COLUMNS = kept_pattern(r'\[.*?cols\s*=\s*"([^"]*)"')
_ADOC_REPEATED = kept_pattern(r"\s*(\d+)\*")
_ADOC_CELL = kept_pattern(r"(?<!\S)(?:(\d+)?(?:\.(\d+))?\+)?[<^>.]{0,4}[adehlmsv]?(?<!\\)\|(?!=)")
_ADOC_CELLS_OF_LINE = kept_pattern(r"(?<!\\)\|(?!=)")

# A match ends before another of its kind begins, so tables with nested tables do not match.
_FORUM_TABLE, _FORUM_ROW, _FORUM_CELL = (
    kept_pattern(
        rf"\[{tag}(?:=(?P<spans>[^\]]{{0,80}}))?\](?P<body>(?:(?!\[/?{tag}[\]=]).)*)\[/{tag}\]",
        re.IGNORECASE | re.DOTALL,
    )
    for tag in ("table", "tr", "t[dh]")
)
# Marks that do not change how a number is read; [s] strikes out, [color] may hide.
_PLAIN_MARK = kept_pattern(
    r"\[(?P<mark>b|i|u|align|center|font|p|indent)(?:=[^\]]*)?\](?P<body>.*)\[/(?P=mark)\]", re.I | re.S
)
_FEWEST_ROWS = 2

_Rows = list[list[WrittenCell]]


def cell_line_grids(text: str, lines: list[TextLine]) -> list[TextGrid]:
    """Find the tables of these three kinds of markup, in reading order."""
    if not any(mark in text for mark in ("list-table::", "|===", "[/table]", "[/TABLE]")):
        return []
    found: list[TextGrid] = []
    at = 0
    while at < len(lines):
        grid = _list_table(text, lines, at) or _adoc_table(text, lines, at) or _forum_table(text, lines, at)
        found += [grid] if grid else []
        at = grid.last if grid else at + 1
    return found


def _grid(text: str, first: int, last: int, rows: _Rows) -> TextGrid | None:
    cells = tuple(placed_cells(text, rows))
    return (
        TextGrid(first, last, Table(cells, cells[0].locator)) if len(rows) >= _FEWEST_ROWS and cells else None
    )


def _indent(line: TextLine) -> int:
    return line.start - line.origin


def _list_table(text: str, lines: list[TextLine], at: int) -> TextGrid | None:
    """Return the list-table whose directive is on this line; its title stays a line of text."""
    if not _LIST_TABLE.match(lines[at].text):
        return None
    rows: _Rows = []
    last = at + 1
    while last < len(lines) and _indent(lines[last]) > _indent(lines[at]):
        line = lines[last]
        item = _LIST_ITEM.match(line.text)
        if item:
            own = trimmed(text, line, line.start + item.end(), line.end)
            cell = WrittenCell(without_emphasis(text, own))
            if item["row"]:
                rows.append([cell])
            elif rows:
                rows[-1].append(cell)
        elif rows:
            piece = rows[-1][-1].piece  # the text of a cell continues
            rows[-1][-1] = structs.replace(rows[-1][-1], piece=TextPiece(piece.line, piece.start, line.end))
        elif not _OPTION.match(line.text):
            return None
        last += 1
    return _grid(text, at + 1, last, rows) if len({len(row) for row in rows}) == 1 else None


def _adoc_table(text: str, lines: list[TextLine], at: int) -> TextGrid | None:
    """Return the AsciiDoc table that begins on a line, if its cells fill all rows."""
    if not _ADOC_EDGE.match(lines[at].text):
        return None
    last = next((i for i in range(at + 1, len(lines)) if _ADOC_EDGE.match(lines[i].text)), None)
    if last is None or last == at + 1:
        return None
    body = lines[at + 1 : last]
    told = _ADOC_COLUMNS.match(lines[at - 1].text) if at else None
    width = _columns_told(told[1]) if told else len(_ADOC_CELLS_OF_LINE.findall(body[0].text))
    rows = _filled(list(_adoc_cells(text, body)), width) if width <= MOST_SPANNED else []
    return _grid(text, at - bool(told), last + 1, rows) if rows else None


def _columns_told(columns: str) -> int:
    """Return the number of columns in a specification such as `4*^` or `1,2,2*`."""
    counts = [_ADOC_REPEATED.match(part) for part in columns.split(",")]
    return sum(int(count[1]) if count else 1 for count in counts)


def _adoc_cells(text: str, lines: list[TextLine]) -> Iterator[WrittenCell]:
    """Yield the cells, each from its mark to the next."""
    marks = [(line, mark) for line in lines for mark in _ADOC_CELL.finditer(text, line.start, line.end)]
    ends = [mark.start() for _, mark in marks[1:]] + [lines[-1].end]
    for (line, mark), end in zip(marks, ends, strict=True):
        across, down = (min(max(int(count or 1), 1), MOST_SPANNED) for count in mark.groups())
        yield WrittenCell(without_emphasis(text, trimmed(text, line, mark.end(), end)), down, across)


def _filled(cells: list[WrittenCell], width: int) -> _Rows:
    """Return the rows that cells fill one after another; empty if the last row is not full."""
    rows: _Rows = []
    hanging: list[int] = []  # for each column: the number of further rows that a cell spans
    row: list[WrittenCell] = []
    for cell in cells:
        if not row:
            hanging = hanging or [0] * width
        free = [column for column in range(width) if not hanging[column]]
        if len(free) < cell.column_span:
            return []
        for column in free[: cell.column_span]:
            hanging[column] = cell.row_span
        row.append(cell)
        while row and all(hanging):
            rows.append(row)
            row = []
            hanging = [count - 1 for count in hanging]
    return [] if row or any(hanging) else rows


def _forum_table(text: str, lines: list[TextLine], at: int) -> TextGrid | None:
    """Return the [table] that begins and ends on whole lines."""
    table = _FORUM_TABLE.match(text, lines[at].start)
    if table is None:
        return None
    last = next(i for i in range(at, len(lines)) if lines[i].end >= table.end())
    if lines[last].end != table.end():
        return None
    rows = [
        list(_forum_cells(text, lines[at : last + 1], row))
        for row in _FORUM_ROW.finditer(text, *table.span("body"))
    ]
    return _grid(text, at, last + 1, rows)


def _forum_cells(text: str, lines: list[TextLine], row: re.Match[str]) -> Iterator[WrittenCell]:
    """Yield the cells of a row; [td=2,3] spans two columns and three rows, [td=90] is only a width."""
    for cell in _FORUM_CELL.finditer(text, *row.span("body")):
        spans = [int(count) for count in (cell["spans"] or "").split(",") if count.strip().isdigit()]
        across, down = spans[:2] if len(spans) > 1 else (1, 1)
        line = lines[bisect_right(lines, cell.start("body"), key=attrgetter("start")) - 1]
        piece = without_forum_marks(text, trimmed(text, line, *cell.span("body")))
        yield WrittenCell(piece, min(max(down, 1), MOST_SPANNED), min(max(across, 1), MOST_SPANNED))


def without_forum_marks(text: str, piece: TextPiece) -> TextPiece:
    """Return the text between pairs of harmless forum marks: bold, centred."""
    while mark := _PLAIN_MARK.fullmatch(text, piece.start, piece.end):
        piece = trimmed(text, piece.line, *mark.span("body"))
    return piece
