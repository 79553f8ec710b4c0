"""Without what only Linux has, the commands still work and hold their limits."""

import subprocess
import sys
from pathlib import Path

import pytest
from bare_system import bare_environment
from pages import make_reports
from pebble import ProcessExpired

from extractor.batch.own_limits import OUT_OF_MEMORY
from extractor.batch.pool import _failure
from extractor.batch.settings import Limits
from extractor.batch.worker import ReadTask
from extractor.errors import ExitCode
from extractor.outcome import DocumentPlace


def run(tmp_path: Path, *arguments: object) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, *map(str, arguments)],
        env=bare_environment(tmp_path / "bare"),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def extractor(tmp_path: Path, *arguments: object) -> "subprocess.CompletedProcess[str]":
    return run(tmp_path, "-m", "extractor", *arguments)


def test_a_batch_reads_what_it_reads_elsewhere_and_goes_on_where_it_was(tmp_path: Path) -> None:
    make_reports(tmp_path / "in", 3)
    (tmp_path / "in" / "broken.docx").write_bytes(b"PK\x03\x04 and no more")
    command = ("batch", tmp_path / "in", "-o", tmp_path / "out", "--to", "csv", "--workers", 1)
    first = extractor(tmp_path, *command)
    assert first.returncode == ExitCode.PARTIAL_BATCH, first.stderr
    assert "Traceback" not in first.stderr
    again = extractor(tmp_path, *command)
    assert again.returncode == ExitCode.PARTIAL_BATCH, again.stderr
    assert (tmp_path / "out" / "reports.jsonl").read_bytes().count(b"\n") == 3


def test_a_folder_is_checked(tmp_path: Path) -> None:
    make_reports(tmp_path / "in", 9)
    checked = extractor(tmp_path, "check", tmp_path / "in")
    assert checked.returncode in (ExitCode.OK, ExitCode.INCONSISTENT), checked.stderr
    assert "共 9 份" in checked.stdout


EATS = """
from extractor.batch.own_limits import limit_own_memory
import time
limit_own_memory(200 << 20)
held = b"x" * (400 << 20)
time.sleep(20)
"""
HANGS = """
from extractor.batch.own_limits import end_within
end_within(0.3)
while True:
    pass
"""
GOES_ON = """
from extractor.batch.own_limits import end_within
import time
end_within(0.3)
end_within(0)
time.sleep(0.9)
"""


@pytest.mark.parametrize(("program", "code"), [(EATS, 87), (HANGS, 88), (GOES_ON, 0)])
def test_a_worker_ends_itself(program: str, code: int, tmp_path: Path) -> None:
    assert run(tmp_path, "-c", program).returncode == code


def test_a_worker_that_ended_itself_for_its_memory_is_no_crash() -> None:
    task = ReadTask("0" * 64, DocumentPlace("a.html"), "a.html", 1)
    ended = ProcessExpired("ended", code=OUT_OF_MEMORY)
    assert _failure(task, ended, Limits()).code == "memory"


HANGS = """
import itertools, sys
import extractor.pipeline
from extractor.cli import main

eats = {}
def stuck(*_):
    if {eats}:
        held = bytearray(700 << 20)
    return any(n < 0 for n in itertools.count())

extractor.pipeline.find_tables = stuck
if __name__ == "__main__":
    sys.exit(main())
"""


@pytest.mark.parametrize(
    ("options", "eats", "said"),
    [(("--timeout", "2"), "False", "超过时间上限 2 秒"), (("--max-memory", "400"), "True", "超过内存上限")],
)
def test_reading_one_file_has_its_limits(
    options: tuple[str, str], eats: str, said: str, tmp_path: Path
) -> None:
    make_reports(tmp_path / "in", 2)
    program = tmp_path / "program.py"
    program.write_text(HANGS.replace("{eats}", eats), encoding="utf-8")
    first, second = sorted((tmp_path / "in").iterdir())
    told = run(tmp_path, program, "parse", first, *options)
    assert told.returncode == ExitCode.UNREADABLE, told.stderr
    assert said in told.stderr.splitlines()[-1]
    plain = extractor(tmp_path, "parse", first, second)
    assert (plain.returncode, plain.stdout.count("\n")) == (ExitCode.OK, 2), plain.stderr
