"""Shows the progress of a batch: a bar on a terminal, plain lines elsewhere, nothing if quiet."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from extractor.batch import Tally
from extractor.cli.terminal import say
from extractor.outcome import OK

_LINE_EVERY = 10.0  # seconds between lines, without a terminal
_DRAW_EVERY = 0.2

Watch = Callable[[Tally], None]


@contextmanager
def progress_watcher(*, quiet: bool) -> Iterator[Watch]:
    """Yield a function that shows the tally: on a terminal as a bar, else as lines."""
    if quiet:
        yield lambda tally: None
    elif sys.stderr.isatty():
        with _bar() as watch:
            yield watch
    else:
        yield _Lines()


class _Lines:
    """Writes a line every few seconds."""

    def __init__(self) -> None:
        self._started = time.monotonic()
        self._last = self._started

    def __call__(self, tally: Tally) -> None:
        now = time.monotonic()
        if now - self._last >= _LINE_EVERY:
            self._last = now
            rate = tally.read / (now - self._started)
            say(
                f"已读 {tally.read} 份（{rate:.1f} 份/秒，输入 {tally.files_opened}/{tally.files}）；"
                f"{counts_sentence(tally)}"
            )


@contextmanager
def _bar() -> Iterator[Watch]:
    """Draw a bar over the inputs with the rate, the time that remains and the counts of the verdicts."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        BarColumn(20), MofNCompleteColumn(), TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(compact=True), TextColumn("{task.fields[counts]}"),
    )  # fmt: skip
    with Progress(*columns, console=Console(file=sys.__stderr__), refresh_per_second=5) as progress:
        task = progress.add_task("batch", total=None, rate="", counts="")
        started = time.monotonic()
        last = 0.0

        def watch(tally: Tally) -> None:
            nonlocal last
            now = time.monotonic()
            if now - last < _DRAW_EVERY:
                return
            last = now
            done = min(tally.read + tally.known + tally.unopened, expected_documents(tally))
            rate = f"{tally.read / max(now - started, 0.001):.0f}/秒"
            progress.update(
                task,
                completed=done,
                total=expected_documents(tally),
                rate=rate,
                counts=short_counts(tally),
            )

        yield watch


def expected_documents(tally: Tally) -> int:
    """Estimate the number of documents: those found, plus the same average for the remaining files."""
    met = tally.found + tally.unopened
    to_come = tally.files - tally.files_opened
    a_file = met / tally.files_opened if tally.files_opened else 1.0
    return met + round(to_come * a_file)


# Short names of the verdicts, so that the bar fits into 80 columns.
_SHORT = {
    "verified": "无误",
    "inconsistent": "不平",
    "doubtful": "存疑",
    "partial": "不全",
    "not_a_report": "非年报",
}


def short_counts(tally: Tally) -> str:
    """Return the counts of verdicts and failures so far, abbreviated."""
    parts = [
        f"{name}{tally.verdicts[verdict]}" for verdict, name in _SHORT.items() if tally.verdicts[verdict]
    ]
    return " ".join([*parts, f"失败{_failures(tally)}"] if _failures(tally) else parts)


def counts_sentence(tally: Tally) -> str:
    """Return the counts of verdicts and failures so far."""
    failures = _failures(tally)
    parts = [
        f"{name} {tally.verdicts[verdict]}" for verdict, name in _SHORT.items() if tally.verdicts[verdict]
    ]
    return "，".join([*parts, f"失败 {failures}"] if failures else parts)


def _failures(tally: Tally) -> int:
    return sum(count for code, count in tally.codes.items() if code != OK)
