"""Lists that come as JSON or as a fragment: Epoint, the platform of 广东, UCAP, Lonsun."""

import re
from urllib.parse import urlsplit

import msgspec

from extractor.crawl.addresses import join
from extractor.crawl.list_rows import (
    JSON,
    MOST_PAGES,
    Rows,
    anchors,
    at,
    items_at,
    list_task,
    page_number,
    parsed,
    script_number,
    script_value,
    with_query,
)
from extractor.crawl.page import Page
from extractor.crawl.task import Task

# Epoint: the site's ids stand in a script file, the rows come as JSON.


def epoint(page: Page) -> Rows | None:
    """Return the request for the site's ids, or for the rows where the page itself tells them."""
    if "webBuilderCommon.js" not in page.html and "getgovinfolist" not in page.html.lower():
        return None
    category = script_value(page.html, "categorynum")
    if not category:
        numbers = re.findall(r"/(\d{3,})(?=/)", urlsplit(page.url).path)
        category = numbers[-1] if numbers else ""
    if not category:
        return None
    context = {"category": category, "dept": script_value(page.scripts, "deptcode"), "base": page.url}
    source = re.search(r"[\"']([^\"']*webBuilderCommon\.js[^\"']*)", page.html)
    if "siteguid" in page.scripts.lower():
        return Rows(asked=[epoint_list(page.scripts, context, 0)])
    url = join(page.base, source[1]) if source else None
    return Rows(asked=[list_task(url, "epoint-site", why="新点站点参数", context=context)]) if url else None


def epoint_list(script: str, context: dict[str, str], index: int) -> Task:
    """Return the request for a page of rows, `index` from 0; the script may be told by the context."""
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
        "epoint",
        body=msgspec.json.encode(body).decode(),
        content_type=JSON,
        why="新点 JSON 列表",
        paging=index + 1 if index else 0,
        context=context,
    )


def epoint_answer(value: object, task: Task) -> Rows:
    """Return the rows of one page, and the request for the next while pages are full."""
    custom = at(value, "custom")
    if isinstance(custom, str):
        custom = parsed(custom)
    items = items_at(custom, "data")
    rows = [
        (str(at(item, "infourl") or ""), str(at(item, "realtitle") or at(item, "title") or ""))
        for item in items
    ]
    answer = Rows(anchors(rows))
    index = int(task.context["index"])
    if len(items) >= 15 and index + 1 < MOST_PAGES:
        answer.asked.append(epoint_list("", task.context, index + 1))
    return answer


# The 广东 platform: the tree of categories in the page, the rows from its API.


def gkmlpt(page: Page) -> Rows | None:
    """Return the requests for the categories that are called 年报."""
    if "_CONFIG" not in page.scripts or "TREE" not in page.scripts:
        return None
    site = script_value(page.scripts, "SID")
    asked = []
    for match in re.finditer(r"\{[^{}]*\}", page.scripts):
        name, number = script_value(match[0], "name"), script_value(match[0], "id")
        if site and number.isdigit() and re.search(r"年报|年度报告", name):
            url = join(page.base, f"/gkmlpt/api/all/{number}?page=1&sid={site}")
            if url:
                asked.append(list_task(url, "gkmlpt", why="政府信息公开目录平台接口", strong=True))
    return Rows(asked=asked) if asked else None


def gkmlpt_answer(value: object, task: Task) -> Rows:
    """Return the rows of one page, and the request for the next: the API ends with a 404."""
    items = items_at(value, "articles")
    rows = [
        (str(at(item, "url") or at(item, "post_url") or ""), str(at(item, "title") or "")) for item in items
    ]
    answer = Rows(anchors(rows))
    number = page_number(task.url)
    if items and number < MOST_PAGES:
        url = with_query(task.url, page=number + 1)
        answer.asked.append(
            list_task(url, "gkmlpt", why="目录平台接口的下一页", paging=number + 1, guessed=True)
        )
    return answer


# UCAP and Lonsun: an address in the page's script, the page number in its query.

_SEARCH = re.compile(
    r"[\"']((?:https?:)?/[^\"'\s]*(?:common/search|searchList|/search)/[0-9a-f]{32}[^\"'\s]*)[\"']", re.I
)
_LABEL = re.compile(r"[\"']([^\"'\s]*/site/label/\d+\?[^\"'\s]*labelName=publicInfoList[^\"'\s]*)[\"']", re.I)


def ucap(page: Page) -> Rows | None:
    """Return the request for the channel that the page's script names."""
    found = _SEARCH.search(page.scripts)
    url = join(page.base, found[1].replace("&amp;", "&")) if found else None
    if not url:
        return None
    asked = with_query(url, _isAgg="true", _isJson="true", _pageSize=20, _template="index", page=1)
    return Rows(asked=[list_task(asked, "ucap", why="开普 JSON 列表")])


def ucap_answer(value: object, task: Task) -> Rows:
    """Return the rows of one page, and the request for the next until the total is reached."""
    items = items_at(value, "data", "results")
    rows = [(str(at(item, "url") or ""), str(at(item, "title") or "")) for item in items]
    total = at(value, "data", "total")
    answer = Rows(anchors(rows), total=total if isinstance(total, int) else None)
    number = page_number(task.url)
    if items and answer.total and number * 20 < answer.total and number < MOST_PAGES:
        answer.asked.append(
            list_task(with_query(task.url, page=number + 1), "ucap", why="开普 JSON 列表", paging=number + 1)
        )
    return answer


def lonsun(page: Page) -> Rows | None:
    """Return the requests for all pages that the script counts."""
    found = _LABEL.search(page.scripts)
    url = join(page.base, found[1].replace("&amp;", "&")) if found else None
    if not url:
        return None
    count = script_number(page.scripts, "pageCount", 1)
    asked = [
        list_task(with_query(url, pageIndex=n), "fragment", why="信息公开列表接口", paging=n if n > 1 else 0)
        for n in range(1, min(count, MOST_PAGES) + 1)
    ]
    return Rows(asked=asked)
