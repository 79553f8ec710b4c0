"""A batch that is given editions of the form reads by them in its worker processes, and writes them down."""

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest
from invented_editions import html_report, subset, superset, text_report, write_forms

from extractor.batch.settings import fingerprint
from extractor.forms import use_forms


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Write two reports by editions that the package has not, and the editions."""
    monkeypatch.delenv("EXTRACTOR_FORMS", raising=False)
    use_forms(write_forms(tmp_path / "forms", superset(), subset()))
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.html").write_bytes(html_report("2027", 2027))
    (tmp_path / "in" / "b.txt").write_bytes(text_report("2023", 2024))
    use_forms()
    return tmp_path


def extractor(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "extractor", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_the_worker_processes_know_the_editions_given(folder: Path) -> None:
    run = extractor(
        folder, "batch", "in", "-o", "out", "--to", "csv,duckdb", "--forms", "forms", "--workers", "1"
    )
    assert run.returncode == 0, run.stderr
    with (folder / "out" / "documents.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    assert sorted((row["edition"], row["verdict"]) for row in rows) == [
        ("2023", "verified"),
        ("2027", "verified"),
    ]
    package = json.loads((folder / "out" / "datapackage.json").read_text("utf-8"))
    assert '"2027"' in json.dumps(package)
    unknown = extractor(folder, "query", "out", "requests")
    assert (unknown.returncode, "2023、2027" in unknown.stderr) == (2, True)
    answer = extractor(folder, "query", "out", "requests", "--forms", "forms", "--csv", "-")
    assert sorted(row["edition"] for row in csv.DictReader(answer.stdout.splitlines())) == ["2023", "2027"]


def test_a_bad_edition_ends_the_batch_before_it_begins(folder: Path) -> None:
    (folder / "forms" / "2027.yaml").write_text("id: 2027", "utf-8")
    run = extractor(folder, "batch", "in", "-o", "out", "--forms", "forms")
    assert (run.returncode, run.stderr.count("\n")) == (8, 1)
    assert not (folder / "out").exists()


def test_other_editions_are_another_reader(folder: Path) -> None:
    before = fingerprint()
    use_forms(folder / "forms")
    assert fingerprint() != before
    use_forms()
    assert fingerprint() == before
