"""Hanweb's 信息公开 module: a shell whose rows come from search.jsp, asked by POST as loadDynamic() asks."""

from urllib.parse import parse_qsl, urlencode, urlsplit

from extractor.crawl.addresses import join
from extractor.crawl.lists.family import ListFamily
from extractor.crawl.lists.rows import FORM, ListRows, arguments_of, list_task, turn_on, with_query
from extractor.crawl.page import CrawledPage
from extractor.crawl.task import Task
from extractor.patterns import kept_pattern

_FAMILY = "xxgk"
# Search fields of the form on the page; empty when only turning pages.
_FIELDS = (
    *("infotypeId", "area", "vc_title", "vc_number", "vc_filenumber", "vc_all", "texttype", "fbtime"),
    "sortfield",
)
_WEBSITE = 5  # index of the argument of loadDynamic() that is the website's number


def _rows_of_page(page: CrawledPage) -> ListRows | None:
    """Return the requests for the first page of every list on the shell."""
    asked: dict[str, Task] = {}
    for told in arguments_of(page.scripts, "loadDynamic"):
        # The script appends search words to the address; without them it returns the whole list.
        url = join(page.base, told[0].replace("&amp;", "&")) if "xxgk/search.jsp" in told[0] else None
        if url and len(told) > _WEBSITE:
            asked.setdefault(url, _page(url, 1, divid=told[1], jdid=told[_WEBSITE]))
    return ListRows(asked=list(asked.values())) if asked else None


def _page(url: str, number: int, **place: str) -> Task:
    told = dict(parse_qsl(urlsplit(url).query, keep_blank_values=True))
    form = dict.fromkeys(_FIELDS, "") | told | place | {"currpage": str(number)}
    return list_task(
        with_query(url, currpage=number),
        _FAMILY,
        body=urlencode(form),
        content_type=FORM,
        why="大汉信息公开目录 search.jsp",
        paging=number if number > 1 else 0,
        context=place,
    )


def _rows_of_answer(text: str, task: Task) -> ListRows | None:
    """Return the rows of a fragment, and the requests for the others; None for a whole page or no markup."""
    if "<html" in text[:500].lower() or "<" not in text:
        return None
    rows = ListRows(text)
    count = kept_pattern(r"共\s*(\d{1,6})\s*页").search(CrawledPage(text, task.url).text)
    place = {name: task.context[name] for name in ("divid", "jdid")}
    turn_on(rows, task, int(count[1]) if count else None, lambda number: _page(task.url, number, **place))
    return rows


HANWEB_XXGK = ListFamily(
    _FAMILY, _rows_of_page, _rows_of_answer, posts=True, marks={"xxgk/search.jsp": "大汉信息公开目录"}
)
