"""Every system and every trap: all reports found, nothing else taken, every failure named."""

from collections import Counter
from itertools import pairwise

import pytest
from crawls import Crawl, Served, path_of
from sites.families import FAMILIES

EVERY_SITE = [*FAMILIES, "maze", "faults"]


@pytest.mark.parametrize("name", EVERY_SITE)
def test_every_report_of_the_site_is_found_and_nothing_else_is_taken(
    name: str, served: dict[str, Served], crawled: Crawl
) -> None:
    assert crawled.paths(served[name].site) == served[name].taken


@pytest.mark.parametrize("name", EVERY_SITE)
def test_no_address_is_asked_for_twice_unless_it_failed(
    name: str, served: dict[str, Served], crawled: Crawl
) -> None:
    asked = Counter(
        (a.method, a.path, a.body) for a in served[name].site.log if a.status in (200, 301, 302, 404)
    )
    assert {key: count for key, count in asked.items() if count > 1} == {}


@pytest.mark.parametrize("name", EVERY_SITE)
def test_one_request_at_a_time_to_a_host(name: str, served: dict[str, Served], crawled: Crawl) -> None:
    # The next request may come when an answer is sent, never before; faults end when they like.
    log = sorted((a.began, a.ended) for a in served[name].site.log if a.status)
    overlaps = [(one, two) for one, two in pairwise(log) if two[0] < one[1]]
    assert overlaps == []


def test_every_fault_has_its_name_in_the_manifest(served: dict[str, Served], crawled: Crawl) -> None:
    each = served["faults"]
    named = {path: crawled.outcome(each.site.url(path)) for path in each.named}
    assert named == each.named


def test_a_refusal_is_not_asked_again(served: dict[str, Served], crawled: Crawl) -> None:
    site = served["faults"].site
    assert [len(site.asked_for(path)) for path in ("/r/403", "/r/404", "/r/412")] == [1, 1, 1]


def test_what_may_pass_is_asked_three_times_at_most(served: dict[str, Served], crawled: Crawl) -> None:
    site = served["faults"].site
    assert [len(site.asked_for(f"/r/{name}")) for name in ("500", "short")] == [3, 3]
    # Twisted asks once more of its own where a connection kept open turns out to be dead.
    assert len(site.asked_for("/r/reset")) <= 6


def test_retry_after_is_kept(served: dict[str, Served], crawled: Crawl) -> None:
    first, second = served["faults"].site.asked_for("/r/429-once")
    assert second.began - first.ended >= 1.0


def test_traps_are_named(served: dict[str, Served], crawled: Crawl) -> None:
    site = served["maze"].site
    outcomes = {
        path: crawled.outcome(site.url(path)) for path in ("/gone/1.html", "/gone/2.html", "/app/", "/ring/b")
    }
    assert outcomes == {
        "/gone/1.html": "soft_404",
        "/gone/2.html": "unlike_a_report",
        "/app/": "needs_browser",
        "/ring/b": "redirect_loop",
    }


def test_a_link_that_only_a_script_understands_is_named(served: dict[str, Served], crawled: Crawl) -> None:
    line = next(line for line in crawled.lines if line["url"] == served["maze"].site.url("/nb/"))
    assert line["outcome"] == "needs_browser"
    assert "云岭县丙局" in line["note"]


def test_a_report_on_another_host_is_named_and_not_fetched(crawled: Crawl) -> None:
    line = next(line for line in crawled.lines if line["url"] == "http://other.yunling.example/1.html")
    assert (line["outcome"], line["taken"]) == ("outside", False)


def test_endless_lists_and_calendars_end_soon(served: dict[str, Served], crawled: Crawl) -> None:
    paths = [asked.path for asked in served["maze"].site.log]
    assert sum(path.startswith("/nb/?p=") for path in paths) <= 2
    assert sum(path.startswith("/gk/") for path in paths) <= 10
    assert not any(path.startswith("/rili") for path in paths)


def test_copies_parts_and_files_are_one_report(served: dict[str, Served], crawled: Crawl) -> None:
    site = served["trs"].site
    folder = "/zwgk/zfxxgknb/202501/"
    names = {
        path_of(line["url"]): line.get("report")
        for line in crawled.lines
        if line["url"].startswith(site.home)
    }
    pieces = [f"{folder}t20250120_00{part}.html" for part in ("", "_1", "_2")] + [f"{folder}P020250120.pdf"]
    assert len({names[piece] for piece in pieces}) == 1
    maze = served["maze"].site
    one, copy = (
        next(line["report"] for line in crawled.lines if line["url"] == maze.url(path))
        for path in ("/nb/2023/0/index.html", "/copy/1.html")
    )
    assert one == copy


def test_the_manifest_tells_what_why_and_from_where(served: dict[str, Served], crawled: Crawl) -> None:
    url = served["hanweb"].site.url("/art/2005/1/9/art_7_0.html")
    line = next(line for line in crawled.lines if line["url"] == url)
    told = {key: line[key] for key in ("title", "agency", "year", "edition", "status", "found_on")}
    assert told == {
        "title": "云岭县档案局2004年政府信息公开工作年度报告",
        "agency": "云岭县档案局",
        "year": 2004,
        "edition": "html",
        "status": 200,
        "found_on": served["hanweb"].site.url("/col/col7/index.html"),
    }
    assert line["size"] > 1000
    assert len(line["sha256"]) == 64
    assert "链接写着" in line["why"]


def test_a_crawl_that_lost_something_says_so(crawled: Crawl) -> None:
    assert crawled.code == 9
    assert "没有取成" in crawled.err
    assert "Traceback" not in crawled.err
