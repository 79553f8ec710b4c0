"""Hanweb (大汉): lists in the page's XML, from dataproxy.jsp, and from the gateway of JPaaS."""

import re
from urllib.parse import urlencode

from msgspec import structs

from extractor.crawl.addresses import join
from extractor.crawl.list_rows import (
    FORM,
    MOST_PAGES,
    Rows,
    at,
    list_task,
    script_number,
    script_value,
    with_query,
)
from extractor.crawl.page import Page
from extractor.crawl.task import Task

# Hanweb: the first rows stand in the page as XML, the others come from dataproxy.

MOST_UNITS = 20  # lists on one page
_PARAMETERS = (
    *("col", "appid", "webid", "path", "columnid"),
    *("sourceContentType", "unitid", "webname", "permissiontype"),
)


def _between(text: str, tag: str) -> list[str]:
    """Return what stands between the opening and the closing tags, in time proportional to the text."""
    pieces = re.split(rf"<{tag}>", text, flags=re.I)[1:]
    return [re.split(rf"</{tag}>", piece, maxsplit=1, flags=re.I)[0] for piece in pieces]


def _records(text: str) -> list[str]:
    return [
        record.strip().removeprefix("<![CDATA[").removesuffix("]]>") for record in _between(text, "record")
    ]


def datastore(text: str, base: str) -> Rows:
    """Return the records of a datastore, and the request for the group that it names as next."""
    total = re.search(r"<totalrecord>(\d{1,9})", text, re.I)
    rows = Rows("".join(_records(text)), total=int(total[1]) if total else None)
    following = re.search(r"href=[\"']([^\"']+)", "".join(_between(text, "nextgroup")[:1]))
    if following and (url := join(base, following[1].replace("&amp;", "&"))):
        rows.asked.append(list_task(url, "dataproxy", why="大汉列表的下一组"))
    return rows


def jpage(page: Page) -> Rows | None:
    """Return the rows that the page holds as XML, and what the scripts of its units would ask for."""
    stores = _between(page.html, "datastore")[:MOST_UNITS]
    if not stores:
        return None
    whole = Rows()
    calls = page.scripts.split(".jpage(")[1:] or [page.scripts]
    for number, store in enumerate(stores):
        rows = datastore(store, page.base)
        script = calls[min(number, len(calls) - 1)]
        whole.html += rows.html
        whole.asked += rows.asked or _windows(page, script, rows.total or 0, len(_records(store)))
    return whole


def _windows(page: Page, script: str, total: int, shown: int) -> list[Task]:
    """Return the requests by which a unit's script would fetch the rows that are not shown yet."""
    proxy = re.search(r"[\"']([^\"']*dataproxy\.jsp[^\"']*)[\"']", script)
    url = join(page.base, proxy[1].replace("&amp;", "&")) if proxy else None
    if url is None:
        return []
    per_page = max(1, script_number(script, "perpage", 15))
    form = {name: value for name in _PARAMETERS if (value := script_value(script, name))}
    window = 3 * per_page  # what the script itself asks for at a time
    whole = list_task(url, "dataproxy", body=urlencode(form), content_type=FORM, why="大汉列表 dataproxy")
    spans = (
        (first, min(first + window - 1, total))
        for first in range(1, min(total, MOST_PAGES * window) + 1, window)
    )
    return [
        structs.replace(whole, url=with_query(url, startrecord=first, endrecord=last, perpage=per_page))
        for first, last in spans
        if last > shown
    ]


# JPaaS: a unit asks a gateway for finished HTML.


def jpaas(page: Page) -> Rows | None:
    """Return the requests of the page's units."""
    asked = []
    for node in page.tree.css("script[src*='unitbuild.js']")[:MOST_UNITS]:
        address = join(page.base, node.attributes.get("url") or "")
        told = dict(re.findall(r"'(\w+)'\s*:\s*'([^']*)'", node.attributes.get("querydata") or ""))
        if address is None or not told:
            continue
        told.setdefault("parseType", "bulidstatic")  # the platform's own spelling
        told.setdefault("pageType", "column")
        asked.append(list_task(with_query(address, **told), "jpaas", why="JPaaS 列表", context={"page": "1"}))
    return Rows(asked=asked) if asked else None


def jpaas_answer(value: object, task: Task) -> Rows:
    """Return the rows of one page; the first also asks for all the others."""
    html = str(at(value, "data", "html") or "")
    size = max(1, script_number(html, "rows", 15))
    count = script_number(html, "count", 0)
    page = int(task.context.get("page", "1"))
    rows = Rows(html, total=count)
    if page == 1:
        for n in range(2, min(-(-count // size), MOST_PAGES) + 1):
            url = with_query(task.url, paramJson=f'{{"pageNo":{n},"pageSize":{size}}}')
            rows.asked.append(list_task(url, "jpaas", why="JPaaS 列表", paging=n, context={"page": str(n)}))
    return rows
