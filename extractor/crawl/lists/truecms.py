"""truecms: rows from getMessage.do, JSONP around the XML that Hanweb's lists are written in."""

import re
from urllib.parse import parse_qsl, urlsplit

from extractor.crawl.addresses import join
from extractor.crawl.lists.datastore import datastore
from extractor.crawl.lists.family import ListFamily, from_json
from extractor.crawl.lists.rows import (
    ListRows,
    at,
    list_task,
    script_number,
    script_value,
    turn_on,
    with_query,
)
from extractor.crawl.page import CrawledPage
from extractor.crawl.task import Task
from extractor.patterns import kept_pattern

_FAMILY = "truecms"
_PROXY = kept_pattern(r"[\"']([^\"'\s]*messageController/getMessage\.do[^\"'\s]*)[\"']", re.I)


def _rows_of_page(page: CrawledPage) -> ListRows | None:
    """Return the request for the first page of rows, as the page's script tells it."""
    found = _PROXY.search(page.scripts)
    column = script_value(page.scripts, "columnId")
    url = join(page.base, found[1].replace("&amp;", "&")) if found else None
    if url is None or not column:
        return None
    size = max(1, script_number(page.scripts, "perpage", 10))
    return ListRows(asked=[_window(with_query(url, columnId=column, callback="cb"), 1, size)])


def _window(url: str, number: int, size: int) -> Task:
    first = (number - 1) * size + 1
    asked = with_query(url, startrecord=first, endrecord=first + size - 1, perpage=size)
    return list_task(asked, _FAMILY, why="truecms 列表接口", paging=number if number > 1 else 0)


def _rows(value: object, task: Task) -> ListRows | None:
    """Return the rows of one page, and the requests for the others; None for an answer without any XML."""
    text = str(at(value, "result") or "")
    if "<datastore" not in text.lower():
        return None
    rows = datastore(text, task.context.get("base", task.url))
    size = int(dict(parse_qsl(urlsplit(task.url).query))["perpage"])
    last = -(-rows.total // size) if rows.total else None
    turn_on(rows, task, last, lambda number: _window(task.url, number, size))
    return rows


TRUECMS = ListFamily(
    _FAMILY,
    _rows_of_page,
    from_json(_rows),
    marks={"messageController/getMessage.do": "truecms"},
)
