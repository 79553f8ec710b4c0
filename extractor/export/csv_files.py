"""CSV, one file for each table: UTF-8 with a byte order mark, so that Excel detects the encoding."""

import csv
from pathlib import Path
from typing import Any

from extractor.export.columns import TableOfBatch, load_tables
from extractor.export.durable import close_durably
from extractor.export.harmless import harmless
from extractor.export.numbers import plain
from extractor.export.rows import Row


class CsvFiles:
    """Writes TABLE.csv for every table. Null is an empty field; no value is an empty text.

    Texts that a spreadsheet would take for formulas are made harmless (harmless.py).
    """

    def __init__(self, folder: Path) -> None:
        """Create the files, each with the ids of its columns as header."""
        self._files = {}
        self._writers: dict[str, Any] = {}
        for table in load_tables().values():
            file = (folder / f"{table.id}.csv").open("w", encoding="utf-8-sig", newline="")
            self._files[table.id] = file
            self._writers[table.id] = csv.writer(file)
            self._writers[table.id].writerow(table.names)

    def report(self, data: bytes) -> None:
        """Ignore the report; only its rows are written."""

    def rows(self, table: TableOfBatch, rows: list[Row]) -> None:
        """Write the rows."""
        self._writers[table.id].writerows([harmless(plain(value)) for value in row] for row in rows)

    def finish(self) -> list[str]:
        """Close the files."""
        for file in self._files.values():
            close_durably(file)
        return [f"{table}.csv" for table in self._files]
