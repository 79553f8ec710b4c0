"""Collects the reports for the user's inputs: files, folders, archives, output of a batch."""

import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec
from msgspec import Struct, field
from msgspec.structs import replace

from extractor.batch import Harvest, Settings, run_batch
from extractor.batch.archive import kind_of
from extractor.batch.archive_zip import is_document
from extractor.batch.run import JOURNAL
from extractor.batch.storage import is_address
from extractor.cli.batch_progress import progress_watcher
from extractor.cli.output import file_name_of
from extractor.document import Source
from extractor.document_id import file_of, name_of_report
from extractor.errors import ExitCode, ExtractorError, MissingFile, Unreadable
from extractor.outcome import FAILURES, OK, DocumentPlace
from extractor.pipeline import parse, parse_all
from extractor.report import Report
from extractor.sources import source_from

MOST_READ_HERE = 8  # files; more are read by worker processes, with the limits of a batch
_SAVED = (".json", ".jsonl", ".ndjson")
_WILD = frozenset("*?[")
_DECODER = msgspec.json.Decoder(Report)


class Refused(Struct, frozen=True):
    """An input that could not be read as a report."""

    name: str
    message: str  # in Chinese, one sentence
    exit_code: ExitCode


class Gathered(Struct):
    """All reports, in the order in which they were found."""

    reports: list[Report] = field(default_factory=list)  # their source names are unique
    refused: list[Refused] = field(default_factory=list)
    repeated: int = 0  # number of files with the same bytes as another


def gather(names: Iterable[str], *, quiet: bool = False) -> Gathered:
    """Return the reports for the inputs.

    Args:
        names: Files, folders, glob patterns, archives, addresses; the output folder of a batch, or a JSON
            Lines file of reports; "-" is standard input.
        quiet: Whether to hide the progress.

    Raises:
        MissingFile: A folder contains nothing readable.
    """
    gathered = Gathered()
    to_read = []
    for name in dict.fromkeys(names):
        if name != "-" and (Path(name) / JOURNAL).is_dir():
            _add_harvest(gathered, Harvest(Path(name) / JOURNAL))
        elif Path(name).suffix.lower() in _SAVED and Path(name).is_file():
            gathered.reports.extend(_saved_reports(Path(name)))
        else:
            to_read.append(name)
    if len(to_read) > MOST_READ_HERE or any(map(holds_many, to_read)):
        _add_read_by_workers(gathered, to_read, quiet=quiet)
    else:
        _add_read_here(gathered, to_read)
    gathered.reports = _under_names_of_their_own(gathered.reports)
    return gathered


def read_input(name: str) -> Report:
    """Return the report of a file, or of standard input where the name is "-"; of several, the first."""
    return parse(_source_of(name))


def _source_of(name: str) -> Path | Source:
    """Return the path of a file, or what stands on standard input where the name is "-"."""
    return source_from(sys.stdin.buffer.read(), file_name_of(name)) if name == "-" else Path(name)


def holds_many(name: str) -> bool:
    """Return whether a name is that of a folder, an archive, an address or a pattern."""
    if name == "-":
        return False
    path = Path(name)
    if is_address(name) or path.is_dir() or (not path.exists() and bool(_WILD.intersection(name))):
        return True
    return path.is_file() and is_archive(path)


def is_archive(path: Path) -> bool:
    """Return whether a file is an archive, not a document in a ZIP package."""
    try:
        with path.open("rb") as stream:
            kind = kind_of(stream)
            return kind is not None and not (kind == "zip" and is_document(stream))
    except OSError:
        return False  # reading it will report what is wrong


def _add_read_here(gathered: Gathered, names: Sequence[str]) -> None:
    shared = Counter(file_name_of(name) for name in names)
    for name in names:
        try:
            reports = parse_all(_source_of(name))
        except ExtractorError as error:
            gathered.refused.append(Refused(name, str(error).removeprefix(f"{name}: "), error.exit_code))
            continue
        for report in reports:
            own = name if shared[file_name_of(name)] > 1 else report.source.name
            gathered.reports.append(_called(report, name_of_report(own, report.source.document)))


def _add_read_by_workers(gathered: Gathered, names: Sequence[str], *, quiet: bool) -> None:
    """Read files with batch workers, in a temporary folder."""
    files = [name for name in names if name != "-"]
    with tempfile.TemporaryDirectory(prefix="extractor-") as folder:
        with progress_watcher(quiet=quiet) as watch:
            batch = run_batch(files, Path(folder), Settings(), watch)
        if not batch.harvest.sightings:
            raise MissingFile(f"{'、'.join(files)}: 没有找到可读的文件；能读哪些见 extractor doctor")
        _add_harvest(gathered, batch.harvest)
    if "-" in names:
        _add_read_here(gathered, ["-"])


def _add_harvest(gathered: Gathered, harvest: Harvest) -> None:
    places: dict[str, list[DocumentPlace]] = {}
    for sighting in harvest.sightings:
        if sighting.document is None:
            gathered.refused.append(_refused(sighting.place, sighting.code, sighting.message))
        else:
            places.setdefault(sighting.document, []).append(sighting.place)
    gathered.repeated += sum(len(found) - 1 for found in places.values())
    found = []
    for outcome, data in harvest.reports():
        place = min(places[file_of(outcome.document)], key=str)
        if outcome.code == OK:
            own = name_of_report(str(place), outcome.document)
            found.append((str(place), _called(_DECODER.decode(data), own)))
        else:
            gathered.refused.append(_refused(place, outcome.code, outcome.message))
    gathered.reports.extend(report for _, report in sorted(found, key=lambda each: each[0]))
    gathered.refused.sort(key=lambda each: each.name)


def _refused(place: DocumentPlace, code: str, message: str) -> Refused:
    exit_code = ExitCode.__members__.get(code.upper().replace("-", "_"), ExitCode.UNREADABLE)
    if code == "vanished":
        exit_code = ExitCode.MISSING_FILE
    return Refused(str(place), message or FAILURES.get(code, code), exit_code)


def _saved_reports(path: Path) -> Iterator[Report]:
    """Yield the reports in a file written by parse or batch."""
    data = path.read_bytes()
    try:
        try:
            yield _DECODER.decode(data)  # one report, possibly on several lines
            return
        except msgspec.DecodeError:
            lines = [line for line in data.splitlines() if line.strip()]
        for line in lines:
            yield _DECODER.decode(line)
    except msgspec.DecodeError as error:
        raise Unreadable(f"{path}: 不是 parse 或 batch 写出的报告（{error}）") from error


def _under_names_of_their_own(reports: Sequence[Report]) -> list[Report]:
    """Return the reports named by file name, or by full path if file names are not unique."""
    short = Counter(_file_name(report) for report in reports)
    taken: Counter[str] = Counter()
    named = []
    for report in reports:
        name = _file_name(report) if short[_file_name(report)] == 1 else report.source.name
        taken[name] += 1
        named.append(_called(report, name if taken[name] == 1 else f"{name}#{taken[name]}"))
    return named


def _file_name(report: Report) -> str:
    return os.path.basename(report.source.name.replace("\\", "/").rstrip("/"))  # noqa: PTH119


def _called(report: Report, name: str) -> Report:
    return replace(report, source=replace(report.source, name=name))
