"""The everyday form of the parse command is understood as typer understands it, and without typer."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import typer
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.cli import app
from extractor.cli.plain import PlainParse, plainly_asked

Run = Callable[..., Any]
FIXTURES = Path(__file__).parents[2] / "fixtures" / "cases"
PARSE: Any = typer.main.get_command(app).commands["parse"]  # type: ignore[attr-defined]  # of a group
WORDS = ("a.docx", "-", "结果/", "-o", "--output", "--url", "-q", "--quiet", "--pretty", "--indent", "--all")
OTHERS = ("--output=x", "-oq", "--timeout", "9", "--", "-h", "--no-such", "--out", "", "parse")


def as_typer_understands(words: list[str]) -> PlainParse | None:
    """Return what typer makes of the words behind `parse`, None where it finds fault."""
    try:
        given = PARSE.make_context("parse", list(words)).params
    except Exception:  # what typer raises for a mistake, or to show the help
        return None
    kept = ("files", "out", "pretty", "url", "quiet", "every")
    assert (given["timeout"], given["max_memory"], given["corrections"]) == (120.0, 1400, None)
    return PlainParse(*(given[name] for name in kept))


@settings(deadline=None)  # to start typer takes long on a busy machine
@given(st.lists(st.one_of(st.sampled_from(WORDS), st.sampled_from(OTHERS)), max_size=6))
def test_what_is_understood_is_what_typer_understands(words: list[str]) -> None:
    asked = plainly_asked(["parse", *words])
    if asked is not None:
        assert asked == as_typer_understands(words)


@given(st.lists(st.sampled_from(["a.docx", "-", "-q", "--pretty", "--all"]), min_size=1, max_size=5))
def test_names_and_options_of_every_day_are_understood(words: list[str]) -> None:
    named = any(not word.startswith("-") or word == "-" for word in words)
    assert (plainly_asked(["parse", *words]) is not None) == named


@pytest.mark.parametrize(
    "words",
    [[], ["--help"], ["batch", "a"], ["parse"], ["parse", "a", "-o"], ["parse", "a", "--timeout", "9"],
     ["parse", "a", "--lang", "fr"], ["--version"], ["parse", "--", "a"], ["parse", "a", "--url", "-q"]],
)  # fmt: skip
def test_anything_else_is_left_to_typer(words: list[str]) -> None:
    assert plainly_asked(words) is None


def test_a_shell_that_completes_a_word_is_left_to_typer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_EXTRACTOR_COMPLETE", "complete_bash")
    assert plainly_asked(["parse", "a.docx"]) is None


def test_the_language_is_taken_from_anywhere(run: Run, answers: dict[str, Any]) -> None:
    answers["a.html"] = ValueError("boom")
    assert "程序出错" in run("parse", "a.html").err
    assert "程序出错" not in run("parse", "a.html", "--lang", "en").err


@pytest.mark.parametrize(
    "words",
    [("a", "b", "--url", "u"), ("a", "b", "--pretty"), ("a", "--pretty", "--all"), ("a", "-o", "no/x")],
)
def test_options_that_do_not_go_together_are_refused_with_the_usage(run: Run, words: tuple[str, ...]) -> None:
    outcome = run("parse", *words)
    assert outcome.code == 2
    assert "parse" in outcome.err.splitlines()[0]


def test_a_page_is_read_without_typer_yaml_and_the_libraries_of_other_formats() -> None:
    page = FIXTURES / "html-hanweb-page" / "source.html"
    code = (
        "import sys, json, os; os.environ['EXTRACTOR_DEBUG'] = '1'\n"  # in this process, not in a copy
        f"sys.argv = ['extractor', 'parse', {str(page)!r}]\n"
        "from extractor.cli.entry import run\n"
        "try: run()\n"
        "finally: print(json.dumps(sorted(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    report, loaded = done.stdout.splitlines()
    assert json.loads(report)["verdict"] == "verified", done.stderr
    heavy = {
        "typer",
        "pydantic",
        "click",
        "rich",
        "yaml",
        "docx",
        "pdfplumber",
        "pypdfium2",
        "openpyxl",
        "lxml",
    }
    heavy |= {"tinycss2", "cssselect2", "multiprocessing", "typing_extensions", "jieba.finalseg.prob_emit"}
    assert heavy.isdisjoint(json.loads(loaded))
