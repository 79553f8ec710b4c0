"""The tables that a batch writes, as data: columns, types, keys, and what they mean in both languages."""

from pathlib import Path
from typing import Literal

from msgspec import Struct, field, structs

from extractor.definitions import load_definition
from extractor.errors import InvalidDefinition
from extractor.forms import load_forms, newest_tables, per_forms
from extractor.patterns import kept_pattern

Type = Literal["string", "integer", "decimal", "json", "timestamp"]

# Total digits and decimal places: money keeps what is printed, and all counts fit.
PRECISION = 38
SCALE = 12


class ColumnOfTable(Struct, frozen=True, forbid_unknown_fields=True):
    """A column. Missing values are null, never an empty string."""

    id: str
    type: Type
    title: str
    title_en: str
    about: str
    about_en: str
    required: bool = False
    unit: str | None = None
    enum: tuple[str, ...] = ()
    # the allowed values are the editions or tables of the forms
    enum_of: Literal["editions", "tables"] | None = None
    pattern: str | None = None  # a regular expression that every value matches entirely


class TableOfBatch(Struct, frozen=True, forbid_unknown_fields=True):
    """A table: one file in most formats, one sheet or one relation in others."""

    id: str
    title: str
    title_en: str
    about: str
    about_en: str
    key: tuple[str, ...]
    columns: tuple[ColumnOfTable, ...]
    foreign: dict[str, str] = field(default_factory=dict)  # column → the table whose key it refers to

    @property
    def names(self) -> tuple[str, ...]:
        """The ids of the columns, in order."""
        return tuple(column.id for column in self.columns)


class _TablesOfBatch(Struct, frozen=True, forbid_unknown_fields=True):
    tables: tuple[TableOfBatch, ...]


@per_forms()
def load_tables() -> dict[str, TableOfBatch]:
    """Return the tables by id, in the order in which they are written.

    Raises:
        InvalidDefinition: data/tables.yaml contradicts itself.
    """
    tables = load_definition("tables.yaml", _TablesOfBatch).tables
    for table in tables:
        if unknown := {*table.key, *table.foreign} - set(table.names):
            raise InvalidDefinition(f"tables.yaml: {table.id} names unknown columns {sorted(unknown)}")
    return {table.id: _with_enums(table) for table in tables}


def _with_enums(table: TableOfBatch) -> TableOfBatch:
    """Fill in the allowed values of columns that name an edition or a standard table."""
    known = {"editions": tuple(sorted(form.id for form in load_forms())), "tables": newest_tables()}
    columns = (
        structs.replace(column, enum=known[column.enum_of]) if column.enum_of else column
        for column in table.columns
    )
    return structs.replace(table, columns=tuple(columns))


def parquet_at(path: Path) -> str:
    """Return the DuckDB SQL that reads one Parquet file; characters that are wildcards are escaped.

    >>> parquet_at(Path("结果[1]/q*x.parquet"))
    "read_parquet('结果[[]1]/q[*]x.parquet')"
    """
    quoted = kept_pattern(r"([*?\[])").sub(r"[\1]", str(path)).replace("'", "''")
    return f"read_parquet('{quoted}')"
