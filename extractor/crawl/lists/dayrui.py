"""迅睿 (Dayrui): rows as JSON from api-ajax_list, asked by POST with the values in the page's script."""

from itertools import islice
from urllib.parse import parse_qsl, urlencode

from extractor.crawl.addresses import join
from extractor.crawl.lists.family import ListFamily, from_json
from extractor.crawl.lists.rows import FORM, ListRows, anchors, at, items_at, list_task, turn_on
from extractor.crawl.page import CrawledPage
from extractor.crawl.task import Task
from extractor.patterns import kept_pattern

_FAMILY = "dayrui"
_ADDRESS = kept_pattern(r"[\"']([^\"'\s]*api-ajax_list-)")
# Table (of website and module), category, website, module, date format, title length, rows, order, …
_VALUES = kept_pattern(r"\[\s*(?=[\"']\d{1,6}_[a-z]\w*[\"']\s*,)")
_TOKEN = kept_pattern(r"'([^'\n]{0,200})'|\"([^\"\n]{0,200})\"|(\d{1,12})|([\[\]])|null|[,\s]+")
MOST_LISTS = 20  # most lists on one page
_MOST_VALUES = 40
_ROWS_A_PAGE = 6  # index in the values


def _rows_of_page(page: CrawledPage) -> ListRows | None:
    """Return the requests for the first page of every list whose values are in the scripts."""
    address = _ADDRESS.search(page.scripts)
    url = join(page.base, address[1]) if address else None
    if url is None:
        return None
    starts = (found.end() for found in islice(_VALUES.finditer(page.scripts), MOST_LISTS))
    forms = dict.fromkeys(form for start in starts if (form := _form(page.scripts, start)))
    asked = [_page(url, 1, form, _told_size(form)) for form in forms]
    return ListRows(asked=asked) if asked else None


def _form(script: str, start: int) -> str:
    """Return the values from a position in the script as a form body, nested lists encoded as by jQuery.

    >>> _form("['1_xxgk', '7', ['id DESC'], '']", 1)
    'ajax_type%5B%5D=1_xxgk&ajax_type%5B%5D=7&ajax_type%5B2%5D%5B%5D=id+DESC&ajax_type%5B%5D=&is_ds=1'
    """
    pairs: list[tuple[str, str]] = []
    place, inner = 0, False
    while found := _TOKEN.match(script, start):
        start = found.end()
        one, other, number, bracket = found.groups()
        if bracket == "]" and not inner:
            return urlencode([*pairs, ("is_ds", "1")])
        if bracket:
            inner = bracket == "["
            place += not inner
        elif found[0] == "null" or any(value is not None for value in (one, other, number)):
            pairs.append((f"ajax_type[{place}][]" if inner else "ajax_type[]", one or other or number or ""))
            place += not inner
        if len(pairs) > _MOST_VALUES:
            break
    return ""  # the list could not be parsed to the end


def _told_size(form: str) -> int:
    """Return the number of rows per page; 0 if the values do not give it."""
    values = [value for name, value in parse_qsl(form, keep_blank_values=True) if name == "ajax_type[]"]
    told = values[_ROWS_A_PAGE] if len(values) > _ROWS_A_PAGE else ""
    return int(told) if told.isdigit() else 0


def _page(prefix: str, number: int, form: str, size: int) -> Task:
    return list_task(
        f"{prefix}{number}.html",
        _FAMILY,
        body=form,
        content_type=FORM,
        why="迅睿列表接口 api-ajax_list",
        paging=number if number > 1 else 0,
        context={"prefix": prefix, "size": str(size)},
    )


def _rows(value: object, task: Task) -> ListRows | None:
    """Return the rows of one page, and the requests for the others; None for an answer without a list."""
    if not isinstance(at(value, "data"), list):
        return None
    items = items_at(value, "data")
    rows = ListRows(anchors([(str(at(item, "url") or ""), str(at(item, "title") or "")) for item in items]))
    total = str(at(value, "total") or "")
    size = int(task.context["size"]) or max(1, len(items))  # known from the first page
    last = -(-int(total) // size) if total.isdigit() else None
    turn_on(rows, task, last, lambda number: _page(task.context["prefix"], number, task.body, size))
    return rows


DAYRUI = ListFamily(_FAMILY, _rows_of_page, from_json(_rows), posts=True, marks={"api-ajax_list": "迅睿"})
