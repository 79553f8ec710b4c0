"""The jobs, their progress, and the queue in which they are read, first come, first served."""

import asyncio
from collections.abc import Iterable, Iterator
from typing import Literal

from msgspec import Struct, field

from extractor.batch import Engine, Settings, Tally, Workers, run_batch
from extractor.batch.worker import ReadTask
from extractor.errors import ExtractorError, MissingFile, Misused, Unreadable
from extractor.outcome import FAILURES, OK, Outcome, Sighting
from extractor.rules import Finding
from extractor.serve.bench import Bench
from extractor.serve.job_folder import DataFolder, JobFolder
from extractor.serve.overview import DocumentRow, in_both, overview_of, standing_in_words
from extractor.words import word

State = Literal["waiting", "reading", "examining", "done", "failed"]


class JobStatus(Struct, frozen=True):
    """The progress of a job."""

    id: str
    name: str
    created: str
    state: State
    version: int  # increases with every change
    files: int  # number of uploads; an archive counts once
    found: int  # number of documents
    read: int
    trouble: str
    rows: tuple[DocumentRow, ...] = ()


class Job(Struct):
    """A job while the server runs."""

    folder: JobFolder
    state: State = "waiting"
    version: int = 0
    tally: Tally | None = None
    trouble: str = ""
    # rows of documents that were just read and are not examined yet
    fresh: list[DocumentRow] = field(default_factory=list)
    rows: tuple[DocumentRow, ...] = ()
    across: dict[str, tuple[Finding, ...]] = field(default_factory=dict)
    is_removed: bool = False
    is_in_line: bool = False
    has_new_files: bool = True

    def status(self, *, with_rows: bool = True) -> JobStatus:
        """Return the progress of the job, optionally with the rows of its list."""
        about, tally = self.folder.about(), self.tally
        known = {row.document for row in self.rows}
        fresh = [row for row in self.fresh if row.document is None or row.document not in known]
        return JobStatus(
            id=self.folder.id,
            name=about.name,
            created=about.created,
            state=self.state,
            version=self.version,
            files=tally.files if tally else 0,
            found=tally.found + tally.unopened if tally else 0,
            read=tally.read + tally.known + tally.unopened if tally else 0,
            trouble=self.trouble,
            rows=(*fresh, *self.rows) if with_rows else (),
        )

    def row(self, document: str) -> DocumentRow:
        """Return the row of a document. Raise MissingFile if it is not in this job."""
        for row in self.rows:
            if row.document == document:
                return row
        raise MissingFile("这一批里没有这份报告")

    def note(self, happened: Outcome | Sighting) -> None:
        """Record a document that was read; called by the reading thread."""
        self.fresh.append(_fresh_row(self.folder, happened))
        self.version += 1


def _fresh_row(folder: JobFolder, happened: Outcome | Sighting) -> DocumentRow:
    standing: Literal["reading", "unread"] = "reading" if happened.code == OK else "unread"
    says = happened.message or FAILURES.get(happened.code, "")
    name = folder.name_of(str(happened.place)).rpartition("/")[2]
    row = DocumentRow(
        happened.document,
        name,
        standing,
        standing_in_words(standing),
        happened.code,
        says,
        brief=says,
        brief_says=in_both(says),
    )
    if isinstance(happened, Sighting) or happened.verdict is None:
        return row
    both = word("verdict", happened.verdict), word("verdict", happened.verdict, "en")
    return DocumentRow(happened.document, name, standing, row.standing_says, verdict_says=both)


class _RemovedMeanwhile(Exception):
    """The job being read was deleted."""


class _LentWorkers:
    """The server's workers as the engine of one run: they are kept afterwards, unless it was aborted."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._workers = Workers(settings)
        self._is_whole = True
        self._is_ended = False

    def read(self, tasks: Iterable[ReadTask]) -> Iterator[tuple[Outcome, bytes]]:
        self._is_whole = False
        yield from self._workers.read(tasks)
        self._is_whole = True

    def close(self) -> None:
        if not self._is_whole:  # unfinished work belongs to no run
            self._workers.close()
            self._workers = Workers(self._settings)
            self._is_whole = True
        if self._is_ended:
            self._workers.close()

    def end(self) -> None:
        self._is_ended = True
        if self._is_whole:
            self._workers.close()


class Jobs:
    """All jobs of a data folder."""

    def __init__(self, data: DataFolder, settings: Settings, bench: Bench) -> None:
        """Load the jobs in the folder; run() starts reading them."""
        self._data = data
        self._settings = settings
        self._bench = bench
        self._line: asyncio.Queue[Job] = asyncio.Queue()
        self._jobs = {folder.id: Job(folder) for folder in data.jobs()}
        self._workers = _LentWorkers(settings)
        self._is_ending = False

    def all(self) -> list[Job]:
        """Return the jobs, newest first."""
        return list(reversed(self._jobs.values()))

    def job(self, job: str) -> Job:
        """Return a job. Raise MissingFile if there is none with this id."""
        if job not in self._jobs:
            raise MissingFile("没有这一批")
        return self._jobs[job]

    def new(self, name: str) -> Job:
        """Create a job without files."""
        job = Job(self._data.new_job(name))
        self._jobs[job.folder.id] = job
        return job

    def read_later(self, job: Job, *, new_files: bool = True) -> None:
        """Queue a job for reading: it has new files, corrections or decisions."""
        job.has_new_files = job.has_new_files or new_files
        if not job.is_in_line:
            job.is_in_line = True
            self._line.put_nowait(job)

    def remove(self, job: Job) -> None:
        """Delete a job and its files; if it is being read, that is ended first."""
        job.is_removed = True
        self._jobs.pop(job.folder.id, None)
        if job.state != "reading":
            job.folder.remove()

    async def run(self) -> None:
        """Read job after job until cancelled."""
        for job in self._jobs.values():
            self.read_later(job)
        try:
            while True:
                job = await self._line.get()
                job.is_in_line = False
                await self._read(job)
        finally:
            self._is_ending = True
            self._workers.end()

    async def _read(self, job: Job) -> None:
        if job.is_removed:
            return
        job.fresh, job.trouble = [], ""
        try:
            if job.has_new_files:
                job.has_new_files = False
                self._set(job, "reading")
                await asyncio.to_thread(self._run_batch, job)
            self._set(job, "examining")
            overview = await self._bench.do(overview_of, job.folder)
            job.rows, job.across, job.fresh = overview.rows, overview.across, []
            self._set(job, "done")
        except _RemovedMeanwhile:
            job.state = "done"
        except (ExtractorError, OSError) as error:
            job.trouble = str(error)
            self._set(job, "failed")
        if job.is_removed:
            job.folder.remove()

    def _set(self, job: Job, state: State) -> None:
        job.state = state
        job.version += 1

    def _run_batch(self, job: Job) -> None:
        try:
            self._run_batch_with(job, self._settings)
        # it was read by another version of the program, or its journal is damaged
        except (Misused, Unreadable):
            settings = self._settings
            self._run_batch_with(job, Settings(settings.workers, settings.limits, force=True))

    def _run_batch_with(self, job: Job, settings: Settings) -> None:
        def watch(tally: Tally) -> None:
            job.tally = tally
            if job.is_removed or self._is_ending:
                raise _RemovedMeanwhile

        def lend(_: Settings) -> Engine:
            return self._workers

        folder = job.folder
        batch = run_batch([str(folder.uploads)], folder.results, settings, watch, lend, log=job.note)
        job.tally = batch.tally
