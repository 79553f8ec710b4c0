"""Lists that post to themselves for their next page: ASP.NET WebForms, and functions that post a page number.

Only the page after the present one is asked for, as a reader would turn the pages: the state that WebForms
expect is in the previous answer. data/pagers.yaml defines which links turn pages; no other control and no
other form is ever posted.
"""

import re
from functools import cache
from urllib.parse import urlencode, urlsplit

import msgspec
from msgspec import structs
from selectolax.lexbor import LexborNode

from extractor.crawl.addresses import join
from extractor.crawl.lists.family import ListFamily
from extractor.crawl.lists.rows import FORM, ListRows, list_task
from extractor.crawl.page import CrawledPage, Link
from extractor.crawl.paging import turned_by_script
from extractor.crawl.task import Task
from extractor.definitions import load_definition
from extractor.patterns import kept_pattern

_FAMILY = "posted"
_POSTBACK = kept_pattern(r"__doPostBack\(\s*['\"]([^'\"]{1,200})['\"]\s*,\s*['\"]([^'\"]{0,100})['\"]\s*\)")
_STATE = "__VIEWSTATE"
_DOTS = frozenset({"...", "…", "……", ".."})


class _WebForms(msgspec.Struct, frozen=True):
    state: list[str]
    turns: str


class _Pagers(msgspec.Struct, frozen=True):
    next: frozenset[str]
    webforms: _WebForms
    calls: dict[str, str]


@cache
def _pagers() -> _Pagers:
    return load_definition("pagers.yaml", _Pagers)


def next_by_post(page: CrawledPage, current: int) -> list[Task]:
    """Return the request for the page after `current`, 1 at the list's own address; none on the last page."""
    return _by_postback(page, current) or _by_call(page, current)


def _rows_of_answer(text: str, task: Task) -> ListRows | None:
    """Return the rows of the answer to such a POST; None if it is not a page of that list."""
    if task.context["mark"] not in text:
        return None
    page = CrawledPage(text, task.url)
    asked = next_by_post(page, task.paging)
    lost = not asked and turned_by_script(page, task.paging)
    return ListRows(text, asked=asked, note="列表的后续页只有脚本能翻" if lost else "")


def _request(
    url: str, number: int, fields: list[tuple[str, str]], told: list[tuple[str, str]], mark: str
) -> Task:
    return list_task(
        url,
        _FAMILY,
        body=urlencode(fields),
        asked=f"{urlencode(told)} 第{number}页",
        content_type=FORM,
        why=f"列表的第 {number} 页，要用 POST 翻",
        paging=number,
        context={"base": url, "mark": mark},
    )


def _by_postback(page: CrawledPage, current: int) -> list[Task]:
    form = _form_of(page)
    numbered = (_turns_to(link, current + 1) for link in page.links)
    event = next(filter(None, numbered), None) or _turns_to_next_block(page)
    if form is None or event is None:
        return []
    url = join(page.base, form.attributes.get("action") or page.url) or page.url
    if _place(url) != _place(page.url):
        return []
    hidden = [
        (name, node.attributes.get("value") or "")
        for node in form.css("input[type=hidden]")
        if (name := node.attributes.get("name")) and name not in ("__EVENTTARGET", "__EVENTARGUMENT")
    ]
    target = [("__EVENTTARGET", event[0]), ("__EVENTARGUMENT", event[1])]
    state = kept_pattern("|".join(_pagers().webforms.state))
    told = target + [(name, value) for name, value in hidden if not state.fullmatch(name)]
    asked = _request(url, current + 1, target + hidden, told, _STATE)
    return [structs.replace(asked, guessed=not event[1])]  # such a control may also be on the last page


def _form_of(page: CrawledPage) -> LexborNode | None:
    """Return the form that holds the state of the page."""
    node: LexborNode | None = page.tree.css_first(f"input[name={_STATE}]")
    while node is not None and node.tag != "form":
        node = node.parent
    return node


def _turns_to(link: Link, number: int) -> tuple[str, str] | None:
    """Return control and argument of a link that turns to a page; None for any other link.

    For days of a calendar, number and argument differ.
    """
    found = _POSTBACK.search(link.written)
    if not found:
        return None
    control, argument = found[1], found[2]
    text = _text_of(link)
    is_next = text in _pagers().next
    if not argument:
        told = is_next or (_is_pager(control) and text == str(number))
    elif argument.removeprefix("Page$").isdigit():
        told = argument.removeprefix("Page$") == str(number) and (is_next or text in _DOTS | {str(number)})
    else:
        told = argument == "Page$Next"
    return (control, argument) if told else None


def _turns_to_next_block(page: CrawledPage) -> tuple[str, str] | None:
    """Return the control of the … after the last page number, for pagers without arguments."""
    shown = [
        (_text_of(link), found[1])
        for link in page.links
        if (found := _POSTBACK.search(link.written)) and not found[2] and _is_pager(found[1])
    ]
    return (shown[-1][1], "") if shown and shown[-1][0] in _DOTS else None


def _is_pager(control: str) -> bool:
    return re.search(_pagers().webforms.turns, control) is not None


def _text_of(link: Link) -> str:
    return link.text.strip("[]【】()（） ")


def _place(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.netloc, parts.path


def _by_call(page: CrawledPage, current: int) -> list[Task]:
    """Return the request that a known function would post, if the page contains its field."""
    for function, field in _pagers().calls.items():
        call = kept_pattern(rf"\b{function}\s*\(\s*['\"]?(\d{{1,6}})['\"]?\s*\)")
        numbers = [int(found[1]) for link in page.links if (found := call.search(link.written))]
        if max(numbers, default=0) > current and re.search(rf"\b{field}\b", page.html):
            fields = [(field, str(current + 1))]
            return [_request(page.url, current + 1, fields, fields, field)]
    return []


POST_PAGERS = ListFamily(_FAMILY, rows_of_answer=_rows_of_answer, posts=True)
