"""Word tables that hold nothing but rows, cells, paragraphs and runs, read in one pass.

Fast path for nearly all tables; must return exactly what body.py and tables.py return
(tests/formats/test_docx_plain.py checks this). An XPath query first makes sure that the table holds
nothing else.
"""

from msgspec import Struct

from extractor.formats.docx.package import VAL, W
from extractor.formats.docx.styles import PPR, PSTYLE, Styles
from extractor.formats.docx.tables import GRID_SPAN, TC, TCPR, TR, VMERGE, RowCell, WordRow
from extractor.formats.docx.text import ALTERNATE, MATH, SDT, TBL, WRAPPERS, InlineReader, P, R
from extractor.formats.package import Element

_ASKED = (TR, TC, P, R, GRID_SPAN, VMERGE, PSTYLE, TBL)
# Whatever adds to what stands in a table, takes away from it or moves it.
_TELLING = (
    "altChunk cellDel cellMerge del drawing endnoteReference fldChar footnoteReference gridAfter gridBefore "
    "hMerge hidden moveFrom numPr object pict pPrChange ruby subDoc tcPrChange trPrChange vanish"
)
_NOT_PLAIN = (*(W + name for name in _TELLING.split()), *WRAPPERS, SDT, ALTERNATE, f"{MATH}*")


class PlainTable(Struct):
    """The rows of a w:tbl, and the paragraphs of each w:tc that has text."""

    rows: list[WordRow]
    texts: dict[Element, list[str]]

    def text_of(self, cell: Element) -> str:
        """Return the text of a cell, "" where it has none."""
        return "\n".join(self.texts.get(cell, ()))


def read_plain(table: Element, styles: Styles, inline: InlineReader) -> PlainTable | None:
    """Return what stands in a w:tbl; None for a table that is not plain."""
    if inline.is_careful or styles.any_hidden or inline.in_field or styles.paragraph(None).num_id is not None:
        return None
    if next(table.iter(*_NOT_PLAIN), None) is not None:
        return None
    reading = _PlainWordTable(table, styles, inline)
    return reading.found if reading.is_plain() else None


class _PlainWordTable:
    """One pass over one table. An element in an unusual place ends it."""

    def __init__(self, table: Element, styles: Styles, inline: InlineReader) -> None:
        self.found = PlainTable([], {})
        self._table = table
        self._styles = styles
        self._inline = inline
        self._runs: list[Element] = []  # of the paragraph that the pass is in

    def is_plain(self) -> bool:
        """Read the table; say whether all that it holds stands where it should."""
        row = cell = paragraph = None
        piece = RowCell(None, 0)
        elements = self._table.iter(*_ASKED)
        next(elements)  # the table itself
        for element in elements:
            tag, parent = element.tag, element.getparent()
            if tag == R:
                if parent is not paragraph:
                    return False
                self._runs.append(element)
            elif tag == P:
                if parent is not cell:
                    return False
                self._end_paragraph(cell)
                paragraph = element
            elif tag == TC:
                if parent is not row:
                    return False
                self._end_paragraph(cell)
                cell, paragraph = element, None
                piece = self._begin_cell(cell)
            elif tag == TR:
                if parent is not self._table:
                    return False
                self._end_paragraph(cell)
                row, cell, paragraph = element, None, None
                self.found.rows.append(WordRow([], 0))
            elif not self._take_property(piece, element, parent, paragraph):
                return False
        self._end_paragraph(cell)
        for each in self.found.rows:
            if each.pieces:
                each.end = each.pieces[-1].column + each.pieces[-1].span
        return True

    def _begin_cell(self, cell: Element) -> RowCell:
        pieces = self.found.rows[-1].pieces
        piece = RowCell(cell, pieces[-1].column + pieces[-1].span if pieces else 0)
        pieces.append(piece)
        return piece

    def _take_property(self, piece: RowCell, element: Element, parent: Element, paragraph: Element) -> bool:
        """Take what a cell or a paragraph says of itself; say whether that is plain."""
        tag, holder = element.tag, parent.getparent()
        if tag == PSTYLE:
            in_place: bool = holder is paragraph and parent.tag == PPR
            return in_place and self._styles.paragraph(element.get(VAL)).num_id is None
        if holder is not piece.cell or parent.tag != TCPR:
            return False
        if tag == TBL:
            return False
        piece.ask(tag, element.get(VAL))
        return True

    def _end_paragraph(self, cell: Element) -> None:
        if not self._runs:
            return
        text = self._inline.read_runs(self._runs)
        self._runs.clear()
        if text.strip():
            self.found.texts.setdefault(cell, []).append(text)
