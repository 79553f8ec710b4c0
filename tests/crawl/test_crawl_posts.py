"""Lists that are asked for by POST: only pagers are posted, by the rules that hold for a GET."""

import json
from collections import Counter
from itertools import pairwise
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from crawls import Crawl, Served, judged, path_of, posts, run_crawl
from sites.families_post import dayrui, posting, webforms
from sites.pages import article, column, robots, title_of
from sites.server import Reply, Route, Site
from test_guard import run_guarded

from extractor.crawl.archive import Archive
from extractor.crawl.lists.post_pagers import next_by_post
from extractor.crawl.options import CrawlOptions
from extractor.crawl.page import CrawledPage
from extractor.crawl.task import Judgement, Task

HERE = "http://www.yunling.example/nb/index.html"


def lists_of(found: Judgement) -> list[Task]:
    return [task for task in found.found if task.role == "list"]


# What is posted, and what is not.


def test_nothing_but_pagers_is_ever_posted(served: dict[str, Served], crawled: Crawl) -> None:
    asked = [each for one in served.values() for each in posts(one.site)]
    places = {each.path.partition("?")[0] for each in asked}
    assert places == {
        "/module/web/jpage/dataproxy.jsp",
        "/yunling/rest/lightfrontaction/getgovinfolist",
        "/module/xxgk/search.jsp",
        *(f"/api-ajax_list-{n}.html" for n in (1, 2, 3)),
        "/front/api/data/affair",
        "/gtapp/list.jsp",
        "/nb/list.aspx",
    }
    forms = [dict(parse_qsl(each.body.decode())) for each in asked if each.path.startswith("/nb/list.aspx")]
    assert {form["__EVENTTARGET"] for form in forms} == {"AspNetPager1", "ctl00$GridView1", "lbNext"}
    assert {name for form in forms for name in form} == {
        *("__VIEWSTATE", "__EVENTTARGET", "__EVENTARGUMENT", "channel")
    }


def test_every_page_of_a_posted_list_is_asked_for_once(served: dict[str, Served], crawled: Crawl) -> None:
    counts = {
        name: len(posts(served[name].site))
        for name in ("dayrui", "search_jsp", "affair", "posting", "webforms")
    }
    assert counts == {"dayrui": 3, "search_jsp": 3, "affair": 3, "posting": 2, "webforms": 6}
    assert all(each.status == 200 for name in counts for each in posts(served[name].site))


@pytest.mark.parametrize(
    "link",
    [
        "<a href=\"javascript:__doPostBack('btnDelete','')\">删除</a>",
        "<a href=\"javascript:__doPostBack('calDay','8402')\">2</a>",
        "<a href=\"javascript:__doPostBack('btnMail','2')\">订阅</a>",
        "<a href=\"javascript:__doPostBack('Tree1','s12')\">政府信息公开年报</a>",
        "<a href=\"javascript:__doPostBack('AspNetPager1','1')\">首页</a>",
        "<a href=\"javascript:__doPostBack('btn2','')\">2</a>",
        "<a href=\"javascript:page('2')\">2</a>",  # nothing tells what this function posts
    ],
)
def test_a_control_that_is_no_known_pager_is_left_alone(link: str) -> None:
    form = '<form method="post"><input type="hidden" name="__VIEWSTATE" value="x">{}</form>'
    found = judged(column("政府信息公开年报", form.format(link)).body.decode())
    assert lists_of(found) == []


def test_a_form_that_posts_elsewhere_is_left_alone_and_the_list_is_named() -> None:
    link = "<a href=\"javascript:__doPostBack('GridView1','Page$2')\">2</a>"
    form = f'<form method="post" action="/mail.aspx"><input name="__VIEWSTATE" value="x">{link}</form>'
    found = judged(column("政府信息公开年报", form).body.decode())
    assert lists_of(found) == []
    assert (found.outcome, found.note) == ("needs_browser", "列表的后续页只有脚本能翻")


def test_a_request_with_a_body_that_turns_no_page_is_never_made(tmp_path: Path) -> None:
    with Site({"/robots.txt": robots(), "/": column("政府信息公开年报", "")}) as site:
        archive = Archive(CrawlOptions((site.home,), tmp_path / "a"), "test")
        archive.state.add([Task(site.url("/mail"), "page", body="a=1", strong=True)])
        archive.state.close()
        crawl = run_crawl(tmp_path / "a", site.home)
    assert posts(site) == []
    assert crawl.outcome(site.url("/mail")) == "not_posted"
    assert crawl.code == 9


