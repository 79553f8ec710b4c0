"""check over folders, archives and what a batch has written: each thing to send back once, and the count."""

import zipfile
from collections.abc import Callable
from math import ceil
from pathlib import Path
from typing import Any

import pytest

from extractor.batch import Limits, Settings, run_batch
from extractor.cli.check_many import Examined, lines_of_many
from extractor.errors import ExitCode
from extractor.report import Report
from extractor.rules import examine
from scripts.corpus.cases import CASES, render

Run = Callable[..., Any]

_NAMES = (
    "html-four-tables",
    "html-gbk",
    "fault-wrong-total",
    "fault-zero-total",
    "html-big5-traditional",
    "fault-swapped",
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as it lies on a desk: reports, some with a planted error, one in an archive, one broken."""
    folder = tmp_path_factory.mktemp("desk") / "年报"
    (folder / "下级").mkdir(parents=True)
    cases = {case.name: case for case in CASES if case.name in _NAMES}
    for name in _NAMES[:-1]:
        extension = cases[name].source_name.rpartition(".")[2]
        (folder / "下级" / f"{name}.{extension}").write_bytes(render(cases[name]).data)
    with zipfile.ZipFile(folder / "报来的.zip", "w") as archive:
        archive.writestr("一/fault-swapped.html", render(cases["fault-swapped"]).data)
        archive.writestr("一/again.html", render(cases["html-four-tables"]).data)
    (folder / "坏.docx").write_bytes(b"PK\x03\x04")
    return folder


def test_a_folder_ends_with_what_is_to_be_done(run: Run, desk: Path) -> None:
    outcome = run("check", desk, "-q")
    text = outcome.out.decode()
    assert outcome.code == ExitCode.UNREADABLE  # the first problem
    assert "共 7 份：2 份须退回，1 份须核实，3 份没有发现问题，1 份读不了\n" in text
    assert "另有 1 个文件与其中的内容相同，只核一次" in text
    for name in ("fault-wrong-total.html", "fault-zero-total.html", "fault-swapped.html", "坏.docx"):
        assert text.count(name) == 1, name
    assert "html-gbk" not in text
    assert outcome.err == ""


def test_what_a_batch_has_written_is_checked_without_reading_again(
    run: Run, desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_batch([str(desk)], tmp_path / "结果", Settings(1, Limits()))
    monkeypatch.setattr("extractor.cli.gather.run_batch", None)
    monkeypatch.setattr("extractor.cli.gather.parse", None)
    from_batch = run("check", tmp_path / "结果").out.decode()
    assert "共 7 份：2 份须退回，1 份须核实，3 份没有发现问题，1 份读不了\n" in from_batch
    assert from_batch.count("fault-swapped.html") == 1


def test_reports_in_a_file_of_lines_are_checked(run: Run, desk: Path, tmp_path: Path) -> None:
    lines = tmp_path / "reports.jsonl"
    run("parse", *sorted((desk / "下级").glob("fault-*")), "-o", lines)
    assert (
        run("check", lines)
        .out.decode()
        .endswith("共 2 份：1 份须退回，1 份须核实\n写成退回表：再加 --xlsx 退回表.xlsx\n")
    )


def test_an_empty_folder_is_said_to_be_empty(run: Run, tmp_path: Path) -> None:
    outcome = run("check", tmp_path)
    assert outcome.code == ExitCode.MISSING_FILE
    assert "没有找到可读的文件" in outcome.err


def test_each_agency_has_a_line_where_that_is_asked_for(run: Run, desk: Path) -> None:
    text = run("check", desk, "--group", "单位", "-q").out.decode()
    heads = [line for line in text.splitlines() if not line.startswith(" ") and "：共 " in line]
    assert sum(int(line.partition("共 ")[2].split()[0]) for line in heads) == 6
    assert (text.count("✗"), text.count("？")) == (2, 1)


def test_a_way_of_grouping_that_there_is_not_is_refused(run: Run, desk: Path) -> None:
    outcome = run("check", desk, "--group", "颜色")
    assert outcome.code == ExitCode.USAGE
    assert "单位" in outcome.err


def many(report: Report, count: int) -> list[Examined]:
    """Return a report under many names, each with what is found in it."""
    from msgspec.structs import replace

    named = (
        replace(report, source=replace(report.source, name=f"{number:03}.html")) for number in range(count)
    )
    return [Examined(each, examine(each)) for each in named]


@pytest.mark.parametrize("count", [6, 30, 200])
def test_whatever_their_number_the_lines_stay_few_and_each_is_named_once(count: int, desk: Path) -> None:
    import extractor

    broken = extractor.parse(desk / "下级" / "fault-wrong-total.html")
    lines = list(lines_of_many(many(broken, count), ()))
    assert len(lines) <= 60
    assert max(map(len, lines)) <= 110 * ceil(count / 30)  # as few to a line as the lines allow
    for number in range(count):
        assert "\n".join(lines).count(f"{number:03}.html") == 1
