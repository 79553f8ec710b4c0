"""The editions of the standard form, as data: labels, nesting, units, identities.

One YAML file an edition, loaded and validated once. Nouns only: how a label is told in
a source is the recognizers' business, how an identity is tested that of checks.py.
"""

from functools import cache
from importlib import resources
from typing import Literal

import msgspec
import yaml
from msgspec import Struct, field

from extractor.errors import InvalidDefinition


class Column(Struct, frozen=True, forbid_unknown_fields=True):
    """A column of a standard table."""

    id: str
    label: str
    aliases: tuple[str, ...] = ()
    group: tuple[str, ...] = ()  # labels above it, outermost first


class Row(Struct, frozen=True, forbid_unknown_fields=True):
    """A row of a standard table."""

    id: str
    label: str
    aliases: tuple[str, ...] = ()
    group: tuple[str, ...] = ()  # labels before it, outermost first
    columns: tuple[str, ...] = ()  # where the row has not all columns of its table
    unit: str = ""
    units: dict[str, str] = field(default_factory=dict)  # by column, where they differ
    money: tuple[str, ...] = ()  # columns that hold decimals; all others count


class Equation(Struct, frozen=True, forbid_unknown_fields=True):
    """Two sums that agree, in every row or in every column.

    Either `total` = Σ `parts` (a blank total is then "not stated"), or Σ `left` = Σ `right`.
    """

    id: str
    says: str  # in the official's own words
    within: Literal["row", "column"]
    total: str | None = None
    parts: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    right: tuple[str, ...] = ()

    def sides(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the ids of both sides; of a total and its parts the total is left."""
        return ((self.total,), self.parts) if self.total else (self.left, self.right)


class TableForm(Struct, frozen=True, forbid_unknown_fields=True):
    """A standard table."""

    id: str
    title: str
    section: str | None  # code of the section that holds it
    layout: Literal["rows", "across"]  # across: its rows stand beside each other under one header
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    equations: tuple[Equation, ...] = ()
    words: tuple[str, ...] = ()  # printed in its header, but neither row nor column
    ignored: tuple[str, ...] = ()  # columns that some agencies add; never values of the form

    def columns_of(self, row: Row) -> tuple[str, ...]:
        """Return the column ids of a row, in printed order."""
        return row.columns or tuple(column.id for column in self.columns)

    def cell_ids(self) -> tuple[str, ...]:
        """Return `table.row.column` of every standard cell, in printed order."""
        return tuple(f"{self.id}.{row.id}.{column}" for row in self.rows for column in self.columns_of(row))

    def row(self, row_id: str) -> Row:
        """Return the row with this id."""
        return next(row for row in self.rows if row.id == row_id)


class Form(Struct, frozen=True, forbid_unknown_fields=True):
    """One edition of the standard form."""

    id: str
    issued_by: str
    tables: tuple[TableForm, ...]

    def table(self, table_id: str) -> TableForm | None:
        """Return the table with this id, None where the edition has none."""
        return next((table for table in self.tables if table.id == table_id), None)


_CELLS: dict[int, tuple[TableForm, dict[str, dict[str, str]]]] = {}


def cells_of(table: TableForm) -> dict[str, dict[str, str]]:
    """Return the cell id of each column of each row, in printed order. Worked out once a table."""
    known = _CELLS.get(id(table))
    if known is None or known[0] is not table:
        ids = {row.id: {c: f"{table.id}.{row.id}.{c}" for c in table.columns_of(row)} for row in table.rows}
        known = _CELLS[id(table)] = (table, ids)
    return known[1]


@cache
def load_forms() -> tuple[Form, ...]:
    """Load every edition, newest first."""
    names = sorted(
        (f.name for f in resources.files(__name__).iterdir() if f.name.endswith(".yaml")), reverse=True
    )
    return tuple(_load(name) for name in names)


def load_form(form_id: str) -> Form:
    """Return the edition with this id. Raise KeyError where there is none."""
    for form in load_forms():
        if form.id == form_id:
            return form
    raise KeyError(form_id)


def _load(name: str) -> Form:
    text = (resources.files(__name__) / name).read_text(encoding="utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C loader is eight times faster
    try:
        form = msgspec.convert(yaml.load(text, Loader=loader), Form)
    except (yaml.YAMLError, msgspec.ValidationError) as error:
        raise InvalidDefinition(f"{name}: {error}") from error
    if name != f"{form.id}.yaml":
        raise InvalidDefinition(f"{name}: id {form.id} is not the file's name")
    for table in form.tables:
        _require_known_headings(name, table)
    return form


def _require_known_headings(name: str, table: TableForm) -> None:
    columns, rows = {c.id for c in table.columns}, {r.id for r in table.rows}
    if len(columns) < len(table.columns) or len(rows) < len(table.rows):
        raise InvalidDefinition(f"{name}: {table.id} has an id twice")
    for row in table.rows:
        if unknown := {*row.columns, *row.units, *row.money} - columns:
            raise InvalidDefinition(f"{name}: {table.id}.{row.id} names unknown columns {sorted(unknown)}")
    for equation in table.equations:
        left, right = equation.sides()
        known = columns if equation.within == "row" else rows
        if unknown := {*left, *right} - known:
            raise InvalidDefinition(f"{name}: {equation.id} names unknown headings {sorted(unknown)}")
