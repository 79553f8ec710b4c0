"""Damaged inputs bring nothing down, and the tool that looks for them finds what it should."""

import os
import sys
import time
from pathlib import Path

import pytest

import extractor
from extractor.report import CellValue
from scripts.fuzzing import judge, watch
from scripts.fuzzing.mutations import make_input
from scripts.fuzzing.seeds import FORMATS, seeds_of, small_seeds_of
from scripts.fuzzing.shrink import shrunk

COUNTS = {"html": 60, "docx": 90, "text": 40, "pdf": 8}  # what others need not wait for


@pytest.mark.parametrize("kind", FORMATS)
def test_a_short_campaign_finds_nothing(kind: str) -> None:
    campaign = watch.run_campaign(kind, seed=17, count=COUNTS.get(kind, 25))
    assert campaign.tried == COUNTS.get(kind, 25)
    assert campaign.finds == []


@pytest.mark.parametrize("kind", FORMATS)
def test_inputs_follow_from_their_numbers_and_are_mostly_damaged(kind: str) -> None:
    inputs = [make_input(kind, 3, number) for number in range(20)]
    assert inputs == [make_input(kind, 3, number) for number in range(20)]
    assert len(set(inputs)) >= 18
    assert sum(data in seeds_of(kind) for data in inputs) <= 2


def misread(kind: str, data: bytes) -> str | None:
    """Stand for a judge that meets two hangs, a death and a crash among ten inputs."""
    number = next(n for n in range(10) if make_input(kind, 5, n) == data)
    if number == 2:
        while True:
            pass
    if number == 3:
        time.sleep(600)
    if number == 4:
        os._exit(9)
    if number == 6:
        return "IndexError in here"
    return None


def test_hangs_deaths_and_crashes_are_found_and_survived(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "fault_of", misread)
    monkeypatch.setattr(watch, "LONGEST", 0.2)
    kept: list[watch.Find] = []
    campaign = watch.run_campaign("text", 5, count=10, keep=kept.append)
    assert campaign.tried == 10
    assert [(find.number, find.fault.split(":")[0]) for find in campaign.finds] == [
        (2, "hang"), (3, "hang"), (4, "died"), (6, "IndexError in here"),
    ]  # fmt: skip
    assert kept == campaign.finds


def test_a_crash_is_named_by_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("extractor.pipeline.find_tables", fail)
    assert judge.fault_of("html", seeds_of("html")[0]) == "ZeroDivisionError in pipeline.py:report_on"


@pytest.mark.parametrize(
    ("raw", "value", "printed"),
    [
        ("12", 12, True), ("１ ２件", 12, True), ("减少5", -5, True), ("一百零五", 105, True), ("/", 0, True),
        ("12", 1, False), ("12", 21, False), ("5", 0, False), ("", 7, False),
    ],
)  # fmt: skip
def test_a_value_is_printed_where_its_number_stands_whole(raw: str, value: int, printed: bool) -> None:
    assert judge.is_printed(CellValue(raw, value, "read")) is printed


def test_a_raised_note_mark_is_no_part_of_the_number() -> None:
    cell = CellValue("2780", 780, "read")
    assert judge.is_printed(cell, may_have_marks=True)
    assert not judge.is_printed(cell)
    assert judge.is_printed(CellValue("7①", 7, "read"))


def test_a_find_is_made_small() -> None:
    assert shrunk(b"<html>" * 50 + b"<p><?h>" + b"x" * 999, lambda data: b"<p><?" in data) == b"<p><?"


def test_the_tool_reports_and_reproduces(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    from scripts.fuzz import main

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["fuzz", "html", "--count", "3", "--seed", "4", "--out", str(tmp_path)])
        assert main() == 0
        assert "html: seed 4, 3 inputs, 0 finds" in capfd.readouterr().out
        assert (tmp_path / "runs.tsv").read_text() == "html\t4\t0\t3\t0\n"
        patch.setattr(sys, "argv", ["fuzz", "--again", "html/4/1", "--out", str(tmp_path)])
        assert main() == 0
        assert "html/4/1: nothing" in capfd.readouterr().out


@pytest.mark.parametrize(("kind", "row"), [("html", b"</tr>"), ("text", b"\n")])
def test_small_documents_stand_beside_themselves_with_few_rows(kind: str, row: bytes) -> None:
    whole, thin = small_seeds_of(kind)[::2], small_seeds_of(kind)[1::2]
    assert 0 < sum(data.count(row) for data in thin) < 0.5 * sum(data.count(row) for data in whole)


def test_word_files_with_few_rows_are_read() -> None:
    thin = small_seeds_of("docx")[1::2]
    assert {extractor.parse(data).verdict for data in thin[::6]} == {"partial"}
