"""Web archive files: requests and responses as transferred, one gzip member per record."""

import os
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from typing import Any

from extractor.crawl.task import Answer, Task

Headers = tuple[tuple[str, str], ...]

LARGEST_FILE = 1 << 30  # bytes, after which a new file begins


class RecordPlace:
    """The place of a record in the archive files."""

    __slots__ = ("digest", "length", "name", "offset", "record_id")

    def __init__(self, name: str, offset: int, length: int, record_id: str, digest: str) -> None:
        """Keep file name, first byte, number of bytes, and the record's own id and payload digest."""
        self.name = name
        self.offset = offset
        self.length = length
        self.record_id = record_id
        self.digest = digest


class WarcFiles:
    """A series of archive files in one folder: PREFIX-00001.warc.gz and so on."""

    def __init__(self, folder: Path, prefix: str, software: str) -> None:
        """Write into `folder`; nothing is created before the first record."""
        self.folder = folder
        self.prefix = prefix
        self.software = software

    def write(self, task: Task, answer: Answer, asked: Headers, date: str) -> RecordPlace:
        """Append a response and its request; return where the response stands."""
        return self._append("response", task, answer, asked, {"WARC-Date": date})

    def revisit(
        self, task: Task, answer: Answer, asked: Headers, date: str, seen: dict[str, str]
    ) -> RecordPlace:
        """Append a revisit record: unchanged since `seen` (record_id, fetched_at, digest)."""
        profile = "server-not-modified" if answer.status == 304 else "identical-payload-digest"
        told = {
            "WARC-Date": date,
            "WARC-Profile": f"http://netpreserve.org/warc/1.1/revisit/{profile}",
            "WARC-Refers-To": seen["record_id"],
            "WARC-Refers-To-Target-URI": task.url,
            "WARC-Refers-To-Date": seen["fetched_at"],
            "WARC-Payload-Digest": seen["digest"],
        }
        return self._append("revisit", task, answer, asked, told)

    def _append(
        self, kind: str, task: Task, answer: Answer, asked: Headers, told: dict[str, str]
    ) -> RecordPlace:
        from warcio.warcwriter import WARCWriter

        path = self._current()
        with path.open("ab") as file:
            writer = WARCWriter(file, gzip=True, warc_version="1.1")
            if file.tell() == 0:
                info = {"software": self.software, "format": "WARC/1.1"}
                writer.write_record(writer.create_warcinfo_record(path.name, info))
            offset = file.tell()
            response = _response(writer, kind, task, answer, told)
            writer.write_record(response)
            file.flush()
            length = file.tell() - offset
            record_id = str(response.rec_headers.get_header("WARC-Record-ID"))
            writer.write_record(_request(writer, task, asked, told["WARC-Date"], record_id))
        digest = str(response.rec_headers.get_header("WARC-Payload-Digest"))
        return RecordPlace(path.name, offset, length, record_id, digest)

    def _current(self) -> Path:
        number = 1
        while (
            path := self.folder / f"{self.prefix}-{number:05}.warc.gz"
        ).exists() and path.stat().st_size > LARGEST_FILE:
            number += 1
        return path


def _response(writer: Any, kind: str, task: Task, answer: Answer, told: dict[str, str]) -> Any:
    from warcio.statusandheaders import StatusAndHeaders

    body = answer.raw if kind == "response" else b""
    return writer.create_warc_record(
        task.url,
        kind,
        payload=BytesIO(body),
        length=len(body),
        http_headers=StatusAndHeaders(
            _status_line(answer.status), _readable_headers(answer), protocol="HTTP/1.1"
        ),
        warc_headers_dict=told,
    )


def _request(writer: Any, task: Task, asked: Headers, date: str, response: str) -> Any:
    from warcio.statusandheaders import StatusAndHeaders

    line = f"{task.method} {_target(task.url)} HTTP/1.1"
    body = task.body.encode()
    return writer.create_warc_record(
        task.url,
        "request",
        payload=BytesIO(body),
        length=len(body),
        http_headers=StatusAndHeaders(line, list(asked), is_http_request=True),
        warc_headers_dict={"WARC-Date": date, "WARC-Concurrent-To": response},
    )


def _readable_headers(answer: Answer) -> list[tuple[str, str]]:
    """Return the headers; a Content-Encoding that does not match the body is renamed.

    WARC readers rely on it; one of them stops reading the whole file if it is wrong.
    """
    if answer.raw != answer.body or not answer.raw:
        return list(answer.headers)
    return [
        (f"X-Archive-Orig-{name}" if name.lower() == "content-encoding" else name, value)
        for name, value in answer.headers
    ]


def cut_to(path: Path, size: int) -> bool:
    """Truncate a file to its last recorded byte; return whether it is that long."""
    if not path.exists() or path.stat().st_size < size:
        return False
    if path.stat().st_size > size:
        os.truncate(path, size)
    return True


def payload_at(path: Path, offset: int) -> bytes:
    """Return the payload of the record at an offset, without Content-Encoding."""
    from warcio.archiveiterator import ArchiveIterator

    with path.open("rb") as file:
        file.seek(offset)
        record = next(iter(ArchiveIterator(file)))
        return bytes(record.content_stream().read())


def _status_line(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return f"{status} -"


def _target(url: str) -> str:
    from urllib.parse import urlsplit

    parts = urlsplit(url)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
