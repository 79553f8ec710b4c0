"""Reading one file has an end, and takes no more memory than it may."""

import io
import itertools
import os
import resource
import signal
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import extractor
from extractor.batch.settings import Limits
from extractor.batch.worker import read_bytes
from extractor.cli.child import _receive, _send
from extractor.errors import ExitCode, OutOfMemory
from extractor.outcome import DocumentPlace

PAGE = "<html><body><p>云岭县档案局2023年政府信息公开工作年度报告</p></body></html>"
Run = Callable[..., Any]


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "a.html"
    path.write_text(PAGE, encoding="utf-8")
    return path


def test_a_file_that_takes_too_long_is_left(run: Run, page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extractor.pipeline.find_tables", lambda *_: any(n < 0 for n in itertools.count()))
    told = run("parse", page, "--timeout", "0.3")
    assert told.code == ExitCode.UNREADABLE
    assert "超过时间上限 0.3 秒" in told.err
    assert told.err.count("\n") == 1


def test_a_file_that_takes_too_much_memory_is_left(
    run: Run, page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = resource.getrlimit(resource.RLIMIT_DATA)
    monkeypatch.setattr("extractor.pipeline.find_tables", lambda *_: bytearray(3 << 30))
    told = run("parse", page)
    assert told.code == ExitCode.UNREADABLE
    assert "超过内存上限" in told.err
    assert resource.getrlimit(resource.RLIMIT_DATA) == before


def test_what_hangs_in_a_library_is_ended_and_what_dies_is_said(
    run: Run, page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def hang() -> None:
        signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())  # as deaf as a loop in C code
        threading.Event().wait()

    faults = {
        "hangs.html": hang,
        "falls.html": lambda: os.kill(os.getpid(), signal.SIGSEGV),
        "aborts.html": os.abort,  # as a library does that is given no more memory
        "killed.html": lambda: os.kill(os.getpid(), signal.SIGKILL),
    }

    def fail(path: Path, **more: Any) -> Any:
        if fault := faults.get(path.name):
            fault()
        return extractor.parse(path, **more)

    monkeypatch.setattr("extractor.cli.reading.parse", fail)
    paths = [page.with_name(name) for name in (*faults, "b.html")]
    for path in paths:
        path.write_text(PAGE, encoding="utf-8")
    told = run("parse", *paths, "--timeout", "1")
    assert [line["source"]["name"] for line in told.objects()] == ["b.html"]
    hangs, falls, aborts, killed, *_ = told.err.splitlines()
    assert "hangs.html: 超过时间上限 1 秒" in hangs
    assert "falls.html: 读它的进程崩溃了（-11）" in falls
    assert "aborts.html: 读它的进程中止了（-6），可能是到了内存上限" in aborts
    assert "killed.html: 读它的进程被系统杀掉" in killed


def test_what_the_process_of_a_file_compiles_is_kept_before_it_is_ended(
    run: Run, page: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("extractor.cli.limits.keep_patterns", lambda: (tmp_path / str(os.getpid())).touch())
    assert run("parse", page).code == ExitCode.OK
    [kept] = [int(path.name) for path in tmp_path.iterdir() if path.name.isdecimal()]
    assert kept != os.getpid()


def test_an_answer_that_is_cut_short_is_no_answer() -> None:
    file = io.BytesIO()
    _send(file, ["云岭县"])
    for length in range(len(file.getvalue())):
        with pytest.raises(EOFError):
            _receive(io.BytesIO(file.getvalue()[:length]))
    assert _receive(io.BytesIO(file.getvalue())) == ["云岭县"]


def test_too_little_memory_is_an_error_of_the_package_and_a_reason_to_replace_a_worker(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr("extractor.pipeline.find_tables", fail)
    with pytest.raises(OutOfMemory):
        extractor.parse(PAGE.encode(), name="a.html")
    with pytest.raises(MemoryError):
        read_bytes("0" * 64, DocumentPlace("a.html"), PAGE.encode(), Limits())


def test_what_is_within_the_limits_is_read(run: Run, page: Path) -> None:
    assert run("parse", page, "--timeout", "60", "--max-memory", "1024").objects()
