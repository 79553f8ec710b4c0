"""The explain command: where a value comes from and which checks confirm it."""

from collections.abc import Iterator

import msgspec
import typer

from extractor.cli.gather import read_input
from extractor.cli.language import translated_line
from extractor.report import CellValue, Report
from extractor.rules import Finding
from extractor.rules.explained import Explanation, cells_labelled, explanation_of, why_no_such_cell
from extractor.rules.wording import FAULTS, OUTCOMES, STATES, VERDICTS, place_in_words

_ENCODER = msgspec.json.Encoder(decimal_format="number")


def explain_cell(name: str, cell_id: str, *, as_json: bool) -> bytes:
    """Return everything known about one cell of a report.

    Raises:
        typer.BadParameter: The report has no such cell.
    """
    report = read_input(name)
    if cell_id not in report.cells:
        labelled = cells_labelled(report, cell_id)
        if len(labelled) != 1:
            raise typer.BadParameter(why_no_such_cell(report, cell_id, labelled), param_hint="CELL")
        cell_id = labelled[0]
    told = explanation_of(report, cell_id)
    if as_json:
        return msgspec.json.format(_ENCODER.encode(told), indent=2)
    return translated_line("\n".join(_lines(report, told))).encode()


def _lines(report: Report, told: Explanation) -> Iterator[str]:
    cell = told.cell
    yield f"{cell.id}"
    yield f"  标签  {cell.label}"
    yield f"  原文  {cell.raw or '（空）'}"
    yield f"  数值  {_value(report.cells[cell.id])}"
    yield f"  读法  {cell.state}：{STATES[cell.state]}"
    yield f"  位置  {place_in_words(cell.locator) or '不明'}（{report.source.name}）"
    yield f"  全文  {told.verdict}：{VERDICTS[report.verdict]}"
    yield "  有关的勾稽关系" if told.findings else "  没有勾稽关系涉及这一格，只有原文为证"
    for finding in told.findings:
        fault = f"；差错出在：{FAULTS[finding.fault]}" if finding.fault else ""
        yield f"    {OUTCOMES[finding.outcome]}  {finding.rule} @ {finding.at}  {finding.message}{fault}"
        if finding.outcome == "holds" and finding.left is not None:
            yield f"          {_sides(finding)}"
    for message in told.notices:
        yield f"  注意  {message}"


def _sides(finding: Finding) -> str:
    numbers = "、".join(cell.raw or "空" for cell in finding.cells)
    return f"{finding.left} = {finding.right}（依次为 {numbers}）"


def _value(cell: CellValue) -> str:
    return "无" if cell.value is None else f"{cell.value}{f' {cell.unit}' if cell.unit else ''}"
