"""A running Chromium, and review pages opened in it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from headless_browser import headless_chromium

from extractor.document import Source
from extractor.pipeline import parse
from extractor.report import Report
from extractor.review import review_page

if TYPE_CHECKING:
    from review_reader import Reader

SWITCHES = (
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="package")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with headless_chromium(tmp_path_factory.mktemp("profile"), SWITCHES) as running:
        yield running


@pytest.fixture
def opens(browser: Any, tmp_path: Path) -> "Callable[..., Reader]":
    """Return an opener of review pages, of a file as it is or of other bytes, with a report beside it."""
    from review_reader import Reader  # skips where there is no selenium

    def open_page(path: Path, data: bytes | None = None, other: Report | None = None) -> Reader:
        source = Source(path.name, path.read_bytes() if data is None else data)
        report = parse(source)
        page = tmp_path / "review.html"
        page.write_bytes(review_page(source, report, other))
        return Reader(browser, report, page.as_uri())

    return open_page
