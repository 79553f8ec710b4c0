"""What a person at a prompt sees and asks for: short texts, frames, many files, findings."""

import json
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest

import extractor
from extractor.analysis import Tables
from extractor.errors import ExitCode, Misused
from extractor.export import ExportEntry, write_outputs
from extractor.outcome import DocumentPlace, Outcome
from extractor.report import CellValue, Issuer, Report

CASES = Path(__file__).parent.parent / "fixtures" / "cases"
ZERO_TOTAL = CASES / "fault-zero-total" / "source.html"


@pytest.fixture(scope="module")
def report() -> Report:
    return extractor.parse(ZERO_TOTAL)


def test_a_report_at_a_prompt_is_one_line(report: Report) -> None:
    assert "\n" not in repr(report)
    assert repr(report).startswith("<Report 霁山县人民政府 2023: inconsistent, 2019, ")
    assert "1 of " in repr(report)


def test_a_notebook_shows_the_verdict_the_fault_and_the_tables(report: Report) -> None:
    html = report._repr_html_()
    assert "<b>inconsistent</b>" in html
    assert "0 ≠ 11" in html
    assert html.count("<table>") == len(report.tables)


def test_a_notebook_runs_nothing_of_the_source(report: Report) -> None:
    issuer = msgspec.structs.replace(report.issuer, name="<script>alert(1)</script>")
    assert "<script>" not in msgspec.structs.replace(report, issuer=issuer)._repr_html_()


def test_open_cells_are_marked_and_named(report: Report) -> None:
    cells = dict(report.cells)
    cells["disputes.review.total"] = CellValue("1l", None, "undecided")
    html = msgspec.structs.replace(report, cells=cells)._repr_html_()
    assert "disputes.review.total：undecided" in html
    assert html.count("background") == 1


def test_a_wrong_code_is_answered_with_the_right_one(report: Report) -> None:
    with pytest.raises(KeyError, match="是 requests 吗"):
        report.tables["request"]
    with pytest.raises(KeyError, match="granted"):
        report.table("requests")["grantd"]
    with pytest.raises(KeyError, match=r"requests\.new\.total"):
        report.cells["requests.new.totl"]


def test_the_json_is_as_ever(report: Report) -> None:
    plain = json.loads(report.to_json())
    assert plain["tables"]["disputes"]["review"]["upheld"] == 10
    again = msgspec.json.decode(report.to_json(), type=Report)
    assert again == report


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_frames_hold_each_cell_once_long_and_wide(report: Report, library: str) -> None:
    pytest.importorskip(library)
    long = report.to_frame(library=library)  # type: ignore[call-overload]
    assert long.shape == (len(report.cells), 9)
    assert list(long.columns[:5]) == ["agency", "year", "table", "row", "column"]
    wide = report.to_frame(wide=True, library=library)  # type: ignore[call-overload]
    assert wide.shape == (1, 3 + len(report.cells))
    assert list(wide["disputes.review.upheld"]) == [10]


def test_records_keep_every_digit_of_money() -> None:
    form_2014 = extractor.parse(CASES / "html-plain-2014" / "source.html")
    money = [r["value"] for r in form_2014.records() if isinstance(r["value"], Decimal)]
    printed = [cell.value for cell in form_2014.cells.values() if isinstance(cell.value, Decimal)]
    assert money == printed


