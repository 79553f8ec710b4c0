"""Puts values that are listed one by one, each with its row and column label, back into a table.

Mobile pages show cards, notes have one line per value (…/（一）予以公开/自然人 = 10), databases have one
record per value. The last label names the column; the last row label before it names the row.
"""

from collections.abc import Iterator, Sequence

from msgspec import Struct, structs

from extractor.document import Block, Cell, Locator, Paragraph, Span, Table, locate_within
from extractor.forms import load_forms, per_forms
from extractor.numerals import DASHES, UNIT, has_number
from extractor.patterns import kept_pattern, late_pattern
from extractor.recognize.tables.cell_kind import kind_of_text
from extractor.recognize.tables.long_rows import (
    columns_of_one_text,
    rows_with_hanging_labels,
    without_trailing_units,
)
from extractor.recognize.tables.told_cards import card_lines, depth_in_tree, names_column, row_and_column

_FEWEST = 6  # values listed one by one
_WIDEST = 4  # columns of a table with one value per row
_MOST_CONSTANT = 20  # columns of such a table, including those with the same text in every row
_LONGEST = 160  # characters of a paragraph with labels and one value
_DEEPEST = 5  # labels of one value
_LONGEST_NAME = 60  # characters of a row label and a column label run together
_PATH = kept_pattern(r"\s*(?:[>›→/\\|·・]|[—─]{1,2}|\s-\s)\s*")
_MARKS = late_pattern(r"^[\s\-*+•#>│┃├└┌┬╰┣┗─━]+(?=\S)|\*\*")
_TOLD = kept_pattern(r"(?P<labels>.+?)\s*[=：:]\s*(?P<value>[^=：:]*)")
_SIGN = rf"[-+−－{DASHES}]"
# Label and value without a sign between them: 自然人324. A dash before the number is its sign.
_ADJOINING = kept_pattern(rf"(?P<labels>.*[^-+−－{DASHES}\d.,，\s])\s*(?P<value>{_SIGN}?\d[\d.,，]*)")
# 自然人…………324: leaders between the two.
_LED = kept_pattern(r"(?P<labels>.*?[^.…·．・\s])\s*[.…·．・]{4,}\s*(?P<value>[^.…·．・\s][^…·．・]*)")
_LEADERS = kept_pattern(r"[.…·．・]{4,}")

_BRACKETED = r"(?:\([^()]*\)|（[^（）]*）)?"
_ITEM = late_pattern(
    rf"\s*(?P<head>[^\d，；、,;。：:（(]*[^\d\s，；、,;。：:（(+−－{DASHES}-]{_BRACKETED})\s*[：:]?\s*"
    rf"(?P<value>{_SIGN}?(?:\d{{1,3}}(?:,\d{{3}})+|\d+)(?:\.\d+)?\s*{UNIT}?)\s*(?:[，；、,;]|$)"
)
_SENTENCE = kept_pattern(
    rf"(?P<labels>.{{2,80}}?)[：:](?P<items>(?P<first>[^\d，；、,;。：:（(]{{2,20}}?{_BRACKETED})"
    rf"\s*{_SIGN}?\d[^。]*?)\s*[。；;.]?\s*"
)


class ToldTable(Struct, frozen=True):
    """A table made of values that were listed one by one, and the blocks that they came from."""

    block: int
    table: Table
    taken: tuple[Span, ...]
    tables: frozenset[int] = frozenset()  # those of the blocks that are tables


class _Value(Struct, frozen=True):
    """A value with its row label, the labels above that, and its column label ("" if it needs none)."""

    row: str
    above: tuple[str, ...]
    column: str
    cell: Cell


def long_table_laid_out(table: Table) -> Table:
    """Turn a table of one value per row (项目 | 栏目 | 数值) into one with more columns; others unchanged."""
    if len(table.cells) < 2 * _FEWEST or not _may_be_long(table.cells) or not _tells_a_path_at_its_end(table):
        return table
    rows = rows_with_hanging_labels(table)
    same = columns_of_one_text(rows)
    values: list[_Value] = []
    for at, row in enumerate(rows):
        own = without_trailing_units([cell for cell in row if cell.column not in same])
        if (values and len(own) > _WIDEST) or (at > _FEWEST and not values):
            return table
        *labels, last = own or row
        labels = [cell for cell in labels if not kind_of_text(cell.text).is_value]  # without serial numbers
        paths = [_path(cell.text) for cell in labels]
        told = _value_of([part for path in paths for part in path], last)
        by_path = told is not None and (told.column or any(_PATH.search(cell.text) for cell in labels))
        if told is not None and by_path and kind_of_text(last.text).is_value:
            values.append(told)
    if len(values) < _FEWEST or 10 * len(values) < 9 * (len(rows) - 1):
        return table
    return _laid_out(values, table.locator)


