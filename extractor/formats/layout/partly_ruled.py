"""Completes tables that have rules between some rows and columns only: white space separates the others.

Many tables only have rules around the header and on the outside. Rules are added between lines of values in
one ruled row, between stripes of values in one ruled column, and in a row without vertical rules whose
entries are aligned with the columns of others.
"""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from msgspec import Struct

from extractor.formats.layout.atoms import TIGHT_GAP, has_number, is_value
from extractor.formats.layout.lines import PADDING, WORD_GAP, fragments_of, rows_of
from extractor.formats.layout.model import Fragment, Glyph
from extractor.formats.layout.rules import FrameCell, RuledFrame, regions_of

LEAST_LINES = 3  # so many lines of values without rules between them are rows
LEAST_VALUES = 2  # values in such a line
OWN_ROW = 0.8  # a label without values nearer to a row than this share of the row distance belongs to it
SAME_LINE = 0.3  # em: largest vertical distance between a label and the values of its row
LEAST_LABELS = 4  # labels below each other, separated by the rows beside them
STRIPE = 0.2  # em: smallest width of white space between two columns
NUMBERS = 0.8  # share of numbers among the pieces of a column of numbers
LEAST_SPAN = 3  # columns of a row without vertical rules


class TextLevel(Struct):
    """The text on one level (line) of a ruled row: for each column its pieces from left to right."""

    top: float
    bottom: float
    pieces: list[list[Fragment]]
    valued: int = 0  # number of pieces that are values

    @property
    def middle(self) -> float:
        """Return the y coordinate of its middle."""
        return (self.top + self.bottom) / 2


def completed(frame: RuledFrame, glyphs: list[Glyph]) -> RuledFrame:
    """Return a frame with rules added where white space separates rows or columns; most need none."""
    printed = [glyph for glyph in glyphs if not glyph.text.isspace()]
    if len(frame.xs) < LEAST_SPAN or not printed:
        return frame
    em = median([glyph.y1 - glyph.y0 for glyph in printed])
    in_rows = _by_row(frame, printed)
    regions = regions_of(frame)
    ruled = _with_columns_of_rows(frame, regions, in_rows)
    if ruled is not frame:
        frame, regions = ruled, regions_of(ruled)
    frame = _with_rows_of_labels(frame, regions, in_rows, em)
    tall = [row for row, (y0, y1) in enumerate(pairwise(frame.ys)) if y1 - y0 >= LEAST_LINES * em]
    listed = {row: levels for row in tall if (levels := _listed(frame, in_rows[row], em))}
    if not listed:
        return frame
    listing = [glyph for row in listed for glyph in in_rows[row]]
    gutters = _gutters(frame, _levels(frame, listing, WORD_GAP), em)
    frame = _with_rows(frame, listed, em)
    return _with_gutters(frame, gutters, printed) if gutters else frame


def _levels(frame: RuledFrame, glyphs: list[Glyph], wide: float = TIGHT_GAP) -> list[TextLevel]:
    """Return the lines formed by the glyphs, split at the frame's columns and at wide gaps."""
    levels = []
    for row in rows_of(glyphs) if glyphs else []:
        pieces = []
        for x0, x1 in pairwise(frame.xs):
            inside = [glyph for glyph in row if x0 <= (glyph.x0 + glyph.x1) / 2 < x1]
            pieces.append(fragments_of(inside, wide) if inside else [])
        valued = sum(_is_number(piece) for cell in pieces for piece in cell)
        tops, bottoms = [glyph.y0 for glyph in row], [glyph.y1 for glyph in row]
        levels.append(TextLevel(min(tops), max(bottoms), pieces, valued))
    return levels


def _by_row(frame: RuledFrame, glyphs: list[Glyph]) -> list[list[Glyph]]:
    """Return the glyphs of each ruled row, in their order; those outside all rows are left out."""
    edges = [y * 2 for y in frame.ys]
    in_rows: list[list[Glyph]] = [[] for _ in edges]
    for glyph in glyphs:
        row = bisect_right(edges, glyph.y0 + glyph.y1) - 1
        if row >= 0:
            in_rows[row].append(glyph)
    return in_rows[:-1]


