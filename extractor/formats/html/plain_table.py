"""Tables of plain cells, read from their markup at once: most tables of reports are nothing else.

The parser writes a table out again in one regular form: tags in balance, attributes in quotes, signs in text
escaped. Whatever is more than rows of cells with one paragraph of plain text each is left to the walk, which
asks node by node and takes ten times as long for a cell.
"""

import re

from extractor.formats.html.grid import HtmlSlot, RowGroup, read_span
from extractor.formats.html.lexbor import LOOKS
from extractor.formats.html.page import BREAK, tidy

_ATTRIBUTES = r"(?: [^\s\"'<>/=]+=\"[^\"]*\")*"
_LOOKS = "|".join(map(re.escape, sorted(LOOKS)))
_BEGIN = re.compile(rf"<table{_ATTRIBUTES}>")
_END = "</table>"
_PIECE = re.compile(
    # A cell with one stretch of text in it, at any depth.
    rf"<(t[dh])({_ATTRIBUTES})>(?:<p{_ATTRIBUTES}>)?(?:<(?:{_LOOKS}){_ATTRIBUTES}>)*"
    rf"([^<]*)(?:</(?:{_LOOKS})>)*(?:</p>)?</\1>"
    # A cell with several.
    rf"|<(t[dh])({_ATTRIBUTES})>((?:[^<]+|</?(?:p|br|{_LOOKS}){_ATTRIBUTES}>)*)</\4>"
    rf"|<(tr|tbody|thead|tfoot){_ATTRIBUTES}>"
    rf"|</(?:tr|tbody|thead|tfoot)>|[ \n\t\r]+|<colgroup{_ATTRIBUTES}>(?:<col{_ATTRIBUTES}>)*</colgroup>"
)
_SIMPLE, _MIXED, _BEGUN = 3, 6, 7  # the last group of the three kinds of piece that say something
_IN_CELL = re.compile(rf"<(/?)([a-z0-9:]+){_ATTRIBUTES}>|([^<]+)")
_SPAN = re.compile(r" (col|row)span=\"([^\"]*)\"")


def read_plain_table(html: str, path: str) -> list[RowGroup] | None:
    """Return the rows of a table whose cells are all plain, each with its text; None for any other.

    Args:
        html: The table, as the parser writes it.
        path: Its XPath.
    """
    begin = _BEGIN.match(html)
    if begin is None:
        return None
    reader = _PlainTableReader(path)
    at, end = begin.end(), len(html) - len(_END)
    for piece in _PIECE.finditer(html, at, end):
        if piece.start() != at or not reader.takes(piece):
            return None
        at = piece.end()
    return reader.groups if at == end else None


class _PlainTableReader:
    """The rows so far, and the paths of what is open."""

    def __init__(self, path: str) -> None:
        self.groups: list[RowGroup] = []
        self._row: list[HtmlSlot] = []
        self._path = path
        self._numbers: dict[str, int] = {}  # of the row groups, by name
        self._group_path = self._row_path = ""
        self._cells = {"td": 0, "th": 0}

    def takes(self, piece: re.Match[str]) -> bool:
        """Take a piece of the table; say whether it is a plain one."""
        kind = piece.lastindex
        if kind == _SIMPLE:
            tag, attributes, raw = piece.group(1, 2, 3)
        elif kind == _MIXED:
            tag, attributes, inside = piece.group(4, 5, 6)
            several = _text_inside(inside)
            if several is None:
                return False
            raw = several
        else:
            return kind != _BEGUN or self._begins(piece[_BEGUN])
        if not self._row_path:
            return False
        self._cells[tag] = number = self._cells[tag] + 1
        slot = HtmlSlot(f"{self._row_path}/{tag}[{number}]", 0, 0)
        slot.text = tidy(_unescaped(raw)) if raw else ""
        if "span=" in attributes:
            spans = dict(_SPAN.findall(attributes))
            slot.column_span = read_span(spans.get("col"))
            slot.row_span = read_span(spans.get("row"), of_rows=True)
        self._row.append(slot)
        return True

    def _begins(self, tag: str) -> bool:
        """Begin a row or a group of rows; say whether it may stand here."""
        if tag == "tr":
            if not self.groups:
                return False
            self._row = []
            rows = self.groups[-1].rows
            rows.append(self._row)
            self._row_path = f"{self._group_path}/tr[{len(rows)}]"
            self._cells = {"td": 0, "th": 0}
        else:
            self._numbers[tag] = number = self._numbers.get(tag, 0) + 1
            self._group_path, self._row_path = f"{self._path}/{tag}[{number}]", ""
            self.groups.append(RowGroup(tag, []))
        return True


def _unescaped(text: str) -> str:
    if "&" not in text:
        return text
    for written, meant in (("&lt;", "<"), ("&gt;", ">"), ("&nbsp;", "\u00a0"), ("&amp;", "&")):
        text = text.replace(written, meant)
    return text


def _text_inside(markup: str) -> str | None:
    """Return the escaped text of a cell; None where it has more than one paragraph."""
    parts: list[str] = []
    depth = 0
    had_paragraph = False
    for closes, tag, text in _IN_CELL.findall(markup):
        outside = had_paragraph and not depth
        if text:
            if outside and text.strip(" \t\r\n"):
                return None
            parts.append(text)
        elif tag == "br":
            parts.append(BREAK)
        elif closes:
            depth -= 1
        elif outside:
            return None
        else:
            if tag == "p":
                if depth or "".join(parts).strip(" \t\r\n"):
                    return None
                had_paragraph = True
            depth += 1
    return "".join(parts)
