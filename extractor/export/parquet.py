"""Parquet, one file per table, and a DuckDB file made from them."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from extractor.errors import MissingDependency, to_install
from extractor.export.columns import PRECISION, SCALE, TableOfBatch, load_tables
from extractor.export.durable import make_durable
from extractor.export.rows import Row

try:
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq
except ImportError as error:
    raise MissingDependency(
        f"写 Parquet 和 DuckDB 需要 pyarrow：{to_install('archive')}，或用 --to jsonl"
    ) from error


_TYPES = {
    "string": pa.string(),
    "json": pa.string(),
    "integer": pa.int64(),
    "decimal": pa.decimal128(PRECISION, SCALE),
    "timestamp": pa.timestamp("s"),  # UTC
}


def arrow_schema(table: TableOfBatch) -> Any:
    """Return the Arrow schema of a table: fixed types, and what each column means as metadata."""
    fields = [
        pa.field(column.id, _TYPES[column.type], nullable=not column.required, metadata=_about(column))
        for column in table.columns
    ]
    about = {
        "title": table.title,
        "about": table.about,
        "about_en": table.about_en,
        "key": ",".join(table.key),
    }
    return pa.schema(fields, metadata=about)


def _about(column: Any) -> dict[str, str]:
    told = {"title": column.title, "about": column.about, "about_en": column.about_en}
    return {**told, "unit": column.unit} if column.unit else told


def arrow_table(table: TableOfBatch, rows: list[Row]) -> Any:
    """Return rows as an Arrow table of the fixed schema. Decimals are kept digit for digit."""
    schema = arrow_schema(table)
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(schema)
    arrays = [_array(column, field.type) for column, field in zip(columns, schema, strict=True)]
    return pa.Table.from_arrays(arrays, schema=schema)


def _array(column: tuple[Any, ...], kind: Any) -> Any:
    if pa.types.is_decimal(kind):
        return _decimals(column, kind)
    if pa.types.is_timestamp(kind):
        column = tuple(value and datetime.fromisoformat(value).replace(tzinfo=None) for value in column)
    return pa.array(column, kind)


def _decimals(column: tuple[Any, ...], kind: Any) -> Any:
    """Return numbers as decimals; Arrow converts its own integers ten times as fast as Python's decimals."""
    small = [value if type(value) is int and -_FITS < value < _FITS else None for value in column]
    numbers = pa.array(small, pa.int64()).cast(kind)
    others = [
        None if value is None or number is not None else Decimal(value)
        for value, number in zip(column, small, strict=True)
    ]
    return pc.coalesce(numbers, pa.array(others, kind))


_FITS = 1 << 62  # integers that Arrow holds in 64 bits


class ParquetFiles:
    """Writes TABLE.parquet for every table."""

    def __init__(self, folder: Path) -> None:
        """Create the files."""
        self._folder = folder
        self._writers = {
            table.id: pq.ParquetWriter(
                folder / f"{table.id}.parquet", arrow_schema(table), compression="zstd"
            )
            for table in load_tables().values()
        }

    def report(self, data: bytes) -> None:
        """Ignore the report; only its rows are written."""

    def rows(self, table: TableOfBatch, rows: list[Row]) -> None:
        """Write the rows as one row group."""
        if rows:
            self._writers[table.id].write_table(arrow_table(table, rows), row_group_size=len(rows))

    def finish(self) -> list[str]:
        """Close the files."""
        names = [f"{table}.parquet" for table in self._writers]
        for writer in self._writers.values():
            writer.close()
        for name in names:
            make_durable(self._folder / name)
        return names


class _ThenDuckdb(ParquetFiles):
    """Writes the Parquet files, then a DuckDB file from them."""

    def __init__(self, folder: Path, *, keep_parquet: bool) -> None:
        super().__init__(folder)
        self._keep_parquet = keep_parquet

    def finish(self) -> list[str]:
        from extractor.export.duckdb_file import DATABASE, write_database

        names = super().finish()
        write_database(self._folder)
        return [*names, DATABASE] if self._keep_parquet else [DATABASE]


def duckdb_after(*, keep_parquet: bool) -> Callable[[Path], ParquetFiles]:
    """Return the function that makes a writer of Parquet and DuckDB, or of DuckDB only."""
    return lambda folder: _ThenDuckdb(folder, keep_parquet=keep_parquet)


class _FlatForLake(ParquetFiles):
    """Writes the tables from which the lake is made; these files are not kept."""

    def finish(self) -> list[str]:
        super().finish()
        return []


def flat_for_lake(draft: Path) -> ParquetFiles:
    """Return the writer of the tables from which the lake is made."""
    folder = draft / "flat"
    folder.mkdir()
    return _FlatForLake(folder)
