"""The spider: judges and stores each answer, and decides how a host is treated after a failure."""

import re
import time
from collections.abc import AsyncIterator
from email.utils import parsedate_to_datetime
from typing import Any, cast
from urllib.parse import urlsplit

from scrapy import Request, Spider
from scrapy.http import Response
from twisted.python.failure import Failure

from extractor.crawl.addresses import host_of, origin_of
from extractor.crawl.archive import Archive
from extractor.crawl.guard import REFUSED_NAMES
from extractor.crawl.judge import judge
from extractor.crawl.patience import LONGEST, time_limit
from extractor.crawl.rendering import Rendering
from extractor.crawl.rules import Rules
from extractor.crawl.state import UNREACHABLE, Waiting
from extractor.crawl.task import PASSING, REFUSALS, Answer, Judgement, Task
from extractor.http_payload import TooLarge, without_content_encoding
from extractor.magic import begins_with_a_tag

MOST_ATTEMPTS = 3
LONGEST_WAIT = 300.0  # seconds; if a Retry-After is longer, the host is left for another run
_CHALLENGES = 3  # consecutive challenges after which the host is left alone
# Outcomes of a request for robots.txt: there is none, or we may not read it. RFC 9309 then allows all.
_WITHOUT_RULES = frozenset({"robots", "empty", "blocked", "outside", "redirect_loop"})
_PATIENCE = 10  # consecutive failures after which a host counts as down


class ReportSpider(Spider):
    """Sends the frontier's requests and stores the answers in the archive."""

    name = "reports"

    def __init__(self, archive: Archive, **more: Any) -> None:
        """Create the spider for one archive."""
        super().__init__(**more)
        self.archive = archive
        self.finished = ""  # why the crawl ends early
        self.pages = 0
        self.bytes = 0
        self.began = time.monotonic()
        self.rules: Rules | None = None  # set by the frontier
        self.rendering = Rendering(archive) if archive.options.browser else None

    async def start(self) -> AsyncIterator[Request]:
        """Yield nothing: the queue is in the archive."""
        return
        yield

    def handle_answer(self, response: Response) -> None:
        """Judge one answer, store it in the archive, and queue the requests that follow from it."""
        waiting: Waiting = response.meta["waiting"]
        try:
            self._take(waiting, response)
        finally:
            self._release(waiting)
            self._mind_limits(waiting.task, len(response.body))

    def _release(self, waiting: Waiting) -> None:
        """Allow the host its next request; its delay counts from now, not from the last request."""
        self.archive.state.release(waiting)
        if self.rendering and not self.archive.state.will_be_asked_again(waiting):
            self.rendering.arrived(waiting.task.url)
        wanted = self.rules.delay(waiting.task.url) if self.rules else 0
        if wanted > self.archive.options.delay:
            self.archive.state.hold(host_of(waiting.task.url), wanted)
        engine = self.crawler.engine
        slot = engine.downloader.slots.get(host_of(waiting.task.url)) if engine else None
        if slot is not None:
            slot.lastseen = time.monotonic()

    def _take(self, waiting: Waiting, response: Response) -> None:
        before = response.meta["before"]
        answer = answer_of(response, self.archive.options.max_size)
        seen = self._as_before(answer, before)
        judged = self._judge(waiting.task, seen)
        if self._asks_again(waiting, judged.outcome, answer):
            return
        asked = tuple(
            (key.decode(), value[0].decode("latin-1")) for key, value in _request_of(response).headers.items()
        )
        if self.rendering and self.rendering.takes(waiting.task, judged):
            self.rendering.park(waiting, seen, lambda page: self._keep(waiting, page, page, asked, before))
            return
        self._keep(waiting, answer, seen, asked, before, judged)

    def _keep(
        self,
        waiting: Waiting,
        answer: Answer,
        seen: Answer,
        asked: tuple[tuple[str, str], ...],
        before: Any,
        judged: Judgement | None = None,
    ) -> None:
        outcome = self.archive.keep(waiting, answer, judged or self._judge(waiting.task, seen), asked, before)
        self._learn(waiting.task, outcome, seen)

    def _judge(self, task: Task, answer: Answer) -> Judgement:
        with time_limit(self._time_for_one()):
            return judge(task, answer)

    def _time_for_one(self) -> float:
        """Return the seconds that judging an answer may take: no longer than the crawl may still last."""
        limit = self.archive.options.max_time
        left = limit - (time.monotonic() - self.began) if limit else LONGEST
        return min(max(left, 1.0), LONGEST)

    def finish_rendering(self) -> None:
        """Archive the pages still waiting in the browser: no other request is under way."""
        state = self.archive.state
        if self.rendering and state.waits_only_for_parked and not state.has_open_requests():
            self.rendering.finish()

    def closed(self, reason: str) -> None:
        """End the browser with the crawl."""
        if self.rendering:
            self.rendering.close()

    def _as_before(self, answer: Answer, before: Any) -> Answer:
        """Return the stored answer that a 304 confirms."""
        if answer.status != 304 or before is None:
            return answer
        body = self.archive.body_of(before)
        return Answer(answer.url, 200, (("content-type", before["content_type"] or ""),), body, body)

    def handle_failure(self, failure: Failure) -> None:
        """Record a request without an answer, or requeue it."""
        waiting: Waiting = _failed_request(failure).meta["waiting"]
        try:
            outcome, note = what_failed(failure)
            if not self._asks_again(waiting, outcome, None):
                self.archive.lose(waiting, outcome, note)
                self._learn(waiting.task, outcome, None)
        finally:
            self._release(waiting)
        self._mind_limits(waiting.task, 0)

    def _asks_again(self, waiting: Waiting, outcome: str, answer: Answer | None) -> bool:
        """Requeue a request that may succeed later; return whether it was requeued."""
        host = host_of(waiting.task.url)
        if (
            outcome not in PASSING
            or waiting.attempts + 1 >= MOST_ATTEMPTS
            or self.archive.state.is_stopped(host)
        ):
            return False
        wait = retry_after(answer.header("retry-after")) if answer else None
        if wait is not None or outcome == "rate_limited":
            wait = wait if wait is not None else 30.0 * 2**waiting.attempts
            if wait > LONGEST_WAIT:
                return False
            self.archive.state.hold(host, wait)
        self.archive.state.put_back(waiting, wait or self.archive.options.delay * 2 ** (waiting.attempts + 1))
        return True

    def _learn(self, task: Task, outcome: str, answer: Answer | None) -> None:
        """Update the facts about the host: its robots.txt, its refusals, its vanished reports."""
        state, host = self.archive.state, host_of(task.url)
        if task.role == "robots":
            self._learn_rules(task, outcome, answer)
        if outcome == "dead" and task.why == "以前取过":
            self.archive.mark_gone(task)
        if outcome == "rate_limited":
            state.stop_host(host, outcome)
            return
        bad = outcome in REFUSALS or outcome in PASSING
        count = state.count_refusal(host, bad)
        limit = _CHALLENGES if outcome == "challenge" else _PATIENCE
        if bad and count >= limit:
            state.stop_host(host, outcome)

    def _learn_rules(self, task: Task, outcome: str, answer: Answer | None) -> None:
        """Store robots.txt: nothing if there is none, everything forbidden if it could not be fetched."""
        state, origin = self.archive.state, task.owner or origin_of(task.url)
        if outcome == "redirect":  # the target of the redirect will give the rules
            return
        rules = b"" if outcome in _WITHOUT_RULES else UNREACHABLE
        if (
            outcome == "robots"
            and answer is not None
            and answer.status == 200
            and not begins_with_a_tag(answer.body)
        ):
            rules = answer.body[:500_000]
        state.set_rules(origin, rules)

    def mind_time(self) -> None:
        """End the crawl when its time is over, whether or not answers arrive."""
        limit = self.archive.options.max_time
        if limit and not self.finished and time.monotonic() - self.began >= limit:
            self.finished = "max_time"

    def _mind_limits(self, task: Task, size: int) -> None:
        self.mind_time()
        if task.role == "robots":
            return
        self.pages += 1
        self.bytes += size
        options = self.archive.options
        reached = {
            "max_pages": options.max_pages and self.pages >= options.max_pages,
            "max_bytes": options.max_bytes and self.bytes >= options.max_bytes,
        }
        self.finished = self.finished or next((name for name, over in reached.items() if over), "")


