"""Databases that are brought up to date: in one transaction, and only with documents new or changed.

Each database holds in its table `written` which documents it has, with a digest of what was known
of them, a digest of each short table, and the layout of the tables. Of another layout, it is written
anew as a whole.
"""

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Protocol

import msgspec

from extractor.export.columns import TableOfBatch, load_tables
from extractor.export.rows import Row
from extractor.export.views import load_views

LAYOUT = "layout"  # beside the documents, whose ids are digests
OF_DOCUMENTS = ("documents", "cells", "checks", "figures", "sections", "notices")
WHOLE = ("sources", "concepts")  # short tables, replaced as a whole

_ENCODER = msgspec.json.Encoder()


class Update(Protocol):
    """One database of an earlier run."""

    known: Mapping[str, str]  # document, or table that is replaced as a whole → digest

    def rows(self, table: TableOfBatch, rows: list[Row]) -> None:
        """Accept rows of new or changed documents, or of a table that is replaced as a whole."""

    def commit(self, signatures: Mapping[str, str]) -> None:
        """Replace the old rows, delete documents that no longer exist, and commit to disk.

        A database that has all of it already stays as it is, byte for byte.
        """

    def close(self) -> None:
        """Let go of the database; without commit() it stays as it was."""


def signature_of(*known: object) -> str:
    """Return a digest of everything that is known of a document."""
    digest = hashlib.blake2b(digest_size=12)
    for each in known:
        digest.update(each if isinstance(each, bytes) else _ENCODER.encode(each))
    return digest.hexdigest()


def layout() -> str:
    """Return a digest of tables and views: a database of another layout is of no use."""
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
