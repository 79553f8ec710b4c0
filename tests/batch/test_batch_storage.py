"""Inputs and outputs on shared storage: the same batch, and another machine goes on with it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pages import make_reports

from extractor.batch import Settings, run_batch
from extractor.batch.storage import output_folder
from extractor.errors import ExitCode

fsspec = pytest.importorskip("fsspec", reason="fsspec is not installed")

ADDRESS = "memory://bucket"


@pytest.fixture
def storage() -> Iterator[Any]:
    storage = fsspec.filesystem("memory")
    yield storage
    storage.rm("/bucket", recursive=True)


def put(storage: Any, paths: list[Path]) -> None:
    for path in paths:
        storage.put_file(str(path), f"/bucket/in/{path.name}")


def test_a_storage_is_read_and_written(tmp_path: Path, storage: Any, run: Callable[..., Any]) -> None:
    put(storage, make_reports(tmp_path, 3))
    ended = run("batch", f"{ADDRESS}/in", "-o", f"{ADDRESS}/out", "--to", "csv", "-q", "--workers", 1)
    assert ended.code == ExitCode.OK
    assert storage.cat("/bucket/out/reports.jsonl").count(b"\n") == 3
    assert "bucket/in/年报0001.html".encode() in storage.cat("/bucket/out/sources.csv")


def test_another_machine_goes_on_from_the_journal_of_the_storage(tmp_path: Path, storage: Any) -> None:
    put(storage, make_reports(tmp_path, 3))
    settings = Settings(workers=1, commit_documents=1)
    with output_folder(f"{ADDRESS}/out") as (first, mirror):
        run_batch([f"{ADDRESS}/in"], first, settings, mirror=mirror)
    put(storage, make_reports(tmp_path, 4))
    with output_folder(f"{ADDRESS}/out") as (second, mirror):
        batch = run_batch([f"{ADDRESS}/in"], second, settings, mirror=mirror)
        assert second != first
        assert (batch.tally.read, batch.tally.known) == (1, 3)
        assert sum(bool(report) for _, report in batch.harvest.reports()) == 4


def test_a_pattern_and_a_lost_file_of_a_storage(tmp_path: Path, storage: Any) -> None:
    put(storage, make_reports(tmp_path, 2))
    inputs = [f"{ADDRESS}/in/*0001.html", f"{ADDRESS}/in/没有.html"]
    batch = run_batch(inputs, tmp_path / "out", Settings(workers=1))
    assert [(s.place.name, s.code) for s in batch.harvest.sightings] == [
        ("没有.html", "vanished"),
        ("年报0001.html", "ok"),
    ]
