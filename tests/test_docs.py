"""Every console block of README and docs runs, and every command line in them is one that there is.

A `console` block is a session: lines with `$` are run in one folder a page, which has the files that the
pages speak of; what stands below must be said, "…" is any lines. A `sh` block needs more than these files
(a network, other programs): its command lines are taken apart by the program's own options.
"""

import re
import shlex
import shutil
import sys
import tomllib
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from doc_pages import (
    ALL_PAGES,
    DOCS,
    LANGUAGES,
    README,
    ROOT,
    code_blocks,
    lines_missing,
    name_of_page,
    page_in,
)
from invented_editions import superset, write_forms

sys.path.insert(0, str(ROOT))

from extractor.cli import app
from extractor.forms import use_forms
from scripts.draw_architecture import BOXES, drawing

Run = Callable[..., Any]

CASES = ROOT / "fixtures" / "cases"
# What the pages call a report → the sample that stands for it.
FILES = {
    "年报.docx": "docx-plain-2019",
    "年报.pdf": "pdf-ruled-2019",
    "年报.html": "html-plain-2021",
    "report.docx": "docx-plain-2019",
    "report.pdf": "pdf-ruled-2019",
    "report.html": "html-plain-2021",
    "2022.html": "html-misspelt-labels",
    "2023.html": "html-plain-2021",
    "2024.html": "html-thousands",
    "甲局.pdf": "pdf-label-cut",
    "乙局.pdf": "pdf-running-header",
    "全县.pdf": "pdf-ruled-2014",
    "a.pdf": "pdf-label-cut",
    "b.pdf": "pdf-running-header",
    "county.pdf": "pdf-ruled-2014",
    "年报/甲局.html": "html-wps",
    "年报/乙局.docx": "docx-plain-2019",
    "reports/a.html": "html-wps",
    "reports/b.docx": "docx-plain-2019",
}
FOR_DEVELOPERS = {"dev", "docs", "machinery", "mutants"}  # extras that no reader of the README needs
ANSWERS = {0, 3}  # read, or read and something does not add up


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return a folder with the files that the pages speak of, as the current one."""
    for folder in ("我的版本", "mine"):  # --forms
        write_forms(tmp_path / folder, superset())
    (tmp_path / "fixtures").symlink_to(ROOT / "fixtures")
    for name, case in FILES.items():
        target = tmp_path / name
        target.parent.mkdir(exist_ok=True)
        shutil.copy(CASES / case / f"source{target.suffix}", target)
    for name in ("报来的.zip", "more.zip"):
        with zipfile.ZipFile(tmp_path / name, "w") as archive:
            archive.write(tmp_path / "年报.html", "年报.html")
    (tmp_path / "corrections.jsonl").touch()  # nothing corrected yet
    monkeypatch.chdir(tmp_path)
    yield tmp_path
    use_forms()


def sessions(page: Path) -> Iterator[tuple[str, str]]:
    """Yield each command of the console blocks of a page, with what it says."""
    for block in code_blocks(page.read_text(encoding="utf-8"), "console"):
        for part in ("\n" + block).split("\n$ ")[1:]:
            command, _, said = part.partition("\n")
            yield command, said


def words_of(command: str) -> list[str]:
    """Return the arguments of a command line of ours, patterns filled in, without its redirection."""
    words = shlex.split(command, comments=True)
    assert words[0] == "extractor", command
    if ">" in words:
        words = words[: words.index(">")]
    return [name for word in words[1:] for name in (filled(word) if "*" in word else [word])]


def filled(pattern: str) -> list[str]:
    """Return the files that a pattern means, as a shell does."""
    return sorted(str(path) for path in Path().glob(pattern)) or [pattern]


@pytest.mark.parametrize("page", [p for p in ALL_PAGES if any(sessions(p))], ids=name_of_page)
def test_console_blocks_say_what_the_program_says(page: Path, desk: Path, run: Run) -> None:
    for command, said in sessions(page):
        outcome = run(*words_of(command))
        assert outcome.code in ANSWERS, (command, outcome.err)
        assert lines_missing(said.rstrip("\n"), outcome.err + outcome.out.decode()) == [], command


def shell_lines(page: Path) -> Iterator[str]:
    """Yield the command lines of ours in the shell blocks of a page, and those in running text."""
    text = page.read_text(encoding="utf-8")
    for block in code_blocks(text, "sh"):
        for line in block.splitlines():
            for part in line.split("|"):
                if part.split()[:1] == ["extractor"]:
                    yield part.strip()


@pytest.mark.parametrize("page", [p for p in ALL_PAGES if any(shell_lines(p))], ids=name_of_page)
def test_shell_blocks_use_commands_and_options_that_there_are(page: Path, desk: Path) -> None:
    commands = getattr(typer.main.get_command(app), "commands", {})
    for line in shell_lines(page):
        name, *arguments = words_of(line)
        if name.startswith("-"):
            continue
        with commands[name].make_context(name, arguments) as context:
            assert context.params, line


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_readme_names_every_command_and_every_extra(language: str) -> None:
    text = README[language].read_text(encoding="utf-8")
    commands = getattr(typer.main.get_command(app), "commands", {})
    shown = {name for name, command in commands.items() if not command.hidden}
    assert shown - set(re.findall(r"\bextractor ([a-z]+)", text)) == set()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for_users = set(project["optional-dependencies"]) - FOR_DEVELOPERS
    rows = "".join(line.split("|")[1] for line in text.splitlines() if line.startswith("| `"))
    assert for_users - set(re.findall(r"`([a-z0-9]+)`", rows)) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_architecture_names_every_room(language: str) -> None:
    rooms = {f"{path.parent.name}/" for path in (ROOT / "extractor").glob("*/*") if path.suffix != ".pyc"}
    named = re.findall(r"`(\w+/)`", page_in(language, "explanation/architecture.md"))
    assert rooms - {"__pycache__/"} - set(named) == set()


def test_the_drawing_shows_every_room_and_is_as_drawn() -> None:
    rooms = {path.parent.name for path in (ROOT / "extractor").glob("*/__init__.py")}
    drawn = {name for box in BOXES for name in box.title.split(" · ")}
    assert rooms - drawn == set()
    for language, name in (("zh", "architecture.svg"), ("en", "architecture.en.svg")):
        assert (DOCS / "images" / name).read_text("utf-8") == drawing(language)


def test_a_session_that_is_made_up_is_seen(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("```console\n$ extractor a  # why\nsaid\n…\n$ extractor b > out\n```\n", "utf-8")
    assert list(sessions(page)) == [("extractor a  # why", "said\n…"), ("extractor b > out", "")]
    assert words_of("extractor parse a.html > out") == ["parse", "a.html"]
