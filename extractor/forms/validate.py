"""Conditions that an edition must meet, each violation reported in one sentence."""

from collections.abc import Sequence
from pathlib import PurePath

from extractor.cell_id import split_cell_id
from extractor.errors import InvalidDefinition
from extractor.forms.model import Form, TableForm
from extractor.patterns import kept_pattern

_EDITION = kept_pattern(r"[0-9A-Za-z][0-9A-Za-z_-]*")
_HEADING = kept_pattern(r"[a-z0-9_]+")
_PLACE = kept_pattern(r"[a-z0-9_]+\.[a-z0-9_]+\*?\.[a-z0-9_]+")


def require_sound(name: str, form: Form) -> None:
    """Require that an edition refers only to rows, columns and tables that it defines.

    Raises:
        InvalidDefinition: It does not.
    """
    if PurePath(name).stem != form.id:
        raise InvalidDefinition(f"{name}: id {form.id} is not the file's name")
    if not _EDITION.fullmatch(form.id):
        raise InvalidDefinition(f"{name}: id {form.id} 只能有字母、数字、- 和 _")
    if form.first_year is None and not form.year:
        raise InvalidDefinition(f"{name}: 编号和发文字号里都没有年份，请写明 first_year")
    if not form.tables:
        raise InvalidDefinition(f"{name}: 没有一张表")
    if len({table.id for table in form.tables}) < len(form.tables):
        raise InvalidDefinition(f"{name}: a table has its id twice")
    for table in form.tables:
        _require_known_headings(name, table)
    _require_known_cells(name, form)


def _require_known_headings(name: str, table: TableForm) -> None:
    columns, rows = {c.id for c in table.columns}, {r.id for r in table.rows}
    if not columns or not rows:
        raise InvalidDefinition(f"{name}: {table.id} has no row or no column")
    if len(columns) < len(table.columns) or len(rows) < len(table.rows):
        raise InvalidDefinition(f"{name}: {table.id} has an id twice")
    if wrong := [each for each in (table.id, *columns, *rows) if not _HEADING.fullmatch(each)]:
        raise InvalidDefinition(f"{name}: {table.id} 的代码 {wrong[0]} 只能有小写字母、数字和 _")
    for row in table.rows:
        if unknown := {*row.columns, *row.units, *row.money} - columns:
            raise InvalidDefinition(f"{name}: {table.id}.{row.id} names unknown columns {sorted(unknown)}")
    for equation in table.equations:
        left, right = equation.sides()
        known = columns if equation.within == "row" else rows
        if unknown := {*left, *right} - known:
            raise InvalidDefinition(f"{name}: {equation.id} names unknown headings {sorted(unknown)}")


def _require_known_cells(name: str, form: Form) -> None:
    for code, place in form.figures.items():
        if place is not None and not (_PLACE.fullmatch(place) and form.cells_at(place)):
            raise InvalidDefinition(f"{name}: figures 的 {code} 没有 {place} 这样的格")
    for table in form.tables:
        if table.witnessed and not form.has_cell(f"{table.id}.{table.witnessed}"):
            raise InvalidDefinition(f"{name}: {table.id} 没有 {table.witnessed} 这一格")
    if unknown_labels := form.english.keys() - _labels(form):
        raise InvalidDefinition(f"{name}: english 里的 {min(unknown_labels)} 不是这一版的标签")
    for relation in form.relations:
        table_id, _, column = split_cell_id(relation.cell) if relation.cell.count(".") == 2 else ("", "", "")
        held = form.table(table_id)
        columns = [each.id for each in held.columns] if held and column == "{column}" else [column]
        if held is None or not any(form.has_cell(relation.cell.replace("{column}", c)) for c in columns):
            raise InvalidDefinition(f"{name}: relations 里的 {relation.cell} 不是这一版的格")


def _labels(form: Form) -> set[str]:
    """Return the titles, labels and groups of labels of an edition."""
    labels = {table.title for table in form.tables}
    for table in form.tables:
        labels.update(label for row in table.rows for label in (row.label, *row.group))
        labels.update(label for column in table.columns for label in (column.label, *column.group))
    return labels


def require_sound_together(forms: Sequence[Form]) -> None:
    """Require that the editions do not conflict with each other.

    Raises:
        InvalidDefinition: They do.
    """
    ids = [form.id for form in forms]
    if twice := sorted({form_id for form_id in ids if ids.count(form_id) > 1}):
        raise InvalidDefinition(f"表格版本 {twice[0]} 有两份")
    if len(presumed := [form.id for form in forms if form.presumed]) > 1:
        raise InvalidDefinition(f"只能有一版写 presumed，却有 {'、'.join(sorted(presumed))}")
    known = {cell for form in forms for table in form.tables for cell in table.cell_ids()}
    for form in forms:
        for relation in form.relations:
            if "{column}" not in relation.concept and relation.concept not in known:
                raise InvalidDefinition(f"{form.id}.yaml: relations 里的 {relation.concept} 不是任何一版的格")
