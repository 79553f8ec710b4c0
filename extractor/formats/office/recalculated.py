"""Cells whose stored result is not what a program shows that reckons a workbook anew when it opens it."""

import io
import re
from collections.abc import Callable
from decimal import Decimal

import openpyxl
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from extractor.document import Source
from extractor.formats.package import Package
from extractor.patterns import kept_pattern

_RECKONS_ANEW = kept_pattern(rb"<(?:\w+:)?calcPr[^>]*\sfullCalcOnLoad=\"(?:1|true)\"")
_TERM = kept_pattern(
    r"\s*([+-])?\s*(?:SUM\(([^()]*)\)|"
    r"((?:(?:'[^']+'|\w+)!)?\$?[A-Z]{1,3}\$?\d{1,7})|(\d+(?:\.\d+)?))\s*",
    re.IGNORECASE,
)
_MOST_CELLS = 10_000  # of one sum
_DEEPEST = 20  # formulas that ask for each other


def stale_cells(source: Source) -> dict[str, frozenset[str]]:
    """Return, by the title of the sheet, the cells whose stored results may not be what is shown.

    Sums are recalculated; the results of other formulas are unknown, so their cells count as stale.
    """
    package = Package(source, "Excel 文件")
    if not _RECKONS_ANEW.search(package.bytes_of("xl/workbook.xml") or b""):
        return {}
    stored = openpyxl.load_workbook(io.BytesIO(source.data), data_only=True)
    formulas = openpyxl.load_workbook(io.BytesIO(source.data))
    return {sheet.title: frozenset(_stale(sheet, stored[sheet.title])) for sheet in formulas.worksheets}


def _stale(sheet: Worksheet, stored: Worksheet) -> list[str]:
    found: list[str] = []
    for row in sheet.iter_rows():
        for cell in row:
            known = stored[cell.coordinate].value if cell.data_type == "f" else None
            if known is not None and _result(sheet, cell.value, 0) != _decimal(known):
                found.append(cell.coordinate)
    return found


def _decimal(value: object) -> Decimal | None:
    return round(Decimal(str(value)), 9) if isinstance(value, (int, float)) else None


def _result(sheet: Worksheet, formula: object, depth: int) -> Decimal | None:
    """Return what a formula of sums and differences gives; None for any other."""
    if not isinstance(formula, str) or not formula.startswith("=") or depth > _DEEPEST:
        return None
    total, at, text = Decimal(0), 1, formula
    ask: Callable[[str], Decimal | None] = lambda name: _of_cell(sheet, name, depth)  # noqa: E731
    while at < len(text):
        found = _TERM.match(text, at)
        if found is None or (at > 1 and not found[1]):
            return None
        sign = -1 if found[1] == "-" else 1
        value = (
            _sum(found[2], ask) if found[2] is not None else ask(found[3]) if found[3] else Decimal(found[4])
        )
        if value is None:
            return None
        total, at = total + sign * value, found.end()
    return round(total, 9)


def _sum(arguments: str, ask: Callable[[str], Decimal | None]) -> Decimal | None:
    total = Decimal(0)
    for part in arguments.replace("$", "").split(","):
        try:
            left, top, right, bottom = range_boundaries(part.strip())
        except (ValueError, TypeError):
            return None
        if None in (left, top, right, bottom) or (right - left + 1) * (bottom - top + 1) > _MOST_CELLS:
            return None
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                value = ask(f"{openpyxl.utils.get_column_letter(column)}{row}")
                if value is None:
                    return None
                total += value
    return total


def _of_cell(sheet: Worksheet, name: str, depth: int) -> Decimal | None:
    other, _, place = name.rpartition("!")
    if other:
        title = other.strip("'")
        if title not in sheet.parent.sheetnames:
            return None
        sheet = sheet.parent[title]
    value = sheet[place.replace("$", "")].value
    if value is None or (isinstance(value, str) and not value.startswith("=")):
        return Decimal(0)
    return _result(sheet, value, depth + 1) if isinstance(value, str) else _decimal(value)
