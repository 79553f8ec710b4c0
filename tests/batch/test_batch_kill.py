"""A run that is killed again and again ends with the same output as one that never was."""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

from pages import make_reports

ROOT = Path(__file__).parents[2]
TABLES = (
    "reports.jsonl",
    "documents.csv",
    "sources.csv",
    "cells.csv",
    "checks.csv",
    "sections.csv",
    "notices.csv",
)


def start(inputs: Path, out: Path) -> "subprocess.Popen[bytes]":
    command = [
        sys.executable,
        "-m",
        "extractor",
        "batch",
        str(inputs),
        "-o",
        str(out),
        "--to",
        "csv",
        "--quiet",
    ]
    return subprocess.Popen([*command, "--workers", "2"], env={**os.environ, "PYTHONPATH": str(ROOT)})


def test_five_kills_change_nothing(tmp_path: Path) -> None:
    make_reports(tmp_path / "in", 60)
    make_reports(tmp_path / "in" / "again", 3)
    assert start(tmp_path / "in", tmp_path / "calm").wait() == 0
    rng = random.Random(5)
    for _ in range(5):
        run = start(tmp_path / "in", tmp_path / "killed")
        time.sleep(0.4 + rng.random() * 1.2)
        run.kill()
        run.wait()
    assert start(tmp_path / "in", tmp_path / "killed").wait() == 0
    for name in TABLES:
        assert (tmp_path / "killed" / name).read_bytes() == (tmp_path / "calm" / name).read_bytes(), name
