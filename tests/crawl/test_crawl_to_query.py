"""From a website to the answer of a query: crawl, batch, one line of SQL."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from crawls import HANGS, ROOT, environment, run_crawl
from sites.pages import column, page, robots, rows
from sites.server import Reply, Site

CASES = ROOT / "fixtures" / "cases"
SERVED = ("html-four-tables", "html-dashes", "docx-split")


def facts_of(case: str) -> tuple[str, int, int | None]:
    """Return agency, year and the total of requests received, as a person read them in the source."""
    facts = json.loads((CASES / case / "expected.json").read_text(encoding="utf-8"))
    return facts["issuer"]["name"], facts["year"], facts["cells"]["requests.new.total"]["value"]


@pytest.fixture
def site() -> Site:
    links = [
        (f"/nb/{case}{'.html' if case.startswith('html') else '.docx'}", _title(case)) for case in SERVED
    ]
    routes = {"/robots.txt": robots(), "/": column("政府信息公开年报", rows(*links))}
    for (path, _), case in zip(links, SERVED, strict=True):
        body = next((CASES / case).glob("source.*")).read_bytes()
        kind = "text/html" if path.endswith("html") else "application/octet-stream"
        routes[path] = Reply(body, headers={"Content-Type": kind})
    routes["/zwgk/"] = page("<p>政务公开</p>")
    return Site(routes)


def _title(case: str) -> str:
    agency, year, _ = facts_of(case)
    return f"{agency}{year}年政府信息公开工作年度报告"


def test_a_crawl_a_batch_and_one_query(site: Site, tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    pytest.importorskip("fastwarc")
    archive, out = tmp_path / "archive", tmp_path / "out"
    with site:
        assert run_crawl(archive, site.home).code == 0
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "extractor",
            "batch",
            archive,
            "-o",
            out,
            "--to",
            "duckdb",
            "--workers",
            "1",
            "-q",
        ],
        env=environment(),
        capture_output=True,
        text=True,
        timeout=HANGS,
        check=False,
    )
    assert "Traceback" not in done.stderr
    with duckdb.connect(str(out / "reports.duckdb"), read_only=True) as base:
        rows_found = base.sql(
            "SELECT agency, year, value FROM totals WHERE \"table\"='requests' AND \"row\"='new'"
            " AND \"column\"='total' ORDER BY agency"
        ).fetchall()
        urls = {row[0] for row in base.sql("SELECT url FROM documents").fetchall()}
    assert rows_found == sorted(facts_of(case) for case in SERVED)
    assert {url for url in urls if url} == {site.url(path) for path in site.routes if path.startswith("/nb/")}
