"""Scripted lists: their rows are not in the page but fetched by its script.

Each family of content systems has one module with one `ListFamily`; FAMILIES names them all. A
family takes a page or an answer and returns its rows and the requests for the rest. It makes only
requests that the page's own script would make.
"""

from extractor.crawl.lists.affair import AFFAIR
from extractor.crawl.lists.dayrui import DAYRUI
from extractor.crawl.lists.epoint import EPOINT
from extractor.crawl.lists.family import ListFamily
from extractor.crawl.lists.gkmlpt import GKMLPT
from extractor.crawl.lists.hanweb import HANWEB
from extractor.crawl.lists.inline import INLINE
from extractor.crawl.lists.jpaas import JPAAS
from extractor.crawl.lists.lonsun import LONSUN
from extractor.crawl.lists.post_pagers import POST_PAGERS
from extractor.crawl.lists.rows import ListRows
from extractor.crawl.lists.single_page import SINGLE_PAGE
from extractor.crawl.lists.truecms import TRUECMS
from extractor.crawl.lists.ucap import UCAP
from extractor.crawl.lists.was import TRS_WAS
from extractor.crawl.lists.xxgk import HANWEB_XXGK
from extractor.crawl.page import CrawledPage
from extractor.crawl.task import Task

# Every family, in the order in which their rows are combined.
FAMILIES: tuple[ListFamily, ...] = (
    TRUECMS,
    HANWEB,
    JPAAS,
    HANWEB_XXGK,
    GKMLPT,
    EPOINT,
    UCAP,
    LONSUN,
    DAYRUI,
    AFFAIR,
    POST_PAGERS,
    TRS_WAS,
    INLINE,
    SINGLE_PAGE,
)


def rows_of_page(page: CrawledPage) -> ListRows | None:
    """Return the rows that a page hides in scripts and the requests for more; None for an ordinary page.

    Several families may find rows on one page, for example a column and a list of news.
    """
    readers = [family.rows_of_page for family in FAMILIES if family.rows_of_page]
    found = [rows for reader in readers if (rows := reader(page)) is not None]
    if not found:
        return None
    note = "；".join(rows.note for rows in found if rows.note)
    asked = [task for rows in found for task in rows.asked]
    return ListRows("".join(rows.html for rows in found), asked, note=note)


def rows_of_answer(text: str, task: Task) -> ListRows | None:
    """Return the rows of an answer to a family's request; None if it is not the expected answer."""
    reader = next((family.rows_of_answer for family in FAMILIES if family.name == task.family), None)
    return reader(text, task) if reader else None


def may_post(family: str) -> bool:
    """Return whether requests of this family may be POSTs; they only turn the pages of lists.

    Nothing else is ever posted.
    """
    return any(known.name == family and known.posts for known in FAMILIES)


def unread_system(page: CrawledPage, *, empty: bool) -> str:
    """Return the system of a list whose request is not in the page; "" if there is none.

    Called only if no family has found anything; `empty` is a page that shows no report either.
    """
    marks = {mark: name for family in FAMILIES for mark, name in family.marks.items()}
    if empty:
        marks |= {mark: name for family in FAMILIES for mark, name in family.marks_of_empty_pages.items()}
    return next((name for mark, name in marks.items() if mark in page.html), "")
