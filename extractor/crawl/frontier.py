"""Scrapy's scheduler with the queue in state.sqlite: constant memory, and nothing lost by a kill.

Scrapy's own JOBDIR keeps its queue only if the crawl is stopped in an orderly way.
"""

from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import Crawler

from extractor.crawl.addresses import host_of, origin_of
from extractor.crawl.archive import Archive
from extractor.crawl.guard import has_private_address
from extractor.crawl.lists import may_post
from extractor.crawl.rules import Rules
from extractor.crawl.state import UNREACHABLE, Waiting


class Frontier:
    """Hands out the requests of an archive, one host at a time, none that robots.txt forbids."""

    def __init__(self, crawler: Crawler) -> None:
        """Wait for open(): the spider brings the archive."""
        self.crawler = crawler
        self.agent: str = crawler.settings["USER_AGENT"]
        self._spider: Any = None
        self.archive: Archive
        self.rules: Rules

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Frontier":
        """Build as Scrapy asks for it."""
        return cls(crawler)

    def open(self, spider: Spider) -> None:
        """Take the archive of the spider, who is to answer."""
        self._spider = spider
        self.archive = self._spider.archive
        self.rules = self._spider.rules = Rules(self.crawler, self.archive.state, self.agent)

    def close(self, reason: str) -> None:
        """Nothing is left to write: every answer has been."""

    def enqueue_request(self, request: Request) -> bool:
        """Take no requests from elsewhere: the queue is filled by what answers lead to."""
        return False

    def has_pending_requests(self) -> bool:
        """Say whether anything waits or is under way, unless a limit is reached."""
        return not self._spider.finished and self.archive.state.has_work()

    def next_request(self) -> Request | None:
        """Return the next request that may be made now."""
        while not self._spider.finished and (
            waiting := self.archive.state.next(self.archive.options.per_host)
        ):
            if self._is_forbidden(waiting):
                continue
            return self._request_for(waiting)
        return None

    def _is_forbidden(self, waiting: Waiting) -> bool:
        task = waiting.task
        if task.body and not may_post(task.family):
            return self._drop(waiting, "not_posted", "不是列表的翻页，不发 POST")
        if not self.archive.options.allow_private and has_private_address(task.url):
            return self._drop(waiting, "private", "私有网络的地址，拒绝")
        if task.role == "robots":
            return False
        if self.rules.allow(task.url):
            return False
        if self.rules.unreachable(task.url):
            return self._drop(waiting, "robots_unreachable", "取不到 robots.txt")
        return self._drop(waiting, "forbidden", "robots.txt 不许")

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
        if before is not None and not task.body:  # a condition on a POST may be answered as a refusal, by 412
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
