"""Measures whole-archive runs: memory over many documents, kills, two cores against one, overhead.

Run it by hand, on a quiet machine, before a release or after a change to extractor/batch:

    python scripts/bench_batch.py memory --reports 20000
    python scripts/bench_batch.py kills --reports 2000 --kills 50
    python scripts/bench_batch.py scaling --reports 5000
    python scripts/bench_batch.py overhead --reports 1000

The archive is generated once a size and seed, under --work, and kept there. The figures
go to stdout; the load of the machine is printed beside them.
"""

import argparse
import os
import random
import resource
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import extractor  # noqa: E402
from extractor.batch import Settings, Tally, run_batch  # noqa: E402
from extractor.errors import ExtractorError  # noqa: E402
from scripts.corpus.archive import make_archive  # noqa: E402

TABLES = ("documents", "sources", "cells", "checks", "figures", "sections", "notices")


def resident(pid: int) -> int:
    """Return the resident memory of a process in KiB, 0 where it is gone."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * (resource.getpagesize() // 1024)
    except (OSError, IndexError):
        return 0


def share_of_memory(pid: int) -> int:
    """Return the memory of a process in KiB, of pages shared with others its share; 0 where it is gone."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    except (OSError, StopIteration):
        return 0


def descendants(pid: int) -> list[int]:
    """Return the processes below a process."""
    parents: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            after_name = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents.setdefault(int(after_name[1]), []).append(int(stat.parent.name))
    below, waiting = [], [pid]
    while waiting:
        children = parents.get(waiting.pop(), [])
        below += children
        waiting += children
    return below


def measure_memory(args: argparse.Namespace, folder: Path, out: Path) -> None:
    """Print the resident memory of every process after each thousand documents."""
    seen = [0]

    def watch(tally: Tally) -> None:
        if tally.read // 1000 > seen[0]:
            seen[0] = tally.read // 1000
            below = sorted((resident(pid) // 1024, pid) for pid in descendants(os.getpid()))
            told = "  ".join(f"{mib} ({pid})" for mib, pid in reversed(below) if mib > 40)
            print(f"{tally.read:>6}  main {resident(os.getpid()) // 1024} MiB  others {told}", flush=True)

    started = time.perf_counter()
    batch = run_batch([str(folder)], out, Settings(workers=args.workers), watch)
    seconds = time.perf_counter() - started
    codes = Counter(outcome.code for outcome in batch.harvest.outcomes)
    print(f"{args.reports} reports in {seconds:.0f} s; {dict(codes)}; {dict(batch.tally.verdicts)}")


def run_cli(folder: Path, out: Path, *, workers: int) -> "subprocess.Popen[bytes]":
    """Start the command line on the archive."""
    command = [
        sys.executable,
        "-m",
        "extractor",
        "batch",
        str(folder),
        "-o",
        str(out),
        "--to",
        "parquet,csv",
        "-q",
    ]
    return subprocess.Popen(
        [*command, "--workers", str(workers)], env={**os.environ, "PYTHONPATH": str(ROOT)}
    )


def measure_kills(args: argparse.Namespace, folder: Path, out: Path) -> None:
    """Kill a run at random moments and compare its output with that of an undisturbed run."""
    calm, killed = out / "calm", out / "killed"
    started = time.perf_counter()
    run_cli(folder, calm, workers=args.workers).wait()
    whole = time.perf_counter() - started
    rng = random.Random(args.seed)
    kills = 0
    for _ in range(args.kills):
        run = run_cli(folder, killed, workers=args.workers)
        try:
            run.wait(1.0 + rng.random() * max(1.0, 2 * whole / args.kills))
        except subprocess.TimeoutExpired:
            run.kill()
            kills += 1
        run.wait()
    run_cli(folder, killed, workers=args.workers).wait()
    names = ["reports.jsonl", *(f"{t}.csv" for t in TABLES), *(f"{t}.parquet" for t in TABLES)]
    differing = [name for name in names if (calm / name).read_bytes() != (killed / name).read_bytes()]
    print(f"{kills} kills, {args.reports} reports; {len(names)} files compared; differing: {differing or 0}")


def measure_scaling(args: argparse.Namespace, folder: Path, out: Path) -> None:
    """Print how much faster two cores are than one, and how much memory a worker takes at most."""
    seconds = {}
    largest = [0]

    def watch(tally: Tally) -> None:
        if tally.read % 10 == 0:
            largest[0] = max([largest[0], *map(share_of_memory, descendants(os.getpid()))])

    for workers in (1, 2):
        started = time.perf_counter()
        run_batch([str(folder)], out / str(workers), Settings(workers=workers), watch)
        seconds[workers] = time.perf_counter() - started
        print(f"{workers} worker: {seconds[workers]:.1f} s", flush=True)
    print(f"two cores are {seconds[1] / seconds[2]:.2f} times one core")
    print(f"a worker takes {largest[0] // 1024} MiB at most, its share of shared pages included")


def bare(folder: Path) -> None:
    """Read every document of a folder in this process, and make its JSON."""
    for path in sorted(folder.iterdir()):
        try:
            extractor.parse(path).to_json()
        except ExtractorError:
            continue


def measure_overhead(args: argparse.Namespace, folder: Path, out: Path) -> None:
    """Print how much longer a batch of one worker takes than the bare reading, start and tables included."""
    code = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from scripts.bench_batch import bare; "
    batch = [
        sys.executable,
        "-m",
        "extractor",
        "batch",
        str(folder),
        "-o",
        str(out / "o"),
        "-q",
        "--workers",
        "1",
    ]
    commands = {
        "bare": [sys.executable, "-c", code + f"from pathlib import Path; bare(Path({str(folder)!r}))"],
        "batch": batch,
    }
    seconds = {}
    for name, command in commands.items():
        started = time.perf_counter()
        subprocess.run(command, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False)
        seconds[name] = time.perf_counter() - started
        print(f"{name}: {seconds[name]:.1f} s", flush=True)
    print(f"overhead of batch: {seconds['batch'] / seconds['bare'] - 1:.1%}")


MEASURES = {
    "memory": measure_memory,
    "kills": measure_kills,
    "scaling": measure_scaling,
    "overhead": measure_overhead,
}


def measure_in_one_run(reports: int, work: Path = Path("/tmp/bench_batch"), seed: int = 1) -> None:
    """Print scaling and overhead of a batch of so many reports, and the load of the machine."""
    folder = make_archive(work / f"reports-{reports}-{seed}", reports, seed)
    args = argparse.Namespace(reports=reports, workers=2, seed=seed, work=work)
    print(f"batch of {reports} reports; load before: {os.getloadavg()}", flush=True)
    for name in ("scaling", "overhead"):
        MEASURES[name](args, folder, work / f"{name}-{int(time.time())}")


def main() -> None:
    """Run one measure."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("measure", choices=MEASURES)
    parser.add_argument("--reports", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--work", type=Path, default=Path("/tmp/bench_batch"))
    args = parser.parse_args()
    folder = make_archive(args.work / f"reports-{args.reports}-{args.seed}", args.reports, args.seed)
    out = args.work / f"{args.measure}-{int(time.time())}"
    print(f"load before: {os.getloadavg()}", flush=True)
    MEASURES[args.measure](args, folder, out)
    print(f"load after: {os.getloadavg()}")


if __name__ == "__main__":
    main()
