"""Batches without reading: reports of invented numbers, written as the tables of a batch."""

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

from msgspec import Struct

from extractor.analysis import concept_rows
from extractor.catalog import HEAD_DECODER, KeptVersion, OtherSources, VersionIndex, facts_by_document
from extractor.cell_id import split_cell_id
from extractor.export import ExportEntry, write_outputs
from extractor.forms import load_form
from extractor.outcome import DocumentPlace, Outcome, Sighting
from extractor.report import CellValue, Issuer, Number, Publication, Report, SourceInfo, Verdict


class Invented(Struct, frozen=True):
    """One report of a batch."""

    agency: str | None
    year: int | None
    number: int = 1  # of new requests
    form: str = "2021"
    published: str | None = None
    verdict: Verdict = "verified"
    url: str | None = None
    code: str = "ok"


def document_of(one: Invented) -> str:
    """Return the id of the document that a report is written in."""
    return hashlib.sha256(repr(one).encode()).hexdigest()


def report_of(one: Invented) -> Report:
    """Return a report whose every number is told from one."""
    cells = {
        cell: CellValue(str(one.number + place), one.number + place, "read")
        for table in load_form(one.form).tables
        for place, cell in enumerate(table.cell_ids())
    }
    tables: dict[str, dict[str, dict[str, Number | None]]] = {}
    for cell, told in cells.items():
        table, row, column = split_cell_id(cell)
        tables.setdefault(table, {}).setdefault(row, {})[column] = told.value
    document = document_of(one)
    return Report(
        source=SourceInfo(f"{document[:8]}.html", "html", document, 1, one.url), title=None, year=one.year,
        form=one.form, issuer=Issuer(one.agency, one.agency), sections=(), tables=tables, cells=cells,
        other_tables=(), figures=(), checks=(), verdict=one.verdict, notices=(),
        published=Publication(one.published) if one.published else None,
    )  # fmt: skip


def write_batch(
    out: Path,
    reports: Iterable[Invented],
    told: OtherSources | None = None,
    formats: Sequence[str] = ("parquet",),
) -> Path:
    """Write the tables of a batch that has read these reports."""
    told = told or OtherSources()
    made = []
    for one in reports:
        place = DocumentPlace(f"{one.agency}{one.year}-{one.number}.html", url=one.url)
        ok = one.code == "ok"
        outcome = Outcome(document_of(one), one.code, place, 9, one.verdict if ok else None)
        made.append((outcome, report_of(one).to_json() if ok else b""))
    made.sort(key=lambda pair: pair[0].document)
    sightings = [Sighting(outcome.place, outcome.document, size=9) for outcome, _ in made]
    heads = [(o.document, HEAD_DECODER.decode(report) if report else None) for o, report in made]
    facts = facts_by_document(heads, sightings, told)
    out.mkdir(exist_ok=True)
    entries = [ExportEntry(outcome, report, facts[outcome.document]) for outcome, report in made]
    write_outputs(entries, sightings, out, formats, concept_rows(), VersionIndex(told.kept))
    return out


def kept(one: Invented, version: int = 1, *, gone_at: str | None = None) -> KeptVersion:
    """Return the line of a crawl's manifest for the address of a report."""
    assert one.url
    return KeptVersion(
        one.url, True, document_of(one), version=version, gone_at=gone_at, agency=one.agency, year=one.year
    )
