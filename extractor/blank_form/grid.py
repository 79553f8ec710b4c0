"""The tables of an edition as rows of cells with spans, and the parts of the report around them."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from math import ceil

from msgspec import Struct

from extractor.forms import Column, Form, Row, TableForm
from extractor.words import word

_SECTIONS = ("overview", "proactive", "requests", "disputes", "problems", "other")
_NUMERALS = "一二三四五六"
# letters: widths of columns of numbers, group labels and labels
_NARROWEST, _WIDEST_GROUP, _WIDEST_LABEL = 8, 14, 40


class FormCell(Struct, frozen=True):
    """A cell of the blank form: a label, or an empty cell with the id of its value."""

    text: str = ""
    row_span: int = 1
    column_span: int = 1
    cell: str | None = None


FormRows = tuple[tuple[FormCell, ...], ...]


class FormPart(Struct, frozen=True):
    """A part of the report: its heading, and its table if it has one."""

    heading: str
    table: TableForm | None = None
    rows: FormRows = ()

    @property
    def width(self) -> int:
        """Number of columns of the table."""
        return sum(cell.column_span for cell in self.rows[0])


class BlankForm(Struct, frozen=True):
    """A report in which only agency and year are filled in."""

    title: str
    parts: tuple[FormPart, ...]


def blank_form(form: Form, agency: str, year: int) -> BlankForm:
    """Return the blank form of an edition for an agency and a year.

    Tables that belong to no section come at the end, as an annex.
    """
    by_section = {table.section: table for table in form.tables if table.section}
    parts = [
        _part(f"{numeral}、{word('section', section)}", by_section.get(section))
        for numeral, section in zip(_NUMERALS, _SECTIONS, strict=True)
    ]
    parts += [_part(f"附件：{table.title}", table) for table in form.tables if not table.section]
    return BlankForm(f"{agency}{year}年政府信息公开工作年度报告", tuple(parts))


def _part(heading: str, table: TableForm | None) -> FormPart:
    return FormPart(heading, table, laid_out(table)) if table else FormPart(heading)


def laid_out(table: TableForm) -> FormRows:
    """Return the rows of a table as printed in the edition, with an empty cell for each value."""
    if table.layout == "across":
        return _across(table)
    if table.has_unit_column:
        return _listed(table)
    return _group_by_group(table) if table.has_header_per_group else _nested(table)


def _group_by_group(table: TableForm) -> FormRows:
    """Return a table in which each group of rows has its own header; the last column fills the width."""
    width = 1 + max(len(row.columns) for row in table.rows)
    labels = {column.id: column.label for column in table.columns}
    rows: list[tuple[FormCell, ...]] = []
    for group, members in groupby(table.rows, key=lambda row: (row.group, row.columns)):
        spans = [1] * len(group[1]) + [width - len(group[1])]
        heads = [table.words[0], *(labels[column] for column in group[1])]
        rows.append((FormCell("".join(group[0]), 1, width),))
        rows.append(tuple(FormCell(head, 1, span) for head, span in zip(heads, spans, strict=True)))
        for row in members:
            values = zip(row.columns, spans[1:], strict=True)
            rows.append((FormCell(row.label), *(_empty(table, row, column, span) for column, span in values)))
    return tuple(rows)


def _listed(table: TableForm) -> FormRows:
    """Return a table with one value per row and its unit; a group label has a row of its own."""
    rows = [tuple(map(FormCell, table.words))]
    own = {row.label for row in table.rows}
    before: tuple[str, ...] = ()
    for row in table.rows:
        for depth, label in enumerate(row.group):
            if row.group[: depth + 1] != before[: depth + 1] and not _heads_itself(label, own):
                rows.append((FormCell(label), FormCell(), FormCell()))
        before = row.group
        rows.append((FormCell(row.label), FormCell(row.unit), _empty(table, row, table.columns[0].id)))
    return tuple(rows)


def _heads_itself(label: str, rows: Iterable[str]) -> bool:
    """Return whether a group label is itself a row, perhaps with a remark in brackets."""
    return any(row == label or row.startswith(f"{label}（") for row in rows)


def _nested(table: TableForm) -> FormRows:
    """Return a table whose rows and columns both have group labels."""
    depth = 1 + max(len(row.group) for row in table.rows)
    return (*_nested_header(table, depth), *_nested_rows(table, depth))


def _nested_header(table: TableForm, depth: int) -> FormRows:
    corner = next((text for text in table.words if text.startswith("（")), "")
    levels = 1 + max(len(column.group) for column in table.columns)
    top = (FormCell(corner, levels + 1, depth), FormCell(table.words[0], 1, len(table.columns)))
    return (top, *_levels(table.columns, levels))


def _levels(columns: Sequence[Column], levels: int) -> FormRows:
    """Return the labels of columns level by level, a group label once."""
    rows = []
    for level in range(levels):
        cells = []
        for label, members in groupby(columns, key=lambda column: (*column.group, column.label)[: level + 1]):
            over = list(members)
            if len(label) == level + 1:
                is_last = len(over[0].group) == level
                cells.append(FormCell(label[level], levels - level if is_last else 1, len(over)))
        rows.append(tuple(cells))
    return tuple(rows)


def _nested_rows(table: TableForm, depth: int) -> FormRows:
    rows = []
    for at, row in enumerate(table.rows):
        lead = []
        for level, label in enumerate(row.group):
            opening = row.group[: level + 1]
            if at == 0 or table.rows[at - 1].group[: level + 1] != opening:
                below = [other.group[: level + 1] == opening for other in table.rows[at:]]
                lead.append(FormCell(label, (*below, False).index(False)))
        lead.append(FormCell(row.label, 1, depth - len(row.group)))
        rows.append((*lead, *(_empty(table, row, column) for column in table.columns_of(row))))
    return tuple(rows)


def _across(table: TableForm) -> FormRows:
    """Return a table whose rows stand beside each other, each over columns of its own.

    A row without a group has its columns right below its label, which is as tall as theirs.
    """
    levels = 1 + max(len(row.group) for row in table.rows)
    count = len(table.columns)
    header: list[list[tuple[int, FormCell]]] = [[] for _ in range(levels + 1)]
    for at, row in enumerate(table.rows):
        labels = (*row.group, row.label)
        for level, _ in enumerate(labels):
            opening = labels[: level + 1]
            others = [(*other.group, other.label)[: level + 1] == opening for other in table.rows[at:]]
            if at == 0 or (*table.rows[at - 1].group, table.rows[at - 1].label)[: level + 1] != opening:
                width = (*others, False).index(False) * count
                header[level].append((at * count, FormCell(labels[level], 1, width)))
        height = levels + 1 - len(labels)
        columns = (FormCell(column.label, height) for column in table.columns)
        header[len(labels)].extend(enumerate(columns, at * count))
    rows = [tuple(cell for _, cell in sorted(level, key=lambda placed: placed[0])) for level in header]
    values = tuple(_empty(table, row, column) for row in table.rows for column in table.columns_of(row))
    return (*rows, values)


def _empty(table: TableForm, row: Row, column: str, span: int = 1) -> FormCell:
    return FormCell("", 1, span, f"{table.id}.{row.id}.{column}")


def places(rows: FormRows) -> list[tuple[int, int, FormCell]]:
    """Return each cell with its row and column, from 0."""
    taken: set[tuple[int, int]] = set()
    found = []
    for y, row in enumerate(rows):
        x = 0
        for cell in row:
            while (y, x) in taken:
                x += 1
            covered = ((y + i, x + j) for i in range(cell.row_span) for j in range(cell.column_span))
            taken.update(covered)
            found.append((y, x, cell))
    return found


def column_widths(part: FormPart) -> list[int]:
    """Return the width of each column in letters; a Chinese character is two letters wide."""
    widths = [_NARROWEST] * part.width
    for _, x, cell in places(part.rows):
        if cell.column_span == 1 and cell.text:
            wanted = _WIDEST_GROUP if cell.row_span > 1 else _WIDEST_LABEL
            widths[x] = max(widths[x], min(2 * len(cell.text) + 2, wanted))
    return widths


def row_heights(part: FormPart) -> list[int]:
    """Return the height of each row in lines, for its labels."""
    widths, heights = column_widths(part), [1] * len(part.rows)
    for y, x, cell in places(part.rows):
        room = sum(widths[x : x + cell.column_span])
        lines = ceil((2 * len(cell.text) + 1) / room)
        for row in range(y, y + cell.row_span):
            heights[row] = max(heights[row], ceil(lines / cell.row_span))
    return heights
