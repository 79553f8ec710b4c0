"""The predefined measures: a name, a definition in both languages, and SQL."""

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct, structs

from extractor.cell_id import split_cell_id, table_of
from extractor.definitions import load_definition
from extractor.errors import InvalidDefinition
from extractor.forms import Form, TableForm, load_forms, per_forms
from extractor.patterns import kept_pattern

_CELLS = kept_pattern(r"\{(cells|tables) ([a-z_]+(?: or [a-z_]+)*)\}")
_TOTAL = "total"  # name in the view `totals` for the only column that it keeps of a table


class View(Struct, frozen=True, forbid_unknown_fields=True):
    """A measure, or an intermediate step, as a view over the tables of a batch."""

    id: str
    title: str
    about: str
    about_en: str
    sql: str


class _Views(Struct, frozen=True, forbid_unknown_fields=True):
    views: tuple[View, ...]


@per_forms()
def load_views() -> tuple[View, ...]:
    """Return the views; one that uses another comes after it.

    Raises:
        InvalidDefinition: data/measures.yaml is invalid, or an edition lacks a measure.
    """
    views = load_definition("measures.yaml", _Views).views
    return tuple(structs.replace(view, sql=_with_cells(view.sql)) for view in views)


def _with_cells(sql: str) -> str:
    """Replace the placeholders in a view's SQL by the tables, columns and cells of all editions."""
    tables = [table for form in load_forms() for table in form.tables]
    kept = [table for table in tables if table.layout == "across"]
    summed = [table for table in tables if _total_of(table) and table not in kept]
    parts = [(table.id, part) for table in summed for part in _parts_of_total(table)]
    for name, values in (
        ("{kept_tables}", [(table.id,) for table in kept]),
        ("{summed_tables}", [(table.id,) for table in summed]),
        ("{total_columns}", [(table.id, _total_of(table) or "") for table in summed]),
        ("{part_columns}", parts),
    ):
        sql = sql.replace(name, _tuples(values, 2 if "columns" in name else 1))
    return _CELLS.sub(_cells_or_tables, sql)


def _cells_or_tables(match: re.Match[str]) -> str:
    cells = list(_cells(match[2].split(" or ")))
    return _tuples(cells, 3) if match[1] == "cells" else _tuples([cell[:1] for cell in cells], 1)


def _cells(codes: list[str]) -> Iterator[tuple[str, str, str]]:
    """Yield table, row and column of the first of these codes that each edition has."""
    for form in load_forms():
        told = [code for code in codes if code in form.figures]
        if not told and not _shares_a_table(form, codes):
            names = "、".join(codes)
            raise InvalidDefinition(
                f"{form.id}.yaml: figures 没有写明 {names} 是哪一格，常用指标会漏掉这一版；没有就写 null"
            )
        place = next((place for code in told if (place := form.figures[code])), None)
        for cell in form.cells_at(place) if place else ():
            table_id, row, column = split_cell_id(cell)
            table = form.table(table_id)
            collapsed = table is not None and table.layout != "across" and column == _total_of(table)
            yield table_id, row, _TOTAL if collapsed else column


def _shares_a_table(form: Form, codes: Iterable[str]) -> bool:
    """Return whether the edition lacks these codes although it has a table that has them elsewhere."""
    tables = {
        table_of(place) for other in load_forms() for code in codes if (place := other.figures.get(code))
    }
    return any(form.table(table) for table in tables)


def _total_of(table: TableForm) -> str | None:
    """Return the one column of a table that holds its totals; None if there is none."""
    if len(table.columns) == 1:
        return table.columns[0].id
    return next((each.total for each in table.equations if each.within == "row" and each.total), None)


def _parts_of_total(table: TableForm) -> tuple[str, ...]:
    return next((each.parts for each in table.equations if each.within == "row" and each.total), ())


def _tuples(values: Iterable[tuple[str, ...]], width: int) -> str:
    """Return values as an SQL list; if there are none, a list that matches nothing."""
    listed = list(dict.fromkeys(values)) or [("",) * width]
    shown = ("(" + ", ".join(f"'{text}'" for text in value) + ")" for value in listed)
    return "(" + ", ".join(text[1:-1] if width == 1 else text for text in shown) + ")"
