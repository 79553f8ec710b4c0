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
    ("机关", 26), ("年度", 8), ("文件", 26), ("轻重", 8), ("位置", 40), ("规则", 40), ("填报数", 10),
    ("应为", 10), ("相差", 10), ("两边的数", 50), ("原文", 20), ("在原文何处", 26), ("随之不符", 30),
    ("差错出在", 12), ("建议", 40), ("说明", 60), ("规则编号", 26),
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
    named = tuple(mend.cell for mend in finding.mends)
    cells = (named or finding.cells)[:_MOST_CITED]
    places = (place_in_words(cell.locator) for cell in cells)
    determined = finding.should_be is not None
    return (
        finding.agency or "",
        finding.year,
        finding.report,
        SEVERITIES[finding.severity],
        _place(finding),
        finding.says,
        _plain(finding.mends[0].cell.value) if determined else None,
        _plain(finding.should_be),
        _plain(finding.distance),
        _sides(finding),
        "；".join(cell.raw or "（空）" for cell in cells),
        "；".join(dict.fromkeys(filter(None, places))),
        "；".join(finding.follows),
        FAULTS[finding.fault] if finding.fault else "",
        finding.suggestion,
        finding.message,
        finding.rule,
    )


def _place(finding: Finding) -> str:
    """Name the cells that are wrong where they are known; else where the numbers stand that disagree."""
    if finding.mends:
        return "；".join(mend.cell.label for mend in finding.mends)
    if finding.sides:
        where = "；".join(side.partition("：")[0] for side in finding.sides)
        return f"不能断定是哪一处：{where}"
    return finding.cells[0].label if finding.cells else finding.at


def _sides(finding: Finding) -> str:
    """Return both sides, each number with its name; where they have no names, one beside the other."""
    if finding.sides:
        return "\n".join(finding.sides)
    if finding.left is None or finding.right is None:
        return ""
    return f"{finding.left} 与 {finding.right}"


def _plain(value: Number | None) -> Number | None:
    """Return a number as a sheet has it: whole where it is whole."""
    return int(value) if isinstance(value, Decimal) and value == value.to_integral_value() else value
