"""What a page of a PDF costs: of reports with text, of files that are no report, of scans.

Seconds of the processor. Reports are the fixtures and, where they are at hand, real ones; what is no report
is the PDFs of the ICDAR 2013 table competition where they are at hand, which are in other languages. Scans
are drawn: they need `[ocr]` and the fonts of scripts/make_scans.py.
"""

import statistics
import time
from collections.abc import Iterator
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

import extractor
from extractor.batch.page_limit import pages_of
from extractor.errors import ExtractorError
from scripts.corpus.scan_sheet import FACES, as_pdf, draw_manner, has_fonts, scanned_pages
from scripts.make_scans import report_of

ROOT = Path(__file__).resolve().parent.parent
ICDAR = ROOT.parent / "shared" / "benchmarks" / "icdar2013"
DPI = 200
SCANS = 6
ROUNDS = 3
AFFORDABLE = 0.2  # seconds for a file that is no report


def seconds_of(data: bytes, rounds: int = 1) -> float:
    """Return the seconds of the processor that reading a file takes, the least of some readings."""
    taken = []
    for _ in range(rounds):
        started = time.process_time()
        with suppress(ExtractorError):
            extractor.parse(data, name="measured.pdf")
        taken.append(time.process_time() - started)
    return min(taken)


def reports_line(paths: list[Path]) -> str:
    """Return the line on reports with text: seconds a page."""
    a_page: dict[str, float] = {}
    for path in paths:
        data = path.read_bytes()
        if pages := pages_of(data):
            whole = seconds_of(data, ROUNDS)
            a_page[path.parent.name if path.name.startswith("source.") else path.name] = whole / pages
    dearest = max(a_page, key=lambda name: a_page[name])
    median = statistics.median(a_page.values())
    return (
        f"| 有文字的年报 | {len(a_page)} 份 | 每页 {median:.3f} 秒 | {a_page[dearest]:.3f} 秒（{dearest}） |"
    )


def others_line(paths: list[Path]) -> str:
    """Return the line on files that are no report: seconds a file."""
    seconds = {path.name: seconds_of(path.read_bytes(), ROUNDS) for path in paths}
    dearest = max(seconds, key=lambda name: seconds[name])
    beyond = sum(each > AFFORDABLE for each in seconds.values())
    return (
        f"| 不是年报的 PDF | {len(seconds)} 份，{beyond} 份超过 {AFFORDABLE} 秒 "
        f"| 每份 {statistics.median(seconds.values()):.3f} 秒 | {seconds[dearest]:.2f} 秒（{dearest}） |"
    )


def scans_line() -> str:
    """Return the line on scans: pages a minute, and the dearest page of all."""
    pages, seconds, dearest = 0, 0.0, 0.0
    for seed in range(SCANS):
        draft, _ = report_of(seed)
        manner = draw_manner(DPI, seed)
        drawn = scanned_pages(draft, manner, seed)
        spent = seconds_of(as_pdf(drawn, manner))
        pages += len(drawn)
        seconds += spent
        dearest = max(dearest, spent / len(drawn))
    pace = 60 * pages / seconds
    return f"| 扫描件，{DPI} dpi | {pages} 页 | 每核每分钟 {pace:.0f} 页 | {dearest:.1f} 秒一页 |"


def pdf_pages(reports: list[Path]) -> Iterator[str]:
    """Yield the lines of a table: the kind, how many, the usual cost, the highest."""
    yield reports_line([path for path in reports if "scan" not in path.name + path.parent.name])
    if ICDAR.is_dir():
        yield others_line(sorted(ICDAR.glob("*.pdf")))
    if find_spec("rapidocr") and all(map(has_fonts, FACES)):
        yield scans_line()
