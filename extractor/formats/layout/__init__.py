"""Geometry only: turns glyphs and ruling lines of pages into paragraphs and tables, in order.

glyphs, rules ─ frames ─ grids ┐
          └──── lines ─ columns ┴─ joined over pages ─ paragraphs and tables
"""

from collections.abc import Iterable

from extractor.document import Block, Cell, Notice, Paragraph, Table
from extractor.formats.layout.columns import columns_found
from extractor.formats.layout.doubts import with_doubts
from extractor.formats.layout.join import join_grids
from extractor.formats.layout.lines import lines_of
from extractor.formats.layout.model import Ink, PageGrid, PageLine, locator_of
from extractor.formats.layout.paragraphs import Measure, measure_of, paragraphs_of
from extractor.formats.layout.rules import frames_of
from extractor.formats.layout.running import without_running
from extractor.formats.layout.struck import take_out_struck
from extractor.formats.layout.tables import grids_of


def page_blocks(ink: Ink) -> tuple[list[PageLine], list[PageGrid]]:
    """Return the lines outside the ruled tables of one page, and the ruled tables."""
    if ink.rules:
        take_out_struck(ink)
    frames = frames_of(ink.rules) if ink.rules else []
    grids, free = grids_of(ink, frames) if frames else ([], ink.glyphs)
    return lines_of(ink, free), grids


def compose(pages: Iterable[tuple[list[PageLine], list[PageGrid]]]) -> tuple[list[Block], list[Notice]]:
    """Return the blocks of a document from the lines and ruled tables of its pages, in order.

    Running headers and page numbers are dropped, tables that continue on the next page are joined, and
    wrapped lines become paragraphs.
    """
    contents = list(pages)
    texts = without_running([lines for lines, _ in contents])
    ordered = [_in_reading_order(lines, grids) for lines, (_, grids) in zip(texts, contents, strict=True)]
    joined, notices = join_grids(ordered)
    stream = _with_columns(joined)
    lines = [block for block in stream if isinstance(block, PageLine)]
    measures = _measures(lines)
    crossings = [_crossing_notice(block) for block in stream if isinstance(block, PageGrid) and block.crossed]
    inks = {id(line.ink): line.ink for lines, _ in contents for line in lines}
    inks.update((id(grid.ink), grid.ink) for _, grids in contents for grid in grids)
    return with_doubts(_blocks(stream, measures), inks.values()), notices + crossings


def _crossing_notice(grid: PageGrid) -> Notice:
    page = grid.crossed[0][0]
    message = f"第{page}页的表格中有{len(grid.crossed)}处文字越过表格线，已归入其中点所在的单元格"
    return Notice("text-crosses-rule", message, locator_of(list(grid.crossed)))


def _in_reading_order(lines: list[PageLine], grids: list[PageGrid]) -> list[PageLine | PageGrid]:
    blocks: list[PageLine | PageGrid] = [*lines, *grids]
    if grids:
        blocks.sort(key=lambda block: (block.box[1], block.box[0]))
    return blocks


def _with_columns(stream: list[PageLine | PageGrid]) -> list[PageLine | PageGrid]:
    """Return the blocks; lines between ruled tables that form an unruled table are replaced by the table."""
    blocks: list[PageLine | PageGrid] = []
    lines: list[PageLine] = []
    for block in stream:
        if isinstance(block, PageLine):
            lines.append(block)
        else:
            blocks += [*columns_found(lines), block]
            lines = []
    return blocks + columns_found(lines)


def _measures(lines: list[PageLine]) -> dict[int, Measure]:
    """Return the left and right edge of running text, for each page width."""
    widths: dict[int, list[PageLine]] = {}
    for line in lines:
        widths.setdefault(round(line.ink.width), []).append(line)
    return {width: measure_of(group) for width, group in widths.items()}


def _blocks(stream: list[PageLine | PageGrid], measures: dict[int, Measure]) -> list[Block]:
    blocks: list[Block] = []
    run: list[PageLine] = []
    for block in stream:
        if isinstance(block, PageLine):
            if run and round(run[-1].ink.width) != round(block.ink.width):
                blocks += _paragraphs(run, measures)
                run = []
            run.append(block)
        else:
            blocks += _paragraphs(run, measures)
            run = []
            blocks.append(table_of(block))
    return blocks + _paragraphs(run, measures)


def _paragraphs(run: list[PageLine], measures: dict[int, Measure]) -> list[Paragraph]:
    return paragraphs_of(run, measures[round(run[0].ink.width)]) if run else []


def table_of(grid: PageGrid) -> Table:
    """Return a grid as a table of the document."""
    cells = tuple(
        Cell(
            cell.row,
            cell.column,
            cell.text,
            locator_of(cell.places),
            cell.row_span,
            cell.column_span,
            printed=cell.printed,
            unread=cell.unread,
        )
        for cell in sorted(grid.cells, key=lambda cell: (cell.row, cell.column))
    )
    return Table(cells, locator_of(grid.places), grid.aligned)
