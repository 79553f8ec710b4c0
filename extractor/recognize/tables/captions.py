"""A caption that names a row or a column of the form speaks for what stands below it.

申请人：自然人 above rows with one number each is the head of that number; 行政诉讼（复议后起诉） above one
row of numbers is its label. The caption is the paragraph above a table, or a row of its own in it.
"""

from collections.abc import Sequence

from msgspec import structs

from extractor.document import Block, Cell, Paragraph, Table
from extractor.recognize.tables.cell_kind import CellKind, kind_of_text
from extractor.recognize.tables.row_shape import shape_of

_LONGEST = 40  # characters
_FEWEST = 3  # rows below a caption that is the head of their numbers
_COLONS = "：:"

_Row = list[Cell]


def with_captions_as_labels(blocks: Sequence[Block], at: int, table: Table) -> Table:
    """Return a table with its captions as heads or labels of the rows below; itself where it has none."""
    above = blocks[at - 1] if at else None
    caption = above.text if isinstance(above, Paragraph) else ""
    own = _named(caption)
    if own is None and (table.aligned or not _has_caption_within(table)):
        return table
    rows = table.rows()
    lines = [sorted(rows[row], key=lambda cell: cell.column) for row in sorted(rows)]
    parts: list[tuple[str, list[_Row]]] = [(caption if own else "", [])]
    for line in lines:
        if not table.aligned and _is_caption(line):
            parts.append((line[0].text, [line]))
        else:
            parts[-1][1].append(line)
    laid = [_labelled(caption, lines) for caption, lines in parts]
    if all(new is None for new in laid):
        return table
    cells: list[Cell] = []
    height = 0
    for new, (_, old) in zip(laid, parts, strict=True):
        for line in old if new is None else new:
            cells += [structs.replace(cell, row=height) for cell in line]
            height += 1
    return structs.replace(table, cells=tuple(cells))


def _named(caption: str) -> CellKind | None:
    """Return what a caption names: a row or column of the form, perhaps behind the word for its kind."""
    if not caption or len(caption) > _LONGEST:
        return None
    for text in (caption, *(caption.rpartition(colon)[2] for colon in _COLONS if colon in caption)):
        kind = kind_of_text(text)
        if kind.is_column or kind.is_row:
            return kind
    return None


def _has_caption_within(table: Table) -> bool:
    counts: dict[int, int] = {}
    for cell in table.cells:
        counts[cell.row] = counts.get(cell.row, 0) + 1
    return any(counts[cell.row] == 1 and kind_of_text(cell.text).is_row for cell in table.cells)


def _is_caption(line: _Row) -> bool:
    return len(line) == 1 and shape_of((kind_of_text(line[0].text),)).names_a_row_across


def _labelled(caption: str, lines: list[_Row]) -> list[_Row] | None:
    """Return the rows below a caption with what it names in its place; None where it speaks for none."""
    kind = _named(caption)
    body = [line for line in lines if not _is_caption(line)]
    if kind is None or not body or any(cell.row_span > 1 for line in body for cell in line):
        return None
    headed = _under_one_head(kind, caption, body) if kind.is_column else None
    return headed or _of_one_row(kind, caption, body)


def _of_one_row(kind: CellKind, caption: str, body: list[_Row]) -> list[_Row] | None:
    """Return heads and one row of numbers, that row with the caption as its label."""
    if len(body) != 2 or len(body[0]) != len(body[1]):
        return None
    heads, values = ([kind_of_text(cell.text) for cell in line] for line in body)
    tables = [set(head.columns) for head in heads]
    whole = len(heads) > 1 and all(tables) and set.intersection(*tables) & kind.rows.keys()
    if not whole or not all(value.is_value for value in values):
        return None
    first = structs.replace(body[0][0], text="", column=0, column_span=1)
    label = structs.replace(
        body[1][0], text=caption, column=0, column_span=1, printed=None, unread=(), doubt=None
    )
    return [
        [lead, *(structs.replace(cell, column=cell.column + 1) for cell in line)]
        for lead, line in zip((first, label), body, strict=True)
    ]


def _under_one_head(kind: CellKind, caption: str, body: list[_Row]) -> list[_Row] | None:
    """Return rows of one label and one number each below a head that is the caption's."""
    told = [
        line
        for line in body
        if len(line) == 2
        and kind_of_text(line[1].text).is_value
        and kind_of_text(line[0].text).rows.keys() & set(kind.columns)
    ]
    heads = [line for line in body if line not in told]
    if len(told) < _FEWEST or len(heads) > 1 or heads != body[: len(heads)]:
        return None
    if any(kind_of_text(cell.text).is_column for line in heads for cell in line):
        return None
    head = structs.replace(
        told[0][1], text=caption.rpartition("：")[2].rpartition(":")[2], printed=None, unread=(), doubt=None
    )
    blank = structs.replace(told[0][0], text="")
    return [[blank, head], *told]
