"""The body of a Word file in reading order: paragraphs, and tables with their cells."""

from collections.abc import Iterator, Sequence

from msgspec import Struct, structs

from extractor.document import Block, Cell, Locator, Notice, Paragraph, Source, Table
from extractor.errors import ExtractorError
from extractor.formats import read_document
from extractor.formats.docx.alternatives import ALTERNATE, SDT, contents_of
from extractor.formats.docx.fonts import lying_fonts
from extractor.formats.docx.looks import RunLooks, has_ground
from extractor.formats.docx.marks import is_marked, mark, running_text, seen_in
from extractor.formats.docx.numbering import Numbering, put_before
from extractor.formats.docx.package import RELATION, W, WordPackage
from extractor.formats.docx.plain_cell import PlainCells
from extractor.formats.docx.styles import Properties, Styles, level_of, read_properties
from extractor.formats.docx.tables import GridReader, WordGrid, WordSlot, mirrored
from extractor.formats.docx.text import TBL, WRAPPERS, InlineReader, P
from extractor.formats.nested import is_of_values, unfold
from extractor.formats.package import Element

_CHUNKS = (f"{W}altChunk", f"{W}subDoc")


class NumberedParagraph(Struct, frozen=True):
    """A paragraph with its generated number put before its text."""

    text: str
    number: int  # 1-based among the paragraphs outside tables
    level: int | None


class _Held(Struct):
    """Text whose paragraph mark is deleted, waiting for the paragraph that it joins."""

    text: str
    number: int
    properties: Properties
    boxes: tuple[Element, ...]


class _CellContents(Struct):
    """What a cell holds: its text, and unless that is all, its paragraphs and the blocks inside it."""

    text: str
    items: Sequence[NumberedParagraph | Block] = ()


class BodyReader:
    """Reads one document once, top to bottom; counters continue from the body into cells and text boxes."""

    def __init__(
        self, package: WordPackage, styles: Styles, numbering: Numbering, careful: bool = False
    ) -> None:
        """Take the package for the names of embedded files, and what numbers and hides text."""
        placeholders = package.has(f"{W}showingPlcHdr", f"{W}dataBinding")
        white_paper = not (careful and has_ground(package.main))
        cutting, fonts = b"exact" in package.main, lying_fonts(package)
        looks = RunLooks(styles, careful, white_paper=white_paper, cutting=cutting, fonts=fonts)
        self.inline = InlineReader(styles, looks, placeholders=placeholders, file_of=self._file_of)
        self._plain_cells = PlainCells(styles, package)
        self._grids = GridReader(package)
        self.notices: list[Notice] = []
        self._package = package
        self._styles = styles
        self._numbering = numbering
        self._paragraphs = 0
        self._tables = 0
        self._inside_tables = 0

    def _file_of(self, relation: str) -> bytes | None:
        target = self._package.target(relation)
        return self._package.bytes_of(target) if target else None

    def blocks(self, container: Element) -> Iterator[Block]:
        """Yield the paragraphs and tables of the body."""
        for item in self._flow(container):
            if not isinstance(item, NumberedParagraph):
                yield from self._table(item) if item.tag == TBL else self._chunk(item)
            elif paragraph := _paragraph(item, Locator(paragraph=item.number)):
                yield paragraph

    def _flow(self, container: Element) -> Iterator[NumberedParagraph | Element]:
        """Yield the paragraphs of a container, and its tables as elements, in order."""
        held: _Held | None = None
        for element in self._flow_elements(container):
            if element.tag == TBL or element.tag in _CHUNKS:
                if held is not None:
                    yield from self._finish(held)
                    held = None
                yield element
                continue
            held = self._read_paragraph(element, held)
            if not held.properties.deleted:
                yield from self._finish(held)
                held = None
        if held is not None:
            yield from self._finish(held)

    def _flow_elements(self, container: Element) -> Iterator[Element]:
        """Yield paragraphs, tables and embedded files (w:altChunk) of a container, in order."""
        for child in container:
            tag = child.tag
            if tag in (P, TBL):
                yield child
            elif tag in WRAPPERS:
                yield from self._flow_elements(child)
            elif tag in (SDT, ALTERNATE):
                for content in contents_of(child):
                    yield from self._flow_elements(content)
            elif tag in _CHUNKS:
                yield child

    def _read_paragraph(self, element: Element, held: _Held | None) -> _Held:
        if not self._inside_tables:
            self._paragraphs += 1
        properties = read_properties(element)
        hidden = self._styles.any_hidden and self._styles.paragraph(properties.style).hidden
        inline = self.inline.read(element, hidden=hidden)
        if held is None:
            return _Held(inline.text, self._paragraphs, properties, inline.boxes)
        return _Held(held.text + inline.text, held.number, properties, held.boxes + inline.boxes)

    def _finish(self, held: _Held) -> Iterator[NumberedParagraph | Element]:
        properties = held.properties
        style = self._styles.paragraph(properties.style)
        text = held.text
        if (properties.listed is not None or style.num_id) and not properties.hidden:
            text = put_before(*self._numbering.label(properties.listed, style), text)
        yield NumberedParagraph(text, held.number, level_of(properties, style))
        around = self.inline.in_box
        for box in held.boxes:
            # One that hangs in a cell may lie over others; a table of its own stands where it is seen.
            self.inline.in_box = around or self._inside_tables > 0
            yield from self._flow(box)
            self.inline.in_box = around

    def _table(self, element: Element) -> Iterator[Block]:
        grid = self._grids.lay_out(element)
        if not grid.slots:
            return
        if self._styles.mirrors(element):
            grid = mirrored(grid)
        self._tables += 1
        number = self._tables
        if grid.covered_text:
            message = f"第{number}个表格里，被合并掉的单元格中另有文字，Word 不显示，未计入"
            self.notices.append(Notice("text-in-merged-cell", message, Locator(table=number)))
        self._inside_tables += 1
        self.inline.in_cell = True
        contents = [self._contents(slot.cell, framed=grid.one_column) for slot in grid.slots]
        self._inside_tables -= 1
        self.inline.in_cell = self._inside_tables > 0
        written = _frame if grid.one_column and any(map(_holds_blocks, contents)) else _grid
        yield from written(grid, number, contents)

    def _contents(self, cell: Element, *, framed: bool) -> _CellContents:
        """Read a cell: its paragraphs, and the blocks of tables inside it.

        In a one-column layout table (`framed`) paragraphs may be headings, with a level.
        """
        if not (framed or self._styles.any_hidden) and self.inline.is_plain:
            text = self._plain_cells.text(cell)
            if text is not None:
                return _CellContents(text)
        items: list[NumberedParagraph | Block] = []
        for item in self._flow(cell):
            if not isinstance(item, NumberedParagraph):
                blocks = self._table(item) if item.tag == TBL else self._chunk(item)
                items.extend(blocks)
                if item.tag != TBL:
                    items.append(NumberedParagraph(mark("object"), self._paragraphs, None))
            elif item.text.strip():
                items.append(item)
        return _CellContents("\n".join([i.text for i in items if isinstance(i, NumberedParagraph)]), items)

    def _chunk(self, element: Element) -> Iterator[Block]:
        """Yield the blocks of an embedded file (w:altChunk); add a notice if it cannot be read."""
        target = self._package.target(element.get(RELATION))
        data = self._package.bytes_of(target) if target else None
        try:
            blocks = read_document(Source(target, data)).blocks if data else ()
        except ExtractorError:
            blocks = ()
        if not blocks:
            self._name_chunk(target or "未知")
        for block in blocks:
            if not isinstance(block, Table):
                yield structs.replace(block, locator=Locator(paragraph=self._paragraphs + 1))
                continue
            self._tables += 1
            yield relocated(block, self._tables)

    def _name_chunk(self, target: str) -> None:
        message = f"文档在这里并入了另一份文件（{target.lstrip('/')}），其内容没有读取"
        self.notices.append(Notice("embedded-document", message, Locator(paragraph=self._paragraphs + 1)))


