"""Compares a body with its peers: bodies of the same level, kind and scope, in the same year."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from statistics import quantiles

from msgspec import Struct

from extractor.site.holdings import HeldReport

LEAST_PEERS = 8  # with fewer peers, a rank means nothing

Number = Callable[[HeldReport], float | None]


class PeerPlace(Struct, frozen=True):
    """The rank of one number among those of its peers, including its own."""

    percentile: int  # percentage of the peers with less; those with the same number count half
    among: int
    quartiles: tuple[float, float, float]


def places_among_peers(reports: Iterable[HeldReport], number: Number) -> Mapping[str, PeerPlace]:
    """Return the rank of each report among its peers, by document; reports with too few peers are omitted.

    Only reports in use whose numbers were read with certainty are compared.
    """
    groups: dict[tuple[object, ...], list[tuple[str, float]]] = defaultdict(list)
    for report in reports:
        value = number(report)
        if report.is_sure and report.level and report.kind and value is not None:
            key = (report.year, report.level, report.kind, report.scope == "area")
            groups[key].append((report.document, value))
    return {
        document: place
        for group in groups.values()
        if len(group) >= LEAST_PEERS
        for document, place in _places(group)
    }


def _places(group: list[tuple[str, float]]) -> Iterable[tuple[str, PeerPlace]]:
    ordered = sorted(value for _, value in group)
    low, middle, high = quantiles(ordered, n=4, method="inclusive")
    for document, value in group:
        below, upto = bisect_left(ordered, value), bisect_right(ordered, value)
        share = (below + (upto - below) / 2) / len(ordered)
        yield document, PeerPlace(round(100 * share), len(ordered), (low, middle, high))