@pytest.mark.parametrize("workers", [1, 2])
def test_many_files_come_in_order_and_errors_are_values(workers: int, tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.4 nothing")
    done: list[int] = []
    paths = [ZERO_TOTAL, broken, tmp_path / "none.html"]
    outcomes = list(extractor.parse_many(paths, workers=workers, progress=done.append))
    assert [outcome.path for outcome in outcomes] == [str(path) for path in paths]
    assert outcomes[0].report is not None
    assert [o.error.exit_code for o in outcomes if o.error] == [ExitCode.UNREADABLE, ExitCode.MISSING_FILE]
    assert done == [1, 2, 3]


def test_check_tells_what_fails_and_all_else_when_asked(report: Report) -> None:
    (finding,) = extractor.check(report)
    assert (finding.rule, finding.at) == ("disputes/total", "review")
    assert len(extractor.check(report, only_failing=False)) > 50


def test_check_takes_years_and_a_parent(report: Report) -> None:
    before = msgspec.structs.replace(report, year=2022)
    assert "years/not-copied" in {finding.rule for finding in extractor.check(before, report)}
    sums = extractor.check(report, parent=report, only_failing=False)
    assert any(finding.scope == "family" for finding in sums)


def test_a_report_without_facts_is_shown_too(report: Report) -> None:
    empty = msgspec.structs.replace(report, year=None, checks=(), cells={}, tables={}, form=None)
    assert repr(empty).endswith("年度不明: inconsistent, no form, 0 cells, 0 checks>")


@pytest.fixture
def batch_of_two(tmp_path: Path, make_report: Callable[..., Report]) -> Iterator[Tables]:
    """A batch with a county government and a bureau of it, two years each, of one region code."""
    pytest.importorskip("duckdb")
    made = []
    for number, (agency, kind, year, new) in enumerate(
        [
            ("云岭县人民政府", "government", 2022, 7),
            ("云岭县人民政府", "government", 2023, 9),
            ("云岭县档案局", "department", 2022, 70),
            ("云岭县档案局", "department", 2023, 90),
            ("云岭县民政局", "department", 2023, None),
        ]
    ):
        state = "undecided" if new is None else "read"
        report = make_report(
            issuer=Issuer(name=agency, kind=kind, region_code="320813"),
            year=year,
            cells={"requests.new.total": CellValue("9", new, state)},
        )
        outcome = Outcome(str(number) * 64, "ok", DocumentPlace(f"{number}.html"), 1, "verified")
        made.append(ExportEntry(outcome, report.to_json()))
    write_outputs(made, [], tmp_path, ["parquet"])
    with extractor.load(tmp_path) as tables:
        yield tables


def test_an_agency_has_a_series_by_year_and_never_that_of_another(batch_of_two: Tables) -> None:
    bureau = batch_of_two.agency("云岭县档案局").series("requests.new.total")
    assert bureau == {2022: 70, 2023: 90}
    of_code = batch_of_two.agency("320813").series("requests.new.total")  # three agencies have this code
    assert of_code == {2022: 7, 2023: 9}
    assert batch_of_two.agency("云岭县民政局").series("requests.new.total") == {2023: None}
    assert batch_of_two.agency("云岭县档案局").series("statistics.received.value") == {}


def test_an_agency_or_cell_that_there_is_not_is_told(batch_of_two: Tables) -> None:
    with pytest.raises(Misused, match="没有 云岭县档案 的报告；是 云岭县档案局"):
        batch_of_two.agency("云岭县档案")
    with pytest.raises(Misused, match="没有 it's nobody 的报告"):
        batch_of_two.agency("it's nobody")
    with pytest.raises(Misused, match=r"没有 requests\.new\.totl 这一格；是 requests\.new\.total"):
        batch_of_two.agency("云岭县档案局").series("requests.new.totl")


def test_a_name_that_several_agencies_have_is_not_joined(
    tmp_path: Path, make_report: Callable[..., Report]
) -> None:
    pytest.importorskip("duckdb")
    made = []
    for number, code in enumerate(("320813", "320812")):
        report = make_report(issuer=Issuer(name="档案局", region_code=code), year=2023)
        outcome = Outcome(str(number) * 64, "ok", DocumentPlace(f"{number}.html"), 1, "verified")
        made.append(ExportEntry(outcome, report.to_json()))
    write_outputs(made, [], tmp_path, ["parquet"])
    with extractor.load(tmp_path) as tables, pytest.raises(Misused, match=r"有 2 个机关.*请给机关编号"):
        tables.agency("档案局")
