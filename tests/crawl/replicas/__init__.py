"""Replicas of agency sites, drawn from how such sites are built, and the score of a crawl of one."""

from dataclasses import dataclass

from crawls import Crawl, path_of
from sites.server import Site

Reports = dict[str, list[str]]  # what tells a report → the paths of its pages and files; all are wanted


@dataclass(frozen=True)
class Score:
    """What a crawl found of the reports of a site, and what it cost."""

    found: int
    wanted: int
    silent: tuple[str, ...]  # missed though the crawl ended with exit code 0
    shared: tuple[str, ...]  # names that two different reports share
    requests: int

    @property
    def missed(self) -> int:
        return self.wanted - self.found


def score(crawl: Crawl, site: Site, reports: Reports) -> Score:
    """Compare a crawl with the reports that the site has."""
    lines = {path_of(line["url"]): line for line in crawl.lines if line["taken"]}
    found = {name for name, paths in reports.items() if all(path in lines for path in paths)}
    missed = tuple(name for name in reports if name not in found)
    owners: dict[str, set[str]] = {}
    for name in found:
        for path in reports[name]:
            owners.setdefault(lines[path]["report"], set()).add(name)
    return Score(
        found=len(found),
        wanted=len(reports),
        silent=missed if crawl.code == 0 else (),
        shared=tuple(" = ".join(sorted(names)) for names in owners.values() if len(names) > 1),
        requests=len(site.log),
    )
