"""reports.jsonl: every report as the reader wrote it, one per line, sorted by document."""

from pathlib import Path

from extractor.export.columns import TableOfBatch
from extractor.export.durable import close_durably
from extractor.export.rows import Row

REPORTS = "reports.jsonl"


class JsonLines:
    """Writes reports.jsonl and ignores the tables."""

    def __init__(self, folder: Path) -> None:
        """Create the file."""
        self._file = (folder / REPORTS).open("wb")

    def report(self, data: bytes) -> None:
        """Write one line."""
        self._file.write(data)
        self._file.write(b"\n")

    def rows(self, table: TableOfBatch, rows: list[Row]) -> None:
        """Ignore the rows of a table."""

    def finish(self) -> list[str]:
        """Close the file."""
        close_durably(self._file)
        return [REPORTS]
