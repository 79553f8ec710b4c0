"""What one edition of the standard form says: tables, rows, columns, equations, and what its words tell.

The shape of the YAML files. A key that may be left out says so; derive.py fills it in.
"""

import re
from fnmatch import fnmatchcase
from typing import Literal

from msgspec import Struct, field

from extractor.cell_id import split_cell_id, table_of

_YEAR = re.compile(r"(?:19|20)\d\d")
_UNIT = "单位"  # heads the column of units


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
    # What follows may be left out: it is then as in the edition before that has this table, else worked out.
    part: str | None = None  # numeral of the section that holds it, as 二
    telling: tuple[str, ...] | None = None  # words without which no text holds the table
    openings: tuple[str, ...] | None = None  # words with which its header begins, the first found counts
    before_columns: tuple[str, ...] | None = None  # words of the header behind which the columns are named
    least_labels: int | None = None  # of rows and columns, before the table is believed to be there
    precedence: int | None = None  # which table tells the edition of a report first: the highest number
    labels_in_pieces: bool | None = None  # whether a piece of a numbered label is told from a heading
    witnessed: str | None = None  # `row.column` that most reports tell in prose in the same words; "": none

    @property
    def label_count(self) -> int:
        """The number of its rows and columns."""
        return len(self.rows) + len(self.columns)

    @property
    def has_header_per_group(self) -> bool:
        """Whether each group of its rows stands below a header of its own, with columns of its own."""
        return self.layout == "rows" and all(row.columns for row in self.rows)

    @property
    def has_unit_column(self) -> bool:
        """Whether a unit is printed behind each label."""
        return _UNIT in self.words

    @property
    def group_opening(self) -> str:
        """The characters with which every label over several rows begins; "" where there are none."""
        groups = [row.group[0] for row in self.rows if row.group]
        first, last = min(groups, default=""), max(groups, default="")
        same = next((at for at, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), len(first))
        return first[:same]

    @property
    def outermost_rows(self) -> tuple[str, ...]:
        """The labels of rows, those over several of them once, as a header across prints them."""
        return tuple(dict.fromkeys((row.group or (row.label,))[0] for row in self.rows))

    def columns_of(self, row: Row) -> tuple[str, ...]:
        """Return the column ids of a row, in printed order."""
        return row.columns or tuple(column.id for column in self.columns)

    def cell_ids(self) -> tuple[str, ...]:
        """Return `table.row.column` of every standard cell, in printed order."""
        return tuple(f"{self.id}.{row.id}.{column}" for row in self.rows for column in self.columns_of(row))

    def row(self, row_id: str) -> Row:
        """Return the row with this id."""
        known = _ROWS.get(id(self))
        if known is None or known[0] is not self:
            known = _ROWS[id(self)] = (self, {row.id: row for row in self.rows})
        return known[1][row_id]


_ROWS: dict[int, tuple[TableForm, dict[str, Row]]] = {}  # of each table by id; worked out once a table


class Relation(Struct, frozen=True, forbid_unknown_fields=True):
    """A cell set beside a concept of another edition. "{column}" stands for every column of the table.

    Cells of one id mean the same in all editions; what nearly means the same has an id of its own.
    """

    concept: str  # the id of a cell
    cell: str
    relation: Literal["near", "not"]  # comparable with care; a false friend
    note: str
    note_en: str


class Form(Struct, frozen=True, forbid_unknown_fields=True):
    """One edition of the standard form."""

    id: str
    issued_by: str  # the letter that lays it down
    tables: tuple[TableForm, ...]
    # What follows may be left out.
    first_year: int | None = None  # the first year that is reported on with it; else the year of its id
    presumed: bool = False  # the edition that a report has where nothing tells
    cited: bool = True  # whether a report that cites the letter says by that which form it follows
    # By code of data/figure_codes.yaml: the cell that says the same, or the rows that add up to it (* for
    # a part of their ids). What is left out is the cell of this id in another edition; null: there is none.
    figures: dict[str, str | None] = field(default_factory=dict)
    relations: tuple[Relation, ...] = ()
    english: dict[str, str] = field(default_factory=dict)  # a title, label or group of labels → in English

    @property
    def year(self) -> int:
        """The first year that is reported on with it; 0 where nothing tells."""
        named = _YEAR.search(self.id) or _YEAR.search(self.issued_by)
        return self.first_year or (int(named.group()) if named else 0)

    @property
    def main_tables(self) -> tuple[TableForm, ...]:
        """The tables that stand in a section of the report; of an edition without such, all."""
        return tuple(table for table in self.tables if table.section) or self.tables

    @property
    def sections(self) -> tuple[str, ...]:
        """The codes of the sections that hold tables."""
        return tuple(table.section for table in self.tables if table.section)

    def table(self, table_id: str) -> TableForm | None:
        """Return the table with this id, None where the edition has none."""
        return next((table for table in self.tables if table.id == table_id), None)

    def has_cell(self, cell_id: str) -> bool:
        """Say whether a cell of this id is in one of its tables."""
        table = self.table(table_of(cell_id))
        return table is not None and cell_id in table.cell_ids()

    def cells_at(self, place: str) -> tuple[str, ...]:
        """Return the cells of `table.row.column`, where a row with * is every row that begins so."""
        table_id, row, column = split_cell_id(place)
        table = self.table(table_id)
        if table is None:
            return ()
        rows = [each for each in table.rows if each.id == row or ("*" in row and fnmatchcase(each.id, row))]
        return tuple(f"{table_id}.{each.id}.{column}" for each in rows if column in table.columns_of(each))


_CELLS: dict[int, tuple[TableForm, dict[str, dict[str, str]]]] = {}


def cells_of(table: TableForm) -> dict[str, dict[str, str]]:
    """Return the cell id of each column of each row, in printed order. Worked out once a table."""
    known = _CELLS.get(id(table))
    if known is None or known[0] is not table:
        ids = {row.id: {c: f"{table.id}.{row.id}.{c}" for c in table.columns_of(row)} for row in table.rows}
        known = _CELLS[id(table)] = (table, ids)
    return known[1]
