"""Tables whose cells hold nothing but text and paragraphs, read without a walk.

Nearly all tables of reports are that plain. The tree is asked whether there is more; where
there is not, it gives the rows and cells all at once and the text of each cell, in C, and
what comes out is what the walk gives.
"""

from selectolax.lexbor import LexborNode

from extractor.formats.html.grid import RowGroup, Slot
from extractor.formats.html.lexbor import LOOKS, plain_text
from extractor.formats.html.page import tidy
from extractor.formats.html.table import MOST_PARAGRAPHS

_LOOKING = ",".join(sorted(name.replace(":", r"\:") for name in LOOKS))
_MORE = f":not(tbody,thead,tfoot,tr,td,th,p,br,col,colgroup,{_LOOKING})"
_ASKED = "tbody,thead,tfoot,tr,td,th,p,br"
_BLANKS = " \t\r\n\f"
_NONE: frozenset[int] = frozenset()

Contents = list[tuple[LexborNode, list[LexborNode]]]  # each cell, with the p and br in it


def read_plain(
    table: LexborNode, path: str, spanning: frozenset[int]
) -> tuple[list[RowGroup], list[str]] | None:
    """Return the rows of a table and the texts of its cells; None for a table that is not plain.

    Args:
        table: a table in which nothing is hidden, linked or preformatted.
        path: its XPath.
        spanning: the ids of the cells that ask for spans.

    Returns:
        The row groups, and the texts: `texts[slot.start]` stands in a slot.
    """
    if len(table.css(_MORE)) != 1:  # the table itself
        return None
    groups, contents = _rows_of(table, path, spanning)
    texts: list[str] = []
    for cell, inside in contents:
        text = _text_of(cell, inside) if inside else tidy(cell.text())
        if text is None:
            return None
        texts.append(text)
    return groups, texts


def _rows_of(table: LexborNode, path: str, spanning: frozenset[int]) -> tuple[list[RowGroup], Contents]:
    """Return the rows. The parser has put each cell in a row and each row in a group."""
    groups: list[RowGroup] = []
    contents: Contents = []
    number_of: dict[str, int] = {}  # groups, then rows, then cells of this name so far
    group_path = row_path = ""
    rows = 0
    row: list[Slot] = []
    inside: list[LexborNode] = []
    for node in table.css(_ASKED):
        tag: str = node.tag  # type: ignore[assignment]  # every element has one
        if tag == "td" or tag == "th":
            number_of[tag] = number = number_of.get(tag, 0) + 1
            at = len(contents)
            slot = Slot(f"{row_path}/{tag}[{number}]", at, at + 1)
            if node.mem_id in spanning:
                slot.ask(node.attributes)
            row.append(slot)
            inside = []
            contents.append((node, inside))
        elif tag == "p" or tag == "br":
            inside.append(node)
        elif tag == "tr":
            rows += 1
            row_path = f"{group_path}/tr[{rows}]"
            number_of["td"] = number_of["th"] = 0
            row = []
            groups[-1].rows.append(row)
        else:
            number_of[tag] = number = number_of.get(tag, 0) + 1
            group_path = f"{path}/{tag}[{number}]"
            rows = 0
            groups.append(RowGroup(tag, []))
    return groups, contents


def _text_of(cell: LexborNode, inside: list[LexborNode]) -> str | None:
    """Return the text of a cell with paragraphs or breaks; None where text stands beside paragraphs."""
    raw = cell.text()
    if len(inside) == 1 and inside[0].tag == "p" and raw.strip(_BLANKS) == inside[0].text().strip(_BLANKS):
        return tidy(raw)
    plain = plain_text(cell, _NONE)
    if plain is not None:
        return tidy(plain)
    paragraphs = [node for node in inside if node.tag == "p"]
    told = [plain_text(paragraph, _NONE) for paragraph in paragraphs]
    if "".join(raw.split()) != "".join("".join(node.text().split()) for node in paragraphs):
        return None
    if len(paragraphs) > MOST_PARAGRAPHS or None in told:
        return None
    return "\n".join(filter(None, (tidy(text) for text in told if text)))
