"""The command line speaks Chinese, the words of typer too, and English where that is asked for."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from extractor.cli.language import language_of_system, without_language
from extractor.errors import ExitCode

ROOT = Path(__file__).parents[2]
REPORT = ROOT / "fixtures" / "cases" / "fault-wrong-part" / "source.html"
CHINESE = re.compile("[\u3400-\u9fff]")
TYPERS_ENGLISH = re.compile(
    r"Usage|Options|Arguments|Error|Missing|Invalid|Show this|default|required|<[a-z]"
)


def run(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "extractor", *arguments],
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "COLUMNS": "100", **environment},
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "zh"),
        ({"LANG": "C.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "EXTRACTOR_LANG": "en"}, "en"),
        ({"LANG": "en_US.UTF-8", "EXTRACTOR_LANG": "zh"}, "zh"),
    ],
)
def test_the_environment_tells_the_language(environment: dict[str, str], language: str) -> None:
    assert language_of_system(environment) == language


def test_the_option_stands_anywhere_before_a_double_dash() -> None:
    assert without_language(["a", "--lang=en", "b"]) == (["a", "b"], "en")
    assert without_language(["--", "--lang", "en"]) == (["--", "--lang", "en"], None)
    assert without_language(["serve", "--lang", "en"], ["serve"]) == (["serve", "--lang", "en"], "en")


@pytest.mark.parametrize(
    "arguments",
    [("--help",), ("batch", "--help"), ("prase",), ("batch", "x"), ("check", "--xlsx"),
     ("batch", "x", "-o", "y", "--workers", "0"), ("batch", "x", "-o", "y", "--workers", "two"),
     ("parse", "--indnt"), ("parse",), ("schema", "more"), ("parse", "--quiet=1", "x")],
)  # fmt: skip
def test_no_english_of_typer_is_left_in_chinese(arguments: tuple[str, ...]) -> None:
    done = run(*arguments)
    assert TYPERS_ENGLISH.findall(done.stdout + done.stderr) == []
    assert CHINESE.search(done.stdout + done.stderr)


def test_a_name_that_reads_like_typers_english_stays(tmp_path: Path) -> None:
    assert "Missing option 'x'.docx: 没有这个文件" in run("parse", "Missing option 'x'.docx").stderr


def test_english_says_everything_but_what_is_quoted() -> None:
    done = run("check", str(REPORT), "--lang", "en", "--all")
    assert done.returncode == ExitCode.INCONSISTENT
    assert "82 hold, 1 fail" in done.stdout
    help_text = run("check", "--help", EXTRACTOR_LANG="en").stdout
    told = [line for line in help_text.splitlines() if not line.strip().startswith("extractor ")]
    assert [line for line in told if CHINESE.search(line)] == []


def test_data_is_the_same_in_any_language() -> None:
    chinese, english = run("parse", str(REPORT)), run("parse", str(REPORT), "--lang", "en")
    assert chinese.stdout == english.stdout
    assert "not add up" in english.stderr


def test_an_unknown_language_is_refused() -> None:
    done = run("parse", "x", "--lang", "fr")
    assert done.returncode == ExitCode.USAGE
    assert "fr" in done.stderr


@pytest.mark.parametrize("encoding", ["cp936", "cp1252", "ascii"])
def test_output_that_goes_to_a_console_of_windows_has_its_chinese(encoding: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "extractor", "parse", "missing.docx"],
        env={"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": encoding}, capture_output=True, check=False,
    )  # fmt: skip
    readable = encoding if encoding == "cp936" else "utf-8"
    assert "没有这个文件" in done.stderr.decode(readable)


def test_completion_is_written_for_a_shell() -> None:
    done = run("--show-completion", "bash", _TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION="1")
    assert "_EXTRACTOR_COMPLETE" in done.stdout + done.stderr
