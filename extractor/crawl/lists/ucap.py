"""UCAP (开普): the address of a channel in the page's script, the page number in its query."""

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
    with_query,
)
from extractor.crawl.page import CrawledPage
from extractor.crawl.task import Task
from extractor.patterns import kept_pattern

_FAMILY = "ucap"
_SEARCH = kept_pattern(
    r"[\"']((?:https?:)?/[^\"'\s]*(?:common/search|searchList|/search)/[0-9a-f]{32}[^\"'\s]*)[\"']", re.I
)


def _rows_of_page(page: CrawledPage) -> ListRows | None:
    """Return the request for the channel that the page's script names."""
    found = _SEARCH.search(page.scripts)
    url = join(page.base, found[1].replace("&amp;", "&")) if found else None
    if not url:
        return None
    asked = with_query(url, _isAgg="true", _isJson="true", _pageSize=20, _template="index", page=1)
    return ListRows(asked=[list_task(asked, _FAMILY, why="开普 JSON 列表")])


def _rows(value: object, task: Task) -> ListRows:
    """Return the rows of one page, and the request for the next until the total is reached."""
    items = items_at(value, "data", "results")
    rows = [(str(at(item, "url") or ""), str(at(item, "title") or "")) for item in items]
    total = at(value, "data", "total")
    answer = ListRows(anchors(rows), total=total if isinstance(total, int) else None)
    number = page_number(task.url)
    if items and answer.total and number * 20 < answer.total and number < MOST_PAGES:
        answer.asked.append(
            list_task(with_query(task.url, page=number + 1), _FAMILY, why="开普 JSON 列表", paging=number + 1)
        )
    return answer


UCAP = ListFamily(_FAMILY, _rows_of_page, from_json(_rows))
