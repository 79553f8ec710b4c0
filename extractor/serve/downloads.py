"""The files that can be downloaded from a job. Made in a worker process, in the job's folder."""

import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from extractor.analysis import concept_rows, load
from extractor.batch import Harvest
from extractor.catalog import OtherSources
from extractor.corrections import corrected_outcome
from extractor.errors import MissingFile
from extractor.export import write_batch
from extractor.outcome import FAILURES, OK, DocumentPlace, Outcome
from extractor.panel import PanelOptions, build_panel, coverage_rows, doubt_rows, write_panel
from extractor.rules.standing import Examined, examine_together
from extractor.rules.workbook import workbook_of, workbooks_by_agency
from extractor.serve.contents import contents_of, corrections_of
from extractor.serve.decisions import left_to_tell, load_decisions
from extractor.serve.job_folder import JobFolder
from extractor.words import Language


class Download(Struct, frozen=True):
    """A kind of download: its name, media type, and the function that makes it."""

    name: str
    media: str
    write: Callable[[JobFolder, Path, Language], None]

    @property
    def suffix(self) -> str:
        """The suffix of its file name."""
        return Path(self.name).suffix


def _to_tell(folder: JobFolder) -> tuple[list[Examined], list[tuple[str, str]]]:
    """Return the reports with findings to send back, and the files that could not be read."""
    held = list(contents_of(folder))
    decisions = load_decisions(folder.data.decisions)
    examined = examine_together([each.report for each in held if each.report is not None])
    refused = [
        (each.name, each.message or FAILURES.get(each.code, each.code)) for each in held if each.code != OK
    ]
    return [left_to_tell(each, decisions) for each in examined], refused


def _sheet(folder: JobFolder, target: Path, language: Language) -> None:
    target.write_bytes(workbook_of(*_to_tell(folder), language))


def _workbooks(folder: JobFolder, target: Path, language: Language) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in workbooks_by_agency(*_to_tell(folder), language):
            archive.writestr(name, data)


def _reports(folder: JobFolder, target: Path, language: Language) -> None:
    with target.open("wb") as file:
        for each in contents_of(folder):
            if each.report is not None:
                file.write(each.report.to_json() + b"\n")


def _tables(folder: JobFolder, out: Path) -> list[Path]:
    harvest = Harvest(folder.journal)
    corrections = corrections_of(folder.data)

    def reports() -> Iterator[tuple[Outcome, bytes]]:
        for outcome, data in harvest.reports():
            told, corrected = corrected_outcome(outcome, data, corrections)
            yield replace(told, place=_as_uploaded(folder, told.place)), corrected

    sightings = [replace(each, place=_as_uploaded(folder, each.place)) for each in harvest.sightings]
    return write_batch(reports, sightings, out, ["jsonl", "parquet"], OtherSources(), concept_rows())


def _as_uploaded(folder: JobFolder, place: DocumentPlace) -> DocumentPlace:
    return replace(place, path=folder.name_of(place.path))


def _parquet(folder: JobFolder, target: Path, language: Language) -> None:
    with tempfile.TemporaryDirectory(dir=folder.root) as scratch:
        files = _tables(folder, Path(scratch))
        with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:  # Parquet is compressed already
            for path in files:
                archive.write(path, path.name)


def _panel(folder: JobFolder, target: Path, language: Language) -> None:
    with tempfile.TemporaryDirectory(dir=folder.root) as scratch:
        _tables(folder, Path(scratch))
        with load(scratch) as tables:
            built = build_panel(tables, PanelOptions())
            coverage, doubts = coverage_rows(tables), doubt_rows(tables)
        out = Path(scratch) / f"panel{target.suffix}"
        write_panel(built, coverage, doubts, out)
        out.replace(target)


_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOWNLOADS = {
    "sheet": Download("退回表.xlsx", _XLSX, _sheet),
    "workbooks": Download("退回表-各机关.zip", "application/zip", _workbooks),
    "jsonl": Download("reports.jsonl", "application/x-ndjson", _reports),
    "parquet": Download("tables.zip", "application/zip", _parquet),
    "panel": Download("面板.xlsx", _XLSX, _panel),
    "panel-csv": Download("面板.csv", "text/csv", _panel),
}


def write_download(folder: JobFolder, kind: str, target: Path, language: Language = "zh") -> None:
    """Write one of DOWNLOADS to a file; files for programs are the same in every language.

    Raises:
        MissingFile: There is no such download, or nothing has been read yet.
        ExtractorError: It cannot be made from the job's results.
    """
    known = DOWNLOADS.get(kind)
    if known is None:
        raise MissingFile(f"没有 {kind} 这种下载；有 {'、'.join(DOWNLOADS)}")
    if not folder.journal.is_dir():
        raise MissingFile("还没有读出什么")
    known.write(folder, target, language)
