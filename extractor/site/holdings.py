"""The contents of a batch for the pages: bodies by region, and reports by year."""

import hashlib
from collections.abc import Iterable

from msgspec import Struct

from extractor.analysis import Tables
from extractor.forms import load_forms
from extractor.patterns import kept_pattern
from extractor.site.measured import Measures, measures_of

_PLAIN = kept_pattern(r"\w[\w-]{0,29}")
_REPORTS = """
SELECT documents.document, agency_id, agency, province, prefecture, level, kind, scope, year, edition, title,
       name, format, verdict, url, change, coalesce(version, 1) AS version,
       coalesce(published, strftime(retrieved_at, '%Y-%m-%d')) AS dated, published,
       withdrawn_at IS NOT NULL AS withdrawn,
       document IN (SELECT document FROM reports_used) AS used
FROM documents WHERE code = 'ok' ORDER BY document
"""
_UNREAD = "SELECT code, count(*) AS documents FROM documents WHERE code <> 'ok' GROUP BY code ORDER BY code"


class HeldReport(Struct, frozen=True):
    """One report of the batch; None for unknown fields."""

    document: str
    agency_id: str | None
    agency: str | None
    province: str | None
    prefecture: str | None
    level: str | None
    kind: str | None
    scope: str | None  # "own" or "area"
    year: int | None
    edition: str | None
    title: str | None
    name: str
    format: str
    verdict: str
    url: str | None
    change: str | None  # how it differs from the previous version at its address
    version: int
    dated: str | None  # date of publication, or else of retrieval
    published: str | None
    withdrawn: bool
    used: bool  # whether its numbers are used, among the reports of a body and year
    measures: Measures = Measures()

    @property
    def year_or_0(self) -> int:
        """Its year, for sorting."""
        return self.year or 0

    @property
    def received(self) -> float | None:
        """Number of new requests in the year."""
        return self.measures.received

    @property
    def is_sure(self) -> bool:
        """Whether its numbers are used and were all read with certainty."""
        return self.used and self.verdict in ("verified", "inconsistent")

    def place_of(self, code: str) -> str | None:
        """Return the cell with the meaning of a code; None unless its edition has exactly one."""
        form = next((form for form in load_forms() if form.id == self.edition), None)
        place = form.figures.get(code) if form else None
        return place if place and "*" not in place else None

    @property
    def page(self) -> str:
        """The address of its page in the site."""
        return f"report/{self.document}.html"


class RegisteredBody(Struct, frozen=True):
    """A body with its reports, sorted by year."""

    id: str
    key: str  # its id as a file name
    name: str
    province: str | None
    prefecture: str | None
    reports: tuple[HeldReport, ...]

    @property
    def page(self) -> str:
        """The address of its page in the site."""
        return f"agency/{self.key}.html"

    @property
    def region_page(self) -> str:
        """The address of the page of its province."""
        return f"region/{file_key(self.province or '')}.html"

    def used(self) -> dict[int, HeldReport]:
        """Return the report used for each year."""
        return {report.year: report for report in self.reports if report.used and report.year is not None}


class Holdings(Struct, frozen=True):
    """Everything that the pages list."""

    reports: tuple[HeldReport, ...]
    bodies: tuple[RegisteredBody, ...]
    unread: tuple[tuple[str, int], ...]  # pairs of failure code and number of documents
    years: tuple[int, ...]  # every year from first to last, including those without a report

    def nameless(self) -> tuple[HeldReport, ...]:
        """Return the reports whose agency is unknown; they are never grouped."""
        return tuple(report for report in self.reports if report.agency_id is None)


def holdings_of(tables: Tables) -> Holdings:
    """Return what a batch holds."""
    measures = measures_of(tables)
    reports = tuple(
        HeldReport(**row, measures=measures.get(row["document"], Measures()))
        for row in tables.query(_REPORTS).to_pylist()
    )
    unread = tuple((row["code"], row["documents"]) for row in tables.query(_UNREAD).to_pylist())
    told = [report.year for report in reports if report.year is not None]
    years = tuple(range(min(told), max(told) + 1)) if told else ()
    return Holdings(reports, tuple(_bodies(reports)), unread, years)


def _bodies(reports: Iterable[HeldReport]) -> Iterable[RegisteredBody]:
    of_body: dict[str, list[HeldReport]] = {}
    for report in reports:
        if report.agency_id is not None:
            of_body.setdefault(report.agency_id, []).append(report)
    for agency, held in sorted(of_body.items()):
        held.sort(key=lambda report: (report.year or 0, report.document))
        newest = held[-1]
        yield RegisteredBody(
            agency, file_key(agency), newest.agency or agency, newest.province, newest.prefecture, tuple(held)
        )


def file_key(name: str) -> str:
    """Return a name as a file name: unchanged if it is plain and short, else with a digest.

    >>> file_key("大竹县-教育局"), file_key("../x")
    ('大竹县-教育局', 'x-d6b96a97d147daaae49eb87a')
    """
    return name if _PLAIN.fullmatch(name) else f"x-{hashlib.sha256(name.encode()).hexdigest()[:24]}"
