"""What programs are told: the table of findings, the log and the summary of a batch, and when it failed."""

import csv
import json
from decimal import Decimal
from pathlib import Path

import pytest
from typer.testing import CliRunner

from extractor.cli.commands import app
from extractor.errors import ExitCode, Misused

CASES = Path(__file__).parents[2] / "fixtures" / "cases"
BROKEN = CASES / "html-plain-2021" / "source.html"


@pytest.fixture(scope="module")
def batch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a batch over one report and one file that cannot be read."""
    pytest.importorskip("pyarrow")
    folder = tmp_path_factory.mktemp("told")
    inputs = folder / "年报"
    inputs.mkdir()
    (inputs / "好.html").write_bytes(BROKEN.read_bytes())
    (inputs / "坏.pdf").write_bytes(b"%PDF-1.4 cut")
    return folder


def run(folder: Path, *more: str) -> int:
    told = CliRunner().invoke(
        app,
        ["batch", str(folder / "年报"), "-o", str(folder / "结果"), "--workers", "1", "--quiet", *more],
    )
    return told.exit_code


def test_log_and_summary_tell_each_document_and_the_end(batch: Path) -> None:
    log, summary = batch / "日志.jsonl", batch / "小结.json"
    assert run(batch, "--log", str(log), "--summary", str(summary)) == ExitCode.PARTIAL_BATCH
    lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    assert [line["event"] for line in lines] == ["begin", "read", "read", "end"]
    assert {line["code"]: line["level"] for line in lines[1:3]} == {"ok": "info", "unreadable": "warning"}
    told = json.loads(summary.read_text(encoding="utf-8"))
    assert (told["exit_code"], told["documents"]) == (9, 2)
    assert told["failures"] == {"unreadable": 1}
    assert told["verdicts"] == {"verified": 1}


@pytest.mark.parametrize(
    ("share", "code"),
    [
        ("0", ExitCode.PARTIAL_BATCH),
        ("49%", ExitCode.PARTIAL_BATCH),
        ("50%", ExitCode.OK),
        ("0.5", ExitCode.OK),
        ("halb", ExitCode.USAGE),
        ("101%", ExitCode.USAGE),
    ],
)
def test_a_batch_fails_over_the_share_that_is_given(batch: Path, share: str, code: ExitCode) -> None:
    assert run(batch, "--fail-over", share) == code


def test_findings_are_a_table_without_reading_again(batch: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pandas = pytest.importorskip("pandas")
    run(batch)

    def read_again(*_: object) -> None:
        raise AssertionError("a document was read again")

    monkeypatch.setattr("extractor.cli.gather.parse_all", read_again)
    monkeypatch.setattr("extractor.cli.gather.run_batch", read_again)
    for suffix in ("csv", "parquet"):
        CliRunner().invoke(
            app, ["check", str(batch / "结果"), "--table", str(batch / f"核对.{suffix}"), "--quiet"]
        )
    with (batch / "核对.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    table = pandas.read_parquet(batch / "核对.parquet")
    assert table["rule"].tolist() == [row["rule"] for row in rows]
    assert {row["outcome"] for row in rows} >= {"holds", "not_checked"}
    assert all(len(row["document"]) == 64 and row["severity"] for row in rows)
    lefts = [(row["left"], value) for row, value in zip(rows, table["left"], strict=True) if row["left"]]
    assert lefts
    assert all(Decimal(text) == value for text, value in lefts)


def test_a_table_of_another_kind_is_refused(batch: Path) -> None:
    told = CliRunner().invoke(app, ["check", str(BROKEN), "--table", "核对.doc"])
    assert isinstance(told.exception, Misused)


def test_a_list_and_a_table_of_successions_reach_the_tables(batch: Path) -> None:
    pytest.importorskip("duckdb")
    from extractor.analysis import load

    given, changed = batch / "名单.csv", batch / "沿革.csv"
    given.write_text("文件,机关,年度\n坏.pdf,大竹县供销社,2022\n", encoding="utf-8")
    changed.write_text("old,new,year,kind\n大竹县供销社,大竹县商务局,2024,merged\n", encoding="utf-8")
    run(batch, "--metadata", str(given), "--successions", str(changed))
    with load(batch / "结果") as tables:
        rows = {row["name"]: row for row in tables.arrow("documents").to_pylist()}
    lost = rows["坏.pdf"]
    assert (lost["code"], lost["agency_id"], lost["year"]) == ("unreadable", "511724-供销合作社", 2022)
    assert lost["agency_id_today"] == "511724-商务"
    assert json.loads(lost["given"]) == ["agency", "year"]
    assert rows["好.html"]["given"] is None
