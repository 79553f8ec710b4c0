"""Sorts the glyphs into the cells of ruled frames, which gives grids of text."""

from bisect import bisect_right

from extractor.document import Unread
from extractor.formats.layout.lines import CellText, box_of, lines_of
from extractor.formats.layout.marks import marked
from extractor.formats.layout.model import Box, Glyph, GridCell, Ink, PageGrid
from extractor.formats.layout.partly_ruled import completed
from extractor.formats.layout.rules import FrameCell, RuledFrame, regions_of
from extractor.patterns import kept_pattern

_IDEOGRAPH = kept_pattern(r"[一-鿿]")  # characters of labels: text beside them is not a number
RIM = 0.2  # share of a glyph's width, at either side, that may be over a rule


def grids_of(ink: Ink, frames: list[RuledFrame]) -> tuple[list[PageGrid], list[Glyph]]:
    """Return the grids with text, top to bottom, and the glyphs outside all of them.

    A frame around another one is a border, not a grid.
    """
    free = ink.glyphs
    grids: list[PageGrid] = []
    for frame in sorted(frames, key=lambda frame: _area(frame.box)):
        if any(_inside(grid.box, frame.box) for grid in grids):
            continue
        within, outside = _split_by_box(free, frame.box)
        if any(not glyph.text.isspace() for glyph in within):
            grids.append(_grid(ink, frame, within))
            free = outside
    return sorted(grids, key=lambda grid: (grid.box[1], grid.box[0])), free


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _inside(inner: Box, outer: Box) -> bool:
    x, y = (inner[0] + inner[2]) / 2, (inner[1] + inner[3]) / 2
    return outer[0] < x < outer[2] and outer[1] < y < outer[3]


def _split_by_box(glyphs: list[Glyph], box: Box) -> tuple[list[Glyph], list[Glyph]]:
    left, top, right, bottom = box[0] * 2, box[1] * 2, box[2] * 2, box[3] * 2
    within: list[Glyph] = []
    outside: list[Glyph] = []
    for glyph in glyphs:
        x0, y0, x1, y1, _, _ = glyph
        inside = top < y0 + y1 < bottom and left < x0 + x1 < right
        (within if inside else outside).append(glyph)
    beside = _over_the_side(outside, box) if within else []
    return _with_whole_words(glyphs, within, outside, beside, box) if beside else (within, outside)


def _over_the_side(outside: list[Glyph], box: Box) -> list[Glyph]:
    """Return the digits just outside a table's side that may belong to a number inside it."""
    return [
        glyph
        for glyph in outside
        if abs(glyph[0] - box[2]) < glyph[3] - glyph[1]
        and box[1] < (glyph[1] + glyph[3]) / 2 < box[3]
        and glyph.text.isdigit()
    ]


def _with_whole_words(
    glyphs: list[Glyph], within: list[Glyph], outside: list[Glyph], beside: list[Glyph], box: Box
) -> tuple[list[Glyph], list[Glyph]]:
    """Keep numbers that cross a table's side in one piece, on the side of their middle."""
    moved: set[Glyph] = set()
    for glyph in beside:
        word = _word_around(glyphs, glyphs.index(glyph))
        around = box_of(word)
        if box[0] < (around[0] + around[2]) / 2 < box[2]:
            moved.update(word)
    if not moved:
        return within, outside
    moved.update(within)
    return [glyph for glyph in glyphs if glyph in moved], [glyph for glyph in outside if glyph not in moved]


def _grid(ink: Ink, frame: RuledFrame, glyphs: list[Glyph]) -> PageGrid:
    frame = completed(frame, glyphs)
    regions = regions_of(frame)
    sorting = _Sorting(frame, regions)
    crossed = sorting.sort(glyphs)
    cells = [
        _cell(ink, frame, region, inside) for region, inside in zip(regions, sorting.inside, strict=True)
    ]
    return PageGrid(
        ink=ink,
        box=frame.box,
        xs=frame.xs,
        rows=len(frame.ys) - 1,
        cells=cells,
        places=[(ink.page, ink.as_displayed(frame.box))],
        open_top=frame.open_top,
        open_bottom=frame.open_bottom,
        crossed=tuple((ink.page, ink.as_displayed(box)) for box in crossed),
        lines=tuple(lines_of(ink, glyphs)) if len(frame.xs) == 2 else (),
    )


