"""The workbook that is sent back to agencies.

It has an overview (总览) of all files, then a sheet for each agency, one row per cause.

The last three columns are for the answer; answers.py reads them back.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from math import ceil
from typing import Any
from unicodedata import east_asian_width

from extractor.errors import MissingDependency, to_install
from extractor.messages import translated
from extractor.patterns import kept_pattern
from extractor.report import Report
from extractor.rules.finding import Finding, failing
from extractor.rules.standing import Examined
from extractor.rules.workbook_rows import CauseRow, cause_row, in_language
from extractor.words import Language, said, word

try:
    import xlsxwriter
except ImportError as error:
    raise MissingDependency(f"写 XLSX 需要 xlsxwriter：{to_install('archive')}") from error

_ANSWERS = ("sheet-yes", "sheet-no", "sheet-unclear")
# Key of the heading, width in characters, and field of CauseRow; answer columns have no field.
COLUMNS = (
    ("sheet-number", 5, ""), ("sheet-year", 5, "year"), ("sheet-file", 11, "file"),
    ("sheet-severity", 8, "severity"), ("sheet-table", 10, "table"), ("sheet-row", 14, "row"),
    ("sheet-column", 9, "column"), ("sheet-place", 9, "place"), ("sheet-printed", 6, "printed"),
    ("sheet-sides", 34, "sides"), ("sheet-should-be", 6, "should_be"), ("sheet-says", 18, "says"),
    ("sheet-quote", 14, "quote"), ("sheet-corrected", 8, ""), ("sheet-new-value", 7, ""),
    ("sheet-note", 12, ""),
)  # fmt: skip
_OVERVIEW_COLUMNS = (
    ("sheet-file", 34), ("sheet-agency", 26), ("sheet-year", 7), ("sheet-to-do", 13), ("sheet-verdict", 30),
    ("sheet-errors", 7), ("sheet-to-verify", 8), ("sheet-remarks", 7), ("sheet-details", 26),
)  # fmt: skip
HEAD_ROW = 2  # counted from 0; below the title and the note
_FIRST_ANSWER = len(COLUMNS) - 3
_LONGEST = 32_000  # characters; Excel's own limit is 32,767
_LONGEST_NAME = 31  # most characters of a sheet's name
_A4 = 9
_LINE_HEIGHT = 12.0  # points; for the small font of the body
_HIGHEST = 409.0  # the greatest row height that Excel allows
_LETTERS_A_WIDTH = 1.3  # column widths count characters of the default font size; the body's font is smaller


def workbook_of(
    examined: Sequence[Examined], refused: Iterable[tuple[str, str]] = (), language: Language = "zh"
) -> bytes:
    """Return an XLSX file of all failures; no text is written as a formula.

    Args:
        examined: The reports with their findings.
        refused: Name of each file that could not be read, and why.
        language: Of heads, rules and remarks; what a report or the form prints stays as it is.
    """
    data = BytesIO()
    book = xlsxwriter.Workbook(data, {"in_memory": True, "strings_to_formulas": False})
    formats = _formats(book)
    overview = book.add_worksheet(said("sheet-overview", language))
    names = _write_agencies(book, examined, formats, language)
    _write_overview(overview, examined, list(refused), names, formats, language)
    book.close()
    return data.getvalue()


def workbooks_by_agency(
    examined: Sequence[Examined], refused: Iterable[tuple[str, str]] = (), language: Language = "zh"
) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the bytes of the overview, then of one workbook for each agency with a failure.

    The names differ even on systems that ignore case.
    """
    overview = said("sheet-overview", language)
    yield f"{overview}.xlsx", workbook_of(examined, refused, language)
    taken: Counter[str] = Counter((overview.casefold(),))
    for agency, own in by_agency(examined).items():
        if any(failing(one.findings) for one in own):
            yield f"{_file_name(agency, taken)}.xlsx", workbook_of(own, (), language)


def _file_name(agency: str, taken: Counter[str]) -> str:
    name = kept_pattern(r'[<>:"/\\|?*\x00-\x1f]').sub("_", agency).strip(" .")[:60] or "机关不明"
    taken[name.casefold()] += 1
    return name if taken[name.casefold()] == 1 else f"{name}({taken[name.casefold()]})"


def by_agency(examined: Sequence[Examined]) -> dict[str, list[Examined]]:
    """Group the reports by agency, in order of first appearance."""
    agencies: dict[str, list[Examined]] = {}
    for each in examined:
        agencies.setdefault(each.agency, []).append(each)
    return agencies


def _formats(book: Any) -> dict[str, Any]:
    body = {"font_size": 9, "text_wrap": True, "valign": "top", "border": 1, "border_color": "#BFBFBF"}
    return {
        "title": book.add_format({"bold": True, "font_size": 14, "valign": "vcenter"}),
        "note": book.add_format({"font_size": 9, "font_color": "#595959"}),
        "head": book.add_format(
            body | {"bold": True, "bg_color": "#DDEBF7", "align": "center", "valign": "vcenter"}
        ),
        "body": book.add_format(body),
        "wrong": book.add_format(body | {"bold": True, "bg_color": "#FCE4D6"}),
        "answer": book.add_format(body | {"bg_color": "#FFF9E5"}),
        "link": book.add_format(body | {"font_color": "#0563C1", "underline": 1}),
    }


def _write_agencies(
    book: Any, examined: Sequence[Examined], formats: dict[str, Any], language: Language
) -> dict[str, str]:
    """Write a sheet for each agency with a failure; return the sheets' names."""
    reports = {each.report.source.name: each.report for each in examined}
    names: dict[str, str] = {}
    for agency, own in by_agency(examined).items():
        rows = [in_language(row, language) for each in own for row in _rows(each, reports)]
        if rows:
            names[agency] = _sheet_name(agency, {said("sheet-overview", language), *names.values()})
            _write_causes(book.add_worksheet(names[agency]), agency, rows, formats, language)
    return names


