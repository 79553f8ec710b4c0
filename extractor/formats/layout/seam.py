"""Joins a table across a page break: repeated headers, split rows, split merged cells."""

import msgspec

from extractor.formats.layout.model import GridCell
from extractor.patterns import kept_pattern

_NUMBERED = kept_pattern(
    r"[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]|第[一二三四五六七八九十]+[条章节]|其中"
)
_VALUE = kept_pattern(r"[-－−﹣‐‑‒–—―─]?[\d,，.]+[%％]?|[/／—-]+|无")


def without_repeated_header(
    above: list[GridCell], below: list[GridCell], rows: int
) -> tuple[list[GridCell], int]:
    """Drop the first rows of a continued part that repeat the first rows of the table.

    Returns:
        The remaining cells, counted from row 0, and the number of rows dropped.
    """
    count = 0
    for row in range(rows - 1):
        if _row(above, row) != _row(below, row) or not _is_header(below, row):
            break
        if all(cell.end_row <= row + 1 for cell in below if cell.row <= row):
            count = row + 1
    return [_move_down(cell, -count) for cell in below if cell.row >= count], count


def _row(cells: list[GridCell], row: int) -> list[tuple[int, int, int, str]]:
    return sorted((c.column, c.column_span, c.row_span, c.text) for c in cells if c.row == row)


def _is_header(cells: list[GridCell], row: int) -> bool:
    texts = [cell.text for cell in cells if cell.row == row and cell.text]
    inside_span = any(cell.row < row < cell.end_row for cell in cells)
    return (bool(texts) or inside_span) and not any(_VALUE.fullmatch(text) for text in texts)


def _move_down(cell: GridCell, rows: int) -> GridCell:
    moved: GridCell = msgspec.structs.replace(cell, row=cell.row + rows)
    return moved


def close_seam(
    last: list[GridCell], below: list[GridCell], rows: int, *, open_seam: bool
) -> tuple[list[GridCell], int, GridCell | None]:
    """Join the cells that a page break cuts; the upper ones are extended in place.

    Args:
        last: the cells that reach the last of the `rows` rows above the page break.
        below: the cells of the part after it, counted from row 0, columns as in `last`.
        rows: number of rows above.
        open_seam: whether there is no rule at the page break on either page.

    Returns:
        The cells to add to those above, the number of rows by which the parts overlap (1 if a row was cut in
        two), and the cell to quote in the notice about the cut row.
    """
    upper = {cell.column: cell for cell in last}
    lower = [cell for cell in below if cell.row == 0]
    pairs = [
        (upper[cell.column], cell)
        for cell in lower
        if cell.column in upper and upper[cell.column].column_span == cell.column_span
    ]
    cut = len(pairs) == len(upper) == len(lower) and row_is_cut(pairs, open_seam=open_seam)
    overlap = int(cut)
    first_text = min((cell.column for cell in lower if cell.text), default=0)
    grown = [
        (first, second)
        for first, second in pairs
        # A blank to the right of the row's label is a value; only left of it may a merged label continue.
        if cut
        or ((second.text or second.column <= first_text) and cell_is_cut(first, second, open_seam=open_seam))
    ]
    for first, second in grown:
        _grow(first, second, overlap)
    taken = {id(second) for _, second in grown}
    added = [_move_down(cell, rows - overlap) for cell in below if id(cell) not in taken]
    return added, overlap, _teller([first for first, _ in grown]) if cut else None


def _teller(cells: list[GridCell]) -> GridCell | None:
    """Return the cell that the notice quotes: one with text from both pages, else any joined one."""
    return max(cells, key=lambda cell: (len(cell.places), len(cell.text)), default=None)


def row_is_cut(pairs: list[tuple[GridCell, GridCell]], *, open_seam: bool) -> bool:
    """Return whether the last row above and the first row below are one row that the page break cuts.

    They are if no value is on both pages, the text below does not begin a new label, and the label above is
    unfinished: it fills its line, or it is numbered and the rest is not. If the row is ruled on both pages,
    all its values must be above.
    """
    own = [pair for pair in pairs if pair[0].row_span == pair[1].row_span == 1]
    both = [(first, second) for first, second in own if first.text and second.text]
    if any(_VALUE.fullmatch(cell.text) for pair in both for cell in pair):
        return False
    if any(_NUMBERED.match(second.text) for _, second in own):
        return False
    labels_break_off = all(_breaks_off(first, second) for first, second in both)
    only_below = [second for first, second in own if second.text and not first.text]
    only_above = [first for first, second in own if first.text and not second.text]
    if not labels_break_off or not (both or (only_below and only_above)):
        return False
    return open_seam or (bool(both) and not only_below and bool(only_above))


def _breaks_off(first: GridCell, second: GridCell) -> bool:
    return first.full or bool(_NUMBERED.match(first.text) and not _NUMBERED.match(second.text))


def cell_is_cut(first: GridCell, second: GridCell, *, open_seam: bool) -> bool:
    """Return whether two cells of different rows at a page break are one merged cell."""
    if first.row_span == 1 and second.row_span == 1:
        return False
    if first.text and not second.text:
        return open_seam or first.row_span > 1 or not first.upright
    if not first.text or _NUMBERED.match(second.text):
        return False
    return not (first.upright and second.upright) and (open_seam or first.full)


def _grow(first: GridCell, second: GridCell, overlap: int) -> None:
    """Merge the cell below the page break into the one above."""
    first.row_span += second.row_span - overlap
    first.unread += second.unread
    if not second.text:
        return
    if first.printed is not None or second.printed is not None:
        first.printed = (first.text if first.printed is None else first.printed) + (
            second.text if second.printed is None else second.printed
        )
    first.places = [*first.places, *second.places] if first.text else second.places
    first.upright = second.upright and (first.upright or not first.text)
    first.text += second.text
    first.full = second.full
