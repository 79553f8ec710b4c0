"""Responses of the REST interface: JSON, and every error as one sentence with a code."""

import asyncio
from pathlib import Path
from typing import IO, TypeVar

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from extractor.disk import is_full
from extractor.errors import (
    DiskFull,
    ExtractorError,
    InvalidDefinition,
    LimitExceeded,
    MissingDependency,
    MissingFile,
    Misused,
    Unreadable,
    UnsupportedFormat,
)
from extractor.messages import translated
from extractor.serve.bench import Busy
from extractor.serve.house import language_of

_Kind = TypeVar("_Kind")

_ENCODER = msgspec.json.Encoder(decimal_format="number")
_MOST_JSON = 1 << 20  # bytes of a correction or decision
_STATUS: tuple[tuple[type[ExtractorError], int], ...] = (
    (Busy, 503), (MissingFile, 404), (DiskFull, 507), (LimitExceeded, 504), (UnsupportedFormat, 415),
    (Unreadable, 422), (MissingDependency, 501), (InvalidDefinition, 500), (Misused, 400),
)  # fmt: skip
# HTTP status for documents that could not be read; 422 for other codes.
_STATUS_OF_CODE = {
    "unsupported-format": 415, "too-large": 413, "too-many-pages": 413, "timeout": 504, "memory": 504,
    "missing-dependency": 501, "internal": 500,
}  # fmt: skip


def as_json(content: object, status: int = 200) -> Response:
    """Return a JSON response; money keeps every printed digit."""
    return Response(_ENCODER.encode(content), status, media_type="application/json")


def refusal(status: int, code: str, message: str) -> Response:
    """Return an error response with code and message."""
    return JSONResponse({"error": {"code": code, "message": message}}, status)


def refusal_of_reading(code: str, message: str) -> Response:
    """Return the response for a document that could not be read."""
    return refusal(_STATUS_OF_CODE.get(code, 422), code, message)


async def on_trouble(request: Request, error: Exception) -> Response:
    """Turn an exception of this package into a response."""
    assert isinstance(error, ExtractorError)
    status = next((status for kind, status in _STATUS if isinstance(error, kind)), 500)
    code = error.exit_code.name.lower().replace("_", "-")
    answer = refusal(status, code, translated(str(error), language_of(request)))
    if status == 503:
        answer.headers["retry-after"] = "5"
    return answer


async def on_http_error(request: Request, error: Exception) -> Response:
    """Turn an exception of Starlette into a response of the same form."""
    assert isinstance(error, HTTPException)
    answer = refusal(
        error.status_code, f"http-{error.status_code}", translated(error.detail, language_of(request))
    )
    answer.headers.update(error.headers or {})
    return answer


async def on_disk_error(request: Request, error: Exception) -> Response:
    """Turn an OSError into a response."""
    assert isinstance(error, OSError)
    language = language_of(request)
    if is_full(error):
        return refusal(507, "disk-full", translated("磁盘满了；腾出空间后再试", language))
    return refusal(500, "cannot-write", translated(f"写不了（{error.strerror or error}）", language))


async def json_body(request: Request, kind: type[_Kind]) -> _Kind:
    """Return the JSON body of a request. Raise Misused if it does not have the expected fields."""
    data = b""
    async for piece in request.stream():
        data += piece
        if len(data) > _MOST_JSON:
            raise Misused(f"JSON 不能超过 {_MOST_JSON >> 20} MiB")
    try:
        return msgspec.json.decode(data, type=kind)
    except (msgspec.DecodeError, msgspec.ValidationError) as error:
        raise Misused(f"JSON 不合要求（{error}）") from error


async def spooled_body(request: Request, folder: Path, most: int) -> tuple[Path, str]:
    """Write the uploaded file of a request to a folder, from a form or from the body itself.

    Returns:
        The path of the file, and its name.

    Raises:
        Misused: There is no file in the form.
        HTTPException: It is larger than `most` bytes.
    """
    path = folder / "upload"
    with path.open("wb") as file:
        if request.headers.get("content-type", "").startswith("multipart/"):
            return path, await _file_of_form(request, file)
        size = 0
        async for piece in request.stream():
            size += len(piece)
            if size > most:
                raise HTTPException(413, f"一份最多 {most >> 20} MiB")
            await asyncio.to_thread(file.write, piece)
    return path, request.query_params.get("name", "upload")


async def _file_of_form(request: Request, file: IO[bytes]) -> str:
    async with request.form(max_files=1, max_fields=10) as form:
        upload = form.get("file")
        if upload is None or isinstance(upload, str):
            raise Misused("表单里要有一个 file")
        while piece := await upload.read(1 << 20):
            await asyncio.to_thread(file.write, piece)
        return upload.filename or "upload"
