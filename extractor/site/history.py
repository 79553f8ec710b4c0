"""The changes between builds of a site: when each report was first and last seen, and changed numbers."""

import csv
import hashlib
from collections.abc import Iterable
from pathlib import Path

import msgspec
from msgspec import Struct

from extractor.analysis import Tables
from extractor.export import harmless, parquet_at
from extractor.patterns import kept_pattern
from extractor.site.data_files import DATA, DataFile
from extractor.site.holdings import Holdings

MARK = "site.json"  # a folder with this file is a site of this program and may be replaced
_DOCUMENT = kept_pattern(r"[0-9a-f]{64}")
# Cells that differ from the build before: the report was replaced, or read differently.
_CHANGED = r"""
SELECT p.old AS old_document, p.new AS new_document, coalesce(o."table", n."table") || '.' ||
       coalesce(o."row", n."row") || '.' || coalesce(o."column", n."column") AS cell,
       o.raw AS old_raw, n.raw AS new_raw,
       regexp_replace(CAST(o.value AS VARCHAR), '\.?0+$', '') AS old_value,
       regexp_replace(CAST(n.value AS VARCHAR), '\.?0+$', '') AS new_value
FROM (SELECT pairs.*, c.* FROM pairs JOIN old_cells c ON c.document = pairs.old) o
FULL JOIN (SELECT pairs.*, c.* FROM pairs JOIN cells c ON c.document = pairs.new) n
  ON o.old = n.old AND o."table" = n."table" AND o."row" = n."row" AND o."column" = n."column"
JOIN pairs p ON p.old = coalesce(o.old, n.old)
WHERE o.value IS DISTINCT FROM n.value OR o.raw IS DISTINCT FROM n.raw OR o.state IS DISTINCT FROM n.state
ORDER BY ALL
"""


class SiteBuild(Struct, frozen=True):
    """One build; building again from the same data does not count as a new one."""

    number: int
    digest: str
    date: str | None  # date of the data; None if unknown


class SeenReport(Struct, frozen=True):
    """The first and last build in which a report was seen, by build number."""

    document: str
    agency_id: str
    agency: str
    year: str
    used: str  # yes or no
    first_seen: int
    last_seen: int


class ChangedCell(Struct, frozen=True):
    """A cell that has changed since an earlier build."""

    build: int
    kind: str  # amended: the report was replaced; reread: the same report is now read differently
    agency: str
    year: str
    old_document: str
    new_document: str
    cell: str
    old_raw: str
    new_raw: str
    old_value: str
    new_value: str


class SiteHistory(Struct, frozen=True):
    """All builds of a site, and the changes in each."""

    builds: tuple[SiteBuild, ...] = ()
    seen: tuple[SeenReport, ...] = ()
    changes: tuple[ChangedCell, ...] = ()

    @property
    def now(self) -> SiteBuild:
        """The newest build."""
        return self.builds[-1]

    def amended(self) -> set[str]:
        """Return the documents that replaced another one."""
        return {change.new_document for change in self.changes if change.kind == "amended"}


class _SiteMark(Struct):
    builds: tuple[SiteBuild, ...] = ()


def digest_of(files: Iterable[DataFile]) -> str:
    """Return a digest that identifies the data of a build."""
    told = "\n".join(f"{file.name} {file.sha256}" for file in files if file.name.endswith(".parquet"))
    return hashlib.sha256(told.encode()).hexdigest()


def load_history(site: Path) -> SiteHistory:
    """Return the history of an earlier build of a site; empty if there is none."""
    mark = site / MARK
    if not mark.is_file():
        return SiteHistory()
    builds = msgspec.json.decode(mark.read_bytes(), type=_SiteMark).builds
    seen = msgspec.convert(_rows(site / DATA / "history.csv"), tuple[SeenReport, ...], strict=False)
    changes = msgspec.convert(_rows(site / DATA / "changes.csv"), tuple[ChangedCell, ...], strict=False)
    return SiteHistory(builds, seen, changes)


