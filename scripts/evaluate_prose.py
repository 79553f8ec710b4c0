"""Measure how the numbers told in prose are read, on the labelled clauses in fixtures/.

Run it after a change to data/terms.txt, data/figures.yaml or the recognizers of figures:

    python scripts/evaluate_prose.py            # both sets
    python scripts/evaluate_prose.py --misses   # and each clause that is read otherwise than labelled
    python scripts/evaluate_prose.py --set clauses_first_sight_1.jsonl --record   # a set's first run, once

A set is fresh only once: what it measured before anything was mended after it stands in
fixtures/first_sight.tsv, and is never measured again.

Some clauses can be labelled in more than one way under the definitions of the codes (`readings`, the
first is the label). They are counted twice: by the label alone, and by the reading that is nearest.
"""

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from extractor.recognize.prose_numbers import find_figures  # noqa: E402
from extractor.report import Figure, Section  # noqa: E402

FIXTURES = ROOT / "fixtures"
FIRST_SIGHT = FIXTURES / "first_sight.tsv"
SETS = (
    "clauses.jsonl",
    "clauses_heldout.jsonl",
    "clauses_first_sight_1.jsonl",
    "clauses_first_sight_2.jsonl",
    "clauses_first_sight_3.jsonl",
    "clauses_first_sight_4.jsonl",
    "clauses_first_sight_5.jsonl",
    "clauses_first_sight_6.jsonl",
    "clauses_first_sight_7.jsonl",
    "clauses_first_sight_8.jsonl",
    "clauses_first_sight_9.jsonl",
    "clauses_first_sight_10.jsonl",
)
# Sets whose labels say code and value alone: nothing of approximate numbers and those of earlier years,
# nothing of shares, and nothing of zeros that are told in words.
CODE_AND_VALUE_ONLY = ("clauses_first_sight_5.jsonl", "clauses_first_sight_6.jsonl")
# Sets whose labels say code and value, zeros in words too, and nothing of shares.
WITHOUT_SHARES = (
    "clauses_first_sight_7.jsonl",
    "clauses_first_sight_8.jsonl",
    "clauses_first_sight_9.jsonl",
    "clauses_first_sight_10.jsonl",
)
_ZERO = re.compile("[0０零〇]")

Figures = Counter[tuple[Any, ...]]  # of (code, value, approximate, cumulative)


class Reading(NamedTuple):
    """One labelled clause beside what was read in it; `others` are what else it can be held to say."""

    text: str
    section: str
    expected: Figures
    found: Figures
    others: tuple[Figures, ...] = ()

    @property
    def missed(self) -> Figures:
        """Return what is labelled and was not read."""
        return self.expected - self.found

    @property
    def wrong(self) -> Figures:
        """Return what was read and is not labelled."""
        return self.found - self.expected

    @property
    def nearest(self) -> "Reading":
        """Return the clause labelled in the way that can be defended and is nearest to what was read."""
        labels = [self.expected, *self.others]
        if Counter() in self.others:  # then some of the figures may be left out, too
            labels.append(self.expected & self.found)
        told = [self._replace(expected=label) for label in labels]
        return min(told, key=lambda reading: reading.missed.total() + reading.wrong.total())


def read_clauses(path: Path) -> Iterator[Reading]:
    """Yield every clause of a labelled set with what the recognizer reads in it."""
    for line in path.read_text(encoding="utf-8").splitlines():
        clause = json.loads(line, parse_float=Decimal)
        section = Section(clause["section"], clause.get("heading", ""), clause["text"])
        expected, *others = map(_labelled, clause.get("readings", [clause["figures"]]))
        figures = find_figures((section,), clause.get("year"))
        if path.name in CODE_AND_VALUE_ONLY:
            found = Counter((f.code, f.value, False, False) for f in figures if _is_labelled_there(f))
        elif path.name in WITHOUT_SHARES:
            counts = (f for f in figures if not f.code.endswith("_share"))
            found = Counter((f.code, f.value, False, False) for f in counts)
        else:
            found = Counter((f.code, f.value, f.approximate, f.cumulative) for f in figures)
        yield Reading(
            clause["text"], clause["section"] or section.heading or "", expected, found, tuple(others)
        )


def _is_labelled_there(figure: Figure) -> bool:
    in_words = figure.value == 0 and figure.unit is None and not _ZERO.search(figure.text)
    return not figure.code.endswith("_share") and not in_words


def _labelled(figures: list[dict[str, Any]]) -> Figures:
    return Counter(
        (f["code"], f["value"], f.get("approximate", False), f.get("cumulative", False)) for f in figures
    )


def rates(readings: Iterable[Reading]) -> tuple[int, int, int]:
    """Return how many figures were rightly read, wrongly read, and missed."""
    right = wrong = missed = 0
    for reading in readings:
        right += (reading.expected & reading.found).total()
        wrong += reading.wrong.total()
        missed += reading.missed.total()
    return right, wrong, missed


def shares(right: int, wrong: int, missed: int) -> tuple[str, str]:
    """Return precision and recall, in per cent."""
    return f"{right / max(right + wrong, 1):.2%}", f"{right / max(right + missed, 1):.2%}"


def record_first_sight(name: str, readings: list[Reading]) -> None:
    """Write down what the first run over a set measured; a set that has been run before is refused."""
    known = FIRST_SIGHT.read_text(encoding="utf-8").splitlines()
    if any(line.startswith(f"{name}\t") for line in known):
        raise SystemExit(f"{name}: 已有第一次的记录")
    right, wrong, missed = rates(readings)
    counts = (name, len(readings), right + missed, right, wrong, missed)
    nearest = rates(reading.nearest for reading in readings)
    columns = (*counts, *shares(right, wrong, missed), *shares(*nearest))
    FIRST_SIGHT.write_text("\n".join([*known, "\t".join(map(str, columns))]) + "\n", encoding="utf-8")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="正文数字的准确率与召回率")
    parser.add_argument("--misses", action="store_true", help="逐条列出不一致之处")
    parser.add_argument("--set", choices=SETS, action="append", help="只测这一份")
    parser.add_argument("--record", action="store_true", help="记下这一份第一次的结果")
    options = parser.parse_args()
    for name in options.set or SETS:
        readings = list(read_clauses(FIXTURES / name))
        if options.record:
            record_first_sight(name, readings)
        right, wrong, missed = rates(readings)
        precision, recall = shares(right, wrong, missed)
        print(f"{name}: {len(readings)} 句，{right + missed} 个数，准确率 {precision}，召回率 {recall}")
        if any(reading.others for reading in readings):
            precision, recall = shares(*rates(reading.nearest for reading in readings))
            print(f"    可作别解的句子按最近的读法：准确率 {precision}，召回率 {recall}")
        if options.misses:
            for reading in readings:
                if reading.wrong or reading.missed:
                    print(f"  [{reading.section}] {reading.text}")
                    near = reading.nearest
                    mark = "" if near.missed or near.wrong else "（另一种读法）"
                    print(f"    漏 {sorted(reading.missed)}  误 {sorted(reading.wrong)}{mark}")


if __name__ == "__main__":
    main()