def _rows(each: Examined, reports: Mapping[str, Report]) -> list[CauseRow]:
    return [cause_row(finding, each.report, reports) for finding in failing(each.findings)]


def _sheet_name(agency: str, taken: set[str]) -> str:
    """Return a name that Excel allows and that differs from all others even ignoring case."""
    plain = kept_pattern(r"[\[\]:*?/\\\x00-\x1f]").sub("_", agency).strip("' ") or "机关不明"
    name, number = plain[:_LONGEST_NAME], 1
    folded = {other.casefold() for other in taken}
    while name.casefold() in folded or name.casefold() == "history":
        number += 1
        tail = f"({number})"
        name = plain[: _LONGEST_NAME - len(tail)] + tail
    return name


def _write_causes(
    sheet: Any, agency: str, rows: Sequence[CauseRow], formats: dict[str, Any], language: Language
) -> None:
    sheet.write_string(0, 0, said("sheet-title", language) % agency, formats["title"])
    sheet.write_string(1, 0, said("sheet-how", language) % len(rows), formats["note"])
    for column, (key, width, _) in enumerate(COLUMNS):
        sheet.set_column(column, column, width)
        sheet.write_string(HEAD_ROW, column, said(key, language), formats["head"])
    sheet.write_string(HEAD_ROW, len(COLUMNS), said("sheet-key", language), formats["head"])
    sheet.set_column(len(COLUMNS), len(COLUMNS), 20, None, {"hidden": True})
    for number, row in enumerate(rows, start=1):
        line = HEAD_ROW + number
        sheet.set_row(line, _height(row))
        _write(sheet, line, 0, number, formats["body"])
        for column, (_, _, name) in enumerate(COLUMNS[1:], start=1):
            look = "answer" if not name else "wrong" if name in ("printed", "should_be") else "body"
            _write(sheet, line, column, getattr(row, name) if name else None, formats[look])
        sheet.write_string(line, len(COLUMNS), row.key)
    last = HEAD_ROW + len(rows)
    answers = [said(key, language) for key in _ANSWERS]
    listed = {"validate": "list", "source": answers, "input_title": said("sheet-corrected", language)}
    sheet.data_validation(HEAD_ROW + 1, _FIRST_ANSWER, last, _FIRST_ANSWER, listed)
    _lay_out_for_print(sheet, HEAD_ROW, last, len(COLUMNS) - 1, language)
    sheet.freeze_panes(HEAD_ROW + 1, 3)


def _height(row: CauseRow) -> float:
    """Return the height that a row needs for its text; some programs do not adjust it themselves."""
    lines = (_lines_of(str(getattr(row, name) or ""), width) for _, width, name in COLUMNS if name)
    return min(max(lines) * _LINE_HEIGHT + 3, _HIGHEST)


def _lines_of(text: str, width: int) -> int:
    """Count the lines that a text takes in a column; a Chinese character is as wide as two letters."""
    room = width * _LETTERS_A_WIDTH
    pieces = (sum(2 if east_asian_width(sign) in "WFA" else 1 for sign in line) for line in text.split("\n"))
    return sum(max(1, ceil(piece / room)) for piece in pieces)


def _lay_out_for_print(sheet: Any, head: int, last: int, last_column: int, language: Language) -> None:
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(head)
    sheet.print_area(0, 0, last, last_column)
    sheet.set_footer(f"&C{said('sheet-footer', language)}")
    sheet.autofilter(head, 0, last, last_column)


def _write_overview(
    sheet: Any,
    examined: Sequence[Examined],
    refused: Sequence[tuple[str, str]],
    names: Mapping[str, str],
    formats: dict[str, Any],
    language: Language,
) -> None:
    for column, (key, width) in enumerate(_OVERVIEW_COLUMNS):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, said(key, language), formats["head"])
    for line, each in enumerate(examined, start=1):
        report, counts = each.report, _counts(each.findings)
        told = (
            report.source.name, translated(each.agency, language), report.year,
            word("standing", each.standing, language), word("verdict", report.verdict, language), *counts,
        )  # fmt: skip
        for column, value in enumerate(told):
            _write(sheet, line, column, value, formats["body"])
        name = names.get(each.agency) if sum(counts) else None
        if name:
            quoted = name.replace("'", "''")
            sheet.write_url(line, len(told), f"internal:'{quoted}'!A1", formats["link"], string=name)
        else:
            _write(sheet, line, len(told), None, formats["body"])
    for line, (name, why) in enumerate(refused, start=len(examined) + 1):
        says = word("standing", "unread", language), translated(why, language)
        for column, text in enumerate((name, None, None, *says, None, None, None, None)):
            _write(sheet, line, column, text, formats["body"])
    sheet.freeze_panes(1, 1)
    _lay_out_for_print(sheet, 0, max(len(examined) + len(refused), 1), len(_OVERVIEW_COLUMNS) - 1, language)


def _counts(findings: Sequence[Finding]) -> tuple[int, int, int]:
    graveness = [finding.severity for finding in failing(findings)]
    return graveness.count("error"), graveness.count("warning"), graveness.count("notice")


def _write(sheet: Any, row: int, column: int, value: object, look: Any) -> None:
    if value is None or value == "":
        sheet.write_blank(row, column, None, look)
    elif isinstance(value, str):
        sheet.write_string(row, column, value[:_LONGEST], look)
    else:
        sheet.write_number(row, column, value, look)
