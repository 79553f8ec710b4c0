"""Pages that only a browser can read: rendered without a network of their own, and only when asked for."""

import json
import shutil
from pathlib import Path

import pytest

pytest.importorskip("scrapy", reason="the crawler needs Scrapy")
pytest.importorskip("warcio", reason="the crawler needs warcio")

from crawls import run_crawl
from replicas import Reports, score
from sites.pages import CHAPTERS, home, robots, title_of
from sites.server import Reply, Route, Site

SCRIPT = {"Content-Type": "application/javascript"}
SHELL = b'<html><title>x</title><body><div id="app"></div><script src="/app.js"></script></body></html>'
# The addresses are put together while it runs; what it posts and what lies elsewhere is not to be had.
APP = """
const part = ['ga', 'te'].join(''), app = document.getElementById('app');
fetch('/beacon', {method: 'POST', body: 'x'}).catch(() => 0);
fetch('http://elsewhere.example/x').catch(() => 0);
const id = location.pathname.split('/').pop();
const name = location.pathname.startsWith('/a/') ? `one-${id}` : 'all';
fetch(`/${part}/${name}.data`).then(answer => answer.json()).then(rows => {
  document.title = rows[0].t;
  app.innerHTML = rows.map(row => row.h || `<li><a href="/a/${row.i}">${row.t}</a></li>`).join('');
});
"""


def single_page_site(site: Site) -> Reports:
    years = (2021, 2022, 2023)
    rows = [{"i": year, "t": title_of("青沅县", year)} for year in years]
    routes: dict[str, Route] = {
        "/": home(("/nb", "政府信息公开年报")),
        "/robots.txt": robots(),
        "/nb": Reply(SHELL),
        "/app.js": Reply(APP.encode(), headers=SCRIPT),
        "/gate/all.data": Reply(json.dumps(rows).encode(), headers={"Content-Type": "application/json"}),
    }
    for year in years:
        text = "".join(f"<p>{chapter}</p><p>{year}年办理{year % 31}件。</p>" for chapter in CHAPTERS)
        one = [{"t": title_of("青沅县", year), "h": f"<h1>{title_of('青沅县', year)}</h1><div>{text}</div>"}]
        routes[f"/a/{year}"] = Reply(SHELL)
        routes[f"/gate/one-{year}.data"] = Reply(json.dumps(one).encode())
    site.routes = routes
    return {str(year): [f"/a/{year}"] for year in years}


def test_a_page_that_needs_a_browser_is_named_where_none_is_asked_for(tmp_path: Path) -> None:
    with Site() as site:
        reports = single_page_site(site)
        got = score(crawl := run_crawl(tmp_path / "a", site.home), site, reports)
    assert (got.found, crawl.code) == (0, 9)


@pytest.mark.skipif(not shutil.which("chromium"), reason="needs Chromium")
def test_a_browser_reads_it_through_the_same_queue_into_the_same_archive(tmp_path: Path) -> None:
    pytest.importorskip("playwright", reason="needs Playwright")
    with Site() as site:
        reports = single_page_site(site)
        crawl = run_crawl(tmp_path / "a", site.home, "--browser")
        got = score(crawl, site, reports)
        paths = [asked.path for asked in site.log]
        again = run_crawl(tmp_path / "a", site.home, "--browser")
    assert (got.found, got.shared) == (3, ())
    assert len(paths) == len(set(paths)) <= 5 * 3
    assert all(asked.headers["user-agent"].startswith("disclosure-report-extractor") for asked in site.log)
    assert {asked.method for asked in site.log} == {"GET"}
    assert {line["outcome"] for line in crawl.lines if "/gate/" in line["url"]} == {"resource"}
    assert [line["version"] for line in again.lines if line["taken"]] == [1, 1, 1]
    assert "2023年办理8件" in _kept(tmp_path / "a", site.url("/a/2023"))


@pytest.mark.skipif(not shutil.which("chromium"), reason="needs Chromium")
def test_what_robots_txt_forbids_is_not_had_by_a_browser_either(tmp_path: Path) -> None:
    pytest.importorskip("playwright", reason="needs Playwright")
    with Site() as site:
        single_page_site(site)
        site.routes["/robots.txt"] = robots("User-agent: *\nDisallow: /gate/\n")
        crawl = run_crawl(tmp_path / "a", site.home, "--browser")
    assert not any("/gate/" in asked.path for asked in site.log)
    assert crawl.code == 9


def _kept(archive: Path, url: str) -> str:
    from warcio.archiveiterator import ArchiveIterator

    for path in archive.glob("*.warc.gz"):
        with path.open("rb") as file:
            for record in ArchiveIterator(file):
                if record.rec_type == "response" and record.rec_headers.get_header("WARC-Target-URI") == url:
                    return str(record.content_stream().read().decode())
    return ""
