"""Data frames as Python prints them: an index 0, 1, 2 before the rows, every column set flush right."""

from msgspec import structs

from extractor.document import Table
from extractor.formats.text.bands import Measure, measures_for, segments
from extractor.formats.text.lines import PlacedPiece, TextGrid, TextLine, TextPiece, placed_table
from extractor.patterns import kept_pattern

_INDEX = kept_pattern(r"(\d{1,4}) +(?=\S)")
_EMPTY = ("NaN", "None", "<NA>")
_FEWEST_COLUMNS = 2


def frame_grids(text: str, lines: list[TextLine]) -> list[TextGrid]:
    """Find the printed data frames: a row of heads, and rows below it that are counted from 0."""
    found: list[TextGrid] = []
    at = 1
    while at < len(lines):
        rows = _indexed_rows(lines, at)
        table = _table(text, lines[at - 1], rows) if rows else None
        if table is not None:
            found.append(TextGrid(at - 1, at + len(rows), table))
        at += len(rows) + 1
    return found


def _indexed_rows(lines: list[TextLine], at: int) -> list[TextLine]:
    """Return the lines from one on that are counted from 0, without their numbers."""
    rows: list[TextLine] = []
    for line in lines[at:]:
        index = _INDEX.match(line.text) if line.start == line.origin else None
        if index is None or int(index[1]) != len(rows):
            break
        rows.append(structs.replace(line, start=line.start + index.end(), text=line.text[index.end() :]))
    return rows


def _table(text: str, head: TextLine, rows: list[TextLine]) -> Table | None:
    """Return the rows as a table if every cell ends just below the end of a head, else None."""
    for measure in measures_for(text[head.origin : rows[-1].end]):
        placed = _placed(text, [head, *rows], measure)
        if placed:
            return placed_table(text, placed, aligned=True)
    return None


def _placed(text: str, lines: list[TextLine], measure: Measure) -> list[PlacedPiece]:
    """Return the cells at their places; none where one ends elsewhere than the heads do."""
    rows = [segments(text, line, measure) for line in lines]
    ends = {segment.right: column for column, segment in enumerate(rows[0])}
    if len(ends) < _FEWEST_COLUMNS:
        return []
    placed: list[PlacedPiece] = []
    for number, (line, row) in enumerate(zip(lines, rows, strict=True)):
        if len(row) != len(ends) or any(segment.right not in ends for segment in row):
            return []
        for column, segment in enumerate(row):
            empty = text[segment.start : segment.end] in _EMPTY
            start = segment.end if empty else segment.start
            placed.append(PlacedPiece(number, column, 1, TextPiece(line, start, segment.end)))
    return placed