def _may_be_long(cells: Sequence[Cell]) -> bool:
    """Return whether the last row is short, not counting cells equal to the cell above."""
    last = [cell for cell in reversed(cells[-_MOST_CONSTANT:]) if cell.row == cells[-1].row]
    above = {cell.column: cell.text for cell in cells[-2 * _MOST_CONSTANT :] if cell.row == cells[-1].row - 1}
    return sum(above.get(cell.column) != cell.text for cell in last) <= _WIDEST


def _tells_a_path_at_its_end(table: Table) -> bool:
    """Return whether one of the last rows may have labels of a row and a column.

    Nine tenths of the rows of a table of one value per row have; so one of these would.
    """
    rows = table.rows()
    merged = [cell for cell in table.cells if cell.row_span > 1]
    height = max([max(rows) + 1, *[cell.row + cell.row_span for cell in merged]])
    last = sorted(rows)[-(height // 10 + 2) :]
    hanging = [cell for cell in merged if cell.row < last[0] < cell.row + cell.row_span]
    return any(_may_tell_a_path(cell.text) for row in (*map(rows.__getitem__, last), hanging) for cell in row)


@per_forms(maxsize=16384)
def _may_tell_a_path(text: str) -> bool:
    """Return whether a cell, maybe with others, may name a column, or a row and a column together."""
    return bool(_PATH.search(text)) or any(map(names_column, _labels_in_row(text)))


def told_tables(blocks: Sequence[Block]) -> Iterator[ToldTable]:
    """Yield the tables of a text that lists its values one by one."""
    title: Sequence[str] = []  # the labels that apply to the values that follow
    name: list[str] = []  # labels whose value may follow in the next paragraph
    values: list[_Value] = []
    taken: list[int] = []
    labels: list[int] = []  # paragraphs with labels whose value has not come yet
    outline: list[tuple[int, Sequence[str]]] = []  # the open branches of a tree, each with its depth
    for at, block in enumerate(blocks):
        cards = _values_on_cards(block, title) if isinstance(block, Table) else None
        if cards is not None:
            values += cards
            taken += [*labels, at]
            title, name, labels = cards[-1].above, [], []
            continue
        if isinstance(block, Table) or len(_LEADERS.sub("", block.text)) > _LONGEST:
            yield from _finished(values, taken, blocks)
            title, name, values, taken, labels = [], [], [], [], []
            continue
        depth = depth_in_tree(block.text)
        outline = [branch for branch in outline if branch[0] < depth]
        if depth:
            title, name = [label for _, branch in outline for label in branch], []
        found = _values_in(block, title, name)
        path = [] if found else _path(block.text)
        if found:
            values += found
            taken += [*labels, at]
            name, labels = [], []
        elif path and all(kind_of_text(part).labels for part in path):
            title, name = (title, path) if names_column(path[-1]) else (path, path)
            labels.append(at)
            outline += [(depth, path)] if depth else []
        else:
            title, name, labels = [], [], []
    yield from _finished(values, taken, blocks)


def _values_on_cards(table: Table, title: Sequence[str]) -> list[_Value] | None:
    """Return the values in a table of label and value, `title` applying to the first; None if it is none."""
    values: list[_Value] = []
    for label, cell in card_lines(table):
        path = row_and_column(label) or _path(label)
        if cell is None:
            title = path
            continue
        title = path[:-1] or title
        value = _value_of([*title, path[-1]], cell)
        if value is None:
            return None
        values.append(value)
    return values or None


def _finished(values: Sequence[_Value], taken: Sequence[int], blocks: Sequence[Block]) -> Iterator[ToldTable]:
    if len(values) >= _FEWEST:
        first = blocks[taken[0]]
        spans = (Span(at, 0, len(block.text)) for at in taken if isinstance(block := blocks[at], Paragraph))
        tables = frozenset(at for at in taken if isinstance(blocks[at], Table))
        yield ToldTable(taken[0], _laid_out(values, first.locator), tuple(spans), tables)


def _values_in(paragraph: Paragraph, title: Sequence[str], name: Sequence[str]) -> list[_Value]:
    """Return the values in a paragraph: one after its labels, one alone for the labels before, or a list."""
    text = paragraph.text
    if name and has_number(text) and kind_of_text(text).is_value:
        told = [*(title if name is not title else ()), *name]
        return [found for found in [_value_of(told, _cell_of(paragraph, 0, len(text)))] if found]
    for labels, start, end in readings_of_told(text):
        cell = structs.replace(_cell_of(paragraph, start, end), text=text[start:end].replace("**", ""))
        if found := _value_of([*title, *_path(labels)], cell):
            return [found]
    return _values_listed(paragraph, title)


def _values_listed(paragraph: Paragraph, title: Sequence[str]) -> list[_Value]:
    """Return the values of a row in one sentence, 行政复议：结果维持1件，结果纠正5件。; all or none."""
    sentence = _SENTENCE.fullmatch(paragraph.text)
    if sentence is None or not names_column(sentence["first"]):
        return []
    path = [*title, *_path(sentence["labels"])]
    found: list[_Value] = []
    at, end = sentence.span("items")
    while at < end:
        item = _ITEM.match(paragraph.text, at, end)
        value = (
            item
            and names_column(item["head"])
            and _value_of([*path, item["head"]], _cell_of(paragraph, *item.span("value")))
        )
        if not item or not value:
            return []
        found.append(value)
        at = item.end()
    return found


def readings_of_told(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield the ways to read a text as labels followed by a value: the labels, and the value's span.

    >>> [(labels, "自然人：324"[start:end]) for labels, start, end in readings_of_told("自然人：324")]
    [('自然人：', '324'), ('自然人', '324')]
    """
    for told in filter(None, (form.fullmatch(text) for form in (_LED, _ADJOINING, _TOLD))):
        start, end = told.span("value")
        value = text[start:end]
        start += len(value) - len(value.lstrip("* "))
        end -= len(value) - len(value.rstrip("* "))
        if kind_of_text(text[start:end].replace("**", "")).is_value:
            yield told["labels"], start, end


def _cell_of(paragraph: Paragraph, start: int, end: int) -> Cell:
    where = locate_within(paragraph, start, end)
    return Cell(0, 0, paragraph.text[start:end], where, unread=paragraph.unread, doubt=paragraph.doubt)


def _path(text: str) -> list[str]:
    """Return the labels in a text in order, without units and marks, as a new list."""
    return list(_labels_in_row(text))


@per_forms(maxsize=4096)
def _labels_in_row(text: str) -> tuple[str, ...]:
    plain = _MARKS.sub("", text).strip()
    if not kind_of_text(plain).labels and (parted := _parted_by_blanks(plain)):
        return tuple(parted)
    parts = [part for part in _PATH.split(plain) if part and not kind_of_text(part).is_unit]
    unknown = len(parts) > 1 and not kind_of_text(parts[-1]).labels
    if unknown and kind_of_text("/".join(parts[-2:])).is_column:
        parts[-2:] = ["/".join(parts[-2:])]  # the slash in 本年增/减 does not separate two labels
    known = len(parts) > 1 and all(kind_of_text(part).labels for part in parts)
    if not known and len(plain) <= _LONGEST_NAME and (run_on := row_and_column(plain)):
        return run_on
    return (plain,) if not known and kind_of_text(plain).labels else tuple(parts)


def _parted_by_blanks(text: str) -> list[str]:
    """Return the labels that blanks alone part, 行政诉讼 复议后起诉 总计; none where one is unknown."""
    parts = text.split()
    return parts if 1 < len(parts) <= _DEEPEST and all(kind_of_text(part).labels for part in parts) else []


def _value_of(path: Sequence[str], cell: Cell) -> _Value | None:
    """Return a value with its labels; None if they do not name a row, and a column if needed."""
    column = path[-1] if path and names_column(path[-1]) else ""
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
    """Arrange the values in rows, with a new header row wherever the columns change."""
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
