"""Column headers of an unruled table: which columns each spans, and which lines form one header."""

from extractor.formats.layout.bands import Band
from extractor.formats.layout.blocks import Block
from extractor.formats.layout.rows import PageRow

OFF = 1.0  # em: how far a header may be from the middle of the columns below it …
SHARE = 0.25  # … or as share of the column distance; at half of it, one column more would fit
TIGHT = 0.6  # em: the largest white space between two lines of one header


def with_heads(rows: list[PageRow], bands: list[Band], edge: int, em: float) -> list[PageRow]:
    """Return the rows of a table with the headers above its first values completed.

    Args:
        rows: the rows of one table from top to bottom.
        bands: its columns.
        edge: number of columns of labels.
        em: size of the characters, in points.
    """
    count = next((place for place, row in enumerate(rows) if row.has_values), 0)
    heads = rows[:count]
    for place in reversed(range(count - 1)):
        named = {block.first for row in heads[place + 1 :] for block in row.blocks if _is_narrow(block)}
        _spread(heads[place], named, bands, edge, em)
    _join_lines(heads, bands, em)
    return [*(row for row in heads if row.blocks), *rows[count:]]


def _is_narrow(block: Block) -> bool:
    return block.end == block.first + 1


def _spread(row: PageRow, named: set[int], bands: list[Band], edge: int, em: float) -> None:
    """Let each header span the columns centred below it that have headers of their own below."""
    for block in row.blocks:
        taken = {
            place for other in row.blocks if other is not block for place in range(other.first, other.end)
        }
        free = {place for place in named - taken if place >= edge}
        if not free.issuperset(range(block.first, block.end)):
            continue
        first, end = block.first, block.end
        while first - 1 in free:
            first -= 1
        while end in free:
            end += 1
        block.first, block.end = _under(block, bands[first:end], first, em)


def _under(block: Block, bands: list[Band], start: int, em: float) -> tuple[int, int]:
    """Return the widest range of columns centred below a header; its own columns if there is none."""
    step = (bands[-1].x1 - bands[0].x0) / len(bands)
    off = max(OFF * em, SHARE * step)
    found = [
        (end - first, start + first, start + end)
        for first in range(block.first - start + 1)
        for end in range(block.end - start, len(bands) + 1)
        if abs(bands[first].x0 + bands[end - 1].x1 - block.x0 - block.x1) / 2 <= off
    ]
    return max(found, default=(0, block.first, block.end))[1:]


def _join_lines(heads: list[PageRow], bands: list[Band], em: float) -> None:
    """Join the lines of a header that are closely below each other in one column."""
    last: dict[tuple[int, int], tuple[PageRow, Block]] = {}
    for row in heads:
        for block in row.blocks:
            above = last.get((block.first, block.end))
            if above and above[0] is not row and _is_one_head(above[1], block, bands, em):
                above[0].blocks.remove(above[1])
                block.add(above[1].atoms)
            last[block.first, block.end] = (row, block)


def _is_one_head(above: Block, below: Block, bands: list[Band], em: float) -> bool:
    """Return whether a header continues in the next line.

    One that extends into other columns is a header of several columns instead.
    """
    if above.atoms[-1].ink is not below.atoms[0].ink or not _is_narrow(below):
        return False
    beside = bands[max(below.first - 1, 0) : below.first] + bands[below.end : below.end + 1]
    reaches = any(above.x0 < band.x1 and band.x0 < above.x1 for band in beside)
    return not reaches and below.top - above.bottom <= TIGHT * em
