"""The state of each body and year: published, unreadable, withdrawn, not found, not searched."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Literal

from msgspec import Struct

from extractor.coverage.holdings import Line
from extractor.coverage.roster import RosterBody
from extractor.crawl.words import plain
from extractor.identity import identify
from extractor.patterns import kept_pattern

State = Literal["published", "unreadable", "withdrawn", "not_found", "not_looked"]
STATES: dict[State, str] = {
    "published": "已公布",
    "unreadable": "取不到",
    "withdrawn": "已撤下",
    "not_found": "没找到",
    "not_looked": "没去找",
}
_MOST_PLACES = 5
_UNREAD = frozenset({"unexplored", "left", "needs_browser", "challenge", "blocked"})


class CoverageCell(Struct, frozen=True):
    """One body in one year."""

    name: str
    region_code: str
    agency_id: str | None
    year: int
    state: State
    published: str = ""  # first known day of publication
    versions: int = 0
    formats: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    note: str = ""  # why it is unreadable, when it was withdrawn, or which pages were searched


class Coverage(Struct, frozen=True):
    """All cells, and the reports in the archives that belong to no body of the roster."""

    years: tuple[int, ...]
    cells: tuple[CoverageCell, ...]
    unlisted: tuple[str, ...]  # "agency year", without duplicates
    unnamed: int  # reports without an agency or a year

    def counts(self) -> dict[State, int]:
        """Return how many cells are in each state."""
        found = Counter(cell.state for cell in self.cells)
        return {state: found[state] for state in STATES}


def assess(bodies: Sequence[RosterBody], years: Sequence[int], lines: Iterable[Line]) -> Coverage:
    """Determine the state of every body and year from the lines of the crawl manifests."""
    found = _LinesByBody(bodies)
    for line in lines:
        found.take(line)
    cells = tuple(found.cell(number, year) for number in range(len(bodies)) for year in years)
    return Coverage(tuple(years), cells, tuple(sorted(found.unlisted)), found.unnamed)


class _LinesByBody:
    """The lines by the body and the year that they belong to."""

    def __init__(self, bodies: Sequence[RosterBody]) -> None:
        self._bodies = bodies
        self._codes = _codes_of_sites(bodies)
        self._by_id = {body.agency_id: n for n, body in reversed(list(enumerate(bodies))) if body.agency_id}
        self._by_site: dict[str, list[int]] = defaultdict(list)
        for n, body in enumerate(bodies):
            self._by_site[body.site].append(n)
        self._lines: dict[tuple[int, int], list[Line]] = defaultdict(list)
        self._places: dict[str, list[Line]] = defaultdict(list)
        self._unread: Counter[str] = Counter()
        # reports of bodies that are not in the roster
        self._strange: Counter[tuple[str, int | None]] = Counter()
        self._visited: set[int] = set()
        self.unlisted: set[str] = set()
        self.unnamed = 0

    def take(self, line: Line) -> None:
        """Assign a line to its body and year."""
        year = line.of_year
        number = self._body_of(line)
        if number is not None:
            self._visited.add(number)
        if line.looked:
            self._places[line.site].append(line)
        elif line.outcome in _UNREAD and (number is None or not line.lost_report):
            self._unread[line.site] += 1
        if not line.taken and not line.lost_report:
            return
        if number is None and line.taken:
            self._strange[line.site, year] += 1
        if number is not None and year is not None:
            self._lines[number, year].append(line)
        elif line.taken and line.who and year is not None:
            self.unlisted.add(f"{line.who} {year}")
        elif line.taken:
            self.unnamed += 1

    def _body_of(self, line: Line) -> int | None:
        """Return the body named in a line, by its id, else by its name on its own site."""
        if not line.who:
            return None
        told = _id_of(line.who, line.of_year, line.url, self._codes.get(line.site))
        number = self._by_id.get(told) if told else None
        return number if number is not None else self._by_name(line)

    def _by_name(self, line: Line) -> int | None:
        """Return the only body of the line's site with the same name, ignoring place prefixes."""
        fits = [n for n in self._by_site.get(line.site, ()) if _same(self._bodies[n].name, line.who)]
        return fits[0] if len(fits) == 1 else None

    def cell(self, number: int, year: int) -> CoverageCell:
        """Return the state of a body in a year."""
        body, lines = self._bodies[number], self._lines.get((number, year), [])
        taken = [line for line in lines if line.taken]
        there = [line for line in taken if not line.gone_at]
        if taken:
            return _published(body, year, taken, there)
        if lines:
            why = "；".join(
                dict.fromkeys(f"{line.outcome}{f'（{line.note}）' if line.note else ''}" for line in lines)
            )
            return _cell(body, year, "unreadable", lines, note=why)
        if number in self._visited or body.site in self._places:
            return _cell(body, year, "not_found", [], note=self._where(body, year))
        return _cell(body, year, "not_looked", [])

    def _where(self, body: RosterBody, year: int) -> str:
        """Return the pages searched for a body's reports; its own columns come first."""
        site = body.site
        places = sorted(self._places.get(site, []), key=lambda line: _bare(line.unit) != _bare(body.name))
        columns = [line.url for line in places if not line.taken] or [line.url for line in places]
        told = "、".join(dict.fromkeys(columns[:_MOST_PLACES])) or "别处的栏目"
        unread, strange = self._unread[site], self._strange[site, year] + self._strange[site, None]
        rest = [f"这个网站还有 {unread} 处没能读"] if unread else []
        rest += [f"另有 {strange} 个年报文件不知属于名录上的谁"] if strange else []
        return "；".join([f"看过 {told}", *rest])


