"""Manners: robots.txt, refusals, rest, delay, and what a server learns of the visitor."""

from collections import Counter
from itertools import pairwise
from pathlib import Path

from crawls import run_crawl
from sites.pages import article, column, home, page, redirect, robots, rows, title_of
from sites.server import Reply, Route, Site

from extractor.crawl.rules import Rules
from extractor.crawl.state import State


def small_site() -> Site:
    """Return a column of six reports."""
    links = [(f"/nb/{n}.html", title_of(f"云岭县第{n}局", 2023)) for n in range(6)]
    routes: dict[str, Route] = {"/robots.txt": robots(), "/": column("政府信息公开年报", rows(*links))}
    routes |= {path: article(f"云岭县第{n}局", 2023) for n, (path, _) in enumerate(links)}
    return Site(routes)


def test_what_robots_txt_forbids_is_named_and_never_asked_for(tmp_path: Path) -> None:
    links = [(f"/{folder}/1.html", title_of(f"云岭县{folder}局", 2023)) for folder in ("open", "closed")]
    routes: dict[str, Route] = {
        "/robots.txt": robots("User-agent: *\nDisallow: /closed/\n"),
        "/": column("政府信息公开年报", rows(*links)),
        "/open/1.html": article("云岭县open局", 2023),
        "/closed/1.html": article("云岭县closed局", 2023),
    }
    with Site(routes) as site:
        crawl = run_crawl(tmp_path / "a", site.home)
    assert crawl.paths(site) == {"/open/1.html"}
    assert crawl.outcome(site.url("/closed/1.html")) == "forbidden"
    assert site.asked_for("/closed/1.html") == []
    assert site.log[0].path == "/robots.txt"


def test_where_robots_txt_cannot_be_had_nothing_is_fetched(tmp_path: Path) -> None:
    with Site({"/robots.txt": Reply(b"", 500), "/": home()}) as site:
        crawl = run_crawl(tmp_path / "a", site.home)
    assert {asked.path for asked in site.log} == {"/robots.txt"}
    assert crawl.outcome(site.home) == "robots_unreachable"
    assert crawl.code == 9


def test_a_host_that_refuses_is_left_alone_and_what_is_left_is_named(tmp_path: Path) -> None:
    links = [(f"/nb/{n}.html", title_of(f"云岭县第{n}局", 2023)) for n in range(20)]
    shield = Reply(b"<script>var $_ts=1</script>", 412)
    with Site(
        {"/robots.txt": robots(), "/": column("政府信息公开年报", rows(*links))}, otherwise=shield
    ) as site:
        crawl = run_crawl(tmp_path / "a", site.home)
        assert len(site.log) == 5  # robots.txt, the column, three refusals
    outcomes = Counter(line["outcome"] for line in crawl.lines if "/nb/" in line["url"])
    assert (outcomes["challenge"], outcomes["left"]) == (3, 17)
    assert crawl.code == 9


def test_a_host_that_wants_a_day_of_rest_gets_it(tmp_path: Path) -> None:
    links = [(f"/nb/{n}.html", title_of(f"云岭县第{n}局", 2023)) for n in range(5)]
    rest = Reply(b"later", 429, {"Retry-After": "86400"})
    with Site(
        {"/robots.txt": robots(), "/": column("政府信息公开年报", rows(*links))}, otherwise=rest
    ) as site:
        crawl = run_crawl(tmp_path / "a", site.home)
        assert len(site.log) == 3
    assert Counter(line["outcome"] for line in crawl.lines)["rate_limited"] == 1
    assert crawl.code == 9


def test_a_robots_txt_that_stands_elsewhere_is_obeyed(tmp_path: Path) -> None:
    closed = [
        ("/closed/1.html", title_of("云岭县甲局", 2023)),
        ("/open/1.html", title_of("云岭县乙局", 2023)),
    ]
    with Site({"/robots.txt": robots("User-agent: *\nDisallow: /closed/\n")}) as other:
        routes: dict[str, Route] = {
            "/robots.txt": redirect(other.url("/robots.txt")),
            "/": column("政府信息公开年报", rows(*closed)),
            "/open/1.html": article("云岭县乙局", 2023),
        }
        with Site(routes) as site:
            crawl = run_crawl(tmp_path / "a", site.home, other.home)
            assert crawl.outcome(site.url("/closed/1.html")) == "forbidden"
            assert site.asked_for("/closed/1.html") == []
            assert len(site.asked_for("/open/1.html")) == 1


def test_a_crawl_delay_is_known(tmp_path: Path) -> None:
    state = State(tmp_path / "state.sqlite")
    state.set_rules("http://yunling.example", b"User-agent: *\nCrawl-delay: 7\n")
    state.set_rules("http://slow.example", b"User-agent: *\nCrawl-delay: 9000\n")
    rules = Rules(None, state, "disclosure-report-extractor/1")  # type: ignore[arg-type]  # no crawler is needed
    urls = ("http://yunling.example/a", "http://slow.example/a", "http://unknown.example/a")
    assert [rules.delay(url) for url in urls] == [7.0, 60.0, 0.0]


def test_the_delay_is_kept_by_the_servers_own_clock(tmp_path: Path) -> None:
    with small_site() as living:
        run_crawl(tmp_path / "a", living.home, "--delay", 0.3)
    begun = sorted(asked.began for asked in living.log)
    assert min(later - earlier for earlier, later in pairwise(begun)) >= 0.3


def test_a_host_hears_who_asks_and_keeps_no_visitor(tmp_path: Path) -> None:
    living = small_site()
    living.routes["/"] = Reply(
        page("<a href='/nb/'>政府信息公开年报</a>").body, headers={"Set-Cookie": "id=1; Path=/"}
    )
    living.routes["/nb/"] = column("政府信息公开年报", rows(("/nb/1.html", title_of("云岭县第1局", 2023))))
    with living:
        run_crawl(tmp_path / "a", living.home, "--contact", "archive@yunling.example")
    agents = {asked.headers["user-agent"] for asked in living.log}
    assert len(agents) == 1
    assert "archive@yunling.example" in agents.pop()
    assert all("cookie" not in asked.headers for asked in living.log)
    assert living.asked_for("/nb/1.html")[0].headers["referer"] == living.url("/nb/")
