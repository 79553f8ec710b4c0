"""Measure what is said of clauses that stand beside tables: fixtures/beside_tables.jsonl.gz.

    python scripts/evaluate_beside_tables.py            # 2,000 clauses
    python scripts/evaluate_beside_tables.py --misses   # and each one that is judged otherwise than labelled

Each clause is put into a report whose tables are given and balanced, and every rule is run. A clause
that agrees with the tables, or says nothing of them, must cause no finding: an office would have to
answer for it. Of one that contradicts them, the finding must name a cell that it contradicts.
"""

import argparse
import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from msgspec import structs

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import extractor  # noqa: E402
from extractor.pipeline import with_prose  # noqa: E402
from extractor.report import Report, Section  # noqa: E402
from extractor.rules import Finding, examine, failing  # noqa: E402
from scripts.corpus.prose import Manner, write  # noqa: E402
from scripts.corpus.registry import LAYOUTS  # noqa: E402
from scripts.corpus.truth import draw  # noqa: E402

CLAUSES = ROOT / "fixtures" / "beside_tables.jsonl.gz"
_YEAR = 2024  # of the report, where the clause names none


class Judged(NamedTuple):
    """A clause with the cells it contradicts, if any, and what is found."""

    text: str
    fault: frozenset[str]
    findings: tuple[Finding, ...]

    @property
    def outcome(self) -> str:
        """Say how the findings stand to the label."""
        if not self.fault:
            return "accused falsely" if self.findings else "left in peace"
        if not self.findings:
            return "missed"
        named = {cell.id for finding in self.findings for cell in finding.cells}
        return "found" if named & self.fault else "names another"


@cache
def _report() -> Report:
    """Return a report that tells no numbers in its prose."""
    drawn = LAYOUTS["html-plain"].render(write(draw(1, "2021", "medium"), Manner(tells=False)))
    return extractor.parse(drawn.data, name="report.html")


def report_with(clause: dict[str, Any]) -> Report:
    """Return a report with the clause's tables and the clause as its only prose."""
    base = _report()
    values = {cell: clause["tables"].get(cell, 0) for cell in base.cells}
    cells = {id_: structs.replace(cell, value=values[id_]) for id_, cell in base.cells.items()}
    tables = {
        table: {
            row: {column: values[f"{table}.{row}.{column}"] for column in columns}
            for row, columns in rows.items()
        }
        for table, rows in base.tables.items()
    }
    sections = (Section(clause["section"], "", clause["text"]),)
    year = clause.get("year", _YEAR)
    return with_prose(
        structs.replace(base, cells=cells, tables=tables, sections=sections, year=year, checks=())
    )


def judge(lines: list[str]) -> Iterator[Judged]:
    """Yield each clause with the findings that its words cause."""
    for line in lines:
        clause = json.loads(line, parse_float=Decimal)
        silent = {(f.rule, f.at) for f in failing(examine(report_with(clause | {"text": "已报告。"})))}
        told = [f for f in failing(examine(report_with(clause))) if (f.rule, f.at) not in silent]
        yield Judged(clause["text"], frozenset(clause["fault"] or ()), tuple(told))


def read_lines() -> list[str]:
    """Return the labelled clauses, one a line."""
    return gzip.decompress(CLAUSES.read_bytes()).decode("utf-8").splitlines()


def main() -> None:
    """Print how many clauses were rightly judged."""
    parser = argparse.ArgumentParser(description="表格旁的句子：误报与漏报")
    parser.add_argument("--misses", action="store_true", help="逐条列出不一致之处")
    options = parser.parse_args()
    judged = list(judge(read_lines()))
    for outcome, number in sorted(Counter(each.outcome for each in judged).items()):
        print(f"{outcome:16}{number:5}")
    if options.misses:
        for each in judged:
            if each.outcome not in ("left in peace", "found"):
                print(f"{each.outcome}: {each.text}  {sorted(each.fault)}")
                for finding in each.findings:
                    print(f"    {finding.rule}@{finding.at} {finding.message}")


if __name__ == "__main__":
    main()
