"""Rows in a page's own scripts: arrays, objects, calls, markup written by a script.

Nothing is requested and nothing is run. A title and an address belong together if they stand in
the same brackets, or in two arrays of the same length.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from extractor.crawl.lists.family import ListFamily
from extractor.crawl.lists.rows import ListRows, anchors
from extractor.crawl.page import CrawledPage
from extractor.crawl.words import names_a_report
from extractor.patterns import kept_pattern

_FAMILY = "inline"
_LONGEST = 400_000  # characters of scripts that are read
_TOKEN = kept_pattern(
    r"\"((?:[^\"\\\n]|\\.)*)\"|'((?:[^'\\\n]|\\.)*)'|`((?:[^`\\]|\\.)*)`|([\[({])|([\])}])", re.S
)
_ESCAPE = kept_pattern(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.S)
_PERCENT = kept_pattern(r"%u([0-9a-fA-F]{4})")
_ADDRESS = kept_pattern(
    r"^(?:https?://|//|/|\./|\.\./)[^\s<>]{2,300}$|^[\w%./-]+\.(?:s?html?|jsp|pdf|docx?)(?:\?\S*)?$", re.I
)
_WHITE = {"n": "\n", "t": "\t", "r": "\r"}


def unescaped(text: str) -> str:
    r"""Return the text of a string of JavaScript.

    >>> unescaped(r"\u5e74\u62a5 \/a.html")
    '年报 /a.html'
    """

    def replaced(found: re.Match[str]) -> str:
        code = found[1] or found[2]
        return chr(int(code, 16)) if code else _WHITE.get(found[3], found[3])

    return _PERCENT.sub(lambda found: chr(int(found[1], 16)), _ESCAPE.sub(replaced, text))


class _Strings:
    """Titles and addresses of one pair of brackets that are not paired yet, in order."""

    def __init__(self) -> None:
        self.found: list[tuple[str, bool]] = []  # each text, and whether it is an address
        self.inner: list[_Strings] = []

    @property
    def titles(self) -> list[str]:
        return [text for text, is_address in self.found if not is_address]

    @property
    def addresses(self) -> list[str]:
        return [text for text, is_address in self.found if is_address]


def _rows_of_page(page: CrawledPage) -> ListRows | None:
    """Return the rows and markup in the page's scripts; None if they name no report."""
    rows, markup, lost = _read(page)
    if not rows and not markup and not lost:
        return None
    told = f"{lost} 个年报标题在脚本里，没有地址" if lost else ""
    return ListRows(anchors(rows) + "".join(markup), note=told)


def _read(page: CrawledPage) -> tuple[list[tuple[str, str]], list[str], int]:
    script = page.scripts[:_LONGEST]
    if not kept_pattern(r"公开|年报|\\u516c|%u516c", re.I).search(script):
        return [], [], 0
    top, markup = _strings_of(script)
    rows: list[tuple[str, str]] = []
    left = _settle(top, rows)
    return rows, markup, len([title for title in left.titles if names_a_report(title)])


def _strings_of(script: str) -> tuple[_Strings, list[str]]:
    """Return the strings of a script grouped by brackets, and those that are markup with links."""
    stack, markup = [_Strings()], []
    for token in _TOKEN.finditer(script):
        if token[4]:
            stack.append(_Strings())
        elif token[5] and len(stack) > 1:
            inner = stack.pop()
            stack[-1].inner.append(inner)
        elif not token[5]:
            text = unescaped(next(piece for piece in token.groups()[:3] if piece is not None)).strip()
            if kept_pattern(r"<a\b[^>]*href", re.I).search(text):
                markup.append(text)
            elif _ADDRESS.match(text):
                stack[-1].found.append((text, True))
            elif names_a_report(text, strong=True):
                stack[-1].found.append((text, False))
    while len(stack) > 1:
        inner = stack.pop()
        stack[-1].inner.append(inner)
    return stack[0], markup


def _settle(strings: _Strings, rows: list[tuple[str, str]]) -> _Strings:
    """Pair titles and addresses, innermost brackets first; return those left without partner."""
    for inner in strings.inner:
        strings.found.extend(_settle(inner, rows).found)
    titles, addresses = strings.titles, strings.addresses
    left = _Strings()
    if titles and len(titles) == len(addresses):
        rows += list(zip(addresses, titles, strict=True))
    elif len(titles) == 1 and addresses:
        rows.append((addresses[0], titles[0]))
    elif titles and addresses:
        pairs = list(_by_neighbourhood(strings.found))
        rows += pairs
        paired = {title for _, title in pairs}
        left.found = [(title, False) for title in titles if title not in paired]
    else:
        left.found = strings.found
    return left


def _by_neighbourhood(found: list[tuple[str, bool]]) -> Iterator[tuple[str, str]]:
    """Yield each title with the first address between it and the next title."""
    for (text, is_address), (after, is_next) in pairwise(found):
        if not is_address and is_next:
            yield after, text


INLINE = ListFamily(_FAMILY, _rows_of_page)
