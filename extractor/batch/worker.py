"""Runs inside a worker process: reads one document, returns its outcome and its packed report."""

import gc
import hashlib
import signal
import time
import zlib
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct, structs

from extractor.batch.own_limits import end_within, limit_own_memory
from extractor.batch.page_limit import pages_of
from extractor.batch.settings import Limits
from extractor.document import Source
from extractor.errors import ExtractorError, OutOfMemory
from extractor.forms import use_forms
from extractor.outcome import OK, DocumentPlace, Outcome
from extractor.pipeline import parse_all

# If the run is killed, its workers end after this time at the latest, even if they hang.
_GRACE = 30  # seconds

# Modules and definitions are never freed, and a document of usual size makes fewer objects than this: most
# are read without looking for garbage.
_MADE_BETWEEN_COLLECTIONS = 20_000


class ReadTask(Struct, frozen=True):
    """One document to read. Small: the bytes stay on disk and do not go through the pipe."""

    document: str  # sha256 of the bytes, hexadecimal
    place: DocumentPlace
    path: str  # path of the file with the bytes
    size: int


def prepare(limits: Limits, forms: Sequence[str] = ()) -> None:
    """Set up a new worker process: its memory limit, a way to end it at once, the editions to know."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # also ends a loop in C code
    limit_own_memory(limits.memory)
    use_forms(*forms)
    gc.freeze()
    gc.set_threshold(_MADE_BETWEEN_COLLECTIONS)


def read_task(task: ReadTask, limits: Limits) -> tuple[Outcome, bytes]:
    """Read one document from disk.

    Returns:
        The outcome, and the reports as zlib-packed lines of JSON, b"" where there is none.
    """
    end_within(limits.seconds + _GRACE)  # even if the parent process is gone
    try:
        data = Path(task.path).read_bytes()
    except OSError as error:
        return _failure_of(task, "vanished", f"打不开（{error.strerror or error}）"), b""
    if hashlib.sha256(data).hexdigest() != task.document:
        return _failure_of(task, "changed", "读的时候文件变了"), b""
    started = time.perf_counter()
    outcome, report = read_bytes(task.document, task.place, data, limits)
    end_within(0)
    return _with_time(outcome, time.perf_counter() - started), zlib.compress(report, 1) if report else b""


def read_bytes(document: str, place: DocumentPlace, data: bytes, limits: Limits) -> tuple[Outcome, bytes]:
    """Read one document's bytes in this process, without a limit on its time or memory.

    Returns:
        The outcome, and the report as JSON, b"" where there is none; several are a line each.

    Raises:
        MemoryError: The process has not enough memory.
    """
    if (pages := pages_of(data)) > limits.pages:
        return _outcome(
            document, place, data, "too-many-pages", f"{pages} 页，超过上限 {limits.pages} 页"
        ), b""
    source = Source(place.name, data, place.url, place.retrieved_at, place.member)
    try:
        reports = parse_all(source)
    except OutOfMemory as error:
        raise MemoryError from error  # the process is replaced to free its memory
    except ExtractorError as error:
        code = error.exit_code.name.lower().replace("_", "-")
        return _outcome(document, place, data, code, _without_name(str(error), place.name)), b""
    first, *others = (report.verdict for report in reports)
    outcome = Outcome(document, OK, place, len(data), first, further=tuple(others))
    return outcome, b"\n".join(report.to_json() for report in reports)


def _outcome(document: str, place: DocumentPlace, data: bytes, code: str, message: str) -> Outcome:
    return Outcome(document, code, place, len(data), message=message)


def _failure_of(task: ReadTask, code: str, message: str) -> Outcome:
    return Outcome(task.document, code, task.place, task.size, message=message)


def _without_name(message: str, name: str) -> str:
    return message.removeprefix(f"{name}: ")[:400]


def _with_time(outcome: Outcome, seconds: float) -> Outcome:
    return structs.replace(outcome, seconds=round(seconds, 4))
