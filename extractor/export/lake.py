"""Parquet in partitions by year and province; only those with a new or changed document are written.

lake/written.json                                     documents, their digests and partitions
lake/TABLE/report_year=2023/province_code=51/*.parquet
"""

import shutil
from collections.abc import Mapping
from pathlib import Path

import duckdb
import msgspec
from msgspec import Struct

from extractor.export.duckdb_file import MEMORY, quoted
from extractor.export.in_place import OF_DOCUMENTS, changed, layout

FOLDER = "lake"
FLAT = "flat"  # folder in the draft with the tables as whole files
_WRITTEN = "written.json"


class _LakeState(Struct, frozen=True):
    layout: str = ""
    digests: dict[str, str] = {}
    partitions: dict[str, str] = {}  # partition of each document: report_year=2023/province_code=51


def update_lake(draft: Path, out: Path, signatures: Mapping[str, str]) -> list[str]:
    """Write the partitions with changes, and delete those that are now empty.

    Returns:
        The partitions written.
    """
    lake = out / FOLDER
    before = _state(lake)
    # With one thread, rows keep their order and memory stays small.
    config: dict[str, str | bool | int | float | list[str]] = {
        "threads": 1,
        "memory_limit": MEMORY,
        "temp_directory": str(draft / "spill"),
    }
    with duckdb.connect(":memory:", config=config) as connection:
        connection.execute(
            f"""CREATE TABLE place AS SELECT document, coalesce(year, 0) AS report_year,
            coalesce(substr(region_code, 1, 2), '00') AS province_code
            FROM read_parquet({quoted(str(draft / FLAT / "documents.parquet"))})"""
        )
        places = {
            document: f"report_year={year}/province_code={province}"
            for document, year, province in connection.execute("FROM place").fetchall()
        }
        new = [document for document in signatures if before.digests.get(document) != signatures[document]]
        stale = {before.partitions[document] for document in changed(before.digests, signatures)}
        stale |= {places[document] for document in new}
        connection.execute("CREATE TABLE wanted AS SELECT unnest(?) AS partition", [sorted(stale)])
        for table in OF_DOCUMENTS:
            _copy(connection, draft, table)
    for table in OF_DOCUMENTS:
        for partition in stale:
            _replace(draft / FOLDER / table / partition, lake / table / partition)
    state = _LakeState(layout(), dict(signatures), places)
    lake.mkdir(exist_ok=True)
    (draft / _WRITTEN).write_bytes(msgspec.json.encode(state))
    (draft / _WRITTEN).replace(lake / _WRITTEN)
    return sorted(stale)


def _state(lake: Path) -> _LakeState:
    """Return the record of an earlier run; empty if its layout was different."""
    try:
        state = msgspec.json.decode((lake / _WRITTEN).read_bytes(), type=_LakeState)
    except (OSError, msgspec.DecodeError):
        state = _LakeState()
    if state.layout == layout():
        return state
    shutil.rmtree(lake, ignore_errors=True)
    return _LakeState()


def _copy(connection: duckdb.DuckDBPyConnection, draft: Path, table: str) -> None:
    source = quoted(str(draft / FLAT / f"{table}.parquet"))
    target = draft / FOLDER / table
    target.mkdir(parents=True)
    connection.execute(
        f"""COPY (SELECT t.*, p.report_year, p.province_code FROM read_parquet({source}) t
        JOIN place p USING (document)
        WHERE concat('report_year=', p.report_year, '/province_code=', p.province_code)
              IN (SELECT partition FROM wanted))
        TO {quoted(str(target))}
        (FORMAT parquet, COMPRESSION zstd, PARTITION_BY (report_year, province_code), OVERWRITE_OR_IGNORE)"""
    )


def _replace(new: Path, old: Path) -> None:
    shutil.rmtree(old, ignore_errors=True)
    if new.is_dir():
        old.parent.mkdir(parents=True, exist_ok=True)
        new.replace(old)
