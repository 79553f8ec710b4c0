"""Web archives: the HTML, PDF and Word of successful responses, with their URL and date."""

from collections.abc import Iterator
from io import BytesIO
from typing import IO
from urllib.parse import unquote, urlsplit

from extractor.batch.archive import ArchiveMember, ArchiveTrouble, UnpackBudget
from extractor.errors import MissingDependency

# Beginnings of what servers call documents, whatever the header says.
_DOCUMENT_STARTS = (b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_DOCUMENT_TYPES = ("html", "pdf", "msword", "officedocument", "xml", "text/plain", "ofd")


def warc_entries(stream: IO[bytes], budget: UnpackBudget) -> Iterator[ArchiveMember]:
    """Yield the response records of a web archive; those that are no documents with stream None.

    Raises:
        ArchiveTrouble: It is damaged or cut short.
        MissingDependency: fastwarc is not installed.
    """
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType
    except ImportError as error:
        raise MissingDependency(
            "读 WARC 需要 fastwarc：pip install 'disclosure-report-extractor[archive]'"
        ) from error
    try:
        for record in ArchiveIterator(stream, record_types=WarcRecordType.response, auto_decode="all"):
            yield _entry(record, budget)
    except (OSError, EOFError, ValueError, RuntimeError) as error:
        raise ArchiveTrouble("bad-archive", f"WARC 到这里断了（{error}）") from error


def _entry(record: "object", budget: UnpackBudget) -> ArchiveMember:
    url = record.headers.get("WARC-Target-URI")  # type: ignore[attr-defined]
    date = record.headers.get("WARC-Date")  # type: ignore[attr-defined]
    data = record.reader.read(budget.limits.size + 1) if _has_answer(record) else b""  # type: ignore[attr-defined]
    wanted = bool(data) and _is_document(record, data)
    stream = BytesIO(data) if wanted else None
    return ArchiveMember(_name_of(url, record.record_id), len(data), stream, url, date)  # type: ignore[attr-defined]


def _has_answer(record: "object") -> bool:
    http = record.http_headers  # type: ignore[attr-defined]
    return http is not None and http.status_code == 200


def _is_document(record: "object", data: bytes) -> bool:
    if data.startswith(_DOCUMENT_STARTS) or data[:256].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return True  # pages come as application/octet-stream, or as nothing at all
    told = (record.http_content_type or "").lower()  # type: ignore[attr-defined]
    return any(word in told for word in _DOCUMENT_TYPES)


def _name_of(url: str | None, record_id: str) -> str:
    """Return a name that is unique in the archive: the record's id, and what the URL calls the file."""
    last = unquote(urlsplit(url or "").path).rstrip("/").rpartition("/")[2]
    return f"{record_id.strip('<>').removeprefix('urn:uuid:')}/{last or 'index.html'}"
