"""Batches from and to S3, over its protocol: a server on this machine, killed runs, closed doors."""

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pages import make_reports

from extractor.errors import ExitCode

pytest.importorskip("s3fs", reason="s3fs is not installed")
moto = pytest.importorskip("moto.server", reason="moto, or flask, is not installed")

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.filterwarnings("default")  # the server and its client warn of their own affairs


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """Return the address of an S3 server that lets everyone in."""
    running = moto.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    running.start()
    host, port = running.get_host_and_port()
    yield f"http://{host}:{port}"
    running.stop()


@pytest.fixture
def bucket(server: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Return the storage of the server, with an empty bucket `archive`."""
    import fsspec

    for key, value in {
        "AWS_ENDPOINT_URL": server,
        "AWS_ACCESS_KEY_ID": "someone",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_MAX_ATTEMPTS": "1",
    }.items():
        monkeypatch.setenv(key, value)
    forget_connections()
    storage = fsspec.filesystem("s3")
    storage.mkdir("archive")
    yield storage
    urllib.request.urlopen(urllib.request.Request(f"{server}/moto-api/reset", method="POST")).close()
    forget_connections()


def forget_connections() -> None:
    import s3fs

    s3fs.S3FileSystem.clear_instance_cache()


def put(storage: Any, folder: Path, count: int) -> None:
    for path in make_reports(folder, count):
        storage.put_file(str(path), f"archive/年报/{path.name}")


def names_in(storage: Any, folder: str) -> set[str]:
    storage.invalidate_cache()
    return {name.rpartition("/")[2] for name in storage.find(folder) if "/.journal/" not in name}


def test_a_bucket_is_read_into_a_folder_of_this_machine(tmp_path: Path, bucket: Any, run: Any) -> None:
    put(bucket, tmp_path / "in", 3)
    bucket.pipe_file("archive/年报/空格 和%20#1?.html", (tmp_path / "in" / "年报0000.html").read_bytes())
    bucket.pipe_file("archive/年报/.DS_Store", b"\0\0\0\1Bud1")
    bucket.pipe_file("archive/年报/", b"")  # what consoles put in the place of a folder
    bucket.pipe_file("archive/年报/子夹/", b"")
    ended = run("batch", "s3://archive/年报", "-o", tmp_path / "out", "--to", "csv", "-q", "--workers", 1)
    assert ended.code == ExitCode.OK
    assert (tmp_path / "out" / "reports.jsonl").read_bytes().count(b"\n") == 3
    sources = (tmp_path / "out" / "sources.csv").read_text(encoding="utf-8")
    assert "s3://archive/年报/空格 和%20#1?.html" in sources
    assert sources.count("\n") == 1 + 4


def test_a_bucket_may_hold_the_output_beside_the_input(tmp_path: Path, bucket: Any, run: Any) -> None:
    put(bucket, tmp_path / "in", 3)
    command = ("batch", "s3://archive", "-o", "s3://archive/结果", "--to", "csv", "--workers", 1)
    first = run(*command)
    written = bucket.cat("archive/结果/sources.csv")
    second = run(*command)
    assert (first.code, second.code) == (ExitCode.OK, ExitCode.OK)
    assert "本次读 0 份；以前读过或内容相同 3 份" in second.err
    bucket.invalidate_cache()
    assert bucket.cat("archive/结果/sources.csv") == written
    assert {"reports.jsonl", "cells.csv", "datapackage.json"} <= names_in(bucket, "archive/结果")


def test_kills_of_a_run_from_bucket_to_bucket_change_nothing(tmp_path: Path, bucket: Any) -> None:
    put(bucket, tmp_path / "in", 200)
    for commits in (1, 2):
        killed = start("s3://archive/年报", "s3://archive/killed")
        while killed.poll() is None and len(journals(bucket)) < commits:
            time.sleep(0.05)
        killed.kill()
        killed.wait()
    assert len(journals(bucket)) >= 2
    assert "reports.jsonl" not in names_in(bucket, "archive/killed")
    assert start("s3://archive/年报", "s3://archive/killed").wait() == 0
    assert start("s3://archive/年报", tmp_path / "calm").wait() == 0
    bucket.invalidate_cache()
    for name in ("reports.jsonl", "documents.csv", "sources.csv", "cells.csv", "checks.csv"):
        assert bucket.cat(f"archive/killed/{name}") == (tmp_path / "calm" / name).read_bytes(), name


def journals(storage: Any) -> list[str]:
    storage.invalidate_cache()
    return list(storage.glob("archive/killed/.journal/journal-*"))


def start(inputs: str, out: str | Path) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "extractor", "batch", inputs, "-o", str(out), "--to", "csv", "--quiet"]
    return subprocess.Popen([*command, "--workers", "2"], env={**os.environ, "PYTHONPATH": str(ROOT)})


def test_a_bucket_that_is_not_there_is_said_and_never_made(tmp_path: Path, bucket: Any, run: Any) -> None:
    page = make_reports(tmp_path / "in", 1)[0]
    from_nowhere = run("batch", "s3://nowhere/年报", "-o", tmp_path / "out", "--workers", 1)
    assert from_nowhere.code == ExitCode.PARTIAL_BATCH
    assert "\ns3://nowhere/年报: vanished，取不到（" in from_nowhere.err
    to_nowhere = run("batch", page, "-o", "s3://nowhere/结果", "-q", "--workers", 1)
    assert to_nowhere.code == ExitCode.CANNOT_WRITE
    assert one_sentence(to_nowhere).startswith("extractor: s3://nowhere/结果: 写不了（")
    bucket.invalidate_cache()
    assert [name for name in bucket.ls("") if "nowhere" in name] == []


@pytest.fixture(params=["wrong", "none", "unreachable"])
def closed(request: Any, bucket: Any) -> Iterator[None]:
    """Close the door: credentials that nobody knows, none at all, or nobody at home."""
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "wrong":
            patch.setattr("moto.settings.INITIAL_NO_AUTH_ACTION_COUNT", 0)  # the server asks from now on
        elif request.param == "none":
            patch.delenv("AWS_ACCESS_KEY_ID")
            patch.delenv("AWS_SECRET_ACCESS_KEY")
        else:
            patch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
        forget_connections()
        yield


def test_a_closed_door_is_one_sentence(tmp_path: Path, closed: None, run: Callable[..., Any]) -> None:
    page = make_reports(tmp_path / "in", 1)[0]
    coming = run("batch", "s3://archive/年报", "-o", tmp_path / "out", "-q", "--workers", 1)
    assert coming.code == ExitCode.MISSING_FILE
    assert one_sentence(coming).startswith("extractor: s3://archive/年报: 打不开（")
    going = run("batch", page, "-o", "s3://archive/结果", "-q", "--workers", 1)
    assert going.code == ExitCode.CANNOT_WRITE
    assert one_sentence(going).startswith("extractor: s3://archive/结果: 写不了（")


def one_sentence(ended: Any) -> str:
    (line,) = ended.err.splitlines()
    return str(line)
