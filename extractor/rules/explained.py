"""Where a value comes from, and which checks confirm it."""

from collections.abc import Sequence
from difflib import get_close_matches

from msgspec import Struct

from extractor.report import Report
from extractor.rules.editions import label_of
from extractor.rules.examine import examine
from extractor.rules.finding import CitedCell, Finding, cited

_MOST_NAMED = 5


class Explanation(Struct, frozen=True):
    """A cell with the findings and notices about it."""

    cell: CitedCell
    verdict: str
    findings: tuple[Finding, ...]
    notices: tuple[str, ...]


def explanation_of(report: Report, cell_id: str) -> Explanation:
    """Return a cell with the findings and notices that mention it."""
    findings = tuple(
        finding for finding in examine(report) if any(cell.id == cell_id for cell in finding.cells)
    )
    here = report.cells[cell_id].locator
    notices = tuple(
        notice.message for notice in report.notices if cell_id in notice.message or notice.locator == here
    )
    return Explanation(cited(report, cell_id), report.verdict, findings, notices)


def cells_labelled(report: Report, words: str) -> list[str]:
    """Return the cells whose labels contain all these words."""
    wanted = words.replace("/", " ").split()
    return [cell for cell in report.cells if all(word in label_of(report, cell) for word in wanted)]


def why_no_such_cell(report: Report, cell_id: str, labelled: Sequence[str]) -> str:
    """Return why there is no such cell, or which cells may be meant."""
    if not report.cells:
        return f"{report.source.name} 里没有标准表格"
    if labelled:
        named = [f"{cell}（{label_of(report, cell)}）" for cell in labelled[:_MOST_NAMED]]
        told = "；".join([*named, "……"] if labelled[_MOST_NAMED:] else named)
        return f"“{cell_id}”是 {len(labelled)} 格的标签，要写代码：{told}"
    close = get_close_matches(cell_id, report.cells, n=3)
    hint = f"，是不是 {'、'.join(close)}" if close else f"，如 {next(iter(report.cells))}"
    return f"没有 {cell_id} 这一格{hint}"
