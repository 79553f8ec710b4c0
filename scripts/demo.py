"""Read every fixture, and any folder of your own, show what came out, and leave the JSON.

    make demo
    make demo REPORTS=~/年报

One line a file: agency, year, edition, verdict, requests received, checks that fail. The
JSON of each file goes to the output folder, under the path that the file has in its own.
"""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from extractor.cli.output import write_file
from extractor.cli.table import align
from extractor.errors import ExtractorError
from extractor.pipeline import parse
from extractor.report import Number, Report

HEADER = ("文件", "机关", "年", "版", "结论", "新收总计", "不成立的检查")
# What reports are published as, and what no adapter reads yet: that is told too, not passed over.
SUFFIXES = {".html", ".htm", ".shtml", ".docx", ".pdf", ".txt", ".md", ".doc", ".wps", ".ofd", ".png", ".jpg"}


def find_reports(folder: Path) -> Iterator[Path]:
    """Yield the files that may be reports, sorted: sources of fixtures, and whatever has a known suffix."""
    for path in sorted(folder.rglob("*")):
        known = path.suffix.lower() in SUFFIXES and path.stem.lower() != "readme"
        if path.is_file() and (known or path.stem == "source"):
            yield path


def requests_received(report: Report) -> Number | None:
    """Return how many requests came in this year, None where the source does not say."""
    if "requests" in report.tables:
        return report.tables["requests"].get("new", {}).get("total")
    return report.tables.get("statistics", {}).get("received", {}).get("value")


def describe(name: str, report: Report) -> tuple[str, ...]:
    """Return the line of the table that stands for a report."""
    failing = [
        f"{check.id} @ {check.at}"
        for check in report.checks
        if check.outcome == "fails" and "prose/" not in check.id
    ]
    agency = report.issuer.name or report.issuer.printed
    facts = (agency, report.year, report.form, report.verdict, requests_received(report))
    first = failing[0] if failing else ""
    shown = f"{first} 等 {len(failing)} 处" if len(failing) > 1 else first
    return (name, *("—" if fact is None else str(fact) for fact in facts), shown)


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
        write_file(target, report.to_json() + b"\n")
        yield describe(name, report)


def main() -> int:
    """Show the table. Return 1 where a folder that was asked for is not there."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folders", nargs="+", type=Path, help="folders with reports")
    arguments.add_argument("--out", type=Path, required=True, help="folder for the JSON")
    options = arguments.parse_args()
    folders = [folder.expanduser() for folder in options.folders]
    for folder in folders:
        if not folder.is_dir():
            print(f"没有文件夹 {folder}", file=sys.stderr)
            return 1
    start = time.perf_counter()
    lines = [line for folder in folders for line in read_folder(folder.resolve(), options.out)]
    seconds = time.perf_counter() - start
    for line in align([HEADER, *lines]):
        print(line)
    verdicts = Counter(line[HEADER.index("结论")] for line in lines)
    told = "，".join(f"{verdict} {count}" for verdict, count in verdicts.most_common())
    print(f"\n{len(lines)} 个文件，{seconds:.1f} 秒：{told}\nJSON 在 {options.out}/")
    return 0


if __name__ == "__main__":
    sys.exit(main())
