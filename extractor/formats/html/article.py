"""Finds the article in a page: the smallest container with the whole body and its tables.

Content decides. A container's class name counts only if it marks page furniture (menus, footers) and the
container has hardly any of the page's text. In doubt, text is kept: a stray line can be recognized later, a
lost one cannot.
"""

import re
from itertools import accumulate

from msgspec import Struct

from extractor.formats.html.fields import is_field_table
from extractor.formats.html.page import ContainerRegion, Draft, HtmlPage
from extractor.patterns import kept_pattern, late_pattern

_FURNITURE_TAGS = {"nav", "aside", "footer", "menu", "search"}
_FURNITURE_NAME = kept_pattern(
    r"(?<![a-z])(?:foot(?:er)?|bottom|copyright|nav(?:bar|igation)?|menu|side(?:bar)?|(?:bread)?crumbs?|share|"
    r"bdsharebuttonbox|toolbar|topbar|login|friendlinks?)(?![a-z])",
    re.IGNORECASE,
)
_FURNITURE_TEXT = kept_pattern(
    r"(?=[版I备网公技主承维建分浏当您上下扫打关无责])(?:版权所有|ICP备|备案|网站标识码|公网安备|技术支持|(?:主办|承办|维护)单?位?[:：]|建议使用|分辨率|浏览器|浏览次数|"
    r"当前位置|您所在的?位置|上一篇|下一篇|上一条|下一条|扫一扫|打印本页|关闭窗口|分享到|无障碍|网站地图|责任编辑)"
)
_LONGEST_FURNITURE = 150  # characters of the longest line of page furniture
_SENTENCE = kept_pattern("[。；！]")
_NUMBERED = late_pattern(r"\s*[（(]?[一二三四五六七八九十]{1,3}[)）]?\s*[、.．]?")
_HEADING_LIKE = kept_pattern(r"\s*[一二三四五六七八九十]{1,3}\s*[、.．]\s*\S{2}")
_LONG = 60  # characters that make a paragraph prose even without a full stop
# a container with a larger share of the page's text is not furniture, whatever its name
_FURNITURE_SHARE = 0.3
_CORE_SHARE = 0.8
_COPY_SHARE = 0.3
_COPY_SIZE = 200  # characters of body text from which a repeated container counts as a copy


class Article(Struct):
    """The drafts that make up the article, and their positions among the drafts of the page."""

    drafts: list[Draft]
    start: int
    end: int
    body: int  # index of the first draft with text typical of a report's body
    found: bool = True  # False: the page has no body text, and these are all its lines
    was_hidden: bool = False  # the only body text is in a hidden block
    left_hidden: int = 0  # characters of hidden body text that no visible text repeats
    copies: int = 0


def find_article(page: HtmlPage) -> Article:
    """Return the article of a page, without copies of it and without page furniture."""
    drafts = page.drafts
    hidden = [draft.hidden > 0 for draft in drafts]
    weights = _weigh(drafts, hidden)
    hidden_weight = _hidden_weight(drafts)
    was_hidden = bool(hidden_weight) and not any(weights)
    if was_hidden:
        hidden = [False] * len(drafts)
        weights = _weigh(drafts, hidden)
    dropped = hidden
    copies = _drop_copies(page, weights, dropped)
    _drop_furniture(page, weights, dropped)
    if not any(weights):
        shown = [draft for draft, gone in zip(drafts, hidden, strict=True) if not gone]
        return Article(shown or _visible(drafts), 0, len(drafts), len(drafts), found=False, copies=copies)
    start, end = _smallest_with(page, weights)
    body = next(at for at, weight in enumerate(weights) if weight)
    _drop_edges(page, weights, dropped, start, end)
    _drop_around_core(page, weights, dropped, start, end)
    chosen = [drafts[at] for at in range(start, end) if not dropped[at]]
    left_hidden = 0 if was_hidden else hidden_weight
    return Article(chosen, start, end, body, was_hidden=was_hidden, left_hidden=left_hidden, copies=copies)


def _visible(drafts: list[Draft]) -> list[Draft]:
    return [draft for draft in drafts if not draft.hidden]


def _weigh(drafts: list[Draft], hidden: list[bool]) -> list[int]:
    """Return the weight of each draft: its characters if typical of a report body, else 0."""
    return [0 if gone else _weight(draft) for draft, gone in zip(drafts, hidden, strict=True)]


def _weight(draft: Draft) -> int:
    own = len(draft.text) - draft.links
    if draft.cells is not None:
        return 0 if is_field_table(draft.cells) or draft.links > own else max(own, 1)
    if own < draft.links or is_furniture(draft.text):
        return 0
    if own >= _LONG or _HEADING_LIKE.match(draft.text) or (own >= 10 and _SENTENCE.search(draft.text)):
        return own
    return 0


def _hidden_weight(drafts: list[Draft]) -> int:
    """Return the weight of report text that exists only in hidden blocks."""
    if not any(draft.hidden for draft in drafts):
        return 0
    shown = {draft.text for draft in drafts if not draft.hidden}
    return sum(_weight(draft) for draft in drafts if draft.hidden and draft.text not in shown)