def test_a_redirect_is_posted_again_only_where_it_says_so_and_stays_on_the_site() -> None:
    task = Task(HERE, "list", body="cpage=2", asked="cpage=2 第2页", content_type="x", family="posted")
    cases = {(307, "/b"): "cpage=2", (302, "/b"): "", (308, "http://other.yunling.example/b"): ""}
    for (status, target), body in cases.items():
        (following,) = judged("", status=status, task=task, location=target).found
        assert (following.body, following.method) == (body, "POST" if body else "GET")
        assert bool(following.content_type) == bool(following.question) == bool(body)


@pytest.mark.parametrize(
    ("links", "control"),
    [
        (("1", "2", "3", "4", "5", "6", "7", "8", "9", "..."), "9"),  # on page 10 of more than 10
        (("...", "11", "12", "14", "15", "..."), "3"),  # on page 13: the link says 14
        (("...", "11", "12"), None),  # on page 13, the last
    ],
)
def test_blocks_of_numbered_controls_are_turned_to_the_end(
    links: tuple[str, ...], control: str | None
) -> None:
    shown = "".join(
        f"<a href=\"javascript:__doPostBack('DataGrid1$ctl14$ctl{n}','')\">{text}</a>"
        for n, text in enumerate(links)
    )
    current = 10 if links[0] == "1" else 13
    form = f'<form><input type="hidden" name="__VIEWSTATE" value="x">{shown}</form>'
    events = [dict(parse_qsl(task.body)) for task in next_by_post(CrawledPage(form, HERE), current)]
    assert [event["__EVENTTARGET"].removeprefix("DataGrid1$ctl14$ctl") for event in events] == (
        [control] if control else []
    )


# The rules.


def test_what_robots_txt_forbids_is_not_posted_either(tmp_path: Path) -> None:
    routes, _ = dayrui()
    routes["/robots.txt"] = robots("User-agent: *\nDisallow: /api-\n")
    with Site(routes) as site:
        crawl = run_crawl(tmp_path / "a", site.home)
    assert posts(site) == []
    assert crawl.outcome(site.url("/api-ajax_list-1.html")) == "forbidden"
    assert crawl.code == 9


def test_the_delay_holds_between_posts_too(tmp_path: Path) -> None:
    routes, _ = posting()
    with Site(routes) as site:
        run_crawl(tmp_path / "a", site.url("/gtapp/list.jsp?ba=9"), "--delay", 0.2, "--max-pages", 8)
    begun = sorted(asked.began for asked in site.log)
    assert min(later - earlier for earlier, later in pairwise(begun)) >= 0.2


def test_a_post_counts_for_the_limit_of_pages_and_the_rest_follows_later(tmp_path: Path) -> None:
    routes, taken = dayrui()
    with Site(routes) as site:
        first = run_crawl(tmp_path / "a", site.url("/xxgk-list-nb.html"), "--max-pages", 2)
        assert [asked.path for asked in site.log][-1] == "/api-ajax_list-1.html"
        assert first.code == 9
        left = next(line for line in first.lines if line["url"] == site.url("/api-ajax_list-2.html"))
        assert (left["outcome"], left["method"]) == ("left", "POST")
        last = run_crawl(tmp_path / "a", site.url("/xxgk-list-nb.html"))
    assert last.paths(site) == taken
    assert last.code == 0
    assert max(Counter((asked.path, asked.body) for asked in site.log).values()) == 1


def test_no_list_is_posted_into_a_private_network(tmp_path: Path) -> None:
    script = '<script>var a = ["21_xxgk", "1", "15"]; var url = "http://{}/api-ajax_list-" + n;</script>'
    with Site(host="127.0.0.2") as inside, Site({"/robots.txt": robots()}) as site:
        hosts = [f"127.0.0.2:{inside.port}", f"inside.yunling.example:{inside.port}"]
        columns = "".join(f'<a href="/{n}/nb/">政府信息公开年报</a>' for n, _ in enumerate(hosts))
        site.routes["/"] = column("政府信息公开", columns)
        for n, host in enumerate(hosts):
            site.routes[f"/{n}/nb/"] = column("政府信息公开年报", "", script.replace("{}", host))
        starts = [f"http://{host}/" for host in hosts]
        crawl = run_guarded(tmp_path / "a", f"http://outside.yunling.example:{site.port}/", *starts)
        assert inside.log == []
    outcomes = [line["outcome"] for line in crawl.lines if line.get("method") == "POST"]
    assert len(outcomes) == 2
    assert set(outcomes) <= {"private", "robots_unreachable"}


