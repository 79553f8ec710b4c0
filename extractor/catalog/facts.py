"""Combines the facts that report, list, manifest, address and site give about each document.

The report has precedence. Other sources fill in what it lacks; `given` lists what came from the user's list.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

import msgspec
from msgspec import Struct, structs

from extractor.catalog.given import GivenLine, GivenList
from extractor.catalog.manifests import KeptVersion
from extractor.document import NOWHERE, Locator
from extractor.document_id import file_of
from extractor.identity import Agency, By, Succession, apply_successions, identify, tells_rank
from extractor.outcome import DocumentPlace, Sighting
from extractor.report import Issuer, Publication


class _Origin(Struct, frozen=True):
    url: str | None = None


class ReportHead(Struct, frozen=True):
    """The fields of a report that identify agency and year; everything else is skipped when decoding."""

    issuer: Issuer
    source: _Origin
    year: int | None = None
    published: Publication | None = None


HEAD_DECODER = msgspec.json.Decoder(ReportHead)


class OtherSources(Struct, frozen=True):
    """Facts from other sources than the reports."""

    kept: tuple[KeptVersion, ...] = ()
    given: GivenList | None = None
    successions: tuple[Succession, ...] = ()


class DocumentFacts(Struct, frozen=True):
    """The facts known about one document."""

    agency: Agency
    printed: str | None  # the agency's name in the report, else from other sources
    year: int | None
    published: str | None = None
    published_by: str | None = None  # as of Publication, or "crawl"
    published_at: Locator = NOWHERE
    url: str | None = None
    version: int | None = None  # number of its version at its address, as counted by the crawl
    change: str | None = None
    withdrawn_at: str | None = None  # when its last address was found to be gone
    superseded_by: str | None = None  # the document at its address today
    given: tuple[str, ...] = ()  # columns filled from the user's list


UNKNOWN = DocumentFacts(identify(None, None), None, None)


def facts_by_document(
    heads: Iterable[tuple[str, ReportHead | None]], sightings: Iterable[Sighting], told: OtherSources
) -> dict[str, DocumentFacts]:
    """Return the facts about each document, including those without a report."""
    places: dict[str, list[DocumentPlace]] = defaultdict(list)
    for sighting in sightings:
        if sighting.document:
            places[sighting.document].append(sighting.place)
    versions = VersionIndex(told.kept)
    facts = {
        document: _facts_of(file_of(document), head, places.get(file_of(document), []), versions, told)
        for document, head in heads
    }
    return _with_site(facts, told)


class VersionIndex:
    """The versions of each address, found by record or by bytes."""

    def __init__(self, kept: Iterable[KeptVersion]) -> None:
        """Index the versions."""
        self._by_record: dict[str, KeptVersion] = {}
        self._by_bytes: dict[tuple[str, str], KeptVersion] = {}
        self._newest: dict[str, KeptVersion] = {}
        for each in kept:
            self._by_record[each.record_id.strip("<>").removeprefix("urn:uuid:")] = each
            self._by_bytes[each.url, each.sha256] = each
            newest = self._newest.get(each.url)
            if newest is None or each.version >= newest.version:
                self._newest[each.url] = each

    def at(self, place: DocumentPlace, document: str) -> KeptVersion | None:
        """Return the version at a place."""
        record = (place.member or "").partition("/")[0]
        return self._by_bytes.get((place.url or "", document)) or self._by_record.get(record)

    def newest(self, version: KeptVersion) -> KeptVersion:
        """Return the version at the address today."""
        return self._newest[version.url]


def _facts_of(
    document: str,
    head: ReportHead | None,
    places: list[DocumentPlace],
    versions: VersionIndex,
    told: OtherSources,
) -> DocumentFacts:
    kept = [version for place in places if (version := versions.at(place, document))]
    line = next((line for place in places if told.given and (line := told.given.line_for(place))), None)
    issuer = head.issuer if head else Issuer()
    url = (head.source.url if head else None) or next((place.url for place in places if place.url), None)
    if url is None and line and line.file:
        url = line.url
    given = line or GivenLine()
    told_by_crawl = next((each for each in kept if each.agency), None)
    year = (
        (head.year if head else None) or given.year or next((each.year for each in kept if each.year), None)
    )
    name = issuer.name or issuer.printed or given.agency or (told_by_crawl.agency if told_by_crawl else None)
    agency = _agency(name, year, issuer, url, given, told_by_crawl)
    best = max(kept, key=lambda each: each.version, default=None)
    return DocumentFacts(
        agency=apply_successions(agency, told.successions),
        printed=name,
        year=year,
        url=url,
        version=best.version if best else None,
        change=best.change if best else None,
        given=_given(given, head, issuer, name, url, agency),
        **_standing(document, kept, versions),
        **_publication(head.published if head else None, kept),
    )


def _publication(told: Publication | None, kept: list[KeptVersion]) -> dict[str, Any]:
    """Return the day of publication with what tells it and where: the source, else the crawl."""
    if told is not None:
        return {"published": told.date, "published_by": told.told_by, "published_at": told.locator}
    days = [each.published for each in kept if each.published]
    return {"published": min(days), "published_by": "crawl"} if days else {}


def _given(
    line: GivenLine,
    head: ReportHead | None,
    issuer: Issuer,
    name: str | None,
    url: str | None,
    agency: Agency,
) -> tuple[str, ...]:
    """Return the columns filled from the user's list."""
    filled = {
        "agency": line.agency is not None and not (issuer.name or issuer.printed) and name == line.agency,
        "year": line.year is not None and not (head and head.year),
        "region_code": line.region is not None and agency.region_by == "given",
        "url": line.url is not None and line.file is not None and url == line.url,
    }
    return tuple(column for column, is_given in filled.items() if is_given)


