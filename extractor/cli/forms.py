"""The forms command: the contents of each edition of the standard form, for people and programs."""

from collections.abc import Iterable, Iterator
from textwrap import wrap

import msgspec
import typer

from extractor.cli.language import translated_line
from extractor.cli.table import align
from extractor.forms import Equation, Form, Row, TableForm, load_forms, presumed_form


def describe_forms(form_id: str | None, *, as_json: bool) -> bytes:
    """Return the contents of one edition, or of all.

    Raises:
        typer.BadParameter: There is no such edition.
    """
    known = load_forms()
    chosen = [form for form in known if form_id in (None, form.id)]
    if not chosen:
        ids = "、".join(form.id for form in known)
        raise typer.BadParameter(f"没有 {form_id} 版，有 {ids}", param_hint="ID")
    if as_json:
        return msgspec.json.format(msgspec.json.encode(chosen if form_id is None else chosen[0]), indent=2)
    lines = _overview(chosen) if form_id is None else _details(chosen[0])
    return translated_line("\n".join(lines)).encode()


def _overview(forms: Iterable[Form]) -> Iterator[str]:
    for form in forms:
        yield f"{form.id}  {form.issued_by}"
        for table in form.tables:
            size = f"{len(table.rows)} 行，{len(table.cell_ids())} 格，{len(table.equations)} 条勾稽关系"
            yield f"  {table.id}  {table.title}：{size}"
        yield ""
    yield f"一版的行、列和勾稽关系：extractor forms {presumed_form().id}"


def _details(form: Form) -> Iterator[str]:
    yield f"{form.id}  {form.issued_by}"
    for table in form.tables:
        yield ""
        yield f"{table.id}  {table.title}"
        yield "  列"
        columns = [(column.id, "/".join((*column.group, column.label))) for column in table.columns]
        yield from _indent(align(columns))
        yield "  行"
        yield from _indent(_row_lines(table))
        if table.equations:
            yield "  勾稽关系"
            yield from _indent(line for equation in table.equations for line in _equation_lines(equation))


def _row_lines(table: TableForm) -> Iterator[str]:
    """Yield a line for each row, and one for its group labels when they change."""
    lines = align([_row_facts(table, row) for row in table.rows], widest=80)
    before: tuple[str, ...] = ()
    for row, line in zip(table.rows, lines, strict=True):
        if row.group != before:
            before = row.group
            yield "/".join(before) or "—"
        yield f"  {line}"


def _row_facts(table: TableForm, row: Row) -> tuple[str, str, str, str]:
    """Return id, label and unit of a row, and its columns if they differ from the table's."""
    units = dict.fromkeys(row.units.get(column, row.unit) for column in table.columns_of(row))
    told = "、".join(unit for unit in units if unit).replace("as printed", "按原文")
    return row.id, row.label, told, " ".join(row.columns)


def _equation_lines(equation: Equation) -> Iterator[str]:
    left, right = (" + ".join(side) for side in equation.sides())
    where = "每行" if equation.within == "row" else "每列"
    yield f"{equation.id}（{where}）：{equation.says}"
    yield from wrap(f"{left} = {right}", 100, initial_indent="  ", subsequent_indent="    ")


def _indent(lines: Iterable[str]) -> Iterator[str]:
    return (f"    {line}" for line in lines)
