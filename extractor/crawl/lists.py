"""Lists whose rows come by script: the requests that the page's own script would make, and their answers.

Each reader takes a page or an answer and gives the rows it holds and the requests that
bring the rest. It asks only what the script of the page would ask.
"""

from collections.abc import Callable

from extractor.crawl import list_hanweb, list_json
from extractor.crawl.list_rows import Rows, parsed
from extractor.crawl.page import Page
from extractor.crawl.task import Task

_PAGES: tuple[Callable[[Page], Rows | None], ...] = (
    list_hanweb.jpage,
    list_hanweb.jpaas,
    list_json.gkmlpt,
    list_json.epoint,
    list_json.ucap,
    list_json.lonsun,
)
_ANSWERS: dict[str, Callable[[object, Task], Rows]] = {
    "jpaas": list_hanweb.jpaas_answer,
    "epoint": list_json.epoint_answer,
    "gkmlpt": list_json.gkmlpt_answer,
    "ucap": list_json.ucap_answer,
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
        return (
            Rows(asked=[list_json.epoint_list(text, task.context, 0)]) if "siteguid" in text.lower() else None
        )
    if task.family in ("dataproxy", "fragment"):
        if "<datastore" in text.lower() or task.family == "dataproxy":
            return list_hanweb.datastore(text, task.url) if "<record" in text.lower() else None
        return Rows(text) if start == "<" and "<html" not in text[:500].lower() else None
    value = parsed(text)
    return _ANSWERS[task.family](value, task) if value is not None else None
