"""SQLite: one file with all tables and keys; the table `columns` explains the columns."""

import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from extractor.export.columns import ColumnOfTable, TableOfBatch, load_tables
from extractor.export.durable import make_durable, system_errors
from extractor.export.in_place import LAYOUT, OF_DOCUMENTS, WHOLE, changed, layout
from extractor.export.numbers import plain
from extractor.export.rows import Row

DATABASE = "reports.sqlite"

# NUMERIC keeps counts as integers, and money as a double of 15 exact digits.
_TYPES = {"string": "TEXT", "json": "TEXT", "integer": "INTEGER", "decimal": "NUMERIC", "timestamp": "TEXT"}

_LARGEST = 1 << 63
# Any statement can fail on a full disk: the first of a transaction opens its journal, the last writes it.
_told_by_the_disk = system_errors(sqlite3.OperationalError)


class SqliteFile:
    """Writes reports.sqlite. The draft needs no journal: an incomplete draft is thrown away."""

    @_told_by_the_disk
    def __init__(self, folder: Path) -> None:
        """Create the database."""
        self._path = folder / DATABASE
        self._connection = sqlite3.connect(self._path, isolation_level=None)
        self._connection.execute("PRAGMA journal_mode = OFF")
        self._connection.execute("PRAGMA synchronous = OFF")
        self._connection.execute("BEGIN")
        for table in load_tables().values():
            self._connection.execute(create_statement(table))
        self._describe()

    def _describe(self) -> None:
        self._connection.execute(
            'CREATE TABLE "columns" ("table", "column", title, title_en, about, about_en, unit, type)'
        )
        for table in load_tables().values():
            self._connection.executemany(
                'INSERT INTO "columns" VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
                [
                    (table.id, c.id, c.title, c.title_en, c.about, c.about_en, c.unit, c.type)
                    for c in table.columns
                ],
            )

    def report(self, data: bytes) -> None:
        """Ignore the report; only its rows are written."""

    @_told_by_the_disk
    def rows(self, table: TableOfBatch, rows: list[Row]) -> None:
        """Insert the rows."""
        marks = ", ".join("?" * len(table.columns))
        statement = f'INSERT INTO "{table.id}" VALUES ({marks})'
        self._connection.executemany(statement, ([_storable(value) for value in row] for row in rows))

    @_told_by_the_disk
    def finish(self) -> list[str]:
        """Commit and close."""
        self._connection.execute("COMMIT")
        self._connection.close()
        make_durable(self._path)
        return [DATABASE]


def _storable(value: Any) -> Any:
    """Return a value that SQLite can store: an integer of more than 64 bits as text."""
    if type(value) is int and not -_LARGEST <= value < _LARGEST:
        return str(value)
    return plain(value)


def create_statement(table: TableOfBatch) -> str:
    """Return the statement that creates a table with its keys."""
    columns = [_column(column) for column in table.columns]
    columns.append(f"PRIMARY KEY ({', '.join(_quote(name) for name in table.key)})")
    for name, other in table.foreign.items():
        key = load_tables()[other].key[0]
        columns.append(f"FOREIGN KEY ({_quote(name)}) REFERENCES {_quote(other)} ({_quote(key)})")
    return f"CREATE TABLE {_quote(table.id)} ({', '.join(columns)})"


def _column(column: ColumnOfTable) -> str:
    return f"{_quote(column.id)} {_TYPES[column.type]}{' NOT NULL' if column.required else ''}"


def _quote(name: str) -> str:
    return f'"{name}"'


@_told_by_the_disk
def remember(path: Path, signatures: Mapping[str, str]) -> None:
    """Record in a newly written database which documents it contains."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("BEGIN")
    _note(connection, signatures)
    connection.execute("COMMIT")
    connection.close()
    make_durable(path)


def _note(connection: sqlite3.Connection, signatures: Mapping[str, str]) -> None:
    connection.execute('CREATE TABLE IF NOT EXISTS "written" (document TEXT PRIMARY KEY, digest TEXT)')
    connection.execute('DELETE FROM "written"')
    told = [(LAYOUT, layout()), *signatures.items()]
    connection.executemany('INSERT INTO "written" VALUES (?, ?)', told)


def open_update(out: Path) -> "SqliteUpdate | None":
    """Return the database of a folder, ready for an update; None if it must be written anew."""
    path = out / DATABASE
    if not path.is_file():
        return None
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        known = dict(connection.execute('SELECT document, digest FROM "written"').fetchall())
    except sqlite3.DatabaseError:  # damaged, or of an older version
        known = {}
    if known.pop(LAYOUT, "") != layout():
        connection.close()
        return None
    return SqliteUpdate(connection, known)


class SqliteUpdate:
    """A database of an earlier run; see in_place.Update."""

    @_told_by_the_disk
    def __init__(self, connection: sqlite3.Connection, known: dict[str, str]) -> None:
        """Begin the transaction and empty the tables that are replaced completely."""
        self.known: Mapping[str, str] = known
        self._connection = connection
        connection.execute("BEGIN IMMEDIATE")
        self._cleared: dict[str, set[str]] = {table: set() for table in OF_DOCUMENTS}
        for table in WHOLE:
            connection.execute(f"DELETE FROM {_quote(table)}")

    @_told_by_the_disk
    def rows(self, table: TableOfBatch, rows: list[Row]) -> None:
        """Replace rows by key; commit() deletes those that were not replaced."""
        marks = ", ".join("?" * len(table.columns))
        if table.id in OF_DOCUMENTS:
            at = table.names.index("document")
            old = sorted({row[at] for row in rows} & self.known.keys() - self._cleared[table.id])
            self._cleared[table.id].update(old)
            self._forget(table.id, old)
        self._connection.executemany(
            f"INSERT INTO {_quote(table.id)} VALUES ({marks})",
            ([_storable(value) for value in row] for row in rows),
        )

    def _forget(self, table: str, documents: Iterable[str]) -> None:
        statement = f"DELETE FROM {_quote(table)} WHERE document = ?"
        self._connection.executemany(statement, ((document,) for document in documents))

    @_told_by_the_disk
    def commit(self, signatures: Mapping[str, str]) -> None:
        """Delete the rows that no longer exist, and commit."""
        if self.known == signatures:
            return
        for table in OF_DOCUMENTS:
            self._forget(table, set(changed(self.known, signatures)) - self._cleared[table])
        _note(self._connection, signatures)
        self._connection.execute("COMMIT")
        self.close()

    def close(self) -> None:
        """Close the database; uncommitted changes are rolled back."""
        self._connection.close()
