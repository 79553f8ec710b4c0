"""Applies people's corrections to the opened tables of a batch, in memory; no file is changed."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from extractor.analysis import Tables
from extractor.corrections import Corrections, with_corrections
from extractor.document_id import document_id
from extractor.errors import MissingFile
from extractor.report import Report
from extractor.standard import standard_value

_REPORTS = "reports.jsonl"
_DECODER = msgspec.json.Decoder(Report)


class _FileAndPart(msgspec.Struct):
    sha256: str
    part: int | None = None


class _NamedDocument(msgspec.Struct):
    """The part of a report that identifies its document."""

    source: _FileAndPart


_HEAD_DECODER = msgspec.json.Decoder(_NamedDocument)


def lay_corrections_over(tables: Tables, folder: Path, corrections: Corrections) -> int:
    """Replace numbers, states and verdicts in the tables by the corrected ones.

    Returns:
        How many documents are corrected.

    Raises:
        MissingFile: The reports of the batch are not beside its tables.
    """
    corrected = {
        report.source.document: with_corrections(report, corrections)
        for report in _reports(folder / _REPORTS, corrections)
    }
    if corrected:
        _replace(tables, "documents", corrected, _with_verdict)
        _replace(tables, "cells", corrected, _with_number)
    return len(corrected)


def _reports(path: Path, corrections: Corrections) -> Iterator[Report]:
    """Yield the reports of the documents that are corrected."""
    if not path.is_file():
        raise MissingFile(f"{path}: 没有这个文件，更正用不上；请再运行一次 batch（不会重读）")
    with path.open("rb") as file:
        for line in file:
            head = _HEAD_DECODER.decode(line).source
            if document_id(head.sha256, head.part or 1) in corrections:
                yield _DECODER.decode(line)


def _replace(tables: Tables, name: str, corrected: dict[str, Report], change: Any) -> None:
    import pyarrow as pa

    listed = ", ".join(f"'{document}'" for document in corrected)
    before = tables.query(f'SELECT * FROM "{name}" WHERE document IN ({listed})')
    rows = [change(row, corrected[row["document"]]) for row in before.to_pylist()]
    tables.replace_documents(name, pa.Table.from_pylist(rows, schema=before.schema))


def _with_verdict(row: dict[str, Any], report: Report) -> dict[str, Any]:
    return row | {"verdict": report.verdict}


def _with_number(row: dict[str, Any], report: Report) -> dict[str, Any]:
    cell_id = f"{row['table']}.{row['row']}.{row['column']}"
    cell = report.cells[cell_id]
    if (row["value"], row["state"]) == (cell.value, cell.state):
        return row
    told = {"value": cell.value, "standard_value": standard_value(cell_id, cell), "state": cell.state}
    return row | told
