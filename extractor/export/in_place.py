"""Databases that are brought up to date: in one transaction, and only with documents new or changed.

The table `written` of each database lists its documents, with a digest of everything known about each, a
digest of each short table, and the layout of the tables. If the layout has changed, the database is written
anew.
"""

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Protocol

import msgspec

from extractor.export.columns import TableOfBatch, load_tables
from extractor.export.rows import Row
from extractor.export.views import load_views

LAYOUT = "layout"  # key of the layout; keys of documents are digests
OF_DOCUMENTS = ("documents", "cells", "checks", "figures", "sections", "notices")
WHOLE = ("sources", "concepts")  # short tables that are replaced completely

_ENCODER = msgspec.json.Encoder()


class Update(Protocol):
    """A database of an earlier run that is being updated."""

    known: Mapping[str, str]  # document, or table that is replaced completely → digest

    def rows(self, table: TableOfBatch, rows: list[Row]) -> None:
        """Accept rows of new or changed documents, or of a table that is replaced completely."""

    def commit(self, signatures: Mapping[str, str]) -> None:
        """Replace the old rows, delete documents that no longer exist, and commit to disk.

        If nothing has changed, the file stays the same, byte for byte.
        """

    def close(self) -> None:
        """Close the database; without commit() it stays unchanged."""


def signature_of(*known: object) -> str:
    """Return a digest of everything known about a document."""
    digest = hashlib.blake2b(digest_size=12)
    for each in known:
        digest.update(each if isinstance(each, bytes) else _ENCODER.encode(each))
    return digest.hexdigest()


def layout() -> str:
    """Return a digest of the definitions of tables and views; a database with another layout is rewritten."""
    return signature_of(list(load_tables().values()), load_views())


def changed(known: Mapping[str, str], signatures: Mapping[str, str]) -> list[str]:
    """Return the documents whose old rows must be deleted: changed ones, and those that no longer exist."""
    return [document for document, digest in known.items() if signatures.get(document) != digest]


def open_updates(out: Path, draft: Path, formats: Iterable[str]) -> dict[str, Update]:
    """Return the databases in a folder that can be brought up to date, by format."""
    updates: dict[str, Update | None] = {}
    if "sqlite" in formats:
        from extractor.export.sqlite import open_update as open_sqlite

        updates["sqlite"] = open_sqlite(out)
    if "duckdb" in formats:
        from extractor.export.duckdb_update import open_update as open_duckdb

        updates["duckdb"] = open_duckdb(out, draft)
    return {name: update for name, update in updates.items() if update is not None}
