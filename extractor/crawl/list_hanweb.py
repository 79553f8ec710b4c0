"""Hanweb (大汉): lists in the page's XML, from dataproxy.jsp, and from the gateway of JPaaS."""

import re
from urllib.parse import urlencode

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

_RECORD = re.compile(r"<record>\s*(?:<!\[CDATA\[)?(.*?)(?:\]\]>)?\s*</record>", re.S | re.I)
_NEXT_GROUP = re.compile(r"<nextgroup>(.*?)</nextgroup>", re.S | re.I)
_PARAMETERS = (
    *(
        "col",
        "appid",
        "webid",
        "path",
        "columnid",
        "sourceContentType",
        "unitid",
        "webname",
        "permissiontype",
    ),
)


def datastore(text: str, base: str) -> Rows:
    """Return the records of a datastore, and the request for the group that it names as next."""
    records = "".join(_RECORD.findall(text))
    total = re.search(r"<totalrecord>(\d+)", text, re.I)
    rows = Rows(records, total=int(total[1]) if total else None)
    group = _NEXT_GROUP.search(text)
    following = re.search(r"href=[\"']([^\"']+)", group[1]) if group else None
    if following and (url := join(base, following[1].replace("&amp;", "&"))):
        rows.asked.append(list_task(url, "dataproxy", why="大汉列表的下一组"))
    return rows


def jpage(page: Page) -> Rows | None:
    """Return the rows that the page holds as XML, and the windows its script would ask for."""
    if "<datastore" not in page.html.lower():
        return None
    rows = datastore(page.html, page.base)
    proxy = re.search(r"[\"']([^\"']*dataproxy\.jsp[^\"']*)[\"']", page.scripts)
    if not proxy or not rows.total or rows.asked:
        return rows
    per_page = max(1, script_number(page.scripts, "perpage", 15))
    form = {name: value for name in _PARAMETERS if (value := script_value(page.scripts, name))}
    window = 3 * per_page  # what the script itself asks for at a time
    url = join(page.base, proxy[1].replace("&amp;", "&"))
    for first in range(1, min(rows.total, MOST_PAGES * window) + 1, window):
        last = min(first + window - 1, rows.total)
        if url and last > len(_RECORD.findall(page.html)):
            asked = with_query(url, startrecord=first, endrecord=last, perpage=per_page)
            rows.asked.append(
                list_task(
                    asked,
                    "dataproxy",
                    method="POST",
                    body=urlencode(form),
                    content_type=FORM,
                    why="大汉列表 dataproxy",
                )
            )
    return rows


# JPaaS: a unit asks a gateway for finished HTML.

_UNIT = re.compile(r"<script\b[^>]*unitbuild\.js[^>]*>", re.I)


def jpaas(page: Page) -> Rows | None:
    """Return the requests of the page's units."""
    asked = []
    for tag in _UNIT.findall(page.html):
        url = re.search(r"\burl=[\"']([^\"']+)", tag)
        data = re.search(r"queryData=\"([^\"]*)\"", tag, re.I)
        if not url or not data or not (address := join(page.base, url[1])):
            continue
        pairs = dict(re.findall(r"'(\w+)'\s*:\s*'([^']*)'", data[1]))
        pairs.setdefault("parseType", "bulidstatic")  # the platform's own spelling
        pairs.setdefault("pageType", "column")
        asked.append(
            list_task(with_query(address, **pairs), "jpaas", why="JPaaS 列表", context={"page": "1"})
        )
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
