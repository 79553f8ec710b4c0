"""Again and again: killed and taken up, run once more months later, cut short by limits and failures."""

import os
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import pytest
from crawls import HANGS, Crawl, command, environment, run_crawl
from sites.county import Built
from sites.families_post import posting, webforms
from sites.families_static import trs
from sites.pages import article, column, pdf, robots, rows, title_of
from sites.server import Reply, Route, Site

from extractor.errors import ExitCode

SLOW = 0.02  # seconds an answer takes, so that a kill meets the crawl at work


def slowed(route: Route) -> Route:
    def answer(path: str, headers: dict[str, str], body: bytes) -> Reply:
        time.sleep(SLOW)
        return route if isinstance(route, Reply) else route(path, headers, body)

    return answer


def kept(archive: Path) -> list[tuple[str, str, str]]:
    """Return the response records of all archive files, .crawl included, by address and payload.

    The lists of WebForms have another state in each answer.
    """
    from warcio.archiveiterator import ArchiveIterator

    found = []
    for path in sorted([*archive.glob("*.warc.gz"), *archive.glob(".crawl/*.warc.gz")]):
        with path.open("rb") as file:
            for record in ArchiveIterator(file, check_digests="raise"):
                if record.rec_type == "response":
                    name = "report" if path.parent == archive else "page"
                    url = record.rec_headers.get_header("WARC-Target-URI")
                    digest = record.rec_headers.get_header("WARC-Payload-Digest")
                    found.append((name, url, "" if url.partition("?")[0].endswith("list.aspx") else digest))
    return found


@pytest.mark.parametrize("build", [trs, webforms])
def test_a_crawl_killed_again_and_again_keeps_what_an_undisturbed_one_keeps(
    build: Callable[[], Built], tmp_path: Path
) -> None:
    routes, taken = build()
    with Site({path: slowed(route) for path, route in routes.items()}) as site:
        whole = run_crawl(tmp_path / "whole", site.home)
        assert whole.paths(site) == taken
        before = len(site.log)
        for _ in range(3):
            process = subprocess.Popen(
                command(tmp_path / "cut", site.home, "--delay", 0),
                env=environment(),
                stderr=subprocess.DEVNULL,
            )
            asked = len(site.log)
            site.wait_until_asked(asked + 5, by=process)
            process.kill()
            process.wait()
        last = run_crawl(tmp_path / "cut", site.home)
    assert last.paths(site) == taken
    assert sorted(kept(tmp_path / "cut")) == sorted(kept(tmp_path / "whole"))
    again = Counter((asked.path, asked.body) for asked in site.log[before:])
    assert sum(count - 1 for count in again.values()) <= 3  # what each kill took from the wire


@pytest.fixture
def living() -> Iterator[Site]:
    """Serve a column whose pages answer conditional requests."""

    def unless_same(reply: Reply, tag: str) -> Route:
        def answer(_: str, headers: dict[str, str], __: bytes) -> Reply:
            if headers.get("if-none-match") == tag:
                return Reply(b"", 304, {"ETag": tag})
            return Reply(reply.body, reply.status, reply.headers | {"ETag": tag})

        return answer

    links = [(f"/nb/{n}.html", title_of(f"云岭县第{n}局", 2023)) for n in range(6)]
    routes: dict[str, Route] = {"/robots.txt": robots(), "/": column("政府信息公开年报", rows(*links))}
    for n in range(6):
        reply = article(f"云岭县第{n}局", 2023, more='<a href="/nb/0.pdf">附件</a>' if n == 0 else "")
        routes[f"/nb/{n}.html"] = unless_same(reply, f'"v1-{n}"')
    routes["/nb/0.pdf"] = pdf("第一版")
    with Site(routes) as site:
        yield site


def by_path(crawl: Crawl, site: Site, path: str) -> list[dict[str, object]]:
    return [line for line in crawl.lines if line["url"] == site.url(path)]


