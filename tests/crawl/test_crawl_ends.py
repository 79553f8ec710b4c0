"""A crawl ends, whatever the site is like, and a second run says what the first said."""

import time
from pathlib import Path

import pytest

pytest.importorskip("scrapy", reason="the crawler needs Scrapy")
pytest.importorskip("warcio", reason="the crawler needs warcio")

from crawls import judged, run_crawl
from sites.pages import article, column, home, pdf, robots, rows, title_of
from sites.server import Reply, Site

from extractor.crawl.addresses import join, key_of
from extractor.crawl.state import UNREACHABLE, State
from extractor.crawl.task import Task


@pytest.mark.parametrize(
    "other", ["https://yunling.example/b", "http://www.yunling.example/b", "http://yunling.example:8080/b"]
)
def test_every_origin_has_a_robots_txt_of_its_own(other: str, tmp_path: Path) -> None:
    state = State(tmp_path / "state.sqlite")
    state.add([Task("http://yunling.example/a"), Task(other)])
    asked = [state.next(9), state.next(9), state.next(9)]
    assert {each.task.url for each in asked if each} == {
        "http://yunling.example/robots.txt",
        f"{other[:-2]}/robots.txt",
    }


def test_no_request_waits_for_rules_that_nothing_will_bring(tmp_path: Path) -> None:
    state = State(tmp_path / "state.sqlite")
    state.add([Task("http://yunling.example/a")])
    state.base.execute("UPDATE requests SET state='done' WHERE priority=0")
    assert state.next(1) is None
    state.ask_for_missing_rules()
    assert state.rules("http://yunling.example") == UNREACHABLE
    assert state.next(1) is not None


def test_the_limit_of_time_ends_a_crawl_that_waits_for_its_host(tmp_path: Path) -> None:
    rules = robots("User-agent: *\nCrawl-delay: 50\n")
    with Site(
        {"/": home(("/zwgk/", "政务公开")), "/zwgk/": column("政务公开", ""), "/robots.txt": rules}
    ) as site:
        began = time.monotonic()
        crawl = run_crawl(tmp_path / "a", site.home, "--max-minutes", 0.05)
    assert time.monotonic() - began < 50
    assert "到了时间上限" in crawl.err
    assert crawl.code == 9


def test_a_second_run_says_what_the_first_said(tmp_path: Path) -> None:
    unread = "<script>load('/was5/web/search?channelid=2')</script>"
    site_routes = {
        "/": home(("/nb/", "政府信息公开年报"), ("/bm/", "部门信息公开年报"), ("/kong/", "年度报告")),
        "/robots.txt": robots(),
        "/nb/": column("政府信息公开年报", rows(("/1.html", title_of("云岭县", 2023)))),
        "/1.html": article("云岭县", 2023),
        "/bm/": column("部门信息公开年报", "<ul></ul>", unread),
        "/kong/": column("年度报告", "<p>栏目说明</p>"),
    }
    with Site(site_routes) as site:
        first = run_crawl(tmp_path / "a", site.home)
        second = run_crawl(tmp_path / "a", site.home)
    assert "needs_browser 1、no_reports_seen 1" in first.err
    assert second.err.splitlines()[1:] == first.err.splitlines()[1:]
    assert (first.code, second.code) == (9, 9)


def test_a_site_without_reports_is_not_a_success(tmp_path: Path) -> None:
    with Site(
        {"/": home(("/zwgk/", "政务公开")), "/zwgk/": column("政务公开", ""), "/robots.txt": robots()}
    ) as site:
        crawl = run_crawl(tmp_path / "a", site.home)
    assert crawl.code == 9
    assert [line["outcome"] for line in crawl.lines if line["url"] == site.home][-1] == "nothing_found"


