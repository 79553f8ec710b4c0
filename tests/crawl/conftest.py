"""All invented sites served at once, and crawled in one go."""

from collections.abc import Iterator

import pytest
from sites.families import FAMILIES
from sites.server import PATIENCE, Site
from sites.traps import faults, maze, without_end

pytest.importorskip("scrapy", reason="the crawler needs Scrapy")
pytest.importorskip("warcio", reason="the crawler needs warcio")

from crawls import Crawl, Served, run_crawl


@pytest.fixture(scope="session")
def served() -> Iterator[dict[str, Served]]:
    """Serve all sites at once."""
    up: dict[str, Served] = {}
    for name, build in FAMILIES.items():
        routes, taken = build()
        up[name] = Served(Site(routes), taken, {})
    routes, taken = maze()
    up["maze"] = Served(Site(routes, without_end), taken, {})
    routes, taken, named = faults()
    up["faults"] = Served(Site(routes), taken, named)
    for each in up.values():
        each.site.__enter__()
    yield up
    for each in up.values():
        each.site.close()


@pytest.fixture(scope="session")
def crawled(served: dict[str, Served], tmp_path_factory: pytest.TempPathFactory) -> Crawl:
    """Crawl all sites in one go."""
    archive = tmp_path_factory.mktemp("crawl") / "archive"
    homes = [each.site.home for each in served.values()]
    return run_crawl(archive, *homes, "--max-file", 2, timeout=PATIENCE)