def _listed(frame: RuledFrame, glyphs: list[Glyph], em: float) -> list[TextLevel]:
    """Return the lines of a ruled row that are separate rows; none if it is wrapped text."""
    levels = _levels(frame, glyphs)
    valued = [level for level in levels if level.valued >= LEAST_VALUES]
    if len(valued) < LEAST_LINES or not _are_labelled(valued):
        return []
    columns = range(len(frame.xs) - 1)
    apart = [column for column in columns if not _wraps(frame, column, valued, em)]
    beside = sum(max(len(level.pieces[column]) for level in valued) for column in apart)
    return levels if beside >= LEAST_VALUES else []


def _are_labelled(levels: list[TextLevel]) -> bool:
    """Return whether each line has text in the first column that is used at all."""
    first = min(next(place for place, pieces in enumerate(level.pieces) if pieces) for level in levels)
    return all(level.pieces[first] for level in levels)


def _wraps(frame: RuledFrame, column: int, levels: list[TextLevel], em: float) -> bool:
    """Return whether the lines of a column may be one wrapped text, or are too few to tell."""
    room = frame.xs[column + 1] - frame.xs[column] - PADDING - em
    lines = [level.pieces[column] for level in levels if level.pieces[column]]
    if len(lines) < LEAST_LINES:
        return True
    if not all(any(map(_is_number, pieces)) for pieces in lines):
        return True
    return all(len(pieces) == 1 and pieces[0].x1 - pieces[0].x0 > room for pieces in lines[:-1])


def _is_number(piece: Fragment) -> bool:
    return has_number(piece.text) or is_value(piece.text)


def _with_rows(frame: RuledFrame, listed: dict[int, list[TextLevel]], em: float) -> RuledFrame:
    """Return the frame with a rule between the rows of each ruled row that contains several."""
    ys, right, below = [frame.ys[0]], [], []
    for row, sides in enumerate(frame.right):
        cuts = _cuts(listed[row], frame, em) if row in listed else []
        ys += [*cuts, frame.ys[row + 1]]
        right += [list(sides) for _ in range(len(cuts) + 1)]
        below += [[True] * len(sides) for _ in cuts] + [frame.below[row]]
    return frame._replace(ys=ys, right=right, below=below)


def _cuts(levels: list[TextLevel], frame: RuledFrame, em: float) -> list[float]:
    """Return the y coordinates between rows: above each line that does not continue the one before."""
    valued = [level.middle for level in levels if level.valued]
    pitch = min((below - above for above, below in pairwise(valued)), default=0.0)
    return [
        (above.bottom + below.top) / 2
        for above, below in pairwise(levels)
        if not _is_one_row(above, below, pitch, frame, em)
    ]


def _is_one_row(above: TextLevel, below: TextLevel, pitch: float, frame: RuledFrame, em: float) -> bool:
    if above.valued and below.valued:
        return False
    if below.middle - above.middle < OWN_ROW * pitch:
        return True
    column = next((place for place, pieces in enumerate(above.pieces) if pieces), 0)
    label = above.pieces[column]
    room = frame.xs[column + 1] - frame.xs[column] - PADDING - 2 * em
    return bool(label and below.pieces[column]) and label[-1].x1 - label[0].x0 > room


def _gutters(frame: RuledFrame, levels: list[TextLevel], em: float) -> list[float]:
    """Return the middles of the vertical stripes that no line enters, inside ruled columns."""
    gutters: list[float] = []
    for column in range(len(frame.xs) - 1):
        lines = [level.pieces[column] for level in levels if level.valued >= LEAST_VALUES]
        if sum(len(pieces) > 1 for pieces in lines) < LEAST_LINES:
            continue
        stripes = _stripes([piece for pieces in lines for piece in pieces], em)
        gutters += [
            (max(piece.x1 for piece in left) + min(piece.x0 for piece in right)) / 2
            for left, right in pairwise(stripes)
        ]
    return gutters


def _stripes(pieces: list[Fragment], em: float) -> list[list[Fragment]]:
    """Group the pieces into vertical stripes.

    One that is not a column of numbers is joined to its left neighbour.
    """
    stripes: list[list[Fragment]] = []
    end = float("-inf")
    for piece in sorted(pieces, key=lambda piece: piece.x0):
        if piece.x0 > end + STRIPE * em:
            stripes.append([])
        stripes[-1].append(piece)
        end = max(end, piece.x1)
    joined = stripes[:1]
    for stripe in stripes[1:]:
        if len(stripe) >= LEAST_LINES and sum(map(_is_number, stripe)) > NUMBERS * len(stripe):
            joined.append(stripe)
        else:
            joined[-1] += stripe
    return joined


