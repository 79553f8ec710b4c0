"""Changes one printed digit of a verified report, and asks whether the reader believes the new number.

    python scripts/digit_changes.py --minutes 10       every layout in turn, glued text and PDF too
    python scripts/digit_changes.py --count 500 --seed 7

A publisher's slip or a damaged file changes a digit; the report may then be inconsistent, or be verified
where no equation covers the cell. What it must never be is verified with a number that is not printed.
Each such report is named by what reproduces it. Exit code 1 where there was one. Of glued text, in which
no border between two numbers is printed, all the digits of a row must be found again, in their order.
"""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from random import Random

from msgspec import Struct, structs

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import extractor  # noqa: E402
from extractor.errors import ExtractorError  # noqa: E402
from extractor.report import Report  # noqa: E402
from scripts.corpus.draft import Draft, Paragraph  # noqa: E402
from scripts.corpus.expected import Expected  # noqa: E402
from scripts.corpus.grid import grid_of  # noqa: E402
from scripts.corpus.layouts import Layout  # noqa: E402
from scripts.corpus.layouts_text import UNSOLVED  # noqa: E402
from scripts.corpus.registry import LAYOUTS  # noqa: E402
from scripts.corpus.samples import draft_of, sample_of  # noqa: E402

CHANGES_EACH = 25  # of one report: to draw it and to read it unchanged takes as long as two changes
_BARE = (
    5  # of so many reports all but one are printed without their running text, which is no part of a table
)
_REFUSALS = 12  # reports of a layout that may be read as less than verified before it is left out
_OFFSET = 1_000_000  # between the reports of two seeds


class Specimen(Struct, frozen=True):
    """One report that is read as verified, to be printed again with a digit changed."""

    layout: Layout
    edition: str
    seed: int
    draft: Draft

    @property
    def name(self) -> str:
        """What reproduces it."""
        return f"{self.layout.name}/{self.edition}/{self.seed}"


def specimen(layout: Layout, edition: str, seed: int) -> Specimen | None:
    """Return the report of this seed; None where it is not verified, so that nothing can be lost."""
    draft = draft_of(structs.replace(sample_of(layout, edition, seed), fault=None))
    if seed % _BARE:
        kept = tuple(b for b in draft.blocks if not isinstance(b, Paragraph) or b.text.startswith("附表"))
        draft = structs.replace(draft, blocks=kept, tells=False)
    return (
        Specimen(layout, edition, seed, draft)
        if _verdict(_rendered(layout, draft).data) == "verified"
        else None
    )


def changed(draft: Draft, rng: Random) -> tuple[Draft, str] | None:
    """Return the draft with one digit of one cell printed as another, and what was changed."""
    plain = [
        cell for cell, p in draft.truth.cells.items() if p.value is not None and _number(p.raw) == p.value
    ]
    if not plain:
        return None
    cell = rng.choice(plain)
    printed = draft.truth.cells[cell]
    raw = printed.raw
    place = rng.choice([at for at, character in enumerate(raw) if character.isdecimal()])
    first = next(at for at, character in enumerate(raw) if character.isdecimal())
    alone = sum(map(str.isdecimal, raw)) == 1
    zero = "0" if raw[place].isascii() else "\uff10"
    digits = [d for d in range(10) if d != int(raw[place]) and (d or place != first or alone)]
    text = raw[:place] + chr(ord(zero) + rng.choice(digits)) + raw[place + 1 :]
    cells = {**draft.truth.cells, cell: structs.replace(printed, raw=text, value=_number(text))}
    truth = structs.replace(draft.truth, cells=cells)
    return structs.replace(draft, truth=truth), f"{cell} {raw}→{text}"


def _number(raw: str) -> int | None:
    """Return the whole number that is printed with its separators and 件; None for any other text."""
    digits = raw.replace(",", "").replace("，", "").removesuffix("件")
    return int(digits) if digits.isdecimal() else None


def specimens(seed: int, only: str = "") -> Iterator[Specimen]:
    """Yield verified reports of every layout and edition in turn, without end.

    A layout of which none of the first dozen reports was verified is left out.
    """
    pairs = [(each, e) for each in LAYOUTS.values() if each.name.startswith(only) for e in each.editions]
    verified: set[str] = set()
    refused: Counter[str] = Counter()
    for number in count(seed * _OFFSET):
        for layout, edition in pairs:
            if layout.name not in verified and refused[layout.name] >= _REFUSALS:
                continue
            if found := specimen(layout, edition, number):
                verified.add(layout.name)
                yield found
            else:
                refused[layout.name] += 1


def errors_in(specimen: Specimen, tally: Counter[str]) -> Iterator[str]:
    """Change digits of one report, one at a time, and read each; yield what is wrong with the answers."""
    rng = Random(f"digit/{specimen.name}")
    for _ in range(CHANGES_EACH):
        found = changed(specimen.draft, rng)
        if found is None:
            return
        draft, what = found
        tally["changes"] += 1
        tally[specimen.layout.format if specimen.layout.name not in UNSOLVED else "glued"] += 1
        try:
            page = _rendered(specimen.layout, draft)
            report = extractor.parse(page.data, prose=False)  # prose changes no cell
        except ExtractorError as error:
            tally[type(error).__name__] += 1
            continue
        tally[report.verdict] += 1
        if report.verdict == "verified":
            yield from (f"{specimen.name}: {what}: {error}" for error in _not_printed(page, draft, report))


class _Page(Struct, frozen=True):
    data: bytes
    expected: Expected | None  # what the layout itself prints in each cell; None of glued text


def _rendered(layout: Layout, draft: Draft) -> _Page:
    if layout.name in UNSOLVED:
        return _Page(UNSOLVED[layout.name](draft), None)
    rendered = layout.render(draft)
    return _Page(rendered.data, rendered.expected)


def _verdict(data: bytes) -> str:
    try:
        return extractor.parse(data, prose=False).verdict
    except ExtractorError as error:
        return type(error).__name__


def _not_printed(page: _Page, draft: Draft, report: Report) -> Iterator[str]:
    """Yield what a verified report says that is not printed."""
    if page.expected is not None:
        for name, read in report.cells.items():
            printed = page.expected.cells[name].value if name in page.expected.cells else None
            if read.value is not None and read.value != printed:
                yield f"{name} is {read.value}, printed {printed}"
        return
    # Which digit is whose is not printed: but all of a row's digits are, in this order.
    for table in draft.truth.tables:
        for row in grid_of(draft.truth, table):
            ids = [cell.cell for cell in row if cell.cell]
            printed = "".join(_folded(cell.text) for cell in row if cell.cell)
            read = "".join(_folded(str(v)) for i in ids if (v := report.cells[i].value) is not None)
            if read != printed:
                yield f"{ids[0]} and the others of its row are {read}, printed {printed}"


def _folded(text: str) -> str:
    return "".join(str(int(character)) for character in text if character.isdecimal())


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
    for each in specimens(options.seed, options.only):
        if tally["changes"] >= options.count if options.count is not None else time.monotonic() > end:
            break
        for error in errors_in(each, tally):
            errors += 1
            print(error, flush=True)
    print(f"seed {options.seed}: " + ", ".join(f"{count} {name}" for name, count in tally.items()))
    print(f"{errors} verified with a number that is not printed")
    return int(errors > 0)


if __name__ == "__main__":
    sys.exit(main())
