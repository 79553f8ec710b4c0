"""The commands check and explain: for people, programs and offices."""

import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from papers import DISPUTES, disputes, paper, proactive, read
from papers import requests as request_table
from rule_reports import GOOD, of_year

from extractor.document import Source
from extractor.errors import ExitCode, Unreadable
from extractor.report import Report

Run = Callable[..., Any]

BROKEN = read(paper(proactive(), request_table(), disputes({**DISPUTES, "review": (10, 1, 0, 0, 0)})))


@pytest.fixture(autouse=True)
def read_reports(monkeypatch: pytest.MonkeyPatch) -> dict[str, Report | Exception]:
    """Let reports be found by the names of their files."""
    named: dict[str, Report | Exception] = {
        "good.html": GOOD,
        "2022.html": of_year(GOOD, 2022),
        "broken.html": replace(BROKEN, source=replace(BROKEN.source, name="broken.html")),
        "lost.pdf": Unreadable("lost.pdf: 坏了"),
        "form.docx": replace(GOOD, verdict="not_a_report"),
    }

    def parse(source: Path | bytes | Source, **_: object) -> Report:
        answer = named[Path(str(source)).name]
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr("extractor.cli.gather.parse", parse)
    monkeypatch.setattr("extractor.cli.gather.parse_all", lambda source: (parse(source),))
    return named


def test_a_report_that_keeps_every_rule_is_no_error(run: Run) -> None:
    outcome = run("check", "good.html")
    assert outcome.code == ExitCode.OK
    assert "不相符 0" in outcome.out.decode()


def test_what_does_not_hold_is_told_with_both_sides_and_a_suggestion(run: Run) -> None:
    outcome = run("check", "broken.html", "--codes")
    text = outcome.out.decode()
    assert outcome.code == ExitCode.INCONSISTENT
    assert "0 ≠ 11" in text
    assert "差错出在：报告本身" in text
    assert "建议：" in text
    assert "disputes/total @ review" in text


def test_codes_are_written_only_where_they_are_asked_for(run: Run) -> None:
    text = run("check", "broken.html").out.decode()
    assert "报告自身的数字不平" in text
    assert "总计等于结果维持、结果纠正、其他结果、尚未审结之和：行政复议 0 ≠ 11" in text
    assert not re.search("disputes/|inconsistent|requests/", text)


def test_passes_are_shown_where_they_are_asked_for(run: Run) -> None:
    assert "✓ requests/balance @ natural_person" in run("check", "good.html", "--all", "--codes").out.decode()


def test_findings_are_json_lines_passes_included(run: Run) -> None:
    findings = run("check", "broken.html", "--json").objects()
    (broken,) = [f for f in findings if f["outcome"] == "fails"]
    assert (broken["left"], broken["right"], broken["difference"]) == (0, 11, -11)
    assert broken["fault"] == "source"
    assert broken["cells"][0]["locator"]["path"]
    assert sum(f["outcome"] == "holds" for f in findings) > 40


def test_reports_of_two_years_are_held_against_each_other(run: Run) -> None:
    text = run("check", "good.html", "2022.html").out.decode()
    assert "整张表与 2022 年完全相同" in text


def test_a_parent_is_held_against_its_children(run: Run) -> None:
    text = run("check", "broken.html", "--parent", "good.html").out.decode()
    assert "汇总 7，1 个下级之和 0" in text


def test_a_file_that_cannot_be_read_does_not_keep_the_others(run: Run) -> None:
    outcome = run("check", "lost.pdf", "good.html")
    assert outcome.code == ExitCode.UNREADABLE
    assert outcome.err == "lost.pdf: 坏了\n"
    assert "good" not in outcome.err
    assert "不相符 0" in outcome.out.decode()


def test_files_of_one_name_in_two_folders_are_told_apart(run: Run) -> None:
    text = run("check", "甲/good.html", "乙/good.html").out.decode()
    assert text.count("（甲/good.html）") == 1
    assert text.count("（乙/good.html）") == 1
    assert text.count("核对") == 2
    assert text.endswith("共 2 份：2 份没有发现问题\n")


def test_what_is_no_report_has_its_own_exit_code(run: Run) -> None:
    assert run("check", "form.docx").code == ExitCode.NOT_A_REPORT


def test_a_missing_package_is_said_in_one_sentence(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    monkeypatch.delitem(sys.modules, "extractor.rules.workbook", raising=False)
    outcome = run("check", "good.html", "--xlsx", tmp_path / "a.xlsx")
    assert outcome.code == ExitCode.MISSING_DEPENDENCY
    assert "pip install" in outcome.err
    assert outcome.out == b""


def test_a_sheet_that_cannot_be_written_is_named(run: Run, tmp_path: Path) -> None:
    pytest.importorskip("xlsxwriter")
    outcome = run("check", "good.html", "--xlsx", tmp_path / "no" / "a.xlsx")
    assert outcome.code == ExitCode.CANNOT_WRITE


def test_rules_of_the_user_are_read_from_a_file(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(
        "rules: [{id: ours/a, says: 无新收, severity: error, left: [requests.new.total],"
        " right: [disputes.review.total]}]",
        encoding="utf-8",
    )
    outcome = run("check", "good.html", "--rules", path)
    assert outcome.code == ExitCode.INCONSISTENT
    assert "无新收：60 ≠ 7" in outcome.out.decode()


def test_a_value_is_explained_by_its_label_its_place_and_its_equations(run: Run) -> None:
    text = run("explain", "good.html", "requests.granted.total").out.decode()
    assert "（一）予以公开 / 总计" in text
    assert "原文  18" in text
    assert "位置  表格第" in text
    assert "相符  requests/applicants @ granted" in text
    assert "相符  requests/outcomes @ total" in text


def test_a_value_that_nothing_bears_on_is_said_to_stand_alone(run: Run) -> None:
    text = run("explain", "good.html", "proactive.licensing.decisions").out.decode()
    assert "只有原文为证" in text


def test_a_cell_that_is_not_there_is_refused_with_those_like_it(run: Run) -> None:
    outcome = run("explain", "good.html", "requests.granted.totl")
    assert outcome.code == ExitCode.USAGE
    assert "requests.granted.total" in outcome.err


def test_an_explanation_is_json_too(run: Run) -> None:
    (told,) = [run("explain", "good.html", "requests.granted.total", "--json").out]
    assert b'"raw": "18"' in told
