"""A Chromium without a window, for the tests that look at pages; skips where there is none."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

_USUAL = ("--headless=new", "--no-sandbox", "--disable-gpu", "--window-size=1400,900")


@contextmanager
def headless_chromium(profile: Path, switches: Sequence[str] = ()) -> Iterator[Any]:
    """Run Chromium with a profile of its own, and more switches where any are given; its log is kept."""
    webdriver = pytest.importorskip("selenium.webdriver", reason="no selenium here (the extra dev has it)")
    chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if chromium is None or driver is None:
        pytest.skip("no chromium or no chromedriver on this machine (Debian: chromium, chromium-driver)")
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for switch in (*_USUAL, *switches, f"--user-data-dir={profile}"):
        options.add_argument(switch)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    running = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
    try:
        yield running
    finally:
        running.quit()
