"""Where a command is the wrong one for what it was given, it names the one that does it."""

import tomllib
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from extractor.cli import app, doctor
from extractor.cli.query import _no_such_table
from extractor.errors import ExitCode, to_install

ROOT = Path(__file__).parents[2]
REPORT = ROOT / "fixtures" / "cases" / "docx-blanks" / "source.docx"


def say(*arguments: object) -> tuple[int, str]:
    done = CliRunner().invoke(app, [str(argument) for argument in arguments])
    return done.exit_code, done.output


def test_a_folder_or_an_archive_is_read_by_batch_and_checked_by_check(tmp_path: Path) -> None:
    archive = tmp_path / "年报 2023.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("a.txt", "x")
    for path in (tmp_path, archive):
        code, output = say("parse", path)
        assert code in (ExitCode.MISSING_FILE, ExitCode.UNSUPPORTED_FORMAT)
        assert "extractor batch" in output
        assert "extractor check" in output
    assert f"extractor check '{archive}'" in output  # as a shell wants it


def test_an_address_is_fetched_by_others() -> None:
    code, output = say("parse", "https://www.example.gov.cn/a.html")
    assert code == ExitCode.MISSING_FILE
    assert "extractor crawl" in output
    assert "curl -s https://www.example.gov.cn/a.html" in output


@pytest.mark.parametrize("command", [("check",), ("batch", "-o", "out")])
def test_an_empty_folder_is_said_to_be_one(
    command: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    done = CliRunner().invoke(app, [*command, "empty"])
    assert "没有找到可读的文件" in f"{done.output}{done.exception}"


def test_labels_explain_the_one_cell_that_has_them() -> None:
    code, output = say("explain", REPORT, "予以公开 总计")
    assert code == ExitCode.OK
    assert output.startswith("requests.granted.total")


def test_labels_of_many_cells_name_their_codes() -> None:
    code, output = say("explain", REPORT, "本年新收")
    assert code == ExitCode.USAGE
    assert "requests.new.natural_person" in output


def test_a_mistyped_view_names_those_that_are_near() -> None:
    assert _no_such_table("requets", ("requests", "cells")) == "没有 requets 这张表或视图，是不是 requests"
    assert _no_such_table("x", ("requests", "cells")) == "没有 x 这张表或视图，有 requests、cells"


def test_a_checkout_is_told_the_way_of_a_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    assert to_install("ocr") == "pip install -e '.[ocr]'"
    monkeypatch.setattr("extractor.errors.__file__", "/usr/lib/python3/extractor/errors.py")
    assert to_install("ocr") == "pip install 'disclosure-report-extractor[ocr]'"


def test_the_doctor_tells_what_is_missing_and_how_to_add_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "find_spec", lambda name: None if name == "rapidocr" else object())
    monkeypatch.setattr(doctor, "find_program", lambda: None)
    code, output = say("doctor")
    assert code == ExitCode.OK
    lines = {
        line.split("  ")[1].strip(): line for line in output.splitlines() if line.startswith(("有", "缺"))
    }
    assert lines["[ocr]"].startswith("缺")
    assert "pip install -e '.[ocr]'（缺 rapidocr）" in lines["[ocr]"]
    assert lines["[archive]"].startswith("有")
    assert "libreoffice-writer-nogui" in lines["LibreOffice writer"]


def test_the_extras_of_the_doctor_are_those_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = set(project["optional-dependencies"]) - {"all", "dev", "docs", "mutants", "machinery"}
    assert extras <= set(doctor._EXTRAS)


def test_a_page_that_recognition_would_have_read_is_said_with_the_way_to_add_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("extractor.formats.ocr._is_found", lambda: False)
    scan = ROOT / "fixtures" / "cases" / "pdf-scanned-page" / "source.pdf"
    _, parsed = say("parse", scan)
    assert "没有读；要识别先装 pip install -e '.[ocr]'" in parsed
    _, checked = say("check", scan, REPORT)
    assert "没有读；要识别先装 pip install -e '.[ocr]'" in checked
