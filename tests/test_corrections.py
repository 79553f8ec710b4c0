"""What a person corrects: laid over one document, tested by the equations, printed text kept."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from papers import read, whole

from extractor.corrections import CellCorrection, add_correction, load_corrections, with_corrections
from extractor.errors import ExitCode, InvalidDefinition, MissingFile
from extractor.report import Report

Run = Callable[..., Any]

GOOD = read(whole())
CELL = "disputes.review.total"


def correction(value: int | None, **about: Any) -> CellCorrection:
    facts: dict[str, Any] = {
        "document": GOOD.source.sha256, "cell": CELL, "value": value, "who": "李", "when": "2026-01-02",
    }  # fmt: skip
    return CellCorrection(**(facts | about))


def corrected(*corrections: CellCorrection, report: Report = GOOD) -> Report:
    by_document: dict[str, dict[str, CellCorrection]] = {}
    for each in corrections:
        by_document.setdefault(each.document, {})[each.cell] = each
    return with_corrections(report, by_document)


def codes(report: Report) -> list[str]:
    return [notice.code for notice in report.notices]


def test_a_correction_changes_the_value_and_keeps_what_is_printed() -> None:
    report = corrected(correction(8, why="看原件"))
    assert (report.cells[CELL].value, report.cells[CELL].raw) == (8, GOOD.cells[CELL].raw)
    assert report.tables["disputes"]["review"]["total"] == 8
    (told,) = [notice for notice in report.notices if notice.code == "corrected"]
    assert "由 7 改为 8" in told.message
    assert "李，2026-01-02，看原件" in told.message
    assert told.locator == GOOD.cells[CELL].locator


def test_one_that_breaks_a_sum_is_said_and_the_verdict_falls() -> None:
    report = corrected(correction(8))
    assert "correction-breaks-sum" in codes(report)
    assert report.verdict == "inconsistent"


def test_one_that_mends_a_sum_lifts_the_verdict() -> None:
    broken = corrected(correction(8))
    mended = corrected(correction(7, of="publisher"), report=broken)
    assert mended.verdict == "verified"
    assert mended.cells[CELL].state == "repaired"


def test_a_cell_that_was_open_is_settled_by_a_person() -> None:
    cell = "proactive.licensing.decisions"
    open_cell = msgspec.structs.replace(GOOD.cells[cell], state="undecided", value=None)
    doubtful = msgspec.structs.replace(GOOD, cells=GOOD.cells | {cell: open_cell}, verdict="doubtful")
    assert corrected(correction(7), report=doubtful).verdict == "doubtful"
    assert corrected(correction(5, cell=cell), report=doubtful).verdict == "verified"


def test_another_document_is_left_as_it_is() -> None:
    assert corrected(correction(8, document="f" * 64)) is GOOD


def test_a_cell_that_the_report_has_not_is_named() -> None:
    report = corrected(correction(1, cell="requests.no.such"))
    assert codes(report) == [*codes(GOOD), "correction-without-cell"]
    assert report.cells == GOOD.cells


def test_the_last_word_about_a_cell_counts(tmp_path: Path) -> None:
    path = tmp_path / "corrections.jsonl"
    add_correction(path, correction(8))
    add_correction(path, correction(None))
    found = load_corrections(path)[GOOD.source.sha256][CELL]
    assert found == correction(None)
    blank = with_corrections(GOOD, load_corrections(path)).cells[CELL]
    assert (blank.value, blank.state) == (None, "blank")


def test_a_line_that_is_no_correction_is_named(tmp_path: Path) -> None:
    path = tmp_path / "corrections.jsonl"
    path.write_text('\n{"cell": "x"}\n', encoding="utf-8")
    with pytest.raises(InvalidDefinition, match="第2行"):
        load_corrections(path)
    with pytest.raises(MissingFile):
        load_corrections(tmp_path / "lost.jsonl")


def test_parse_and_check_apply_them(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("extractor.cli.reading.parse", lambda source, name=None, url=None: GOOD)
    monkeypatch.setattr("extractor.cli.gather.parse_all", lambda source: (GOOD,))
    path = tmp_path / "corrections.jsonl"
    add_correction(path, correction(8))
    outcome = run("parse", "a.html", "--corrections", path)
    assert outcome.code == ExitCode.INCONSISTENT
    assert outcome.objects()[0]["tables"]["disputes"]["review"]["total"] == 8
    assert "8 ≠ 7" in run("check", "a.html", "--corrections", path).out.decode()
