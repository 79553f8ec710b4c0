"""Recognizes running headers, footers and page numbers, which are not part of the text."""

from collections import Counter

from extractor.formats.layout.model import PageLine
from extractor.patterns import kept_pattern

TOP = 0.10  # share of the page height that is the area of running headers
BOTTOM = 0.12
SHARE = 0.4  # share of the pages on which such a line must recur
_NUMBER = kept_pattern(r"\d+")
_PAGE_NUMBER = kept_pattern(
    r"[-—–－―─·•~\s]*(?:\d{1,4}|[ivxIVX]{1,5})[-—–－―─·•~\s]*|第\s*[\d一二三四五六七八九十]+\s*页.{0,12}"
    r"|\d+\s*/\s*\d+|(?i:page)\s*\d+.{0,10}"
)


def without_running(pages: list[list[PageLine]]) -> list[list[PageLine]]:
    """Drop lines at the top or bottom of the page that are page numbers or recur on other pages."""
    seen: Counter[tuple[str, int, int]] = Counter()
    for lines in pages:
        seen.update({key for line in lines if _at_edge(line) for key in _keys(line)})
    needed = max(2, SHARE * len(pages))
    return [[line for line in lines if not (_at_edge(line) and _runs(line, seen, needed))] for lines in pages]


def _at_edge(line: PageLine) -> bool:
    middle = (line.box[1] + line.box[3]) / 2
    return middle < TOP * line.ink.height or middle > (1 - BOTTOM) * line.ink.height


def _runs(line: PageLine, seen: Counter[tuple[str, int, int]], needed: float) -> bool:
    text = line.text.strip()
    if max(seen[key] for key in _keys(line)) >= needed:
        return True
    if not _PAGE_NUMBER.fullmatch(text):
        return False
    return not text.isdigit() or int(text) == line.ink.page


def _keys(line: PageLine) -> list[tuple[str, int, int]]:
    """Return what equal running lines have in common: text without numbers, size, height on the page.

    Heights are rounded to overlapping steps, two per line, so that near-equal heights share one.
    """
    text = _NUMBER.sub("#", line.text.strip())
    size = round(line.size)
    height = line.box[1] / 6
    return [(text, size, 2 * int(height)), (text, size, 2 * int(height + 0.5) + 1)]
