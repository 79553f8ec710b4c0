"""Pages nested deeper than any reader shows: parsers take time that grows with the square of the depth.

Browsers stop nesting at 512 elements and put what is deeper side by side; so does this, before a page
is parsed.
"""

import re

DEEPEST = 512  # elements within elements, as in Chromium

# Elements that hold no others, and those that the next of their kind ends: they do not nest by themselves.
_FLAT = frozenset(
    (
        *(
            "area",
            "base",
            "br",
            "col",
            "embed",
            "hr",
            "img",
            "input",
            "link",
            "meta",
            "param",
            "source",
            "track",
        ),
        *("wbr", "p", "li", "dt", "dd", "tr", "td", "th", "tbody", "thead", "tfoot", "colgroup", "option"),
        *("optgroup", "rp", "rt", "body", "html", "head"),
    )
)
_TAG = re.compile(r"<(/?)([a-z][^\s/<>]*)[^<>]*>", re.IGNORECASE)


def with_bounded_nesting(html: str) -> str:
    """Return a page in which elements that lie deeper than browsers nest them stand side by side.

    >>> with_bounded_nesting("<i>" * 513 + "甲<b>乙</b>" + "</i>" * 513).partition("甲")[2][:20]
    '</i><b>乙</b></i></i>'
    >>> with_bounded_nesting("<table><tr><td>1<td>2</table>")
    '<table><tr><td>1<td>2</table>'
    """
    if html.count("<") - html.count("</") <= DEEPEST:
        return html
    pieces: list[str] = []
    depth = kept = 0
    beside = ""  # the one element beyond the depth that is open
    for tag in _TAG.finditer(html):
        name = tag[2].lower()
        if name in _FLAT or tag[0].endswith("/>"):
            continue
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
    return "".join([*pieces, html[kept:]]) if kept else html
