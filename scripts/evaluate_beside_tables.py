"""Measure what is said of clauses that stand beside tables: fixtures/beside_tables.jsonl.gz.

    python scripts/evaluate_beside_tables.py            # 2,000 clauses
    python scripts/evaluate_beside_tables.py --misses   # and each one that is judged otherwise than labelled
    python scripts/evaluate_beside_tables.py --agreeing # the labelled clauses of evaluate_prose.py instead

Each clause is put into a report whose tables are given and balanced, and every rule is run. A clause
that agrees with the tables, or says nothing of them, must cause no finding: an office would have to
answer for it. Of one that contradicts them, the finding must name a cell that it contradicts.

With `--agreeing` each clause of the labelled sets stands beside tables whose cells say what its labels
say, and 0 elsewhere: whatever is found then is found falsely.
"""

import argparse
import gzip
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from msgspec import structs

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import extractor  # noqa: E402
from extractor.codes import cells_of_code  # noqa: E402
from extractor.pipeline import with_prose  # noqa: E402
from extractor.report import Report, Section  # noqa: E402
from extractor.rules import Finding, examine, failing  # noqa: E402
from extractor.rules.said import claim_words  # noqa: E402
from scripts.corpus.prose import Manner, write  # noqa: E402
from scripts.corpus.registry import LAYOUTS  # noqa: E402
from scripts.corpus.truth import draw  # noqa: E402
from scripts.evaluate_prose import FIXTURES, SETS  # noqa: E402

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


def judge(lines: Iterable[str]) -> Iterator[Judged]:
    """Yield each clause with the findings that its words cause."""
    for line in lines:
        clause = json.loads(line, parse_float=Decimal)
        silent = {(f.rule, f.at) for f in failing(examine(report_with(clause | {"text": "已报告。"})))}
        told = [f for f in failing(examine(report_with(clause))) if (f.rule, f.at) not in silent]
        yield Judged(clause["text"], frozenset(clause["fault"] or ()), tuple(told))


def agreeing_lines() -> Iterator[str]:
    """Yield the labelled clauses of evaluate_prose.py, each with tables that say what its labels say."""
    for name in SETS:
        for line in (FIXTURES / name).read_text(encoding="utf-8").splitlines():
            clause = json.loads(line)
            tables = _tables_saying(clause)
            if tables is None:
                continue
            year = re.search(r"20\d\d(?=年)", clause["text"])
            yield json.dumps(
                {
                    "section": clause["section"] or "overview",
                    "text": clause["text"],
                    "tables": tables,
                    "fault": None,
                    "year": clause.get("year") or (int(year[0]) if year else _YEAR),
                }
            )


def _tables_saying(clause: dict[str, Any]) -> dict[str, float] | None:
    """Return cells that say what the labels of a clause say.

    None if no tables can: labels that give one code two numbers, parts that are more than their sum, and
    a claim that all cases were upheld whose number the label leaves out.
    """
    told = {(f["code"], f["value"]) for f in clause["figures"] if not f["code"].endswith("_share")}
    told |= {("normative_in_force", value) for code, value in told if code == "normative_disclosed"}
    codes = [code for code, _ in told]
    if len(codes) != len(set(codes)):
        return None
    if re.search(claim_words().all_upheld, clause["text"]) and not any("upheld" in code for code in codes):
        return None
    cells: dict[str, float] = {}
    for code, value in sorted(told, key=lambda each: (-len(each[0]), each[0])):  # parts before their sums
        places = next(cells_of_code(code, _report().tables), ())
        free = [cell for cell in places if cell not in cells]
        rest = value - sum(cells.get(cell, 0) for cell in places)
        if places and (rest < 0 or (rest and not free)):
            return None
        cells |= {cell: rest if cell == free[0] else 0 for cell in free}
    return cells


def read_lines() -> list[str]:
    """Return the labelled clauses, one a line."""
    return gzip.decompress(CLAUSES.read_bytes()).decode("utf-8").splitlines()


def main() -> None:
    """Print how many clauses were rightly judged."""
    parser = argparse.ArgumentParser(description="表格旁的句子：误报与漏报")
    parser.add_argument("--misses", action="store_true", help="逐条列出不一致之处")
    parser.add_argument("--agreeing", action="store_true", help="标注的句子，旁边是与标注相符的表格")
    options = parser.parse_args()
    judged = list(judge(agreeing_lines() if options.agreeing else read_lines()))
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
