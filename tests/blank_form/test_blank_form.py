"""A blank form is no report, and what is filled into it is read and proved like any other."""

import io
import random
import re
from collections.abc import Mapping
from pathlib import Path

import docx
import openpyxl
import pytest
from typer.testing import CliRunner

import extractor
from extractor.blank_form import BlankForm, blank_form, word_form, workbook_form
from extractor.blank_form.grid import places
from extractor.cli import app
from extractor.formats.office.program import find_program
from extractor.forms import Form, TableForm, load_form, load_forms
from extractor.words import Language

AGENCY = "云岭县人民政府"
FORMS = [form.id for form in load_forms()]
Values = dict[str, int]


def numbers_for(form: Form, seed: int) -> Values:
    """Return numbers that agree in every equation."""
    rng = random.Random(seed)
    values = {cell: rng.randint(0, 9) for table in form.tables for cell in table.cell_ids()}
    for table in form.tables:
        for _ in range(3):  # sums of sums
            for equation in table.equations:
                if equation.within == "row":
                    for row in table.rows:
                        own = f"{table.id}.{row.id}"
                        values[f"{own}.{equation.total}"] = sum(values[f"{own}.{p}"] for p in equation.parts)
                elif equation.total:
                    for column in table.columns:
                        parts = (values[f"{table.id}.{part}.{column.id}"] for part in equation.parts)
                        values[f"{table.id}.{equation.total}.{column.id}"] = sum(parts)
                else:
                    balance(table, equation.left, equation.right, values)
    return values


def balance(table: TableForm, left: tuple[str, ...], right: tuple[str, ...], values: Values) -> None:
    for column in table.columns:
        before = sum(values[f"{table.id}.{row}.{column.id}"] for row in left)
        after = sum(values[f"{table.id}.{row}.{column.id}"] for row in right)
        low = left[0] if before < after else right[-1]
        values[f"{table.id}.{low}.{column.id}"] += abs(before - after)


def filled_word(form: BlankForm, values: Mapping[str, int]) -> bytes:
    document = docx.Document(io.BytesIO(word_form(form)))
    tables = [part for part in form.parts if part.rows]
    for part, table in zip(tables, document.tables, strict=True):
        for y, x, cell in places(part.rows):
            if cell.cell:
                table.cell(y, x).paragraphs[0].add_run(str(values[cell.cell]))
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def filled_workbook(form: BlankForm, values: Mapping[str, int], language: Language = "zh") -> bytes:
    """Fill in what has no formula."""
    book = openpyxl.load_workbook(io.BytesIO(workbook_form(form, language)))
    tables = [part for part in form.parts if part.rows]
    for part, sheet in zip(tables, book.worksheets, strict=False):
        for y, x, cell in places(part.rows):
            here = sheet.cell(y + 3, x + 1)
            if cell.cell and here.value is None:
                here.value = values[cell.cell]
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


@pytest.mark.parametrize("form_id", FORMS)
def test_every_standard_cell_has_one_place_and_none_lies_over_another(form_id: str) -> None:
    form = load_form(form_id)
    parts = [part for part in blank_form(form, AGENCY, form.year).parts if part.table]
    assert sorted(cell.cell for part in parts for *_, cell in places(part.rows) if cell.cell) == sorted(
        cell for table in form.tables for cell in table.cell_ids()
    )
    for part in parts:
        squares = [
            (y + i, x + j)
            for y, x, cell in places(part.rows)
            for i in range(cell.row_span)
            for j in range(cell.column_span)
        ]
        assert len(squares) == len(set(squares)) == part.width * len(part.rows)


@pytest.mark.parametrize("form_id", FORMS)
def test_a_word_form_is_no_report_until_it_is_filled_in(form_id: str) -> None:
    form = load_form(form_id)
    blank = blank_form(form, AGENCY, form.year)
    assert extractor.parse(word_form(blank), name="空白.docx").verdict == "not_a_report"
    values = numbers_for(form, 7)
    report = extractor.parse(filled_word(blank, values), name="年报.docx")
    assert report.verdict == "verified"
    assert report.issuer.name == AGENCY
    assert report.year == form.year
    assert {cell: report.cells[cell].value for cell in values} == values


@pytest.mark.parametrize("form_id", FORMS)
def test_a_word_form_with_one_wrong_number_is_inconsistent(form_id: str) -> None:
    form = load_form(form_id)
    values = numbers_for(form, 8)
    table = next(table for table in form.tables if table.equations)
    total = next(equation.total for equation in table.equations if equation.total)
    column = total if total in {each.id for each in table.columns} else table.columns[0].id
    row = total if column != total else table.rows[0].id
    values[f"{table.id}.{row}.{column}"] += 1
    report = extractor.parse(filled_word(blank_form(form, AGENCY, form.year), values), name="年报.docx")
    assert report.verdict == "inconsistent"


