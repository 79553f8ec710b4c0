"""Every document of fixtures/ is read as its expected answer says, or refused as it says."""

import json
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest

import extractor
from extractor.errors import ExitCode, ExtractorError
from scripts.corpus.compare import differences
from scripts.corpus.expected import from_plain
from scripts.corpus.fixture_files import SETS
from scripts.make_fixtures import stale_files

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
CASES = sorted(path.parent for path in FIXTURES.glob("cases/*/expected.json"))
REFUSALS = sorted(path.parent for path in FIXTURES.glob("refusals/*/expected-error.json"))
SAME_REPORT = ("html-plain-2021", "docx-same-report", "pdf-same-report", "text-same-report")


def source_of(case: Path) -> Path:
    (source,) = case.glob("source.*")
    return source


def load(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


def test_there_are_cases_and_refusals() -> None:
    assert len(CASES) > 60
    assert len(REFUSALS) > 8


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_case_is_read_as_its_answer_says(case: Path) -> None:
    expected = from_plain(load(case / "expected.json"))
    report = extractor.parse(source_of(case)).to_dict()
    assert [str(d) for d in differences(expected, report)] == []


@pytest.mark.parametrize("case", REFUSALS, ids=lambda case: case.name)
def test_a_refusal_is_refused_as_its_answer_says(case: Path) -> None:
    expected = load(case / "expected-error.json")
    if "verdict" in expected:
        report = extractor.parse(source_of(case))
        assert report.verdict == expected["verdict"]
        assert expected["exit_code"] == ExitCode.NOT_A_REPORT
        return
    with pytest.raises(ExtractorError) as caught:
        extractor.parse(source_of(case))
    assert type(caught.value).__name__ == expected["error"]
    assert caught.value.exit_code == expected["exit_code"]


def test_one_report_in_four_formats_gives_the_same_tables() -> None:
    tables = [extractor.parse(source_of(FIXTURES / "cases" / name)).tables for name in SAME_REPORT]
    assert tables[0]
    assert all(other == tables[0] for other in tables[1:])


def test_the_committed_files_are_what_the_code_builds() -> None:
    assert stale_files() == []


def test_the_table_of_contents_names_every_labelled_set() -> None:
    sets = [path.name for path in FIXTURES.iterdir() if path.is_file() and path.name != "README.md"]
    assert [name for name in sets if not any(fnmatch(name, known) for known in SETS)] == []
    assert [known for known in SETS if not any(fnmatch(name, known) for name in sets)] == []
