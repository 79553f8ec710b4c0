"""One run: find documents, read and record them. It can be stopped at any moment and continued."""

import hashlib
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
from filelock import FileLock
from filelock import Timeout as LockedAlready
from msgspec import Struct, field

from extractor import __version__
from extractor.batch.found import Finding, Found, Skipped
from extractor.batch.journal import EarlierRuns, Harvest, Journal, document_key, read_ledger, sighting_key
from extractor.batch.pool import Engine, Workers
from extractor.batch.settings import Limits, Settings, fingerprint
from extractor.batch.storage import Mirror
from extractor.batch.unpack import documents_at, documents_in
from extractor.batch.walk import count_files, walk
from extractor.batch.worker import ReadTask
from extractor.disk import put_in_place, writing_to
from extractor.errors import Misused, Unreadable
from extractor.outcome import FAILURES, LIMITED, Outcome, Sighting

JOURNAL = ".journal"
_READER = "reader.json"


class Tally(Struct):
    """What a run has done so far: counts."""

    files: int  # number of inputs; an archive counts once
    files_opened: int = 0
    found: int = 0  # number of documents, including duplicates
    known: int = 0  # those of them read by an earlier run, or found again
    read: int = 0  # number read by this run, including failures
    skipped: int = 0  # records of web archives that are not documents
    unopened: int = 0  # places without readable bytes: vanished, too large, damaged
    verdicts: Counter[str] = field(default_factory=Counter)  # of this run
    codes: Counter[str] = field(default_factory=Counter)  # of this run


Watch = Callable[[Tally], None]


class Batch(Struct, frozen=True):
    """A finished run."""

    tally: Tally
    harvest: Harvest


def run_batch(
    inputs: list[str],
    out: Path,
    settings: Settings | None = None,
    watch: Watch = lambda tally: None,
    engine: Callable[[Settings], Engine] = Workers,
    mirror: Mirror | None = None,
    log: Callable[[Outcome | Sighting], None] = lambda happened: None,
) -> Batch:
    """Read every document of the inputs that earlier runs over the same folder have not read.

    Args:
        inputs: Files, folders, glob patterns, archives.
        out: The output folder, which contains the journal.
        settings: Workers, limits and what to read again.
        watch: Called after each document with the running tally.
        engine: What reads the documents: the workers of this machine, or of others.
        mirror: The remote storage of the output folder, if any.
        log: Called with each document read and each place that could not be opened.

    Raises:
        Misused: The folder was begun by another version, or another run is using it.
        DiskFull: The disk is full; committed work is kept, and the same call continues.
        CannotWrite: The folder cannot be written to.
        MissingDependency: An archive or a storage needs a package that is not installed.
        MissingFile: A storage with inputs cannot be reached.
    """
    settings = settings or Settings()
    folder = out / JOURNAL
    with writing_to(out):
        folder.mkdir(parents=True, exist_ok=True)
    with _alone_in(folder, out):
        with writing_to(out):
            changed = _begin_or_go_on(folder, settings)
            if mirror:
                mirror.send(folder / _READER)
        ledger = read_ledger(folder, _codes_to_retry(settings, changed))
        with writing_to(out), tempfile.TemporaryDirectory(dir=folder, prefix="spool-") as spool:
            run = _RunState(inputs, out, settings, ledger, watch, Path(spool), mirror, log)
            run.carry_out(engine(settings))
        return Batch(run.tally, Harvest(folder))


