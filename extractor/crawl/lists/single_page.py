"""Single-page sites: the address of the list stands in a script file, and its rows come as JSON.

The script is read, not run. Only addresses written out in full are requested, by GET, with
the parameters given there; addresses composed at run time are not guessed.
"""

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

from extractor.crawl.addresses import join, site_of
from extractor.crawl.lists.family import ListFamily
from extractor.crawl.lists.inline import unescaped
from extractor.crawl.lists.rows import MOST_PAGES, ListRows, anchors, json_value, list_task, with_query
from extractor.crawl.page import CrawledPage
from extractor.crawl.paging import PAGE_KEYS
from extractor.crawl.task import Task
from extractor.crawl.words import names_a_report
from extractor.patterns import kept_pattern

_FAMILY = "single-page"
_SHELL = kept_pattern(r"id=[\"']?(?:app|root|container|main)\b|chunk-vendors|__INITIAL_STATE__", re.I)
_LIBRARY = kept_pattern(
    r"vendor|jquery|polyfill|echarts|swiper|vue(?:\.|-router|x)|react(?:\.|-dom)|runtime|baidu|hm\.js", re.I
)
_MOST_SCRIPTS = 4
_MOST_LISTS = 4
_ADDRESS = kept_pattern(
    r"([\"'`])((?:https?://[^\"'`\s/]+)?/[\w./-]*(?:list|page|query|search|article|content|info)[\w./-]*"
    r"(?:\?[^\"'`\s${}]*)?)\1",
    re.I,
)
_REPORTS = kept_pattern(r"ndbg|xxgknb|gknb|annual|nianbao|openness|xxgk|zfxxgk|gongkai|public", re.I)
_PAGE_FILE = kept_pattern(r"\.(?:s?html?|js|css|vue|png|jpg|svg|json)$", re.I)
_PARAMETERS = kept_pattern(r"^[^;]{0,60}?(?:params|data)\s*:\s*\{([^{}]{0,400})\}", re.S)
_PAIR = kept_pattern(r"([\w$]+)\s*:\s*(?:\"([^\"]*)\"|'([^']*)'|(-?\d+)|([\w$.]+))")
_TITLE = kept_pattern(r"title|subject|headline|^name$", re.I)
_LINK = kept_pattern(r"url|href|link|path", re.I)
_TOTAL = kept_pattern(r"^(?:total|count|total_?count|total_?elements|row_?count|totalnum)$", re.I)


def _rows_of_page(page: CrawledPage) -> ListRows | None:
    """Return the requests for the script files of an empty shell; None for a page with content."""
    if len(page.text) >= 120 or not _SHELL.search(page.html):
        return None
    sources = [node.attributes.get("src") or "" for node in page.tree.css("script[src]")]
    urls = [join(page.base, source) for source in sources if not _LIBRARY.search(source)]
    own = [url for url in urls if url and site_of(url) == site_of(page.url)]
    context = {"base": page.url}
    tasks = [list_task(url, _FAMILY, why="单页网站的脚本", context=context) for url in own[:_MOST_SCRIPTS]]
    return ListRows(asked=tasks) if tasks else None


def _rows_of_answer(text: str, task: Task) -> ListRows | None:
    if "page" in task.context:
        value = json_value(text)
        return None if value is None else _rows(value, task)
    asked = list(_lists_in(text, task.context["base"]))
    return ListRows(asked=asked)  # no list found: the page that loads the script is recorded as unread


def _lists_in(script: str, base: str) -> Iterator[Task]:
    """Yield the requests for the first pages of the lists whose addresses a script holds."""
    found: dict[str, str] = {}
    for match in _ADDRESS.finditer(script):
        address = unescaped(match[2])
        if _PAGE_FILE.search(address.partition("?")[0]):
            continue
        told = _PARAMETERS.match(script[match.end() : match.end() + 500])
        if first := _first_page(join(base, address), told[1] if told else ""):
            found.setdefault(*first)
    likely = sorted(found, key=lambda url: not _REPORTS.search(url))
    for url in likely[:_MOST_LISTS]:
        context = {"base": base, "page": found[url]}
        yield list_task(url, _FAMILY, why="单页网站脚本里的列表接口", context=context)


def _first_page(url: str | None, parameters: str) -> tuple[str, str] | None:
    """Return the address of a first page and its page parameter; None if a value is unknown."""
    if url is None:
        return None
    told = {key: "" for key, _ in parse_qsl(urlsplit(url).query, keep_blank_values=True)}
    for key, one, other, number, variable in _PAIR.findall(parameters):
        if variable and key.lower() not in PAGE_KEYS:
            return None
        told[key] = one or other or number
        url = with_query(url, **{key: told[key] or "1"})
    counts = next((key for key in told if key.lower() in PAGE_KEYS), "")
    blank = [key for key, value in parse_qsl(urlsplit(url).query, keep_blank_values=True) if not value]
    if any(key.lower() not in PAGE_KEYS for key in blank):
        return None
    return (with_query(url, **{counts: 1}) if counts else url), counts


def _rows(value: object, task: Task) -> ListRows:
    """Return the rows of one page, and the request for the next until the total is reached."""
    items, total = _items(value), _total(value)
    rows = [(_field(item, _LINK), _field(item, _TITLE)) for item in items]
    linked = [(url, title) for url, title in rows if url]
    lost = [title for url, title in rows if not url and names_a_report(title)]
    answer = ListRows(anchors(linked), note=f"{len(lost)} 个年报只有编号，没有地址" if lost else "")
    number, key = max(task.paging, 1), task.context["page"]
    seen = int(task.context.get("seen", "0")) + len(items)
    if items and key and number < MOST_PAGES and (total is None or seen < total):
        asked = list_task(
            with_query(task.url, **{key: number + 1}),
            _FAMILY,
            why="单页网站列表接口的下一页",
            paging=number + 1,
            guessed=total is None,
            context=task.context | {"seen": str(seen)},
        )
        answer.asked.append(asked)
    return answer


def _items(value: object) -> list[dict[str, object]]:
    """Return the first list of objects with titles, wherever it is in the answer."""
    if isinstance(value, list):
        items = [item for item in value if isinstance(item, dict) and _field(item, _TITLE)]
        return items or next((found for item in value if (found := _items(item))), [])
    if isinstance(value, dict):
        return next((found for inner in value.values() if (found := _items(inner))), [])
    return []


def _total(value: object) -> int | None:
    if not isinstance(value, dict):
        return None
    for key, inner in value.items():
        if _TOTAL.match(key) and isinstance(inner, int):
            return inner
    return next((total for inner in value.values() if (total := _total(inner)) is not None), None)


def _field(item: dict[str, object], names: re.Pattern[str]) -> str:
    found = (text for key, text in item.items() if names.search(key) and isinstance(text, str) and text)
    return next(found, "")


SINGLE_PAGE = ListFamily(_FAMILY, _rows_of_page, _rows_of_answer)
