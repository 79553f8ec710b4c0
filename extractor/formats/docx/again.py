"""The second reader of Word files: python-docx, on a body rewritten to its plainest form.

It takes its paragraphs, rows and cells from python-docx's API and merges cells by a method of its own. It
only shares with the first reader the code for styles and lists, and the rule for rows that lost their spans.
"""

import io
from collections.abc import Iterator

import docx
from docx.exceptions import PythonDocxError
from docx.opc.exceptions import OpcError
from docx.oxml.exceptions import XmlchemyError
from docx.table import Table as WordTable
from docx.table import _Cell as WordCell
from docx.text.paragraph import Paragraph as WordParagraph
from lxml import etree
from msgspec import structs

from extractor.document import (
    Block,
    Cell,
    Document,
    Locator,
    Paragraph,
    Source,
    Table,
    cells_from_the_right,
)
from extractor.formats.docx.accept import NUMBER, make_plain
from extractor.formats.docx.numbering import Numbering, put_before
from extractor.formats.docx.package import VAL, W, WordPackage
from extractor.formats.docx.styles import Styles, level_of, read_properties
from extractor.formats.docx.tables import (
    TRACKED_MERGES,
    Merge,
    RowCell,
    WordRow,
    align,
    column_widths,
    columns_of,
)
from extractor.formats.nested import is_of_values, unfold
from extractor.formats.package import Element
from extractor.zip_reader import ZIP_DAMAGE

# Exceptions that python-docx raises for unusual, not damaged, packages.
_REFUSALS = (
    PythonDocxError,
    OpcError,
    XmlchemyError,
    etree.LxmlError,
    *ZIP_DAMAGE,  # for parts that the first reader does not need
    AttributeError,
    KeyError,
    TypeError,
)


def read_with_python_docx(source: Source) -> Document | None:
    """Read a Word file through python-docx; None if it refuses the package.

    Raise Encrypted or Unreadable as the first reader does.
    """
    package = WordPackage(source)
    package.body()
    styles = Styles(package.related_part("styles"))
    numbering = Numbering(package.related_part("numbering"), styles)
    try:
        opened = docx.Document(io.BytesIO(source.data))
        make_plain(opened.element.body, styles)
        blocks = tuple(_SecondReader(styles, numbering).blocks(opened.iter_inner_content()))
    except _REFUSALS:
        return None
    return Document("docx", blocks, package.properties())


class _SecondReader:
    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self._styles = styles
        self._numbering = numbering
        self._tables = 0

    def blocks(
        self, items: Iterator[WordParagraph | WordTable], place: Locator | None = None
    ) -> Iterator[Block]:
        for item in items:
            if isinstance(item, WordTable):
                yield from self._table(item)
            else:
                text, level = self._line(item)
                number = item._p.get(NUMBER)
                if text.strip():
                    yield Paragraph(text, place or Locator(paragraph=int(number)), level)

    def _line(self, paragraph: WordParagraph) -> tuple[str, int | None]:
        properties = read_properties(paragraph._p)
        style = self._styles.paragraph(properties.style)
        text = paragraph.text
        if (properties.listed is not None or style.num_id) and not properties.hidden:
            text = put_before(*self._numbering.label(properties.listed, style), text)
        return text, level_of(properties, style)

    def _table(self, table: WordTable) -> Iterator[Block]:
        rows = [row for each in table.rows if (row := _row(each._tr)).pieces]
        if not rows:
            return
        self._tables += 1
        number = self._tables
        aligned = align(rows, column_widths(table._tbl))
        cells = list(_merged_cells(rows))
        around_tables = any(_has_cells(inner) for piece, *_ in cells for inner in _proxy(piece, table).tables)
        if around_tables and all(len(row.pieces) == 1 for row in rows):
            for piece, at, _ in cells:
                place = Locator(table=number, row=at + 1, column=piece.column + 1)
                yield from self.blocks(_proxy(piece, table).iter_inner_content(), place)
            return
        read: list[Cell] = []
        nested: list[Block] = []
        for each in cells:
            cell, inside = self._cell(table, number, *each)
            read += unfold(cell, [block.cells for block in inside if isinstance(block, Table)])
            nested += inside
        if self._styles.mirrors(table._tbl):
            read = [
                structs.replace(cell, locator=Locator(table=number, row=cell.row + 1, column=cell.column + 1))
                for cell in cells_from_the_right(read)
            ]
        yield Table(tuple(read), Locator(table=number), aligned)
        yield from (block for block in nested if not is_of_values(block))

    def _cell(
        self, table: WordTable, number: int, piece: RowCell, at: int, height: int
    ) -> tuple[Cell, list[Block]]:
        """Return a cell and the blocks of the tables in it."""
        place = Locator(table=number, row=at + 1, column=piece.column + 1)
        lines: list[str] = []
        nested: list[Block] = []
        for item in _proxy(piece, table).iter_inner_content():
            if isinstance(item, WordTable):
                nested += self._table(item)
            elif (text := self._line(item)[0]).strip():
                lines.append(text)
        return Cell(at, piece.column, "\n".join(lines), place, height, piece.span), nested


def _proxy(piece: RowCell, table: WordTable) -> WordCell:
    return WordCell(piece.cell, table)


def _has_cells(table: WordTable) -> bool:
    return any(row._tr.tc_lst for row in table.rows)


def _row(row: Element) -> WordRow:
    column = columns_of(row.grid_before)
    pieces: list[RowCell] = []
    for cell in row.tc_lst:
        span = max(1, columns_of(cell.grid_span))
        old_merge = cell.find(f"{W}tcPr/{W}hMerge")
        if pieces and old_merge is not None and old_merge.get(VAL) != "restart":
            pieces[-1].span += span
            pieces[-1].more.append(cell)
        else:
            pieces.append(RowCell(cell, column, span, _merge(cell)))
        column += span
    return WordRow(pieces, column + columns_of(row.grid_after))


def _merge(cell: Element) -> Merge:
    tracked = cell.find(f"{W}tcPr/{W}cellMerge")
    made = TRACKED_MERGES.get(None if tracked is None else tracked.get(f"{W}vMerge"))
    return made or cell.vMerge or ""


def _merged_cells(rows: list[WordRow]) -> Iterator[tuple[RowCell, int, int]]:
    """Yield each cell with its row and height; the height is found by following the merge downwards."""
    by_column = [{piece.column: piece for piece in row.pieces} for row in rows]
    taken: set[tuple[int, int]] = set()
    for at, row in enumerate(rows):
        for piece in row.pieces:
            if (at, piece.column) in taken:
                continue
            below = at + 1
            while piece.merge and below < len(rows) and _goes_on(piece, by_column[below].get(piece.column)):
                taken.add((below, piece.column))
                below += 1
            yield piece, at, below - at


def _goes_on(piece: RowCell, below: RowCell | None) -> bool:
    return below is not None and below.merge == "continue" and below.span == piece.span
