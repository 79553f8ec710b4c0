"""Reads the answers that careful readers wrote for real reports, where a folder of them is at hand."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .expected import SURE, Expected, ExpectedCell
from .figures import Value, as_value

_CHECKS = {
    "I1": "requests/balance",
    "I2": "requests/outcomes",
    "I3": "requests/applicants",
    "I4": "disputes/total",
}


def gold_answers(folder: Path) -> Iterator[tuple[Path, Expected]]:
    """Yield each real document of a folder with its answer.

    Args:
        folder: Holds the documents, and beside them gold/, one JSON a document.
    """
    for path in sorted((folder / "gold").glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"), parse_float=str)
        document = folder / gold["file"]
        if document.is_file():
            yield document, _answer(gold)


def _answer(gold: dict[str, Any]) -> Expected:
    issuer = gold["issuer"]
    return Expected(
        title=gold["title"],
        agency=issuer["name"],
        year=gold["year"],
        form=gold["form"],
        sections=tuple((s["code"], s["heading"]) for s in gold["sections"] if s["code"]),
        cells=dict(_cells(gold)),
        failing=tuple((_CHECKS.get(c["id"], c["id"]), c["where"]) for c in gold["checks_failing"]),
        verdicts=(gold["verdict"], *gold.get("verdict_also_defensible", {})),
        agency_also=(*issuer.get("aliases", ()), *(() if issuer["printed"] else (None,))),
        title_also=tuple(gold.get("title_also", ())),
    )


def _cells(gold: dict[str, Any]) -> Iterator[tuple[str, ExpectedCell]]:
    for table, rows in gold["tables"].items():
        for row, columns in rows.items():
            for column, value in columns.items():
                cell = f"{table}.{row}.{column}"
                yield cell, _cell(value, cell in gold["uncertain"])


def _cell(value: Any, is_uncertain: bool) -> ExpectedCell:
    if is_uncertain:
        return ExpectedCell(None, ("undecided",))
    if value is None:
        return ExpectedCell(None, ("blank", "decoded", "missing"))
    number: Value = as_value(value) if isinstance(value, str) else value
    return ExpectedCell(number, SURE)