def _request_of(response: Response) -> Request:
    assert response.request is not None  # every response here belongs to a request
    return response.request


def answer_of(response: Response, limit: int) -> Answer:
    """Return Scrapy's response as an answer, its body decoded within the limit."""
    headers = tuple(
        (key.decode("latin-1"), value.decode("latin-1"))
        for key, values in response.headers.items()
        for value in values
    )
    encoding = b",".join(response.headers.getlist("Content-Encoding")).decode("latin-1")
    body, problem = response.body, ""
    try:
        body = without_content_encoding(response.body, encoding, limit)
    except TooLarge:
        body, problem = b"", "bomb"
    except ValueError:
        body, problem = b"", "bad_encoding"
    return Answer(response.url, response.status, headers, response.body, body, problem)


# Names of exception classes in all versions of Scrapy and Twisted, specific ones before general ones.
_CAUSES = (
    (r"Timeout|TimedOut", "timeout", "超时"),
    (r"CannotResolve|DNSLookup", "dns", "域名查不到"),
    (r"SSL|Certificate|VerificationError", "tls", "证书或加密不合"),
    (r"DataLoss", "truncated", "没有传完"),
    (r"Cancelled|MaxSize", "too_large", "超过大小上限"),
    (r"ConnectionRefused", "reset", "拒绝连接"),
    (
        r"Connection|ConnectError|ResponseFailed|ResponseNeverReceived|DownloadFailed|ParseError",
        "reset",
        "连接断开",
    ),
)


def _failed_request(failure: Failure) -> Request:
    """Return the request that failed; Scrapy sets it on the failure."""
    return cast(Request, vars(failure)["request"])


def what_failed(failure: Failure) -> tuple[str, str]:
    """Return the outcome of a request without an answer, and a sentence on it."""
    host = urlsplit(_failed_request(failure).url).hostname or ""
    if host in REFUSED_NAMES:
        return "private", f"{host} 指向私有网络的地址，拒绝"
    names: list[str] = []
    value = failure.value
    while value is not None and len(names) < 8:
        names.append(type(value).__name__)
        value = value.__cause__
    told = " ".join(names) + " " + failure.getErrorMessage()
    for pattern, outcome, sentence in _CAUSES:
        if re.search(pattern, told):
            return outcome, f"{sentence}（{told[:200]}）"
    return "failed", told[:200]


def retry_after(value: str) -> float | None:
    """Return the seconds that a Retry-After header asks for; None if it asks for none.

    >>> retry_after("120"), retry_after("soon")
    (120.0, None)
    """
    if value.strip().isdigit():
        return float(value)
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - time.time())
    except (ValueError, TypeError, IndexError):
        return None