def test_a_later_run_keeps_both_versions_of_a_changed_report_and_fetches_nothing_else(
    living: Site, tmp_path: Path
) -> None:
    first = run_crawl(tmp_path / "a", living.home)
    assert first.code == 0
    living.routes["/nb/1.html"] = article("云岭县第1局", 2023, more="<p>更正：办理件数应为19件。</p>")
    counted = article("云岭县第2局", 2023)
    living.routes["/nb/2.html"] = Reply(counted.body.replace("联系我们".encode(), "访问量 20394".encode()))
    del living.routes["/nb/3.html"]
    living.routes["/nb/6.html"] = article("云岭县第6局", 2023)
    links = [(f"/nb/{n}.html", title_of(f"云岭县第{n}局", 2023)) for n in (0, 1, 2, 4, 5, 6)]
    living.routes["/"] = column("政府信息公开年报", rows(*links))
    asked = len(living.log)
    second = run_crawl(tmp_path / "a", living.home)
    statuses = {a.path: a.status for a in living.log[asked:]}
    assert [statuses[f"/nb/{n}.html"] for n in (0, 4, 5)] == [304, 304, 304]
    versions = by_path(second, living, "/nb/1.html")
    assert [(line["version"], line.get("change")) for line in versions] == [(1, None), (2, "content")]
    assert len({line["sha256"] for line in versions}) == 2
    surroundings = by_path(second, living, "/nb/2.html")
    assert [(line["version"], line.get("change")) for line in surroundings] == [
        (1, None),
        (1, "surroundings"),
    ]
    assert "gone_at" in by_path(second, living, "/nb/3.html")[0]
    assert len(by_path(second, living, "/nb/6.html")) == 1
    for path in ("/nb/0.html", "/nb/4.html", "/nb/0.pdf"):
        assert len(by_path(second, living, path)) == 1
    assert "公布后改动 1 个，已经不在 1 个" in second.err


def test_two_crawls_do_not_share_an_archive(living: Site, tmp_path: Path) -> None:
    over = Event()

    def unanswered(*_: object) -> Reply:
        over.wait()
        return Reply(b"", 500)

    living.routes["/"] = unanswered
    first = subprocess.Popen(
        command(tmp_path / "a", living.home, "--delay", 0),
        env=environment(),
        stderr=subprocess.DEVNULL,
    )
    living.wait_until_asked(1, by=first)
    done = subprocess.run(
        command(tmp_path / "a", living.home),
        env=environment() | {"EXTRACTOR_DEBUG": ""},
        capture_output=True,
        text=True,
        timeout=HANGS,
        check=False,
    )
    still_at_work = first.poll() is None
    first.kill()
    first.wait()
    over.set()
    assert still_at_work
    assert done.returncode == ExitCode.CANNOT_WRITE
    assert "另一个抓取正在用" in done.stderr


def test_a_posted_list_that_a_damaged_file_has_lost_is_asked_for_again(tmp_path: Path) -> None:
    routes, taken = posting()
    with Site(routes) as site:
        start = site.url("/gtapp/list.jsp?ba=9")
        run_crawl(tmp_path / "a", start, "--max-pages", 23)  # two pages of the list and their reports
        assert [asked.body for asked in site.log if asked.body] == [b"cpage=2", b"cpage=3"]
        os.truncate(next((tmp_path / "a").glob(".crawl/pages-*.warc.gz")), 10)
        last = run_crawl(tmp_path / "a", start)
    assert last.paths(site) == taken
    assert last.code == 0
    assert {line["outcome"] for line in last.lines if line.get("method") == "POST"} == {"list"}


def test_a_limit_is_kept_and_the_next_call_goes_on_even_from_a_damaged_file(
    living: Site, tmp_path: Path
) -> None:
    first = run_crawl(tmp_path / "a", living.home, "--max-pages", 5)
    assert len([asked for asked in living.log if asked.path != "/robots.txt"]) == 5
    assert first.code == 9
    assert "到了页数上限" in first.err
    file = next((tmp_path / "a").glob("reports-*.warc.gz"))
    os.truncate(file, file.stat().st_size * 3 // 4)  # as a power failure may leave it
    last = run_crawl(tmp_path / "a", living.home)
    assert last.code == 0
    assert len(last.paths(living)) == 7
    urls = [url for _, url, _ in kept(tmp_path / "a")]
    assert len(urls) == len(set(urls))
    assert max(Counter(asked.path for asked in living.log).values()) == 2
