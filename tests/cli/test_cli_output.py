"""Where the JSON goes: a file is whole or not there, and nothing of the user's is lost."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from extractor import errors
from extractor.errors import ExitCode

Run = Callable[..., Any]


def test_output_goes_to_the_file(run: Run, answers: dict[str, Any], tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    target.write_text("of an earlier run")
    outcome = run("parse", "a.html", "b.html", "-o", target)
    assert outcome.out == b""
    assert [json.loads(line)["title"] for line in target.read_text().splitlines()] == ["a.html", "b.html"]
    assert list(tmp_path.iterdir()) == [target]


def test_output_to_a_folder_is_one_file_an_input(run: Run, answers: dict[str, Any], tmp_path: Path) -> None:
    answers["c.pdf"] = errors.Unreadable("c.pdf: 文件损坏")
    run("parse", "x/a.html", "x/a.docx", "x/c.pdf", "--pretty", "-o", f"{tmp_path}/new/")
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == ["a.docx.json", "a.html.json"]
    assert json.loads((tmp_path / "new" / "a.docx.json").read_text())["title"] == "a.docx"


def test_nothing_is_written_where_nothing_was_read(run: Run, answers: dict[str, Any], tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    target.write_text("of an earlier run")
    answers["a.pdf"] = errors.Unreadable("a.pdf: 文件损坏")
    run("parse", "a.pdf", "-o", target)
    assert target.read_text() == "of an earlier run"


def test_an_input_is_never_overwritten(run: Run, answers: dict[str, Any], tmp_path: Path) -> None:
    page = tmp_path / "a.html"
    page.write_text("a report")
    assert run("parse", page, "-o", page).code == ExitCode.USAGE
    assert page.read_text() == "a report"


def test_two_inputs_never_share_an_output(run: Run, answers: dict[str, Any], tmp_path: Path) -> None:
    outcome = run("parse", "x/a.html", "y/a.html", "-o", tmp_path)
    assert outcome.code == ExitCode.USAGE
    assert list(tmp_path.iterdir()) == []


def test_a_missing_output_folder_is_told_before_anything_is_read(
    run: Run, answers: dict[str, Any], tmp_path: Path
) -> None:
    assert run("parse", "a.html", "-o", tmp_path / "no" / "out.json").code == ExitCode.USAGE


def test_a_device_is_written_to_and_stays_a_device(run: Run, answers: dict[str, Any]) -> None:
    assert run("parse", "a.html", "-o", os.devnull).code == ExitCode.OK
    assert not Path(os.devnull).is_file()


def test_a_link_to_the_output_stays_a_link(run: Run, answers: dict[str, Any], tmp_path: Path) -> None:
    (tmp_path / "link.json").symlink_to(tmp_path / "real.json")
    run("parse", "a.html", "-o", tmp_path / "link.json")
    assert (tmp_path / "link.json").is_symlink()
    assert json.loads((tmp_path / "real.json").read_text())["title"] == "a.html"


def test_an_output_that_cannot_be_written_is_one_sentence(
    run: Run, answers: dict[str, Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def full(self: Path, data: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    outcome = run("parse", "a.html", "-o", tmp_path / "out.json")
    assert outcome.code == ExitCode.DISK_FULL
    assert "out.json: 磁盘满了" in outcome.err
    assert outcome.err.count("\n") == 1


def test_a_folder_without_permission_is_one_sentence(
    run: Run, answers: dict[str, Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def refused(self: Path, data: bytes) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "write_bytes", refused)
    outcome = run("parse", "a.html", "-o", tmp_path)
    assert outcome.code == ExitCode.CANNOT_WRITE
    assert "写不了" in outcome.err
    assert outcome.err.count("\n") == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
def test_a_full_standard_output_is_one_sentence() -> None:
    command = [sys.executable, "-m", "extractor", "schema"]
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)
    assert ended.returncode == ExitCode.DISK_FULL
    assert ended.stderr.decode().startswith("extractor: 标准输出: 磁盘满了")
    assert ended.stderr.count(b"\n") == 1
