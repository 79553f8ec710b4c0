"""Word tables of plain cells: nothing in them but rows, cells, paragraphs and runs of text.

Most tables of reports are so. That nothing else lies in one is asked of the tree at once; its texts and
spans are then taken without asking in each cell for everything that might be there.
"""

from collections.abc import Iterator

from extractor.formats.docx.package import VAL, W
from extractor.formats.docx.styles import PSTYLE, Styles, properties_in
from extractor.formats.docx.tables import GRID_SPAN, TC, TCPR, TR, VMERGE, RowCell, WordRow
from extractor.formats.docx.text import ALTERNATE, MATH, SDT, TBL, WRAPPERS, P, R, T, plain_text
from extractor.formats.package import Element

# Whatever a patient reading does not pass over, and what changes how the rest is read.
_NOT_PLAIN = (
    *WRAPPERS,
    *(SDT, ALTERNATE, TBL, f"{MATH}*"),
    *(
        W + name
        for name in (
            *("altChunk", "subDoc", "numPr", "del", "moveFrom", "vanish", "specVanish", "hidden"),
            *("gridBefore", "gridAfter", "hMerge", "cellMerge", "cellDel"),
            *("fldChar", "instrText", "br", "cr", "tab", "ptab", "noBreakHyphen", "sym", "ruby"),
            *("object", "drawing", "pict", "footnoteReference", "endnoteReference"),
        )
    ),
)


def is_plain(table: Element, styles: Styles) -> bool:
    """Say whether a w:tbl holds nothing but plain cells, and no style numbers or hides their paragraphs."""
    if next(table.iterdescendants(*_NOT_PLAIN), None) is not None:
        return False
    named = {style.get(VAL) for style in table.iterdescendants(PSTYLE)}
    return not any(
        styles.paragraph(style).num_id or styles.paragraph(style).hidden for style in (None, *named)
    )


def plain_rows(table: Element) -> Iterator[WordRow]:
    """Yield the rows of a plain table."""
    asking: dict[Element, list[Element]] = {}  # by cell, as the tree knows it while it is held here
    for asked in table.iterdescendants(GRID_SPAN, VMERGE):
        properties = asked.getparent()
        cell = properties.getparent()
        if cell.tag == TC and properties_in(cell, TCPR) is properties:
            asking.setdefault(cell, []).append(asked)
    for row in table.iterchildren(TR):
        pieces: list[RowCell] = []
        column = 0
        for cell in row.iterchildren(TC):
            piece = RowCell(cell, column)
            for asked in asking.get(cell, ()):
                piece.ask(asked.tag, asked.get(VAL))
            pieces.append(piece)
            column += piece.span
        yield WordRow(pieces, column)


def text_of(cell: Element) -> str:
    """Return the text of a plain w:tc: its paragraphs that are not blank, one a line."""
    lines = []
    for paragraph in cell.iterchildren(P):
        texts = [plain_text(text) for run in paragraph.iterchildren(R) for text in run.iterchildren(T)]
        line = texts[0] if len(texts) == 1 else "".join(texts)
        if line.strip():
            lines.append(line)
    return lines[0] if len(lines) == 1 else "\n".join(lines)
