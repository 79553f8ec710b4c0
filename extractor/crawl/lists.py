"""Lists whose rows come by script: the requests that the page's own script would make, and their answers.

Each reader takes a page or an answer and gives the rows it holds and the requests that
bring the rest. It asks only what the script of the page would ask.
"""

import re
from collections.abc import Callable
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import msgspec

from extractor.crawl.addresses import join
from extractor.crawl.page import Page
from extractor.crawl.task import Task

_FORM = "application/x-www-form-urlencoded"
_JSON = "application/json"
MOST_PAGES = 500

Asked = list[Task]


class Rows:
    """What one answer holds: HTML to read links from, and requests for the rest."""

    def __init__(self, html: str = "", asked: Asked | None = None, total: int | None = None) -> None:
        """Keep the rows as HTML, the requests that follow, and the number of rows if it is told."""
        self.html = html
        self.asked = asked or []
        self.total = total


def _list_task(url: str, family: str, **more: object) -> Task:
    return msgspec.structs.replace(Task(url, "list", family=family), **more)


def _script_value(text: str, name: str) -> str:
    """Return what a script gives a name: name: 'x', "name": 3, name = "x"."""
    found = re.search(rf"\b{name}['\"]?\s*[:=]\s*['\"]?([^'\",;}}\s]*)", text, re.I)
    return found[1] if found else ""


def _with_query(url: str, **pairs: object) -> str:
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query, keep_blank_values=True)) | {
        key: str(value) for key, value in pairs.items()
    }
    return urlunsplit(parts._replace(query=urlencode(query)))


def _anchors(rows: list[tuple[str, str]]) -> str:
    from html import escape

    return "".join(f'<a href="{escape(url)}">{escape(title)}</a>' for url, title in rows if url)


# Hanweb: the first rows stand in the page as XML, the others come from dataproxy.

_RECORD = re.compile(r"<record>\s*(?:<!\[CDATA\[)?(.*?)(?:\]\]>)?\s*</record>", re.S | re.I)
_NEXT_GROUP = re.compile(r"<nextgroup>(.*?)</nextgroup>", re.S | re.I)
_PARAMETERS = (
    *(
        "col",
        "appid",
        "webid",
        "path",
        "columnid",
        "sourceContentType",
        "unitid",
        "webname",
        "permissiontype",
    ),
)


def _datastore(text: str, base: str) -> Rows:
    records = "".join(_RECORD.findall(text))
    total = re.search(r"<totalrecord>(\d+)", text, re.I)
    rows = Rows(records, total=int(total[1]) if total else None)
    group = _NEXT_GROUP.search(text)
    following = re.search(r"href=[\"']([^\"']+)", group[1]) if group else None
    if following and (url := join(base, following[1].replace("&amp;", "&"))):
        rows.asked.append(_list_task(url, "dataproxy", why="大汉列表的下一组"))
    return rows


def _jpage(page: Page) -> Rows | None:
    if "<datastore" not in page.html.lower():
        return None
    rows = _datastore(page.html, page.base)
    proxy = re.search(r"[\"']([^\"']*dataproxy\.jsp[^\"']*)[\"']", page.scripts)
    if not proxy or not rows.total or rows.asked:
        return rows
    per_page = int(_script_value(page.scripts, "perpage") or 15)
    form = {name: value for name in _PARAMETERS if (value := _script_value(page.scripts, name))}
    window = 3 * per_page  # what the script itself asks for at a time
    url = join(page.base, proxy[1].replace("&amp;", "&"))
    for first in range(1, min(rows.total, MOST_PAGES * window) + 1, window):
        last = min(first + window - 1, rows.total)
        if url and last > len(_RECORD.findall(page.html)):
            asked = _with_query(url, startrecord=first, endrecord=last, perpage=per_page)
            rows.asked.append(
                _list_task(
                    asked,
                    "dataproxy",
                    method="POST",
                    body=urlencode(form),
                    content_type=_FORM,
                    why="大汉列表 dataproxy",
                )
            )
    return rows


# JPaaS: a unit asks a gateway for finished HTML.

_UNIT = re.compile(r"<script\b[^>]*unitbuild\.js[^>]*>", re.I)


