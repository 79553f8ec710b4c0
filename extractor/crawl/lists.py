"""Lists whose rows come by script: the requests that the page's own script would make, and their answers.

Each reader takes a page or an answer and gives the rows it holds and the requests that
bring the rest. It asks only what the script of the page would ask.
"""

from collections.abc import Callable

from extractor.crawl import (
    list_affair,
    list_dayrui,
    list_hanweb,
    list_json,
    list_truecms,
    list_xxgk,
    post_pagers,
)
from extractor.crawl.list_rows import Rows, parsed
from extractor.crawl.page import Page
from extractor.crawl.task import Task

_PAGES: tuple[Callable[[Page], Rows | None], ...] = (
    list_truecms.truecms,
    list_hanweb.jpage,
    list_hanweb.jpaas,
    list_xxgk.search_jsp,
    list_json.gkmlpt,
    list_json.epoint,
    list_json.ucap,
    list_json.lonsun,
    list_dayrui.dayrui,
    list_affair.affair,
)
_ANSWERS: dict[str, Callable[[object, Task], Rows | None]] = {
    "jpaas": list_hanweb.jpaas_answer,
    "epoint": list_json.epoint_answer,
    "gkmlpt": list_json.gkmlpt_answer,
    "ucap": list_json.ucap_answer,
    "truecms": list_truecms.truecms_answer,
    list_dayrui.FAMILY: list_dayrui.dayrui_answer,
    list_affair.FAMILY: list_affair.affair_answer,
}
_TEXTS: dict[str, Callable[[str, Task], Rows | None]] = {
    list_xxgk.FAMILY: list_xxgk.search_jsp_rows,
    post_pagers.FAMILY: post_pagers.posted_rows,
}

# Whose requests may have a body. They turn the pages of lists; nothing else is ever posted.
POSTED = frozenset(
    {"dataproxy", "epoint", list_dayrui.FAMILY, list_affair.FAMILY, list_xxgk.FAMILY, post_pagers.FAMILY}
)

# What the page of such a list says → what it is called where its request cannot be told from the page.
_MARKS = {
    "messageController/getMessage.do": "truecms",
    "xxgk/search.jsp": "大汉信息公开目录",
    "api-ajax_list": "迅睿",
    "/api/data/affair": "上海各区平台",
    "new CMS(": "上海各区平台",
}
# The same, of what every page may hold as its search box: it tells something only on a page without a report.
_MARKS_OF_EMPTY_PAGES = {"was5/web/search": "TRS WAS 检索"}


def rows_of_page(page: Page) -> Rows | None:
    """Return the rows that a page hides in scripts and the requests for more; None for an ordinary page.

    A column may stand beside a list of news that comes in another way.
    """
    found = [rows for reader in _PAGES if (rows := reader(page)) is not None]
    if not found:
        return None
    return Rows("".join(rows.html for rows in found), [task for rows in found for task in rows.asked])


def unread(page: Page, *, empty: bool) -> str:
    """Return the system of a list on the page whose request the page does not tell; "" where there is none.

    Asked only where no reader has found anything; `empty` is a page that shows no report either.
    """
    marks = _MARKS | (_MARKS_OF_EMPTY_PAGES if empty else {})
    return next((name for mark, name in marks.items() if mark in page.html), "")


def rows_of_answer(text: str, task: Task) -> Rows | None:
    """Return the rows of an answer to such a request; None where it is not what was asked for.

    The same lists come as text/html, text/xml and application/json: the first character decides.
    """
    start = text.lstrip()[:1]
    if task.family == "epoint-site":
        return (
            Rows(asked=[list_json.epoint_list(text, task.context, 0)]) if "siteguid" in text.lower() else None
        )
    if task.family in ("dataproxy", "fragment"):
        if "<datastore" in text.lower() or task.family == "dataproxy":
            return list_hanweb.datastore(text, task.url) if "<record" in text.lower() else None
        return Rows(text) if start == "<" and "<html" not in text[:500].lower() else None
    if task.family in _TEXTS:
        return _TEXTS[task.family](text, task)
    value = parsed(text)
    return _ANSWERS[task.family](value, task) if value is not None else None
