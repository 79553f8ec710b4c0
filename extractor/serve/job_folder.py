"""One job on disk: uploads and results, all within its own folder.

DATA/jobs/ID/about.json   what it is called, when it began
uploads/     the files, as they came
results/     what a batch writes: the journal of reading
corrections.jsonl    what people corrected, by document: it outlives the jobs
decisions.jsonl      what people decided about findings
"""

import os
import secrets
import shutil
from collections.abc import Iterator
from datetime import datetime
from itertools import count
from pathlib import Path, PurePosixPath
from threading import Lock
from typing import IO

import msgspec
from msgspec import Struct

from extractor.batch.run import JOURNAL
from extractor.errors import MissingFile
from extractor.patterns import kept_pattern
from extractor.serve.names import numbered

_ID = kept_pattern(r"[0-9]{8}-[0-9]{6}-[0-9a-f]{8}")
_PIECE = 1 << 20  # bytes copied at a time
_PLACING = Lock()  # prevents two uploads of the same name from being written to one path


class AboutJob(Struct, frozen=True):
    """Facts about a job before anything is read."""

    name: str
    created: str  # ISO 8601


class DataFolder(Struct, frozen=True):
    """The folder with all data of the server."""

    root: Path

    @property
    def corrections(self) -> Path:
        """The file of corrections."""
        return self.root / "corrections.jsonl"

    @property
    def decisions(self) -> Path:
        """The file of decisions."""
        return self.root / "decisions.jsonl"

    def jobs(self) -> Iterator["JobFolder"]:
        """Yield the folder of every job, oldest first."""
        if (self.root / "jobs").is_dir():
            for path in sorted((self.root / "jobs").iterdir()):
                if _ID.fullmatch(path.name) and (path / "about.json").is_file():
                    yield JobFolder(self, path.name)

    def job(self, job: str) -> "JobFolder":
        """Return the folder of a job. Raise MissingFile if there is none with this id."""
        if not _ID.fullmatch(job) or not (self.root / "jobs" / job / "about.json").is_file():
            raise MissingFile("没有这一批")
        return JobFolder(self, job)

    def new_job(self, name: str) -> "JobFolder":
        """Create the folder of a new job. Its id contains the time and cannot be guessed."""
        now = datetime.now().astimezone()
        job = JobFolder(self, f"{now:%Y%m%d-%H%M%S}-{secrets.token_hex(4)}")
        job.uploads.mkdir(parents=True)
        about = AboutJob(name or f"{now:%Y-%m-%d %H:%M}", now.isoformat(timespec="seconds"))
        (job.root / "about.json").write_bytes(msgspec.json.encode(about))
        return job


class JobFolder(Struct, frozen=True):
    """The files of one job on disk: uploads, results of reading, and the paths to them."""

    data: DataFolder
    id: str

    @property
    def root(self) -> Path:
        """The folder itself."""
        return self.data.root / "jobs" / self.id

    @property
    def uploads(self) -> Path:
        """The uploaded files."""
        return self.root / "uploads"

    @property
    def results(self) -> Path:
        """The output folder of its batch."""
        return self.root / "results"

    @property
    def journal(self) -> Path:
        """The journal of reading."""
        return self.results / JOURNAL

    def about(self) -> AboutJob:
        """Return the job's name and creation time."""
        return msgspec.json.decode((self.root / "about.json").read_bytes(), type=AboutJob)

    def keep(self, path: PurePosixPath, stream: IO[bytes]) -> Path:
        """Write an upload to its path; if a file of this name exists, under a numbered name.

        A file is moved into place only when complete, as the job may be being read.

        Raises:
            OSError: The disk is full, or cannot be written to.
        """
        incoming = self.root / "incoming"
        incoming.mkdir(exist_ok=True)
        draft = incoming / secrets.token_hex(8)
        try:
            with draft.open("xb") as file:
                shutil.copyfileobj(stream, file, _PIECE)
            with _PLACING:
                target = self._free_place(path)
                target.parent.mkdir(parents=True, exist_ok=True)
                draft.rename(target)
        finally:
            draft.unlink(missing_ok=True)
        return target

    def _free_place(self, path: PurePosixPath) -> Path:
        places = (self.uploads / numbered(path, number) for number in count(1))
        target = next(place for place in places if not place.exists())
        if not target.resolve().is_relative_to(self.uploads.resolve()):
            raise MissingFile(f"{path}: 不在这一批里")
        return target

    def remove(self) -> None:
        """Delete everything belonging to this job."""
        shutil.rmtree(self.root, ignore_errors=True)

    def name_of(self, place: str) -> str:
        """Return the name of a file for people: the path that was uploaded."""
        prefix = f"{self.uploads}{os.sep}"
        return place.removeprefix(prefix).replace(os.sep, "/")
