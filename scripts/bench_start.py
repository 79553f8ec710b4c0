"""What a command costs before it reads anything: processor time against that of importing typer.

The commands are run in turn, so that a noisy machine disturbs all alike; the medians and their ratios count.
"""

import os
import statistics
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 15


_CASES = ROOT / "fixtures" / "cases"
SOUND = _CASES / "html-hanweb-page" / "source.html"  # 80 KB; its sums agree
FAULTY = _CASES / "fault-staff-2014" / "source.html"  # a sum fails: the second reader reads it, too


def commands() -> dict[str, Sequence[str]]:
    """Return the commands by the name that the table gives them; the first is what the others are held to."""
    run = (sys.executable, "-m", "extractor")
    return {
        "import typer": (sys.executable, "-c", "import typer"),
        "--help": (*run, "--help"),
        "parse": (*run, "parse", str(SOUND)),
        "parse --timeout 60": (*run, "parse", "--timeout", "60", str(SOUND)),
        "parse, two readers": (*run, "parse", str(FAULTY)),
    }


def seconds_of(command: Sequence[str]) -> float:
    """Run a command; return its processor time of user and system, that of processes of its own included."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    before = os.times()
    subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def cold_start() -> Iterator[str]:
    """Yield the lines of a table: each command, its median CPU seconds, its ratio to the import of typer."""
    asked = commands()
    seconds: dict[str, list[float]] = {name: [] for name in asked}
    for command in asked.values():
        seconds_of(command)  # leaves the bytecode, which an installed package has from the start
    for _ in range(ROUNDS):
        for name, command in asked.items():
            seconds[name].append(seconds_of(command))
    medians = {name: statistics.median(each) for name, each in seconds.items()}
    floor = medians[next(iter(medians))]
    for name, median in medians.items():
        yield f"| `{name}` | {median:.2f} | {min(seconds[name]):.2f} | {median / floor:.1f} × |"
