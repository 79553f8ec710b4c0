"""How far above the floor is the reader, and how far below what a user would write?

Run it (`make bench`) after a change to an adapter or a recognizer. Everything is measured
side by side in one process and one run, in turn, on the same bytes: the machine may be
noisy, the ratios are not. `--profile` names the dearest functions instead.
"""

import argparse
import cProfile
import gc
import io
import platform
import pstats
import resource
import statistics
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from extractor import parse  # noqa: E402
from extractor.document import Source  # noqa: E402
from extractor.formats import read_document  # noqa: E402
from extractor.pipeline import with_prose  # noqa: E402
from extractor.recognize.genre.topic import is_about_disclosure  # noqa: E402
from extractor.recognize.issuer import read_front_matter  # noqa: E402
from scripts.bench_batch import measure_in_one_run  # noqa: E402
from scripts.bench_pages import rates  # noqa: E402
from scripts.bench_pdfs import pdf_pages  # noqa: E402
from scripts.bench_rivals import floors, users  # noqa: E402
from scripts.bench_start import cold_start  # noqa: E402

CORPUS = ROOT.parent / "shared" / "corpus"
SUFFIXES = {"html": (".html",), "docx": (".docx",), "pdf": (".pdf",), "text": (".txt", ".md")}
BIG = {"html": 60_000, "docx": 0, "pdf": 0, "text": 0}  # bytes: a usual page of an agency is no smaller


def inputs(kind: str) -> list[Path]:
    """Return the fixtures of one format, and the real reports where they are at hand."""
    found = sorted((ROOT / "fixtures" / "cases").glob("*/source.*"))
    if CORPUS.is_dir():
        found.extend(sorted(CORPUS.iterdir()))
    return [path for path in found if path.suffix in SUFFIXES[kind]]


