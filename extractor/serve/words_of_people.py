"""Corrections and decisions that people enter in the browser; each is appended to a file."""

from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Literal
from unicodedata import normalize

from msgspec import Struct
from starlette.requests import Request
from starlette.responses import Response

from extractor.corrections import CellCorrection, add_correction, with_corrections
from extractor.errors import MissingFile, Misused
from extractor.report import Number
from extractor.serve.answers import as_json, json_body
from extractor.serve.contents import contents_of
from extractor.serve.decisions import Choice, Decision, add_decision, load_decisions
from extractor.serve.house import House, house_of
from extractor.serve.job_folder import JobFolder
from extractor.serve.jobs import Job

_LONGEST = 200  # characters of a name or reason
_LONGEST_NUMBER = 30  # characters


class SaidOfCell(Struct, frozen=True):
    """A correction of one cell, as the browser sends it."""

    document: str
    cell: str
    value: str | int | float | None = None  # as text it keeps every digit
    who: str = ""
    why: str = ""
    of: Literal["reading", "publisher"] = "reading"
    seen: str = ""
    withdrawn: bool = False


class SaidOfCause(Struct, frozen=True):
    """A decision about one finding, as the browser sends it."""

    document: str
    cause: str
    choice: Choice
    who: str = ""
    note: str = ""


def number_of(typed: str | int | float | None) -> Number | None:
    """Return the number that a person typed; None for a blank cell.

    Raises:
        Misused: It is not a number.

    >>> number_of("１,２００"), number_of("3.50"), number_of(" ")
    (1200, Decimal('3.50'), None)
    """
    if typed is None or isinstance(typed, int):
        return typed
    plain = normalize("NFKC", str(typed)).replace(",", "").strip()
    if not plain:
        return None
    try:
        number = Decimal(plain)
    except InvalidOperation as error:
        raise Misused("不是数字") from error
    if not number.is_finite() or len(plain) > _LONGEST_NUMBER or "e" in plain.lower():
        raise Misused("不是数字")
    return int(number) if "." not in plain else number


async def correct(request: Request) -> Response:
    """Store a correction; respond with the equations that fail because of it."""
    house, said = house_of(request), await json_body(request, SaidOfCell)
    jobs = _jobs_with(house, said.document)
    correction = CellCorrection(
        document=said.document,
        cell=said.cell,
        value=number_of(said.value),
        who=said.who.strip()[:_LONGEST] or house.settings.who,
        when=_now(),
        why=said.why.strip()[:_LONGEST],
        of=said.of,
        seen=said.seen[:_LONGEST],
        withdrawn=said.withdrawn,
    )
    warnings = await house.bench.do(warnings_about, jobs[0].folder, correction)
    add_correction(house.data.corrections, correction)
    for job in jobs:
        house.jobs.read_later(job, new_files=False)
    return as_json({"saved": correction, "warnings": warnings}, 201)


def warnings_about(folder: JobFolder, correction: CellCorrection) -> list[str]:
    """Return what fails after a correction and held before.

    Raises:
        MissingFile: The job has no such document, or the document no such cell.
    """
    held = contents_of(folder, {correction.document})
    report = next((each.report for each in held if each.document == correction.document), None)
    if report is None or correction.cell not in report.cells:
        raise MissingFile("没有这份报告，或没有这一格")
    if correction.withdrawn:
        return []
    after = with_corrections(report, {correction.document: {correction.cell: correction}})
    new = after.notices[len(report.notices) :]
    return [notice.message for notice in new if notice.code == "correction-breaks-sum"]


async def decide(request: Request) -> Response:
    """Store a decision about a cause."""
    house, said = house_of(request), await json_body(request, SaidOfCause)
    jobs = _jobs_with(house, said.document)
    decision = Decision(
        document=said.document,
        cause=said.cause[:_LONGEST],
        choice=said.choice,
        who=said.who.strip()[:_LONGEST] or house.settings.who,
        when=_now(),
        note=said.note.strip()[:_LONGEST],
    )
    add_decision(house.data.decisions, decision)
    for job in jobs:
        house.jobs.read_later(job, new_files=False)
    return as_json({"saved": decision}, 201)


async def all_corrections(request: Request) -> Response:
    """Respond with the file of corrections, for use with parse, batch, check and panel."""
    data = house_of(request).data
    text = data.corrections.read_bytes() if data.corrections.is_file() else b""
    headers = {"content-disposition": 'attachment; filename="corrections.jsonl"'}
    return Response(text, media_type="application/x-ndjson", headers=headers)


async def all_decisions(request: Request) -> Response:
    """Respond with the last decision about each cause."""
    known = load_decisions(house_of(request).data.decisions)
    return as_json([each for own in known.values() for each in own.values() if each.choice != "open"])


def _jobs_with(house: House, document: str) -> list[Job]:
    """Return the jobs that contain a document. Raise MissingFile if there is none."""
    jobs = [job for job in house.jobs.all() if any(row.document == document for row in job.rows)]
    if not jobs:
        raise MissingFile("没有这份报告")
    return jobs


def _now() -> str:
    return datetime.now(UTC).astimezone().isoformat(timespec="seconds")
