"""The journal of a run: what has been read and where its report lies. Appended to, never rewritten.

    OUT/.journal/reader.json     version of the code and limits when the journal began
                 journal-N.jsonl one line a document read and a place seen, of the Nth run
                 reports-N.bin   the reports of the Nth run, packed, one behind the other
                 lock            held while a run is at work

A commit first flushes the reports to disk, then the lines that refer to them. What a killed run
leaves after its last commit (an incomplete line, bytes that no line refers to) is ignored.
"""

import hashlib
import os
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator
from os import write as write_some  # may write fewer bytes than given
from pathlib import Path
from typing import IO

import msgspec
from msgspec import Struct

from extractor.document_id import file_of
from extractor.errors import Unreadable
from extractor.outcome import OK, Outcome, Sighting


class JournalLine(Struct, frozen=True, omit_defaults=True):
    """One line of the journal: a document that was read, or a place where one was found."""

    read: Outcome | None = None
    seen: Sighting | None = None
    file: str | None = None  # file with the packed report
    offset: int = 0
    length: int = 0


class EarlierRuns(Struct):
    """What a run needs to know about earlier runs; a few bytes per document."""

    done: set[bytes]  # keys of documents that are not read again
    seen: set[bytes]  # keys of places that are recorded already


_AS_BYTES = getattr(os, "O_BINARY", 0)  # otherwise Windows writes \r\n for each \n
_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(JournalLine)


def document_key(document: str) -> bytes:
    """Return the first 128 bits of the SHA-256: enough to rule out accidental collisions."""
    return bytes.fromhex(document[:32])


class Journal:
    """The journal of one output folder, open for appending."""

    def __init__(self, folder: Path, send: Callable[[Path], None] | None = None) -> None:
        """Begin the files of this run beside those of earlier ones.

        Args:
            folder: The folder of the journal.
            send: Copies a finished file to remote storage. If given, every commit finishes its files and
                begins new ones.
        """
        self._folder = folder
        self._send = send
        self._lines: list[bytes] = []
        self.waiting = 0  # documents that would be lost if the process were killed
        self._begin()

    def _begin(self) -> None:
        folder = self._folder
        number = 1 + max((_number(path) for path in folder.glob("journal-*.jsonl")), default=0)
        self._lines_file = _Appended(folder / f"journal-{number:05}.jsonl")
        self._reports_file = _Appended(folder / f"reports-{number:05}.bin")

    def record(self, outcome: Outcome, packed: bytes) -> None:
        """Record a document that was read, not durable before commit(). Raise OSError as commit() does."""
        line = JournalLine(read=outcome)
        if packed:
            offset = self._reports_file.append(packed)
            line = JournalLine(outcome, None, self._reports_file.path.name, offset, len(packed))
        self._lines.append(_ENCODER.encode(line) + b"\n")
        self.waiting += 1

    def sight(self, sighting: Sighting) -> None:
        """Record a place where a document was found, not durable before commit()."""
        self._lines.append(_ENCODER.encode(JournalLine(seen=sighting)) + b"\n")

    def commit(self) -> None:
        """Flush everything recorded so far to disk: after this neither a kill nor a power cut loses it.

        Raises:
            OSError: The disk is full or gone. What was committed before is whole.
        """
        self._reports_file.make_durable()
        if self._lines:
            self._lines_file.append(b"".join(self._lines))
            self._lines_file.make_durable()
        self._lines.clear()
        self.waiting = 0
        if self._send:
            self.close()
            for file in (self._reports_file, self._lines_file):
                if file.path.exists():
                    self._send(file.path)
            self._begin()

    def close(self) -> None:
        """Close the files without committing; empty ones are removed."""
        for file in (self._reports_file, self._lines_file):
            file.close()


