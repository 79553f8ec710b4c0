"""The command line as its users meet it: what it prints where, and how it exits."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import extractor.cli
from extractor import errors
from extractor.errors import ExitCode, ExtractorError
from extractor.report import Check, Report

Run = Callable[..., Any]
ReportMaker = Callable[..., Report]


def test_one_file_gives_one_line_of_json(run: Run, answers: dict[str, Any]) -> None:
    outcome = run("parse", "年报/云岭县.html")
    assert outcome.code == ExitCode.OK
    assert outcome.out.endswith(b"}\n")
    assert [report["title"] for report in outcome.objects()] == ["云岭县.html"]
    assert outcome.err == ""


def test_several_files_give_json_lines_in_their_order(run: Run, answers: dict[str, Any]) -> None:
    outcome = run("parse", "b.html", "a.html")
    assert [report["title"] for report in outcome.objects()] == ["b.html", "a.html"]


def test_pretty_indents_and_keeps_every_printed_digit(
    run: Run, answers: dict[str, Any], make_report: ReportMaker
) -> None:
    money = {"proactive": {"fees": {"amount": Decimal("488.780")}}}
    answers["a.html"] = make_report(tables=money)
    outcome = run("parse", "a.html", "--pretty")
    assert b'\n  "tables": {' in outcome.out
    assert b"488.780" in outcome.out


def test_pretty_is_refused_for_json_lines(run: Run, answers: dict[str, Any]) -> None:
    assert run("parse", "a.html", "b.html", "--pretty").code == ExitCode.USAGE


def test_a_dash_reads_standard_input(
    run: Run, monkeypatch: pytest.MonkeyPatch, make_report: ReportMaker, tmp_path: Path
) -> None:
    def parse(source: bytes, *, name: str = "", url: str | None = None) -> Report:
        return make_report(title=f"{source!r} {name} {url}")

    monkeypatch.setattr("extractor.cli.reading.parse", parse)
    page = tmp_path / "page"
    page.write_bytes(b"<p>\xff")
    with page.open() as stream:
        monkeypatch.setattr(sys, "stdin", stream)
        (read,) = run("parse", "-", "--url", "https://yunling.example/1.html").objects()
    assert read["title"] == r"b'<p>\xff' stdin https://yunling.example/1.html"


def test_a_source_address_belongs_to_one_file(run: Run, answers: dict[str, Any]) -> None:
    assert run("parse", "a.html", "b.html", "--url", "https://yunling.example").code == ExitCode.USAGE


@pytest.mark.parametrize(
    ("verdict", "code"),
    [
        ("verified", ExitCode.OK),
        ("partial", ExitCode.OK),
        ("inconsistent", ExitCode.INCONSISTENT),
        ("doubtful", ExitCode.INCONSISTENT),
        ("not_a_report", ExitCode.NOT_A_REPORT),
    ],
)
def test_the_exit_code_speaks_of_the_verdict_and_the_json_comes_out(
    run: Run, answers: dict[str, Any], make_report: ReportMaker, verdict: str, code: ExitCode
) -> None:
    answers["a.html"] = make_report(verdict=verdict)
    outcome = run("parse", "a.html")
    assert outcome.code == code
    assert outcome.objects()[0]["verdict"] == verdict
    assert (verdict in outcome.err) == (verdict != "verified")


def test_the_checks_that_fail_are_named(run: Run, answers: dict[str, Any], make_report: ReportMaker) -> None:
    broken = Check("requests/balance", "total", "fails", 3, 4, (), "")
    holding = Check("requests/balance", "business", "holds", 1, 1, (), "")
    answers["a.html"] = make_report(verdict="inconsistent", checks=(holding, broken))
    said = run("parse", "a.html").err
    assert "a.html: inconsistent" in said
    assert "1 处勾稽关系不成立：requests/balance @ total" in said
    assert "business" not in said


def test_quiet_says_nothing_of_verdicts_but_names_what_cannot_be_read(
    run: Run, answers: dict[str, Any], make_report: ReportMaker
) -> None:
    answers["a.html"] = make_report(verdict="doubtful")
    answers["b.pdf"] = errors.Unreadable("b.pdf: 文件损坏")
    assert run("parse", "-q", "a.html", "b.pdf").err == "b.pdf: 文件损坏\n"


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (errors.UnsupportedFormat, ExitCode.UNSUPPORTED_FORMAT),
        (errors.Unreadable, ExitCode.UNREADABLE),
        (errors.MissingDependency, ExitCode.MISSING_DEPENDENCY),
        (errors.InvalidDefinition, ExitCode.INVALID_DEFINITION),
        (errors.Encrypted, ExitCode.ENCRYPTED),
        (errors.MissingFile, ExitCode.MISSING_FILE),
    ],
)
def test_a_file_that_cannot_be_read_leaves_a_sentence_and_its_code(
    run: Run, answers: dict[str, Any], error: type[ExtractorError], code: ExitCode
) -> None:
    answers["a.pdf"] = error("a.pdf: 读不了")
    outcome = run("parse", "a.pdf")
    assert (outcome.code, outcome.out, outcome.err) == (code, b"", "a.pdf: 读不了\n")


def test_a_sentence_begins_with_the_input_as_it_was_given(
    run: Run, answers: dict[str, Any], make_report: ReportMaker
) -> None:
    answers["a.html"] = make_report(verdict="partial")
    answers["b.pdf"] = errors.Unreadable("b.pdf: 文件损坏")
    said = run("parse", "x/a.html", "y/b.pdf").err.splitlines()
    assert [sentence.partition(": ")[0] for sentence in said] == ["x/a.html", "y/b.pdf"]
    assert said[1] == "y/b.pdf: 文件损坏"


def test_the_others_come_out_and_the_code_is_that_of_the_first_problem(
    run: Run, answers: dict[str, Any], make_report: ReportMaker
) -> None:
    answers["b.pdf"] = errors.Encrypted("b.pdf: 有密码")
    answers["c.html"] = make_report(verdict="inconsistent", title="c.html")
    answers["d.html"] = errors.MissingFile("d.html: 没有这个文件")
    outcome = run("parse", "a.html", "b.pdf", "c.html", "d.html")
    assert outcome.code == ExitCode.ENCRYPTED
    assert [report["title"] for report in outcome.objects()] == ["a.html", "c.html"]


def test_an_unexpected_fault_is_one_sentence(
    run: Run, answers: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("EXTRACTOR_DEBUG", raising=False)
    answers["a.html"] = ZeroDivisionError("boom")
    outcome = run("parse", "a.html")
    assert outcome.code == ExitCode.INTERNAL
    assert outcome.err.count("\n") == 1
    assert "boom" in outcome.err


def test_debugging_shows_the_fault_itself(answers: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXTRACTOR_DEBUG", "1")
    monkeypatch.setattr(sys, "argv", ["extractor", "parse", "a.html"])
    answers["a.html"] = ZeroDivisionError("boom")
    with pytest.raises(ZeroDivisionError):
        extractor.cli.entry.run()


def test_an_interruption_has_its_own_code(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> Report:
        raise KeyboardInterrupt

    monkeypatch.setattr("extractor.cli.reading.parse", interrupted)
    assert run("parse", "a.html").code == ExitCode.INTERRUPTED


def test_a_bad_command_line_is_a_usage_error(run: Run) -> None:
    assert run("parse").code == ExitCode.USAGE
    assert run("parse", "--no-such-option", "a.html").code == ExitCode.USAGE
    assert run("no-such-command").code == ExitCode.USAGE


def test_the_forms_are_listed_for_people(run: Run) -> None:
    assert "2014  国办发〔2014〕32号" in run("forms").out.decode()
    details = run("forms", "2021").out.decode()
    assert "requests/balance（每列）：第一项加第二项之和，等于第三项加第四项之和" in details
    assert "new + carried_in = handled_total + carried_out" in details


def test_the_forms_are_listed_for_programs(run: Run) -> None:
    every = json.loads(run("forms", "--json").out)
    assert [form["id"] for form in every] == ["2021", "2019", "2014"]
    one = json.loads(run("forms", "2019", "--json").out)
    assert one["issued_by"] == "国办公开办函〔2019〕60号"


def test_an_unknown_form_is_a_usage_error(run: Run) -> None:
    outcome = run("forms", "1999")
    assert outcome.code == ExitCode.USAGE
    assert "2021、2019、2014" in outcome.err


def test_the_version_is_told(run: Run) -> None:
    assert run("--version").out.startswith(b"extractor ")


def in_a_shell(command: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    script = command.replace("EXTRACTOR", f"{sys.executable} -m extractor")
    return subprocess.run(
        ["bash", "-c", f"set -o pipefail; {script}"],
        capture_output=True,
        env=os.environ | environment,
        check=False,
    )


def test_a_reader_that_goes_away_is_no_error() -> None:
    done = in_a_shell("EXTRACTOR schema | head -c 1; exit ${PIPESTATUS[0]}")
    assert (done.returncode, done.stdout, done.stderr) == (ExitCode.OK, b"{", b"")


def test_output_is_utf8_whatever_the_locale() -> None:
    done = in_a_shell("EXTRACTOR forms", LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert "国办公开办函" in done.stdout.decode("utf-8")


@pytest.mark.parametrize("asked", [["--help"], ["parse", "--help"], ["--version"]])
def test_help_loads_nothing_heavy(asked: list[str]) -> None:
    code = (
        f"import sys; sys.argv = ['extractor', *{asked}]\n"
        "from extractor.cli.entry import run\n"
        "try: run()\n"
        "finally: print(*sys.modules)"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    ).stdout.split()
    heavy = {
        "rich",
        "msgspec",
        "yaml",
        "jieba",
        "lxml",
        "docx",
        "bs4",
        "pdfplumber",
        "pypdfium2",
        "selectolax",
    }
    assert "extractor.cli" in loaded
    assert heavy.isdisjoint(loaded)


def test_help_comes_at_once() -> None:
    def seconds() -> float:
        """Return the processor's time, which other work on the machine does not lengthen."""
        before = os.times()
        subprocess.run([sys.executable, "-m", "extractor", "--help"], capture_output=True, check=True)
        after = os.times()
        return after.children_user + after.children_system - before.children_user - before.children_system

    assert min(seconds() for _ in range(3)) <= 0.25
