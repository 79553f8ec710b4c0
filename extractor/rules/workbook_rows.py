"""The rows of the workbook that is sent back: one per cause, in words that an office understands."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from msgspec import Struct, structs

from extractor.document_id import document_id
from extractor.messages import translated
from extractor.report import Number, Report
from extractor.rules.editions import labels_of
from extractor.rules.finding import CitedCell, Finding
from extractor.rules.wording import FAULTS, SEVERITIES, follower_in_words, place_in_words
from extractor.words import Language

_MOST_CITED = 8
_MOST_NOUGHTS = 3  # zeros that are listed one by one among the addends of a sum; more are only counted
CANNOT_TELL = "不能断定"
_OURS = (
    "agency",
    "severity",
    "table",
    "place",
    "sides",
    "says",
)  # fields with words of this program, which can be translated


class CauseRow(Struct, frozen=True):
    """One cause as the workbook shows it; if two cells are wrong, each text has two lines."""

    key: str  # identifies the cause when the workbook comes back
    agency: str
    year: int | None
    file: str
    severity: str
    table: str
    row: str
    column: str
    place: str
    printed: str | Number
    sides: str
    should_be: str | Number | None
    says: str
    quote: str


def cause_row(finding: Finding, report: Report, reports: Mapping[str, Report]) -> CauseRow:
    """Return the row for a finding that fails.

    Args:
        finding: The finding.
        report: The report that it is about.
        reports: All reports by source name; a finding over two years cites cells of two.
    """
    cells = [mend.cell for mend in finding.mends] or list(finding.cells[:_MOST_CITED])
    table, row, column = _where(finding, cells, reports)
    places = dict.fromkeys(filter(None, (place_in_words(cell.locator) for cell in cells)))
    fault = f"（出在{FAULTS[finding.fault]}）" if finding.fault else ""
    return CauseRow(
        key=key_of(finding, report),
        agency=finding.agency or "机关不明",
        year=finding.year,
        file=finding.report,
        severity=f"{SEVERITIES[finding.severity]}{fault}",
        table=table,
        row=row,
        column=column,
        place="\n".join(places),
        printed=_printed(finding, cells),
        sides=_sides(finding, report),
        should_be=_should_be(finding),
        says=f"{finding.says}。{finding.suggestion}" if finding.suggestion else finding.says,
        quote=finding.quote,
    )


def in_language(row: CauseRow, language: Language) -> CauseRow:
    """Return a row with this program's words translated.

    What the report or the form prints stays unchanged.
    """
    own = {name: getattr(row, name) for name in _OURS}
    told = {name: translated(text, language) for name, text in own.items()}
    told["row"], told["column"] = (
        translated(each, language) if each == CANNOT_TELL else each for each in (row.row, row.column)
    )
    return structs.replace(row, **told)


def key_of(finding: Finding, report: Report) -> str:
    """Return a key that identifies a cause in workbooks that come back.

    Its last part changes with the file.
    """
    tail = document_id(report.source.sha256[:16], report.source.part or 1)
    return f"{finding.rule}|{finding.at}|{finding.ordinal}|{finding.year}|{tail}"


def cause_of(finding: Finding, report: Report) -> str:
    """Return the key of a cause without the part that changes with each version of the file."""
    return key_of(finding, report).rpartition("|")[0]


def _where(
    finding: Finding, cells: Sequence[CitedCell], reports: Mapping[str, Report]
) -> tuple[str, str, str]:
    """Return the labels of table, row and column of the wrong cells; else those that all cells share."""
    known = [labels_of(reports[cell.report], cell.id) for cell in cells if cell.report in reports]
    if not known:
        return "正文" if finding.quote else "", "", ""
    if finding.mends:
        return known[0][0], "\n".join(row for _, row, _ in known), "\n".join(name for *_, name in known)
    rows, columns = {row for _, row, _ in known}, {name for *_, name in known}
    row = rows.pop() if len(rows) == 1 else CANNOT_TELL
    column = columns.pop() if len(columns) == 1 else CANNOT_TELL
    return known[0][0], row, column


def _printed(finding: Finding, cells: Sequence[CitedCell]) -> str | Number:
    if finding.should_be is not None and cells[0].value is not None:
        return plain_number(cells[0].value)
    if finding.mends:
        return "\n".join(cell.raw or "空" for cell in cells)
    return "；".join(dict.fromkeys(cell.raw or "空" for cell in cells))


def _should_be(finding: Finding) -> str | Number | None:
    if finding.should_be is not None:
        return plain_number(finding.should_be)
    return "\n".join(str(plain_number(mend.should_be)) for mend in finding.mends) or None


def _sides(finding: Finding, report: Report) -> str:
    """Return the sums that disagree, each number with its label, then the failures with the same cause."""
    lines = [_shortened(side) for side in finding.sides] or [finding.message]
    if finding.follows:
        told = dict.fromkeys(follower_in_words(each, report) for each in finding.follows)
        lines.append(f"随之不符：{'；'.join(told)}")
    return "\n".join(lines)


def _shortened(side: str) -> str:
    """Return an equation shortened for a cell: the common label once, many zeros only counted.

    >>> _shortened("总计：甲·总计 3 = 3 ≠ 乙·总计 1 + 丙·总计 1 = 2")
    '总计：甲 3 = 3 ≠ 乙 1 + 丙 1 = 2'
    """
    place, colon, equation = side.partition("：")
    equation = equation.replace(f"·{place} ", " ").replace(f"{place}·", "")
    return f"{place}{colon}{' ≠ '.join(map(_with_few_noughts, equation.split(' ≠ ')))}"


def _with_few_noughts(sum_of: str) -> str:
    addends, equals, total = sum_of.rpartition(" = ")
    named = addends.split(" + ")
    noughts = [addend for addend in named if addend.endswith((" 0", " 空"))]
    if len(noughts) <= _MOST_NOUGHTS:
        return sum_of
    kept = [addend for addend in named if addend not in noughts]
    return f"{' + '.join([*kept, f'其余 {len(noughts)} 项（0 或空）'])}{equals}{total}"


def plain_number(value: Number) -> Number:
    """Return the number as it is written into the workbook: an int if it is whole."""
    return int(value) if isinstance(value, Decimal) and value == value.to_integral_value() else value
