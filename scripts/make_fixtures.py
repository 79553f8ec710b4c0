"""Builds fixtures/: run it after a change to scripts/corpus, and commit what it writes.

With --check nothing is written; the files that differ from what the code builds are named
and the exit code is 1. Word and PDF files carry traces of the libraries that write them,
so --check looks at the HTML and text cases only.
"""

import argparse
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.corpus.fixture_files import REPRODUCIBLE, every_file  # noqa: E402

FIXTURES = ROOT / "fixtures"


def stale_files(folder: Path = FIXTURES) -> list[str]:
    """Return the paths of reproducible fixture files that differ from what the code builds."""
    return [
        path
        for path, content in every_file(REPRODUCIBLE)
        if not (folder / path).is_file() or (folder / path).read_bytes() != content
    ]


def build(folder: Path = FIXTURES) -> int:
    """Write every fixture file anew and return their number."""
    for part in ("cases", "refusals"):
        shutil.rmtree(folder / part, ignore_errors=True)
    count = 0
    for path, content in every_file():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        count += 1
    return count


def main() -> int:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="name the files that are out of date")
    if not parser.parse_args().check:
        print(f"{build()} files written to {FIXTURES}")
        return 0
    stale = stale_files()
    print("\n".join(stale) or "fixtures are up to date")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