def next_history(
    before: SiteHistory, site: Path, tables: Tables, held: Holdings, digest: str, date: str | None
) -> SiteHistory:
    """Return the history with this build added; unchanged if the data are the same.

    Args:
        before: History of the site that is replaced.
        site: The folder of that site.
        tables: The data of this build.
        held: The contents of the data.
        digest: Of the data.
        date: Of the data.
    """
    if before.builds and before.now.digest == digest:
        return before
    build = SiteBuild(before.now.number + 1 if before.builds else 1, digest, date)
    first = {one.document: one.first_seen for one in before.seen}
    seen = {one.document: one for one in before.seen}
    for report in held.reports:
        seen[report.document] = SeenReport(
            report.document,
            report.agency_id or "",
            report.agency or "",
            str(report.year or ""),
            "yes" if report.used else "no",
            first.get(report.document, build.number),
            build.number,
        )
    changes = _changes(before, site, tables, held, build.number) if before.builds else ()
    ordered = tuple(seen[document] for document in sorted(seen))
    return SiteHistory((*before.builds, build), ordered, (*before.changes, *changes))


def _changes(
    before: SiteHistory, site: Path, tables: Tables, held: Holdings, number: int
) -> tuple[ChangedCell, ...]:
    there = {one.document: one for one in before.seen if one.last_seen == before.now.number}
    was_used = {(one.agency_id, one.year): one.document for one in there.values() if one.used == "yes"}
    pairs, about = {}, {}
    for report in held.reports:
        about[report.document] = (report.agency or "", str(report.year or ""))
        old = was_used.get((report.agency_id or "", str(report.year or ""))) if report.used else None
        if old and old != report.document:
            pairs[old] = report.document
    pairs |= {document: document for document in about if document in there and document not in pairs}
    rows = _changed_cells(site, tables, pairs)
    return tuple(
        ChangedCell(
            number,
            "reread" if row["old_document"] == row["new_document"] else "amended",
            *about[row["new_document"]],
            row["old_document"],
            row["new_document"],
            row["cell"],
            *(row[name] or "" for name in ("old_raw", "new_raw", "old_value", "new_value")),
        )
        for row in rows
    )


def _changed_cells(site: Path, tables: Tables, pairs: dict[str, str]) -> list[dict[str, str]]:
    old = site / DATA / "cells.parquet"
    plain = [pair for pair in pairs.items() if all(_DOCUMENT.fullmatch(document) for document in pair)]
    if not plain or not old.is_file():
        return []
    listed = ", ".join(f"('{one}', '{other}')" for one, other in plain)
    tables.run(f"CREATE OR REPLACE TEMP VIEW old_cells AS SELECT * FROM {parquet_at(old)}")
    tables.run(f"CREATE OR REPLACE TEMP TABLE pairs AS SELECT * FROM (VALUES {listed}) AS t(old, new)")
    found: list[dict[str, str]] = tables.query(_CHANGED).to_pylist()
    return found


def write_history(site: Path, history: SiteHistory) -> None:
    """Write the history into the folder of a site."""
    _write_rows(site / DATA / "history.csv", SeenReport, history.seen)
    _write_rows(site / DATA / "changes.csv", ChangedCell, history.changes)
    told = {"made_by": "extractor site", "version": 2, "builds": history.builds}
    (site / MARK).write_bytes(msgspec.json.encode(told) + b"\n")


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [{name: _plain(text) for name, text in row.items()} for row in csv.DictReader(file)]


def _plain(text: str) -> str:
    """Return a text without the mark that keeps spreadsheets from running it as a formula."""
    return text[1:] if text.startswith("'") and harmless(text[1:]) == text else text


def _write_rows(path: Path, kind: type[Struct], rows: Iterable[Struct]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(kind.__struct_fields__)
        writer.writerows([harmless(value) for value in msgspec.structs.astuple(row)] for row in rows)
