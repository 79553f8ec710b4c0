"""Changes one printed digit of a verified report, and asks whether the reader believes the new number.

    python scripts/digit_changes.py --minutes 10       every layout in turn, glued text and PDF too
    python scripts/digit_changes.py --count 500 --seed 7

A publisher's slip or a damaged file changes a digit; the report may then be inconsistent, or be verified
where no equation covers the cell. What it must never be is verified with a number that is not printed.
Each such report is named by what reproduces it. Exit code 1 where there was one. Glued text of which no
reading satisfies the equations any more has no right answer to compare with; it is counted apart.
"""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random

from msgspec import Struct, structs

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import extractor  # noqa: E402
from extractor.errors import ExtractorError  # noqa: E402
from scripts.corpus.draft import Draft  # noqa: E402
from scripts.corpus.printing import Printed  # noqa: E402
from scripts.corpus.readings import TooManyReadings  # noqa: E402
from scripts.corpus.registry import LAYOUTS  # noqa: E402
from scripts.corpus.samples import draft_of, sample_of  # noqa: E402


class Change(Struct, frozen=True):
    """One digit of one cell."""

    layout: str
    edition: str
    seed: int
    cell: str
    before: str
    after: str


def changed(draft: Draft, rng: Random) -> tuple[Draft, str, str, str] | None:
    """Return the draft with one digit of one cell printed as another, the cell, and both texts."""
    plain = [cell for cell, p in draft.truth.cells.items() if p.raw.isdigit() and p.raw.isascii()]
    if not plain:
        return None
    cell = rng.choice(plain)
    raw = draft.truth.cells[cell].raw
    place = rng.randrange(len(raw))
    digits = [d for d in "0123456789" if d != raw[place] and not (d == "0" and place == 0 and len(raw) > 1)]
    text = raw[:place] + rng.choice(digits) + raw[place + 1 :]
    cells = {**draft.truth.cells, cell: Printed(text, int(text), "read")}
    return structs.replace(draft, truth=structs.replace(draft.truth, cells=cells)), cell, raw, text


def changes(seed: int) -> Iterator[tuple[str, str, int]]:
    """Yield layout, edition and seed of a report, every layout and edition in turn, without end."""
    pairs = [(layout, edition) for layout in LAYOUTS.values() for edition in layout.editions]
    number = 0
    while True:
        for layout, edition in pairs:
            yield layout.name, edition, seed * 1_000_000 + number
        number += 1


def silent_error(layout: str, edition: str, seed: int, tally: Counter[str]) -> str | None:
    """Change a digit of one report and read it; return what is wrong with the answer, if anything."""
    sample = structs.replace(sample_of(LAYOUTS[layout], edition, seed), fault=None)
    found = changed(draft_of(sample), Random(f"digit/{layout}/{edition}/{seed}"))
    if found is None:
        return None
    draft, cell, before, after = found
    try:
        rendered = LAYOUTS[layout].render(draft)
    except (ValueError, TooManyReadings):
        tally["without a right answer"] += 1
        return None
    tally["changes"] += 1
    try:
        report = extractor.parse(rendered.data)
    except ExtractorError as error:
        tally[type(error).__name__] += 1
        return None
    tally[report.verdict] += 1
    if report.verdict != "verified":
        return None
    for name, read in report.cells.items():
        expected = rendered.expected.cells.get(name)
        printed = expected.value if expected else None
        if read.value is not None and read.value != printed:
            return (
                f"{layout}/{edition}/{seed}: {cell} {before}→{after}: "
                f"{name} is {read.value}, printed {printed}"
            )
    return None


def main() -> int:
    """Change digits for as long as the command line says."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--minutes", type=float, default=2.0)
    parser.add_argument("--count", type=int, help="so many changes, however long they take")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="layouts whose name begins so")
    options = parser.parse_args()
    tally: Counter[str] = Counter()
    errors = 0
    end = time.monotonic() + options.minutes * 60
    for layout, edition, seed in changes(options.seed):
        if not layout.startswith(options.only):
            continue
        if tally["changes"] >= options.count if options.count is not None else time.monotonic() > end:
            break
        if error := silent_error(layout, edition, seed, tally):
            errors += 1
            print(error, flush=True)
    print(f"seed {options.seed}: " + ", ".join(f"{count} {name}" for name, count in tally.items()))
    print(f"{errors} verified with a number that is not printed")
    return int(errors > 0)


if __name__ == "__main__":
    sys.exit(main())