def is_furniture(text: str) -> bool:
    """Return whether a line is one that websites print on every page."""
    return len(text) <= _LONGEST_FURNITURE and bool(_FURNITURE_TEXT.search(text))


def _is_mark(draft: Draft) -> bool:
    """Return whether a draft is a table or a numbered heading, which page furniture never contains."""
    return draft.cells is not None or bool(_HEADING_LIKE.match(draft.text))


def _marks(page: HtmlPage, weights: list[int]) -> list[int]:
    return [int(bool(w) and _is_mark(draft)) for draft, w in zip(page.drafts, weights, strict=True)]


def _drop_furniture(page: HtmlPage, weights: list[int], dropped: list[bool]) -> None:
    named = [region for region in page.regions if region.end > region.start and _is_named_furniture(region)]
    if not named:
        return
    before = [0, *accumulate(weights)]
    marks = [0, *accumulate(_marks(page, weights))]
    bound = before[-1] * _FURNITURE_SHARE
    named = [
        region
        for region in named
        if before[region.end] - before[region.start] <= bound and marks[region.end] == marks[region.start]
    ]
    _clear(weights, dropped, named)


def _is_named_furniture(region: ContainerRegion) -> bool:
    return region.tag in _FURNITURE_TAGS or bool(_FURNITURE_NAME.search(region.name.replace("_", " ")))


def _clear(weights: list[int], dropped: list[bool], regions: list[ContainerRegion]) -> None:
    """Drop everything in these regions, in one pass regardless of nesting."""
    if not regions:
        return
    changes = [0] * (len(weights) + 1)
    for region in regions:
        changes[region.start] += 1
        changes[region.end] -= 1
    for at, depth in enumerate(accumulate(changes[:-1])):
        if depth:
            weights[at] = 0
            dropped[at] = True


def _drop_copies(page: HtmlPage, weights: list[int], dropped: list[bool]) -> int:
    """Drop each container that repeats body text word for word; return how many were dropped."""
    repeated = _flags_of_repeats(page.drafts, weights)
    if not any(repeated):
        return 0
    before = [0, *accumulate(weights)]
    again = [0, *accumulate(w if r else 0 for w, r in zip(weights, repeated, strict=True))]
    least = max(_COPY_SIZE, before[-1] * _COPY_SHARE)
    copies: list[ContainerRegion] = []
    for region in page.regions:
        weight = before[region.end] - before[region.start]
        if weight < least or again[region.end] - again[region.start] < weight:
            continue
        if not (copies and copies[-1].start <= region.start and region.end <= copies[-1].end):
            copies.append(region)
    _clear(weights, dropped, copies)
    return len(copies)


def _flags_of_repeats(drafts: list[Draft], weights: list[int]) -> list[bool]:
    seen: set[str] = set()
    repeated: list[bool] = []
    for draft, weight in zip(drafts, weights, strict=True):
        key = draft.text if weight else ""
        repeated.append(bool(weight) and key in seen)
        seen.add(key)
    return repeated


def _smallest_with(page: HtmlPage, weights: list[int]) -> tuple[int, int]:
    """Return the range of the smallest container that includes all drafts with weight."""
    first = next(at for at, weight in enumerate(weights) if weight)
    last = len(weights) - next(at for at, weight in enumerate(reversed(weights)) if weight)
    holding = [region for region in page.regions if region.start <= first and last <= region.end]
    if not holding:
        return 0, len(weights)
    region = min(holding, key=lambda region: region.end - region.start)
    return region.start, region.end


def _drop_around_core(page: HtmlPage, weights: list[int], dropped: list[bool], start: int, end: int) -> None:
    """Drop short lines around the core: the range with all tables and headings and nearly all text.

    A sentence far from the rest (a slogan, a misplaced paragraph) may have widened the container; it is kept,
    but the menus between it and the core are not.
    """
    marks = _marks(page, weights)
    if not any(marks):
        return
    core_start, core_end = _smallest_with(page, marks)
    if sum(weights[core_start:core_end]) < _CORE_SHARE * sum(weights):
        return
    for at in [*range(start, core_start), *range(core_end, end)]:
        if not weights[at] and page.drafts[at].level is None:
            dropped[at] = True


def _drop_edges(page: HtmlPage, weights: list[int], dropped: list[bool], start: int, end: int) -> None:
    """Drop lists of links and lines of page furniture in the same container as the body."""
    drafts = page.drafts
    sizes = [0, *accumulate(len(draft.text) for draft in drafts)]
    links = [0, *accumulate(0 if draft.attached else draft.links for draft in drafts)]
    before = [0, *accumulate(weights)]
    _clear(
        weights,
        dropped,
        [
            region
            for region in page.regions
            if start <= region.start
            and region.end <= end
            and before[region.start] == before[region.end]
            and (links[region.end] - links[region.start]) * 2 > sizes[region.end] - sizes[region.start]
        ],
    )
    inside = [at for at in range(start, end) if weights[at]]
    for at in [*range(start, inside[0]), *range(inside[-1] + 1, end)]:
        draft = drafts[at]
        link_line = draft.links * 2 > len(draft.text) and not draft.attached
        if draft.cells is not None:
            dropped[at] = dropped[at] or is_field_table(draft.cells)
        elif link_line or is_furniture(draft.text):
            dropped[at] = True
