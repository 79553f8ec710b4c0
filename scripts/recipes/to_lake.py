"""Brings a Delta table up to date with the cells of a batch: DuckDB reads them, deltalake writes them.

Run: python to_lake.py RESULT /lake/cells (or s3://bucket/cells). Only years in which something changed are
written; every reader of Delta sees the old or the new table, never half of one. DuckDB reads it with
`FROM delta_scan('/lake/cells')`, or as below without an extension. Needs: pip install deltalake.
"""

import sys
from pathlib import Path

import duckdb
from deltalake import DeltaTable, write_deltalake

# Of each year how many documents there are, and which: a digest that does not depend on their order.
_DIGEST = "SELECT coalesce(year, 0) AS of_year, bit_xor(hash(cells)) AS digest FROM {} cells GROUP BY ALL"


def main(folder: str, target: str) -> None:
    """Write the cells of the years that changed."""
    with duckdb.connect() as connection:
        new = f"read_parquet('{Path(folder) / 'cells.parquet'}')"
        rows = f"SELECT coalesce(year, 0) AS of_year, * FROM {new}"
        if not DeltaTable.is_deltatable(target):
            write_deltalake(target, connection.sql(rows).to_arrow_reader(), partition_by=["of_year"])
            return
        connection.register("old", DeltaTable(target).to_pyarrow_dataset())
        before = dict(connection.sql(_DIGEST.format("(SELECT * EXCLUDE (of_year) FROM old)")).fetchall())
        after = dict(connection.sql(_DIGEST.format(f"(FROM {new})")).fetchall())
        for year in sorted(before.keys() | after.keys()):
            if before.get(year) != after.get(year):
                of_year = connection.sql(f"{rows} WHERE coalesce(year, 0) = {year}").to_arrow_reader()
                write_deltalake(target, of_year, mode="overwrite", predicate=f"of_year = {year}")


if __name__ == "__main__":
    main(*sys.argv[1:3])