def _holds_blocks(contents: _CellContents) -> bool:
    return any(not isinstance(item, NumberedParagraph) for item in contents.items)


def _frame(grid: WordGrid, number: int, contents: list[_CellContents]) -> Iterator[Block]:
    """Yield the contents of a one-column table that only frames other tables, as running text."""
    for slot, inside in zip(grid.slots, contents, strict=True):
        locator = _locate(number, slot)
        for item in inside.items:
            if not isinstance(item, NumberedParagraph):
                yield item
            elif paragraph := _paragraph(item, locator):
                yield paragraph


def _grid(grid: WordGrid, number: int, contents: list[_CellContents]) -> Iterator[Block]:
    """Yield a table, then the blocks nested in its cells."""
    table = _table_of(grid, number, [inside.text for inside in contents])
    nested = [
        [item for item in inside.items if isinstance(item, Table)] if inside.items else []
        for inside in contents
    ]
    if any(nested):
        tables = [[each.cells for each in inner] for inner in nested]
        cells = (one for cell, inner in zip(table.cells, tables, strict=True) for one in unfold(cell, inner))
        table = structs.replace(table, cells=tuple(cells))
    yield table
    items_left = (item for inside in contents for item in inside.items)
    yield from (i for i in items_left if not (isinstance(i, NumberedParagraph) or is_of_values(i)))


def _paragraph(item: NumberedParagraph, locator: Locator) -> Paragraph | None:
    """Return a paragraph of running text; None if nothing of it is visible."""
    if not is_marked(item.text):
        return Paragraph(item.text, locator, item.level) if item.text.strip() else None
    seen = seen_in(item.text)
    text = seen.text if seen.printed is None else running_text(item.text)
    return Paragraph(text, locator, item.level, seen.unread, seen.doubt) if text.strip() else None


def _table_of(grid: WordGrid, number: int, texts: list[str]) -> Table:
    cells = [
        Cell(slot.row, slot.column, text, _locate(number, slot), slot.row_span, slot.column_span)
        if not is_marked(text)
        else _cell_seen(slot, number, text)
        for slot, text in zip(grid.slots, texts, strict=True)
    ]
    return Table(tuple(cells), Locator(table=number), grid.aligned)


def _cell_seen(slot: WordSlot, number: int, text: str) -> Cell:
    seen = seen_in(text)
    place = _locate(number, slot)
    return seen.told_in(Cell(slot.row, slot.column, seen.text, place, slot.row_span, slot.column_span))


def relocated(table: Table, number: int) -> Table:
    """Return a table of an embedded file with its locator rewritten to the style of Word files."""
    cells = (
        structs.replace(cell, locator=Locator(table=number, row=cell.row + 1, column=cell.column + 1))
        for cell in table.cells
    )
    return Table(tuple(cells), Locator(table=number), table.aligned)


def _locate(number: int, slot: WordSlot) -> Locator:
    return Locator(table=number, row=slot.row + 1, column=slot.column + 1)
