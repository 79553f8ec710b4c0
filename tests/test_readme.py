"""README and docs tell the truth: examples are what the program says, both languages tell the same."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from doc_pages import DOCS, LANGUAGES, README, ROOT, code_blocks, lines_missing, page_in, text_of

import extractor
from extractor.report import Report

Run = Callable[..., Any]

# The words of the code are English; each notice is explained in both languages on one page.
IN_ONE_LANGUAGE = {Path("glossary.md"), Path("mutants.md"), Path("notices.md")}
LONGEST_README = 180  # lines: read in a few minutes


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_example_is_what_the_program_says(
    language: str, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    text = page_in(language, "guide/parse.md")
    session = next(block for block in code_blocks(text, "console") if "fixtures/cases" in block)
    command, said = session.split("\n", 1)
    outcome = run(*command.split()[2:])
    assert outcome.err == said
    assert lines_missing(code_blocks(text, "json")[0], outcome.out.decode()) == []


def test_an_excerpt_that_is_made_up_is_seen() -> None:
    assert lines_missing("a\n…\nc", "a\nb\nc") == []
    assert lines_missing("c\na", "a\nb\nc") == ["a"]


def python_examples() -> list[tuple[str, str]]:
    return [(language, code) for language in LANGUAGES for code in code_blocks(text_of(language), "python")]


@pytest.mark.parametrize(("language", "code"), python_examples())
def test_the_python_examples_run(language: str, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    source = ROOT / "fixtures" / "cases" / "html-plain-2021" / "source.html"
    parse = extractor.parse

    def parse_fixture(source_name: str | bytes, **options: Any) -> Report:
        return parse(source_name, **options) if isinstance(source_name, bytes) else parse(source)

    monkeypatch.setattr(extractor, "parse", parse_fixture, raising=False)
    parse_all = extractor.parse_all
    monkeypatch.setattr(extractor, "parse_all", lambda _name: parse_all(source), raising=False)
    exec(compile(code, "README.md", "exec"), {})


def test_both_languages_have_the_same_chapters_and_tables() -> None:
    def shape(path: Path) -> list[str]:
        text = path.read_text(encoding="utf-8")
        return re.findall(r"^(##|\| `[a-z_]+` \||<!-- \w+ -->|```\w+)", text, re.MULTILINE)

    pairs = [(README["Chinese"], README["English"])]
    chinese = {p.relative_to(DOCS) for p in DOCS.rglob("*.md") if DOCS / "en" not in p.parents}
    english = {p.relative_to(DOCS / "en") for p in (DOCS / "en").rglob("*.md")}
    assert chinese - english == IN_ONE_LANGUAGE
    assert english - chinese == set()
    pairs += [(DOCS / page, DOCS / "en" / page) for page in sorted(english)]
    assert {str(a): shape(a) for a, _ in pairs} == {str(a): shape(b) for a, b in pairs}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_name_every_key_state_and_verdict(language: str) -> None:
    schema = extractor.report.json_schema()["$defs"]
    words = set(schema["Report"]["properties"])
    words |= set(schema["CellValue"]["properties"]["state"]["enum"])
    words |= set(schema["Report"]["properties"]["verdict"]["enum"])
    text = page_in(language, "reference/output.md")
    assert {word for word in words if f"| `{word}` |" not in text} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_readme_is_short_and_shows_a_picture(language: str) -> None:
    text = README[language].read_text(encoding="utf-8")
    assert len(text.splitlines()) <= LONGEST_README
    pictures = re.findall(r"^!\[[^\]]+\]\(([^)]+)\)$", text, re.MULTILINE)
    assert len(pictures) == 2  # the page for checking, and a site's
    assert all((ROOT / picture).is_file() for picture in pictures)
