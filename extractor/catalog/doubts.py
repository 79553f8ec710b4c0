"""Lists agencies that may be the same but were not joined: a person decides, in the table of successions."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from itertools import combinations, takewhile

from msgspec import Struct

from extractor.identity import Agency

_ALIKE = 0.6  # least share of common characters of two names
_SAME_BEGINNING = 0.5  # least share of the shorter name that both begin with
_LEAST = 2
_MOST_CANDIDATES = 5


class Doubt(Struct, frozen=True):
    """Two agencies that may be the same."""

    agency_id: str | None  # null: an agency whose place is unknown
    name: str
    other_id: str
    other_name: str
    why: str


def find_doubts(seen: Iterable[tuple[Agency, str | None, int | None]]) -> list[Doubt]:
    """Return the pairs, sorted: agencies of one place never seen in one year, and names without a place.

    Args:
        seen: The agency of each report, its name as printed, and the year.
    """
    years: dict[str, set[int]] = defaultdict(set)
    agencies: dict[str, Agency] = {}
    lost: dict[str, str] = {}
    for agency, printed, year in seen:
        if agency.id is None:
            if printed:
                lost.setdefault(printed, agency.why)
            continue
        agencies.setdefault(agency.id, agency)
        if year is not None:
            years[agency.id].add(year)
    doubts = [*_alike(agencies, years), *_without_place(lost, agencies)]
    return sorted(doubts, key=lambda doubt: (doubt.agency_id or "", doubt.name, doubt.other_id))


def _alike(agencies: dict[str, Agency], years: dict[str, set[int]]) -> Iterator[Doubt]:
    by_place: dict[str, list[str]] = defaultdict(list)
    for agency_id in sorted(agencies):
        by_place[agency_id.partition("-")[0]].append(agency_id)
    for ids in by_place.values():
        for one, other in combinations(ids, 2):
            if years[one] & years[other] or agencies[one].id_today == agencies[other].id_today:
                continue
            if _are_alike(one.partition("-")[2], other.partition("-")[2]):
                names = [agencies[each].name or each for each in (one, other)]
                yield Doubt(one, names[0], other, names[1], "同一地方，名称相近，没有同一年的报告")


def _are_alike(one: str, other: str) -> bool:
    beginning = sum(1 for _ in takewhile(bool, map(str.__eq__, one, other)))
    if beginning >= _LEAST and beginning >= min(len(one), len(other)) * _SAME_BEGINNING:
        return True
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _ALIKE


def _without_place(lost: dict[str, str], agencies: dict[str, Agency]) -> Iterator[Doubt]:
    for name, why in lost.items():
        bare = name.lstrip("省市县区旗州盟")
        names = {agency_id: agency.name or agency_id for agency_id, agency in sorted(agencies.items())}
        fitting = [agency_id for agency_id, full in names.items() if full.endswith(bare)]
        for agency_id in fitting[:_MOST_CANDIDATES]:
            yield Doubt(None, name, agency_id, names[agency_id], why)
