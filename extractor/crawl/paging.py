"""Finds the further pages of a list or an article, from links on the page or counts in its script."""

import re
from base64 import b64decode
from contextlib import suppress
from urllib.parse import parse_qsl, unquote, urlsplit

from extractor.crawl.addresses import join
from extractor.crawl.page import CrawledPage, Link
from extractor.patterns import kept_pattern

LONGEST_LIST = 500  # pages
PAGE_KEYS = frozenset({"page", "pageno", "pagenum", "pageindex", "currpage", "current", "pn", "p"})
_NEXT = kept_pattern(r"^(?:下一?页|下一頁|后一?页|下页>+|>|>>|»|next|尾页|末页|最后一?页|最末页|last)$", re.I)
_CALL = kept_pattern(r"createPageHTML\s*\(([^()]{0,300})\)")
_CALLS = kept_pattern(r"(?:page|goto|jump|turn|fenye|list|query|load|PostBack)\w*\s*\(", re.I)
_NUMBER = kept_pattern(r"['\"($](\d{1,6})['\")]")
_ENCODED = kept_pattern(r"\batob\(\s*['\"]([A-Za-z0-9+/=]{16,20000})['\"]")
_MOST_FRAGMENTS = 10
_STATIC = kept_pattern(r"^(.*?)(?:_(\d+))?\.(s?html?|jhtml)$")


def printed_pages(page: CrawledPage) -> list[str]:
    """Return the addresses of further pages that the page prints as links."""
    urls = []
    for link in [*page.links, *_encoded_links(page)]:
        if link.url is None:
            continue
        text = link.text.strip("[]【】()（） ")
        if _NEXT.match(text) or (
            kept_pattern(r"\d{1,3}").fullmatch(text) and _looks_like_a_page(link.url, page.url)
        ):
            urls.append(link.url)
    return [url for url in dict.fromkeys(urls) if url != page.url]


def _encoded_links(page: CrawledPage) -> list[Link]:
    """Return the links of markup that a script holds in base64, as some sites hide their pagers."""
    found: list[Link] = []
    for text in _ENCODED.findall(page.scripts)[:_MOST_FRAGMENTS]:
        with suppress(ValueError):  # base64 of something else
            found += CrawledPage(unquote(b64decode(text, validate=True).decode("ascii")), page.url).links
    return found


def _looks_like_a_page(url: str, of: str) -> bool:
    """Return whether a numbered link stays in the list: same folder or one below, or another query."""
    here, there = urlsplit(of), urlsplit(url)
    folder = here.path.rsplit("/", 1)[0]
    return here.netloc == there.netloc and there.path.startswith(folder)


def counted_pages(page: CrawledPage) -> list[str]:
    """Return the addresses counted by the page's own createPageHTML call.

    The call occurs in lists and in articles with several pages: count, the current page
    from 0, the stem and the ending, sometimes after the id of an element.
    """
    found = []
    for arguments in _CALL.findall(page.html):
        numbers = [int(number) for number in kept_pattern(r"(?<![\w\"'])(\d+)(?![\w\"'])").findall(arguments)]
        strings = kept_pattern(r"[\"']([^\"']*)[\"']").findall(arguments)
        if not numbers or len(strings) < 2:
            continue
        stem, ending = strings[-2], strings[-1].lstrip(".")
        for n in range(min(numbers[0], LONGEST_LIST)):
            url = join(page.base, f"{stem}_{n}.{ending}" if n else f"{stem}.{ending}")
            if url and url != page.url:
                found.append(url)
    return list(dict.fromkeys(found))


def continues_article(url: str, first: str) -> bool:
    """Say whether an address is a further page of the article at `first`: only a page number is added.

    >>> first = "http://yunling.example/nb/t2024.html"
    >>> [continues_article(first.replace("t2024", name), first) for name in ("t2024_1", "t2024/2", "t2025")]
    [True, True, False]
    >>> continues_article("http://yunling.example/show.asp?id=5&page=2", "http://yunling.example/show.asp?id=5")
    True
    """
    there, here = urlsplit(url), urlsplit(first)
    if there.netloc != here.netloc:
        return False
    if there.path == here.path:
        added = [pair for pair in parse_qsl(there.query) if pair not in parse_qsl(here.query)]
        kept = all(pair in parse_qsl(there.query) for pair in parse_qsl(here.query) if not _is_page(pair))
        return kept and len(added) == 1 and _is_page(added[0])
    stem, _, ending = here.path.rpartition(".")
    stem = stem if "/" not in ending else here.path
    tail = there.path.removeprefix(stem)
    return (
        bool(stem)
        and tail != there.path
        and bool(kept_pattern(r"[_\-/](?:p|page)?\d{1,3}(?:\.\w+)?").fullmatch(tail))
    )


def _is_page(pair: tuple[str, str]) -> bool:
    return pair[0].lower() in PAGE_KEYS and pair[1].isdigit() and len(pair[1]) <= 3


def guessed_pages(url: str) -> list[str]:
    """Return likely addresses of the next page of a static list, if the page does not link to it.

    >>> guessed_pages("http://yunling.example/nb/")
    ['http://yunling.example/nb/index_1.html', 'http://yunling.example/nb/index_2.html']
    >>> guessed_pages("http://yunling.example/nb/index_2.html")
    ['http://yunling.example/nb/index_3.html']
    """
    parts = urlsplit(url)
    if parts.query:
        return []
    path = parts.path + "index.html" if parts.path.endswith("/") else parts.path
    found = _STATIC.match(path)
    if not found:
        return []
    numbers = [int(found[2]) + 1] if found[2] else [1, 2]
    names = [f"{found[1]}_{number}.{found[3]}" for number in numbers]
    return [there for name in names if (there := join(url, name))]


def turned_by_script(page: CrawledPage, current: int) -> bool:
    """Return whether there are further pages of the list that only a script can request.

    The word 下一页 alone proves nothing (the last page may have it): a page number is required.
    """
    return any(
        _leads_behind(link, current)
        for link in page.links
        if link.url is None and _CALLS.search(link.written)
    )


def _leads_behind(link: Link, current: int) -> bool:
    text = link.text.strip("[]【】()（） ")
    told = max((int(number) for number in _NUMBER.findall(link.written)), default=0)
    if kept_pattern(r"\d{1,3}").fullmatch(text):
        return int(text) > current
    return bool(_NEXT.match(text)) and told > current
