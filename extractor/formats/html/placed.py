"""Pages whose text stands in boxes placed one by one, as converters of PDF and report designers write them.

Such a page has no tables: rows and columns are told by where the text is displayed, as in a PDF. Places come
from the page's own styles; the width of a text is estimated, as browsers alone know the fonts. Each element
that its content flows in is a page of its own, such as each page of a converted PDF.
"""

from collections.abc import Iterator, Mapping
from unicodedata import east_asian_width

from msgspec import Struct, field, structs
from selectolax.lexbor import LexborHTMLParser, LexborNode

from extractor.document import Block, Cell, Document, Locator, Notice, Paragraph, Table
from extractor.formats.html.displaced import pixels
from extractor.formats.html.faces import faces_in
from extractor.formats.html.lexbor import number_elements, read_metadata, upwards
from extractor.formats.html.looks import find_looks
from extractor.formats.html.placed_styles import PlacedStyles, ink_of, may_place, read_placed_styles, scale_of
from extractor.formats.html.start_tags import StartTags
from extractor.formats.html.style_sheets import StyleSheets
from extractor.formats.layout import compose, page_blocks
from extractor.formats.layout.model import Box, Glyph, Ink
from extractor.formats.layout.overprinted import overprinted_digits

_FEWEST = 40  # boxes of text
_MOST = 20_000
_SHARE = 0.9  # of the page's text that must stand in such boxes
_MOST_PAIRS = 3_000_000  # of a covering box and a character; with more, every character is doubtful
_WIDE = ("W", "F", "A")


class _PlacedRun(Struct):
    """A text in one box, at its place in a page."""

    node: LexborNode
    page: int  # id of the element that the box is placed in
    x: float
    y: float  # of its upper edge; of the lower edge where `hangs`
    size: float
    text: str
    width: float | None = None
    height: float | None = None
    hangs: bool = False
    bordered: bool = False
    align: str = ""
    opaque: bool = False  # has a background, which covers what is drawn before


class _PlacedPage(Struct):
    """The boxes on one page, and the elements that they belong to."""

    runs: list[_PlacedRun] = field(default_factory=list)
    boxes: list[tuple[Box, LexborNode]] = field(default_factory=list)


def read_placed(parser: LexborHTMLParser, tags: StartTags, sheets: StyleSheets) -> Document | None:
    """Return a page without tables, by the places of its boxes; None if too little stands in such boxes."""
    if not may_place(parser, tags, sheets, _FEWEST, _SHARE):
        return None  # as nearly all pages, whose other looks are found on the walk through them
    styles = read_placed_styles(parser, sheets)
    if len(styles.placed) < _FEWEST:
        return None
    hidden = frozenset(node.mem_id for node in find_looks(parser, tags, sheets).hidden)
    found = list(_runs(parser, styles, hidden))
    runs = [run for run in found if run is not None]
    if len(runs) < len(found):
        return None
    whole = ink_of(parser.body)
    held = sum(len("".join(run.text.split())) for run in runs)
    if not _FEWEST <= sum(bool(run.text.strip()) for run in runs) <= _MOST or held < _SHARE * whole:
        return None
    pages: dict[int, _PlacedPage] = {}
    for run in runs:
        pages.setdefault(run.page, _PlacedPage()).runs.append(run)
    foreign = bool(faces_in(sheets.every))
    inks = [_ink(number, places, foreign) for number, places in enumerate(pages.values(), 1)]
    blocks, joins = compose(page_blocks(ink) for ink in inks)
    paths = _PlacedPaths(parser, list(pages.values()))
    notice = Notice("placed-text", "网页的文字是一块块定位摆放的，没有表格；行和列按显示的位置认定")
    told = tuple(paths.with_paths(block) for block in blocks)
    notices = (notice, *(structs.replace(join, locator=paths.of(join.locator)) for join in joins))
    return Document("html", told, read_metadata(parser), notices)


