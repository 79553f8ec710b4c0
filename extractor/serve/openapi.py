"""The description of the REST interface (OpenAPI 3.1), for programs that generate clients."""

from typing import Any

import msgspec

from extractor import __version__
from extractor.corrections import CellCorrection
from extractor.report import json_schema
from extractor.serve.decisions import Decision
from extractor.serve.downloads import DOWNLOADS
from extractor.serve.jobs import JobStatus

_OPERATIONS: tuple[tuple[str, str, str, str, int, str], ...] = (
    # path, method, summary, kind of input, status, kind of response
    ("/v1/parse", "post", "Read one document; nothing of it is kept", "file", 200, "Report"),
    ("/v1/batch", "post", "Begin a job with files, folders and archives", "files", 202, "Accepted"),
    ("/v1/jobs", "get", "All jobs, without their documents", "", 200, "JobStatus[]"),
    ("/v1/jobs/{job}", "get", "How far a job is, one row a document", "", 200, "JobStatus"),
    ("/v1/jobs/{job}", "delete", "Delete a job with its files and results", "", 204, ""),
    ("/v1/jobs/{job}/files", "post", "Add files to a job", "files", 202, "Accepted"),
    ("/v1/jobs/{job}/documents/{document}", "get", "One report, corrected", "", 200, "Report"),
    ("/v1/jobs/{job}/downloads/{kind}", "get", "A file made of the whole job", "", 200, "binary"),
    ("/v1/corrections", "get", "What people corrected, as JSON lines", "", 200, "text"),
    (
        "/v1/corrections",
        "post",
        "Correct a cell; says what no longer adds up",
        "CellCorrection",
        201,
        "Saved",
    ),
    ("/v1/decisions", "get", "What people decided about causes", "", 200, "Decision[]"),
    ("/v1/decisions", "post", "Decide about a cause", "Decision", 201, "Saved"),
    ("/v1/schema", "get", "JSON Schema of a report", "", 200, "object"),
)
_REF = "#/components/schemas/"


def openapi_document() -> dict[str, Any]:
    """Return the description as plain data."""
    paths: dict[str, dict[str, Any]] = {}
    for path, method, summary, takes, status, gives in _OPERATIONS:
        operation: dict[str, Any] = {
            "summary": summary,
            "operationId": _name(method, path),
            "responses": {str(status): _answer(summary, gives), "default": _answer("Refused", "Error")},
        }
        if parameters := _parameters(path, method):
            operation["parameters"] = parameters
        if takes:
            operation["requestBody"] = {"required": True, "content": _content_taken(takes)}
        paths.setdefault(path, {})[method] = operation
    return {
        "openapi": "3.1.0",
        "info": {"title": "extractor", "version": __version__, "license": {"name": "Apache-2.0"}},
        "paths": paths,
        "components": {
            "schemas": _schemas(),
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{"token": []}, {}],
    }


def _name(method: str, path: str) -> str:
    parts = [part.strip("{}") for part in path.split("/")[2:]]
    return "_".join((method, *parts))


def _parameters(path: str, method: str) -> list[dict[str, Any]]:
    text = {"type": "string"}
    found: list[dict[str, Any]] = [
        {"name": name, "in": "path", "required": True, "schema": _allowed(name)}
        for name in ("job", "document", "kind")
        if f"{{{name}}}" in path
    ]
    if path == "/v1/parse":
        found += [{"name": name, "in": "query", "schema": text} for name in ("name", "url")]
    if path == "/v1/jobs/{job}" and method == "get":
        about = "a version: 204 where nothing has changed since"
        found.append({"name": "since", "in": "query", "schema": {"type": "integer"}, "description": about})
    return found


def _allowed(name: str) -> dict[str, Any]:
    if name == "kind":
        return {"type": "string", "enum": list(DOWNLOADS)}
    if name == "document":
        return {"type": "string", "pattern": "^[0-9a-f]{64}$"}
    return {"type": "string"}


def _content_taken(takes: str) -> dict[str, Any]:
    binary = {"type": "string", "format": "binary"}
    if takes == "file":
        form = {"type": "object", "required": ["file"], "properties": {"file": binary}}
        return {"multipart/form-data": {"schema": form}, "application/octet-stream": {"schema": binary}}
    if takes == "files":
        files = {"type": "array", "items": binary}
        properties = {"files": files, "name": {"type": "string"}}
        form = {"type": "object", "required": ["files"], "properties": properties}
        return {"multipart/form-data": {"schema": form}}
    return {"application/json": {"schema": {"$ref": f"{_REF}{takes}"}}}


def _answer(summary: str, gives: str) -> dict[str, Any]:
    if not gives:
        return {"description": summary}
    if gives == "binary":
        media = {
            kind.media: {"schema": {"type": "string", "format": "binary"}} for kind in DOWNLOADS.values()
        }
        return {"description": summary, "content": media}
    if gives == "text":
        return {"description": summary, "content": {"application/x-ndjson": {"schema": {"type": "string"}}}}
    schema: dict[str, Any] = {"$ref": f"{_REF}{gives.removesuffix('[]')}"}
    if gives == "object":
        schema = {"type": "object"}
    elif gives.endswith("[]"):
        schema = {"type": "array", "items": schema}
    return {"description": summary, "content": {"application/json": {"schema": schema}}}


def _schemas() -> dict[str, Any]:
    _, own = msgspec.json.schema_components(
        (JobStatus, CellCorrection, Decision), ref_template=_REF + "{name}"
    )
    report = json_schema()
    report_parts = msgspec.json.decode(
        msgspec.json.encode(report["$defs"]).replace(b"#/$defs/", _REF.encode())
    )
    text = {"type": "string"}
    fault = {"type": "object", "properties": {"code": text, "message": text}}
    accepted = {"id": text, "skipped": {"type": "array", "items": text}, "status": text}
    warnings = {"type": "array", "items": text}
    return {
        **own,
        **report_parts,
        "Error": {"type": "object", "properties": {"error": fault}, "required": ["error"]},
        "Accepted": {"type": "object", "properties": accepted, "required": ["id", "skipped"]},
        "Saved": {"type": "object", "properties": {"saved": {"type": "object"}, "warnings": warnings}},
    }
