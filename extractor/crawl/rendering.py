"""Pages that need a browser: rendered once, and again after the missing addresses were fetched."""

from collections.abc import Callable

from msgspec import structs

from extractor.crawl.addresses import is_dead_end, join, site_of
from extractor.crawl.archive import Archive
from extractor.crawl.browser import Browser
from extractor.crawl.state import Waiting
from extractor.crawl.task import Answer, Judgement, Task

_MOST_ROUNDS = 5
_MOST_WANTED = 30  # addresses fetched for one page between two renderings
UNRENDERED = frozenset({"needs_browser", "shell"})


class _Parked:
    """A page between two renderings."""

    def __init__(self, waiting: Waiting, answer: Answer, keep: Callable[[Answer], None]) -> None:
        self.waiting = waiting
        self.answer = answer
        self.keep = keep  # judges and archives the page in its final state
        self.missing: set[str] = set()
        self.asked: set[str] = set()
        self.rounds = 0


class Rendering:
    """The pages that are being rendered."""

    def __init__(self, archive: Archive) -> None:
        """Load what pages ask for from the archive, and queue there what it lacks."""
        self._archive = archive
        self._browser = Browser(archive.stored)
        self._pages: list[_Parked] = []

    def takes(self, task: Task, judged: Judgement) -> bool:
        """Say whether a page is rendered before it is archived."""
        return judged.outcome in UNRENDERED and task.role in ("page", "candidate") and not task.body

    def park(self, waiting: Waiting, answer: Answer, keep: Callable[[Answer], None]) -> None:
        """Render a page for the first time."""
        self._archive.state.park(waiting)
        page = _Parked(waiting, answer, keep)
        self._pages.append(page)
        self._render(page)

    def arrived(self, url: str) -> None:
        """Render again the pages that waited only for this answer (or its failure)."""
        for page in [page for page in self._pages if url in page.missing]:
            page.missing.discard(url)
            if not page.missing:
                self._render(page)

    def finish(self) -> None:
        """Archive the pages still waiting: no further answers will come."""
        while self._pages:
            self._end(self._pages[0], None)

    def close(self) -> None:
        """End the browser."""
        self._browser.close()

    def _render(self, page: _Parked) -> None:
        page.rounds += 1
        rendered = self._browser.render(page.answer.url, page.answer.body, page.answer.header("content-type"))
        site = site_of(page.answer.url)
        joined = [url for text in rendered.wanted if (url := join(page.answer.url, text))]
        wanted = [url for url in joined if site_of(url) == site and url not in page.asked]
        wanted = [url for url in wanted if not is_dead_end(url)][:_MOST_WANTED]
        if not wanted or page.rounds >= _MOST_ROUNDS:
            self._end(page, rendered.html or None)
            return
        page.asked.update(wanted)
        page.missing.update(wanted)
        task = page.waiting.task
        self._archive.state.add(
            Task(url, "resource", why="网页的脚本要的", depth=task.depth, found_on=page.answer.url)
            for url in wanted
        )

    def _end(self, page: _Parked, html: str | None) -> None:
        self._pages.remove(page)
        answer = page.answer
        if html is not None:
            body = html.encode()
            # Without its ETag: the page may be the same while the data that its scripts load is not.
            headers = (("Content-Type", "text/html; charset=utf-8"), ("X-Archive-Rendered", "chromium"))
            answer = structs.replace(answer, headers=headers, raw=body, body=body)
        page.keep(answer)
        self._archive.state.unpark(page.waiting)
