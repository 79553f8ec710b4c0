"""Read every fixture, and any folder of your own, show what came out, and leave the JSON.

    make demo
    make demo REPORTS=~/年报

One line a file: agency, year, edition, verdict, requests received, checks that fail. The
JSON of each file goes to the output folder, under the path that the file has in its own.
"""

import argparse
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from extractor.cli_output import write_whole
from extractor.cli_table import align
from extractor.errors import ExtractorError
from extractor.pipeline import parse
from extractor.report import Number, Report

HEADER = ("文件", "机关", "年", "版", "结论", "新收总计", "不成立的检查")
SUFFIXES = frozenset({".html", ".htm", ".shtml", ".docx", ".pdf", ".txt", ".md"})


def find_reports(folder: Path) -> Iterator[Path]:
    """Yield the files that may be reports, sorted; those of an unknown suffix are none."""
    yield from (
        path for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix.lower() in SUFFIXES
    )


def requests_received(report: Report) -> Number | None:
    """Return how many requests came in this year, None where the source does not say."""
    if "requests" in report.tables:
        return report.tables["requests"].get("new", {}).get("total")
    return report.tables.get("statistics", {}).get("received", {}).get("value")


def describe(name: str, report: Report) -> tuple[str, ...]:
    """Return the line of the table that stands for a report."""
    received = requests_received(report)
    failing = [f"{check.id} @ {check.at}" for check in report.checks if check.outcome == "fails"]
    facts = (report.issuer.name or report.issuer.printed, report.year, report.form, report.verdict, received)
    return (name, *("—" if fact is None else str(fact) for fact in facts), "、".join(failing))


def read_folder(folder: Path, out: Path) -> Iterator[tuple[str, ...]]:
    """Read the reports of a folder, write the JSON of each, and yield its line."""
    for path in find_reports(folder):
        name = path.relative_to(folder).as_posix()
        try:
            report = parse(path)
        except ExtractorError as error:
            reason = str(error).removeprefix(f"{path.name}: ")
            yield (name, "—", "—", "—", "读不了", "—", reason)
            continue
        target = out / folder.name / f"{name}.json"
        target.parent.mkdir(parents=True, exist_ok=True)
        write_whole(target, report.to_json() + b"\n")
        yield describe(name, report)


def main() -> int:
    """Show the table. Return 1 where a folder that was asked for is not there."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folders", nargs="+", type=Path, help="folders with reports")
    arguments.add_argument("--out", type=Path, required=True, help="folder for the JSON")
    options = arguments.parse_args()
    for folder in options.folders:
        if not folder.is_dir():
            print(f"没有文件夹 {folder}", file=sys.stderr)
            return 1
    start = time.perf_counter()
    lines = [line for folder in options.folders for line in read_folder(folder.resolve(), options.out)]
    seconds = time.perf_counter() - start
    for line in align([HEADER, *lines], widest=44):
        print(line)
    print(f"\n{len(lines)} 个文件，{seconds:.1f} 秒；JSON 在 {options.out}/")
    return 0


if __name__ == "__main__":
    sys.exit(main())