def _with_gutters(frame: RuledFrame, gutters: list[float], glyphs: list[Glyph]) -> RuledFrame:
    """Return the frame with columns split at gutters, except in rows where text crosses them."""
    xs = sorted([*frame.xs, *gutters])
    owners = [sum(x <= left for x in frame.xs) - 1 for left in xs[:-1]]
    finer = frame._replace(xs=xs)
    right = []
    for sides, inside in zip(frame.right, _by_row(frame, glyphs), strict=True):
        levels = _levels(frame, inside)
        line = []
        for place, edge in enumerate(xs[1:]):
            apart = edge not in gutters or _parted(levels, owners[place], edge)
            line.append(apart if edge in gutters else sides[owners[place]])
        right.append(line)
    below = [[line[owner] for owner in owners] for line in frame.below]
    return finer._replace(right=right, below=below)


def _parted(levels: list[TextLevel], column: int, edge: float) -> bool:
    """Return whether an edge may split a cell.

    No text crosses it, and the cell is blank, has a number, or has text on both sides.
    """
    pieces = [piece for level in levels for piece in level.pieces[column]]
    if any(piece.x0 < edge < piece.x1 for piece in pieces):
        return False
    return (
        not pieces
        or (any(p.x1 <= edge for p in pieces) and any(p.x0 >= edge for p in pieces))
        or (any(map(_is_number, pieces)))
    )


def _with_columns_of_rows(
    frame: RuledFrame, regions: Sequence[FrameCell], in_rows: list[list[Glyph]]
) -> RuledFrame:
    """Return the frame with rows split that lack vertical rules but align with the columns of others."""
    right = frame.right
    for row, column, row_span, column_span in regions:
        if column_span < LEAST_SPAN or row_span > 1:
            continue
        x0, x1 = frame.xs[column] * 2, frame.xs[column + column_span] * 2
        inside = [glyph for glyph in in_rows[row] if x0 <= glyph.x0 + glyph.x1 < x1]
        if _keeps_to_columns(frame, inside, column, column + column_span):
            right = right if right is not frame.right else [list(sides) for sides in frame.right]
            right[row][column : column + column_span - 1] = [True] * (column_span - 1)
    return frame if right is frame.right else frame._replace(right=right)


def _keeps_to_columns(frame: RuledFrame, glyphs: list[Glyph], first: int, end: int) -> bool:
    """Return whether a region has one line, with pieces in most of the columns, most of them values."""
    rows = rows_of(glyphs) if glyphs else []
    if len(rows) != 1:
        return False
    pieces = fragments_of(rows[0], TIGHT_GAP)
    places = [sum(x <= piece.x0 for x in frame.xs) for piece in pieces]
    within = all(
        sum(x < piece.x1 for x in frame.xs) == place for piece, place in zip(pieces, places, strict=True)
    )
    values = sum(map(_is_number, pieces))
    return (
        within
        and len(set(places)) == len(places)
        and len(pieces) >= LEAST_SPAN
        and 2 * len(pieces) > end - first
        and 2 * values > len(pieces)
    )


def _with_rows_of_labels(
    frame: RuledFrame, regions: Sequence[FrameCell], in_rows: list[list[Glyph]], em: float
) -> RuledFrame:
    """Return the frame with a column of labels split where each label is level with the row beside it."""
    below = frame.below
    for row, column, row_span, column_span in regions:
        if row_span < LEAST_LABELS or column > 0 or column_span >= len(frame.xs) - 1:
            continue
        edge = frame.xs[column_span]
        if all(_is_level(line, edge, em) for line in in_rows[row : row + row_span]):
            below = below if below is not frame.below else [list(line) for line in frame.below]
            for inside in range(row, row + row_span - 1):
                below[inside][:column_span] = [True] * column_span
    return frame._replace(below=below)


def _is_level(glyphs: list[Glyph], edge: float, em: float) -> bool:
    """Return whether a label of two or more characters left of an edge is level with a value to the right."""
    labels = [glyph for glyph in glyphs if glyph.x0 + glyph.x1 < edge * 2]
    values = [glyph for glyph in glyphs if glyph.x0 + glyph.x1 >= edge * 2]
    lines = rows_of(labels) if labels else []
    if len(lines) != 1 or len(lines[0]) < 2 or not any(glyph.text.isdigit() for glyph in values):
        return False
    middles = [median(glyph.y0 + glyph.y1 for glyph in group) / 2 for group in (labels, values)]
    return abs(middles[0] - middles[1]) < SAME_LINE * em
