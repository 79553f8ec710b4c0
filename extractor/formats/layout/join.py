"""Joins tables that continue on the next page."""

from msgspec import structs

from extractor.document import Notice
from extractor.formats.layout.model import GridCell, PageGrid, PageLine, locator_of
from extractor.formats.layout.seam import close_seam, without_repeated_header

SAME = 4.0  # points: column edges that differ by less are the same
SHIFT = 45.0  # points: binding margins shift a table by less than this


def join_grids(pages: list[list[PageLine | PageGrid]]) -> tuple[list[PageLine | PageGrid], list[Notice]]:
    """Join tables across page breaks; a frame around prose is replaced by its lines.

    Args:
        pages: blocks of each page in reading order, without headers, footers and page numbers.

    Returns:
        The blocks of all pages in reading order, and a notice for each row joined.
    """
    stream: list[PageLine | PageGrid] = []
    notices: list[Notice] = []
    for blocks in pages:
        rest = blocks
        if stream and blocks:
            joined = _join(stream[-1], blocks[0])
            if joined:
                stream[-1], found = joined
                notices += found
                rest = blocks[1:]
        stream += rest
    return [part for block in stream for part in _lines_of_frame(block)], notices


def _lines_of_frame(block: PageLine | PageGrid) -> list[PageLine | PageGrid]:
    """Return a frame with only one column, which is around prose, as its lines."""
    if isinstance(block, PageGrid) and block.lines:
        return list(block.lines)
    return [block]


def _join(first: PageLine | PageGrid, second: PageLine | PageGrid) -> tuple[PageGrid, list[Notice]] | None:
    """Return one grid for two that continue across a page break; None if they do not."""
    if not isinstance(first, PageGrid) or not isinstance(second, PageGrid):
        return None
    if first.ink is second.ink:
        return None
    shift = first.xs[0] - second.xs[0]
    if abs(shift) > SHIFT or abs(first.xs[-1] - second.xs[-1] - shift) > SAME:
        return None
    moved = [x + shift for x in second.xs]
    if not _edges_agree(first, moved, open_seam=first.open_bottom and second.open_top):
        return None
    return _join_tables(first, second, moved)


def _edges_agree(first: PageGrid, moved: list[float], *, open_seam: bool) -> bool:
    """True if at least half of the inner column edges of the table with fewer are edges of the other."""
    inner = sorted([first.xs[1:-1], moved[1:-1]], key=len)
    if not inner[0] or open_seam:
        return True
    shared = sum(any(abs(x - y) <= SAME for y in inner[1]) for x in inner[0])
    return 2 * shared >= len(inner[0])


def _join_tables(first: PageGrid, second: PageGrid, moved: list[float]) -> tuple[PageGrid, list[Notice]]:
    xs = _common_edges(first.xs, moved)
    above = first.cells if xs == first.xs else _cells_on_edges(first.cells, first.xs, xs)
    last = first.last if xs == first.xs and first.last else _last(above, first.rows)
    below = _cells_on_edges(second.cells, moved, xs)
    below, dropped = without_repeated_header(above[: len(below)], below, second.rows)
    open_seam = first.open_bottom and second.open_top
    added, overlap, joined_at = close_seam(last, below, first.rows, open_seam=open_seam)
    rows = first.rows + second.rows - dropped - overlap
    above.extend(added)
    grid = PageGrid(
        ink=second.ink,
        box=second.box,
        xs=xs,
        rows=rows,
        cells=above,
        last=_last([*last, *added], rows),
        places=[*first.places, *second.places],
        open_top=first.open_top,
        open_bottom=second.open_bottom,
        aligned=first.aligned and second.aligned,
        crossed=first.crossed + second.crossed,
        lines=first.lines + second.lines if len(xs) == 2 else (),
    )
    return grid, [_notice(joined_at)] if joined_at else []


def _last(cells: list[GridCell], rows: int) -> list[GridCell]:
    return [cell for cell in cells if cell.end_row == rows]


def _notice(cell: GridCell) -> Notice:
    return Notice(
        "row-joined",
        f"第{cell.places[0][0]}页末的一行表格在下一页继续，已合并为一行（{cell.text}）",
        locator_of(cell.places),
    )


def _common_edges(xs: list[float], others: list[float]) -> list[float]:
    united = list(xs)
    united += [x for x in others if all(abs(x - known) > SAME for known in xs)]
    return sorted(united)


def _cells_on_edges(cells: list[GridCell], own: list[float], xs: list[float]) -> list[GridCell]:
    """Return the cells with columns counted in the edges of the joined table."""
    index = [min(range(len(xs)), key=lambda place: abs(xs[place] - x)) for x in own]
    placed = []
    for cell in cells:
        start, end = index[cell.column], index[cell.end_column]
        placed.append(structs.replace(cell, column=start, column_span=end - start))
    return placed
