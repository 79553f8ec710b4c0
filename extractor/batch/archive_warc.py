"""Web archives: the HTML, PDF and Word of successful responses, with their URL and date."""

from collections.abc import Iterator
from io import BytesIO
from typing import IO, Any
from urllib.parse import unquote, urlsplit

from extractor.batch.archive import ArchiveMember, ArchiveTrouble, UnpackBudget
from extractor.errors import MissingDependency, to_install
from extractor.http_payload import TooLarge, without_content_encoding, without_transfer_encoding
from extractor.magic import begins_with_a_tag, magic_of

_DOCUMENTS = ("pdf", "zip", "ole")  # documents whatever the header says
_DOCUMENT_TYPES = ("html", "pdf", "msword", "officedocument", "xml", "text/plain", "ofd")


def warc_entries(stream: IO[bytes], budget: UnpackBudget) -> Iterator[ArchiveMember]:
    """Yield the response records of a web archive; stream None for those that are not documents.

    Raises:
        ArchiveTrouble: It is damaged or cut short.
        MissingDependency: fastwarc is not installed.
    """
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType
    except ImportError as error:
        raise MissingDependency(f"读 WARC 需要 fastwarc：{to_install('archive')}") from error
    try:
        for record in ArchiveIterator(stream, record_types=WarcRecordType.response):
            yield _entry(record, budget)
    except (OSError, EOFError, ValueError, RuntimeError) as error:
        raise ArchiveTrouble("bad-archive", f"WARC 到这里断了（{error}）") from error


def _entry(record: Any, budget: UnpackBudget) -> ArchiveMember:
    url = record.headers.get("WARC-Target-URI")
    date = record.headers.get("WARC-Date")
    name = _name_of(url, record.record_id)
    try:
        data = _body_of(record, budget.limits.size) if _has_answer(record) else b""
    except ArchiveTrouble as trouble:
        return ArchiveMember(name, None, None, url, date, trouble)
    wanted = bool(data) and _is_document(record, data)
    return ArchiveMember(name, len(data), BytesIO(data) if wanted else None, url, date)


def _body_of(record: Any, limit: int) -> bytes:
    """Return the body of one response, freed of its encodings; at most `limit` + 1 bytes.

    Raises:
        ArchiveTrouble: This record is damaged or cut short. Later ones may be intact.
    """
    declared: int = record.content_length
    raw: bytes = record.reader.read(limit + 1)
    if len(raw) < min(declared, limit + 1):
        raise ArchiveTrouble("bad-archive", f"这条记录应有 {declared} 字节，只有 {len(raw)} 字节")
    headers = {name.lower(): value for name, value in record.http_headers.asdict().items()}
    try:
        whole = without_transfer_encoding(raw, headers.get("transfer-encoding", ""))
        return without_content_encoding(whole, headers.get("content-encoding", ""), limit)
    except TooLarge as error:
        raise ArchiveTrouble("too-large", f"解压后超过上限 {limit} 字节") from error
    except ValueError as error:
        raise ArchiveTrouble("bad-archive", f"这条记录的内容解不开（{error}）") from error


def _has_answer(record: Any) -> bool:
    http = record.http_headers
    return http is not None and http.status_code == 200


def _is_document(record: Any, data: bytes) -> bool:
    if magic_of(data) in _DOCUMENTS or begins_with_a_tag(data):
        return True  # such pages are served as application/octet-stream, or without a type
    told = (record.http_content_type or "").lower()
    return any(word in told for word in _DOCUMENT_TYPES)


def _name_of(url: str | None, record_id: str | None) -> str:
    """Return a name that is unique in the archive: the record's id, and the file name in the URL."""
    try:
        last = unquote(urlsplit(url or "").path).rstrip("/").rpartition("/")[2]
    except ValueError:  # an invalid address: http://[
        last = ""
    known = (record_id or "").strip("<>").removeprefix("urn:uuid:")
    return f"{known or '无编号'}/{last or 'index.html'}"
