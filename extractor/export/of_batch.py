"""Combines each report of a batch with facts from other sources, and writes the outputs."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from extractor.catalog import HEAD_DECODER, OtherSources, VersionIndex, facts_by_document
from extractor.export.rows import Row
from extractor.export.write import ExportEntry, write_outputs
from extractor.outcome import Outcome, Sighting

Reports = Callable[[], Iterator[tuple[Outcome, bytes]]]


def write_batch(
    reports: Reports,
    sightings: Sequence[Sighting],
    out: Path,
    formats: Iterable[str],
    told: OtherSources,
    crosswalk: Iterable[Row] = (),
) -> list[Path]:
    """Write the outputs of a batch; see write_outputs().

    Args:
        reports: Yields each outcome with its report, sorted by document; called twice.
        sightings: Where the documents were found.
        out: The folder.
        formats: Names in FORMATS.
        told: Facts about the documents from other sources.
        crosswalk: The rows of `concepts`.
    """
    heads = ((outcome.document, HEAD_DECODER.decode(data) if data else None) for outcome, data in reports())
    facts = facts_by_document(heads, sightings, told)
    entries = (ExportEntry(outcome, data, facts[outcome.document]) for outcome, data in reports())
    return write_outputs(entries, sightings, out, formats, crosswalk, VersionIndex(told.kept))