class _RunState:
    """The state of one run: small, whatever the number of documents."""

    def __init__(
        self,
        inputs: list[str],
        out: Path,
        settings: Settings,
        ledger: EarlierRuns,
        watch: Watch,
        spool: Path,
        mirror: Mirror | None,
        log: Callable[[Outcome | Sighting], None],
    ) -> None:
        self._inputs = inputs
        self._log = log
        self._without = mirror.address if mirror else out
        self._settings = settings
        self._ledger = ledger
        self._watch = watch
        self._spool = spool
        self._in_spool: set[str] = set()  # documents from archives in the spool that are not read yet
        self._journal = Journal(out / JOURNAL, mirror.send if mirror else None)
        self._committed = time.monotonic()
        self.tally = Tally(count_files(inputs, without=self._without))

    def carry_out(self, workers: Engine) -> None:
        try:
            for outcome, packed in workers.read(self._tasks()):
                self._note(outcome, packed)
        finally:
            workers.close()
            self._finish()

    def _finish(self) -> None:
        try:
            self._journal.commit()
        finally:
            self._journal.close()

    def _tasks(self) -> Iterator[ReadTask]:
        for path in walk(self._inputs, without=self._without):
            self.tally.files_opened += 1
            for finding in self._findings(path):
                if isinstance(finding, Found):
                    yield from self._task(finding)
                elif isinstance(finding, Skipped):
                    self.tally.skipped += 1
                else:
                    self._sight(finding)
                    self._log(finding)
                    self.tally.unopened += 1
                    self.tally.codes[finding.code] += 1
                    self._watch(self.tally)

    def _findings(self, path: Path | str) -> Iterator[Finding]:
        limits = self._settings.limits
        if isinstance(path, str):
            return documents_at(path, limits, self._spool)
        return documents_in(path, limits, self._spool)

    def _task(self, found: Found) -> Iterator[ReadTask]:
        """Yield the task for a found document, unless the same bytes were read before."""
        document = hashlib.sha256(found.data).hexdigest()
        self.tally.found += 1
        self._sight(Sighting(found.place, document, size=len(found.data)))
        key = document_key(document)
        if key in self._ledger.done:
            self.tally.known += 1
            self._watch(self.tally)
            return
        self._ledger.done.add(key)
        yield ReadTask(
            document, found.place, str(found.path or self._write_to_spool(found, document)), len(found.data)
        )

    def _sight(self, sighting: Sighting) -> None:
        key = sighting_key(sighting)
        if key not in self._ledger.seen:
            self._ledger.seen.add(key)
            self._journal.sight(sighting)

    def _note(self, outcome: Outcome, packed: bytes) -> None:
        self._journal.record(outcome, packed)
        self._log(outcome)
        self._count(outcome)
        if outcome.document in self._in_spool:
            self._in_spool.remove(outcome.document)
            (self._spool / outcome.document).unlink()
        now = time.monotonic()
        settings = self._settings
        if (
            self._journal.waiting >= settings.commit_documents
            or now - self._committed > settings.commit_seconds
        ):
            self._journal.commit()
            self._committed = now
        self._watch(self.tally)

    def _write_to_spool(self, found: Found, document: str) -> Path:
        path = self._spool / document
        path.write_bytes(found.data)
        self._in_spool.add(document)
        return path

    def _count(self, outcome: Outcome) -> None:
        tally = self.tally
        tally.read += 1
        tally.codes[outcome.code] += 1
        tally.verdicts.update(each.verdict for each in outcome.of_reports() if each.verdict)


class _JournalStart(Struct, frozen=True):
    """The version of the code and the limits with which a journal was begun."""

    version: str
    reader: str  # fingerprint of the code
    limits: Limits


def _begin_or_go_on(folder: Path, settings: Settings) -> bool:
    """Start a journal, or check that the same code started it. Return whether its limits have changed."""
    for spool in folder.glob("spool-*"):
        shutil.rmtree(spool)  # left behind when a run was killed
    now = _JournalStart(__version__, fingerprint(), settings.limits)
    file = folder / _READER
    if settings.force or not file.exists():
        for path in (*folder.glob("journal-*.jsonl"), *folder.glob("reports-*.bin")):
            path.unlink()
        _write_reader(file, now)
        return False
    try:
        before = msgspec.json.decode(file.read_bytes(), type=_JournalStart)
    except msgspec.DecodeError as error:
        raise Unreadable(f"{file}: 日志损坏（{error}）；用 --force 从头再读") from error
    if before.reader != now.reader:
        raise Misused(
            f"{folder.parent}: 是另一个版本读的（当时 {before.version}/{before.reader}，"
            f"现在 {now.version}/{now.reader}）；加 --force 全部重读，或换一个输出文件夹"
        )
    if before.limits != now.limits:
        _write_reader(file, now)
    return before.limits != now.limits


def _write_reader(file: Path, reader: _JournalStart) -> None:
    draft = file.with_suffix(".tmp")
    draft.write_bytes(msgspec.json.encode(reader))
    put_in_place(draft, file)


def _codes_to_retry(settings: Settings, limits_changed: bool) -> Collection[str]:
    if settings.retry_failed:
        return FAILURES
    return LIMITED if limits_changed else ()


@contextmanager
def _alone_in(folder: Path, out: Path) -> Iterator[None]:
    """Lock the folder against a second run. The lock also ends if the process is killed."""
    lock = FileLock(folder / "lock")
    with writing_to(out):
        try:
            lock.acquire(timeout=0)
        except LockedAlready as error:
            raise Misused(f"{out}: 另一个 batch 正在写这个文件夹") from error
    try:
        yield
    finally:
        lock.release()
