"""JPaaS (大汉): the page's script requests finished HTML from a gateway."""

from extractor.crawl.addresses import join
from extractor.crawl.lists.family import ListFamily, from_json
from extractor.crawl.lists.rows import (
    MOST_PAGES,
    ListRows,
    at,
    list_task,
    script_number,
    with_query,
)
from extractor.crawl.page import CrawledPage
from extractor.crawl.task import Task
from extractor.patterns import kept_pattern

_FAMILY = "jpaas"
MOST_UNITS = 20  # most lists on one page


def _rows_of_page(page: CrawledPage) -> ListRows | None:
    """Return the requests for the page's lists."""
    asked = []
    for node in page.tree.css("script[src*='unitbuild.js']")[:MOST_UNITS]:
        address = join(page.base, node.attributes.get("url") or "")
        told = dict(kept_pattern(r"'(\w+)'\s*:\s*'([^']*)'").findall(node.attributes.get("querydata") or ""))
        if address is None or not told:
            continue
        told.setdefault("parseType", "bulidstatic")  # the platform's own spelling
        told.setdefault("pageType", "column")
        asked.append(list_task(with_query(address, **told), _FAMILY, why="JPaaS 列表", context={"page": "1"}))
    return ListRows(asked=asked) if asked else None


def _rows(value: object, task: Task) -> ListRows:
    """Return the rows of one page; the first also asks for all the others."""
    html = str(at(value, "data", "html") or "")
    size = max(1, script_number(html, "rows", 15))
    count = script_number(html, "count", 0)
    page = int(task.context.get("page", "1"))
    rows = ListRows(html, total=count)
    if page == 1:
        for n in range(2, min(-(-count // size), MOST_PAGES) + 1):
            url = with_query(task.url, paramJson=f'{{"pageNo":{n},"pageSize":{size}}}')
            rows.asked.append(list_task(url, _FAMILY, why="JPaaS 列表", paging=n, context={"page": str(n)}))
    return rows


JPAAS = ListFamily(_FAMILY, _rows_of_page, from_json(_rows))
