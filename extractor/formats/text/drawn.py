"""Tables drawn with characters: rules of +---+ or box characters, bars between cells.

The positions of the rules determine which lines form a cell and which cells span rows or columns.
"""

import re
from itertools import pairwise

from msgspec import Struct, field

from extractor.document import Cell, Locator, Table
from extractor.formats.text.bands import Measure, measures_for
from extractor.formats.text.lines import TextGrid, TextLine, TextPiece, trimmed
from extractor.patterns import kept_pattern

_JUNCTIONS = "+├┤┌┐└┘┬┴┼╔╗╚╝╠╣╦╩╬┏┓┗┛┣┫┳┻╋╒╕╘╛╞╡╪╭╮╰╯"
_STROKES = "-=─═━"
_BARS = "|│║┃"
_RULE = kept_pattern(f"[{re.escape(_JUNCTIONS)}][{re.escape(_STROKES + _JUNCTIONS)}]{{3,}}")
_EDGES = kept_pattern(f"[{re.escape(_JUNCTIONS + _BARS)}]")
_STROKE = kept_pattern(f"[{re.escape(_STROKES)}]{{2,}}:?|:?[{re.escape(_STROKES)}]{{2,}}")
_BOX = kept_pattern("[\u2500-\u257f]")
_FEWEST_ROWS = 2
_FEWEST_COLUMNS = 2


class _Widths(Struct, frozen=True):
    """The width of text in columns: characters by `measure`, box-drawing characters `box` each."""

    measure: Measure
    box: int

    def of(self, text: str) -> int:
        others = _BOX.sub("", text)
        return self.measure(others) + self.box * (len(text) - len(others))


class _OpenCell(Struct):
    """A cell whose lower rule has not been reached."""

    row: int
    pieces: list[TextPiece] = field(default_factory=list)


def drawn_grids(text: str, lines: list[TextLine]) -> list[TextGrid]:
    """Find the tables between drawn rules, in reading order."""
    found: list[TextGrid] = []
    at = 0
    while at < len(lines):
        if not _RULE.fullmatch(lines[at].text):
            at += 1
            continue
        last = at + 1
        while last < len(lines) and _goes_on(lines, last):
            last += 1
        table = _table(text, lines[at:last])
        if table is not None:
            found.append(TextGrid(at, last, table))
        at = last
    return found


def _goes_on(lines: list[TextLine], at: int) -> bool:
    line = lines[at].text
    if not line or lines[at].number - lines[at - 1].number != 1:
        return False
    return line[0] in _JUNCTIONS + _BARS and line[-1] in _JUNCTIONS + _BARS


def _table(text: str, lines: list[TextLine]) -> Table | None:
    """Return the table, by the first way of counting widths in which every bar is below a junction.

    Box-drawing characters are one or two columns wide, depending on the font.
    """
    for measure in measures_for(text[lines[0].origin : lines[-1].end]):
        for box in (1, 2):
            cells = _cells(text, lines, _Widths(measure, box))
            if cells:
                return Table(tuple(cells), lines[0].place(lines[0].start, lines[-1].end))
    return None


def _cells(text: str, lines: list[TextLine], widths: _Widths) -> list[Cell]:
    columns = sorted({at for line in lines if _is_rule(line) for at, _ in _edges(text, line, widths)})
    index = {column: number for number, column in enumerate(columns)}
    under_way: dict[tuple[int, int], _OpenCell] = {}
    done: list[Cell] = []
    row = -1
    for line in lines:
        edges = _edges(text, line, widths)
        if [edges[0][0], edges[-1][0]] != [columns[0], columns[-1]] or any(
            at not in index for at, _ in edges
        ):
            return []
        parts = [
            (index[left], index[right], trimmed(text, line, start + 1, end))
            for (left, start), (right, end) in pairwise(edges)
        ]
        ruled = [(left, right) for left, right, piece in parts if _is_stroke(text, piece)]
        row += bool(ruled)
        closed = [place for place in under_way if any(_overlap(place, part) for part in ruled)]
        done += [_cell(text, place, under_way.pop(place), row) for place in closed]
        for left, right, piece in parts:
            if (left, right) not in ruled and not _put(under_way, (left, right), piece, row):
                return []
    rows = len({cell.row for cell in done})
    if under_way or rows < _FEWEST_ROWS or len(columns) <= _FEWEST_COLUMNS:
        return []
    return sorted(done, key=lambda cell: (cell.row, cell.column))


def _put(
    under_way: dict[tuple[int, int], _OpenCell], place: tuple[int, int], piece: TextPiece, row: int
) -> bool:
    """Add a piece to its cell; return False if the bars of one row are at different positions."""
    if place not in under_way and any(_overlap(place, other) for other in under_way):
        return False
    under_way.setdefault(place, _OpenCell(row)).pieces.append(piece)
    return True


def _is_rule(line: TextLine) -> bool:
    return _RULE.fullmatch(line.text) is not None


def _edges(text: str, line: TextLine, widths: _Widths) -> list[tuple[int, int]]:
    """Return the display columns and the offsets of the bars and junctions of a line."""
    found: list[tuple[int, int]] = []
    column, done = 0, line.origin
    for edge in _EDGES.finditer(text, line.start, line.end):
        column += widths.of(text[done : edge.start()])
        found.append((column, edge.start()))
        column, done = column + widths.of(edge.group()), edge.end()
    return found


def _is_stroke(text: str, piece: TextPiece) -> bool:
    return _STROKE.fullmatch(text, piece.start, piece.end) is not None


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _cell(text: str, place: tuple[int, int], cell: _OpenCell, row: int) -> Cell:
    pieces = [piece for piece in cell.pieces if piece.start < piece.end] or cell.pieces[:1]
    first, *more = [piece.line.place(piece.start, piece.end) for piece in pieces]
    shown = "\n".join(text[piece.start : piece.end] for piece in pieces)
    where = first if not more else _with_more(first, tuple(more))
    return Cell(cell.row, place[0], shown, where, row - cell.row, place[1] - place[0])


def _with_more(first: Locator, more: tuple[Locator, ...]) -> Locator:
    return Locator(line=first.line, column=first.column, start=first.start, end=first.end, more=more)
