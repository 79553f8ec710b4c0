"""A second run writes what changed: databases in place, partitions one by one, and all as if written anew."""

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from invented_batches import Invented, document_of, write_batch
from msgspec.structs import replace

duckdb = pytest.importorskip("duckdb")
pytest.importorskip("pyarrow")

FORMATS = ("sqlite", "duckdb", "lake", "parquet")
FIRST = [
    Invented("大竹县财政局", 2021, 1),
    Invented("大竹县财政局", 2022, 2),
    Invented("桐乡市财政局", 2021, 3),
    Invented("昆山市财政局", 2021, 4),
]
SECOND = [*FIRST[1:3], replace(FIRST[3], code="timeout"), Invented("桐乡市财政局", 2022, 5)]
TABLES = ("documents", "cells", "checks", "notices", "sections", "figures", "sources", "concepts")


def in_sqlite(out: Path, table: str) -> list[Any]:
    with sqlite3.connect(out / "reports.sqlite") as connection:
        return sorted(connection.execute(f'SELECT * FROM "{table}"').fetchall(), key=repr)


def in_duckdb(out: Path, table: str) -> list[Any]:
    with duckdb.connect(str(out / "reports.duckdb"), read_only=True) as connection:
        return sorted(connection.execute(f'SELECT * FROM "{table}"').fetchall(), key=repr)


def in_lake(out: Path, table: str) -> list[Any]:
    files = sorted((out / "lake" / table).rglob("*.parquet"))
    asked = f"SELECT * FROM read_parquet({[str(f) for f in files]}, hive_partitioning = false)"
    return sorted(duckdb.sql(asked).fetchall(), key=repr) if files else []


def in_parquet(out: Path, table: str) -> list[Any]:
    return sorted(duckdb.sql(f"FROM '{out / table}.parquet'").fetchall(), key=repr)


def partitions(out: Path) -> dict[str, int]:
    return {
        str(path.relative_to(out / "lake" / "cells").parent): path.stat().st_ino
        for path in (out / "lake" / "cells").rglob("*.parquet")
    }


def test_what_a_second_run_leaves_is_what_one_run_would_have_written(tmp_path: Path) -> None:
    again = write_batch(tmp_path / "again", FIRST, formats=FORMATS)
    write_batch(again, SECOND, formats=FORMATS)
    once = write_batch(tmp_path / "once", SECOND, formats=FORMATS)
    for table in TABLES:
        assert in_sqlite(again, table) == in_sqlite(once, table), table
        assert in_duckdb(again, table) == in_duckdb(once, table) == in_parquet(again, table), table
        if table not in ("sources", "concepts"):
            assert in_lake(again, table) == in_parquet(again, table), table


def test_only_partitions_with_something_new_are_written(tmp_path: Path) -> None:
    out = write_batch(tmp_path / "out", FIRST, formats=FORMATS)
    before = partitions(out)
    assert sorted(before) == [
        "report_year=2021/province_code=32",
        "report_year=2021/province_code=33",
        "report_year=2021/province_code=51",
        "report_year=2022/province_code=51",
    ]
    write_batch(out, [*FIRST[1:], Invented("渠县财政局", 2022, 9)], formats=FORMATS)
    after = partitions(out)
    assert "report_year=2021/province_code=51" not in after
    assert {name for name, file in after.items() if file == before[name]} == {
        "report_year=2021/province_code=32",
        "report_year=2021/province_code=33",
    }


def test_rows_that_did_not_change_are_not_written_again(tmp_path: Path) -> None:
    out = write_batch(tmp_path / "out", FIRST, formats=("sqlite",))
    kept = document_of(FIRST[1])

    def rowids() -> list[Any]:
        with sqlite3.connect(out / "reports.sqlite") as connection:
            asked = "SELECT rowid FROM cells WHERE document = ? ORDER BY 1"
            return connection.execute(asked, [kept]).fetchall()

    before = rowids()
    write_batch(out, SECOND, formats=("sqlite",))
    assert rowids() == before


def test_a_database_of_another_layout_or_damaged_is_written_anew(tmp_path: Path) -> None:
    out = write_batch(tmp_path / "out", FIRST, formats=FORMATS)
    with sqlite3.connect(out / "reports.sqlite") as connection:
        connection.execute("DROP TABLE written")
        connection.execute("DELETE FROM cells")
    (out / "reports.duckdb").write_bytes(b"not a database")
    (out / "lake" / "written.json").write_text("{")
    write_batch(out, FIRST, formats=FORMATS)
    assert in_sqlite(out, "cells")
    assert in_duckdb(out, "cells") == in_lake(out, "cells") == in_parquet(out, "cells")


def test_a_run_that_fails_leaves_the_databases_as_they_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = write_batch(tmp_path / "out", FIRST, formats=("sqlite", "duckdb"))
    before = in_sqlite(out, "cells"), in_duckdb(out, "cells")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("extractor.export.write._put_in_place", full)
    with pytest.raises(OSError, match="No space"):
        write_batch(out, SECOND, formats=("sqlite", "duckdb"))
    assert (in_sqlite(out, "cells"), in_duckdb(out, "cells")) == before


def test_a_second_run_over_the_same_changes_no_byte(tmp_path: Path) -> None:
    formats = ("sqlite", "duckdb")
    out = write_batch(tmp_path / "out", FIRST, formats=formats)
    before = {
        name: (out / name).read_bytes() for name in ("reports.sqlite", "reports.duckdb", "datapackage.json")
    }
    write_batch(out, FIRST, formats=formats)
    assert {name: (out / name).read_bytes() for name in before} == before
    write_batch(out, SECOND, formats=formats)
    assert (out / "reports.sqlite").read_bytes() != before["reports.sqlite"]
