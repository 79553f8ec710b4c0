"""Prints agencies and new requests of each year, with pandas. Run: python panel_pandas.py PANEL.parquet."""

import sys

import pandas as pd


def main(path: str) -> None:
    """Print the CSV."""
    panel = pd.read_parquet(path, columns=["agency_id", "year", "rq_new_total"])
    by_year = panel.groupby("year").agg(
        agencies=("agency_id", "nunique"), requests=("rq_new_total", lambda told: told.sum(min_count=1))
    )
    by_year = by_year.astype("Int64").reset_index()
    by_year.to_csv(sys.stdout, index=False, lineterminator="\n")


if __name__ == "__main__":
    main(sys.argv[1])
