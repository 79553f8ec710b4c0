"""Tables whose cells hold nothing but text and paragraphs, read without a walk.

Fast path for nearly all tables: lexbor lists rows, cells and their text at once, in C. It must
return exactly what walk.py returns (tests/formats/test_html_plain.py checks this).
"""

from selectolax.lexbor import LexborNode

from extractor.formats.html.grid import HtmlSlot, RowGroup
from extractor.formats.html.lexbor import LOOKS, plain_text
from extractor.formats.html.page import tidy
from extractor.formats.html.table import MOST_PARAGRAPHS

_LOOKING = ",".join(sorted(name.replace(":", r"\:") for name in LOOKS))
_MORE = f":not(table,tbody,thead,tfoot,tr,td,th,p,br,col,colgroup,{_LOOKING})"
_ASKED = "tbody,thead,tfoot,tr,td,th,p,br"
_NONE: frozenset[int] = frozenset()


def read_plain(
    table: LexborNode, path: str, spanning: frozenset[int]
) -> tuple[list[RowGroup], list[str]] | None:
    """Return the rows of a table and the texts of its cells; None for a table that is not plain.

    Args:
        table: a table in which nothing is hidden, linked or preformatted, and no other table.
        path: its XPath.
        spanning: the ids of the cells that ask for spans.

    Returns:
        The row groups, and the texts: `texts[slot.start]` stands in a slot.
    """
    if table.css_first(_MORE) is not None:
        return None
    reading = _PlainHtmlTable(path, spanning)
    reading.read(table.css(_ASKED))
    whole = [text for text in reading.texts if text is not None]
    return (reading.groups, whole) if len(whole) == len(reading.texts) else None


class _PlainHtmlTable:
    """One pass over the groups, rows and cells of a table and what stands in them, in order.

    The parser has put each cell in a row and each row in a group.
    """

    def __init__(self, path: str, spanning: frozenset[int]) -> None:
        self.groups: list[RowGroup] = []
        self.texts: list[str | None] = []
        self._path = path
        self._spanning = spanning
        self._row: list[HtmlSlot] = []
        self._group_path = self._row_path = ""
        self._number_of: dict[str, int] = {}  # the groups and, in this row, the cells of each name so far

    def read(self, nodes: list[LexborNode]) -> None:
        """Take the elements."""
        cell: LexborNode | None = None
        inside: list[LexborNode] = []  # paragraphs and breaks of the cell
        texts = self.texts
        for node in nodes:
            tag: str = node.tag  # type: ignore[assignment]  # every element has one
            if tag == "p" or tag == "br":
                inside.append(node)
                continue
            if inside:
                texts[-1] = _text_of(cell, inside, texts[-1])
                inside.clear()
            if tag == "td" or tag == "th":
                self._begin_cell(node, tag)
                cell = node
            elif tag == "tr":
                self._begin_row()
            else:
                self._begin_group(tag)
        if inside:
            texts[-1] = _text_of(cell, inside, texts[-1])

    def _begin_group(self, tag: str) -> None:
        self._number_of[tag] = number = self._number_of.get(tag, 0) + 1
        self._group_path = f"{self._path}/{tag}[{number}]"
        self.groups.append(RowGroup(tag, []))

    def _begin_row(self) -> None:
        rows = self.groups[-1].rows
        self._row = []
        rows.append(self._row)
        self._row_path = f"{self._group_path}/tr[{len(rows)}]"
        self._number_of["td"] = self._number_of["th"] = 0

    def _begin_cell(self, node: LexborNode, tag: str) -> None:
        self._number_of[tag] = number = self._number_of[tag] + 1
        at = len(self.texts)
        slot = HtmlSlot(f"{self._row_path}/{tag}[{number}]", at, at + 1)
        if node.mem_id in self._spanning:
            slot.ask(node.attributes)
        self._row.append(slot)
        self.texts.append(tidy(node.text()))


def _text_of(cell: LexborNode | None, inside: list[LexborNode], whole: str | None) -> str | None:
    """Return the text of a cell with paragraphs or breaks; None where text stands beside paragraphs.

    `whole` is its text as if there were none.
    """
    if cell is None or whole is None:
        return None
    if len(inside) == 1 and inside[0].tag == "p" and whole == tidy(inside[0].text()):
        return whole
    plain = plain_text(cell, _NONE)
    if plain is not None:
        return tidy(plain)
    paragraphs = [node for node in inside if node.tag == "p"]
    if "".join(cell.text().split()) != "".join("".join(node.text().split()) for node in paragraphs):
        return None
    told = [plain_text(node, _NONE) for node in paragraphs]
    if len(paragraphs) > MOST_PARAGRAPHS or None in told:
        return None
    return "\n".join(filter(None, (tidy(text) for text in told if text)))
