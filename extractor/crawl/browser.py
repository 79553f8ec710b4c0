"""Runs a page's scripts in Chromium without network: what they load comes from the archive.

Addresses missing from the archive are reported, so that the crawler requests them as usual:
under robots.txt, with its delay, one request at a time, and into the same archive.
"""

import os
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from msgspec import Struct

from extractor.errors import MissingDependency, to_install

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
_LOADED = frozenset({"document", "script", "xhr", "fetch"})  # no pictures, styles or fonts
_PATIENCE = 8000  # milliseconds for the scripts of a page
# Blocks all name resolution and connections; requests are only answered from the archive.
_SEALED = (
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--proxy-server=127.0.0.1:9",
    "--proxy-bypass-list=<-loopback>",
    "--disable-background-networking",
)
# Makes random numbers and times constant, so that a page requests the same addresses each time.
_STEADY = "Math.random = () => 0.5; const now = Date.now(); Date.now = () => now - now % 86400000;"


class Rendered(Struct, frozen=True):
    """A page after its scripts have run, and the addresses that are missing from the archive."""

    html: str
    wanted: tuple[str, ...] = ()


def find_chromium() -> str | None:
    """Return the path of Chromium; None if it is not installed."""
    found = (shutil.which(name) for name in _NAMES)
    return os.environ.get("EXTRACTOR_CHROMIUM") or next((path for path in found if path), None)


class Browser:
    """One Chromium in a thread of its own: its API must not be used in the crawler's event loop."""

    def __init__(self, stored: Callable[[str], tuple[bytes, str] | None]) -> None:
        """Take what the pages load from `stored`: address → body and content type.

        Raises:
            MissingDependency: Playwright or Chromium is not installed.
        """
        try:
            import playwright  # noqa: F401  # asked for now, not at the first page
        except ImportError as error:
            raise MissingDependency(
                f"--browser 需要 Playwright：{to_install('browser')}（{error}）"
            ) from error
        self._program = find_chromium()
        if self._program is None:
            raise MissingDependency("--browser 需要系统里的 Chromium，或用 EXTRACTOR_CHROMIUM 指明它在哪里")
        self._stored = stored
        self._thread = ThreadPoolExecutor(max_workers=1)
        self._manager: Any = None
        self._browser: Any = None

    def render(self, url: str, body: bytes, content_type: str) -> Rendered:
        """Return a page after running its scripts."""
        from playwright.sync_api import Error

        try:
            return self._thread.submit(self._render, url, (body, content_type or "text/html")).result()
        except Error:  # the browser did not start or crashed: the page is recorded as unread
            return Rendered("")

    def close(self) -> None:
        """End the browser."""
        self._thread.submit(self._close).result()
        self._thread.shutdown()

    def _open(self) -> None:
        from playwright.sync_api import sync_playwright

        root = hasattr(os, "geteuid") and os.geteuid() == 0  # Chromium has no sandbox for root
        self._manager = sync_playwright().start()
        self._browser = self._manager.chromium.launch(
            executable_path=self._program, args=list(_SEALED), chromium_sandbox=not root
        )

    def _close(self) -> None:
        if self._browser is not None:
            self._browser.close()
            self._manager.stop()

    def _render(self, url: str, page: tuple[bytes, str]) -> Rendered:
        from playwright.sync_api import Error

        if self._browser is None:
            self._open()
        wanted: dict[str, None] = {}
        context = self._browser.new_context(service_workers="block", accept_downloads=False)
        try:
            context.add_init_script(_STEADY)
            context.route("**/*", lambda route: self._answer(route, url, page, wanted))
            tab = context.new_page()
            tab.set_default_timeout(_PATIENCE)
            try:
                tab.goto(url, wait_until="load")
                tab.wait_for_load_state("networkidle")
            except Error:  # scripts that never finish: take the page as it is now
                pass
            return Rendered(tab.content(), tuple(wanted))
        finally:
            context.close()

    def _answer(self, route: Any, url: str, page: tuple[bytes, str], wanted: dict[str, None]) -> None:
        request = route.request
        if request.method != "GET" or request.resource_type not in _LOADED:
            route.abort()
            return
        stored = page if request.url == url else self._stored(request.url)
        if stored is None:
            wanted.setdefault(request.url)
            route.abort()
        else:
            route.fulfill(status=200, body=stored[0], headers={"content-type": stored[1]})
