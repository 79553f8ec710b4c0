"""Updates reports.duckdb: the rows of changed documents are written to Parquet and loaded from there."""

from collections.abc import Mapping
from pathlib import Path

import duckdb

from extractor.export.columns import TableOfBatch, load_tables
from extractor.export.duckdb_file import DATABASE, MEMORY, quoted
from extractor.export.durable import make_durable, system_errors
from extractor.export.in_place import LAYOUT, OF_DOCUMENTS, WHOLE, changed, layout
from extractor.export.parquet import ParquetFiles
from extractor.export.rows import Row

_told_by_the_disk = system_errors(duckdb.Error)


@_told_by_the_disk
def remember(path: Path, signatures: Mapping[str, str]) -> None:
    """Record in a newly written database which documents it contains."""
    with duckdb.connect(str(path)) as connection:
        _note(connection, signatures)
    make_durable(path)


def _note(connection: duckdb.DuckDBPyConnection, signatures: Mapping[str, str]) -> None:
    names, digests = [LAYOUT, *signatures], [layout(), *signatures.values()]
    connection.execute("CREATE SCHEMA IF NOT EXISTS bookkeeping")
    connection.execute(
        "CREATE OR REPLACE TABLE bookkeeping.written AS SELECT unnest(?) AS document, unnest(?) AS digest",
        [names, digests],
    )


def open_update(out: Path, draft: Path) -> "DuckdbUpdate | None":
    """Return the database of a folder, ready for an update; None if it must be written anew."""
    path = out / DATABASE
    if not path.is_file():
        return None
    try:
        connection = duckdb.connect(str(path), config={"memory_limit": MEMORY})
    except duckdb.Error:  # damaged, or of a version that this one cannot open
        return None
    try:
        known = dict(connection.execute("SELECT document, digest FROM bookkeeping.written").fetchall())
    except duckdb.Error:  # written by a version that did not record its documents
        known = {}
    if known.pop(LAYOUT, "") != layout():
        connection.close()
        return None
    return DuckdbUpdate(path, connection, known, draft / "delta")


class DuckdbUpdate:
    """A database of an earlier run; see in_place.Update."""

    def __init__(
        self, path: Path, connection: duckdb.DuckDBPyConnection, known: dict[str, str], delta: Path
    ) -> None:
        """Create the Parquet files for new rows."""
        self.known: Mapping[str, str] = known
        self._path = path
        self._connection = connection
        delta.mkdir()
        self._folder = delta
        self._delta = ParquetFiles(delta)

    def rows(self, table: TableOfBatch, rows: list[Row]) -> None:
        """Take rows."""
        self._delta.rows(table, rows)

    @_told_by_the_disk
    def commit(self, signatures: Mapping[str, str]) -> None:
        """Replace the rows in one transaction."""
        if self.known == signatures:
            return
        self._delta.finish()
        gone = changed(self.known, signatures)
        self._connection.execute("BEGIN")
        for table in load_tables():
            if table in OF_DOCUMENTS and gone:
                self._connection.execute(
                    f'DELETE FROM "{table}" WHERE document IN (SELECT unnest(?))', [gone]
                )
            elif table in WHOLE:
                self._connection.execute(f'DELETE FROM "{table}"')
            source = f"read_parquet({quoted(str(self._folder / f'{table}.parquet'))})"
            self._connection.execute(f'INSERT INTO "{table}" SELECT * FROM {source}')
        _note(self._connection, signatures)
        self._connection.execute("COMMIT")
        self.close()
        make_durable(self._path)

    def close(self) -> None:
        """Close the database."""
        self._connection.close()