def _runs(
    parser: LexborHTMLParser, styles: PlacedStyles, hidden: frozenset[int]
) -> Iterator[_PlacedRun | None]:
    """Yield the boxes that hold no other placed boxes, in the source's order; None for one without place."""
    around = {
        above.mem_id for node in styles.placed for above in upwards(node) if above.mem_id != node.mem_id
    }
    for node in styles.placed:
        if node.mem_id in around and not _own_text(node):
            continue
        if any(above.mem_id in hidden for above in upwards(node)):
            continue
        run = _run(node, styles)
        if run is None:
            yield from [None] if (node.text() or "").strip() else []
        elif run.text.strip() or run.bordered or run.opaque:
            yield run


def _own_text(node: LexborNode) -> str:
    return "".join(child.text_content or "" for child in node.iter(include_text=True) if child.tag == "-text")


def _run(node: LexborNode, styles: PlacedStyles) -> _PlacedRun | None:
    """Return the box of an element with its place in its page; None if that is not known."""
    values = styles.of(node)
    left, top, bottom = (_length(values, side) for side in ("left", "top", "bottom"))
    if left is None or (top is None and bottom is None):
        return None
    size = styles.size_of(node) * scale_of(values)
    x, y, page, hangs = left, top if top is not None else bottom or 0.0, node, top is None
    for above in upwards(node):
        if above.mem_id == node.mem_id:
            continue
        page = above
        around = styles.of(above)
        if hangs and (height := styles.height_of(above)) is not None:
            y, hangs = height - y, False
        elif hangs and around.get("position"):
            return None
        if around.get("position") in ("absolute", "fixed"):
            x += _length(around, "left") or 0.0
            y += _length(around, "top") or 0.0
        elif around.get("position") == "relative":
            break
    if hangs:
        return None
    width, height = _length(values, "width"), _length(values, "height")
    return _PlacedRun(
        node,
        page.mem_id,
        x,
        y,
        size,
        styles.text_of(node),
        width,
        height,
        top is None,
        styles.is_bordered(node),
        styles.align_of(node),
        styles.is_opaque(node),
    )


def _length(values: Mapping[str, str], name: str) -> float | None:
    found = values.get(name, "")
    return None if "%" in found else pixels(found) if found else None


def _ink(number: int, places: _PlacedPage, foreign: bool) -> Ink:
    """Return what is printed on a page: characters and the borders of boxes."""
    glyphs: list[Glyph] = []
    rules: list[Box] = []
    for run in places.runs:
        box = _box_of(run)
        places.boxes.append((box, run.node))
        if run.bordered and run.width and run.height:
            rules += _borders(box)
        glyphs += _glyphs(run, box, len(glyphs))
    left = min((box[0] for box, _ in places.boxes), default=0.0)
    top = min((box[1] for box, _ in places.boxes), default=0.0)
    width = max((box[2] for box, _ in places.boxes), default=1.0)
    height = max((box[3] for box, _ in places.boxes), default=1.0)
    ink = Ink(number, width + max(left, 0.0), height + max(top, 0.0), glyphs, rules)
    ink.untrusted.update((order, "cut") for order in _cut(places.runs))
    covered = {*_covered(places.runs, glyphs), *overprinted_digits(glyphs, lambda one, other: True)}
    ink.doubts.update((order, "overlay") for order in covered)
    if foreign:  # a font of the page's own may draw other digits
        ink.doubts.update(dict.fromkeys(range(len(glyphs)), "text-layer"))
    return ink


def _cut(runs: list[_PlacedRun]) -> Iterator[int]:
    """Yield the ranks of the characters of numbers that are wider than the box around them."""
    order = 0
    for run in runs:
        count = sum(not character.isspace() for character in run.text)
        if run.bordered and run.width and run.text.isascii() and _width(run.text, run.size) > run.width:
            yield from range(order, order + count)
        order += count


