"""Replicas of agency sites: how many of their reports a crawl finds, silently misses, and at what cost."""

from collections.abc import Callable
from pathlib import Path

import pytest

pytest.importorskip("scrapy", reason="the crawler needs Scrapy")
pytest.importorskip("warcio", reason="the crawler needs warcio")

from crawls import run_crawl
from replicas import Reports, more, plain, score, scripted
from sites.server import Site

REPLICAS = (
    *(plain.two_origins, plain.departments, plain.cut_titles, plain.downloads),
    *(scripted.script_arrays, scripted.platform_below_a_path),
    *(scripted.single_page_site, scripted.sessions_and_frames),
    *(more.units_in_a_script_menu, more.files_with_icons),
    *(more.arrays_side_by_side, more.single_page_with_parameters),
)


@pytest.mark.parametrize("build", REPLICAS, ids=lambda build: build.__name__)
def test_every_report_of_a_replica_is_found_and_cheaply(
    build: Callable[[Site], Reports], tmp_path: Path
) -> None:
    with Site() as site:
        reports = build(site)
        crawl = run_crawl(tmp_path / "a", site.home)
        got = score(crawl, site, reports)
    assert (got.found, got.silent, got.shared) == (got.wanted, (), ())
    assert got.requests <= 5 * got.wanted
