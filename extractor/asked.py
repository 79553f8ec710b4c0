"""Functions for the Python prompt: read many files, and check reports against the rules."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from msgspec import Struct

from extractor.errors import ExtractorError, ProgramFault
from extractor.pipeline import parse
from extractor.report import Report
from extractor.rules import Finding, Rule, examine, examine_family, examine_years, failing, load_own_rules


class Parsed(Struct, frozen=True):
    """The result for one file: its report, or the error that explains why there is none."""

    path: str
    report: Report | None = None
    error: ExtractorError | None = None


def parse_many(
    paths: Iterable[str | Path],
    *,
    workers: int | None = None,
    progress: Callable[[int], None] | None = None,
) -> Iterator[Parsed]:
    """Read many files in the order given. An error is a value, not an exception.

    For archives, limits on time and memory, and runs that can be stopped, use `extractor batch`.

    Args:
        paths: The files; an iterator is read no further than needed.
        workers: Number of processes; None means one per core, 1 reads in this process.
        progress: Called after each file with the number of files done.

    >>> [outcome.error.exit_code.name for outcome in parse_many(["no-such-file.html"], workers=1)]
    ['MISSING_FILE']
    """
    names = (str(path) for path in paths)
    count = workers if workers is not None else os.cpu_count() or 1
    outcomes = map(parse_one, names) if count <= 1 else _in_processes(names, count)
    for done, outcome in enumerate(outcomes, start=1):
        if progress is not None:
            progress(done)
        yield outcome


def parse_one(path: str) -> Parsed:
    """Read one file; errors are returned as part of the result."""
    try:
        return Parsed(path, parse(Path(path)))
    except ExtractorError as error:
        return Parsed(path, error=error)


def _in_processes(names: Iterator[str], count: int) -> Iterator[Parsed]:
    """Yield the results in order, reading a few files ahead of the next one to be yielded."""
    with ProcessPoolExecutor(count) as pool:
        ahead: deque[tuple[str, Future[Parsed]]] = deque()
        for name in names:
            ahead.append((name, pool.submit(parse_one, name)))
            if len(ahead) >= 4 * count:
                yield _outcome_of(*ahead.popleft())
        while ahead:
            yield _outcome_of(*ahead.popleft())


def _outcome_of(name: str, future: "Future[Parsed]") -> Parsed:
    try:
        return future.result()
    except BrokenProcessPool:
        return Parsed(name, error=ProgramFault(f"{name}: 读它的进程崩溃了"))


def check(
    *reports: Report,
    parent: Report | None = None,
    rules: str | Path | Sequence[Rule] = (),
    only_failing: bool = True,
) -> list[Finding]:
    """Return the findings of the rules, most severe first, as `extractor check` does.

    Args:
        reports: One report, or several: the years of an agency check each other.
        parent: A report that should equal the sum of the others.
        rules: Your own rules: a YAML file, or the result of load_own_rules().
        only_failing: Whether to leave out findings that hold or could not be tested.
    """
    own = load_own_rules(Path(rules)) if isinstance(rules, str | Path) else rules
    findings = [finding for report in reports for finding in examine(report, own)]
    findings += examine_years(reports, own)
    if parent is not None:
        findings += [*examine(parent, own), *examine_family(parent, reports)]
    return failing(findings) if only_failing else findings
