"""Tables of plain cells, read from their markup at once: most tables of reports are nothing else.

The parser writes a table out again in one regular form: tags in balance, attributes in quotes, signs in text
escaped. Whatever is more than rows of cells with one paragraph of plain text each is left to the walk, which
asks node by node and takes ten times as long for a cell.
"""

import re
from functools import cache, lru_cache

from selectolax.lexbor import LexborHTMLParser

from extractor.formats.html.grid import HtmlSlot, RowGroup
from extractor.formats.html.lexbor import LOOKS
from extractor.formats.html.page import BREAK, tidy

# What has matched is never given back (the + behind each quantifier): there is one way to read markup.
_ATTRIBUTES = "(?: [^<>]*+)?+"
_LOOKS = "|".join(map(re.escape, sorted(LOOKS, key=lambda tag: (tag != "span", tag != "o:p", tag))))
_LOOKS_TAG = re.compile(rf"</?+(?:{_LOOKS}){_ATTRIBUTES}>")
_BREAK = re.compile(rf"<br{_ATTRIBUTES}>")
_BEGIN = re.compile(rf"<table{_ATTRIBUTES}>")
_END = "</table>"
_LABEL = 80  # characters: longer texts of cells seldom come again
_BLANKS = r"[ \n\t\r]*+"
_PIECES = re.compile(
    rf"(<(t[dh])({_ATTRIBUTES})>(?:{_BLANKS}<p{_ATTRIBUTES}>)?+((?:[^<]++|<br{_ATTRIBUTES}>)*+)"
    rf"(?:</p>{_BLANKS})?+</\2>"
    rf"|<(tr|tbody|thead|tfoot){_ATTRIBUTES}>|</(?:tr|tbody|thead|tfoot)>|[ \n\t\r]++"
    rf"|<colgroup{_ATTRIBUTES}>(?:<col{_ATTRIBUTES}>)*+</colgroup>)"
)
_SPAN = re.compile(r" (col|row)span=\"([^\"]*)\"")


def read_plain_table(html: str, path: str) -> list[RowGroup] | None:
    """Return the rows of a table whose cells are all plain, each with its text; None for any other.

    Args:
        html: The table, as the parser writes it.
        path: Its XPath.
    """
    if not _signs_are_escaped():
        return None
    html = _LOOKS_TAG.sub("", html)
    begin = _BEGIN.match(html)
    if begin is None:
        return None
    start, end = begin.end(), len(html) - len(_END)
    pieces = _PIECES.findall(html, start, end)
    if sum([len(piece[0]) for piece in pieces]) != end - start:
        return None  # something stands between them
    return _groups_of(pieces, path)


@cache
def _signs_are_escaped() -> bool:
    """Say whether the parser writes no < and > within a tag, as browsers have done since 2025."""
    element = LexborHTMLParser("<p title='<a>'>").css_first("p")
    return element is not None and element.html == '<p title="&lt;a&gt;"></p>'


def _groups_of(pieces: list[tuple[str, ...]], path: str) -> list[RowGroup] | None:
    groups: list[RowGroup] = []
    numbers = {"tbody": 0, "thead": 0, "tfoot": 0}
    group_path = row_path = ""
    row: list[HtmlSlot] = []
    tds = ths = 0
    for _, tag, attributes, raw, begun in pieces:
        if tag:
            if not row_path:
                return None
            if tag == "td":
                tds += 1
                slot = HtmlSlot(f"{row_path}/td[{tds}]", 0)
            else:
                ths += 1
                slot = HtmlSlot(f"{row_path}/th[{ths}]", 0)
            slot.text = raw if raw.isalnum() else _shown(raw) if len(raw) <= _LABEL else _tidied(raw)
            if "span=" in attributes:
                slot.ask({f"{name}span": value for name, value in _SPAN.findall(attributes)})
            row.append(slot)
        elif begun == "tr":
            if not groups:
                return None
            row = []
            groups[-1].rows.append(row)
            row_path, tds, ths = f"{group_path}/tr[{len(groups[-1].rows)}]", 0, 0
        elif begun:
            numbers[begun] += 1
            group_path, row_path = f"{path}/{begun}[{numbers[begun]}]", ""
            groups.append(RowGroup(begun, []))
    return groups


def _tidied(raw: str) -> str:
    return tidy(_unescaped(raw))


# The labels of the forms stand in every report.
_shown = lru_cache(maxsize=4096)(_tidied)


def _unescaped(text: str) -> str:
    if "<" in text:
        text = _BREAK.sub(BREAK, text)
    if "&" not in text:
        return text
    for written, meant in (("&lt;", "<"), ("&gt;", ">"), ("&nbsp;", "\u00a0"), ("&amp;", "&")):
        text = text.replace(written, meant)
    return text
