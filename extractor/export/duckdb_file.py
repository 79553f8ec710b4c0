"""One DuckDB file with every table and the ready views, made of the Parquet files beside it."""

from pathlib import Path

from extractor.errors import MissingDependency, to_install
from extractor.export.columns import TableOfBatch, load_tables, parquet_at
from extractor.export.durable import make_durable, system_errors
from extractor.export.views import load_views

try:
    import duckdb
except ImportError as error:
    raise MissingDependency(f"写 DuckDB 需要 duckdb：{to_install('archive')}") from error

DATABASE = "reports.duckdb"
MEMORY = "512MB"  # DuckDB's own limit; anything beyond is written to disk


def write_database(folder: Path) -> None:
    """Write reports.duckdb out of the Parquet files of the folder."""
    path = folder / DATABASE
    with (
        system_errors(duckdb.Error),
        duckdb.connect(str(path), config={"memory_limit": MEMORY}) as connection,
    ):
        for table in load_tables().values():
            _copy(connection, table, folder / f"{table.id}.parquet")
        for view in load_views():
            connection.execute(f"CREATE VIEW {view.id} AS {view.sql}")
            connection.execute(f"COMMENT ON VIEW {view.id} IS {quoted(f'{view.about} / {view.about_en}')}")
    make_durable(path)


def _copy(connection: "duckdb.DuckDBPyConnection", table: TableOfBatch, parquet: Path) -> None:
    source = parquet_at(parquet)
    connection.execute(f'CREATE TABLE "{table.id}" AS SELECT * FROM {source}')
    connection.execute(f'COMMENT ON TABLE "{table.id}" IS {quoted(f"{table.about} / {table.about_en}")}')
    for column in table.columns:
        about = quoted(f"{column.title}：{column.about} / {column.about_en}")
        connection.execute(f'COMMENT ON COLUMN "{table.id}"."{column.id}" IS {about}')
        if column.required:
            connection.execute(f'ALTER TABLE "{table.id}" ALTER COLUMN "{column.id}" SET NOT NULL')


def quoted(value: str) -> str:
    """Return a text as an SQL string literal."""
    return "'" + value.replace("'", "''") + "'"
