"""The tools. Every result is plain data of limited size that states what it omits."""

from collections.abc import Callable
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any, Literal

import msgspec

from extractor.analysis import Tables, load
from extractor.errors import Misused
from extractor.mcp_server.folder import GivenFolder
from extractor.report import OPEN_STATES, Report, Section
from extractor.rules.explained import cells_labelled, explanation_of, why_no_such_cell
from extractor.rules.wording import place_in_words
from extractor.words import word

_MOST_NAMES = 500
_MOST_ROWS = 1000
_MOST_BODIES = 200
_MOST_CHARACTERS = 60_000  # characters of one result
_SECONDS = 20.0  # seconds for one query
_NOTE = (
    "A year that is missing here has no report among these files; whether one was published is not known. "
    "Numbers of different bodies are not to be summed: one request may be counted above and below."
)

Part = Literal["summary", "cells", "text"]
Answer = dict[str, Any]
_Covered = tuple[str | None, str, str | None, str | None, list[int]]


class ReportTools:
    """The tools over one folder of reports and, where there is one, the output of a batch."""

    def __init__(self, folder: GivenFolder, read: Callable[[Path], Report], results: Path | None) -> None:
        """Read nothing yet.

        Args:
            folder: The folder with the reports.
            read: Reads one of them, within limits of time and memory.
            results: The output folder of a batch, for questions.
        """
        self._folder = folder
        self._read = read
        self._results = results
        self._tables: Tables | None = None

    def list_files(self, containing: str = "") -> Answer:
        """List the files of the folder whose names contain a text."""
        names = list(islice(self._folder.names(containing), _MOST_NAMES + 1))
        return {"files": names[:_MOST_NAMES], "more": len(names) > _MOST_NAMES}

    def parse_report(self, file: str, part: Part = "summary") -> Answer:
        """Read one report.

        Args:
            file: Its name in the folder.
            part: summary: what it is, its numbers, its failing checks and its doubts; cells: every cell with
                the characters as printed, how it was read and where it stands; text: its sections.
        """
        report = self._read(self._folder.file(file))
        told: Answer = {
            "file": file,
            "title": report.title,
            "agency": report.issuer.name,
            "year": report.year,
            "edition": report.form,
            "verdict": report.verdict,
            "verdict_means": word("verdict", report.verdict, "en"),
        }
        more = {"summary": _summary, "cells": _cells, "text": _text}[part]
        return _bounded(told | more(report))

    def explain_cell(self, file: str, cell: str) -> Answer:
        """Tell where a number of a report comes from and which sums confirm it.

        Args:
            file: The report's name in the folder.
            cell: table.row.column, such as requests.new.total, or words of its labels.
        """
        report = self._read(self._folder.file(file))
        if cell not in report.cells:
            labelled = cells_labelled(report, cell)
            if len(labelled) != 1:
                raise Misused(why_no_such_cell(report, cell, labelled))
            cell = labelled[0]
        told = explanation_of(report, cell)
        value, place = report.cells[cell].value, place_in_words(report.cells[cell].locator)
        plain: Answer = msgspec.to_builtins(told)
        return _bounded({"file": file, "value": _plain(value), "place": place} | plain)

    def query(self, sql: str, rows: int = 100) -> Answer:
        """Ask the tables and views of the batch in SQL (DuckDB): one SELECT.

        Args:
            sql: The question; `SELECT * FROM information_schema.columns` tells what there is.
            rows: How many rows of the answer at most, up to 1000.
        """
        wanted = max(1, min(rows, _MOST_ROWS))
        columns, found = self._open().ask(sql, wanted + 1, _SECONDS)
        lines = [[_plain(value) for value in row] for row in found[:wanted]]
        return _bounded({"columns": columns, "rows": lines, "more": len(found) > wanted})

    def list_coverage(self, containing: str = "", first: int = 0) -> Answer:
        """List which bodies have a report for which years.

        Args:
            containing: Only bodies whose name or region contains this text.
            first: How many bodies to pass over, for the next part of a long list.
        """
        like = "'%" + containing.replace("'", "''") + "%'"
        where = f"concat_ws(' ', agency, province, prefecture) LIKE {like}" if containing else "true"
        bodies = (
            "SELECT agency_id, any_value(agency), any_value(province), any_value(prefecture), "
            f"list(DISTINCT year ORDER BY year) FROM reports_used WHERE {where} "
            f"GROUP BY agency_id, agency ORDER BY agency_id, agency OFFSET {max(0, first)}"
        )
        tables = self._open()
        _, found = tables.ask(bodies, _MOST_BODIES + 1, _SECONDS)
        _, spans = tables.ask("SELECT min(year), max(year) FROM reports_used", 1, _SECONDS)
        low, high = msgspec.convert(spans[0], tuple[int | None, int | None])
        every_year = range(low, high + 1) if low is not None and high is not None else range(0)
        listed = []
        for row in found[:_MOST_BODIES]:
            agency_id, agency, province, prefecture, years = msgspec.convert(row, _Covered)
            body = {"agency_id": agency_id, "agency": agency, "province": province, "prefecture": prefecture}
            listed.append(body | {"years": years, "missing": [y for y in every_year if y not in years]})
        return _bounded({"bodies": listed, "more": len(found) > _MOST_BODIES, "note": _NOTE})

    def close(self) -> None:
        """Close the tables."""
        if self._tables:
            self._tables.close()

    def _open(self) -> Tables:
        if self._results is None:
            raise Misused("没有批量的结果可问：启动时要给 --results，即 extractor batch 的输出文件夹")
        if self._tables is None:
            self._tables = load(self._results)
            self._tables.lock_down()
        return self._tables


def _summary(report: Report) -> Answer:
    numbers = {
        table: {
            row: told
            for row, columns in rows.items()
            if (told := {c: _plain(v) for c, v in columns.items() if v is not None})
        }
        for table, rows in report.tables.items()
    }
    return {
        "tables": numbers,
        "open_cells": [cell for cell, one in report.cells.items() if one.state in OPEN_STATES],
        "failing_checks": [
            {"check": check.id, "at": check.at, "message": check.message, "cells": check.cells}
            for check in report.checks
            if check.outcome == "fails"
        ],
        "notices": [{"code": notice.code, "message": notice.message} for notice in report.notices],
        "note": "Cells that are not listed hold no number in the source: that is not 0.",
    }


def _cells(report: Report) -> Answer:
    return {
        "cells": {
            cell: [one.raw, _plain(one.value), one.state, place_in_words(one.locator)]
            for cell, one in report.cells.items()
        },
        "each_is": ["as printed", "value", "state", "place"],
    }


def _text(report: Report) -> Answer:
    return {"sections": [_section(section) for section in report.sections]}


def _section(section: Section) -> Answer:
    return {
        "code": section.code,
        "heading": section.heading,
        "text": section.text,
        "sections": [_section(inner) for inner in section.sections],
    }


def _plain(value: Any) -> Any:
    """Return a value for JSON: a decimal with every digit, times as text."""
    if isinstance(value, Decimal):
        text = format(value, "f")
        text = text.rstrip("0").rstrip(".") if "." in text else text
        return int(text) if text.lstrip("-").isdigit() else text
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return str(value)


def _bounded(answer: Answer) -> Answer:
    """Return the result. Raise Misused if it is too long: results are never cut silently."""
    length = len(msgspec.json.encode(answer).decode())
    if length > _MOST_CHARACTERS:
        raise Misused(f"答案有 {length} 个字，超过 {_MOST_CHARACTERS}；请少要几行、几列，或另一部分")
    return answer
