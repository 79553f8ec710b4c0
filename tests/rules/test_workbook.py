"""The sheet that is sent back, opened again as an office would, and what it brings home."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from papers import DISPUTES, disputes, paper, proactive, read
from papers import requests as request_table
from rule_reports import GOOD, with_numbers

from extractor.errors import ExitCode, MissingFile, Unreadable
from extractor.report import Report
from extractor.rules import examine
from extractor.rules.answers import read_answers
from extractor.rules.standing import Examined
from extractor.rules.workbook_rows import cause_row

openpyxl = pytest.importorskip("openpyxl")
pytest.importorskip("xlsxwriter")
from extractor.rules.workbook import COLUMNS, workbook_of  # noqa: E402

Run = Callable[..., Any]

BROKEN = read(paper(proactive(), request_table(), disputes({**DISPUTES, "review": (10, 1, 0, 0, 0)})))


def called(report: Report, name: str, agency: str = "云岭县档案局") -> Report:
    source = replace(report.source, name=name)
    return replace(report, source=source, issuer=replace(report.issuer, name=agency))


def examined(*reports: Report) -> list[Examined]:
    return [Examined(report, examine(report)) for report in reports]


def opened(data: bytes) -> Any:
    return openpyxl.load_workbook(BytesIO(data))


def line_of(sheet: Any, row: int = 4) -> dict[str, Any]:
    heads = [cell.value for cell in sheet[3]]
    return dict(zip(heads, (cell.value for cell in sheet[row]), strict=True))


def test_a_cause_is_one_row_that_says_where_what_and_what_it_should_be() -> None:
    book = opened(workbook_of(examined(called(BROKEN, "甲.docx"))))
    told = line_of(book["云岭县档案局"])
    assert (told["表"], told["行"], told["列"]) == (
        "政府信息公开行政复议、行政诉讼情况", "行政复议", "总计",
    )  # fmt: skip
    assert (told["所印"], told["应为"]) == (0, 11)
    assert "结果维持 10" in told["哪些数不相符"]
    assert (told["文件"], told["轻重"]) == ("甲.docx", "差错（出在报告本身）")
    assert book["云岭县档案局"].max_row == 4


def test_the_columns_for_the_answer_are_empty_and_offer_a_list() -> None:
    sheet = opened(workbook_of(examined(BROKEN)))["云岭县档案局"]
    told = line_of(sheet)
    assert (told["是否更正"], told["更正值"], told["说明"]) == (None, None, None)
    (listed,) = sheet.data_validations.dataValidation
    assert (str(listed.sqref), listed.formula1) == ("N4", '"是,否,待查"')


def test_the_sheet_prints_on_a4_with_its_head_on_each_page() -> None:
    book = opened(workbook_of(examined(BROKEN)))
    sheet = book["云岭县档案局"]
    assert sheet.page_setup.orientation == "landscape"
    assert int(sheet.page_setup.paperSize) == 9
    assert sheet.print_title_rows == "$3:$3"
    assert sheet.print_area.endswith("$A$1:$P$4")
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.freeze_panes == "D4"
    assert sheet.column_dimensions["Q"].hidden
    assert sum(width for _, width, _ in COLUMNS) < 180  # more would be too small to read
    # As high as the text needs: the sums are longer than their column is wide.
    assert sheet.row_dimensions[4].height > 24


def test_the_overview_has_every_file_those_refused_too() -> None:
    book = opened(
        workbook_of(
            examined(called(BROKEN, "甲.docx"), called(GOOD, "乙.docx", "云岭县民政局")), [("丙.pdf", "坏了")]
        )
    )
    rows = {row[0]: row for row in book["总览"].iter_rows(min_row=2, values_only=True)}
    assert [rows[name][3] for name in ("甲.docx", "乙.docx", "丙.pdf")] == [
        "须退回",
        "没有发现问题",
        "读不了",
    ]
    assert rows["丙.pdf"][4] == "坏了"
    assert (rows["甲.docx"][5], rows["甲.docx"][8]) == (1, "云岭县档案局")
    assert book["总览"]["I2"].hyperlink.location == "'云岭县档案局'!A1"
    assert book.sheetnames == ["总览", "云岭县档案局"]


@pytest.mark.parametrize("agency", ["总览", "甲/乙[丙]:局?", "局" * 60, "History", "'局'"])
def test_whatever_an_agency_is_called_it_has_a_sheet(agency: str) -> None:
    others = (called(BROKEN, "甲.docx", agency), called(BROKEN, "乙.docx", agency + "分局"))
    names = opened(workbook_of(examined(*others))).sheetnames
    assert len({name.casefold() for name in names}) == 3
    assert all(len(name) <= 31 for name in names)


def test_text_of_a_report_is_no_formula() -> None:
    bad = called(BROKEN, "=1+1", '=HYPERLINK("http://x")')
    for sheet in opened(workbook_of(examined(bad))).worksheets:
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_of_what_cannot_be_told_no_cell_is_named() -> None:
    report = with_numbers(GOOD, requests__new__total=61, requests__granted__total=12)
    rows = [
        cause_row(finding, report, {report.source.name: report})
        for finding in examine(report)
        if finding.outcome == "fails"
    ]
    for row in rows:
        assert row.should_be is None or row.row


def answered(data: bytes, *rows: tuple[object, object, object]) -> bytes:
    """Return the workbook as an office sends it back."""
    book = opened(data)
    sheet = book.worksheets[1]
    for line, values in enumerate(rows, start=4):
        for column, value in zip("NOP", values, strict=True):
            sheet[f"{column}{line}"] = value
    out = BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("answer", "settled", "value", "breaks"),
    [
        (("是", 11, "笔误"), "corrected", 11, False),
        (("是", "１１", None), "corrected", 11, False),
        ((None, 11, None), "corrected", 11, False),
        (("是", 12, None), "corrected", 12, True),
        (("否", None, "口径不同"), "rejected", None, False),
        (("待查", None, None), "open", None, False),
        ((None, None, None), "open", None, False),
    ],
)
def test_an_answer_is_read_back(
    answer: tuple[object, object, object], settled: str, value: object, breaks: bool, tmp_path: Path
) -> None:
    path = tmp_path / "退回表.xlsx"
    path.write_bytes(answered(workbook_of(examined(BROKEN)), answer))
    (told,) = read_answers(path)
    assert (told.settled, told.value, told.breaks_a_sum, told.note) == (
        settled,
        value,
        breaks,
        answer[2] or "",
    )
    assert told.agency == "云岭县档案局"


def test_an_english_sheet_says_in_english_what_is_ours_and_is_read_back(tmp_path: Path) -> None:
    report = called(BROKEN, "甲.docx")
    data = workbook_of(examined(report), [("丙.pdf", "文件是空的")], "en")
    book = opened(data)
    assert book.sheetnames == ["Overview", "云岭县档案局"]
    rows = list(book["Overview"].iter_rows(values_only=True))
    assert rows[0][:5] == ("File", "Body", "Year", "To do", "Verdict")
    assert rows[1][3] == "send back"
    assert rows[2][3:5] == ("could not be read", "the file is empty")
    told = line_of(book["云岭县档案局"])
    assert told["Severity"] == "error (in the report itself)"
    assert (told["Row"], told["Should be"]) == ("行政复议", 11)  # as the form prints it
    assert "should be" in told["Rule and advice"] or "equal" in told["Rule and advice"]
    path = tmp_path / "back.xlsx"
    path.write_bytes(answered(data, ("yes", 11, "typo")))
    (answer,) = read_answers(path)
    assert (answer.settled, answer.value, answer.should_be, answer.note) == ("corrected", 11, 11, "typo")
    assert answer.key == cause_row(*_first_failing(report)).key


def _first_failing(report: Report) -> Any:
    finding = next(each for each in examine(report) if each.outcome == "fails")
    return finding, report, {report.source.name: report}


def test_another_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    openpyxl.Workbook().save(path)
    with pytest.raises(Unreadable, match="不是 check --xlsx"):
        read_answers(path)
    path.write_bytes(b"no workbook")
    with pytest.raises(Unreadable):
        read_answers(path)
    with pytest.raises(MissingFile):
        read_answers(tmp_path / "lost.xlsx")


@pytest.fixture
def two_files(monkeypatch: pytest.MonkeyPatch) -> dict[str, Report]:
    named = {"broken.html": called(BROKEN, "broken.html"), "good.html": called(GOOD, "good.html", "乙局")}
    monkeypatch.setattr("extractor.cli.gather.parse_all", lambda source: (named[Path(str(source)).name],))
    return named


def test_each_agency_gets_a_workbook_of_its_own(
    run: Run, two_files: dict[str, Report], tmp_path: Path
) -> None:
    run("check", "broken.html", "good.html", "--xlsx", tmp_path / "退回", "--each")
    assert sorted(path.name for path in (tmp_path / "退回").iterdir()) == ["云岭县档案局.xlsx", "总览.xlsx"]


def test_what_came_back_is_counted_and_held_against_the_reports_of_now(
    run: Run, two_files: dict[str, Report], tmp_path: Path
) -> None:
    path = tmp_path / "退回表.xlsx"
    run("check", "broken.html", "--xlsx", path)
    path.write_bytes(answered(path.read_bytes(), ("是", 11, "笔误")))
    outcome = run("check", "--answers", path)
    assert outcome.code == ExitCode.OK
    assert "更正为 11；说明：笔误" in outcome.out.decode()
    assert outcome.out.decode().endswith("退回 1 处：1 处已更正\n")
    assert "其中 1 处仍不相符" in run("check", "broken.html", "--answers", path).out.decode()
    mended = with_numbers(two_files["broken.html"], disputes__review__total=11)
    checks = tuple(replace(c, outcome="holds") if c.outcome == "fails" else c for c in mended.checks)
    two_files["broken.html"] = replace(mended, checks=checks)
    assert "其中 0 处仍不相符，1 处已相符" in run("check", "broken.html", "--answers", path).out.decode()


def test_an_open_answer_has_the_exit_code_of_what_is_left_to_do(
    run: Run, two_files: dict[str, Report], tmp_path: Path
) -> None:
    path = tmp_path / "退回表.xlsx"
    run("check", "broken.html", "--xlsx", path)
    outcome = run("check", "--answers", path)
    assert outcome.code == ExitCode.INCONSISTENT
    assert "1 处未答" in outcome.out.decode()
