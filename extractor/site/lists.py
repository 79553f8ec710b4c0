"""The pages with lists: start page, regions, errors and doubts, changes, search, data."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from msgspec import Struct

from extractor.export import load_tables
from extractor.site.data_files import DataFile
from extractor.site.describe import AboutSite
from extractor.site.history import SiteHistory
from extractor.site.holdings import HeldReport, Holdings, RegisteredBody, file_key
from extractor.site.pages import Pages

_CHANGES_SHOWN = 1000


class RegionList(Struct, frozen=True):
    """A province with its bodies; its name is "" if unknown."""

    name: str
    page: str
    bodies: tuple[RegisteredBody, ...]
    reports: int

    def by_prefecture(self) -> list[tuple[str, list[RegisteredBody]]]:
        """Return the bodies grouped by prefecture."""
        trees: dict[str, list[RegisteredBody]] = defaultdict(list)
        for body in self.bodies:
            trees[body.prefecture or ""].append(body)
        return sorted(trees.items())


class DoubtList(Struct, frozen=True):
    """The reports of a province that are not verified."""

    name: str
    page: str
    reports: tuple[HeldReport, ...]

    def count(self, year: int | None) -> int:
        """Return how many there are for a year."""
        return sum(report.year == year for report in self.reports)


def draw_lists(
    pages: Pages, held: Holdings, files: tuple[DataFile, ...], history: SiteHistory, about: AboutSite
) -> None:
    """Write the pages with lists."""
    regions = _regions(held)
    verdicts = sorted(Counter(report.verdict for report in held.reports).items())
    by_year = Counter(report.year for report in held.reports)
    pages.write("index.html", "index.html", held=held, verdicts=verdicts, by_year=by_year, regions=regions)
    for region in regions:
        pages.write(region.page, "region.html", region=region, years=held.years)
    doubts = _doubts(held)
    years = [*held.years, *([None] if by_year[None] else [])]
    pages.write("doubts.html", "doubts.html", doubts=doubts, years=years)
    for doubt in doubts:
        pages.write(doubt.page, "reports.html", title=_doubt_title(doubt), reports=doubt.reports)
    nameless = ("说不出是哪个机关的报告", "Reports of which nobody can tell whose they are")
    pages.write("nameless.html", "reports.html", title=nameless, reports=held.nameless())
    shown = sorted(history.changes, key=lambda change: -change.build)[:_CHANGES_SHOWN]
    there = {report.document for report in held.reports}
    pages.write("changes.html", "changes.html", history=history, shown=shown, there=there)
    pages.write("search.html", "search.html")
    pages.write("data.html", "data.html", files=files, about=about, tables=load_tables())
    pages.write("codebook.html", "codebook.html", tables=load_tables().values())


def _doubt_title(doubt: DoubtList) -> tuple[str, str]:
    return (
        f"差错和疑问：{doubt.name or '地区未知'}",
        f"Errors and doubts: {doubt.name or 'region unknown'}",
    )


def _regions(held: Holdings) -> list[RegionList]:
    found: dict[str, list[RegisteredBody]] = defaultdict(list)
    for body in held.bodies:
        found[body.province or ""].append(body)
    return [
        RegionList(
            name,
            bodies[0].region_page,
            tuple(bodies),
            sum(len(body.reports) for body in bodies),
        )
        for name, bodies in sorted(found.items())
    ]


def _doubts(held: Holdings) -> list[DoubtList]:
    found: dict[str, list[HeldReport]] = defaultdict(list)
    for report in _in_order(report for report in held.reports if report.verdict != "verified"):
        found[report.province or ""].append(report)
    return [
        DoubtList(name, f"doubts/{file_key(name)}.html", tuple(reports))
        for name, reports in sorted(found.items())
    ]


def _in_order(reports: Iterable[HeldReport]) -> list[HeldReport]:
    return sorted(reports, key=lambda report: (report.year or 0, report.agency or "", report.document))
