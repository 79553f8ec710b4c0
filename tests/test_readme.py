"""The README tells the truth: its example is what the program says, and both languages tell the same."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import extractor
from extractor.report import Report

ROOT = Path(__file__).parent.parent
CHINESE, _, ENGLISH = (ROOT / "README.md").read_text(encoding="utf-8").partition("\n# English\n")

Run = Callable[..., Any]


def code_blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def lines_missing(excerpt: str, whole: str) -> list[str]:
    """Return the first line of an excerpt that does not follow the others; "…" stands for any lines."""
    rest = iter(whole.splitlines())
    for line in excerpt.splitlines():
        if line.strip() != "…" and line not in rest:
            return [line]
    return []


@pytest.mark.parametrize("text", [CHINESE, ENGLISH], ids=["Chinese", "English"])
def test_the_example_is_what_the_program_says(text: str, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    session = next(block for block in code_blocks(text, "console") if "fixtures/cases" in block)
    command, said = session.split("\n", 1)
    outcome = run(*command.split()[2:])
    assert outcome.err == said
    assert lines_missing(code_blocks(text, "json")[0], outcome.out.decode()) == []


def test_an_excerpt_that_is_made_up_is_seen() -> None:
    assert lines_missing("a\n…\nc", "a\nb\nc") == []
    assert lines_missing("c\na", "a\nb\nc") == ["a"]


@pytest.mark.parametrize("text", [CHINESE, ENGLISH], ids=["Chinese", "English"])
def test_the_python_example_runs(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    source = ROOT / "fixtures" / "cases" / "html-plain-2021" / "source.html"
    parse = extractor.parse

    def parse_fixture(name: str) -> Report:
        return parse(source)

    monkeypatch.setattr(extractor, "parse", parse_fixture, raising=False)
    (code,) = code_blocks(text, "python")
    exec(compile(code, "README.md", "exec"), {})


def test_both_languages_have_the_same_chapters_and_tables() -> None:
    def shape(text: str) -> list[str]:
        return re.findall(r"^(##|\| `[a-z_]+` \||<!-- \w+ -->)", text, re.MULTILINE)

    assert shape(CHINESE) == shape(ENGLISH)


@pytest.mark.parametrize("text", [CHINESE, ENGLISH], ids=["Chinese", "English"])
def test_the_readme_names_every_key_state_and_verdict(text: str) -> None:
    schema = extractor.report.json_schema()["$defs"]
    words = set(schema["Report"]["properties"])
    words |= set(schema["CellValue"]["properties"]["state"]["enum"])
    words |= set(schema["Report"]["properties"]["verdict"]["enum"])
    assert {word for word in words if f"| `{word}` |" not in text} == set()
