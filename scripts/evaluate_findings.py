"""Plant one fault in each of many reports and see what the sheet says of it.

    python scripts/evaluate_findings.py                  # 100 reports
    python scripts/evaluate_findings.py --reports 400 --seed 7

Each report is drawn, printed as a page, read back and checked. Every fault should be one row of the
sheet that names the cells planted, or says that it cannot be told; no row may name another cell.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import extractor  # noqa: E402
from extractor.report import Report  # noqa: E402
from extractor.rules import Finding, examine, failing  # noqa: E402
from scripts.corpus.equations import failing as failing_equations  # noqa: E402
from scripts.corpus.prose import Manner, write  # noqa: E402
from scripts.corpus.registry import LAYOUTS  # noqa: E402
from scripts.corpus.truth import Truth, draw, reprint  # noqa: E402

_TOLD = "收到政府信息公开申请"


class Planted(NamedTuple):
    """A report with one fault, the cells that were changed, and what the sheet says of it."""

    kind: str
    seed: int
    cells: frozenset[str]
    rows: tuple[Finding, ...]

    @property
    def named(self) -> frozenset[str]:
        """Return the cells that the rows call wrong."""
        return frozenset(mend.cell.id for row in self.rows for mend in row.mends)

    @property
    def outcome(self) -> str:
        """Say whether the rows are right: one row that names the cells planted, or none of them."""
        if not self.rows:
            return "missed"
        if not self.named <= self.cells:
            return "names another"
        if len(self.rows) > (len(self.cells) if self.named else 1):
            return "too many rows"
        return "named" if self.named == self.cells else "left open"


def _number(truth: Truth, cell: str) -> int:
    return int(truth.cells[cell].value or 0)


def _cells(truth: Truth) -> list[str]:
    return [cell for cell in truth.cells if cell.startswith(("requests.", "disputes."))]


def one_cell(truth: Truth, rng: Random) -> dict[str, int]:
    """Print one number too high."""
    cell = rng.choice(_cells(truth))
    return {cell: _number(truth, cell) + rng.randint(1, 9)}


def two_cells(truth: Truth, rng: Random) -> dict[str, int]:
    """Print two numbers too high."""
    return {cell: _number(truth, cell) + rng.randint(1, 9) for cell in rng.sample(_cells(truth), 2)}


def swapped_pair(truth: Truth, rng: Random) -> dict[str, int]:
    """Print two neighbours of a row in each other's place."""
    rows: dict[str, list[str]] = {}
    for cell in _cells(truth):
        rows.setdefault(cell.rpartition(".")[0], []).append(cell)
    pairs = [
        (first, second)
        for row in rows.values()
        for first, second in pairwise(row)
        if _number(truth, first) != _number(truth, second)
    ]
    first, second = rng.choice(pairs)
    return {first: _number(truth, second), second: _number(truth, first)}


TABLE_FAULTS: dict[str, Callable[[Truth, Random], dict[str, int]]] = {
    "one cell": one_cell,
    "two cells": two_cells,
    "swapped pair": swapped_pair,
}


def _read(truth: Truth, manner: Manner, change: Callable[[str], str] = str) -> Report:
    rendered = LAYOUTS["html-plain"].render(write(truth, manner))
    return extractor.parse(change(rendered.data.decode()).encode(), name="report.html")


def plant(seed: int) -> Iterator[Planted]:
    """Yield one report with a fault in its table, and one whose prose tells another number."""
    rng = Random(f"findings/{seed}")
    truth = draw(seed, "2021", "medium")
    kind = list(TABLE_FAULTS)[seed % len(TABLE_FAULTS)]
    changed = TABLE_FAULTS[kind](truth, rng)
    faulty = reprint(truth, changed)
    manner = Manner(tells=bool(seed % 2))
    usual = {(each.rule, each.at) for each in failing(examine(_read(truth, manner)))}
    if failing_equations(faulty.values, faulty.form):
        report = _read(faulty, manner)
        rows = [row for row in failing(examine(report)) if (row.rule, row.at) not in usual]
        yield Planted(kind, seed, frozenset(changed), tuple(rows))
    if seed % len(TABLE_FAULTS) == 0:
        yield _against_the_prose(truth, rng, usual, seed)


def _against_the_prose(truth: Truth, rng: Random, usual: set[tuple[str, str]], seed: int) -> Planted:
    cells = ("requests.new.total", "requests.carried_in.total")  # requests may be told with those carried in
    told = sum(_number(truth, cell) for cell in cells) + rng.randint(1, 9)
    report = _read(truth, Manner(tells=False), lambda page: _telling(page, told))
    rows = [row for row in failing(examine(report)) if (row.rule, row.at) not in usual]
    return Planted("prose against table", seed, frozenset({"(prose)"}), tuple(rows))


def _telling(page: str, requests: int) -> str:
    """Return the page with a sentence of its own at the end of the first section."""
    head, mark, rest = page.partition("二、主动公开")
    place = head.rfind("<")
    return f"{head[:place]}<p>全年共{_TOLD}{requests}件。</p>{head[place:]}{mark}{rest}"


def main() -> None:
    """Print how many faults were named, left open, missed or wrongly named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    planted = [each for seed in range(options.seed, options.seed + options.reports) for each in plant(seed)]
    counts = Counter((each.kind, each.outcome) for each in planted)
    for (kind, outcome), number in sorted(counts.items()):
        print(f"{kind:22}{outcome:16}{number:5}")
    for each in planted:
        if each.outcome not in ("named", "left open"):
            print(
                each.kind,
                each.seed,
                sorted(each.cells),
                sorted(each.named),
                [row.message for row in each.rows],
            )


if __name__ == "__main__":
    main()
