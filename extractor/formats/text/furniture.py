"""Removes page numbers and running headers from text with form feeds between pages."""

from bisect import bisect_right
from collections import Counter

from extractor.formats.text.lines import TextLine
from extractor.patterns import kept_pattern

_FEED = "\f"
_PAGE_NUMBER = kept_pattern(
    r"[-—–―·\s]*(?:第\s*)?(\d{1,4})(?:\s*页)?(?:\s*(?:[/／]|[,，]?\s*共)\s*\d{1,4}(?:\s*页)?)?[-—–―·\s]*"
)
_LONGEST_HEAD = 60  # characters
_GAP = kept_pattern(r"\s{3}|\u3000{2}|\t")  # a gap, as between the header cells of a continued table


def without_furniture(text: str, lines: list[TextLine]) -> list[TextLine]:
    """Return the lines without page numbers and without what is at the top of most pages."""
    if _FEED not in text:
        return lines
    pages = _pages(text, lines)
    dropped = {id(line) for line in (*_page_numbers(pages), *_running_heads(pages))}
    return [line for line in lines if id(line) not in dropped] if dropped else lines


def _pages(text: str, lines: list[TextLine]) -> list[list[TextLine]]:
    feeds = [found.start() for found in kept_pattern(_FEED).finditer(text)]
    pages: dict[int, list[TextLine]] = {}
    for line in lines:
        if line.text:
            pages.setdefault(bisect_right(feeds, line.start), []).append(line)
    return list(pages.values())


def _page_numbers(pages: list[list[TextLine]]) -> list[TextLine]:
    """Return the numbers at the bottom of the pages, if each is one more than the page before."""
    found = [(number, page[-1]) for number, page in enumerate(pages) if _PAGE_NUMBER.fullmatch(page[-1].text)]
    shift = Counter(_number(line) - page for page, line in found)
    if not shift:
        return []
    usual, times = shift.most_common(1)[0]
    return [line for page, line in found if _number(line) - page == usual] if times > 1 else []


def _number(line: TextLine) -> int:
    match = _PAGE_NUMBER.fullmatch(line.text)
    return int(match[1]) if match else -1


def _running_heads(pages: list[list[TextLine]]) -> list[TextLine]:
    """Return the first lines of pages that are the same on most, except on the first page."""
    tops = [page[0] for page in pages if len(page[0].text) <= _LONGEST_HEAD and not _GAP.search(page[0].text)]
    times = Counter("".join(line.text.split()) for line in tops)
    seen: set[str] = set()
    found = []
    for line in tops:
        words = "".join(line.text.split())
        if words in seen and 2 * times[words] >= len(pages):
            found.append(line)
        seen.add(words)
    return found
