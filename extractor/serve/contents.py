"""The documents of a job as they were read, each with a unique name and with corrections applied."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from pathlib import PurePosixPath

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from extractor.batch import Harvest
from extractor.corrections import CellCorrection, load_corrections, with_corrections
from extractor.document_id import file_of, name_of_report
from extractor.outcome import OK, DocumentPlace, Outcome, Sighting
from extractor.report import Report
from extractor.serve.job_folder import DataFolder, JobFolder

_DECODER = msgspec.json.Decoder(Report)


class ReadDocument(Struct, frozen=True):
    """One document of a job, or a place where nothing could be opened (then without a digest)."""

    document: str | None  # SHA-256; None if there were no bytes to read
    name: str
    place: DocumentPlace
    code: str
    message: str = ""
    report: Report | None = None  # corrected, with the document's name
    copies: int = 1  # number of files with these bytes


def corrections_of(data: DataFolder) -> dict[str, dict[str, CellCorrection]]:
    """Return people's corrections; empty before the first one."""
    return load_corrections(data.corrections) if data.corrections.is_file() else {}


def contents_of(folder: JobFolder, only: Collection[str] | None = None) -> Iterator[ReadDocument]:
    """Yield the documents of a job, sorted by name.

    Args:
        folder: The folder of the job.
        only: The documents whose reports are wanted; None for all.
    """
    if not folder.journal.is_dir():
        return
    harvest = Harvest(folder.journal)
    corrections = corrections_of(folder.data)
    names = _names(folder, harvest.sightings)
    documents = [_read(outcome, data, names, corrections) for outcome, data in harvest.reports(only)]
    unopened = [
        ReadDocument(None, folder.name_of(str(each.place)), each.place, each.code, each.message)
        for each in harvest.sightings
        if each.document is None
    ]
    yield from sorted((*documents, *unopened), key=lambda each: each.name)


class _Name(Struct, frozen=True):
    name: str
    place: DocumentPlace
    copies: int


def _names(folder: JobFolder, sightings: Collection[Sighting]) -> dict[str, _Name]:
    """Return, for each document, the shortest unique name."""
    places: dict[str, list[DocumentPlace]] = {}
    for sighting in sightings:
        if sighting.document is not None:
            places.setdefault(sighting.document, []).append(sighting.place)
    first = {document: min(found, key=str) for document, found in places.items()}
    whole = {document: folder.name_of(str(place)) for document, place in first.items()}
    short = Counter(PurePosixPath(name).name for name in whole.values())
    taken: Counter[str] = Counter()
    named = {}
    for document, name in whole.items():
        own = PurePosixPath(name).name
        known = own if short[own] == 1 else name
        taken[known] += 1
        known = known if taken[known] == 1 else f"{known}#{taken[known]}"
        named[document] = _Name(known, first[document], len(places[document]))
    return named


def _read(
    outcome: Outcome,
    data: bytes,
    names: Mapping[str, _Name],
    corrections: Mapping[str, Mapping[str, CellCorrection]],
) -> ReadDocument:
    known = names[file_of(outcome.document)]
    name = name_of_report(known.name, outcome.document)
    report = None
    if outcome.code == OK and data:
        decoded = _DECODER.decode(data)
        named = replace(decoded, source=replace(decoded.source, name=name))
        report = with_corrections(named, corrections)
    return ReadDocument(
        outcome.document, name, known.place, outcome.code, outcome.message, report, known.copies
    )
