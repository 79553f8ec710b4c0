"""Workbooks whose cells are not plain: runs, number formats, hidden rows and columns, comments."""

import re
from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from extractor.document import Cell, Document, Source, Table
from extractor.formats.office.number_format import shown
from extractor.formats.office.workbook import read_unplain


def read(change: Callable[[Worksheet], None]) -> Document | None:
    """Read a workbook of three rows and three columns after a change."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["信息内容", "本年", "上年"], ["行政许可", 17, 5], ["行政处罚", 3, 8]):
        sheet.append(row)
    change(sheet)
    stream = BytesIO()
    book.save(stream)
    return read_unplain(Source("a.xlsx", stream.getvalue()))


def cell_of(change: Callable[[Worksheet], None]) -> Cell:
    """Return the cell B2 after a change."""
    document = read(change)
    assert document is not None
    table = document.blocks[0]
    assert isinstance(table, Table)
    return next(cell for cell in table.cells if (cell.row, cell.column) == (1, 1))


def rich(first: str, font: InlineFont, second: str) -> Callable[[Worksheet], None]:
    def change(sheet: Worksheet) -> None:
        sheet["B2"] = CellRichText(TextBlock(font, first), second) if first else second

    return change


def test_a_plain_workbook_is_left_to_the_conversion() -> None:
    assert read(lambda sheet: None) is None
    assert read_unplain(b"PK no workbook") is None


@pytest.mark.parametrize(
    ("font", "sure"),
    [
        (InlineFont(color="FFFFFFFF"), True), (InlineFont(sz=1), False), (InlineFont(color="00FFFFFF"), True),
        (InlineFont(color="FFFEFEFE"), False),
    ],
)  # fmt: skip
def test_runs_that_are_not_painted_are_not_read(font: InlineFont, sure: bool) -> None:
    cell = cell_of(rich("8", font, "17"))
    assert (cell.text, cell.printed) == ("17", None)
    assert (cell.left_out, cell.doubt) == ((True, None) if sure else (False, "hidden-text"))


def test_struck_runs_are_replaced_by_what_stands_beside_them() -> None:
    cell = cell_of(rich("14", InlineFont(strike=True), "17"))
    assert (cell.text, cell.printed, cell.unread, cell.doubt) == ("17", None, (), None)


@pytest.mark.parametrize("align", ["superscript", "subscript"])
def test_raised_runs_are_note_marks(align: str) -> None:
    cell = cell_of(rich("1", InlineFont(vertAlign=align), "17"))
    assert (cell.text, cell.printed) == ("17", "117")


def test_a_font_of_the_colour_of_its_fill_shows_nothing() -> None:
    def change(sheet: Worksheet) -> None:
        sheet["B2"].font = Font(color="FF123456")
        sheet["B2"].fill = PatternFill("solid", fgColor="FF123456")

    cell = cell_of(change)
    assert (cell.text, [each.kind for each in cell.unread], cell.left_out) == ("", ["covered"], True)


def test_a_struck_number_with_nothing_in_its_place_is_open() -> None:
    def change(sheet: Worksheet) -> None:
        sheet["B2"].font = Font(strike=True)

    assert [unread.kind for unread in cell_of(change).unread] == ["struck"]


def formatted(number_format: str) -> Callable[[Worksheet], None]:
    def change(sheet: Worksheet) -> None:
        sheet["B2"].number_format = number_format
        sheet["C3"].font = Font(strike=True)  # so that the workbook is not plain

    return change


def test_a_format_that_shows_nothing_hides_the_number() -> None:
    cell = cell_of(formatted(";;;"))
    assert (cell.text, cell.doubt, cell.unread, cell.left_out) == ("", None, (), True)
    assert cell_of(formatted("0.0")).text == "17.0"
    assert [unread.kind for unread in cell_of(formatted("yyyy/m/d")).unread] == ["field"]


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (1734, "#,##0", "1,734"), (17, "0", "17"), (17, '0"件"', "17件"), (0, "0;-0;;@", ""), (0, "#", ""),
        (17, "000", "017"), (488.78, "0.00", "488.78"), (2.5, "0", "3"), (-3, "0;(0)", "(3)"), (5, "@", "5"),
        ("无", "0", "无"), ("无", ";;;", ""), (0.5, "0%", "50%"), (17, "[Red]0", "17"), (17, "General", "17"),
        (17, "[DBNum1]0", None), (17, "[White]0", ""), (17, "0.0E+00", None), (45000, "yyyy-mm-dd", None),
        (1234567, "0,", "1235"), (345612.0, "0.00,", "345.61"), (17, "d", "17"), (7, "dd", "07"),
    ],
)  # fmt: skip
def test_numbers_are_shown_as_their_formats_say(
    value: str | float, number_format: str, text: str | None
) -> None:
    assert shown(value, number_format) == text


def test_hidden_rows_columns_and_sheets_are_not_read_and_said() -> None:
    def change(sheet: Worksheet) -> None:
        sheet.row_dimensions[2].hidden = True
        sheet.column_dimensions["B"].hidden = True
        sheet.parent.create_sheet("旧").sheet_state = "hidden"

    document = read(change)
    assert document is not None
    (table,) = document.blocks
    assert isinstance(table, Table)
    assert [cell.text for cell in table.cells] == ["信息内容", "上年", "行政处罚", "8"]
    assert [notice.code for notice in document.notices][:1] == ["spreadsheet"]
    assert "hidden-content" in [notice.code for notice in document.notices]


def test_zeros_that_the_sheet_does_not_show_are_not_read() -> None:
    def change(sheet: Worksheet) -> None:
        sheet["B2"] = 0
        sheet.sheet_view.showZeros = False

    cell = cell_of(change)
    assert (cell.text, cell.doubt, cell.unread, cell.left_out) == ("", None, (), True)


def test_a_comment_throws_doubt_on_its_cell() -> None:
    def change(sheet: Worksheet) -> None:
        sheet["B2"].comment = Comment("应为 18", "甲")

    assert (cell_of(change).text, cell_of(change).doubt) == ("17", "annotation")


def test_merged_cells_count_what_is_shown_of_them() -> None:
    def change(sheet: Worksheet) -> None:
        sheet["B2"].font = Font(strike=True)
        sheet["A4"] = "合计"
        sheet.merge_cells("A4:C4")
        sheet.column_dimensions["B"].hidden = True

    document = read(change)
    assert document is not None
    last = document.blocks[0].cells[-1]  # type: ignore[union-attr]  # a table
    assert (last.text, last.column_span) == ("合计", 2)


def conditional(font: Font | None = None, fill: PatternFill | None = None) -> Callable[[Worksheet], None]:
    def change(sheet: Worksheet) -> None:
        sheet.conditional_formatting.add("B2:B3", FormulaRule(formula=['$A$1<>""'], font=font, fill=fill))

    return change


def test_a_number_that_a_conditional_format_may_hide_is_open_and_one_it_marks_is_doubted() -> None:
    hidden = cell_of(conditional(Font(color="FFFFFFFF")))
    assert [each.kind for each in hidden.unread] == ["style"]
    on_black = cell_of(conditional(fill=PatternFill(bgColor="FF000000")))
    assert [each.kind for each in on_black.unread] == ["style"]
    marked = cell_of(conditional(Font(color="FFFF0000")))
    assert (marked.text, marked.unread, marked.doubt) == ("17", (), "overlay")


def test_columns_of_a_sheet_that_runs_from_right_to_left_are_read_as_they_are_seen() -> None:
    def change(sheet: Worksheet) -> None:
        sheet.sheet_view.rightToLeft = True

    document = read(change)
    assert document is not None
    table = document.blocks[0]
    assert isinstance(table, Table)
    assert [cell.text for cell in table.cells][:3] == ["上年", "本年", "信息内容"]


def reckoned(formula: str, stored: str, *, anew: bool = True) -> Cell:
    """Return the cell B2 of a workbook whose formula there has a stored result."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["信息内容", "本年", "上年"], ["行政许可", formula, 5], ["行政处罚", 3, 8]):
        sheet.append(row)
    sheet["C3"].font = Font(strike=True)  # so that the workbook is not plain in any case
    book.calculation.fullCalcOnLoad = anew
    stream, changed = BytesIO(), BytesIO()
    book.save(stream)
    with ZipFile(stream) as source, ZipFile(changed, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name.endswith("sheet1.xml"):
                data = re.sub(rb"(</f>)<v\s*/?>(?:</v>)?", rb"\1<v>" + stored.encode() + b"</v>", data)
            target.writestr(name, data)
    document = read_unplain(Source("a.xlsx", changed.getvalue()))
    assert document is not None
    table = document.blocks[0]
    assert isinstance(table, Table)
    return next(cell for cell in table.cells if (cell.row, cell.column) == (1, 1))


@pytest.mark.parametrize(
    ("formula", "stored", "is_open"),
    [
        ("=12+5", "17", False), ("=12+5", "22", True), ("=SUM(C2:C3)+4", "17", False),
        ("=SUM(B3,C2)-1", "7", False), ("=$B$3", "3", False), ("=IF(B3>1,17,0)", "17", True),
        ("=SUM(B3:C3)", "12", True), ("=B2", "5", True),
    ],
)  # fmt: skip
def test_a_stored_result_counts_where_the_workbook_is_reckoned_anew_only_if_it_is_still_right(
    formula: str, stored: str, is_open: bool
) -> None:
    assert bool(reckoned(formula, stored).unread) is is_open
    assert not reckoned(formula, stored, anew=False).unread
