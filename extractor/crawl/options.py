"""The options of a crawl: starts, archive folder, and limits."""

from pathlib import Path

from msgspec import Struct

MEGABYTE = 1 << 20


class CrawlOptions(Struct, frozen=True):
    """One crawl. Sizes are bytes, times are seconds; a limit of 0 is no limit."""

    starts: tuple[str, ...]
    archive: Path
    delay: float = 1.0  # least number of seconds between two requests to one host
    per_host: int = 1  # requests open at once to one host
    max_pages: int = 20_000  # answers in one call of the crawler, robots.txt not counted
    max_depth: int = 8  # steps from a start page; the pages of one list count as one
    max_units: int = 1_000  # columns of departments and towns followed in one call
    max_bytes: int = 20_000 * MEGABYTE
    max_time: float = 0
    max_size: int = 64 * MEGABYTE  # of one answer, before and after decompression
    timeout: float = 120
    contact: str = ""  # a mail address or web page that is sent to every server
    browser: bool = False  # whether pages that show nothing without their scripts are rendered
    allow_private: bool = False


def user_agent(version: str, contact: str) -> str:
    """Return the crawler's User-Agent.

    >>> user_agent("1.0", "me@example.org")
    'disclosure-report-extractor/1.0 (+me@example.org)'
    """
    name = f"disclosure-report-extractor/{version}"
    return f"{name} (+{contact})" if contact else name
