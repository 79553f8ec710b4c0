"""Sets up Scrapy, runs one crawl, and writes its manifest."""

import logging
import sqlite3
from typing import Any

from extractor.crawl.archive import Archive
from extractor.crawl.manifest import CrawlOutcome, write_manifest
from extractor.crawl.options import CrawlOptions, user_agent
from extractor.crawl.state import UNREACHABLE
from extractor.errors import CannotWrite, MissingDependency, to_install


def crawl(options: CrawlOptions, version: str) -> CrawlOutcome:
    """Crawl, or resume an interrupted crawl, and write the manifest.

    It runs Scrapy's reactor, which a process can do only once.

    Raises:
        MissingDependency: Scrapy or warcio is not installed.
        CannotWrite: The archive cannot be written, or another crawl is using it.
    """
    try:
        import warcio  # noqa: F401  # asked for now, not after the first page
        from scrapy import signals
        from scrapy.crawler import CrawlerProcess

        from extractor.crawl.spider import ReportSpider
    except ImportError as error:
        raise MissingDependency(f"抓取需要 Scrapy 和 warcio：{to_install('crawl')}（{error}）") from error
    agent = user_agent(version, options.contact)
    archive = Archive(options, agent)
    process = CrawlerProcess(settings_for(options, agent))
    logging.getLogger("scrapy").setLevel(logging.WARNING)
    crawler = process.create_crawler(ReportSpider)
    ended: dict[str, str] = {}
    crawler.signals.connect(
        lambda spider, reason: ended.update(reason=reason), signals.spider_closed, weak=False
    )
    crawler.signals.connect(_put_away_crash, signals.spider_error)
    process.crawl(crawler, archive=archive)
    process.start()
    reached = getattr(crawler.spider, "finished", "")
    if reached == "disk":
        archive.state.close()
        raise CannotWrite(f"{options.archive}: 存档写不进去；腾出地方，用同样的命令接着取")
    unfinished = "interrupted" if ended.get("reason") != "finished" else reached
    if not archive.state.has_work() and not unfinished:
        archive.state.end()
    outcome = write_manifest(archive, unfinished)
    archive.state.close()
    return outcome


def _put_away_crash(failure: Any, response: Any, spider: Any) -> None:
    """Record an answer whose processing raised an exception, and continue.

    If the failure was in writing, the crawl ends: every further answer would be lost too.
    """
    if failure.check(OSError, sqlite3.Error):
        spider.finished = "disk"
        return
    waiting = response.request.meta["waiting"]  # if an errback raised, `response` is the Failure
    if waiting.task.role == "robots":
        spider.archive.state.set_rules(waiting.task.owner, UNREACHABLE)
    spider.archive.lose(waiting, "crash", f"{failure.type.__name__}: {failure.getErrorMessage()}"[:300])


def settings_for(options: CrawlOptions, agent: str) -> dict[str, Any]:
    """Return Scrapy's settings: throttled, without cookies, without proxies, without its own redirects."""
    return {
        "USER_AGENT": agent,
        "DEFAULT_REQUEST_HEADERS": {
            "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            "Accept-Language": "zh-CN,zh;q=0.9",
            "Accept-Encoding": "gzip, deflate",
        },
        "SCHEDULER": "extractor.crawl.frontier.Frontier",
        "CONCURRENT_REQUESTS": 32,
        "CONCURRENT_REQUESTS_PER_DOMAIN": options.per_host,
        "DOWNLOAD_DELAY": options.delay,
        "DOWNLOAD_DELAY_JITTER": 0.0,
        "AUTOTHROTTLE_ENABLED": True,
        "AUTOTHROTTLE_START_DELAY": options.delay,
        "AUTOTHROTTLE_TARGET_CONCURRENCY": float(options.per_host),
        "DOWNLOAD_TIMEOUT": options.timeout,
        "DOWNLOAD_MAXSIZE": options.max_size,
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_VERIFY_CERTIFICATES": True,
        # Cookies would identify us; a proxy would resolve names out of reach of guard.py.
        "COOKIES_ENABLED": False,
        "HTTPPROXY_ENABLED": False,
        # Each hop of a redirect is a request of its own: recorded, and judged like any other.
        "REDIRECT_ENABLED": False,
        "METAREFRESH_ENABLED": False,
        "ROBOTSTXT_OBEY": False,  # frontier.py asks the rules before a request is made
        "RETRY_ENABLED": False,  # the state counts attempts, so that they outlive the process
        "COMPRESSION_ENABLED": False,  # the archive keeps bytes as they came
        "TELNETCONSOLE_ENABLED": False,
        "LOGSTATS_INTERVAL": 0,
        "LOG_LEVEL": "WARNING",
        "LOG_INSTALL_ROOT_HANDLER": False,
    } | ({} if options.allow_private else _guard_settings())


def _guard_settings() -> dict[str, Any]:
    return {"TWISTED_DNS_RESOLVER": "extractor.crawl.guard.PublicResolver"}
