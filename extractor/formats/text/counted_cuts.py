"""Splits counted cells into tables: at prose, headings, and line ends that fit no table."""

from itertools import pairwise
from typing import NamedTuple

from extractor.formats.text.counted_rows import Cluster
from extractor.formats.text.lines import section_serial
from extractor.formats.text.periods import Periods


class ClusterStretch(NamedTuple):
    """Clusters that may be a table, and the number of line ends after it; None at the end of the text."""

    clusters: list[Cluster]
    gap_after: int | None

    @property
    def has_numbers(self) -> bool:
        """Whether it is more than a heading or a line with one number."""
        return sum(cluster.value for cluster in self.clusters) > 1


class Cuts:
    """The clusters of a text, and the line ends before and after its tables."""

    def __init__(self, clusters: list[Cluster], periods: Periods) -> None:
        """Take the clusters; record the counts of line ends between prose and tables.

        Counts that also occur between cells and rows are no evidence.
        """
        self._clusters = clusters
        self._periods = periods
        pairs = list(pairwise(clusters))
        starts = {a.gap_after for a, b in pairs if a.prose and not b.prose and a.gap_after}
        ends = {a.gap_after for a, b in pairs if b.prose and a.value and a.gap_after}
        self._starts = starts - periods.plain
        self._ends = ends - periods.plain

    def stretches(self) -> list[ClusterStretch]:
        """Return the ranges that may be tables, in reading order."""
        found = []
        current: list[Cluster] = []
        serial = 0  # serial number of the last row that begins like 三、
        before: int | None = None
        for at, cluster in enumerate(self._clusters):
            number = section_serial(cluster.text)
            continues = number is not None and number == serial + 1 and bool(current)
            heading = cluster.prose or self._is_heading(at, before, continues)
            if current and before is not None and (heading or self._parts(before, cluster)):
                found.append(self._stretch(current, before))
                current, serial = [], 0
            if not heading:
                current.append(cluster)
                serial = number or serial
            before = cluster.gap_after
        if current:
            found.append(self._stretch(current, None))
        return [stretch for stretch in found if stretch.clusters]

    def _parts(self, before: int, cluster: Cluster) -> bool:
        """Return whether the line ends before a cluster do not separate cells of a table.

        Empty cells of a row come before numbers; a label after them follows the table.
        """
        readings = self._periods.decode(before)
        if not readings:
            return True
        return not cluster.value and all(rows == 0 and empty for rows, empty in readings)

    def _stretch(self, clusters: list[Cluster], gap_after: int | None) -> ClusterStretch:
        """Drop a final label that would be a row of one cell with unexplained line ends."""
        least = 2 * self._periods.cell
        while len(clusters) > 1 and not clusters[-1].value and (gap_after is None or gap_after < least):
            gap = clusters[-2].gap_after or 0
            if not self._periods.ends_row(gap):
                break
            clusters, gap_after = clusters[:-1], gap
        return ClusterStretch(clusters, gap_after)

    def _is_heading(self, at: int, before: int | None, continues: bool) -> bool:
        """Return whether a cluster is between tables: no row would begin or end like this."""
        cluster = self._clusters[at]
        after = cluster.gap_after
        if cluster.value or self._leads_to_number(at):
            return False
        leaves = before is None or not self._periods.decode(before)
        enters = after is None or not self._periods.decode(after)
        if (leaves and (enters or after in self._starts)) or (enters and before in self._ends):
            return True
        if section_serial(cluster.text) is None or before is None:
            return False
        return self._is_section_heading(before, after, leaves, continues)

    def _leads_to_number(self, at: int) -> bool:
        """Return whether cells of the same row follow, the first non-empty one a number."""
        after = self._clusters[at].gap_after
        if after is None or not self._clusters[at + 1].value:
            return False
        return any(rows == 0 for rows, _ in self._periods.decode(after))

    def _is_section_heading(self, before: int, after: int | None, leaves: bool, continues: bool) -> bool:
        # 三、… always begins a row: if the line ends would put it into the row before, they do not separate
        # cells.
        if all(rows == 0 for rows, _ in self._periods.decode(before)):
            return not leaves or after is None or self._periods.ends_row(after)
        if continues:  # 四、… below a row 三、…
            return False
        if after is None or not self._periods.decode(after) or after in self._starts:
            return True
        # A row of one cell: with none beside it, or below a row that would end in empty cells.
        if not self._periods.ends_row(after):
            return False
        plain = self._periods.cell + self._periods.row
        return before in self._ends or before != plain or (self._periods.shown and after == plain)
