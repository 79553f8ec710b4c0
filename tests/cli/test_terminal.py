"""No control character of a name or a report reaches a terminal raw."""

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.cli.terminal import visible, visible_line

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "fixtures" / "cases" / "html-plain-2021" / "source.html").read_bytes()
EVIL = "年\x1b[31m报\x1b]0;x\x07\x9b2J\u202e\n伪.html"
RAW = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def run(*words: str, folder: Path) -> str:
    outcome = subprocess.run(
        [sys.executable, "-m", "extractor", *words],
        cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, check=False,
    )  # fmt: skip
    return (outcome.stdout + outcome.stderr).decode().replace("\r\n", "\n")


@given(st.text())
def test_nothing_raw_is_left_and_plain_text_stays(text: str) -> None:
    assert not RAW.search(visible(text).replace("\r\n", "\n"))
    assert "\n" not in visible_line(text)
    plain = RAW.sub("", text).replace("\u2028", "").replace("\u2029", "")
    assert visible(plain) == plain


@pytest.mark.parametrize("command", ["parse", "check", "explain", "view", "nothing"])
def test_the_names_of_files_are_made_visible(command: str, tmp_path: Path) -> None:
    (tmp_path / EVIL).write_bytes(PAGE.replace("规章".encode(), "规\x9b章\x7f".encode()))
    told = run(command, EVIL, folder=tmp_path)
    assert told
    assert not RAW.search(told)


def test_the_members_of_an_archive_are_made_visible(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(EVIL, PAGE)
        archive.writestr(EVIL + ".pdf", b"%PDF-1.4")
    told = run("batch", "a.zip", "-o", "out", folder=tmp_path)
    assert "年\\u001b[31m报" in told
    assert not RAW.search(told)
    assert not [line for line in told.splitlines() if line.startswith("伪")]
    assert not RAW.search(run("query", "out", "documents", folder=tmp_path))
    assert not RAW.search(run("query", "out", "SELEC\x1b", folder=tmp_path))