def in_turn(tasks: dict[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Run the tasks in turn, again and again; return the median seconds of the processor for each.

    Not those of the clock: beside other work they would tell how busy the machine was.

    Each is run twice and the second time is taken: the first one after another task pays for the
    memory that its neighbour gave back and for the garbage that it left, which nobody pays who reads
    report after report.
    """
    seconds: dict[str, list[float]] = {name: [] for name in tasks}
    for task in tasks.values():
        task()
    gc.collect()
    gc.freeze()  # what is loaded by now is no garbage: the collections between the tasks are short
    for _ in range(rounds):
        for name, task in tasks.items():
            gc.collect()
            task()
            started = time.process_time()
            task()
            seconds[name].append(time.process_time() - started)
    return {name: statistics.median(each) for name, each in seconds.items()}


def whole(source: Source) -> bytes:
    """Read a report from bytes to JSON: sections, tables, checks and locators."""
    return parse(source, prose=False).to_json()


def prose_of(source: Source) -> Callable[[], object]:
    """Return the work of reading the sentences, on a report already read."""
    report = parse(source, prose=False)
    return lambda: with_prose(report)


def front_matter_of(source: Source) -> Callable[[], object]:
    """Return the work of telling who reports, on a document already read."""
    document = read_document(source)

    def work() -> object:
        front = read_front_matter(source, document)
        return is_about_disclosure(document, front.title)

    return work


def compare(kind: str, path: Path, rounds: int) -> Iterator[str]:
    """Yield the lines of one file: ours, the floor, what a user would write."""
    source = Source(path.name, path.read_bytes())
    tasks: dict[str, Callable[[], object]] = {"ours": lambda: whole(source), "front": front_matter_of(source)}
    tasks["prose"] = prose_of(source)
    tasks |= {name: lambda run=run: run(source.data) for name, run in {**floors(kind), **users(kind)}.items()}
    medians = in_turn(tasks, rounds)
    core = medians["ours"] - medians["front"]
    name = path.parent.name if path.name.startswith("source.") else path.name
    for other, seconds in medians.items():
        if other not in ("ours", "front", "prose"):
            ratio = core / seconds if other in floors(kind) else seconds / core
            relation = f"{ratio:.1f} × 下限" if other in floors(kind) else f"快 {ratio:.1f} 倍"
            extra = f"{medians['front'] * 1000:.2f} | {medians['prose'] * 1000:.2f}"
            own = f"{kind} | {name} | {len(source.data) // 1024} KB | {core * 1000:.2f} | {extra}"
            yield f"| {own} | {other} | {seconds * 1000:.2f} | {relation} |"


def growth(kind: str) -> str:
    """Return how the cost of a document ten times as long compares."""
    from scripts.bench_rivals import lengthened

    one, ten = lengthened(kind, 1), lengthened(kind, 10)
    medians = in_turn(
        {"one": lambda: whole(Source("one", one)), "ten": lambda: whole(Source("ten", ten))},
        5,
    )
    sizes = f"{len(one) // 1024} KB → {len(ten) // 1024} KB"
    return f"| {kind} | {sizes} | {medians['ten'] / medians['one']:.1f} × |"


def texts_a_second() -> Iterator[str]:
    """Yield how many reports a second the text reader takes, structured and glued apart.

    The front matter is measured apart, as everywhere here: the last number leaves it out.
    """
    groups: dict[str, list[Source]] = {"text": [], "text, glued": []}
    for path in inputs("text"):
        source = Source(path.name, path.read_bytes())
        report = parse(source)
        glued = any(cell.state in ("decoded", "undecided") for cell in report.cells.values())
        groups["text, glued" if glued else "text"].append(source)
    for name, sources in groups.items():
        if sources:
            fronts = [front_matter_of(source) for source in sources]
            medians = in_turn(
                {
                    "all": lambda given=sources: [whole(source) for source in given],
                    "front": lambda works=fronts: [work() for work in works],
                },
                9,
            )
            rates = (len(sources) / medians["all"], len(sources) / (medians["all"] - medians["front"]))
            yield f"| {name} | {len(sources)} | {rates[0]:.0f} | {rates[1]:.0f} |"


def profile(paths: list[Path]) -> None:
    """Print the ten dearest functions over these files."""
    profiler = cProfile.Profile()
    for path in paths:
        source = Source(path.name, path.read_bytes())
        whole(source)
        profiler.enable()
        whole(source)
        profiler.disable()
    text = io.StringIO()
    pstats.Stats(profiler, stream=text).sort_stats("tottime").print_stats(10)
    print(text.getvalue())


def main() -> None:
    """Measure what is asked for and print it as tables for docs/speed.md."""
    warnings.filterwarnings("ignore", module="bs4")  # what the rivals are told about the encoding
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--only", choices=sorted(SUFFIXES))
    parser.add_argument("--files", type=int, default=3, help="files a format, the largest first")
    parser.add_argument("--reports", type=int, default=400, help="of the batch; 0: no batch")
    parser.add_argument("--profile", action="store_true")
    options = parser.parse_args()
    kinds = [options.only] if options.only else list(SUFFIXES)
    if options.profile:
        profile([path for kind in kinds for path in inputs(kind)])
        return
    print(f"{date.today()} · Python {platform.python_version()} · {platform.machine()}\n")
    print("| 格式 | 文件 | 大小 | 本程序 ms | 机关与年度 ms | 正文数字 ms | 对照 | 对照 ms | 比 |")
    print("| --- | --- | ---: | ---: | ---: | ---: | --- | ---: | ---: |")
    for kind in kinds:
        for path in sorted(inputs(kind), key=lambda path: -path.stat().st_size)[: options.files]:
            print(*compare(kind, path, options.rounds), sep="\n")
    print("\n| 格式 | 长度 | 十倍长的代价 |\n| --- | --- | ---: |")
    print(*(growth(kind) for kind in kinds), sep="\n")
    if "text" in kinds:
        print("\n| 文本 | 份数 | 份/秒 | 不计机关与年度 |\n| --- | ---: | ---: | ---: |")
        print(*texts_a_second(), sep="\n")
    if "html" in kinds:
        print("\n| 不是年报的网页 | 平均 | lexbor 页/秒 | 本程序 页/秒 | 时间比 | trafilatura 页/秒 |")
        print("| ---: | ---: | ---: | ---: | ---: | ---: |")
        print(rates(100, in_turn))
    if "pdf" in kinds:
        print("\n| PDF | 多少 | 通常 | 最贵 |\n| --- | ---: | ---: | ---: |")
        print(*pdf_pages(inputs("pdf")), sep="\n")
    print("\n| 冷启动 | CPU 秒，中位数 | 最小 | 对 `import typer` |\n| --- | ---: | ---: | ---: |")
    print(*cold_start(), sep="\n")
    print(
        f"本进程内存峰值 {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB（含对照的各个库）\n"
    )
    if options.reports and not options.only:
        measure_in_one_run(options.reports)


if __name__ == "__main__":
    main()
