"""The blank form as a workbook: sums are formulas, entries are validated, and a sheet lists disagreements.

There are no comments or conditional colours, so that the completed form consists of plain cells.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from extractor.blank_form.grid import BlankForm, FormPart, column_widths, places, row_heights
from extractor.forms import Equation, TableForm
from extractor.messages import translated
from extractor.words import Language

_BORDER = Border(**dict.fromkeys(("left", "right", "top", "bottom"), Side("thin")))
_CENTRED = Alignment(horizontal="center", vertical="center", wrap_text=True)
_LABEL, _SUM = PatternFill("solid", "F2F2F2"), PatternFill("solid", "E2EFDA")
_CHECKS = "勾稽"
_MAY_BE_NEGATIVE = "change"


def workbook_form(form: BlankForm, language: Language = "zh") -> bytes:
    """Return the bytes of an .xlsx file: one sheet per table, and one that lists sums that disagree.

    Args:
        form: The form; it is Chinese in any language.
        language: Language of the sheet of sums and of messages about invalid entries.
    """
    book = Workbook()
    sheet = book.active
    checks = []
    for part in form.parts:
        if part.table is None:
            continue
        if sheet is None:
            sheet = book.create_sheet()
        sheet.title = part.table.title[:31].replace("/", "")
        where = _write_table(sheet, form.title, part)
        checks += list(_write_formulas(sheet, part.table, where))
        _restrict(sheet, part.table, where, language)
        _lay_out(sheet, part)
        sheet = None
    if checks:
        _write_checks(book.create_sheet(translated(_CHECKS, language)), checks, language)
    book.properties.title, book.properties.creator = form.title, ""
    data = BytesIO()
    book.save(data)
    return data.getvalue()


def _write_table(sheet: Any, title: str, part: FormPart) -> dict[str, str]:
    """Write title, heading and table; return the address of each value by its id."""
    sheet["A1"], sheet["A2"] = title, part.heading
    sheet["A1"].font, sheet["A2"].font = Font(size=14, bold=True), Font(size=12, bold=True)
    where = {}
    for y, x, cell in places(part.rows):
        top, left = y + 3, x + 1
        bottom, right = top + cell.row_span - 1, left + cell.column_span - 1
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                sheet.cell(row, column).border = _BORDER
        if (bottom, right) != (top, left):
            sheet.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
        here = sheet.cell(top, left)
        here.alignment = _CENTRED
        if cell.cell:
            where[cell.cell] = here.coordinate
        elif cell.text:
            here.value, here.fill = cell.text, _LABEL
    return where


def _write_formulas(
    sheet: Any, table: TableForm, where: dict[str, str]
) -> Iterator[tuple[str, str, str, str]]:
    """Write a formula into each cell that is a sum, and yield the other equations to be checked.

    A cell that is the total of two sums, such as a table's corner, gets that of its row; the other is
    checked. Without entries nothing is shown, as a form full of zeros would be a report.
    """
    taken: set[str] = set()
    by_row_first = sorted(table.equations, key=lambda equation: equation.within != "row")
    for equation in by_row_first:
        for label, left, right in _instances(table, equation):
            sides = [[where[cell] for cell in side if cell in where] for side in (left, right)]
            if equation.total and left[0] not in taken:
                taken.add(left[0])
                parts = ",".join(sides[1])
                sheet[where[left[0]]] = f'=IF(COUNT({parts})=0,"",SUM({parts}))'
                sheet[where[left[0]]].fill = _SUM
            else:
                quoted = f"'{sheet.title}'!"
                yield equation.says, label, _sum(sides[0], quoted), _sum(sides[1], quoted)


def _instances(
    table: TableForm, equation: Equation
) -> Iterator[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """Yield the equation for each row, or each column, with the ids of the cells on both sides."""
    left, right = equation.sides()
    if equation.within == "row":
        for row in table.rows:
            if set(table.columns_of(row)) >= {*left, *right}:
                ids = tuple(tuple(f"{table.id}.{row.id}.{each}" for each in side) for side in (left, right))
                yield row.label, ids[0], ids[1]
    else:
        for column in table.columns:
            ids = tuple(tuple(f"{table.id}.{each}.{column.id}" for each in side) for side in (left, right))
            yield column.label, ids[0], ids[1]


def _sum(addresses: list[str], sheet: str = "") -> str:
    return f"SUM({','.join(sheet + address for address in addresses)})"


def _restrict(sheet: Any, table: TableForm, where: dict[str, str], language: Language) -> None:
    """Allow only whole numbers from 0 for counts, any from 0 for money, any whole number for changes."""
    kinds = {
        "count": DataValidation("whole", "0", operator="greaterThanOrEqual"),
        "money": DataValidation("decimal", "0", operator="greaterThanOrEqual"),
        "change": DataValidation("whole", "-999999999", "999999999", operator="between"),
    }
    told = {"count": "请填 0 或正整数", "money": "请填 0 或正数", "change": "请填整数，减少填负数"}
    for kind, rule in kinds.items():
        rule.error, rule.errorTitle = translated(told[kind], language), translated("数字不合", language)
        rule.showErrorMessage = True
        rule.allow_blank = True
        sheet.add_data_validation(rule)
    for row in table.rows:
        for column in table.columns_of(row):
            address = where[f"{table.id}.{row.id}.{column}"]
            money = "money" if column in row.money else "count"
            kinds["change" if column == _MAY_BE_NEGATIVE else money].add(address)


def _lay_out(sheet: Any, part: FormPart) -> None:
    for column, width in enumerate(column_widths(part), start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width + 1
    for row, lines in enumerate(row_heights(part), start=3):
        sheet.row_dimensions[row].height = 6 + 14 * lines
    _fit_to_width(sheet, "landscape" if part.width > 6 else "portrait")


def _fit_to_width(sheet: Any, orientation: str) -> None:
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = orientation
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _write_checks(sheet: Any, checks: list[tuple[str, str, str, str]], language: Language) -> None:
    sheet.append([translated(head, language) for head in ("要求", "哪一行、列", "左边", "右边", "结果")])
    holds, fails = (translated(told, language) for told in ("相符", "不相符，请核对"))
    for row, (says, label, left, right) in enumerate(checks, start=2):
        place = label if language == "zh" else f"{translated(label, language)} ({label})"
        result = f'=IF(C{row}=D{row},"{holds}","{fails}")'
        sheet.append([translated(says, language), place, f"={left}", f"={right}", result])
    for letter, width in zip("ABCDE", (52, 40, 10, 10, 18), strict=True):
        sheet.column_dimensions[letter].width = width
    for row in sheet.iter_rows(max_col=2):
        for cell in row:
            cell.alignment = Alignment(vertical="top", wrap_text=True)
    _fit_to_width(sheet, "landscape")
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "A2"