def _covered(runs: list[_PlacedRun], glyphs: list[Glyph]) -> Iterator[int]:
    """Yield the ranks of the characters that a box drawn later may cover."""
    covers: list[tuple[int, Box]] = []
    drawn = 0
    for run in runs:
        if run.opaque and drawn:
            covers.append((drawn, (run.x, run.y, run.x + (run.width or 0), run.y + (run.height or 0))))
        drawn += sum(not character.isspace() for character in run.text)
    if len(covers) * len(glyphs) > _MOST_PAIRS:
        yield from range(len(glyphs))
        return
    for before, (x0, y0, x1, y1) in covers:
        for glyph in glyphs[:before]:
            if x0 < (glyph.x0 + glyph.x1) / 2 < x1 and y0 < (glyph.y0 + glyph.y1) / 2 < y1:
                yield glyph.order


def _box_of(run: _PlacedRun) -> Box:
    height = run.height if run.height and run.bordered else run.size
    y = run.y - run.size if run.hangs else run.y
    width = run.width if run.width and run.bordered else _width(run.text, run.size)
    return (run.x, y, run.x + width, y + height)


def _borders(box: Box) -> list[Box]:
    x0, y0, x1, y1 = box
    return [(x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)]


def _width(text: str, size: float) -> float:
    return size * sum(1.0 if east_asian_width(character) in _WIDE else 0.5 for character in text)


def _glyphs(run: _PlacedRun, box: Box, order: int) -> Iterator[Glyph]:
    """Yield the characters of a box, its lines below each other."""
    lines = [part for line in run.text.split("\n") for part in _wrapped(line, run)]
    room = run.width or 0.0
    step = min(run.size * 1.2, (box[3] - box[1]) / len(lines)) if len(lines) > 1 else run.size
    y = box[1] + max(0.0, (box[3] - box[1] - step * len(lines)) / 2)
    for line in lines:
        spare = max(0.0, room - _width(line, run.size))
        x = box[0] + {"center": spare / 2, "right": spare}.get(run.align, 0.0)
        if run.bordered and not run.align:
            x += min(1.0, spare)
        for character in line:
            wide = _width(character, run.size)
            if not character.isspace():
                yield Glyph(x, y, x + wide, y + run.size, character, order)
                order += 1
            x += wide
        y += step


def _wrapped(line: str, run: _PlacedRun) -> Iterator[str]:
    """Yield a line in the parts that fit the width of a box with a border; a number is never parted."""
    if not run.bordered or not run.width or line.isascii():
        yield line
        return
    begin, wide = 0, 0.0
    for at, character in enumerate(line):
        wide += _width(character, run.size)
        if wide > run.width and at > begin:
            yield line[begin:at]
            begin, wide = at, _width(character, run.size)
    yield line[begin:]


class _PlacedPaths:
    """Gives blocks the XPaths of the elements at their places."""

    def __init__(self, parser: LexborHTMLParser, pages: list[_PlacedPage]) -> None:
        self._numbers = number_elements(parser)
        self._pages = pages

    def with_paths(self, block: Block) -> Block:
        if isinstance(block, Paragraph):
            return structs.replace(block, locator=self.of(block.locator))
        cells = tuple(self._cell(cell) for cell in block.cells)
        return Table(cells, self.of(block.locator), block.aligned)

    def _cell(self, cell: Cell) -> Cell:
        return structs.replace(cell, locator=self.of(cell.locator))

    def of(self, where: Locator) -> Locator:
        """Return the elements at a place of the layout, as XPaths."""
        found = [path for place in (where, *where.more) for path in self._at(place)]
        if not found:
            return Locator(path="/html/body")
        return Locator(path=found[0], more=tuple(Locator(path=path) for path in found[1:]))

    def _at(self, place: Locator) -> list[str]:
        if place.page is None or place.bbox is None:
            return []
        return [
            f"(//*)[{self._numbers[node.mem_id]}]"
            for box, node in self._pages[place.page - 1].boxes
            if _has_middle_of(place.bbox, box) or _has_middle_of(box, place.bbox)
        ]


def _has_middle_of(box: Box, other: Box) -> bool:
    x, y = (other[0] + other[2]) / 2, (other[1] + other[3]) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]
