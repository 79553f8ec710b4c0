"""The REST interface: read one document or many, get progress and results."""

import asyncio
import hashlib
import tempfile
import zlib
from pathlib import Path
from typing import Any
from urllib.parse import quote

from starlette.background import BackgroundTask
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from extractor.batch.worker import ReadTask, read_task
from extractor.errors import MissingFile, Misused
from extractor.outcome import OK, DocumentPlace
from extractor.report import Report, json_schema
from extractor.serve.answers import as_json, refusal_of_reading, spooled_body
from extractor.serve.contents import contents_of
from extractor.serve.downloads import DOWNLOADS, write_download
from extractor.serve.house import house_of, language_of
from extractor.serve.job_folder import JobFolder
from extractor.serve.jobs import Job
from extractor.serve.names import path_of_upload
from extractor.serve.openapi import openapi_document

_MOST_FILES = 400  # files in one request; each open one needs a file handle


async def parse(request: Request) -> Response:
    """Read one document and respond with its report; nothing is stored."""
    house = house_of(request)
    limits = house.settings.limits
    with tempfile.TemporaryDirectory(dir=house.data.root, prefix="parse-") as folder:
        path, told = await spooled_body(request, Path(folder), limits.size)
        size = path.stat().st_size
        if size > limits.size:
            raise HTTPException(413, f"一份最多 {limits.size >> 20} MiB")
        with path.open("rb") as file:
            document = hashlib.file_digest(file, "sha256").hexdigest()
        name = path_of_upload(told)
        place = DocumentPlace(name.name if name else "upload", url=request.query_params.get("url"))
        task = ReadTask(document, place, str(path), size)
        outcome, packed = await house.bench.do(read_task, task, limits)
    if outcome.code != OK:
        return refusal_of_reading(outcome.code, outcome.message)
    return Response(zlib.decompress(packed), media_type="application/json")


async def new_batch(request: Request) -> Response:
    """Create a job with the files of a form; it is queued for reading."""
    house = house_of(request)
    async with request.form(max_files=_MOST_FILES, max_fields=20) as form:
        uploads = _uploads_in(form)
        name = form.get("name")
        job = house.jobs.new(name[:100] if isinstance(name, str) else "")
        skipped = await _keep(job, uploads)
    house.jobs.read_later(job)
    answer = as_json({"id": job.folder.id, "skipped": skipped, "status": f"/v1/jobs/{job.folder.id}"}, 202)
    answer.headers["location"] = f"/v1/jobs/{job.folder.id}"
    return answer


async def more_files(request: Request) -> Response:
    """Add files to a job."""
    house = house_of(request)
    job = house.jobs.job(request.path_params["job"])
    async with request.form(max_files=_MOST_FILES, max_fields=20) as form:
        skipped = await _keep(job, _uploads_in(form))
    house.jobs.read_later(job)
    return as_json({"id": job.folder.id, "skipped": skipped}, 202)


def _uploads_in(form: Any) -> list[UploadFile]:
    uploads = [part for _, part in form.multi_items() if isinstance(part, UploadFile)]
    if not uploads:
        raise Misused("表单里没有文件：用 multipart/form-data，一份一个 files")
    return uploads


async def _keep(job: Job, uploads: list[UploadFile]) -> list[str]:
    """Write uploads to the folder of a job; return the names of those that cannot be reports."""
    skipped = []
    for upload in uploads:
        path = path_of_upload(upload.filename or "")
        if path is None:
            skipped.append(upload.filename or "")
        else:
            await asyncio.to_thread(job.folder.keep, path, upload.file)
    return skipped


async def all_jobs(request: Request) -> Response:
    """Respond with all jobs, without their documents."""
    return as_json([job.status(with_rows=False) for job in house_of(request).jobs.all()])


async def one_job(request: Request) -> Response:
    """Respond with the progress and results of a job; 204 if unchanged since the given version."""
    job = house_of(request).jobs.job(request.path_params["job"])
    if request.query_params.get("since") == str(job.version):
        return Response(status_code=204)
    return as_json(job.status())


async def remove_job(request: Request) -> Response:
    """Delete a job, its uploads and its results."""
    jobs = house_of(request).jobs
    jobs.remove(jobs.job(request.path_params["job"]))
    return Response(status_code=204)


async def one_report(request: Request) -> Response:
    """Respond with the corrected report of a document of a job."""
    house = house_of(request)
    job = house.jobs.job(request.path_params["job"])
    report = await house.bench.do(report_in, job.folder, request.path_params["document"])
    return Response(report, media_type="application/json")


def report_in(folder: JobFolder, document: str) -> bytes:
    """Return a report of a job as JSON. Raise MissingFile if there is none."""
    for each in contents_of(folder, {document}):
        if each.document == document and isinstance(each.report, Report):
            return each.report.to_json()
    raise MissingFile("这一批里没有这份报告")


async def download(request: Request) -> Response:
    """Respond with a file made from a whole job."""
    house = house_of(request)
    job = house.jobs.job(request.path_params["job"])
    kind = DOWNLOADS.get(request.path_params["kind"])
    if kind is None:
        raise MissingFile(f"没有这种下载；有 {'、'.join(DOWNLOADS)}")
    scratch = tempfile.TemporaryDirectory(dir=job.folder.root, prefix="download-")
    target = Path(scratch.name) / f"file{kind.suffix}"
    try:
        await house.slow_bench.do(
            write_download, job.folder, request.path_params["kind"], target, language_of(request)
        )
    finally:
        if not target.exists():
            scratch.cleanup()
    plain = f"{request.path_params['kind']}{kind.suffix}"
    headers = {
        "content-disposition": f"attachment; filename=\"{plain}\"; filename*=utf-8''{quote(kind.name)}"
    }
    return FileResponse(
        target, media_type=kind.media, headers=headers, background=BackgroundTask(scratch.cleanup)
    )


async def schema(request: Request) -> Response:
    """Respond with the JSON Schema of one report."""
    return as_json(json_schema())


async def openapi(request: Request) -> Response:
    """Respond with the description of this interface."""
    return as_json(openapi_document())
