"""The types of an edition's YAML: tables, rows, columns, equations, and identifying words.

Comments say which keys may be omitted; derive.py fills those in.
"""

from fnmatch import fnmatchcase
from typing import Literal

from msgspec import Struct, field

from extractor.cell_id import split_cell_id, table_of
from extractor.patterns import kept_pattern

_YEAR = kept_pattern(r"(?:19|20)\d\d")
_UNIT = "单位"  # heading of the column of units


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
    columns: tuple[str, ...] = ()  # set if the row does not have all columns of its table
    unit: str = ""
    units: dict[str, str] = field(default_factory=dict)  # by column, if they differ
    money: tuple[str, ...] = ()  # columns with decimals; all others are counts


class Equation(Struct, frozen=True, forbid_unknown_fields=True):
    """Two sums that agree, in every row or in every column.

    Either `total` = Σ `parts` (a blank total is then "not stated"), or Σ `left` = Σ `right`.
    """

    id: str
    says: str  # what it states, in an official's words
    within: Literal["row", "column"]
    total: str | None = None
    parts: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    right: tuple[str, ...] = ()

    def sides(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the ids of both sides; for a total and its parts, the total is the left side."""
        return ((self.total,), self.parts) if self.total else (self.left, self.right)


class TableForm(Struct, frozen=True, forbid_unknown_fields=True):
    """A standard table."""

    id: str
    title: str
    section: str | None  # code of the section that contains it
    layout: Literal["rows", "across"]  # across: its rows are side by side under one header
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    equations: tuple[Equation, ...] = ()
    words: tuple[str, ...] = ()  # printed in its header, but neither row nor column labels
    ignored: tuple[str, ...] = ()  # columns that some agencies add; never values of the form
    # The following may be omitted: it is then taken from the nearest edition with this table, else derived.
    part: str | None = None  # numeral of the section that contains it, such as 二
    telling: tuple[str, ...] | None = None  # one of these words is in every text that contains the table
    openings: tuple[str, ...] | None = None  # words that begin its header; the first found counts
    before_columns: tuple[str, ...] | None = None  # words of the header after which the columns are named
    least_labels: int | None = None  # row and column labels needed before the table counts as present
    precedence: int | None = None  # the table with the highest number determines the edition of a report
    # whether parts of a numbered label can be distinguished from headings
    labels_in_pieces: bool | None = None
    witnessed: str | None = None  # `row.column` of a cell that most reports also give in prose; "": none

    @property
    def label_count(self) -> int:
        """The number of its rows and columns."""
        return len(self.rows) + len(self.columns)

    @property
    def has_header_per_group(self) -> bool:
        """Whether each group of rows has a header of its own, with its own columns."""
        return self.layout == "rows" and all(row.columns for row in self.rows)

    @property
    def has_unit_column(self) -> bool:
        """Whether a unit is printed after each label."""
        return _UNIT in self.words

    @property
    def group_opening(self) -> str:
        """The characters with which every group label begins; "" if there are none."""
        groups = [row.group[0] for row in self.rows if row.group]
        first, last = min(groups, default=""), max(groups, default="")
        same = next((at for at, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), len(first))
        return first[:same]

    @property
    def outermost_rows(self) -> tuple[str, ...]:
        """The outermost labels of the rows, each group label once, as in a side-by-side header."""
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


_ROWS: dict[int, tuple[TableForm, dict[str, Row]]] = {}  # rows of each table by id; cached per table


class Relation(Struct, frozen=True, forbid_unknown_fields=True):
    """The relation of a cell to a concept of another edition. "{column}" means every column of the table.

    Cells with the same id mean the same in all editions; nearly the same meaning needs another id.
    """

    concept: str  # the id of a cell
    cell: str
    # "near": comparable with care; "not": looks the same but means something else
    relation: Literal["near", "not"]
    note: str
    note_en: str


class Form(Struct, frozen=True, forbid_unknown_fields=True):
    """One edition of the standard form."""

    id: str
    issued_by: str  # the document that issued it
    tables: tuple[TableForm, ...]
    # The following may be omitted.
    first_year: int | None = None  # the first year of reports in this form; by default the year of its id
    presumed: bool = False  # whether it is assumed if nothing shows the edition
    cited: bool = True  # whether citing that document shows that a report follows this form
    # Code of data/figure_codes.yaml → the cell with the same meaning, or the rows that add up to it (* for a
    # part of their ids). An omitted code means the cell with the same id as in another edition; null: there
    # is none.
    figures: dict[str, str | None] = field(default_factory=dict)
    relations: tuple[Relation, ...] = ()
    english: dict[str, str] = field(default_factory=dict)  # title, label or group of labels → English

    @property
    def year(self) -> int:
        """The first year of reports in this form; 0 if unknown."""
        named = _YEAR.search(self.id) or _YEAR.search(self.issued_by)
        return self.first_year or (int(named.group()) if named else 0)

    @property
    def main_tables(self) -> tuple[TableForm, ...]:
        """The tables in sections of the report; all tables if there are no such."""
        return tuple(table for table in self.tables if table.section) or self.tables

    @property
    def sections(self) -> tuple[str, ...]:
        """The codes of the sections with tables."""
        return tuple(table.section for table in self.tables if table.section)

    def table(self, table_id: str) -> TableForm | None:
        """Return the table with this id; None if the edition has none."""
        return next((table for table in self.tables if table.id == table_id), None)

    def has_cell(self, cell_id: str) -> bool:
        """Return whether one of its tables has a cell with this id."""
        table = self.table(table_of(cell_id))
        return table is not None and cell_id in table.cell_ids()

    def cells_at(self, place: str) -> tuple[str, ...]:
        """Return the cells of `table.row.column`; a row ending in * means all rows that begin so."""
        table_id, row, column = split_cell_id(place)
        table = self.table(table_id)
        if table is None:
            return ()
        rows = [each for each in table.rows if each.id == row or ("*" in row and fnmatchcase(each.id, row))]
        return tuple(f"{table_id}.{each.id}.{column}" for each in rows if column in table.columns_of(each))


_CELLS: dict[int, tuple[TableForm, dict[str, dict[str, str]]]] = {}


def cells_of(table: TableForm) -> dict[str, dict[str, str]]:
    """Return the cell id of each column of each row, in printed order. Cached per table."""
    known = _CELLS.get(id(table))
    if known is None or known[0] is not table:
        ids = {row.id: {c: f"{table.id}.{row.id}.{c}" for c in table.columns_of(row)} for row in table.rows}
        known = _CELLS[id(table)] = (table, ids)
    return known[1]