def _published(body: RosterBody, year: int, taken: list[Line], there: list[Line]) -> CoverageCell:
    lines = there or taken
    days = [line.published for line in lines if line.published]
    gone = max((line.gone_at for line in taken), default="")
    cell = _cell(body, year, "published" if there else "withdrawn", lines)
    versions = len({(line.url, line.version) for line in lines if line.edition not in ("part",)})
    return CoverageCell(
        *(cell.name, cell.region_code, cell.agency_id, year, cell.state),
        published=min(days, default=""),
        versions=max((line.version or 1 for line in lines), default=versions),
        formats=tuple(sorted({line.edition for line in lines if line.edition})),
        addresses=cell.addresses,
        note="" if there else f"{gone[:10]} 已经不在",
    )


def _cell(body: RosterBody, year: int, state: State, lines: list[Line], note: str = "") -> CoverageCell:
    addresses = tuple(dict.fromkeys(line.url for line in lines))
    return CoverageCell(
        body.name, body.region_code, body.agency_id, year, state, addresses=addresses, note=note
    )


def _codes_of_sites(bodies: Sequence[RosterBody]) -> dict[str, str]:
    """Return the region of each site all of whose bodies are in one region."""
    codes: dict[str, set[str]] = defaultdict(set)
    for body in bodies:
        if body.site and body.region_code:
            codes[body.site].add(body.region_code)
    return {site: next(iter(found)) for site, found in codes.items() if len(found) == 1}


@cache
def _id_of(name: str, year: int | None, url: str, code: str | None) -> str | None:
    return identify(name, year, url=url, region_code=code, told_by="manifest").id


def _bare(name: str) -> str:
    return plain(name).removesuffix("人民政府")


def _same(one: str, other: str) -> bool:
    """Return whether two names on one site mean the same body, ignoring place prefixes.

    >>> _same("县教育局", "青沅县教育局"), _same("教育局", "青沅县体育局")
    (True, False)
    """
    longer, shorter = sorted((_without_rank(one), _without_rank(other)), key=len, reverse=True)
    place = longer.removesuffix(shorter)
    return longer == shorter or (bool(shorter) and place != longer and place.endswith(tuple("省市县区旗州")))


def _without_rank(name: str) -> str:
    return kept_pattern("^[省市县区旗州](?=..)").sub("", _bare(name))
