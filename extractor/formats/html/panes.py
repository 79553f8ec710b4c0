"""Finds parts of an article that a click opens: tabs, accordions, panels.

Such a pane is hidden when the page is loaded but belongs to the article. It differs from text that a
publisher has withdrawn by its structure: it is one of several similar siblings, each has a visible label, and
the labels name parts of one document. Panes with other years, other agencies or earlier versions have other
labels and remain hidden.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from msgspec import Struct
from selectolax.lexbor import LexborHTMLParser, LexborNode

from extractor.formats.html.page import tidy
from extractor.patterns import late_pattern

_PANES = frozenset(["div", "section", "article", "dd", "li", "ul", "ol", "dl", "form"])
_LONGEST_LABEL = 45  # characters without blanks
_MOST_INSIDE = 12  # nodes inside a label element
_MOST_PARENTS, _MOST_PLACES, _MOST_LISTS = 30, 30, 150  # most elements that are examined
_LEVELS = 3  # levels of ancestors in which the labels of panes are looked for
_NUMBER = late_pattern(
    "^(?:第?[一二三四五六七八九十]{1,3}(?:、|部分|章|[.．：:])|（[一二三四五六七八九十]{1,3}）|\\d{1,2}[.、．])"
)
_PART = late_pattern(
    "总体情况|概述|概况|基本情况|工作情况|主动公开|申请|复议|诉讼|问题|改进|其他.{0,8}事项|其它.{0,8}事项|附[件表]|引言"
)
_YEAR = late_pattern(r"20\d\d年|(?:19|20)\d\d\D?$|历年|往年|旧版|原版|修改前|下载|相关|留言")
_CONTROLS = (
    "[onclick],[onmouseover],[href^='#'],[data-target],[data-bs-target],[data-href],[aria-controls],[data-id],"
    "[data-tab],[rel],[for]"
)
_TOKEN = late_pattern(r"[A-Za-z_][\w-]*")


class Panes(Struct, frozen=True):
    """The panes of an article that a click opens, and the labels that are clicked."""

    labels: dict[int, str]  # the label of each pane, by the pane's id
    controls: frozenset[int]  # ids of the label elements, which are not text of the article


NO_PANES = Panes({}, frozenset())


def find_panes(parser: LexborHTMLParser, hidden: Sequence[LexborNode]) -> Panes:
    """Return those hidden elements that are panes with parts of an article."""
    candidates = [node for node in hidden if node.tag in _PANES]
    if not candidates:
        return NO_PANES
    ids = frozenset(node.mem_id for node in hidden)
    pairs = [*_tabs(candidates, ids), *_accordions(candidates, ids), *_panels(parser, candidates, ids)]
    labels = {pane.mem_id: _text(label) for pane, label in pairs}
    return Panes(labels, frozenset(label.mem_id for _, label in pairs))


_Pair = tuple[LexborNode, LexborNode]  # a pane and its label


def _tabs(hidden: Iterable[LexborNode], ids: frozenset[int]) -> Iterator[_Pair]:
    """Yield panes that are siblings, if a list nearby has the same number of labels."""
    parents = {node.parent.mem_id: node for node in hidden if node.parent is not None}
    for one in islice(parents.values(), _MOST_PARENTS):
        panes = _like(one)
        if len(panes) < 2 or one.parent is None:
            continue
        lists = (
            labels for place in _around(one.parent, panes) for labels in _label_lists(place, len(panes), ids)
        )
        beside = _labels_beside(one.parent, panes, ids)
        labels = next((each for each in chain([beside], lists) if _name_parts(each)), None)
        if labels is not None:
            yield from (pair for pair in zip(panes, labels, strict=True) if _names_part(_text(pair[1])))


def _like(node: LexborNode) -> list[LexborNode]:
    """Return the element and its siblings with the same tag and first class."""
    kind = _first_class(node)
    siblings = node.parent.iter() if node.parent is not None else ()
    return [each for each in siblings if each.tag == node.tag and _first_class(each) == kind]


def _first_class(node: LexborNode) -> str:
    return next(iter((node.attributes.get("class") or "").split()), "")


def _around(parent: LexborNode, panes: Sequence[LexborNode]) -> Iterator[LexborNode]:
    """Yield the elements near the panes that may contain their labels, nearest first."""
    inside = {pane.mem_id for pane in panes}
    level: LexborNode | None = parent
    for _ in range(_LEVELS):
        if level is None or level.tag in ("body", "html"):
            return
        yield from (each for each in level.iter() if each.mem_id not in inside)
        inside.add(level.mem_id)
        level = level.parent


def _label_lists(place: LexborNode, count: int, ids: frozenset[int]) -> Iterator[list[LexborNode]]:
    """Yield the lists of `count` short elements in a place."""
    for node in islice(place.traverse(), _MOST_LISTS):
        if node.mem_id in ids or not node.is_element_node:
            continue
        children = list(islice(node.iter(), count + 1))
        if len(children) == count and all(_is_short(child) for child in children):
            yield children


def _labels_beside(parent: LexborNode, panes: Sequence[LexborNode], ids: frozenset[int]) -> list[LexborNode]:
    """Return the <label> siblings of the panes, one per pane: they belong to fields that open the panes."""
    labels = [node for node in parent.iter() if node.tag == "label" and node.mem_id not in ids]
    return labels if len(labels) == len(panes) and all(map(_is_short, labels)) else []


def _is_short(node: LexborNode) -> bool:
    return node.tag not in ("td", "th", "tr", "p") and _text(node) != ""


def _accordions(hidden: Iterable[LexborNode], ids: frozenset[int]) -> Iterator[_Pair]:
    """Yield panes that each directly follow a label, with nothing visible before the next label."""
    pairs = [
        (node, label)
        for node in hidden
        if (label := _beside(node, -1)) is not None and label.mem_id not in ids and _stands_alone(node)
        if _is_short(label) and _names_part(_text(label))
    ]
    kinds = Counter(_kind(*pair) for pair in pairs)
    pairs = [pair for pair in pairs if kinds[_kind(*pair)] > 1 or _is_operated(pair[1])]
    yield from pairs
    yield from _open_ones(pairs, ids)


def _kind(pane: LexborNode, label: LexborNode) -> tuple[object, ...]:
    return pane.tag, _first_class(pane), label.tag, _first_class(label)


def _is_operated(label: LexborNode) -> bool:
    """Return whether a label has markup that makes it clickable."""
    marks = ("onclick", "aria-expanded", "aria-controls", "data-toggle", "data-bs-toggle")
    return label.tag == "button" or any(mark in label.attributes for mark in marks)


def _open_ones(pairs: Sequence[_Pair], ids: frozenset[int]) -> Iterator[_Pair]:
    """Yield the panes of the same accordions that are visible from the beginning."""
    kinds = {_kind(*pair) for pair in pairs}
    around = {
        up.mem_id: up for pane, _ in pairs for up in (pane.parent, pane.parent and pane.parent.parent) if up
    }
    seen: set[int] = set()
    for place in around.values():
        for node in (*place.iter(), *(inner for child in place.iter() for inner in child.iter())):
            if node.mem_id in ids or node.mem_id in seen:
                continue
            seen.add(node.mem_id)
            label = _beside(node, -1)
            if label is not None and _kind(node, label) in kinds and _names_part(_text(label)):
                yield node, label


def _stands_alone(pane: LexborNode) -> bool:
    """Return whether no visible text is between a pane and the next label."""
    after = _beside(pane, 1)
    return after is None or (_is_short(after) and _names_part(_text(after)))


def _beside(node: LexborNode, step: int) -> LexborNode | None:
    """Return the previous or next element; None if there is text between, or no element."""
    other = node.next if step > 0 else node.prev
    while other is not None and not other.is_element_node:
        if other.tag == "-text" and (other.text_content or "").strip():
            return None
        other = other.next if step > 0 else other.prev
    return other


def _panels(parser: LexborHTMLParser, hidden: Iterable[LexborNode], ids: frozenset[int]) -> Iterator[_Pair]:
    """Yield panes that a control refers to by their id."""
    named = {name: node for node in hidden if (name := node.attributes.get("id"))}
    if not named:
        return
    pairs: dict[int, _Pair] = {}
    for control in parser.css(_CONTROLS):
        called = (name for value in control.attributes.values() for name in _TOKEN.findall(value or ""))
        pane = next((named[name] for name in called if name in named), None)
        if (
            pane is not None
            and control.mem_id not in ids
            and _is_short(control)
            and _names_part(_text(control))
        ):
            pairs.setdefault(pane.mem_id, (pane, control))
    if len(pairs) > 1:
        yield from pairs.values()


def _name_parts(labels: Sequence[LexborNode]) -> bool:
    """Return whether most labels name parts of one document, and no two are the same."""
    texts = [_text(label) for label in labels]
    named = sum(map(_names_part, texts))
    return len(set(texts)) == len(texts) and named >= 2 and named * 2 > len(texts)


def _names_part(text: str) -> bool:
    """Return whether a label names a part of a document, by its number or its words.

    >>> [_names_part(text) for text in ("一、总体情况", "行政复议", "2023年", "首页")]
    [True, True, False, False]
    """
    return bool(_NUMBER.search(text) or _PART.search(text)) and _YEAR.search(text) is None


def _text(node: LexborNode) -> str:
    """Return the text of a label without blanks; "" if the element is more than a label."""
    texts: list[str] = []
    for number, inner in enumerate(node.traverse(include_text=True)):
        if number > _MOST_INSIDE:
            return ""
        if inner.tag == "-text":
            texts.append(inner.text_content or "")
    text = "".join(tidy("".join(texts)).split())
    return text if len(text) <= _LONGEST_LABEL else ""
