"""Measure the crawler: memory over 5,000 pages, twenty kills, the delay a server sees. Loopback only.

    python scripts/bench_crawl.py [--pages 5000] [--kills 20]

Needs the extra [crawl]. It takes some minutes.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests" / "crawl"))

from sites.pages import article, column, robots, rows, title_of  # noqa: E402
from sites.server import Reply, Site  # noqa: E402

ROWS = 40  # reports in one list page
Records = list[tuple[str, str]]


def large_site(pages: int) -> Site:
    """Return a site of this many reports in lists of ROWS, its pages built when asked for."""
    lists = -(-pages // ROWS)

    def answer(path: str, _: dict[str, str], __: bytes) -> Reply:
        name = path.rsplit("/", 1)[1].removesuffix(".html")
        if path.startswith("/nb/index"):
            number = int(name.partition("_")[2] or 0)
            first = number * ROWS
            links = [(f"/nb/t{n}.html", _title(n)) for n in range(first, min(first + ROWS, pages))]
            script = f'<script>createPageHTML({lists}, {number}, "index", "html");</script>'
            return column("政府信息公开年报", rows(*links), script)
        if name.startswith("t") and name[1:].isdigit():
            number = int(name[1:])
            return article(f"云岭县第{number}局", 2008 + number % 17, more="<p>说明</p>" * 400)
        return Reply(b"<h1>404</h1>", 404)

    routes = {"/robots.txt": robots(), "/": column("首页", '<a href="/nb/index.html">政府信息公开年报</a>')}
    return Site(routes, otherwise=answer)


def _title(number: int) -> str:
    return title_of(f"云岭县第{number}局", 2008 + number % 17)


def start(site: Site, archive: Path, delay: float = 0) -> subprocess.Popen[bytes]:
    """Begin a crawl in a process of its own."""
    told = [sys.executable, "-m", "extractor", "crawl", site.home, "-o", str(archive)]
    told += ["--allow-private", "--delay", str(delay)]
    return subprocess.Popen(told, env=os.environ | {"PYTHONPATH": str(ROOT)}, stderr=subprocess.DEVNULL)


def memory_of(process: subprocess.Popen[bytes]) -> float:
    """Return the resident memory of a process in MiB; 0 where it has ended."""
    try:
        status = Path(f"/proc/{process.pid}/status").read_text()
    except OSError:
        return 0
    lines = [line for line in status.splitlines() if line.startswith("VmRSS")]
    return int(lines[0].split()[1]) / 1024 if lines else 0


def records_of(archive: Path) -> Records:
    """Return address and payload digest of every response in an archive."""
    from warcio.archiveiterator import ArchiveIterator

    found: Records = []
    for path in [*archive.glob("*.warc.gz"), *archive.glob(".crawl/*.warc.gz")]:
        with path.open("rb") as file:
            for record in ArchiveIterator(file):
                if record.rec_type == "response":
                    told = record.rec_headers.get_header
                    found.append((told("WARC-Target-URI"), told("WARC-Payload-Digest")))
    return sorted(found)


def measure_memory(folder: Path, pages: int) -> None:
    """Crawl a large site and print the memory at each tenth of it."""
    with large_site(pages) as site:
        began = time.monotonic()
        process = start(site, folder / "large")
        marks: list[str] = []
        while process.poll() is None:
            if len(site.log) >= (len(marks) + 1) * pages / 10:
                marks.append(f"{memory_of(process):.0f}")
            time.sleep(0.05)
        seconds = time.monotonic() - began
        asked = Counter(each.path for each in site.log)
    records = records_of(folder / "large")
    print(f"memory: {' '.join(marks)} MiB at each tenth of {pages} reports")
    print(f"        {len(records)} responses kept in {seconds:.0f} s, exit code {process.returncode}")
    print(f"        an address was asked for {max(asked.values())} time(s) at most")


def measure_kills(folder: Path, kills: int) -> None:
    """Kill a crawl again and again and compare its archive with that of an undisturbed one."""
    pages = kills * 25
    with large_site(pages) as site:
        start(site, folder / "whole").wait()
        asked_before = len(site.log)
        killed = 0
        for _ in range(kills):
            process = start(site, folder / "cut")
            until = len(site.log) + random.randint(10, 20)
            while len(site.log) < until and process.poll() is None:
                time.sleep(0.001)
            time.sleep(random.random() / 50)
            killed += process.poll() is None
            process.kill()
            process.wait()
        start(site, folder / "cut").wait()
        asked = Counter(each.path for each in site.log[asked_before:])
    whole, cut = records_of(folder / "whole"), records_of(folder / "cut")
    print(f"kills:  {killed} of {kills} at work, archive equal to an undisturbed one: {cut == whole}")
    print(f"        {len(cut)} responses, undisturbed {len(whole)}")
    print(f"        {sum(asked.values()) - len(asked)} requests made twice (what a kill took from the wire)")


def measure_delay(folder: Path, delay: float = 0.5) -> None:
    """Crawl with a delay and print what the server's own clock says."""
    with large_site(60) as site:
        start(site, folder / "slow", delay).wait()
        log = sorted(site.log, key=lambda each: each.began)
    gaps = [later.began - earlier.began for earlier, later in pairwise(log)]
    open_at_once = sum(later.began < earlier.ended for earlier, later in pairwise(log))
    print(f"delay:  {delay} s told, {min(gaps):.3f} s the shortest of {len(gaps)} gaps")
    print(f"        {open_at_once} requests overlapped")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pages", type=int, default=5000, help="reports of the large site")
    parser.add_argument("--kills", type=int, default=20)
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        measure_delay(Path(name))
        measure_kills(Path(name), told.kills)
        measure_memory(Path(name), told.pages)


if __name__ == "__main__":
    main()