def test_the_sums_of_a_workbook_are_formulas_that_show_nothing_where_nothing_is_filled_in() -> None:
    form = load_form("2021")
    book = openpyxl.load_workbook(io.BytesIO(workbook_form(blank_form(form, AGENCY, 2025))))
    assert book["政府信息公开行政复议、行政诉讼情况"]["E6"].value.startswith("=IF(COUNT(A6")
    sheet = book["收到和处理政府信息公开申请情况"]
    formulas = [cell for row in sheet for cell in row if str(cell.value).startswith("=")]
    assert len(formulas) == 25 + 6  # the total of each row, and of each column but that
    assert len(list(book["勾稽"].rows)) == 1 + 7 + 1  # a balance for each column, and the corner


@pytest.mark.skipif(find_program() is None, reason="LibreOffice is not installed")
def test_a_filled_workbook_adds_up_by_itself() -> None:
    form = load_form("2021")
    blank = blank_form(form, AGENCY, 2025)
    assert extractor.parse(workbook_form(blank), name="空白.xlsx").verdict == "not_a_report"
    values = numbers_for(form, 9)
    report = extractor.parse(filled_workbook(blank, values), name="年报.xlsx")
    assert report.verdict == "verified"
    assert {cell: report.cells[cell].value for cell in values} == values


@pytest.mark.parametrize("form_id", FORMS)
def test_a_workbook_of_any_edition_names_agency_and_year(form_id: str) -> None:
    blank = blank_form(load_form(form_id), AGENCY, 2017)
    book = openpyxl.load_workbook(io.BytesIO(workbook_form(blank)))
    for part, sheet in zip([part for part in blank.parts if part.table], book.worksheets, strict=False):
        for y, x, cell in places(part.rows):
            if cell.cell:
                sheet.cell(y + 3, x + 1).value = 1
    data = io.BytesIO()
    book.save(data)
    report = extractor.parse(data.getvalue(), name="年报.xlsx")
    assert (report.issuer.name, report.year) == (AGENCY, 2017)


@pytest.mark.parametrize("ending", [".docx", ".xlsx"])
def test_the_command_writes_a_form_with_the_name_in_it(ending: str, tmp_path: Path) -> None:
    out = tmp_path / f"年报{ending}"
    arguments = ["template", "2021", "-o", str(out), "--agency", AGENCY, "--year", "2025"]
    assert CliRunner().invoke(app, arguments).exit_code == 0
    if ending == ".docx":
        shown = docx.Document(str(out)).paragraphs[0].text
    else:
        shown = openpyxl.load_workbook(out).worksheets[0]["A1"].value
    assert shown == f"{AGENCY}2025年政府信息公开工作年度报告"


def test_without_an_edition_the_form_in_force_is_written(tmp_path: Path) -> None:
    assert CliRunner().invoke(app, ["template", "-o", str(tmp_path / "a.xlsx")]).exit_code == 0
    sheets = openpyxl.load_workbook(tmp_path / "a.xlsx").sheetnames
    assert sheets[:-1] == [table.title for table in load_forms()[0].tables]


@pytest.mark.parametrize("form_id", FORMS)
def test_in_english_the_form_stays_and_what_is_said_of_its_sums_is_english(form_id: str) -> None:
    form = blank_form(load_form(form_id), AGENCY, 2025)
    chinese, english = (
        openpyxl.load_workbook(io.BytesIO(workbook_form(form, language))) for language in ("zh", "en")
    )
    tables = len([part for part in form.parts if part.rows])
    for one, other in zip(chinese.worksheets[:tables], english.worksheets[:tables], strict=True):
        assert [cell.value for row in one for cell in row] == [cell.value for row in other for cell in row]
        told = [rule.error for rule in other.data_validations.dataValidation]
        assert not re.search("[\u3400-\u9fff]", "".join(told))
    for sheet in english.worksheets[tables:]:
        shown = [sheet.title, *(cell.value for row in sheet.iter_rows() for cell in row if cell.column != 2)]
        assert not re.search("[\u3400-\u9fff]", re.sub("'[^']*'!", "", " ".join(map(str, shown))))


def test_a_workbook_with_an_english_sheet_of_sums_is_read_as_the_other() -> None:
    form = load_form("2021")
    values = numbers_for(form, 5)
    reports = [
        extractor.parse(filled_workbook(blank_form(form, AGENCY, 2025), values, language), name="年报.xlsx")
        for language in ("zh", "en")
    ]
    assert reports[0].tables == reports[1].tables
    assert reports[1].verdict == "verified"


@pytest.mark.parametrize("arguments", [["1999", "-o", "a.docx"], ["2021", "-o", "a.pdf"]])
def test_an_edition_or_a_format_that_is_not_there_is_refused(arguments: list[str]) -> None:
    assert CliRunner().invoke(app, ["template", *arguments]).exit_code == 2
