"""Limits the nesting of web pages: parsing takes time quadratic in the depth.

Browsers make elements below depth 512 siblings; this does the same before a page is parsed, unless the page
has too few elements to matter.
"""

import re

from extractor.patterns import late_pattern

DEEPEST = 512  # levels of elements, as in Chromium
# Numbers of tags and of elements: with no more, even the worst nesting is parsed in some tenths of a second.
FEW_TAGS, _FEW = 4096, 2048

# Elements that contain no others, or end with the next of their kind: they do not nest.
_FLAT = (
    "area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr|p|li|dt|dd|tr|td|th|tbody|thead|"
    "tfoot|colgroup|option|optgroup|rp|rt|body|html|head"
)
_NESTING_TAG = late_pattern(rf"<(/?)(?!(?:{_FLAT})[\s/>])([a-z][^\s/<>]*)[^<>]*(?<!/)>", re.IGNORECASE)
_STEPS = late_pattern(rf"<(/?)(?!(?:{_FLAT})[\s/>])[a-z][^<>]*(?<!/)>", re.IGNORECASE)


def with_bounded_nesting(html: str) -> str:
    """Return a page in which elements deeper than browsers nest them are siblings.

    >>> deep = with_bounded_nesting("<i>" * 3000 + "甲<b>乙</b>" + "</i>" * 3000)
    >>> deep.partition("甲")[2][:20], deep.count("</i><i>")
    ('</i><b>乙</b></i></i>', 2487)
    >>> with_bounded_nesting("<table><tr><td>1<td>2</table>")
    '<table><tr><td>1<td>2</table>'
    """
    tags = html.count("<")
    if tags <= FEW_TAGS or tags - html.count("</") <= _FEW or not _is_too_deep(html):
        return html
    pieces: list[str] = []
    depth = kept = 0
    beside = ""  # the open element below the limit
    for tag in _NESTING_TAG.finditer(html):
        name = tag[2].lower()
        depth = max(depth + (-1 if tag[1] else 1), 0)
        if not tag[1] and depth > DEEPEST:
            pieces.append(html[kept : tag.start()] + (f"</{beside}>" if beside else "") + tag[0])
            beside = name
        elif tag[1] and depth >= DEEPEST:
            pieces.append(html[kept : tag.start()] + (tag[0] if name == beside else ""))
            beside = "" if name == beside else beside
        else:
            continue
        kept = tag.end()
    return "".join([*pieces, html[kept:]])


def _is_too_deep(html: str) -> bool:
    depth = 0
    for ends in _STEPS.findall(html):
        if not ends:
            depth += 1
            if depth > DEEPEST:
                return True
        elif depth:
            depth -= 1
    return False
