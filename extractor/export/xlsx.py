"""One workbook: an index, and one sheet for each table with Chinese headings."""

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from extractor.errors import MissingDependency, to_install
from extractor.export.columns import TableOfBatch, load_tables
from extractor.export.durable import make_durable
from extractor.export.rows import Row

try:
    import xlsxwriter
except ImportError as error:
    raise MissingDependency(f"写 XLSX 需要 xlsxwriter：{to_install('archive')}") from error

WORKBOOK = "reports.xlsx"

# Excel's own limit
LONGEST_TEXT = 32_767
MOST_ROWS = 1_048_576

_CUT = "……（太长，全文见其他格式）"
_WIDTHS = {"integer": 10, "decimal": 14, "string": 18, "json": 18, "timestamp": 20}
_WIDE = {"text": 60, "message": 40, "row_label": 40, "title": 40, "about": 40, "source": 40, "path": 40}
# a fixed creation time, so that the same rows give the same bytes
_ALWAYS_THE_SAME = datetime(2000, 1, 1, tzinfo=UTC)


class Workbook:
    """Writes reports.xlsx row by row, in constant memory."""

    def __init__(self, folder: Path) -> None:
        """Begin the workbook with its index."""
        self._path = folder / WORKBOOK
        self._book = xlsxwriter.Workbook(self._path, {"constant_memory": True, "tmpdir": str(folder)})
        self._book.set_properties({"title": "政府信息公开工作年度报告", "created": _ALWAYS_THE_SAME})
        self._bold = self._book.add_format({"bold": True, "bg_color": "#DDEBF7", "border": 1})
        self._index = self._book.add_worksheet("目录")
        self._sheets = {table.id: _Sheets(self._book, table, self._bold) for table in load_tables().values()}

    def report(self, data: bytes) -> None:
        """Ignore the report; only its rows are written."""

    def rows(self, table: TableOfBatch, rows: list[Row]) -> None:
        """Write the rows into the table's sheet, or into the next one if it is full."""
        self._sheets[table.id].add(rows)

    def finish(self) -> list[str]:
        """Write the index and close."""
        self._write_index()
        self._book.close()
        make_durable(self._path)
        return [WORKBOOK]

    def _write_index(self) -> None:
        for column, (head, width) in enumerate((("工作表", 14), ("内容", 60), ("行数", 10), ("说明", 60))):
            self._index.set_column(column, column, width)
            self._index.write_string(0, column, head, self._bold)
        row = 1
        for sheets in self._sheets.values():
            for name, count in sheets.counts.items():
                self._index.write_url(row, 0, f"internal:'{name}'!A1", string=name)
                self._index.write_string(row, 1, sheets.table.about)
                self._index.write_number(row, 2, count)
                self._index.write_string(row, 3, sheets.remark)
                row += 1
        self._index.freeze_panes(1, 0)


class _Sheets:
    """The sheets of one table: further ones when the first is full."""

    def __init__(self, book: Any, table: TableOfBatch, bold: Any) -> None:
        self.table = table
        self.counts: dict[str, int] = {}
        self._book = book
        self._bold = bold
        self._cut = 0
        self._begin_sheet()

    @property
    def remark(self) -> str:
        return f"有 {self._cut} 处文字超过 Excel 的上限，已截断" if self._cut else ""

    def _begin_sheet(self) -> None:
        number = len(self.counts) + 1
        self._name = self.table.title if number == 1 else f"{self.table.title} ({number})"
        self._sheet = self._book.add_worksheet(self._name)
        self.counts[self._name] = 0
        for column, about in enumerate(self.table.columns):
            self._sheet.set_column(column, column, _WIDE.get(about.id, _WIDTHS[about.type]))
        # Sheets are written row by row, so headings come first; notes on them are in the index.
        for column, about in enumerate(self.table.columns):
            self._sheet.write_string(0, column, about.title, self._bold)
        self._sheet.freeze_panes(1, 1)

    def add(self, rows: list[Row]) -> None:
        for row in rows:
            if self.counts[self._name] + 1 >= MOST_ROWS:
                self._begin_sheet()
            self.counts[self._name] += 1
            self._write_row(self.counts[self._name], row)
        if rows:
            self._sheet.autofilter(0, 0, self.counts[self._name], len(self.table.columns) - 1)

    def _write_row(self, number: int, row: Row) -> None:
        for column, value in enumerate(row):
            if isinstance(value, str):
                self._sheet.write_string(number, column, self._cut_to_fit(value))
            elif isinstance(value, int | Decimal):
                self._sheet.write_number(number, column, value)

    def _cut_to_fit(self, text: str) -> str:
        if len(text) <= LONGEST_TEXT:
            return text
        self._cut += 1
        return text[: LONGEST_TEXT - len(_CUT)] + _CUT
