"""Makes scans of invented reports and measures how they are read.

    python scripts/make_scans.py --reports 20 --dpi 300 200 150          # measure
    python scripts/make_scans.py --reports 5 --dpi 200 --write scans/    # write them as PDF as well

Every report is drawn from its seed: grey or coloured, turned by up to 2°, JPEG of quality 40
to 80, noise, blur, thin ink, a red seal over figures in three of ten; one in five has a
publisher's error. A silent error is a wrong cell that nothing in the report puts in doubt.
"""

import argparse
import resource
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

from msgspec import Struct, field

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import extractor  # noqa: E402
from scripts.corpus.draft import Draft  # noqa: E402
from scripts.corpus.faults import FAULTS, plant  # noqa: E402
from scripts.corpus.prose import Manner, write  # noqa: E402
from scripts.corpus.scan_sheet import FACES, as_pdf, draw_manner, has_fonts, scanned_pages  # noqa: E402
from scripts.corpus.truth import draw  # noqa: E402

EDITIONS = ("2021", "2019", "2021", "mixed", "2014")
_SURE = ("read", "blank", "decoded", "repaired")


class Tally(Struct):
    """What was counted over the scans of one resolution."""

    pages: int = 0
    cells: int = 0
    right: int = 0
    open: int = 0
    wrong: int = 0
    silent: int = 0
    repaired: int = 0
    faults: int = 0
    faults_hidden: int = 0
    seconds: float = 0.0
    verdicts: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)


def report_of(seed: int) -> tuple[Draft, bool]:
    """Return the report of a seed, and whether its publisher made an error."""
    edition = EDITIONS[seed % len(EDITIONS)]
    truth = draw(seed, edition, ("small", "medium", "large")[seed % 3])
    faulty = seed % 5 == 2 and edition != "2014"
    if faulty:
        try:
            truth = plant(truth, list(FAULTS)[seed % len(FAULTS)])
        except ValueError:
            faulty = False
    return write(truth, Manner()), faulty


def measure(tally: Tally, draft: Draft, data: bytes, faulty: bool, name: str) -> None:
    """Read one scan and count what came out."""
    started = time.process_time()
    report = extractor.parse(data, name=name)
    tally.seconds += time.process_time() - started
    tally.verdicts[report.verdict] += 1
    believed = report.verdict in ("verified", "inconsistent")
    for cell_id, printed in draft.truth.cells.items():
        tally.cells += 1
        cell = report.cells.get(cell_id)
        if cell is None or cell.state not in _SURE:
            tally.open += 1
            tally.notes.append(f"{name} {cell_id} open: {cell and cell.raw!r} for {printed.raw!r}")
        elif cell.value == printed.value:
            tally.right += 1
            tally.repaired += cell.state == "repaired"
        else:
            tally.wrong += 1
            tally.silent += believed
            said = "SILENT" if believed else "wrong"
            tally.notes.append(
                f"{name} {cell_id} {said}: {cell.raw!r} {cell.value} {cell.state} for {printed.raw!r}"
            )
    if faulty:
        tally.faults += 1
        tally.faults_hidden += report.verdict == "verified"


def line_of(dpi: int, tally: Tally) -> str:
    """Return the figures of one resolution in one line."""
    share = {
        key: f"{100 * value / max(tally.cells, 1):.3f} %"
        for key, value in (("right", tally.right), ("open", tally.open), ("wrong", tally.wrong))
    }
    pace = 60 * tally.pages / max(tally.seconds, 1e-9)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return (
        f"{dpi} dpi: {tally.pages} pages, {tally.cells} cells, right {share['right']}, open {share['open']}, "
        f"wrong {share['wrong']}, silent {tally.silent}, repaired {tally.repaired}, publishers' errors "
        f"{tally.faults} (repaired away {tally.faults_hidden}), {pace:.1f} pages a minute and core, "
        f"{memory} MB, {dict(tally.verdicts)}"
    )


def arguments() -> argparse.Namespace:
    """Return the options of the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--reports", type=int, default=10, help="reports for each resolution")
    parser.add_argument("--first", type=int, default=0, help="seed of the first one")
    parser.add_argument("--dpi", type=int, nargs="+", default=[300, 200, 150])
    parser.add_argument("--write", type=Path, help="a folder for the scans")
    parser.add_argument("--notes", action="store_true", help="name every cell that was not read right")
    return parser.parse_args()


def main() -> int:
    """Run the command line."""
    args = arguments()
    missing = [face for face in FACES if not has_fonts(face)]
    if missing:
        print("fonts needed: fonts-arphic-uming fonts-arphic-ukai fonts-wqy-microhei fonts-liberation")
        return 1
    tallies: dict[int, Any] = {}
    for dpi in args.dpi:
        tally = tallies[dpi] = Tally()
        for seed in range(args.first, args.first + args.reports):
            draft, faulty = report_of(seed)
            manner = draw_manner(dpi, seed)
            pages = scanned_pages(draft, manner, seed)
            tally.pages += len(pages)
            data = as_pdf(pages, manner)
            name = f"scan-{dpi}-{seed}.pdf"
            if args.write:
                args.write.mkdir(parents=True, exist_ok=True)
                (args.write / name).write_bytes(data)
            measure(tally, draft, data, faulty, name)
        print(line_of(dpi, tally), flush=True)
        if args.notes:
            print("\n".join(tally.notes), flush=True)
    return 1 if any(tally.silent or tally.faults_hidden for tally in tallies.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