def _agency(
    name: str | None,
    year: int | None,
    issuer: Issuer,
    url: str | None,
    given: GivenLine,
    crawled: KeptVersion | None,
) -> Agency:
    """Return the agency; the list, then the manifest, fill in what the report lacks."""
    agency = identify(name, year, hints=issuer.region or "", url=url, region_code=issuer.region_code)
    if agency.id is not None:
        return agency
    codes: list[tuple[str | None, By]] = [(given.region, "given")]
    if given.agency:
        codes.append((identify(given.agency, year, region_code=given.region).region_code, "given"))
    if crawled is not None:
        codes.append((identify(crawled.agency, year, url=crawled.url).region_code, "manifest"))
    for code, by in codes:
        if code and (found := identify(name, year, region_code=code, told_by=by)).id is not None:
            return found
    return agency


def _standing(document: str, kept: list[KeptVersion], versions: VersionIndex) -> dict[str, Any]:
    """Return whether all addresses of a document have vanished, or now serve another version."""
    newest = [versions.newest(each) for each in kept]
    gone = [each.gone_at for each in newest if each.gone_at]
    others = [each.sha256 for each in newest if each.sha256 != document]
    return {
        "withdrawn_at": max(gone) if kept and len(gone) == len(kept) else None,
        "superseded_by": others[0] if kept and len(others) == len(kept) else None,
    }


def _with_site(facts: dict[str, DocumentFacts], told: OtherSources) -> dict[str, DocumentFacts]:
    """Give agencies without a known place the place of the other reports on their site."""
    seen: dict[str, dict[str, set[str | None]]] = defaultdict(lambda: defaultdict(set))
    for each in facts.values():
        host, agency = _host(each.url), each.agency
        if host and agency.region_code and agency.region_by in ("name", "given", "manifest"):
            seen[host][agency.region_code_today or agency.region_code].add(agency.id)
    return {document: _placed(each, seen, told) for document, each in facts.items()}


def _placed(
    facts: DocumentFacts, seen: Mapping[str, Mapping[str, set[str | None]]], told: OtherSources
) -> DocumentFacts:
    of_site = seen.get(_host(facts.url) or "", {})
    if facts.agency.id is not None or len(of_site) != 1:
        return facts
    ((code, agencies),) = of_site.items()
    # 县教育局 gives the rank of its place; 教育局 alone may be hosted on another agency's site.
    if len(agencies) < 2 and not tells_rank(facts.printed):
        return facts
    agency = identify(facts.printed, facts.year, region_code=code, told_by="site")
    if agency.id is None:
        return facts
    return structs.replace(facts, agency=apply_successions(agency, told.successions))


def _host(url: str | None) -> str | None:
    return urlsplit(url).hostname if url and "//" in url else None
