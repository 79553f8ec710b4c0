"""Appends the cells of a batch to a table of a lake through DuckDB: Delta or Iceberg.

Run: python to_lake.py RESULT delta /lake/cells, or python to_lake.py RESULT iceberg CATALOG.SCHEMA.cells
with the catalog attached by the SQL in the environment variable LAKE_ATTACH. DuckDB fetches its extension
once from its own site. The batch's own Parquet, in partitions, needs neither: extractor batch … --to lake.
"""

import os
import sys
from pathlib import Path

import duckdb


def main(folder: str, kind: str, target: str) -> None:
    """Write the cells."""
    with duckdb.connect() as connection:
        source = f"read_parquet('{Path(folder) / 'cells.parquet'}')"
        connection.execute(f"INSTALL {kind}")
        connection.execute(f"LOAD {kind}")
        if kind == "iceberg":
            connection.execute(os.environ["LAKE_ATTACH"])
            connection.execute(f"CREATE TABLE IF NOT EXISTS {target} AS FROM {source} LIMIT 0")
        else:
            connection.execute(f"ATTACH '{target}' AS lake (TYPE delta)")
            target = "lake"
        connection.execute(f"INSERT INTO {target} FROM {source}")


if __name__ == "__main__":
    main(*sys.argv[1:4])
