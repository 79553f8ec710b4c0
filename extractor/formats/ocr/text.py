"""The result of OCR for a page, and how it becomes part of a document. Works without the extra."""

from collections.abc import Iterable, Mapping

from msgspec import Struct, field, structs

from extractor.document import Block, Cell, Locator, Notice, Table
from extractor.formats.layout import compose, page_blocks
from extractor.formats.layout.model import Box, Ink, PageGrid, PageLine
from extractor.patterns import kept_pattern

POOR = 0.75  # mean score of a page below which its text is doubtful
_POINTS = 72.0
_LEAST = 8  # characters: a picture with fewer has no text
_UNSURE = 0.5
_DIGIT = kept_pattern(r"\d")

Reading = tuple[tuple[str, float], ...]  # possible texts with scores, likeliest first
Key = tuple[float, float, float, float]  # a box as in locators
Readings = Mapping[tuple[int, Key], Reading]  # by page and box of the text


class ScannedInk(Ink):
    """Ink whose boxes, in points of the upright page, are converted to units of the source."""

    # From pixels of the upright page to units of the source: a, b, c, d, e, f.
    to_source: tuple[float, ...] = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    dpi: float = _POINTS  # resolution of the upright page

    def as_displayed(self, box: Box) -> Box:
        """Return the box on the source that encloses the corners of the given one."""
        x0, y0, x1, y1 = (side * self.dpi / _POINTS for side in box)
        a, b, c, d, e, f = self.to_source
        xs = [a * x + c * y + e for x in (x0, x1) for y in (y0, y1)]
        ys = [b * x + d * y + f for x in (x0, x1) for y in (y0, y1)]
        return (min(xs), min(ys), max(xs), max(ys))


class PageText(Struct):
    """The text recognized in one picture."""

    ink: ScannedInk
    readings: dict[Key, Reading] = field(default_factory=dict)  # readings of values, by the box of their text
    score: float = 1.0  # mean probability of the characters
    passed_over: int = 0  # number of lines left unread because there were too many

    @property
    def speaks(self) -> bool:
        """Whether the result is text, not noise from a photograph."""
        return self.score >= POOR and len(self.ink.glyphs) >= _LEAST

    @property
    def notices(self) -> list[Notice]:
        """Return the notices about the page."""
        number = self.ink.page
        place = Locator(page=number)
        if not self.ink.glyphs:
            return [Notice("page-without-text", f"第{number}页的图像里没有认出文字", place)]
        found = [Notice("recognized-text", f"第{number}页的文字由图像识别而来", place)]
        if self.score < POOR:
            message = f"第{number}页的图像不清，识别把握平均只有{self.score:.0%}"
            found.append(Notice("poor-picture", message, place))
        if self.passed_over:
            message = f"第{number}页的图像里像文字的太多，有{self.passed_over}行没有识别"
            found.append(Notice("picture-too-dense", message, place))
        return found


def blocks_of(inks: Iterable[Ink]) -> tuple[list[PageLine], list[PageGrid]]:
    """Return the lines and tables of one page, from its text and from its pictures."""
    lines: list[PageLine] = []
    grids: list[PageGrid] = []
    for ink in inks:
        more_lines, more_grids = page_blocks(ink)
        lines += more_lines
        grids += more_grids
    return sorted(lines, key=lambda line: (line.box[1], line.box[0])), grids


def compose_pages(pages: list[PageText]) -> tuple[tuple[Block, ...], list[Notice]]:
    """Return the blocks and notices of pages that were all recognized in pictures."""
    blocks, joins = compose([page_blocks(page.ink) for page in pages])
    notices = [notice for page in pages for notice in page.notices]
    return with_readings(blocks, pages), [*notices, *joins]


def with_readings(blocks: Iterable[Block], pages: Iterable[PageText]) -> tuple[Block, ...]:
    """Return blocks with `alternatives` set for cells with recognized values.

    A cell with digits but without readings, for example one with several lines, gets its own text with a
    score too low to be certain.
    """
    read = list(pages)
    readings = {(page.ink.page, key): reading for page in read for key, reading in page.readings.items()}
    numbers = {page.ink.page for page in read}
    return tuple(
        _table_with_readings(block, readings, numbers) if isinstance(block, Table) else block
        for block in blocks
    )


def _table_with_readings(table: Table, readings: Readings, pages: set[int]) -> Table:
    return structs.replace(table, cells=tuple(_cell(cell, readings, pages) for cell in table.cells))


def _cell(cell: Cell, readings: Readings, pages: set[int]) -> Cell:
    place = cell.locator
    if place.page is None or place.bbox is None or place.page not in pages:
        return cell
    reading = None if place.more else readings.get((place.page, place.bbox))
    if reading is None and _DIGIT.search(cell.text):
        reading = ((cell.text, _UNSURE),)
    return structs.replace(cell, alternatives=reading) if reading else cell
