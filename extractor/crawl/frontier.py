"""Scrapy's scheduler with the queue in state.sqlite: constant memory, and nothing lost by a kill.

Scrapy's own JOBDIR keeps its queue only if the crawl is stopped in an orderly way.
"""

from typing import Any

from msgspec import structs
from scrapy import Request, Spider
from scrapy.crawler import Crawler

from extractor.crawl.addresses import host_of, origin_of
from extractor.crawl.archive import Archive
from extractor.crawl.guard import has_private_address
from extractor.crawl.lists import may_post
from extractor.crawl.rules import Rules
from extractor.crawl.state import UNREACHABLE, Waiting
from extractor.crawl.task import Task

_FRUITLESS_UNITS = 40  # columns of units followed before checking whether they hold reports at all
_UNITS_A_REPORT = 8  # after that, at most so many columns for each report found


class Frontier:
    """Hands out the requests of an archive, one host at a time, none that robots.txt forbids."""

    def __init__(self, crawler: Crawler) -> None:
        """Create without an archive; open() gets it from the spider."""
        self.crawler = crawler
        self.agent: str = crawler.settings["USER_AGENT"]
        self._spider: Any = None
        self.archive: Archive
        self.rules: Rules

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Frontier":
        """Create the scheduler in the way that Scrapy requires."""
        return cls(crawler)

    def open(self, spider: Spider) -> None:
        """Take the archive from the spider."""
        self._spider = spider
        self.archive = self._spider.archive
        self.rules = self._spider.rules = Rules(self.crawler, self.archive.state, self.agent)

    def close(self, reason: str) -> None:
        """Do nothing: every answer has been written already."""

    def enqueue_request(self, request: Request) -> bool:
        """Refuse requests from Scrapy: only the follow-up tasks of answers fill the queue."""
        return False

    def has_pending_requests(self) -> bool:
        """Return whether any request is waiting or under way; False if a limit is reached."""
        self._spider.mind_time()
        return not self._spider.finished and self.archive.state.has_work()

    def next_request(self) -> Request | None:
        """Return the next request that may be made now."""
        self._spider.mind_time()
        while not self._spider.finished and (
            waiting := self.archive.state.next(self.archive.options.per_host)
        ):
            if self._is_forbidden(waiting):
                continue
            return self._request_for(waiting)
        self.archive.state.ask_for_missing_rules()
        self._spider.finish_rendering()
        return None

    def _is_forbidden(self, waiting: Waiting) -> bool:
        task = waiting.task
        if task.body and not may_post(task.family):
            return self._drop(waiting, "not_posted", "不是列表的翻页，不发 POST")
        if not self.archive.options.allow_private and has_private_address(task.url):
            return self._drop(waiting, "private", "私有网络的地址，拒绝")
        if task.role == "robots":
            return False
        if task.unit and task.why.startswith("单位栏目") and (note := self._units_are_enough()):
            return self._drop(waiting, "unexplored", note)
        if self.rules.allow(task.url):
            return False
        if self.rules.unreachable(task.url):
            if twin := self._twin_over_http(task):
                self.archive.state.add([twin])
                return self._drop(waiting, "redirect", "https 连不上，同一网站的 http 能用，改用 http")
            return self._drop(waiting, "robots_unreachable", "取不到 robots.txt")
        return self._drop(waiting, "forbidden", "robots.txt 不许")

    def _units_are_enough(self) -> str:
        """Return the reason why no further unit's column is followed; "" if more may be."""
        asked, found = self.archive.state.units_asked()
        limit = self.archive.options.max_units
        if limit and asked >= limit:
            return f"单位栏目已经看了 {asked} 个，到了上限，没有去看"
        if asked >= _FRUITLESS_UNITS and found * _UNITS_A_REPORT < asked:
            return f"看了 {asked} 个单位栏目只有 {found} 份年报，没有再看"
        return ""

    def _twin_over_http(self, task: Task) -> Task | None:
        """Return the same request over http, if nothing listens on https and the site answers over http."""
        twin = structs.replace(task, url=task.url.replace("https:", "http:", 1), hops=task.hops + 1)
        rules = self.archive.state.rules(origin_of(twin.url))
        if twin.url == task.url or rules in (None, UNREACHABLE):
            return None
        return twin if self.archive.state.was_not_connected(f"{origin_of(task.url)}/robots.txt") else None

    def _drop(self, waiting: Waiting, outcome: str, note: str) -> bool:
        self.archive.lose(waiting, outcome, note)
        if waiting.task.role == "robots":
            self.archive.state.set_rules(waiting.task.owner or origin_of(waiting.task.url), UNREACHABLE)
        self.archive.state.release(waiting)
        return True

    def _request_for(self, waiting: Waiting) -> Request:
        task = waiting.task
        headers = {"Content-Type": task.content_type} if task.content_type else {}
        if task.found_on:
            headers["Referer"] = task.found_on
        before = self.archive.last_good(task)
        if before is not None and not task.body:  # a conditional POST may be refused with 412
            if before["etag"]:
                headers["If-None-Match"] = before["etag"]
            if before["last_modified"]:
                headers["If-Modified-Since"] = before["last_modified"]
        return Request(
            task.url,
            method=task.method,
            body=task.body,
            headers=headers,
            callback=self._spider.handle_answer,
            errback=self._spider.handle_failure,
            dont_filter=True,
            meta={
                "waiting": waiting,
                "before": before,
                "download_slot": host_of(task.url),
                "handle_httpstatus_all": True,
            },
        )
