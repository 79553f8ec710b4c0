"""Looks for inputs that bring the reader down: crashes, hangs, too much memory, values that are not printed.

    make fuzz MINUTES=2                                   every format, a new seed each day
    python scripts/fuzz.py html docx --minutes 30 --seed 7
    python scripts/fuzz.py --again html/7/1234            one input again, made small

Each find is kept in the folder of --out, named by what reproduces it; runs.tsv there says of each run its
format, seed, first and last number and how much was found. The same seed gives the same inputs on every
machine. Exit code 1 where anything was found.
"""

import argparse
import datetime as dt
import multiprocessing
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.fuzzing.judge import fault_of  # noqa: E402
from scripts.fuzzing.mutations import make_input  # noqa: E402
from scripts.fuzzing.seeds import FORMATS  # noqa: E402
from scripts.fuzzing.shrink import shrunk  # noqa: E402
from scripts.fuzzing.watch import LONGEST, Campaign, Find, limit_memory, run_campaign  # noqa: E402


def main() -> int:
    """Run the campaigns that the command line asks for."""
    options = _options()
    options.out.mkdir(parents=True, exist_ok=True)
    if options.again:
        return _again(options.again, options.out)
    campaigns = []
    for kind in options.formats or FORMATS:
        campaign = run_campaign(
            kind,
            options.seed,
            first=options.first,
            count=options.count,
            seconds=options.minutes * 60 if options.count is None else None,
            keep=lambda find: _keep(find, options.out),
        )
        campaigns.append(campaign)
        _note_run(campaign, options.first, options.out)
        print(_sentence(campaign), flush=True)
        for fault, times in campaign.faults.most_common():
            print(f"    {times} × {fault}", flush=True)
    return int(any(campaign.finds for campaign in campaigns))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("formats", nargs="*", help=f"some of {', '.join(FORMATS)}; all where none is given")
    parser.add_argument("--minutes", type=float, default=2.0, help="for each format (2)")
    parser.add_argument("--count", type=int, help="so many inputs of each format, however long it takes")
    parser.add_argument("--first", type=int, default=0, help="the number of the first input")
    parser.add_argument("--seed", type=int, default=dt.date.today().toordinal(), help="today's date")
    parser.add_argument(
        "--out", type=Path, default=ROOT / "fuzz-out", help="where finds are kept (fuzz-out/)"
    )
    parser.add_argument("--again", help="FORMAT/SEED/NUMBER of a find, to be made small")
    options = parser.parse_args()
    if unknown := [kind for kind in options.formats if kind not in FORMATS]:
        parser.error(f"no such format: {', '.join(unknown)}")
    return options


def _sentence(campaign: Campaign) -> str:
    return (
        f"{campaign.kind}: seed {campaign.seed}, {campaign.tried} inputs, {len(campaign.finds)} finds, "
        f"the slowest {campaign.slowest[0]:.2f} s ({campaign.slowest[1]})"
    )


def _note_run(campaign: Campaign, first: int, out: Path) -> None:
    """Write down which inputs were tried, so that several runs can be counted together."""
    end = first + campaign.tried
    with (out / "runs.tsv").open("a", encoding="utf-8") as file:
        file.write(f"{campaign.kind}\t{campaign.seed}\t{first}\t{end}\t{len(campaign.finds)}\n")


def _keep(find: Find, out: Path) -> None:
    name = f"{find.kind}-{find.seed}-{find.number}"
    (out / name).write_bytes(make_input(find.kind, find.seed, find.number))
    with (out / "finds.tsv").open("a", encoding="utf-8") as file:
        file.write(f"{find.kind}/{find.seed}/{find.number}\t{find.fault}\n")
    print(f"  {name}: {find.fault}", flush=True)


def _again(place: str, out: Path) -> int:
    """Try one input again, and make it small where it still fails."""
    kind, seed, number = place.split("/")
    data = make_input(kind, int(seed), int(number))
    fault = _fault_apart(kind, data)
    print(f"{place}: {fault or 'nothing'}")
    if fault is None:
        return 0
    small = shrunk(data, lambda shorter: _fault_apart(kind, shorter) == fault)
    path = out / f"{kind}-{seed}-{number}.small"
    path.write_bytes(small)
    print(f"{len(data)} bytes, now {len(small)}: {path}")
    return 1


def _fault_apart(kind: str, data: bytes) -> str | None:
    """Judge an input in a process of its own, since it may hang or bring the process down."""
    with multiprocessing.get_context("fork").Pool(1, limit_memory) as pool:
        try:
            return pool.apply_async(fault_of, (kind, data)).get(LONGEST * 3)
        except multiprocessing.TimeoutError:
            return "hang or death"


if __name__ == "__main__":
    sys.exit(main())
