"""Tables drawn with pipes: Markdown, and the output of programs that extract HTML tables."""

from itertools import pairwise

from extractor.formats.text.lines import (
    TextGrid,
    TextLine,
    TextPiece,
    columns_agree,
    is_number,
    table_of,
    trimmed,
    without_emphasis,
)
from extractor.patterns import kept_pattern

_UNDER_HEAD = r"[ \t]*(?::-+:?|-+:|-{2,})[ \t]*"  # a single dash is a mark for nothing
_SEPARATOR = kept_pattern(rf"(?=[^|]*\|)\|?{_UNDER_HEAD}(?:\|{_UNDER_HEAD})*\|?|\|{_UNDER_HEAD}\|?")
_RULE = kept_pattern(r"(?=[^+]*\+)\|?[ \t]*-{2,}(?:[+|]-{2,})+[ \t]*\|?")  # of Org: |---+---|
_PIPE = kept_pattern(r"(?<!\\)\|")
_UNNAMED = kept_pattern(r"Unnamed: \d+(?:_level_\d+)?")
_FILLER = kept_pattern(rf"{_UNNAMED.pattern}|NaN|nan|<NA>")
_FEWEST_BORDERED = 3
_LONGEST_CELL = 100  # characters of a cell on a line of its own

_Rows = list[list[TextPiece]]


def pipe_grids(text: str, lines: list[TextLine]) -> list[TextGrid]:
    """Find the tables whose cells are separated by pipes, in reading order."""
    found: list[TextGrid] = []
    if "|" not in text:
        return found
    at = 0
    while at < len(lines):
        last = _end_of_run(lines, at)
        if last == at:
            at += 1
            continue
        grids = _broken_table(text, lines, at, last) or _row_a_line(text, lines, at, last)
        found += grids
        at = last
    return found


def _end_of_run(lines: list[TextLine], first: int) -> int:
    """Return the end of consecutive lines that have a pipe, or whose pipe is on the next line."""
    last = first
    while last < len(lines):
        if last > first and lines[last].number - lines[last - 1].number > 1:
            break
        if "|" not in lines[last].text and not _pipe_follows(lines, last):
            break
        last += 1
    return last


def _pipe_follows(lines: list[TextLine], at: int) -> bool:
    if at + 1 == len(lines):
        return False
    line, after = lines[at : at + 2]
    adjacent = after.number - line.number == 1 and len(line.text) <= _LONGEST_CELL
    # Only "|" or "|||" alone closes the cell of the line above; "| 规章 | 0 |" is a row of its own.
    return adjacent and set(after.text) == {"|"}


def _row_a_line(text: str, lines: list[TextLine], first: int, last: int) -> list[TextGrid]:
    rules = {at for at in range(first, last) if _RULE.fullmatch(lines[at].text)}
    separators = rules | {at for at in range(first, last) if _SEPARATOR.fullmatch(lines[at].text)}
    # The line above a separator is the head of a table, even within a run; a rule may stand anywhere.
    starts = sorted({first} | {at - 1 for at in separators - rules if at > first})
    found = []
    for start, stop in zip(starts, [*starts[1:], last], strict=True):
        body = [lines[at] for at in range(start, stop) if at not in separators]
        proved = len(body) < stop - start
        rows = _rows(text, body)
        if proved:
            rows = [[without_emphasis(text, piece) for piece in row] for row in rows]
        if any(rows) and _is_table(rows, body, proved):
            found.append(TextGrid(start, stop, table_of(text, rows, columns_agree(text, rows))))
    return found


def _is_table(rows: _Rows, body: list[TextLine], proved: bool) -> bool:
    if any("|" not in line.text for line in body):
        return False
    if proved:
        return True
    if len(rows) < 2 or len(rows[0]) < 2:
        return False
    # A pipe at the end of every row is a border; without it, only equal rows show that it is not a menu.
    bordered = len(rows) >= _FEWEST_BORDERED and all(line.text.endswith("|") for line in body)
    return bordered or len({len(row) for row in rows}) == 1


def _rows(text: str, body: list[TextLine]) -> _Rows:
    # A pipe at one end of a row is a border if every row has one; otherwise it marks an empty cell.
    opened = all(line.text.startswith("|") for line in body)
    closed = all(line.text.endswith("|") for line in body)
    rows = [_cells(text, line, opened, closed) for line in body]
    of_data_frame = any(_UNNAMED.fullmatch(text, piece.start, piece.end) for row in rows[:1] for piece in row)
    return [[_without_filler(text, piece) for piece in row] for row in rows] if of_data_frame else rows


def _without_filler(text: str, piece: TextPiece) -> TextPiece:
    """Return an empty piece for the placeholders of data frames: `Unnamed: 3`, `NaN`."""
    filler = _FILLER.fullmatch(text, piece.start, piece.end)
    return TextPiece(piece.line, piece.end, piece.end) if filler else piece


def _cells(text: str, line: TextLine, opened: bool, closed: bool) -> list[TextPiece]:
    pipes = [match.start() for match in _PIPE.finditer(text, line.start, line.end)]
    edges = [*([] if opened else [line.start - 1]), *pipes, *([] if closed else [line.end])]
    return [trimmed(text, line, left + 1, right) for left, right in pairwise(edges)]


def _broken_table(text: str, lines: list[TextLine], first: int, last: int) -> list[TextGrid]:
    """Read a table with one cell per line and a pipe after each; empty cells are pipes only.

    A title across the whole width shows how many cells a row has, by its own pipe and those of the line of
    pipes after it. Every further row must have as many.
    """
    run = lines[first:last]
    if not all(set(line.text.strip("|").rstrip()).isdisjoint("|") for line in run):
        return []
    cells, ends_of_blanks = _cells_of_stream(text, run)
    if not ends_of_blanks or cells is None:
        return []
    width = ends_of_blanks[0]
    if width < 2 or len(cells) % width or any(end % width for end in ends_of_blanks):
        return []
    rows = [cells[at : at + width] for at in range(0, len(cells), width)]
    if len(rows) < 2 or not all(_is_label(text, row[0]) for row in rows):
        return []
    return [TextGrid(first, last, table_of(text, rows, aligned=True))]


def _cells_of_stream(text: str, run: list[TextLine]) -> tuple[list[TextPiece] | None, list[int]]:
    """Return the cells, and the indices of those after which a line of several pipes ends."""
    cells: list[TextPiece] = []
    ends_of_blanks: list[int] = []
    pending: TextLine | None = None
    for line in run:
        pipes = len(line.text) - len(line.text.rstrip("|"))
        body = line.text.strip("|")
        if line.text.startswith("|") and body.strip():
            return None, []  # a border at the left: these are rows, not single cells
        if body.strip():
            if pending is not None:
                return None, []
            if not pipes:
                pending = line
                continue
            cells.append(trimmed(text, line, line.start, line.end - pipes))
            blanks = pipes - 1
        elif pending is not None:
            cells.append(TextPiece(pending, pending.start, pending.end))
            pending, blanks = None, pipes - 1
        else:
            blanks = pipes
        cells += [TextPiece(line, line.end - blanks + k, line.end - blanks + k) for k in range(blanks)]
        if blanks > 1:
            ends_of_blanks.append(len(cells))
    return (None if pending else cells), ends_of_blanks


def _is_label(text: str, piece: TextPiece) -> bool:
    content = text[piece.start : piece.end]
    return bool(content) and not is_number(content)