class _Appended:
    """A file that grows by whole pieces: if a piece cannot be written, the file is cut back."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._size = 0
        self._descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _AS_BYTES, 0o666)

    def append(self, data: bytes) -> int:
        """Write a piece and return where it begins."""
        start = self._size
        view = memoryview(data)
        try:
            while view:
                written = write_some(self._descriptor, view)
                self._size += written
                view = view[written:]
        finally:
            if view:
                self._take_back(start)
        return start

    def _take_back(self, start: int) -> None:
        os.ftruncate(self._descriptor, start)
        os.lseek(self._descriptor, start, os.SEEK_SET)
        self._size = start

    def make_durable(self) -> None:
        os.fsync(self._descriptor)

    def close(self) -> None:
        os.close(self._descriptor)
        if self._size == 0:
            self.path.unlink(missing_ok=True)


def _number(path: Path) -> int:
    return int(path.stem.rpartition("-")[2])


def read_lines(folder: Path) -> Iterator[JournalLine]:
    """Yield the lines of all runs in order; an incomplete last line is ignored."""
    for path in sorted(folder.glob("journal-*.jsonl")):
        with path.open("rb") as file:
            for line in file:
                if line.endswith(b"\n"):
                    yield _line_from_json(line, path)


def _line_from_json(line: bytes, path: Path) -> JournalLine:
    try:
        return _DECODER.decode(line)
    except msgspec.DecodeError as error:
        raise Unreadable(f"{path}: 日志损坏（{error}）；用 --force 从头再读") from error


def read_ledger(folder: Path, retried: Collection[str]) -> EarlierRuns:
    """Return which documents and places earlier runs have already dealt with.

    Args:
        folder: The folder of the journal.
        retried: Codes of failures after which a document is to be read again.
    """
    ledger = EarlierRuns(set(), set())
    for line in read_lines(folder):
        if line.read is not None:
            key = document_key(line.read.document)
            if line.read.code not in retried:
                ledger.done.add(key)
            else:
                ledger.done.discard(key)
        elif line.seen is not None:
            ledger.seen.add(sighting_key(line.seen))
    return ledger


def sighting_key(sighting: Sighting) -> bytes:
    """Return a short key of a place and what was found there."""
    return hashlib.blake2b(_ENCODER.encode(sighting), digest_size=12).digest()


class Harvest:
    """The results of all runs over one output folder, sorted by document."""

    def __init__(self, folder: Path) -> None:
        """Read the journal. The last entry for a document or a place counts."""
        self._folder = folder
        read: dict[str, JournalLine] = {}
        seen: dict[tuple[str, str | None], Sighting] = {}
        for line in read_lines(folder):
            if line.read is not None:
                read[line.read.document] = line
            elif line.seen is not None:
                seen[line.seen.place.path, line.seen.place.member] = line.seen
        self.sightings = sorted(seen.values(), key=_by_document_and_place)
        wanted = {sighting.document for sighting in self.sightings}
        self._read = [read[document] for document in sorted(read) if document in wanted]

    @property
    def outcomes(self) -> Iterator[Outcome]:
        """Yield the outcome of each report, and of each document without one, sorted by document."""
        for line in self._read:
            assert line.read is not None
            yield from line.read.of_reports()

    def reports(self, only: Collection[str] | None = None) -> Iterator[tuple[Outcome, bytes]]:
        """Yield each outcome with its report as JSON (b"" if there is none), sorted by document.

        Of a document with several reports each comes with an outcome of its own.

        Args:
            only: The ids of the reports and documents that are wanted; None for all.
        """
        files: dict[str, IO[bytes]] = {}
        wanted = None if only is None else {file_of(document) for document in only}
        try:
            for line in self._read:
                assert line.read is not None
                if wanted is None or line.read.document in wanted:
                    reports = self._reports(line, files)
                    for outcome, report in zip(line.read.of_reports(), reports, strict=True):
                        if only is None or outcome.document in only:
                            yield outcome, report
        finally:
            for file in files.values():
                file.close()

    def _reports(self, line: JournalLine, files: dict[str, IO[bytes]]) -> list[bytes]:
        if line.file is None:
            return [b""]
        path = self._folder / line.file
        try:
            if line.file not in files:
                files[line.file] = path.open("rb")
            file = files[line.file]
            file.seek(line.offset)
            return zlib.decompress(file.read(line.length)).split(b"\n")
        except (FileNotFoundError, zlib.error) as error:
            raise Unreadable(f"{path}: 存着的报告不见了或损坏了（{error}）；用 --force 从头再读") from error


def _by_document_and_place(sighting: Sighting) -> tuple[str, str, str]:
    return sighting.document or "", sighting.place.path, sighting.place.member or ""


def without_report(outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
    """Yield the outcomes without a report."""
    return (outcome for outcome in outcomes if outcome.code != OK)