def _jpaas(page: Page) -> Rows | None:
    asked = []
    for tag in _UNIT.findall(page.html):
        url = re.search(r"\burl=[\"']([^\"']+)", tag)
        data = re.search(r"queryData=\"([^\"]*)\"", tag, re.I)
        if not url or not data or not (address := join(page.base, url[1])):
            continue
        pairs = dict(re.findall(r"'(\w+)'\s*:\s*'([^']*)'", data[1]))
        pairs.setdefault("parseType", "bulidstatic")  # the platform's own spelling
        pairs.setdefault("pageType", "column")
        asked.append(
            _list_task(_with_query(address, **pairs), "jpaas", why="JPaaS 列表", context={"page": "1"})
        )
    return Rows(asked=asked) if asked else None


def _jpaas_answer(value: object, task: Task) -> Rows:
    html = str(_at(value, "data", "html") or "")
    size = int(_script_value(html, "rows") or 15)
    count = int(_script_value(html, "count") or 0)
    page = int(task.context.get("page", "1"))
    rows = Rows(html, total=count)
    if page == 1:
        for n in range(2, min(-(-count // size), MOST_PAGES) + 1):
            url = _with_query(task.url, paramJson=f'{{"pageNo":{n},"pageSize":{size}}}')
            rows.asked.append(_list_task(url, "jpaas", why="JPaaS 列表", paging=n, context={"page": str(n)}))
    return rows


# Epoint: the site's ids stand in a script file, the rows come as JSON.


def _epoint(page: Page) -> Rows | None:
    if "webBuilderCommon.js" not in page.html and "getgovinfolist" not in page.html.lower():
        return None
    category = _script_value(page.html, "categorynum")
    if not category:
        numbers = re.findall(r"/(\d{3,})(?=/)", urlsplit(page.url).path)
        category = numbers[-1] if numbers else ""
    if not category:
        return None
    context = {"category": category, "dept": _script_value(page.scripts, "deptcode"), "base": page.url}
    source = re.search(r"[\"']([^\"']*webBuilderCommon\.js[^\"']*)", page.html)
    if "siteguid" in page.scripts.lower():
        return Rows(asked=[_epoint_list(page.scripts, context, 0)])
    url = join(page.base, source[1]) if source else None
    return Rows(asked=[_list_task(url, "epoint-site", why="新点站点参数", context=context)]) if url else None


def _epoint_list(script: str, context: dict[str, str], index: int) -> Task:
    context = context | {
        "site": context.get("site") or _script_value(script, "siteGuid"),
        "project": context.get("project") or _script_value(script, "projectName"),
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
    return _list_task(
        url or context["base"],
        "epoint",
        method="POST",
        body=msgspec.json.encode(body).decode(),
        content_type=_JSON,
        why="新点 JSON 列表",
        paging=index + 1 if index else 0,
        context=context,
    )


def _epoint_answer(value: object, task: Task) -> Rows:
    custom = _at(value, "custom")
    if isinstance(custom, str):
        custom = _json(custom)
    data = _at(custom, "data")
    items = data if isinstance(data, list) else []
    rows = [
        (str(_at(item, "infourl") or ""), str(_at(item, "realtitle") or _at(item, "title") or ""))
        for item in items
    ]
    answer = Rows(_anchors(rows))
    index = int(task.context["index"])
    if len(items) >= 15 and index + 1 < MOST_PAGES:
        answer.asked.append(_epoint_list("", task.context, index + 1))
    return answer


# The 广东 platform: the tree of categories in the page, the rows from its API.


def _gkmlpt(page: Page) -> Rows | None:
    if "_CONFIG" not in page.scripts or "TREE" not in page.scripts:
        return None
    site = _script_value(page.scripts, "SID")
    asked = []
    for match in re.finditer(r"\{[^{}]*\}", page.scripts):
        name, number = _script_value(match[0], "name"), _script_value(match[0], "id")
        if site and number.isdigit() and re.search(r"年报|年度报告", name):
            url = join(page.base, f"/gkmlpt/api/all/{number}?page=1&sid={site}")
            if url:
                asked.append(_list_task(url, "gkmlpt", why="政府信息公开目录平台接口", strong=True))
    return Rows(asked=asked) if asked else None


def _gkmlpt_answer(value: object, task: Task) -> Rows:
    items = _at(value, "articles")
    items = items if isinstance(items, list) else []
    rows = [
        (str(_at(item, "url") or _at(item, "post_url") or ""), str(_at(item, "title") or ""))
        for item in items
    ]
    answer = Rows(_anchors(rows))
    number = int(dict(parse_qsl(urlsplit(task.url).query)).get("page", "1"))
    if items and number < MOST_PAGES:
        url = _with_query(task.url, page=number + 1)
        answer.asked.append(
            _list_task(url, "gkmlpt", why="目录平台接口的下一页", paging=number + 1, guessed=True)
        )
    return answer


# UCAP and Lonsun: an address in the page's script, the page number in its query.

_SEARCH = re.compile(
    r"[\"']((?:https?:)?/[^\"'\s]*(?:common/search|searchList|/search)/[0-9a-f]{32}[^\"'\s]*)[\"']", re.I
)
_LABEL = re.compile(r"[\"']([^\"'\s]*/site/label/\d+\?[^\"'\s]*labelName=publicInfoList[^\"'\s]*)[\"']", re.I)


def _ucap(page: Page) -> Rows | None:
    found = _SEARCH.search(page.scripts)
    url = join(page.base, found[1].replace("&amp;", "&")) if found else None
    if not url:
        return None
    asked = _with_query(url, _isAgg="true", _isJson="true", _pageSize=20, _template="index", page=1)
    return Rows(asked=[_list_task(asked, "ucap", why="开普 JSON 列表")])


def _ucap_answer(value: object, task: Task) -> Rows:
    items = _at(value, "data", "results")
    items = items if isinstance(items, list) else []
    rows = [(str(_at(item, "url") or ""), str(_at(item, "title") or "")) for item in items]
    total = _at(value, "data", "total")
    answer = Rows(_anchors(rows), total=total if isinstance(total, int) else None)
    number = int(dict(parse_qsl(urlsplit(task.url).query)).get("page", "1"))
    if items and answer.total and number * 20 < answer.total and number < MOST_PAGES:
        answer.asked.append(
            _list_task(
                _with_query(task.url, page=number + 1), "ucap", why="开普 JSON 列表", paging=number + 1
            )
        )
    return answer


def _lonsun(page: Page) -> Rows | None:
    found = _LABEL.search(page.scripts)
    url = join(page.base, found[1].replace("&amp;", "&")) if found else None
    if not url:
        return None
    count = int(_script_value(page.scripts, "pageCount") or 1)
    asked = [
        _list_task(
            _with_query(url, pageIndex=n), "fragment", why="信息公开列表接口", paging=n if n > 1 else 0
        )
        for n in range(1, min(count, MOST_PAGES) + 1)
    ]
    return Rows(asked=asked)


_PAGES: tuple[Callable[[Page], Rows | None], ...] = (_jpage, _jpaas, _gkmlpt, _epoint, _ucap, _lonsun)
_ANSWERS: dict[str, Callable[[object, Task], Rows]] = {
    "jpaas": _jpaas_answer,
    "epoint": _epoint_answer,
    "gkmlpt": _gkmlpt_answer,
    "ucap": _ucap_answer,
}


def rows_of_page(page: Page) -> Rows | None:
    """Return the rows that a page hides in scripts, or the requests for them; None for an ordinary page."""
    return next((rows for reader in _PAGES if (rows := reader(page)) is not None), None)


def rows_of_answer(text: str, task: Task) -> Rows | None:
    """Return the rows of an answer to such a request; None where it is not what was asked for.

    The same lists come as text/html, text/xml and application/json: the first character decides.
    """
    start = text.lstrip()[:1]
    if task.family == "epoint-site":
        return Rows(asked=[_epoint_list(text, task.context, 0)]) if "siteguid" in text.lower() else None
    if task.family in ("dataproxy", "fragment"):
        if "<datastore" in text.lower() or task.family == "dataproxy":
            return _datastore(text, task.url) if "<record" in text.lower() else None
        return Rows(text) if start == "<" and "<html" not in text[:500].lower() else None
    value = _json(text)
    return _ANSWERS[task.family](value, task) if value is not None else None


def _json(text: str) -> object | None:
    try:
        return msgspec.json.decode(text)  # type: ignore[no-any-return]  # any JSON
    except msgspec.DecodeError:
        return None


def _at(value: object, *keys: str) -> object | None:
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value