class _Sorting:
    """Sorts the glyphs of a table into its regions."""

    def __init__(self, frame: RuledFrame, regions: list[FrameCell]) -> None:
        self._xs, self._ys = frame.xs[1:-1], frame.ys[1:-1]
        self._owners = [[0] * (len(frame.xs) - 1) for _ in range(len(frame.ys) - 1)]
        for index, (row, column, row_span, column_span) in enumerate(regions):
            for line in self._owners[row : row + row_span]:
                line[column : column + column_span] = [index] * column_span
        self.inside: list[list[Glyph]] = [[] for _ in regions]

    def sort(self, glyphs: list[Glyph]) -> list[Box]:
        """Fill `inside`; return the boxes of words that cross a rule between regions.

        Such a word stays whole, in the region where its middle is.
        """
        moved: dict[Glyph, int] = {}
        crossed = []
        for place in self._glyphs_across_rules(glyphs):
            word = _word_around(glyphs, place)
            if glyphs[place] not in moved and len(word) > 1:
                box = box_of(word)
                owner = self._owner((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
                moved.update(dict.fromkeys(word, owner))
                crossed.append(box)
        for glyph in glyphs:
            x0, y0, x1, y1, _, _ = glyph
            owner = self._owner((x0 + x1) / 2, (y0 + y1) / 2)
            self.inside[moved.get(glyph, owner) if moved else owner].append(glyph)
        return crossed

    def _owner(self, x: float, y: float) -> int:
        return self._owners[bisect_right(self._ys, y)][bisect_right(self._xs, x)]

    def _glyphs_across_rules(self, glyphs: list[Glyph]) -> list[int]:
        """Return the indices of glyphs that are crossed by a rule between two regions."""
        found = []
        for place, (x0, y0, x1, y1, text, _) in enumerate(glyphs):
            rim = (x1 - x0) * RIM
            first = bisect_right(self._xs, x0 + rim)
            if first == bisect_right(self._xs, x1 - rim) or text.isspace():
                continue
            owners = self._owners[bisect_right(self._ys, (y0 + y1) / 2)]
            if owners[first] != owners[bisect_right(self._xs, x1 - rim)]:
                found.append(place)
        return found


def _word_around(glyphs: list[Glyph], place: int) -> list[Glyph]:
    """Return the glyphs drawn side by side with the one at an index, itself included."""
    first = last = place
    while first > 0 and _touch(glyphs[first - 1], glyphs[first]):
        first -= 1
    while last + 1 < len(glyphs) and _touch(glyphs[last], glyphs[last + 1]):
        last += 1
    return glyphs[first : last + 1]


def _touch(glyph: Glyph, following: Glyph) -> bool:
    em = glyph.y1 - glyph.y0
    if following.text.isspace() or abs(following.y0 - glyph.y0) > 0.3 * em:
        return False
    return -0.1 * em < following.x0 - glyph.x1 < 0.25 * em


def _cell(ink: Ink, frame: RuledFrame, region: FrameCell, glyphs: list[Glyph]) -> GridCell:
    row, column, row_span, column_span = region
    box = (
        frame.xs[column],
        frame.ys[row],
        frame.xs[column + column_span],
        frame.ys[row + row_span],
    )
    unread = unread_in(ink, box, glyphs)
    if not any(not glyph.text.isspace() for glyph in glyphs):
        place = (ink.page, ink.as_displayed(box))
        return GridCell(row, column, row_span, column_span, "", [place], False, unread=unread)
    marks = marked(glyphs)
    text = CellText(marks.plain if marks else glyphs, box)
    place = (ink.page, ink.as_displayed(text.box))
    cell = GridCell(row, column, row_span, column_span, text.text, [place], text.full, text.upright)
    if marks:
        cell.printed = CellText(marks.printed, box).text
        unread += (Unread("mark", cell.printed),) if marks.unclear else ()
    cell.unread = unread
    return cell


def unread_in(ink: Ink, box: Box, glyphs: list[Glyph]) -> tuple[Unread, ...]:
    """Return the content of a cell that was not read as text, such as a picture."""
    if not (ink.struck or ink.stranger):
        return ()  # as on nearly all pages
    found: list[Unread] = []
    if ink.struck and not any(not glyph.text.isspace() for glyph in glyphs):
        struck = [glyph for glyph in ink.struck if _inside(glyph[:4], box)]
        if struck:
            found.append(Unread("struck", CellText(struck, box).text))
    text = "".join(glyph.text for glyph in glyphs).strip()
    if ink.stranger and not _IDEOGRAPH.search(text) and (kind := ink.stranger(box, bool(text))):
        number = ink.number_drawn(box) if ink.number_drawn and not text else None
        found.append(Unread(kind, number or "", shown=number is not None))
    return tuple(found)
