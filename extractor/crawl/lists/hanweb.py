"""Hanweb (大汉): the first rows are in the page as XML, the others come from dataproxy.jsp."""

from urllib.parse import urlencode

from msgspec import structs

from extractor.crawl.addresses import join
from extractor.crawl.lists.datastore import DATAPROXY, between, datastore, records
from extractor.crawl.lists.family import ListFamily
from extractor.crawl.lists.rows import (
    FORM,
    MOST_PAGES,
    ListRows,
    list_task,
    script_number,
    script_value,
    with_query,
)
from extractor.crawl.page import CrawledPage
from extractor.crawl.task import Task
from extractor.patterns import kept_pattern

MOST_UNITS = 20  # most lists on one page
_PARAMETERS = (
    *("col", "appid", "webid", "path", "columnid"),
    *("sourceContentType", "unitid", "webname", "permissiontype"),
)


def _rows_of_page(page: CrawledPage) -> ListRows | None:
    """Return the rows in the page's XML, and the requests that its scripts would make."""
    stores = between(page.html, "datastore")[:MOST_UNITS]
    if not stores:
        return None
    whole = ListRows()
    calls = page.scripts.split(".jpage(")[1:] or [page.scripts]
    for number, store in enumerate(stores):
        rows = datastore(store, page.base)
        script = calls[min(number, len(calls) - 1)]
        whole.html += rows.html
        whole.asked += rows.asked or _windows(page, script, rows.total or 0, len(records(store)))
    return whole


def _windows(page: CrawledPage, script: str, total: int, shown: int) -> list[Task]:
    """Return the requests with which a list's script would fetch the rows not shown yet."""
    proxy = kept_pattern(r"[\"']([^\"']*dataproxy\.jsp[^\"']*)[\"']").search(script)
    url = join(page.base, proxy[1].replace("&amp;", "&")) if proxy else None
    if url is None:
        return []
    per_page = max(1, script_number(script, "perpage", 15))
    form = {name: value for name in _PARAMETERS if (value := script_value(script, name))}
    window = 3 * per_page  # the number of rows that the script itself requests at a time
    whole = list_task(url, DATAPROXY, body=urlencode(form), content_type=FORM, why="大汉列表 dataproxy")
    spans = (
        (first, min(first + window - 1, total))
        for first in range(1, min(total, MOST_PAGES * window) + 1, window)
    )
    return [
        structs.replace(whole, url=with_query(url, startrecord=first, endrecord=last, perpage=per_page))
        for first, last in spans
        if last > shown
    ]


def _rows_of_answer(text: str, task: Task) -> ListRows | None:
    return datastore(text, task.url) if "<record" in text.lower() else None


HANWEB = ListFamily(DATAPROXY, _rows_of_page, _rows_of_answer, posts=True)
