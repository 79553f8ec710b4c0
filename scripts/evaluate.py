"""Measures the reader on generated reports and, where they are at hand, on real ones.

Run it before and after a change to a format, a recognizer or the solver. The generated
reports are drawn from a seed and never written to disk. fixtures/baseline.json holds scores that
may only rise: a run that is worse fails, --update stores better ones and refuses worse ones.
--small draws one report of each layout and edition, with a baseline of its own; the tests run it.
"""

import argparse
import sys
import time
from collections.abc import Iterator
from multiprocessing import Pool
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import extractor  # noqa: E402
from extractor.errors import ExtractorError  # noqa: E402
from scripts.corpus import baseline  # noqa: E402
from scripts.corpus.expected import Expected  # noqa: E402
from scripts.corpus.gold import gold_answers  # noqa: E402
from scripts.corpus.readings import TooManyReadings  # noqa: E402
from scripts.corpus.registry import LAYOUTS  # noqa: E402
from scripts.corpus.samples import Sample, draft_of, draw_samples  # noqa: E402
from scripts.corpus.scores import Marked, Row, add_up, mark, table_text  # noqa: E402

BASELINE = ROOT / "fixtures" / "baseline.json"
SMALL_BASELINE = ROOT / "fixtures" / "baseline_small.json"
SMALL = 1  # reports asked for: one full round over the layouts
_EMPTY: dict[str, Any] = {
    "title": None, "issuer": {"name": None}, "year": None, "form": None, "sections": [], "cells": {},
    "checks": [], "verdict": "error",
}  # fmt: skip


def measure(about: tuple[str, str, str, int], data: bytes | Path, expected: Expected) -> Marked:
    """Read one document and compare it with its answer; a refusal counts as an empty report."""
    started = time.perf_counter()
    try:
        report = extractor.parse(data).to_dict()
    except ExtractorError as error:
        report = {**_EMPTY, "verdict": type(error).__name__}
    return mark(about, expected, report, time.perf_counter() - started)


def measure_sample(sample: Sample) -> Marked | None:
    """Read one generated report; None where its answer cannot be exhausted."""
    layout = LAYOUTS[sample.layout]
    try:
        rendered = layout.render(draft_of(sample))
    except TooManyReadings:
        return None
    about = (layout.format, layout.name, sample.edition, sample.seed)
    return measure(about, rendered.data, rendered.expected)


def measure_generated(reports: int, seed: int, workers: int) -> list[Marked]:
    """Read `reports` generated reports."""
    samples = draw_samples(reports, seed)
    if workers == 1:
        return [m for m in map(measure_sample, samples) if m]
    with Pool(workers) as pool:
        return [m for m in pool.imap(measure_sample, samples, chunksize=8) if m]


def measure_real(folder: Path) -> Iterator[Marked]:
    """Read the real reports of a folder that have an answer beside them."""
    for document, expected in gold_answers(folder):
        about = (document.suffix[1:], document.stem, expected.form or "-", 0)
        yield measure(about, document, expected)


def rows_by(marked: list[Marked], *fields: str) -> list[Row]:
    """Return the sums of each group of documents that agree in these fields."""
    groups: dict[tuple[str, ...], list[Marked]] = {}
    for m in marked:
        groups.setdefault(tuple(getattr(m, field) for field in fields), []).append(m)
    return [add_up(group, members) for group, members in groups.items()]


def print_failures(marked: list[Marked]) -> None:
    """Print the first differences of each document that is not all right, one document a layout."""
    shown: set[tuple[str, str]] = set()
    for m in marked:
        key = (m.layout, m.notes[0].split(" ")[0] if m.notes else "")
        if not m.is_all_right and key not in shown:
            shown.add(key)
            print(f"{m.layout} {m.edition} seed {m.seed} ({m.verdict})", *m.notes, sep="\n    ")


def scores_by_layout(marked: list[Marked]) -> dict[str, dict[str, float]]:
    """Return the scores of each layout and of all together, as a baseline holds them."""
    rows = [*rows_by(marked, "layout"), add_up((baseline.ALL,), marked)]
    return {" · ".join(row.group): baseline.scores_of(row) for row in rows}


def worse_than(path: Path, reports: int, seed: int, groups: dict[str, dict[str, float]]) -> list[str]:
    """Return what is worse than the stored baseline of the same run; nothing where that is another run."""
    before = baseline.load(path)
    if (before.get("reports"), before.get("seed")) != (reports, seed):
        return []
    return baseline.regressions(before["groups"], groups)


def judge(args: argparse.Namespace, groups: dict[str, dict[str, float]]) -> int:
    """Return 1 where the scores are below the baseline; with --update store those that are not."""
    path = SMALL_BASELINE if args.small else BASELINE
    worse = worse_than(path, args.reports, args.seed, groups)
    print("\n".join(worse))
    if worse and not (args.update and args.allow_regression):
        print(f"below {path.name}, which may only rise", file=sys.stderr)
        return 1
    if args.update:
        baseline.store(path, args.reports, args.seed, groups)
    return 0


def arguments() -> argparse.Namespace:
    """Return the options of the command line; a small run asks for one round."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=600, help="at least so many")
    parser.add_argument("--small", action="store_true", help="one report of each layout and edition")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--corpus", type=Path, default=ROOT.parent / "shared" / "corpus", help="real reports")
    parser.add_argument("--update", action="store_true", help="store the scores as the baseline")
    parser.add_argument(
        "--allow-regression", action="store_true", help="store them even where they are worse"
    )
    parser.add_argument("--failures", action="store_true", help="print what was read otherwise")
    args = parser.parse_args()
    if args.small:
        args.reports = SMALL
    return args


def main() -> int:
    """Run the command line."""
    args = arguments()
    marked = measure_generated(args.reports, args.seed, args.workers)
    print(table_text(rows_by(marked, "format", "layout", "edition")))
    by_layout = [*rows_by(marked, "layout"), add_up((baseline.ALL,), marked)]
    print("\n" + table_text(by_layout))
    real = list(measure_real(args.corpus))
    print("\n" + (table_text(rows_by(real, "layout")) if real else f"no real reports in {args.corpus}"))
    if args.failures:
        print_failures(marked)
        print_failures(real)
    return judge(args, scores_by_layout(marked))


if __name__ == "__main__":
    sys.exit(main())
