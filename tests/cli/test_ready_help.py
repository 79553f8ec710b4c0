"""The help written beforehand is that of typer."""

import os
import subprocess
import sys

import pytest

from extractor.cli.language import LANGUAGES, Language
from extractor.cli.ready_help import help_file, ready_help
from scripts.write_help import help_of_typer


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_help_written_beforehand_is_that_of_typer(language: Language) -> None:
    """Run `make definitions` after a change to the help."""
    typers = help_of_typer(language).decode()
    assert (
        help_file(language).read_text(encoding="utf-8").split() == typers.split()
    )  # typers differ in spaces


def shown(*arguments: str, columns: int) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "extractor", *arguments],
        env={**os.environ, "COLUMNS": str(columns)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )


def test_help_is_shown_without_typer() -> None:
    told = shown("--help", columns=100)
    assert told.stdout.encode() == help_file("zh").read_bytes()
    assert "typer" not in told.stderr
    assert "msgspec" not in told.stderr


def test_a_narrow_terminal_has_shorter_lines() -> None:
    told = shown("-h", "--lang", "en", columns=60)
    assert "typer" in told.stderr
    assert max(map(len, told.stdout.splitlines())) < 60


@pytest.mark.parametrize(
    ("arguments", "language"),
    [
        (["--help"], "en"),
        (["-h", "--lang", "zh"], "zh"),
        (["--lang=en", "--help"], "en"),
        (["parse", "--help"], None),
        (["--help", "parse"], None),
        (["--help", "--lang", "fr"], None),
        ([], None),
    ],
)
def test_help_is_plainly_asked_for(
    arguments: list[str], language: Language | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EXTRACTOR_LANG", "en")
    monkeypatch.setenv("COLUMNS", "80")
    expected = help_file(language).read_bytes().rstrip() if language else None
    assert ready_help(arguments) == expected


def test_a_shell_that_asks_for_completions_is_answered_by_typer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_EXTRACTOR_COMPLETE", "complete_bash")
    assert ready_help(["--help"]) is None
