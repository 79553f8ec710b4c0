"""Read every fixture, and any folder of your own, show on one screen what came out, and leave the JSON.

    make demo
    make demo REPORTS=~/年报

On the screen: how many files of each format came to which verdict, the first of your own files, one
report whose printed total is wrong, and the address of its review page; where a browser is, a
picture of it too. In the output folder: the JSON of each file, under the path that the file has in
its own, and a line a file in files.txt.
"""

import argparse
import os
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import extractor
from extractor.asked import Parsed
from extractor.cli.output import write_file
from extractor.cli.table import align
from extractor.cli.view import write_reviews
from extractor.report import Number, Report

ROOT = Path(__file__).resolve().parent.parent
HEADER = ("文件", "机关", "年", "版", "结论", "新收总计", "不成立的检查")
VERDICTS = ("verified", "inconsistent", "doubtful", "partial", "not_a_report", "读不了")
# What reports are published as, and what no adapter reads yet: that is told too, not passed over.
SUFFIXES = {".html", ".htm", ".shtml", ".docx", ".pdf", ".txt", ".md", ".doc", ".wps", ".ofd", ".png", ".jpg"}
SAME_FORMAT = {"txt": "text", "md": "text", "htm": "html", "shtml": "html"}
SHOWN = 6  # lines of your own files on the screen
# The report of the review page: a total that its agency printed as 0.
CASE = ROOT / "fixtures" / "cases" / "fault-zero-total" / "source.html"
CELL = "disputes.review.total"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
PATIENCE = 15  # seconds for the picture


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


def describe(name: str, read: Parsed) -> tuple[str, ...]:
    """Return the line of a file: that of its report, or why there is none."""
    report = read.report
    if report is None:
        return (name, "—", "—", "—", "读不了", "—", str(read.error).removeprefix(f"{Path(read.path).name}: "))
    failing = [f"{check.id} @ {check.at}" for check in report.failing_equations()]
    agency = report.issuer.name or report.issuer.printed
    facts = (agency, report.year, report.form, report.verdict, requests_received(report))
    shown = f"{failing[0]} 等 {len(failing)} 处" if len(failing) > 1 else "".join(failing)
    return (name, *("—" if fact is None else str(fact) for fact in facts), shown)


def read_folders(folders: list[Path], out: Path) -> Iterator[tuple[Path, tuple[str, ...], str]]:
    """Read the reports of the folders, write the JSON of each; yield its folder, line and format."""
    found = [(folder, path) for folder in folders for path in find_reports(folder)]
    for (folder, path), read in zip(found, extractor.parse_many(path for _, path in found), strict=True):
        name = path.relative_to(folder).as_posix()
        if read.report is not None:
            target = out / folder.name / f"{name}.json"
            target.parent.mkdir(parents=True, exist_ok=True)
            write_file(target, read.report.to_json() + b"\n")
        suffix = path.suffix.lower().removeprefix(".")
        kind = read.report.source.format if read.report else SAME_FORMAT.get(suffix, suffix)
        yield folder, describe(name, read), kind


def verdicts_by_format(lines: list[tuple[Path, tuple[str, ...], str]]) -> Iterator[tuple[str, ...]]:
    """Yield how many files of each format came to each verdict, formats with most files first."""
    at = HEADER.index("结论")
    counts = Counter((kind, line[at]) for _, line, kind in lines)
    files = Counter(kind for _, _, kind in lines)
    yield ("格式", "份数", *VERDICTS)
    for kind, count in files.most_common():
        yield (kind, str(count), *(str(counts[kind, verdict] or "") for verdict in VERDICTS))


def tell_example(out: Path) -> Iterator[str]:
    """Write the review page of the report with the wrong total; yield what it tells, and where it lies."""
    report = extractor.parse(CASE)
    agency = report.issuer.name or ""
    yield f"其中一份，{agency} {report.year}：{report.verdict}。它的复议诉讼表："
    yield from (f"  {line}" for line in repr(report.table("disputes")).splitlines())
    for finding in extractor.check(report):
        yield f"  ✗ {finding.message}"
    page = out / "核对.html"
    write_reviews([str(CASE)], str(page), beside=None, rules=None)
    yield f"核对网页  {page.resolve().as_uri()}"
    picture = out / "核对.png"
    yield f"它的图    {picture}" if drew(page, picture) else "它的图    没有（这台机器上没有能用的 Chromium）"


def drew(page: Path, picture: Path) -> bool:
    """Draw a page at its cell with whatever browser there is, and tell whether that worked."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        return False
    picture.unlink(missing_ok=True)
    as_root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []  # it refuses else
    command = [browser, "--headless=new", "--disable-gpu", "--hide-scrollbars", *as_root]
    command += ["--window-size=1280,900", f"--screenshot={picture}", f"{page.resolve().as_uri()}#{CELL}"]
    try:
        subprocess.run(command, capture_output=True, timeout=PATIENCE, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return picture.is_file()


def main() -> int:
    """Show one screen. Return 1 where a folder that was asked for is not there."""
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
    lines = list(read_folders([folder.resolve() for folder in folders], options.out))
    seconds = time.perf_counter() - start
    options.out.mkdir(parents=True, exist_ok=True)
    every = "\n".join(align([HEADER, *(line for _, line, _ in lines)]))
    write_file(options.out / "files.txt", f"{every}\n".encode())
    print(f"{len(lines)} 个文件，{seconds:.1f} 秒。逐份一行在 {options.out}/files.txt，JSON 也在那里\n")
    print("\n".join(align(list(verdicts_by_format(lines)))))
    own = [line for folder, line, _ in lines if folder != ROOT / "fixtures"]
    if own:
        print("\n" + "\n".join(align([HEADER, *own[:SHOWN]])) + ("\n…" if len(own) > SHOWN else ""))
    print("\n" + "\n".join(tell_example(options.out)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
