"""Reports for the rules: a good one of each edition, and what is changed in it."""

from typing import Any

from msgspec.structs import replace
from papers import disputes, paper, proactive, read, whole
from papers import requests as request_table

from extractor.document import Document, Paragraph
from extractor.pipeline import with_prose
from extractor.report import Report
from extractor.rules import Finding

GOOD = read(whole())
TABLES = (proactive(), request_table(), disputes())
OLD = read(paper(proactive(form="2019"), request_table(form="2019"), disputes()))


def with_numbers(report: Report, **changes: object) -> Report:
    """Return the report with other numbers in some cells, `table__row__column=value`."""
    ids = {name.replace("__", "."): value for name, value in changes.items()}
    cells = {
        cell: replace(value, value=ids[cell], raw=str(ids[cell])) if cell in ids else value
        for cell, value in report.cells.items()
    }
    tables: dict[str, Any] = {}
    for cell, value in cells.items():
        table, row, column = cell.split(".")
        tables.setdefault(table, {}).setdefault(row, {})[column] = value.value
    return replace(report, cells=cells, tables=tables)


def with_state(report: Report, cell: str, state: Any, raw: str = "") -> Report:
    changed = replace(report.cells[cell], state=state, raw=raw, value=None)
    return replace(report, cells=report.cells | {cell: changed})


def with_section(report: Report, code: str, text: str, heading: str = "") -> Report:
    sections = tuple(
        replace(section, text=text, heading=heading or section.heading) if section.code == code else section
        for section in report.sections
    )
    return replace(report, sections=sections)


def of_year(report: Report, year: int, **numbers: object) -> Report:
    source = replace(report.source, name=f"{year}.html")
    title = f"云岭县档案局{year}年政府信息公开工作年度报告"
    return replace(with_numbers(report, **numbers), year=year, title=title, source=source)


def saying(*sentences: str, title: str = "", tables: Document | None = None) -> Report:
    """Return a good report of 2023 with these paragraphs in its first section, the prose read as well."""
    document = tables or (whole() if not title else paper(*TABLES, title=title))
    body = []
    for block in document.blocks:
        body.append(block)
        if isinstance(block, Paragraph) and block.text == "一、总体情况":
            body += [Paragraph(sentence) for sentence in sentences]
    return with_prose(read(Document(document.format, tuple(body))))


def found(rule: str, findings: list[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.rule == rule]


def failing_rules(findings: list[Finding]) -> set[str]:
    """Return the rules that fail: those that are named, and those that fail for the same cause."""
    broken = [finding for finding in findings if finding.outcome == "fails"]
    following = {place.partition("@")[0] for finding in broken for place in finding.follows}
    return {finding.rule for finding in broken} | following
