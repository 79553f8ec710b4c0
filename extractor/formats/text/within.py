"""Tables laid out in the lines of another format: tabs in Word's paragraphs, boxes drawn in a <pre>."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from msgspec import structs

from extractor.document import Block, Cell, Paragraph, Table
from extractor.formats.laid_out import LAYOUT_MARK
from extractor.formats.text.drawn import drawn_grids
from extractor.formats.text.lines import TextGrid, TextLine, split_lines
from extractor.formats.text.tabs import tabbed_grids
from extractor.patterns import kept_pattern

_OTHER_ENDS = kept_pattern("[\r\v\f\u2028\u2029]")  # of lines: what is counted here is \n alone
_FEWEST = 2  # lines that are laid out
_FEWEST_CELLS = 3  # with text, in a row of tabs


def with_tables_of_lines(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return blocks in which paragraphs that are the rows of a table stand as that table.

    A cell's locator is that of the paragraph it stands in. Paragraphs with content that could not be
    read, or whose characters are in doubt, stay as they are.
    """
    found: list[Block] = []
    run: list[Paragraph] = []
    for block in blocks:
        if isinstance(block, Paragraph) and not block.unread and block.doubt is None:
            run.append(block)
            continue
        found += [*_tables_and_rest(run), block]
        run = []
    found += _tables_and_rest(run)
    return tuple(found)


def _tables_and_rest(paragraphs: Sequence[Paragraph]) -> Iterator[Block]:
    if sum(len(LAYOUT_MARK.findall(paragraph.text)) for paragraph in paragraphs) < _FEWEST:
        yield from paragraphs
        return
    text = "\n".join(_OTHER_ENDS.sub(" ", paragraph.text) for paragraph in paragraphs)
    owners = [at for at, paragraph in enumerate(paragraphs) for _ in range(paragraph.text.count("\n") + 1)]
    firsts = {at: number for number, at in reversed(list(enumerate(owners, start=1)))}
    lines = split_lines(text)
    done = 0
    for grid in _grids(text, lines):
        yield from _untouched(paragraphs, owners, firsts, [line.number for line in lines[done : grid.first]])
        cells = (_placed(cell, paragraphs, owners) for cell in grid.table.cells)
        where = paragraphs[owners[lines[grid.first].number - 1]].locator
        yield structs.replace(grid.table, cells=tuple(cells), locator=where)
        done = grid.last
    yield from _untouched(paragraphs, owners, firsts, [line.number for line in lines[done:]])


def _grids(text: str, lines: list[TextLine]) -> list[TextGrid]:
    """Return the tables in the lines; two columns parted by tabs are a list of contents."""
    tabbed = (grid for grid in tabbed_grids(text, lines) if _has_columns(grid.table))
    return drawn_grids(text, lines) or list(tabbed)


def _has_columns(table: Table) -> bool:
    """Say whether several rows have several cells with text: tabs that indent or sign leave blank ones."""
    full = (sum(cell.speaks for cell in row) >= _FEWEST_CELLS for row in table.rows().values())
    return sum(full) >= _FEWEST


def _placed(cell: Cell, paragraphs: Sequence[Paragraph], owners: Sequence[int]) -> Cell:
    line = cell.locator.line
    assert line is not None  # a cell of a text
    return structs.replace(cell, locator=paragraphs[owners[line - 1]].locator)


def _untouched(
    paragraphs: Sequence[Paragraph], owners: Sequence[int], firsts: Mapping[int, int], numbers: Sequence[int]
) -> Iterator[Paragraph]:
    """Yield the paragraphs of the lines with these numbers, whole or what a table has left of them.

    Args:
        paragraphs: All of them.
        owners: The paragraph of each line.
        firsts: The number of each paragraph's first line.
        numbers: Of the lines that are left, from 1.
    """
    for at, inside in groupby(numbers, key=lambda number: owners[number - 1]):
        own, kept = paragraphs[at].text.split("\n"), list(inside)
        text = "\n".join(own[number - firsts[at]] for number in kept)
        yield paragraphs[at] if len(kept) == len(own) else structs.replace(paragraphs[at], text=text)
