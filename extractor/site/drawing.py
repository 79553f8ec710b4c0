"""Draws the pages of reports: in this process if there are few, in several if there are many."""

import multiprocessing
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from extractor.forms import folders_in_use, use_forms
from extractor.report import Report, Section
from extractor.site.holdings import HeldReport, Holdings
from extractor.site.originals import FOLDER, write_review
from extractor.site.pages import Pages
from extractor.site.printed import tables_of_page
from extractor.site.search_index import SearchIndex

_CHUNK = 8 << 20  # bytes of JSON that are drawn at a time
_FEW = 3 * _CHUNK  # bytes; with less, starting processes takes longer than drawing
_DECODER = msgspec.json.Decoder(Report)


class ReportTask(Struct, frozen=True):
    """The data needed to draw the pages of all reports."""

    lines: Path  # reports.jsonl
    site: Path
    shared: Mapping[str, Any]
    known: Mapping[str, HeldReport]
    bodies: Mapping[str, tuple[str, str]]  # document → name and page of its body
    forms: tuple[str, ...]
    originals: Mapping[str, Path]  # document → its file, for the review pages


def draw_reports(
    lines: Path,
    site: Path,
    pages: Pages,
    held: Holdings,
    workers: int,
    originals: Mapping[str, Path] | None = None,
) -> SearchIndex:
    """Write the page and the JSON of every report; return the index of their texts.

    Args:
        lines: reports.jsonl of the batch.
        site: The folder of the site.
        pages: Writes into it.
        held: The contents of the batch; reports that are not in it are ignored.
        workers: Most processes.
        originals: The files of the documents; if given, reports get review pages.
    """
    (site / "api" / "v1" / "report").mkdir(parents=True)
    (site / "report").mkdir()
    if originals is not None:
        (site / FOLDER).mkdir()
    bodies = {report.document: (body.name, body.page) for body in held.bodies for report in body.reports}
    known = {report.document: report for report in held.reports}
    task = ReportTask(lines, site, pages.shared, known, bodies, folders_in_use(), originals or {})
    index = SearchIndex()
    for part in _drawn(task, workers):
        index.join(part)
    return index


def _drawn(task: ReportTask, workers: int) -> Iterator[SearchIndex]:
    """Yield the index of each part, in the order of the file."""
    chunks = list(_chunks(task.lines))
    if workers < 2 or task.lines.stat().st_size < _FEW:
        pages = Pages(task.site, task.shared)
        yield from (_draw_chunk(task, pages, chunk) for chunk in chunks)
        return
    # Not forked: DuckDB's threads are running in this process.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, context, _prepare, (task,)) as pool:
        yield from pool.map(_draw_prepared, chunks)


def _chunks(path: Path) -> Iterator[tuple[int, int]]:
    """Yield the offset and length of ranges of whole lines."""
    with path.open("rb") as file:
        first = 0
        while file.seek(first + _CHUNK) and file.readline():
            yield first, file.tell() - first
            first = file.tell()
        rest = file.seek(0, 2) - first
        if rest > 0:
            yield first, rest


@cache
def _prepared() -> list[tuple[ReportTask, Pages]]:
    """Return the list that contains the task of this process."""
    return []


def _prepare(task: ReportTask) -> None:
    use_forms(*task.forms)
    _prepared().append((task, Pages(task.site, task.shared)))


def _draw_prepared(chunk: tuple[int, int]) -> SearchIndex:
    return _draw_chunk(*_prepared()[0], chunk)


def _draw_chunk(task: ReportTask, pages: Pages, chunk: tuple[int, int]) -> SearchIndex:
    first, length = chunk
    with task.lines.open("rb") as file:
        file.seek(first)
        lines = file.read(length).splitlines()
    index = SearchIndex()
    for data in lines:
        report = _DECODER.decode(data) if data else None
        about = task.known.get(report.source.document) if report else None
        if report and about:
            (task.site / "api" / "v1" / "report" / f"{about.document}.json").write_bytes(data)
            body = task.bodies.get(about.document)
            tables = tables_of_page(report)
            review = write_review(task.site, report, task.originals)
            told = {"report": report, "about": about, "body": body, "tables": tables, "review": review}
            pages.write(about.page, "report.html", **told)
            _add_to_index(index, about, report)
    return index


def _add_to_index(index: SearchIndex, about: HeldReport, report: Report) -> None:
    title = about.title or about.name
    below = " ".join(str(part) for part in (about.agency, about.year) if part)
    index.add(about.page, title, below, chain([title, below], _texts(report.sections)))


def _texts(sections: Iterable[Section]) -> Iterator[str]:
    for section in sections:
        yield section.heading
        yield section.text
        yield from _texts(section.sections)
