"""Tables that have kept their cells: which row and which columns each row of values belongs to.

A row is placed by its label, a value by the header above it; position decides only where
both are silent. Nothing is read as a number here.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import Struct, structs

from extractor.document import Cell, Table
from extractor.recognize.labels import Label, label_index

# What a cell of values may hold; anything else in a value's place is kept and judged later.
_VALUE = re.compile(r"[\s\u3000\d０-９,，.．+\-－−—–―/／\\*\u00a0無无零件条宗项次个篇人万亿元笔份()（）]*")
_UNITS = frozenset(
    ["条", "件", "次", "篇", "人", "人次", "个", "万元", "元", "项", "份", "场", "宗", "條", "個", "萬元", "項", "場", "万元人民币"],
)
_DIGIT = re.compile(r"[\d０-９]")


class HeaderColumn(Struct, frozen=True):
    """A column of a printed header: the form's id (None where it is not the form's) and its interval."""

    id: str | None
    first: int
    last: int  # exclusive


class ValueRow(Struct, frozen=True):
    """A row of values as printed, its label's candidates, and the header it stands under."""

    block: int
    label: str  # "" where no cell of the row is a label
    labels: tuple[Label, ...]
    values: tuple[Cell, ...]
    header: tuple[HeaderColumn, ...]
    aligned: bool


class GridTable(Struct, frozen=True):
    """The rows of values of one table block, with the labels met on the way."""

    block: int
    rows: tuple[ValueRow, ...]
    hits: Counter[tuple[str, str]]  # (form, table) -> labels found


def looks_like_value(text: str) -> bool:
    """Say whether a cell holds a number, a mark for nothing, or is blank."""
    return _VALUE.fullmatch(text) is not None


def has_digit(text: str) -> bool:
    """Say whether a digit of any width stands in the text."""
    return _DIGIT.search(text) is not None


def read_grid(block: int, table: Table) -> GridTable:
    """Find the rows of values of a table, and how many labels of each edition's tables it shows."""
    find = label_index().find
    rows: list[ValueRow] = []
    hits: Counter[tuple[str, str]] = Counter()
    header = _Header()
    for cells in _cells_by_row(table.cells):
        found = [() if looks_like_value(cell.text) else find(cell.text) for cell in cells]
        if _is_header(cells, found):
            for labels in found:
                hits.update({(label.form, label.table) for label in labels if label.kind == "column"})
            header.take(cells, found)
            continue
        row = _value_row(block, table, cells, found, header)
        if row is not None:
            rows.append(row)
            hits.update({(label.form, label.table) for label in row.labels if label.kind == "row"})
    return GridTable(block, tuple(rows), hits)


def _cells_by_row(cells: Sequence[Cell]) -> Iterator[list[Cell]]:
    """Yield the cells of each row; a cell of values merged downwards is in each of its rows."""
    rows: dict[int, list[Cell]] = {}
    hanging = False
    for cell in cells:
        rows.setdefault(cell.row, []).append(cell)
        if cell.row_span > 1 and looks_like_value(cell.text):
            hanging = True
            for row in range(cell.row + 1, cell.row + cell.row_span):
                rows.setdefault(row, []).append(structs.replace(cell, row=row))
    for row in sorted(rows):
        yield sorted(rows[row], key=lambda cell: cell.column) if hanging else rows[row]


def _is_text(text: str) -> bool:
    return not looks_like_value(text) and not has_digit(text[:1]) and text.strip() not in _UNITS


def _is_header(cells: list[Cell], found: list[tuple[Label, ...]]) -> bool:
    columns = sum(any(label.kind in ("column", "ignored") for label in labels) for labels in found)
    if columns >= 2:
        return True
    words = any(labels and all(label.kind == "word" for label in labels) for labels in found)
    numbers = any(has_digit(cell.text) and looks_like_value(cell.text) for cell in cells)
    rows = any(label.kind == "row" for labels in found for label in labels)
    # 信息内容 | 本年处理决定数量, or 申请人情况 alone; but （四）无法提供 | 1.… | 0 is a row of values.
    if numbers:
        return False
    return (columns == 1 and (words or not rows)) or (words and not rows)


class _Header:
    """The header that holds for the rows below: rebuilt at each header row that starts anew."""

    def __init__(self) -> None:
        self.columns: list[HeaderColumn] = []
        self._open = False  # whether the row before was a header row too

    def take(self, cells: list[Cell], found: list[tuple[Label, ...]]) -> None:
        """Add a header row; the first one after rows of values replaces what was there."""
        if not self._open:
            self.columns = []
            self._open = True
        self.columns = [*self.columns, *_columns_of(cells, found)]

    def close(self, aligned: bool) -> tuple[HeaderColumn, ...]:
        """Return the header for a row of values: from left to right, or as met where nothing is aligned."""
        if self._open:
            self._open = False
            if aligned:
                self.columns = sorted(self.columns, key=lambda column: column.first)
        return tuple(self.columns)


def _columns_of(cells: list[Cell], found: list[tuple[Label, ...]]) -> Iterator[HeaderColumn]:
    seen_label = False
    for cell, labels in zip(cells, found, strict=True):
        kinds = {label.kind for label in labels}
        last = cell.column + cell.column_span
        if "column" in kinds:
            column_id = next(label.id for label in labels if label.kind == "column")
            yield HeaderColumn(column_id, cell.column, last)
            seen_label = True
        elif "ignored" in kinds or (
            seen_label and not kinds and cell.text.strip() and not looks_like_value(cell.text)
        ):
            yield HeaderColumn(None, cell.column, last)


def _value_row(
    block: int, table: Table, cells: list[Cell], found: list[tuple[Label, ...]], header: _Header
) -> ValueRow | None:
    at = _label_position(cells, found)
    while at + 1 < len(cells) and _is_text(cells[at + 1].text):
        at += 1  # （六）其他处理 | a label nobody knows | values: the text next to the values is the label
    values = cells[at + 1 :]
    if values and values[0].text.strip() in _UNITS and len(values) > 1:
        values = values[1:]
    labels = found[at] if at >= 0 else ()
    is_row = any(label.kind == "row" for label in labels)
    if not values or not (is_row or any(has_digit(c.text) for c in values) or _is_blank_form(cells, header)):
        return None
    label = cells[at].text if at >= 0 else ""
    return ValueRow(block, label, labels, tuple(values), header.close(table.aligned), table.aligned)


def _is_blank_form(cells: list[Cell], header: "_Header") -> bool:
    """Say whether a row without label and numbers is what an empty form has below its header."""
    return len(cells) == len(header.columns) and all(not cell.text.strip() for cell in cells)


def _label_position(cells: list[Cell], found: list[tuple[Label, ...]]) -> int:
    """Return the index of the row's own label: the last known label, else the last text before values."""
    for index in range(len(cells) - 1, -1, -1):
        if any(label.kind == "row" for label in found[index]):
            return index
    at = -1
    for index, cell in enumerate(cells):
        if cell.text.strip() and not looks_like_value(cell.text):
            at = index
        elif at >= 0 and has_digit(cell.text):
            break
    return at
