"""Reads a report from the response of any HTTP library."""

from collections.abc import Mapping
from email.message import Message
from email.utils import parsedate_to_datetime
from urllib.parse import unquote, urlsplit

from extractor.document import Source
from extractor.encoding import decode_name
from extractor.patterns import kept_pattern
from extractor.pipeline import parse
from extractor.report import Report


def parse_response(body: bytes, url: str | None = None, headers: Mapping[str, str] | None = None) -> Report:
    """Read the report that a server sent.

    Args:
        body: The bytes, without Content-Encoding, as HTTP libraries return them.
        url: Where they came from; kept as `source.url`.
        headers: Headers of the response; names in any case. They give the file its name
            (Content-Disposition) and `source.retrieved_at` (Date).

    Raises:
        ExtractorError: No report can be produced; its `exit_code` says why.

    >>> parse_response(b"", "http://yunling.example/a.pdf")
    Traceback (most recent call last):
        ...
    extractor.errors.Unreadable: a.pdf: 文件是空的
    """
    told = {name.lower(): value for name, value in (headers or {}).items()}
    name = _file_name(told.get("content-disposition", "")) or _last_part(url or "") or "response"
    return parse(Source(name, body, url, _date(told.get("date", ""))))


def _file_name(disposition: str) -> str:
    """Return the file name in a Content-Disposition, as UTF-8 or raw GBK bytes.

    >>> _file_name("attachment; filename*=UTF-8''%E5%B9%B4%E6%8A%A5.pdf")
    '年报.pdf'
    """
    message = Message()
    message["Content-Disposition"] = disposition
    name = message.get_filename("")
    if kept_pattern(r"[\x80-\xff]").search(name):
        try:
            raw = name.encode("latin-1")
        except UnicodeEncodeError:
            return name
        return decode_name(raw)
    return unquote(name)


def _last_part(url: str) -> str:
    return unquote(urlsplit(url).path).rstrip("/").rpartition("/")[2]


def _date(value: str) -> str | None:
    try:
        return parsedate_to_datetime(value).isoformat()
    except (ValueError, TypeError):
        return None
