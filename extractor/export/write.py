"""Writes the outputs in one pass over the entries, and puts them in place when all are whole."""

import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Protocol

import msgspec
from msgspec import Struct

from extractor.catalog import UNKNOWN, DocumentFacts, VersionIndex
from extractor.errors import Misused
from extractor.export.columns import TableOfBatch, load_tables
from extractor.export.rows import ROWS_OF_REPORT, Row, document_row, source_row, with_facts
from extractor.outcome import Outcome, Sighting
from extractor.report import Report

FORMATS = ("jsonl", "parquet", "duckdb", "sqlite", "csv", "xlsx")
DESCRIPTOR = "datapackage.json"

_ROWS_AT_ONCE = 20_000  # of a table; what a pass holds in memory


class ExportEntry(Struct, frozen=True):
    """One document of the harvest: its outcome, and its report as JSON, b"" if there is none."""

    outcome: Outcome
    report: bytes
    facts: DocumentFacts = UNKNOWN  # what is known of it beside its report


class Writer(Protocol):
    """Writes one format into a draft folder."""

    def report(self, data: bytes) -> None:
        """Take one report as a line of JSON."""

    def rows(self, table: TableOfBatch, rows: list[Row]) -> None:
        """Take the next rows of a table."""

    def finish(self) -> list[str]:
        """Close the files and return their names."""


def write_outputs(
    entries: Iterable[ExportEntry],
    sightings: Iterable[Sighting],
    out: Path,
    formats: Iterable[str],
    crosswalk: Iterable[Row] = (),
    versions: VersionIndex | None = None,
) -> list[Path]:
    """Write the tables and reports in the formats asked for, and the descriptor of the Data Package.

    Args:
        entries: The documents, sorted by document: the order of all rows follows.
        sightings: Where they were found, sorted.
        out: The folder. What an earlier call wrote in these formats is replaced.
        formats: Of FORMATS.
        crosswalk: The rows of `concepts`.
        versions: What the crawls kept, for `sources`.

    Returns:
        The files, the descriptor last.

    Raises:
        Misused: A format is unknown.
        MissingDependency: A format needs a package that is not installed.
        OSError: The disk is full or the folder cannot be written to.
    """
    formats = list(dict.fromkeys(formats))
    if unknown := [name for name in formats if name not in FORMATS]:
        raise Misused(f"没有输出格式 {'、'.join(unknown)}；可用的是 {'、'.join(FORMATS)}")
    draft = out / ".journal" / "draft"
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    try:
        files, counts = _write_drafts(entries, _sources(sightings, versions), draft, formats, crosswalk)
        return _put_in_place(draft, out, files, counts)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _write_drafts(
    entries: Iterable[ExportEntry],
    sources: Iterable[Row],
    draft: Path,
    formats: list[str],
    crosswalk: Iterable[Row],
) -> tuple[list[str], dict[str, int]]:
    writers = [make(draft) for make in _makers(formats)]
    pass_on = _RowBuffer(writers)
    for entry in entries:
        report = _DECODER.decode(entry.report) if entry.report else None
        for writer in writers:
            if entry.report:
                writer.report(entry.report)
        facts = entry.facts
        if report is not None and facts is not UNKNOWN:
            report = with_facts(report, facts)
        pass_on.add("documents", [document_row(entry.outcome, report, facts)])
        if report is not None:
            for table, rows_of in ROWS_OF_REPORT.items():
                pass_on.add(table, rows_of(entry.outcome.document, report))
    pass_on.add("sources", sources)
    pass_on.add("concepts", crosswalk)
    pass_on.flush()
    files = [name for writer in writers for name in writer.finish()]
    return files, pass_on.counts


def _sources(sightings: Iterable[Sighting], versions: VersionIndex | None) -> Iterator[Row]:
    for sighting in sightings:
        kept = versions.at(sighting.place, sighting.document or "") if versions else None
        yield source_row(sighting, kept)


_DECODER = msgspec.json.Decoder(Report)


class _RowBuffer:
    """Collects rows and hands them to the writers in large groups."""

    def __init__(self, writers: list[Writer]) -> None:
        self._writers = writers
        self._tables = load_tables()
        self._waiting: dict[str, list[Row]] = {table: [] for table in self._tables}
        self.counts = dict.fromkeys(self._tables, 0)

    def add(self, table: str, rows: Iterable[Row]) -> None:
        waiting = self._waiting[table]
        waiting.extend(rows)
        if len(waiting) >= _ROWS_AT_ONCE:
            self._pass_on(table)

    def flush(self) -> None:
        for table in self._tables:
            self._pass_on(table)

    def _pass_on(self, table: str) -> None:
        rows, self._waiting[table] = self._waiting[table], []
        self.counts[table] += len(rows)
        for writer in self._writers:
            writer.rows(self._tables[table], rows)


def _makers(formats: list[str]) -> Iterator[Callable[[Path], Writer]]:
    """Yield the makers of the writers. Each writer's module is loaded only where it is asked for."""
    if "jsonl" in formats:
        from extractor.export.jsonl import JsonLines as Jsonl

        yield Jsonl
    if "parquet" in formats or "duckdb" in formats:
        from extractor.export.parquet import ParquetFiles, duckdb_after

        yield ParquetFiles if "duckdb" not in formats else duckdb_after(keep_parquet="parquet" in formats)
    if "sqlite" in formats:
        from extractor.export.sqlite import SqliteFile

        yield SqliteFile
    if "csv" in formats:
        from extractor.export.csv_files import CsvFiles

        yield CsvFiles
    if "xlsx" in formats:
        from extractor.export.xlsx import Workbook

        yield Workbook


def _put_in_place(draft: Path, out: Path, files: list[str], counts: dict[str, int]) -> list[Path]:
    """Move the drafts to their places. While the descriptor is missing, the outputs are not yet whole."""
    from extractor.export.datapackage import descriptor

    described = descriptor(draft, files, counts)
    (out / DESCRIPTOR).unlink(missing_ok=True)
    for name in files:
        (draft / name).replace(out / name)
    (draft / DESCRIPTOR).write_bytes(described)
    (draft / DESCRIPTOR).replace(out / DESCRIPTOR)
    return [*(out / name for name in files), out / DESCRIPTOR]