def test_units_that_hold_no_reports_are_left_in_time_and_named(tmp_path: Path) -> None:
    names = [f"{a}{b}镇" for a in "东西南北中上下" for b in "山河林石塘桥湾洲坪坝"]
    units = "".join(f'<li><a href="/u/{n}/">{name}</a></li>' for n, name in enumerate(names))
    routes = {
        "/": home(("/xz/", "乡镇信息公开"), ("/nb/", "政府信息公开年报")),
        "/robots.txt": robots(),
        "/xz/": column("乡镇信息公开", f"<ul>{units}</ul>"),
        "/nb/": column("政府信息公开年报", rows(("/1.html", title_of("云岭县", 2023)))),
        "/1.html": article("云岭县", 2023),
        **{f"/u/{n}/": column(name, "<p>简介</p>") for n, name in enumerate(names)},
    }
    with Site(routes) as site:
        crawl = run_crawl(tmp_path / "a", site.home)
    left = [line for line in crawl.lines if line["outcome"] == "unexplored"]
    assert len(left) == len(names) - 40
    assert left[0]["unit"].endswith("镇")
    assert crawl.code == 9


def test_reports_whose_files_are_the_same_by_mistake_do_not_share_a_name(tmp_path: Path) -> None:
    links = [("/a.pdf", title_of("云岭县财政局", 2023)), ("/b.pdf", title_of("云岭县民政局", 2023))]
    routes = {"/": column("政府信息公开年报", rows(*links)), "/robots.txt": robots()}
    with Site(routes | {path: pdf("同一个文件") for path, _ in links}) as site:
        crawl = run_crawl(tmp_path / "a", site.home)
    names = [line["report"] for line in crawl.lines if line["taken"]]
    assert len(set(names)) == len(names) == 2


def test_a_counter_a_date_or_a_footer_is_no_change_of_content(tmp_path: Path) -> None:
    def shown(visits: int) -> Reply:
        body = article("云岭县", 2023, container="").body.decode()
        around = f"<p>浏览次数：{visits}</p><p>今天是2024年1月{visits % 28 + 1}日 星期二</p></body>"
        body = body.replace("</body>", around).replace("联系我们", f"版权所有 访问量{visits}")
        return Reply(body.encode())

    routes = {
        "/": column("政府信息公开年报", rows(("/1.html", title_of("云岭县", 2023)))),
        "/robots.txt": robots(),
    }
    with Site(routes | {"/1.html": shown(17)}) as site:
        run_crawl(tmp_path / "a", site.home)
        site.routes["/1.html"] = shown(20394)
        crawl = run_crawl(tmp_path / "a", site.home)
    changes = [line.get("change") for line in crawl.lines if line["url"] == site.url("/1.html")]
    assert changes == [None, "surroundings"]


def test_a_row_without_year_and_date_is_followed_where_its_neighbours_are_reports() -> None:
    texts = (title_of("云岭县档案局", 2023), title_of("云岭县水务局", 2023), "残联材料")
    listed = "".join(f'<li><a href="/{n}.html">{text}</a></li>' for n, text in enumerate(texts, 1))
    found = judged(column("政府信息公开年报", f"<ul>{listed}</ul>").body.decode())
    assert [(lead.url[-6:], lead.unsure) for lead in found.found if lead.role == "candidate"] == [
        ("1.html", False),
        ("2.html", False),
        ("3.html", True),
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/a.asp?id=3&PHPSESSID=0123456789abcdef", "/a.asp?id=3"),
        ("/(S(abcdefghij0123456789abcd))/a.aspx", "/a.aspx"),
        ("/a.jsp;jsessionid=77AB?id=1&sid=0123456789abcdef0123", "/a.jsp?id=1"),
    ],
)
def test_session_ids_are_no_part_of_an_address(one: str, other: str) -> None:
    assert join("http://yunling.example/", one) == join("http://yunling.example/", other)


def test_a_short_sid_is_the_number_of_a_site() -> None:
    assert join("http://yunling.example/", "/api?sid=7580") == "http://yunling.example/api?sid=7580"


def test_names_in_gbk_stay_apart_in_path_and_query() -> None:
    paths = ("/%C3%F1%D5%FE.pdf", "/%CE%C0%BD%A1.pdf", "/d?f=%C3%F1", "/d?f=%CE%C0")
    assert len({key_of(f"http://yunling.example{path}") for path in paths}) == 4
