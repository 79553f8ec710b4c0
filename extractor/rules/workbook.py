"""A workbook that an office sends back: one line for each thing that does not hold."""

from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO

from extractor.errors import MissingDependency
from extractor.report import Number
from extractor.rules.finding import Finding
from extractor.rules.wording import FAULTS, SEVERITIES, place_in_words

try:
    import xlsxwriter
except ImportError as error:
    raise MissingDependency(
        "写 XLSX 需要 xlsxwriter：pip install 'disclosure-report-extractor[archive]'"
    ) from error

_HEADS = (
    ("机关", 26), ("年度", 8), ("文件", 26), ("轻重", 8), ("位置", 40), ("规则", 40), ("填报数", 12),
    ("应为", 12), ("相差", 10), ("原文", 20), ("在原文何处", 26), ("差错出在", 12), ("建议", 40),
    ("说明", 60), ("规则编号", 26),
)  # fmt: skip
_MOST_CITED = 8
_LONGEST = 32_000  # characters; Excel's own limit is 32,767


def workbook_of(findings: Sequence[Finding]) -> bytes:
    """Return an XLSX file with the findings in the order given, text never taken for a formula."""
    data = BytesIO()
    book = xlsxwriter.Workbook(data, {"in_memory": True, "strings_to_formulas": False})
    head = book.add_format({"bold": True, "bg_color": "#DDEBF7", "border": 1})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet("核对结果")
    for column, (title, width) in enumerate(_HEADS):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, title, head)
    for row, finding in enumerate(findings, start=1):
        for column, value in enumerate(_line(finding)):
            if isinstance(value, str):
                sheet.write_string(row, column, value[:_LONGEST], wrapped)
            elif value is not None:
                sheet.write_number(row, column, value, wrapped)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(len(findings), 1), len(_HEADS) - 1)
    book.close()
    return data.getvalue()


def _line(finding: Finding) -> tuple[str | Number | None, ...]:
    cells = finding.cells[:_MOST_CITED]
    places = (place_in_words(cell.locator) for cell in cells)
    place = cells[0].label if cells else finding.at
    return (
        finding.agency or "",
        finding.year,
        finding.report,
        SEVERITIES[finding.severity],
        place,
        finding.says,
        _plain(finding.left),
        _plain(finding.right),
        _plain(finding.difference),
        "；".join(cell.raw or "（空）" for cell in cells),
        "；".join(dict.fromkeys(filter(None, places))),
        FAULTS[finding.fault] if finding.fault else "",
        finding.suggestion,
        finding.message,
        finding.rule,
    )


def _plain(value: Number | None) -> Number | None:
    """Return a number as a sheet has it: whole where it is whole."""
    return int(value) if isinstance(value, Decimal) and value == value.to_integral_value() else value
