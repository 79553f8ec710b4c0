"""The day on which a page says that it was published."""

from urllib.parse import urlsplit

from extractor.crawl.days import DAY, first_day_in, iso_day
from extractor.crawl.page import CrawledPage
from extractor.patterns import kept_pattern

_METAS = ("pubdate", "publishdate", "publishtime", "publicationdate", "article:published_time")
_SAID = kept_pattern(
    rf"(?:发布|发文|公开|公布|生成)(?:日期|时间)?\s*[:：]\s*[\[【]?\s*{DAY}|^\s*日期\s*[:：]\s*{DAY}"
)
_PATHS = (
    kept_pattern(r"/[tP]((?:19|20)\d\d)(\d\d)(\d\d)_?\d*"),
    kept_pattern(r"/((?:19|20)\d\d)/(\d{1,2})/(\d{1,2})/"),
)


def publication_date(page: CrawledPage) -> str:
    """Return the day as ISO by the meta tag, the text or the address; "" if none has one.

    >>> publication_date(CrawledPage("<p>发布日期：2024年1月9日</p>", "http://yunling.example/a.html"))
    '2024-01-09'
    """
    for name in _METAS:
        if told := first_day_in(page.metas.get(name, "")):
            return told
    return iso_day(_SAID.search(page.text[:3000])) or date_in_address(page.url)


def date_in_address(url: str) -> str:
    """Return the date in the path of an address; "" if there is none.

    >>> date_in_address("http://yunling.example/nb/202401/t20240109_88.html")
    '2024-01-09'
    """
    path = urlsplit(url).path
    return next((told for pattern in _PATHS if (told := iso_day(pattern.search(path)))), "")
