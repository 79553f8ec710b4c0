"""Every recipe gives the same answer, each tried where its tool is there."""

import os
import pwd
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from invented_batches import Invented, write_batch

from extractor.analysis import load
from extractor.panel import PanelOptions, build_panel, write_panel

RECIPES = Path(__file__).parents[2] / "scripts" / "recipes"
REPORTS = [
    Invented(f"{county}财政局", year, number)
    for number, county in enumerate(("大竹县", "桐乡市", "昆山市"), start=1)
    for year in range(2020, 2022 + (number > 1))
]
ANSWER = "year,agencies,requests\n2020,3,{}\n2021,3,{}\n2022,2,{}\n"


@pytest.fixture(scope="module")
def panels(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    pytest.importorskip("duckdb")
    pytest.importorskip("pyarrow")
    pytest.importorskip("pandas")
    folder = tmp_path_factory.mktemp("panels")
    with load(write_batch(folder / "out", REPORTS)) as tables:
        panel = build_panel(tables, PanelOptions())
    for suffix in (".parquet", ".csv", ".dta"):
        write_panel(panel, [()], [()], folder / f"panel{suffix}")
    sums = dict.fromkeys((2020, 2021, 2022), 0)
    for row in panel.table.to_pylist():
        sums[row["year"]] += row["rq_new_total"]
    folder.chmod(0o755)
    return folder, ANSWER.format(*sums.values())


def answer(*command: str | Path, **more: str) -> str:
    told = subprocess.run(
        list(map(str, command)), capture_output=True, text=True, check=False, env={**os.environ, **more}
    )
    assert told.returncode == 0, told.stderr
    return told.stdout


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_python_recipes(panels: tuple[Path, str], library: str) -> None:
    pytest.importorskip(library)
    folder, expected = panels
    assert answer(sys.executable, RECIPES / f"panel_{library}.py", folder / "panel.parquet") == expected


def test_the_recipe_of_r(panels: tuple[Path, str]) -> None:
    rscript = shutil.which("Rscript") or pytest.skip("R is not installed")
    folder, expected = panels
    assert answer(rscript, RECIPES / "panel.R", folder / "panel.parquet") == expected


def test_the_recipe_of_stata(panels: tuple[Path, str]) -> None:
    stata = shutil.which("stata") or pytest.skip("Stata is not installed")
    folder, expected = panels
    assert expected in answer(stata, "-q", "do", RECIPES / "panel.do", folder / "panel.dta")


@pytest.fixture
def postgres(tmp_path: Path) -> Iterator[str]:
    """Start a server of its own, reached by a socket in a folder of the test."""
    if not all(map(shutil.which, ("initdb", "pg_ctl", "psql", "postgres"))):
        pytest.skip("PostgreSQL is not installed")
    user: list[str] = []
    if os.geteuid() == 0:  # the server refuses to run as root
        if not shutil.which("runuser") or "postgres" not in {each.pw_name for each in pwd.getpwall()}:
            pytest.skip("PostgreSQL does not run as root")
        user = ["runuser", "-u", "postgres", "--"]
    home = (
        Path("/tmp") / f"pg-{os.getpid()}"
    )  # the path of a socket is short, and its folder the server's own
    home.mkdir(mode=0o777)
    home.chmod(0o777)
    quiet = {"check": True, "capture_output": True, "cwd": "/tmp"}
    try:
        subprocess.run([*user, "initdb", "-A", "trust", "-U", "test", "-D", home / "d"], **quiet)  # type: ignore[call-overload]  # the options of a dict
        options = f"-k {home} -c listen_addresses='' -c fsync=off"
        start = [*user, "pg_ctl", "-w", "-D", home / "d", "-o", options, "-l", home / "log", "start"]
        subprocess.run(start, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/tmp")
        yield f"postgresql:///postgres?host={home}&user=test"
        subprocess.run([*user, "pg_ctl", "-m", "immediate", "-D", home / "d", "stop"], **quiet)  # type: ignore[call-overload]  # the options of a dict
    finally:
        shutil.rmtree(home, ignore_errors=True)


def test_the_recipe_of_postgres_loads_the_panel_and_replaces_it(
    panels: tuple[Path, str], postgres: str
) -> None:
    folder, expected = panels
    for _ in range(2):
        assert answer("sh", RECIPES / "to_postgres.sh", folder / "panel.csv", postgres) == expected


def test_the_recipe_of_a_lake_writes_only_years_that_changed(
    panels: tuple[Path, str], tmp_path: Path
) -> None:
    deltalake = pytest.importorskip("deltalake")
    import duckdb

    def rows(out: Path) -> list[tuple[int, int]]:
        cells = deltalake.DeltaTable(str(tmp_path / "lake")).to_pyarrow_dataset()
        counted = duckdb.sql("SELECT year, count(*) FROM cells GROUP BY year ORDER BY year").fetchall()
        told = f"FROM '{out / 'cells.parquet'}' SELECT year, count(*) GROUP BY year ORDER BY year"
        assert counted == duckdb.sql(told).fetchall()
        assert cells.count_rows() == sum(count for _, count in counted)
        return counted

    def files() -> set[str]:
        return {
            uri.rpartition("/of_year=")[2] for uri in deltalake.DeltaTable(str(tmp_path / "lake")).file_uris()
        }

    first = panels[0] / "out"
    answer(sys.executable, RECIPES / "to_lake.py", first, tmp_path / "lake")
    before, of_first = rows(first), files()
    second = write_batch(tmp_path / "out", [*REPORTS, Invented("渠县财政局", 2022, 7)])
    answer(sys.executable, RECIPES / "to_lake.py", second, tmp_path / "lake")
    assert rows(second)[:2] == before[:2]
    assert files() & of_first == {n for n in of_first if not n.startswith("2022")}
    assert len(files() - of_first) == 1


def test_the_nightly_run_crawls_reads_and_writes_the_panel(tmp_path: Path) -> None:
    if not shutil.which("flock"):
        pytest.skip("flock is not installed")
    told = tmp_path / "told"
    fake = tmp_path / "extractor"
    fake.write_text(f'#!/bin/sh\necho "$1" >> {told}\n[ "$1" != crawl ] || exit 9\n', encoding="utf-8")
    fake.chmod(0o755)
    done = subprocess.run(
        ["sh", RECIPES / "nightly.sh", "sites.txt", tmp_path, "a@example.org"],
        env={**os.environ, "EXTRACTOR": str(fake)},
        check=False,
    )
    assert done.returncode == 9  # of the crawl; the others ran nevertheless
    assert told.read_text(encoding="utf-8").split() == ["crawl", "batch", "panel"]
