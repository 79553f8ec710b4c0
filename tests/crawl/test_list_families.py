"""A family of scripted lists is one object: whatever is in FAMILIES is asked, read and posted for."""

from functools import cache
from itertools import pairwise

import pytest
from replicas import scripted
from sites.families import FAMILIES as SITES
from sites.server import Site

from extractor.crawl import lists
from extractor.crawl.judge import judge
from extractor.crawl.lists.family import ListFamily
from extractor.crawl.lists.rows import ListRows, anchors, list_task
from extractor.crawl.page import CrawledPage
from extractor.crawl.task import Answer, Task

HERE = "http://www.yunling.example/zfxxgk/nb/index.html"
ROWS = "http://www.yunling.example/rows"


def rows_of_page(page: CrawledPage) -> ListRows | None:
    return (
        ListRows(asked=[list_task(ROWS, "invented", body="page=1")]) if "invented(" in page.scripts else None
    )


def rows_of_answer(text: str, task: Task) -> ListRows | None:
    return ListRows(anchors([("/2024.html", text)])) if task.body == "page=1" else None


INVENTED = ListFamily("invented", rows_of_page, rows_of_answer, posts=True, marks={"invented.js": "甲系统"})


def answer(text: str, url: str) -> Answer:
    return Answer(url, 200, (("content-type", "text/html"),), text.encode(), text.encode())


def test_a_new_family_is_one_object_and_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not lists.may_post("invented")
    monkeypatch.setattr(lists, "FAMILIES", (*lists.FAMILIES, INVENTED))
    page = judge(Task(HERE), answer("<title>政府信息公开年报</title><script>invented()</script>", HERE))
    asked = next(task for task in page.found if task.family == "invented")
    assert lists.may_post(asked.family)
    report = judge(asked, answer("云岭县2024年政府信息公开工作年度报告", ROWS))
    assert [(task.url, task.role) for task in report.found] == [
        ("http://www.yunling.example/2024.html", "candidate")
    ]


def test_a_list_that_cannot_be_asked_for_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "FAMILIES", (*lists.FAMILIES, INVENTED))
    page = CrawledPage("<script src='invented.js'></script>", HERE)
    assert lists.unread_system(page, empty=False) == "甲系统"


def test_what_only_looks_like_a_search_box_counts_on_empty_pages_alone() -> None:
    page = CrawledPage("<form action='/was5/web/search'>", HERE)
    assert lists.unread_system(page, empty=True) == "TRS WAS 检索"
    assert lists.unread_system(page, empty=False) == ""


def test_an_answer_of_no_known_family_is_not_the_list() -> None:
    assert lists.rows_of_answer("{}", Task(HERE, "list", family="gone")) is None


def test_every_family_has_a_name_of_its_own() -> None:
    names = sorted(family.name for family in lists.FAMILIES)
    assert all(one != other for one, other in pairwise(names))


@cache
def pages_of_sites() -> list[CrawledPage]:
    """Return every page of the invented sites and replicas that is served as it lies there."""
    routes = [reply for build in SITES.values() for reply in build()[0].values()]
    with Site() as site:
        scripted.single_page_site(site)
        routes.extend(site.routes.values())
    replies = [reply for reply in routes if not callable(reply)]
    return [CrawledPage(reply.body.decode("utf-8", "replace"), HERE) for reply in replies]


@pytest.mark.parametrize("family", lists.FAMILIES, ids=lambda family: family.name)
def test_every_family_reads_a_page_of_an_invented_site_or_is_named(family: ListFamily) -> None:
    if family.rows_of_page is None:
        assert family.marks or family.marks_of_empty_pages or family.rows_of_answer
        return
    assert any(family.rows_of_page(page) is not None for page in pages_of_sites())
