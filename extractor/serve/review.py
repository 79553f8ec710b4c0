"""The review page of a document of a job. Made in a worker process, as it opens an untrusted file."""

from collections.abc import Sequence

import msgspec

from extractor.batch import Limits
from extractor.batch.again import bytes_again
from extractor.document import Locator, Source
from extractor.errors import MissingFile
from extractor.report import Report
from extractor.review import (
    Desk,
    QueuedCell,
    draw_source,
    page_of_drawn,
    pictures_of,
    policy_of,
    queue_of,
    queue_page,
)
from extractor.review.drawn import Drawn
from extractor.review.queue_page import MOST_CELLS
from extractor.rules import Finding, examine
from extractor.rules.doubtful import values_over_years
from extractor.serve.contents import ReadDocument, contents_of, corrections_of
from extractor.serve.decisions import load_decisions
from extractor.serve.job_folder import JobFolder
from extractor.words import Language

_MOST_KEPT = 64 << 20  # bytes of a rendered source; larger ones are rendered again each time


class _KeptDrawing(msgspec.Struct, frozen=True, array_like=True):
    html: str
    keys: list[tuple[Locator, tuple[str, ...]]]


def review_of(
    folder: JobFolder,
    document: str,
    beside: Sequence[str],
    across: Sequence[Finding],
    links: Sequence[tuple[str, str]],
    limits: Limits,
    language: Language = "zh",
) -> tuple[bytes, str]:
    """Return the review page of a document, and its Content-Security-Policy.

    Args:
        folder: The folder of the job.
        document: Its SHA-256.
        beside: Documents of the same agency, whose values are shown over the years.
        across: Findings that involve this report and others.
        links: Key of a word and address, to the list and the reports beside this one.
        limits: Limits for opening the source.
        language: Language of the page.

    Raises:
        MissingFile: There is no such document in this job, or no report of it.
        ExtractorError: The source cannot be drawn.
    """
    held = {each.document: each for each in contents_of(folder, {document, *beside})}
    each = held.get(document)
    if each is None or each.report is None:
        raise MissingFile("这一批里没有这份报告")
    report = each.report
    decisions = load_decisions(folder.data.decisions).get(document, {})
    desk = Desk(
        language,
        save_to="/v1/corrections",
        decide_at="/v1/decisions",
        corrections=corrections_of(folder.data).get(document, {}),
        choices={cause: decision.choice for cause, decision in decisions.items()},
        years=values_over_years(one.report for one in held.values() if one.report is not None),
        links=links,
    )
    drawn = _drawing(folder, each, report, limits)
    findings = [*examine(report), *across]
    return page_of_drawn(drawn, report, findings, desk), f"{policy_of(desk)}; frame-ancestors 'none'"


def queue_of_job(folder: JobFolder, limits: Limits, language: Language = "zh") -> bytes:
    """Return the page of the doubtful cells of a job, each a link to where it is corrected."""
    held = {each.document: each for each in contents_of(folder) if each.report is not None}
    reports = {document: each.report for document, each in held.items() if document and each.report}
    queued = queue_of(reports.values())[:MOST_CELLS]

    def source_of(document: str) -> Source:
        each = held[document]
        return Source(each.name, bytes_again(document, each.place, limits))

    def address_of(each: QueuedCell) -> str:
        return f"/jobs/{folder.id}/documents/{each.document}#{each.doubt.cell}"

    pictures = pictures_of(queued, reports, source_of)
    return queue_page(queued, pictures, language, address_of, f"/jobs/{folder.id}")


def _drawing(folder: JobFolder, each: ReadDocument, report: Report, limits: Limits) -> Drawn:
    """Return the rendered source; cached, as corrections do not change it."""
    assert each.document is not None
    kept = folder.root / "drawn" / f"{each.document}.msgpack"
    if kept.is_file():
        known = msgspec.msgpack.decode(kept.read_bytes(), type=_KeptDrawing)
        return Drawn(known.html, dict(known.keys))
    data = bytes_again(each.document, each.place, limits)
    drawn = draw_source(Source(each.name, data), report)
    packed = msgspec.msgpack.encode(_KeptDrawing(drawn.html, list(drawn.keys.items())))
    if len(packed) <= _MOST_KEPT:
        kept.parent.mkdir(exist_ok=True)
        draft = kept.with_suffix(".draft")
        draft.write_bytes(packed)
        draft.replace(kept)
    return drawn
