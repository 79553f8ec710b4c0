"""Values listed one by one, each with the labels of its row and column, are put back into a table.

Telephones show cards, notes and settings have a line a value (…/（一）予以公开/自然人 = 10), databases
keep a record a value. What names the column stands last; the row is the last label of a row before it.
"""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct, structs

from extractor.document import Block, Cell, Locator, Paragraph, Span, Table, locate_within
from extractor.forms import load_forms, per_forms
from extractor.numerals import has_number
from extractor.recognize.labels import serial_of
from extractor.recognize.tables.cell_kind import kind_of_text

_FEWEST = 6  # values told one by one
_WIDEST = 4  # columns of a table with one value a row
_LONGEST = 160  # characters of a label with those above it
_PATH = re.compile(r"\s*(?:[>›→/\\|·・]|[—─]{1,2}|\s-\s)\s*")
_MARKS = re.compile(r"^[\s\-*+•#>]+(?=\S)|\*\*")
_TOLD = re.compile(r"(?P<labels>.+?)\s*[=：:]\s*(?P<value>[^=：:]*)")


class ToldTable(Struct, frozen=True):
    """A table made of values that were listed one by one, and the stretch of text that they came from."""

    block: int
    table: Table
    taken: tuple[Span, ...]


class _Value(Struct, frozen=True):
    """One value with the label of its row, those above that, and its column's; "" where it needs none."""

    row: str
    above: tuple[str, ...]
    column: str
    cell: Cell


def long_table_laid_out(table: Table) -> Table:
    """Return a table of one value a row (项目 | 栏目 | 数值) with a column for each; others as they are."""
    if len(table.cells) < 2 * _FEWEST or any(cell.column >= _WIDEST for cell in table.cells):
        return table
    rows = table.rows()
    values: list[_Value] = []
    for at, row in enumerate(rows.values()):
        if at > _FEWEST and not values:
            return table
        *labels, last = row
        paths = [_path(cell.text) for cell in labels]
        told = _value_of([part for path in paths for part in path], last)
        by_path = told is not None and (told.column or any(_PATH.search(cell.text) for cell in labels))
        if told is not None and by_path and kind_of_text(last.text).is_value:
            values.append(told)
    if len(values) < _FEWEST or 10 * len(values) < 9 * (len(rows) - 1):
        return table
    return _laid_out(values, table.locator)


def told_tables(blocks: Sequence[Block]) -> Iterator[ToldTable]:
    """Yield the tables of a text that tells its values one by one."""
    title: list[str] = []  # the labels in whose row the next values stand
    name: list[str] = []  # labels whose value may follow in the next paragraph
    values: list[_Value] = []
    taken: list[int] = []
    labels: list[int] = []  # paragraphs of labels for which no value has come yet
    for at, block in enumerate(blocks):
        if isinstance(block, Table) or len(block.text) > _LONGEST:
            yield from _finished(values, taken, blocks)
            title, name, values, taken, labels = [], [], [], [], []
            continue
        value = _value_in(block, title, name)
        path = _path(block.text) if value is None else []
        if value is not None:
            values.append(value)
            taken += [*labels, at]
            name, labels = [], []
        elif path and all(kind_of_text(part).labels for part in path):
            title, name = (title, path) if _names_column(path[-1]) else (path, path)
            labels.append(at)
        else:
            title, name, labels = [], [], []
    yield from _finished(values, taken, blocks)


def _finished(values: Sequence[_Value], taken: Sequence[int], blocks: Sequence[Block]) -> Iterator[ToldTable]:
    if len(values) >= _FEWEST:
        first = blocks[taken[0]]
        spans = (Span(at, 0, len(block.text)) for at in taken if isinstance(block := blocks[at], Paragraph))
        yield ToldTable(taken[0], _laid_out(values, first.locator), tuple(spans))


def _value_in(paragraph: Paragraph, title: Sequence[str], name: Sequence[str]) -> _Value | None:
    """Return the value that a paragraph tells: behind its labels, or alone behind those of the one before."""
    text = paragraph.text
    if name and has_number(text) and kind_of_text(text).is_value:
        return _value_of([*(title if name is not title else ()), *name], _cell_of(paragraph, 0, len(text)))
    told = _TOLD.fullmatch(text)
    if told is None:
        return None
    start, end = told.span("value")
    value = text[start:end]
    start += len(value) - len(value.lstrip("* "))
    end -= len(value) - len(value.rstrip("* "))
    shown = text[start:end].replace("**", "")
    if not kind_of_text(shown).is_value:
        return None
    cell = structs.replace(_cell_of(paragraph, start, end), text=shown)
    return _value_of([*title, *_path(told["labels"])], cell)


def _cell_of(paragraph: Paragraph, start: int, end: int) -> Cell:
    where = locate_within(paragraph, start, end)
    return Cell(0, 0, paragraph.text[start:end], where, unread=paragraph.unread, doubt=paragraph.doubt)


def _path(text: str) -> list[str]:
    """Return the labels that stand one behind the other, units and marks left out."""
    plain = _MARKS.sub("", text).strip()
    parts = [part for part in _PATH.split(plain) if part and not kind_of_text(part).is_unit]
    unknown = len(parts) > 1 and not kind_of_text(parts[-1]).labels
    if unknown and kind_of_text("/".join(parts[-2:])).is_column:
        parts[-2:] = ["/".join(parts[-2:])]  # 本年增/减
    known = len(parts) > 1 and all(kind_of_text(part).labels for part in parts)
    return [plain] if not known and kind_of_text(plain).labels else parts


def _names_column(label: str) -> bool:
    return kind_of_text(label).is_column and serial_of(label) is None


def _value_of(path: Sequence[str], cell: Cell) -> _Value | None:
    """Return a value with its labels; None where they do not name a row, and a column if it needs one."""
    column = path[-1] if path and _names_column(path[-1]) else ""
    above = path[:-1] if column else path
    tables = set(kind_of_text(column).columns) if column else _of_one_column()
    for at in range(len(above) - 1, -1, -1):
        if tables & kind_of_text(above[at]).rows.keys():
            return _Value(above[at], tuple(above[: at + 1]), column, cell)
    return None


@per_forms()
def _of_one_column() -> frozenset[tuple[str, str]]:
    return frozenset((f.id, t.id) for f in load_forms() for t in f.tables if len(t.columns) == 1)


def _laid_out(values: Sequence[_Value], where: Locator) -> Table:
    """Return the values in rows, with a row of heads wherever other columns follow."""
    lines: list[list[_Value]] = []
    for value in values:
        goes_on = lines and lines[-1][0].above == value.above and value.column
        if goes_on and all(value.column != other.column for other in lines[-1]):
            lines[-1].append(value)
        else:
            lines.append([value])
    cells: list[Cell] = []
    row, heads = 0, [""]
    for line in lines:
        columns = [value.column for value in line]
        if columns != heads and any(columns):
            cells += [Cell(row, at, text, where) for at, text in enumerate(["", *columns])]
            row += 1
        heads = columns
        cells.append(Cell(row, 0, line[0].row, line[0].cell.locator))
        cells += [structs.replace(v.cell, row=row, column=at) for at, v in enumerate(line, start=1)]
        row += 1
    return Table(tuple(cells), where)
