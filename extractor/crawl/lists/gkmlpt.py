"""The platform of 广东 (gkmlpt): the tree of categories in the page, the rows from its API."""

from collections.abc import Iterator

from msgspec import structs

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
from extractor.patterns import kept_pattern

_FAMILY = "gkmlpt"
_TREE_TOKEN = kept_pattern(r"([{}])|[\"']?\b(id|name)[\"']?\s*:\s*(?:\"([^\"]*)\"|'([^']*)'|(\d+))")


class _Category:
    """A node of the category tree, as far as it has been read."""

    __slots__ = ("has_children", "inside", "name", "number")

    def __init__(self, inside: bool) -> None:
        self.number = self.name = ""
        self.inside = inside  # whether it lies below a category of annual reports
        self.has_children = False

    @property
    def wanted(self) -> bool:
        return self.inside or bool(kept_pattern(r"年报|年度报告").search(self.name))


def _rows_of_page(page: CrawledPage) -> ListRows | None:
    """Return the requests for the categories that are called 年报, and for all below them."""
    if "_CONFIG" not in page.scripts or "TREE" not in page.scripts:
        return None
    site = script_value(page.scripts, "SID")
    platform = page.base.partition("/gkmlpt")[0] if "/gkmlpt" in page.base else ""
    asked = []
    for category in _categories(page.scripts) if site else ():
        url = join(page.base, f"{platform}/gkmlpt/api/all/{category.number}?page=1&sid={site}")
        if url:
            task = list_task(url, _FAMILY, why="政府信息公开目录平台接口", strong=True)
            # A category may have no rows of its own, only those of its children.
            asked.append(structs.replace(task, guessed=category.has_children))
    return ListRows(asked=asked) if asked else None


def _categories(script: str) -> Iterator[_Category]:
    """Yield the wanted categories of the tree; it is read by its braces, since it may not be valid JSON."""
    open_ones: list[_Category] = []
    for token in _TREE_TOKEN.finditer(script):
        if token[1] == "{":
            around = open_ones[-1] if open_ones else None
            open_ones.append(_Category(around is not None and around.wanted))
        elif token[1]:
            closed = open_ones.pop() if open_ones else None
            if closed and closed.wanted and closed.number:
                yield closed
            if open_ones and closed and closed.number:
                open_ones[-1].has_children = True
        elif open_ones:
            value = token[3] or token[4] or token[5] or ""
            if token[2] == "id":
                open_ones[-1].number = value if value.isdigit() else ""
            else:
                open_ones[-1].name = value


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
