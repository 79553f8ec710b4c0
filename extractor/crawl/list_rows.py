"""What the readers of scripted lists share: rows as HTML, requests for the rest, values out of scripts."""

import re
from html import escape
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import msgspec

from extractor.crawl.task import Task

FORM = "application/x-www-form-urlencoded"
JSON = "application/json"
MOST_PAGES = 500


class Rows:
    """What one answer holds: HTML to read links from, and requests for the rest."""

    def __init__(self, html: str = "", asked: list[Task] | None = None, total: int | None = None) -> None:
        """Keep the rows as HTML, the requests that follow, and the number of rows if it is told."""
        self.html = html
        self.asked = asked or []
        self.total = total


def list_task(url: str, family: str, **more: object) -> Task:
    """Return a request for rows that the reader called `family` understands."""
    return msgspec.structs.replace(Task(url, "list", family=family), **more)


def script_value(text: str, name: str) -> str:
    """Return what a script gives a name.

    >>> script_value("{perPage: 15, unitid:'2001'}", "unitid")
    '2001'
    """
    found = re.search(rf"\b{name}['\"]?\s*[:=]\s*['\"]?([^'\",;}}\s]*)", text, re.I)
    return found[1] if found else ""


def script_number(text: str, name: str, otherwise: int) -> int:
    """Return the number that a script gives a name."""
    value = script_value(text, name)
    return int(value) if value.isdigit() else otherwise


def with_query(url: str, **pairs: object) -> str:
    """Return an address with these pairs in its query, in place of others of the same names."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query, keep_blank_values=True)) | {
        key: str(value) for key, value in pairs.items()
    }
    return urlunsplit(parts._replace(query=urlencode(query)))


def page_number(url: str) -> int:
    """Return the page that an address asks for, 1 where it does not say."""
    value = dict(parse_qsl(urlsplit(url).query)).get("page", "1")
    return int(value) if value.isdigit() else 1


def anchors(rows: list[tuple[str, str]]) -> str:
    """Return addresses and titles as links."""
    return "".join(f'<a href="{escape(url)}">{escape(title)}</a>' for url, title in rows if url)


def parsed(text: str) -> object | None:
    """Return JSON as Python's own values; None where it is none. JSONP is freed of its call."""
    text = re.sub(r"^\s*[\w.$]+\s*\((.*)\)\s*;?\s*$", r"\1", text, flags=re.S)
    try:
        return msgspec.json.decode(text)  # type: ignore[no-any-return]  # any JSON
    except msgspec.DecodeError:
        return None


def at(value: object, *keys: str) -> object | None:
    """Return what lies under the keys; None where the way ends before."""
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def items_at(value: object, *keys: str) -> list[object]:
    """Return the list under the keys; an empty one where there is none."""
    found = at(value, *keys)
    return found if isinstance(found, list) else []