def test_a_posted_list_of_news_is_left_in_time(tmp_path: Path) -> None:
    items = [{"url": f"/news-show-{n}.html", "title": f"云岭县召开第{n}次会议"} for n in range(600)]
    items[40] = {"url": "/xxgk-show-1.html", "title": title_of("云岭县档案局", 2023)}

    def listing(path: str, headers: dict[str, str], body: bytes) -> Reply:
        number = int(path.removeprefix("/api-ajax_list-").removesuffix(".html"))
        data = {"total": 600, "data": items[number * 15 - 15 : number * 15]}
        return Reply(json.dumps(data).encode(), headers={"Content-Type": "application/json"})

    script = (
        '<script>var a = ["1_news", "7", "1", "news", "Y-m-d", "50", "15"], u = "/api-ajax_list-";</script>'
    )
    routes: dict[str, Route] = {"/robots.txt": robots(), "/": column("政府信息公开", "", script)}
    routes |= {f"POST /api-ajax_list-{n}.html": listing for n in range(1, 41)}
    routes["/xxgk-show-1.html"] = article("云岭县档案局", 2023)
    with Site(routes) as site:
        crawl = run_crawl(tmp_path / "a", site.home)
    assert crawl.paths(site) == {"/xxgk-show-1.html"}
    assert [asked.path for asked in posts(site)] == [f"/api-ajax_list-{n}.html" for n in (1, 2, 3, 4)]


def test_a_host_that_refuses_a_post_is_left_alone(tmp_path: Path) -> None:
    routes, _ = dayrui()
    for n in (1, 2, 3):
        routes[f"POST /api-ajax_list-{n}.html"] = Reply(b"<h1>403 Forbidden</h1>", 403)
    with Site(routes) as site:
        crawl = run_crawl(tmp_path / "a", site.home)
    assert len(posts(site)) == 1
    assert crawl.outcome(site.url("/api-ajax_list-1.html")) == "blocked"


# The books.


def test_manifest_and_archive_tell_what_was_posted(served: dict[str, Served], crawled: Crawl) -> None:
    from warcio.archiveiterator import ArchiveIterator

    site = served["webforms"].site
    lines = [
        line for line in crawled.lines if line["url"].startswith(site.home) and line.get("method") == "POST"
    ]
    told = {(path_of(line["url"]), line["body"]) for line in lines}
    assert ("/nb/list.aspx?year=2021", "__EVENTTARGET=AspNetPager1&__EVENTARGUMENT=2&channel=7 第2页") in told
    assert len(told) == len(lines) == 6
    posted = set()
    for path in crawled.archive.glob(".crawl/*.warc.gz"):
        with path.open("rb") as file:
            for record in ArchiveIterator(file):
                if record.rec_type == "request" and record.http_headers.protocol == "POST":
                    url = record.rec_headers.get_header("WARC-Target-URI")
                    posted.add((path_of(url), record.content_stream().read()))
    assert {(asked.path, asked.body) for asked in posts(site)} <= posted


def test_a_later_run_asks_again_without_conditions_and_finds_what_is_new(tmp_path: Path) -> None:
    routes, taken = webforms()
    tag = {"ETag": '"1"'}

    def strict(route: Route) -> Route:
        def answer(path: str, headers: dict[str, str], body: bytes) -> Reply:
            if headers.get("if-none-match"):  # as servers treat a condition on a POST, and a GET
                return Reply(b"", 412 if body else 304, tag)
            reply = route if isinstance(route, Reply) else route(path, headers, body)
            return Reply(reply.body, reply.status, reply.headers | tag)

        return answer

    with Site(routes) as site:
        for place, route in routes.items():
            if "list.aspx" in place:
                site.routes[place] = strict(route)
        first = run_crawl(tmp_path / "a", site.home)
        assert first.paths(site) == taken
        new = ("/nb/2021/new.aspx", title_of("云岭县新设局", 2024))
        site.routes[new[0]] = article("云岭县新设局", 2024)
        shown = routes["/nb/list.aspx?year=2021"]
        shown.listed.append(new)  # type: ignore[union-attr]  # the list of that site
        for place in ("/nb/list.aspx?year=2021", "POST /nb/list.aspx?year=2021"):
            site.routes[place] = shown
        second = run_crawl(tmp_path / "a", site.home)
    assert second.paths(site) == taken | {new[0]}
    asked = [line["body"] for line in second.lines if line.get("method") == "POST"]
    assert len(asked) == 6  # the state of a page differs from run to run, the question does not
    assert {line["outcome"] for line in second.lines if line.get("method") == "POST"} == {"list"}
