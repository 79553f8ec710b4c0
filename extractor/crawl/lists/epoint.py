"""Epoint (新点): the site's ids are in a script file; the rows are JSON, requested by POST."""

from urllib.parse import urlsplit

import msgspec

from extractor.crawl.addresses import join
from extractor.crawl.lists.family import ListFamily, from_json
from extractor.crawl.lists.rows import (
    JSON,
    MOST_PAGES,
    ListRows,
    anchors,
    at,
    items_at,
    json_value,
    list_task,
    script_value,
)
from extractor.crawl.page import CrawledPage
from extractor.crawl.task import Task
from extractor.patterns import kept_pattern

_FAMILY = "epoint"


def _rows_of_page(page: CrawledPage) -> ListRows | None:
    """Return the request for the site's ids, or for the rows if the page has the ids."""
    if "webBuilderCommon.js" not in page.html and "getgovinfolist" not in page.html.lower():
        return None
    category = script_value(page.html, "categorynum")
    if not category:
        numbers = kept_pattern(r"/(\d{3,})(?=/)").findall(urlsplit(page.url).path)
        category = numbers[-1] if numbers else ""
    if not category:
        return None
    context = {"category": category, "dept": script_value(page.scripts, "deptcode"), "base": page.url}
    source = kept_pattern(r"[\"']([^\"']*webBuilderCommon\.js[^\"']*)").search(page.html)
    if "siteguid" in page.scripts.lower():
        return ListRows(asked=[_list_request(page.scripts, context, 0)])
    url = join(page.base, source[1]) if source else None
    return ListRows(asked=[list_task(url, _FAMILY, why="新点站点参数", context=context)]) if url else None


def _list_request(script: str, context: dict[str, str], index: int) -> Task:
    """Return the request for a page of rows, `index` from 0; `context` may name the script."""
    context = context | {
        "site": context.get("site") or script_value(script, "siteGuid"),
        "project": context.get("project") or script_value(script, "projectName"),
        "index": str(index),
    }
    body = {
        "deptcode": context["dept"],
        "categorynum": context["category"],
        "siteGuid": context["site"],
        "pageIndex": index,
        "pageSize": 15,
    }
    url = join(context["base"], f"/{context['project'].strip('/')}/rest/lightfrontaction/getgovinfolist")
    return list_task(
        url or context["base"],
        _FAMILY,
        body=msgspec.json.encode(body).decode(),
        content_type=JSON,
        why="新点 JSON 列表",
        paging=index + 1 if index else 0,
        context=context,
    )


def _rows(value: object, task: Task) -> ListRows:
    """Return the rows of one page, and the request for the next as long as pages are full."""
    custom = at(value, "custom")
    if isinstance(custom, str):
        custom = json_value(custom)
    items = items_at(custom, "data")
    rows = [
        (str(at(item, "infourl") or ""), str(at(item, "realtitle") or at(item, "title") or ""))
        for item in items
    ]
    answer = ListRows(anchors(rows))
    index = int(task.context["index"])
    if len(items) >= 15 and index + 1 < MOST_PAGES:
        answer.asked.append(_list_request("", task.context, index + 1))
    return answer


def _rows_of_answer(text: str, task: Task) -> ListRows | None:
    if "index" in task.context:
        return from_json(_rows)(text, task)
    return ListRows(asked=[_list_request(text, task.context, 0)]) if "siteguid" in text.lower() else None


EPOINT = ListFamily(_FAMILY, _rows_of_page, _rows_of_answer, posts=True)
