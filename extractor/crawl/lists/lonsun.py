"""Lonsun (龙讯): the address of a list is in the page's script; the answer is a fragment of HTML."""

import re

from extractor.crawl.addresses import join
from extractor.crawl.lists.family import ListFamily
from extractor.crawl.lists.rows import (
    MOST_PAGES,
    ListRows,
    list_task,
    script_number,
    with_query,
)
from extractor.crawl.page import CrawledPage
from extractor.crawl.task import Task
from extractor.patterns import kept_pattern

_FAMILY = "fragment"
_LABEL = kept_pattern(
    r"[\"']([^\"'\s]*/site/label/\d+\?[^\"'\s]*labelName=publicInfoList[^\"'\s]*)[\"']", re.I
)


def _rows_of_page(page: CrawledPage) -> ListRows | None:
    """Return the requests for all pages that the script counts."""
    found = _LABEL.search(page.scripts)
    url = join(page.base, found[1].replace("&amp;", "&")) if found else None
    if not url:
        return None
    count = script_number(page.scripts, "pageCount", 1)
    asked = [
        list_task(with_query(url, pageIndex=n), _FAMILY, why="信息公开列表接口", paging=n if n > 1 else 0)
        for n in range(1, min(count, MOST_PAGES) + 1)
    ]
    return ListRows(asked=asked)


def _rows_of_answer(text: str, task: Task) -> ListRows | None:
    is_fragment = text.lstrip()[:1] == "<" and "<html" not in text[:500].lower()
    return ListRows(text) if is_fragment else None


LONSUN = ListFamily(_FAMILY, _rows_of_page, _rows_of_answer)
