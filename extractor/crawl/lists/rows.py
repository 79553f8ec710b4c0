"""Functions that the list families share: rows as HTML, follow-up requests, values read from scripts."""

import re
from collections.abc import Callable
from html import escape
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import msgspec

from extractor.crawl.task import Task
from extractor.patterns import kept_pattern

FORM = "application/x-www-form-urlencoded"
JSON = "application/json"
MOST_PAGES = 500
_MOST_CALLS = 20
_LONGEST_CALL = 4000  # most characters of a call
_PIECE = kept_pattern(r"'([^'\n]*)'|\"([^\"\n]*)\"|([(),])|[^'\"(),]+|['\"]")


class ListRows:
    """The content of one answer: HTML to read links from, and requests for the rest."""

    def __init__(
        self, html: str = "", asked: list[Task] | None = None, total: int | None = None, note: str = ""
    ) -> None:
        """Keep the rows as HTML, the requests that follow, the number of rows, and what is lost."""
        self.html = html
        self.asked = asked or []
        self.total = total
        self.note = note  # in Chinese: why the list is incomplete


def turn_on(rows: ListRows, task: Task, last: int | None, ask: Callable[[int], Task]) -> None:
    """Add the requests for the pages up to `last` that follow the one received for `task`.

    In a column of reports all pages are requested; elsewhere only the next one, so that a list
    without reports is given up early. If no page names the `last`, the next page is guessed as long
    as there are rows.
    """
    page = max(task.paging, 1)
    if last is None:
        if "<a" in rows.html and page < MOST_PAGES:
            rows.asked.append(msgspec.structs.replace(ask(page + 1), guessed=True))
        return
    if last > MOST_PAGES:
        rows.note = f"列表有 {last} 页，只取前 {MOST_PAGES} 页"
    numbers = range(2, last + 1) if task.strong else range(page + 1, page + 2)
    if page == 1 or not task.strong:
        rows.asked += [ask(number) for number in numbers if number <= min(last, MOST_PAGES)]


def list_task(url: str, family: str, **more: object) -> Task:
    """Return a request for rows, whose answer the family called `family` reads."""
    return msgspec.structs.replace(Task(url, "list", family=family), **more)


def script_value(text: str, name: str) -> str:
    """Return the value that a script assigns to a name.

    >>> script_value("{perPage: 15, unitid:'2001'}", "unitid")
    '2001'
    """
    found = re.search(rf"\b{name}['\"]?\s*[:=]\s*['\"]?([^'\",;}}\s]*)", text, re.I)
    return found[1] if found else ""


def script_number(text: str, name: str, otherwise: int) -> int:
    """Return the number that a script assigns to a name."""
    value = script_value(text, name)
    return int(value) if value.isdigit() else otherwise


def arguments_of(script: str, function: str) -> list[list[str]]:
    """Return the arguments of each call of a function: their quoted parts, without variables.

    >>> arguments_of("f('/a?b=' + b + '&c=' + encodeURI(c), 'x', 3)", "f")
    [['/a?b=&c=', 'x', '']]
    """
    return [
        _quoted_arguments(script[:_LONGEST_CALL])
        for script in script.split(f"{function}(")[1 : _MOST_CALLS + 1]
    ]


def _quoted_arguments(script: str) -> list[str]:
    told, depth = [""], 0
    for piece in _PIECE.finditer(script):
        told[-1] += (piece[1] or piece[2] or "") if not depth else ""
        if piece[3] == "," and not depth:
            told.append("")
        depth += {"(": 1, ")": -1}.get(piece[3] or "", 0)
        if depth < 0:
            break
    return told


def with_query(url: str, **pairs: object) -> str:
    """Return an address with these query parameters, replacing others of the same names."""
    parts = urlsplit(url)
    # As bytes: a value may be encoded as GBK.
    query = dict(parse_qsl(parts.query, keep_blank_values=True, encoding="latin-1"))
    query |= {key: str(value).encode().decode("latin-1") for key, value in pairs.items()}
    return urlunsplit(parts._replace(query=urlencode(query, encoding="latin-1")))


def page_number(url: str) -> int:
    """Return the page number in an address; 1 if there is none."""
    value = dict(parse_qsl(urlsplit(url).query)).get("page", "1")
    return int(value) if value.isdigit() else 1


def anchors(rows: list[tuple[str, str]]) -> str:
    """Return addresses and titles as HTML links."""
    return "".join(f'<a href="{escape(url)}">{escape(title)}</a>' for url, title in rows if url)


def json_value(text: str) -> object | None:
    """Return JSON as Python values; None if it is not JSON. A JSONP call around it is removed."""
    text = kept_pattern(r"^\s*[\w.$]+\s*\((.*)\)\s*;?\s*$", re.S).sub(r"\1", text)
    try:
        return msgspec.json.decode(text)  # type: ignore[no-any-return]  # any JSON
    except msgspec.DecodeError:
        return None


def at(value: object, *keys: str) -> object | None:
    """Return the value under the keys; None if a key on the path is missing."""
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def items_at(value: object, *keys: str) -> list[object]:
    """Return the list under the keys; an empty one if there is none."""
    found = at(value, *keys)
    return found if isinstance(found, list) else []
