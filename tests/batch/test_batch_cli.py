"""The commands batch and query: what they print, what they write, how they end."""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pages import make_reports

from extractor.errors import ExitCode

Run = Callable[..., Any]


def test_a_whole_archive_ends_well_and_says_how_many_of_what(tmp_path: Path, run: Run) -> None:
    make_reports(tmp_path / "in", 3)
    ended = run("batch", tmp_path / "in", "-o", tmp_path / "out", "--to", "csv", "--workers", 1)
    assert (ended.code, ended.out) == (ExitCode.OK, b"")
    assert "verified  3     数字齐全，能核的全部相符" in ended.err
    assert "最慢的：" in ended.err
    assert (tmp_path / "out" / "reports.jsonl").read_bytes().count(b"\n") == 3
    with (tmp_path / "out" / "documents.csv").open(encoding="utf-8-sig") as file:
        assert [row["verdict"] for row in csv.DictReader(file)] == ["verified"] * 3


def test_failures_are_told_of_and_give_a_code_of_their_own(tmp_path: Path, run: Run) -> None:
    make_reports(tmp_path / "in", 1)
    (tmp_path / "in" / "坏.pdf").write_bytes(b"%PDF-1.4")
    ended = run("batch", tmp_path / "in", tmp_path / "没有.zip", "-o", tmp_path / "out", "--to", "jsonl")
    assert ended.code == ExitCode.PARTIAL_BATCH
    assert f"{tmp_path / '没有.zip'}: vanished，打不开" in ended.err
    assert f"{tmp_path / 'in' / '坏.pdf'}: unreadable，" in ended.err


def test_quiet_says_nothing(tmp_path: Path, run: Run) -> None:
    make_reports(tmp_path / "in", 1)
    ended = run("batch", tmp_path / "in", "-o", tmp_path / "out", "--to", "jsonl", "-q")
    assert (ended.code, ended.err) == (ExitCode.OK, "")


def test_nothing_found_is_no_success(tmp_path: Path, run: Run) -> None:
    (tmp_path / "in").mkdir()
    assert (
        run("batch", tmp_path / "in", "-o", tmp_path / "out", "--to", "jsonl").code == ExitCode.MISSING_FILE
    )


def test_paths_are_read_from_standard_input(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = make_reports(tmp_path / "in", 2)
    (tmp_path / "list").write_text(f"{paths[0]}\n{paths[1]}\n", encoding="utf-8")
    with (tmp_path / "list").open(encoding="utf-8") as listed:
        monkeypatch.setattr("sys.stdin", listed)
        assert run("batch", "-", "-o", tmp_path / "out", "--to", "jsonl", "-q").code == ExitCode.OK
    assert (tmp_path / "out" / "reports.jsonl").read_bytes().count(b"\n") == 2


@pytest.mark.parametrize(
    ("options", "told"), [(("--to", "dbf"), "没有 dbf"), (("--engine", "dask"), "没有 --engine dask")]
)
def test_options_that_there_are_not_are_refused(
    options: tuple[str, ...], told: str, tmp_path: Path, run: Run
) -> None:
    ended = run("batch", tmp_path, "-o", tmp_path / "out", *options)
    assert ended.code == ExitCode.USAGE
    assert told in ended.err


def test_an_output_that_cannot_be_written_has_its_code(tmp_path: Path, run: Run) -> None:
    (tmp_path / "file").touch()
    ended = run("batch", tmp_path, "-o", tmp_path / "file" / "out")
    assert ended.code == ExitCode.CANNOT_WRITE
    assert ended.err.count("\n") == 1


def test_a_query_prints_a_table_or_writes_csv(tmp_path: Path, run: Run) -> None:
    pytest.importorskip("duckdb", reason="duckdb is not installed")
    make_reports(tmp_path / "in", 2)
    run("batch", tmp_path / "in", "-o", tmp_path / "out", "-q")
    sql = "SELECT verdict, count(*) AS n FROM documents GROUP BY verdict"
    assert run("query", tmp_path / "out", sql).out.decode() == "verdict   n\nverified  2\n"
    assert run("query", tmp_path / "out", sql, "--csv", "-").out.decode() == "verdict,n\r\nverified,2\n"
    run("query", tmp_path / "out", sql, "--csv", tmp_path / "n.csv")
    assert (tmp_path / "n.csv").read_text(encoding="utf-8-sig").splitlines() == ["verdict,n", "verified,2"]
    assert run("query", tmp_path / "out", "SELEC").code == ExitCode.USAGE
