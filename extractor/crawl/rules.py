"""The rules of robots.txt, stored in the state and parsed once."""

from scrapy.crawler import Crawler
from scrapy.robotstxt import ProtegoRobotParser

from extractor.crawl.addresses import origin_of
from extractor.crawl.state import UNREACHABLE, State

LONGEST_DELAY = 60.0  # seconds; a Crawl-delay beyond it is kept as this


class Rules:
    """The rules of all origins for one user agent."""

    def __init__(self, crawler: Crawler, state: State, agent: str) -> None:
        """Read the texts of robots.txt from `state`."""
        self._crawler = crawler
        self._state = state
        self._agent = agent
        self._parsers: dict[str, ProtegoRobotParser] = {}

    def allow(self, url: str) -> bool:
        """Return whether the address may be requested."""
        return bool(self._of(origin_of(url)).allowed(url, self._agent))

    def unreachable(self, url: str) -> bool:
        """Return whether everything is forbidden only because robots.txt could not be fetched."""
        return self._state.rules(origin_of(url)) == UNREACHABLE

    def delay(self, url: str) -> float:
        """Return the Crawl-delay in seconds; 0 if there is none."""
        if self._state.rules(origin_of(url)) is None:
            return 0.0
        told = self._of(origin_of(url)).rp.crawl_delay(self._agent)
        return min(float(told or 0), LONGEST_DELAY)

    def _of(self, origin: str) -> ProtegoRobotParser:
        if origin not in self._parsers:
            text = self._state.rules(origin) or b""
            self._parsers[origin] = ProtegoRobotParser.from_crawler(self._crawler, text)
        return self._parsers[origin]
