"""The site builds without a warning, every link in it holds, and what there is stands in its reference."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from doc_pages import ROOT

sys.path.insert(0, str(ROOT))

from extractor.cli import app
from extractor.crawl.lists import FAMILIES
from extractor.definitions import load_definition
from extractor.forms import load_forms
from scripts.reference_pages import reference_pages


def rows_of(page: str) -> set[str]:
    return set(re.findall(r"^\| `([^`]+)`", page, re.MULTILINE))


@pytest.mark.parametrize(("language", "folder"), [("zh", "reference"), ("en", "en/reference")])
def test_the_reference_has_all_that_is_defined(language: str, folder: str) -> None:
    pages = reference_pages(language)
    commands = getattr(typer.main.get_command(app), "commands", {})
    for name, command in commands.items():
        _, _, part = pages[f"{folder}/commands.md"].partition(f"## extractor {name} ")
        part = part.partition("\n## ")[0]
        options = {option for each in command.params for option in each.opts if option.startswith("-")}
        assert {option for option in options - {"-h", "--help"} if f"`{option}`" not in part} == set()
    rules = load_definition("rules.yaml", dict[str, list[dict[str, object]]])["rules"]
    assert rows_of(pages[f"{folder}/rules.md"]) == {str(rule["id"]) for rule in rules}
    assert rows_of(pages[f"{folder}/list-families.md"]) == {family.name for family in FAMILIES}
    assert set(re.findall(r"^## (.+)$", pages[f"{folder}/forms.md"], re.MULTILINE)) == {
        form.id for form in load_forms()
    }


def test_the_site_builds_without_a_warning_and_without_the_network(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("mkdocs")
    pytest.importorskip("material")
    pytest.importorskip("mkdocstrings")
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"):  # nothing can be fetched
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(tmp_path)]
    built = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stdout + built.stderr
    pages = {page.relative_to(tmp_path).as_posix() for page in tmp_path.rglob("*.html")}
    assert {"index.html", "en/index.html", "reference/commands.html", "en/reference/rules.html"} <= pages
    tabs = re.findall(r'class="md-tabs__item', (tmp_path / "index.html").read_text("utf-8"))
    assert len(tabs) <= 7  # what fits beside each other; a page at the root of docs/ would be one more
    listed = re.findall(r"\]\(([^)]+\.html)\)", (tmp_path / "llms.txt").read_text("utf-8"))
    assert listed
    assert set(listed) <= pages
    fetched = [
        page.name
        for page in tmp_path.rglob("*.html")
        if re.search(r'<(?:script|link|img)[^>]+(?:src|href)="?https?://', page.read_text("utf-8"))
    ]
    assert fetched == []
    index = json.loads((tmp_path / "search" / "search_index.json").read_text("utf-8"))
    assert any("undecided" in entry["text"] for entry in index["docs"])
