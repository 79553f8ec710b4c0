"""The platform of 上海's districts: rows as JSON from /api/data/affair, asked by POST for a channel."""

import msgspec

from extractor.crawl.addresses import join
from extractor.crawl.lists.family import ListFamily, from_json
from extractor.crawl.lists.rows import (
    JSON,
    ListRows,
    anchors,
    at,
    items_at,
    list_task,
    script_number,
    script_value,
    turn_on,
)
from extractor.crawl.page import CrawledPage
from extractor.crawl.task import Task
from extractor.patterns import kept_pattern

_FAMILY = "affair"
_ADDRESS = kept_pattern(r"[\"']([^\"'\s]*/api/data/affair)[\"'?]")
_CHANNELS = kept_pattern(r"\bchannelList[\"']?\s*[:=]\s*\[([^\]]{1,400})\]")
_CAP = 10_000  # the platform never reports more rows than this


def _rows_of_page(page: CrawledPage) -> ListRows | None:
    """Return the request for the first page of the channel that the page's script names."""
    found, channels = _ADDRESS.search(page.scripts), _CHANNELS.search(page.scripts)
    url = join(page.base, found[1]) if found else None
    names = kept_pattern(r"[\w-]+").findall(channels[1]) if channels else []
    if url is None or not names:
        return None
    asked: dict[str, object] = {
        "channelList": names,
        "pageSize": max(1, script_number(page.scripts, "pageSize", 15)),
        "orderFields": ["display_date"],
        "orderTypes": ["desc"],
    }
    if flag := script_value(page.scripts, "docFlag"):
        asked["docFlag"] = flag
    return ListRows(asked=[_page(url, 1, asked)])


def _page(url: str, number: int, asked: dict[str, object]) -> Task:
    return list_task(
        url,
        _FAMILY,
        body=msgspec.json.encode(asked | {"pageNo": number}).decode(),
        content_type=JSON,
        why="上海各区列表接口 affair",
        paging=number if number > 1 else 0,
    )


def _rows(value: object, task: Task) -> ListRows | None:
    """Return the rows of one page, and the requests for the others; None if the answer has no list.

    For pages beyond the last one the platform sends the last page again, with its number.
    """
    if not isinstance(at(value, "data", "list"), list):
        return None
    number = at(value, "data", "pageNo")
    if task.paging and number != task.paging:
        return ListRows(note=f"要第 {task.paging} 页，来的是第 {number} 页")
    items = items_at(value, "data", "list")
    rows = ListRows(anchors([(str(at(item, "url") or ""), str(at(item, "title") or "")) for item in items]))
    count, last = at(value, "data", "totalCount"), at(value, "data", "totalPage")
    if isinstance(count, int) and count >= _CAP:
        rows.note = f"接口只数到 {_CAP} 条，后面可能还有"
    asked = msgspec.json.decode(task.body, type=dict[str, object])
    turn_on(rows, task, last if isinstance(last, int) else None, lambda n: _page(task.url, n, asked))
    return rows


AFFAIR = ListFamily(
    _FAMILY,
    _rows_of_page,
    from_json(_rows),
    posts=True,
    marks={"/api/data/affair": "上海各区平台", "new CMS(": "上海各区平台"},
)
