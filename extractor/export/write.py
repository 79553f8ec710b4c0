"""Writes all outputs in one pass over the entries, and moves them into place when complete."""

import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Protocol

import msgspec
from msgspec import Struct, structs

from extractor.catalog import UNKNOWN, DocumentFacts, VersionIndex
from extractor.errors import Misused
from extractor.export.columns import TableOfBatch, load_tables
from extractor.export.in_place import Update, open_updates, signature_of
from extractor.export.rows import ROWS_OF_REPORT, Row, document_row, source_row, with_facts
from extractor.outcome import Outcome, Sighting
from extractor.report import Report

FORMATS = ("jsonl", "parquet", "lake", "duckdb", "sqlite", "csv", "xlsx")
DESCRIPTOR = "datapackage.json"

_ROWS_AT_ONCE = 20_000  # rows of a table that are held in memory at a time


class ExportEntry(Struct, frozen=True):
    """One document of the harvest: its outcome, and its report as JSON, b"" if there is none."""

    outcome: Outcome
    report: bytes
    facts: DocumentFacts = UNKNOWN  # facts about it from outside its report


class _TakesRows(Protocol):
    def rows(self, table: TableOfBatch, rows: list[Row]) -> None: ...


class Writer(Protocol):
    """Writes one format into a draft folder."""

    def report(self, data: bytes) -> None:
        """Write one report, given as a line of JSON."""

    def rows(self, table: TableOfBatch, rows: list[Row]) -> None:
        """Write the next rows of a table."""

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
    """Write tables and reports in the requested formats, and the Data Package descriptor.

    Args:
        entries: The documents, sorted by document: the order of all rows follows.
        sightings: Where they were found, sorted.
        out: The folder. Earlier outputs in these formats are replaced.
        formats: Names in FORMATS.
        crosswalk: The rows of `concepts`.
        versions: The versions kept by crawls, for `sources`.

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
    updates = open_updates(out, draft, formats)
    try:
        anew = [name for name in formats if name not in updates]
        written = _write_drafts(entries, _sources(sightings, versions), draft, anew, crosswalk, updates)
        return _put_in_place(draft, out, written, updates)
    finally:
        for update in updates.values():
            update.close()
        shutil.rmtree(draft, ignore_errors=True)


class _Written(Struct):
    files: list[str]  # draft files
    counts: dict[str, int]
    signatures: dict[str, str]  # digests of the documents
    tables: dict[str, str]  # digests of the tables that are replaced completely


def _write_drafts(
    entries: Iterable[ExportEntry],
    sources: Iterable[Row],
    draft: Path,
    formats: list[str],
    crosswalk: Iterable[Row],
    updates: Mapping[str, Update],
) -> _Written:
    writers = [make(draft) for make in _makers(formats)]
    anew = _RowBuffer(writers)
    later = [(update.known, _RowBuffer([update])) for update in updates.values()]
    rows_wanted = any(name != "jsonl" for name in formats)
    signatures: dict[str, str] = {}
    for entry in entries:
        signature = signature_of(entry.report, structs.replace(entry.outcome, seconds=0.0), entry.facts)
        document = entry.outcome.document
        signatures[document] = signature
        for writer in writers:
            if entry.report:
                writer.report(entry.report)
        buffers = [buffer for known, buffer in later if known.get(document) != signature]
        buffers += [anew] if rows_wanted else []
        for table, rows in _rows_of(entry) if buffers else ():
            for buffer in buffers:
                buffer.add(table, rows)
    tables: dict[str, str] = {}
    for table, whole in (("sources", list(sources)), ("concepts", list(crosswalk))):
        tables[table] = signature_of(whole)
        for buffer in (anew, *(buffer for _, buffer in later)):
            buffer.add(table, whole)
    for buffer in (anew, *(buffer for _, buffer in later)):
        buffer.flush()
    files = [name for writer in writers for name in writer.finish()]
    return _Written(files, anew.counts, signatures, tables)


def _rows_of(entry: ExportEntry) -> Iterator[tuple[str, list[Row]]]:
    """Yield the rows of a document by table."""
    report = _DECODER.decode(entry.report) if entry.report else None
    if report is not None and entry.facts is not UNKNOWN:
        report = with_facts(report, entry.facts)
    yield "documents", [document_row(entry.outcome, report, entry.facts)]
    if report is not None:
        for table, rows_of in ROWS_OF_REPORT.items():
            yield table, list(rows_of(entry.outcome.document, report))


def _sources(sightings: Iterable[Sighting], versions: VersionIndex | None) -> Iterator[Row]:
    met: Counter[str] = Counter()
    for sighting in sightings:
        kept = versions.at(sighting.place, sighting.document or "") if versions else None
        source, *rest = source_row(sighting, kept)
        met[source] += 1
        # A folder may have the name of an archive and contain a member's path: a.zip!/b.
        yield (source if met[source] == 1 else f"{source}#{met[source]}", *rest)


_DECODER = msgspec.json.Decoder(Report)


class _RowBuffer:
    """Collects rows and hands them to the writers in large groups."""

    def __init__(self, writers: Sequence[_TakesRows]) -> None:
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
    """Yield functions that make the writers; each writer's module is imported only if needed."""
    if "jsonl" in formats:
        from extractor.export.jsonl import JsonLines as Jsonl

        yield Jsonl
    if "parquet" in formats or "duckdb" in formats:
        from extractor.export.parquet import ParquetFiles, duckdb_after

        yield ParquetFiles if "duckdb" not in formats else duckdb_after(keep_parquet="parquet" in formats)
    if "lake" in formats:
        from extractor.export.parquet import flat_for_lake

        yield flat_for_lake
    if "sqlite" in formats:
        from extractor.export.sqlite import SqliteFile

        yield SqliteFile
    if "csv" in formats:
        from extractor.export.csv_files import CsvFiles

        yield CsvFiles
    if "xlsx" in formats:
        from extractor.export.xlsx import Workbook

        yield Workbook


def _put_in_place(draft: Path, out: Path, written: _Written, updates: Mapping[str, Update]) -> list[Path]:
    """Move the drafts into place. The descriptor is missing until all outputs are complete."""
    from extractor.export.datapackage import descriptor

    signatures = {**written.signatures, **written.tables}
    for name in written.files:
        if name in _REMEMBER:
            import_module(_REMEMBER[name]).remember(draft / name, signatures)
    (out / DESCRIPTOR).unlink(missing_ok=True)
    for update in updates.values():
        update.commit(signatures)
    for name in written.files:
        (draft / name).replace(out / name)
    if (draft / "flat").is_dir():
        import_module("extractor.export.lake").update_lake(draft, out, written.signatures)
    names = sorted([*written.files, *(f"reports.{name}" for name in updates)], key=_place)
    described = descriptor({name: out / name for name in names}, written.counts)
    (draft / DESCRIPTOR).write_bytes(described)
    (draft / DESCRIPTOR).replace(out / DESCRIPTOR)
    return [*(out / name for name in names), out / DESCRIPTOR]


# Order of the outputs in the descriptor, whether written anew or updated.
_ORDER = (".jsonl", ".parquet", ".duckdb", ".sqlite", ".csv", ".xlsx")


def _place(name: str) -> int:
    return _ORDER.index(Path(name).suffix)


# Databases that record their documents, and the module that does it.
_REMEMBER = {
    "reports.sqlite": "extractor.export.sqlite",
    "reports.duckdb": "extractor.export.duckdb_update",
}
