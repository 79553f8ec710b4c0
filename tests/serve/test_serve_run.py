"""The server as a process: it begins, it ends, and what was not to be kept is gone with it."""

import io
import json
import signal
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from bare_system import bare_environment
from started_server import Server

from extractor.errors import ExitCode

pytest.importorskip("starlette", reason="needs the extra serve")

SAMPLE = Path(__file__).parent.parent.parent / "fixtures/cases/html-plain-2021/source.html"


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_what_is_not_to_be_kept_is_gone_when_the_server_ends(tmp_path: Path, how: signal.Signals) -> None:
    server = Server(None, scratch=tmp_path)
    request = urllib.request.Request(f"{server.address}/v1/parse?name=a.html", SAMPLE.read_bytes())
    with urllib.request.urlopen(request) as answer:
        assert answer.status == 200
    (kept,) = tmp_path.glob("extractor-serve-*")
    assert kept.is_dir()
    assert server.stop(how) == 0
    assert list(tmp_path.glob("extractor-serve-*")) == []


def test_without_what_only_linux_has_files_are_read_listed_and_written_into_a_sheet(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    server = Server(tmp_path / "data", environment=bare_environment(tmp_path / "bare"))
    try:
        cases = SAMPLE.parent.parent
        files = {
            "甲局.html": (cases / "fault-zero-total/source.html").read_bytes(),
            "乙局.html": SAMPLE.read_bytes(),
            "坏的.docx": b"PK\x03\x04 broken",
        }
        job = server.post("/v1/batch", files)["id"]
        end = time.monotonic() + 90
        while json.loads(server.get(f"/v1/jobs/{job}"))["state"] != "done":
            assert time.monotonic() < end
            time.sleep(0.2)
        known = {name: row["errors"] for name, row in server.rows(job).items()}
        assert known == {"甲局.html": 1, "乙局.html": 0, "坏的.docx": 0}
        sheet = io.BytesIO(server.get(f"/v1/jobs/{job}/downloads/sheet"))
        assert len(openpyxl.load_workbook(sheet).sheetnames) == 2
    finally:
        assert server.stop() == 0


def test_a_port_that_is_taken_is_told(tmp_path: Path, run: Callable[..., Any]) -> None:
    server = Server(tmp_path)
    try:
        port = server.address.rpartition(":")[2]
        outcome = run("serve", "--port", port, "--no-open", "--data", tmp_path)
        assert outcome.code == ExitCode.USAGE
        assert "--port" in outcome.err
    finally:
        server.stop()


def test_a_language_that_there_is_not_is_told(run: Callable[..., Any]) -> None:
    outcome = run("serve", "--lang", "fr")
    assert outcome.code == ExitCode.USAGE
    assert "zh、en" in outcome.err
