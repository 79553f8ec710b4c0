"""SQLite: one file with every table, its keys, and the meaning of its columns in the table `columns`."""

import sqlite3
from pathlib import Path

from extractor.export.columns import ColumnOfTable, TableOfBatch, load_tables
from extractor.export.durable import make_durable
from extractor.export.numbers import plain
from extractor.export.rows import Row

DATABASE = "reports.sqlite"

# NUMERIC keeps counts as integers, and money as a double of 15 exact digits.
_TYPES = {"string": "TEXT", "json": "TEXT", "integer": "INTEGER", "decimal": "NUMERIC", "timestamp": "TEXT"}


class SqliteFile:
    """Writes reports.sqlite. Its draft needs no journal: a draft that is cut short is thrown away."""

    def __init__(self, folder: Path) -> None:
        """Begin the database."""
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
        """Pass over the report; its rows are what is written."""

    def rows(self, table: TableOfBatch, rows: list[Row]) -> None:
        """Insert the rows."""
        marks = ", ".join("?" * len(table.columns))
        statement = f'INSERT INTO "{table.id}" VALUES ({marks})'
        self._connection.executemany(statement, ([plain(value) for value in row] for row in rows))

    def finish(self) -> list[str]:
        """Commit and close."""
        self._connection.execute("COMMIT")
        self._connection.close()
        make_durable(self._path)
        return [DATABASE]


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
