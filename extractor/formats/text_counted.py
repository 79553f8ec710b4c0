"""Tables whose cells are set apart by counted line ends.

A page whose tags were dropped keeps the line ends between them: always as many between
two cells of a row, more at the end of a row, and the same number again for every empty
cell. The counts differ from site to site, so they are inferred from each text, and what
they leave open is not decided: without proof the lines stay paragraphs.
"""

from itertools import pairwise
from typing import NamedTuple

from extractor.formats.text_counted_rows import Cluster, rows_of
from extractor.formats.text_lines import (
    Grid,
    Line,
    Piece,
    columns_agree,
    is_section_heading,
    is_value,
    table_of,
)
from extractor.formats.text_periods import Kind, Periods, infer_periods

_LONGEST_CELL = 80  # characters; the longest label of the forms has half of it
_PROSE_ENDS = ("。", "；", "！", ";")


class _Stretch(NamedTuple):
    """Clusters that may be a table, and the line ends behind it; None at the end of the text."""

    clusters: list[Cluster]
    gap_after: int | None


def counted_grids(text: str, lines: list[Line]) -> list[Grid]:
    """Find the tables that counted line ends prove, in reading order."""
    shown = [at for at, line in enumerate(lines) if line.text]
    items = [lines[at] for at in shown]
    gaps = [after.number - before.number for before, after in pairwise(items)]
    kinds = [_kind(line.text) for line in items]
    periods = infer_periods(gaps, kinds)
    if periods is None:
        return []
    clusters = _clusters(text, items, gaps, kinds, periods)
    stretches = _stretches(clusters, periods)
    plain_end = _plain_end(stretches)
    found = []
    for stretch in stretches:
        rows = rows_of(stretch.clusters, periods, stretch.gap_after, plain_end)
        if rows:
            first, last = shown[stretch.clusters[0].first], shown[stretch.clusters[-1].last] + 1
            found.append(Grid(first, last, table_of(text, rows, columns_agree(text, rows))))
    return found


def _plain_end(stretches: list[_Stretch]) -> int | None:
    ends = [s.gap_after for s in stretches if s.gap_after and len(s.clusters) > 1]
    return min(ends, default=None)


def _clusters(
    text: str, items: list[Line], gaps: list[int], kinds: list[Kind], periods: Periods
) -> list[Cluster]:
    """Join lines that a single line end parts where two cells have more: a label broken over lines."""
    found = []
    first = 0
    for at, gap in enumerate([*gaps, periods.cell]):
        if gap == 1 < periods.cell and "value" not in kinds[at : at + 2]:
            continue
        line = items[first]
        piece = Piece(line, line.start, items[at].end)
        gap_after = gaps[at] if at < len(gaps) else None
        shown = line.text if first == at else text[piece.start : piece.end]
        prose = "prose" in kinds[first : at + 1]
        found.append(Cluster(piece, shown, first, at, kinds[at] == "value", prose, gap_after))
        first = at + 1
    return found


def _kind(text: str) -> Kind:
    if is_value(text):
        return "value"
    return "prose" if len(text) > _LONGEST_CELL or text.endswith(_PROSE_ENDS) else "label"


def _stretches(clusters: list[Cluster], periods: Periods) -> list[_Stretch]:
    """Cut the clusters at prose, at headings and wherever the count of line ends fits no table."""
    starts, ends = _gaps_at_prose(clusters, periods)
    found = []
    current: list[Cluster] = []
    before: int | None = None
    for cluster in clusters:
        after = cluster.gap_after
        if cluster.prose or _is_heading(cluster, before, periods, starts, ends):
            if current:
                found.append(_Stretch(current, before))
            current = []
        else:
            if current and before is not None and not periods.decode(before):
                found.append(_Stretch(current, before))
                current = []
            current.append(cluster)
        before = after
    if current:
        found.append(_Stretch(current, None))
    return found


def _gaps_at_prose(clusters: list[Cluster], periods: Periods) -> tuple[set[int], set[int]]:
    """Return the counts of line ends that lead from prose into a table, and out of one into prose.

    Those that stand between cells and rows as well tell nothing.
    """
    starts = {a.gap_after for a, b in pairwise(clusters) if a.prose and not b.prose and a.gap_after}
    ends = {a.gap_after for a, b in pairwise(clusters) if b.prose and a.value and a.gap_after}
    return starts - periods.plain, ends - periods.plain


def _is_heading(
    cluster: Cluster, before: int | None, periods: Periods, starts: set[int], ends: set[int]
) -> bool:
    """Say whether a cluster stands between tables: no row would begin or end like this."""
    if cluster.value:
        return False
    after = cluster.gap_after
    leaves = before is None or not periods.decode(before)
    enters = after is None or not periods.decode(after)
    if (leaves and (enters or after in starts)) or (enters and before in ends):
        return True
    if not is_section_heading(cluster.text) or before is None or after is None:
        return False
    # 三、… is the first cell of its row: line ends that leave it in the row before are none of a table.
    if all(rows == 0 for rows, _ in periods.decode(before)):
        return not leaves or periods.ends_row(after)
    if after in starts:
        return True
    # A row of one cell below a row that would end in empty cells.
    return periods.ends_row(after) and (before in ends or before != periods.cell + periods.row)
