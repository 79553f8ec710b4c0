"""What the house promises to those who add to it, tried for real on a copy of the package.

A new edition of the form is one file. A format is one module and one line, a rule is one entry,
a family of scripted lists is one module and its name in one tuple.
"""

import json
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from imported_modules import modules_imported_by
from invented_editions import html_report, superset, write_forms

from extractor.forms import use_forms

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "extractor"
FORMAT = '''
from extractor.document import Document, Paragraph, Source

def read(source: Source) -> Document:
    """Read the lines behind the mark."""
    lines = source.data.removeprefix(b"INV1").decode().splitlines()
    return Document("invented", tuple(Paragraph(line) for line in lines))
'''
RULE = """  - {id: requests/new-within-handled, says: 新收不多于办结, severity: warning, table: requests, \
within: column, left: [new], relation: "<=", right: [handled_total]}
"""
FAMILY = """
from extractor.crawl.lists.family import ListFamily
from extractor.crawl.lists.rows import ListRows

def _rows(page):
    return ListRows("<a href='/1.html'>年报</a>") if "invented-list" in page.html else None

INVENTED = ListFamily("invented", _rows)
"""


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Return a copy of the package."""
    return shutil.copytree(PACKAGE, tmp_path / "extractor", ignore=shutil.ignore_patterns("__pycache__"))


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """Write a report by an edition that the package has not."""
    use_forms(write_forms(tmp_path / "invented", superset()))
    path = tmp_path / "report.html"
    path.write_bytes(html_report("2027", 2027))
    use_forms()
    return path


def run(copy: Path, *arguments: object) -> str:
    command = [sys.executable, *map(str, arguments)]
    done = subprocess.run(command, cwd=copy.parent, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 3), done.stderr
    return done.stdout


def insert(path: Path, before: str, text: str) -> None:
    """Write a text before the one place that is known."""
    whole = path.read_text("utf-8")
    assert whole.count(before) == 1
    path.write_text(whole.replace(before, text + before), "utf-8")


def test_an_edition_is_one_file(copy: Path, report: Path) -> None:
    write_forms(copy / "forms", superset())
    read = json.loads(run(copy, "-m", "extractor", "parse", report))
    assert (read["form"], read["verdict"]) == ("2027", "verified")
    assert read["tables"]["requests"]["refused_important_data"]["foreign"] > 0
    assert '"2027"' in run(copy, "-m", "extractor", "schema")
    assert "2027" in run(copy, "-m", "extractor", "forms")


def test_a_format_is_one_module_and_one_line(copy: Path) -> None:
    (copy / "formats" / "invented.py").write_text(FORMAT, "utf-8")
    line = '    "invented": Adapter("invented", "invented", b"INV1"),\n'
    insert(copy / "formats" / "__init__.py", '    "html": Adapter', line)
    source = copy.parent / "report.xyz"
    source.write_text("INV1云岭县档案局2023年政府信息公开工作年度报告\n一、总体情况\n全年无事。\n", "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "extractor", "parse", source.name],
        cwd=copy.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert json.loads(done.stdout)["source"]["format"] == "invented"


def test_a_rule_is_one_entry(copy: Path, report: Path) -> None:
    write_forms(copy / "forms", superset())
    rules = copy / "data" / "rules.yaml"
    rules.write_text(rules.read_text("utf-8").rstrip("\n") + "\n" + RULE, "utf-8")
    assert yaml.safe_load(rules.read_text("utf-8"))["rules"][-1]["id"] == "requests/new-within-handled"
    found = [
        json.loads(line) for line in run(copy, "-m", "extractor", "check", "--json", report).splitlines()
    ]
    places = {each["at"] for each in found if each["rule"] == "requests/new-within-handled"}
    assert {"natural_person", "foreign", "total"} <= places


def test_a_family_of_lists_is_one_module_and_its_name(copy: Path) -> None:
    lists = copy / "crawl" / "lists"
    (lists / "invented.py").write_text(FAMILY, "utf-8")
    insert(
        lists / "__init__.py",
        "from extractor.crawl.lists.jpaas import",
        "from extractor.crawl.lists.invented import INVENTED\n",
    )
    insert(lists / "__init__.py", "    TRUECMS,\n", "    INVENTED,\n")
    asking = (
        "from extractor.crawl.lists import rows_of_page; from extractor.crawl.page import CrawledPage;"
        "print(rows_of_page(CrawledPage('<div id=invented-list></div>', 'http://a.cn/')).html)"
    )
    assert "年报" in run(copy, "-c", asking)


@pytest.mark.parametrize(
    ("requirement", "module"),
    [
        ("beautifulsoup4", "bs4"),
        ("jieba", "jieba"),
        ("pdfplumber", "pdfplumber"),
        ("python-docx", "docx"),
        ("typer", "typer"),
    ],
)
def test_the_packages_of_the_design_are_required_and_used(requirement: str, module: str) -> None:
    required = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    assert any(re.match(rf"{requirement}\b", each) for each in required)
    package = PACKAGE.rglob("*.py")
    assert any(name.partition(".")[0] == module for path in package for name in modules_imported_by(path))
