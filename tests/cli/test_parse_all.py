"""parse --all and parse_all(): every report of a file that holds several."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import extractor
from extractor.errors import ExitCode
from scripts.corpus import html_sites, render_html
from scripts.corpus.draft import Draft
from scripts.corpus.prose import write
from scripts.corpus.truth import draw

Run = Callable[..., Any]


@pytest.fixture(scope="module")
def drafts() -> list[Draft]:
    return [write(draw(number, "2021", "small")) for number in (5, 6, 7)]


@pytest.fixture(scope="module")
def volume(drafts: list[Draft], tmp_path_factory: pytest.TempPathFactory) -> Path:
    body = "".join(f"<h1>{''.join(draft.title)}</h1>{render_html.body(draft)}" for draft in drafts)
    path = tmp_path_factory.mktemp("volume") / "汇编.html"
    path.write_text(html_sites.bare(drafts[0], body), "utf-8")
    return path


def test_every_report_is_given_with_its_own_numbers(volume: Path, drafts: list[Draft]) -> None:
    reports = extractor.parse_all(volume)
    assert [report.issuer.name for report in reports] == [draft.truth.agency.name for draft in drafts]
    assert {report.verdict for report in reports} == {"verified"}
    for report, draft in zip(reports, drafts, strict=True):
        assert {i: report.cells[i].value for i in draft.truth.cells} == {
            i: printed.value for i, printed in draft.truth.cells.items()
        }
    assert [next(n.message for n in r.notices if n.code == "several-reports")[:18] for r in reports] == [
        f"文件里有 3 份年报，这是第 {at} 份" for at in (1, 2, 3)
    ]


def test_parse_gives_the_first_and_says_that_there_are_others(
    run: Run, volume: Path, drafts: list[Draft]
) -> None:
    assert extractor.parse(volume).issuer.name == drafts[0].truth.agency.name
    outcome = run("parse", volume)
    assert (outcome.code, len(outcome.objects())) == (ExitCode.OK, 1)
    assert "文件里有 3 份年报" in outcome.err


def test_all_writes_a_line_for_each(run: Run, volume: Path, drafts: list[Draft], tmp_path: Path) -> None:
    outcome = run("parse", volume, "--all")
    assert [o["issuer"]["name"] for o in outcome.objects()] == [d.truth.agency.name for d in drafts]
    assert outcome.err == ""
    run("parse", volume, "--all", "-o", f"{tmp_path}/")
    assert len((tmp_path / "汇编.html.json").read_bytes().splitlines()) == 3


def test_a_file_with_one_report_is_read_as_ever(drafts: list[Draft]) -> None:
    page = html_sites.bare(drafts[0], render_html.body(drafts[0])).encode()
    assert extractor.parse_all(page) == [extractor.parse(page)]


def test_all_and_pretty_do_not_go_together(run: Run, volume: Path) -> None:
    assert run("parse", volume, "--all", "--pretty").code == ExitCode.USAGE
