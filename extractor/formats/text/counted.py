"""Tables whose cells are separated by counted line ends.

A page whose tags were dropped keeps the line ends between them: always as many between
two cells of a row, more at the end of a row, and the same number again for every empty
cell, unless the page shows its empty cells as blank lines. The counts differ from site to
site, so they are inferred from each text, and what they leave open is not decided:
without proof the lines stay paragraphs.
"""

from itertools import pairwise
from typing import NamedTuple

from extractor.formats.text.counted_cuts import ClusterStretch, Cuts
from extractor.formats.text.counted_rows import Cluster, CountedRow, is_even, rows_of
from extractor.formats.text.lines import TextGrid, TextLine, TextPiece, columns_agree, is_value, table_of
from extractor.formats.text.periods import Kind, Periods, infer_periods, infer_shown_periods
from extractor.formats.text.shown_blanks import line_ends_in, unseen_after, with_blank_cells

_LONGEST_CELL = 80  # characters; twice the longest label of the forms
_PROSE_ENDS = ("。", "；", "！", ";")


class _Items(NamedTuple):
    """Lines that may be cells, with the text between each and the next."""

    lines: list[TextLine]
    gaps: list[int]  # line ends between each line and the next
    kinds: list[Kind]


def counted_grids(text: str, lines: list[TextLine]) -> list[TextGrid]:
    """Find the tables proved by counted line ends, in reading order."""
    visible = [line for line in lines if line.text]
    filled = with_blank_cells(text, visible)
    if len(filled) > len(visible):
        items = _items(filled)
        periods = infer_shown_periods(items.gaps, items.kinds)
        if periods is not None:
            return _grids(text, lines, _tables(text, items, periods))
    items = _items(visible)
    periods = infer_periods(items.gaps, items.kinds)
    if periods is None:
        return []
    plain = infer_shown_periods(items.gaps, items.kinds) if periods.ambiguous else None
    if plain is not None:
        # If all rows bear it out, no cell of such a text is empty.
        tables = _tables(text, items, plain)
        if all(is_even(rows) for stretch, rows in tables if stretch.has_numbers):
            return _grids(text, lines, tables)
    return _grids(text, lines, _tables(text, items, periods))


def _items(lines: list[TextLine]) -> _Items:
    gaps = [after.number - before.number for before, after in pairwise(lines)]
    return _Items(lines, gaps, [_kind(line.text) for line in lines])


def _kind(text: str) -> Kind:
    if not text or is_value(text):
        return "value"
    return "prose" if len(text) > _LONGEST_CELL or text.endswith(_PROSE_ENDS) else "label"


def _tables(text: str, items: _Items, periods: Periods) -> list[tuple[ClusterStretch, list[CountedRow]]]:
    """Return the ranges that may be tables, with their rows (empty if not proved)."""
    stretches = Cuts(_clusters(text, items, periods), periods).stretches()
    return [
        (stretch, rows_of(stretch.clusters, periods, _line_ends_behind(text, stretch), plain_end))
        for stretch, plain_end in zip(stretches, _plain_ends(stretches), strict=True)
    ]


def _grids(
    text: str, lines: list[TextLine], tables: list[tuple[ClusterStretch, list[CountedRow]]]
) -> list[TextGrid]:
    found = []
    at = 0
    for stretch, rows in tables:
        if rows:
            # An empty cell has no visible line: it is assigned to the line above it.
            while lines[at].start < stretch.clusters[0].piece.start:
                at += 1
            first, end = at, stretch.clusters[-1].piece.end
            while at < len(lines) and lines[at].start < end:
                at += 1
            pieces = [row.cells for row in rows]
            found.append(TextGrid(first, at, table_of(text, pieces, columns_agree(text, pieces))))
    return found


def _line_ends_behind(text: str, stretch: ClusterStretch) -> int:
    """Return the number of line ends after the last cell, up to the following text or the end."""
    if stretch.gap_after is not None:
        return stretch.gap_after
    last = stretch.clusters[-1].piece
    return line_ends_in(unseen_after(text, last.line)) if last.line.end == last.end else 0


def _plain_ends(stretches: list[ClusterStretch]) -> list[int | None]:
    """Return, for each stretch, the smallest gap after another table; there no last cell is empty."""
    ends = [
        (stretch.gap_after, at)
        for at, stretch in enumerate(stretches)
        if stretch.gap_after and stretch.has_numbers
    ]
    fewest = sorted(ends)[:2]
    return [next((gap for gap, of in fewest if of != at), None) for at in range(len(stretches))]


def _clusters(text: str, items: _Items, periods: Periods) -> list[Cluster]:
    """Join lines separated by a single line end if cells are separated by more: a wrapped label."""
    found = []
    first = 0
    for at, gap in enumerate([*items.gaps, periods.cell]):
        if gap == 1 < periods.cell and "value" not in items.kinds[at : at + 2]:
            continue
        line = items.lines[first]
        piece = TextPiece(line, line.start, items.lines[at].end)
        gap_after = items.gaps[at] if at < len(items.gaps) else None
        shown = line.text if first == at else text[piece.start : piece.end]
        prose = "prose" in items.kinds[first : at + 1]
        found.append(Cluster(piece, shown, first, at, items.kinds[at] == "value", prose, gap_after))
        first = at + 1
    return found
