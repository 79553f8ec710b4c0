"""Prints agencies and new requests of each year, with polars. Run: python panel_polars.py PANEL.parquet."""

import sys

import polars as pl


def main(path: str) -> None:
    """Print the CSV."""
    told = pl.col("rq_new_total")
    by_year = (
        pl.scan_parquet(path)
        .group_by("year")
        .agg(
            pl.col("agency_id").n_unique().alias("agencies"),
            pl.when(told.count() > 0).then(told.sum()).alias("requests"),
        )
        .sort("year")
        .collect()
    )
    sys.stdout.write(by_year.write_csv())


if __name__ == "__main__":
    main(sys.argv[1])
