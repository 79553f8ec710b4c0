"""The platform of 广东 (gkmlpt): the tree of categories in the page, the rows from its API."""

import re

from extractor.crawl.addresses import join
from extractor.crawl.lists.family import ListFamily, from_json
from extractor.crawl.lists.rows import (
    MOST_PAGES,
    ListRows,
    anchors,
    at,
    items_at,
    list_task,
    page_number,
    script_value,
    with_query,
)
from extractor.crawl.page import CrawledPage
from extractor.crawl.task import Task

_FAMILY = "gkmlpt"


def _rows_of_page(page: CrawledPage) -> ListRows | None:
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
                asked.append(list_task(url, _FAMILY, why="政府信息公开目录平台接口", strong=True))
    return ListRows(asked=asked) if asked else None


def _rows(value: object, task: Task) -> ListRows:
    """Return the rows of one page, and the request for the next: the API ends with a 404."""
    items = items_at(value, "articles")
    rows = [
        (str(at(item, "url") or at(item, "post_url") or ""), str(at(item, "title") or "")) for item in items
    ]
    answer = ListRows(anchors(rows))
    number = page_number(task.url)
    if items and number < MOST_PAGES:
        url = with_query(task.url, page=number + 1)
        answer.asked.append(
            list_task(url, _FAMILY, why="目录平台接口的下一页", paging=number + 1, guessed=True)
        )
    return answer


GKMLPT = ListFamily(_FAMILY, _rows_of_page, from_json(_rows))
