"""Which cells of a page must be read with care: something in them is hidden, struck out, raised or no text.

Most pages have none, and a few questions to the tree tell. Where there are some, the elements around and in
them are told with how they are painted; `cell` reads them.
"""

import re
from collections.abc import Iterable, Iterator
from html import unescape

from msgspec import Struct, field
from selectolax.lexbor import LexborHTMLParser, LexborNode

from extractor.document import UnreadKind
from extractor.formats.html.arranged import (
    covered_cells,
    mirrored_tables,
    shadowed_cells,
    shuffled_cells,
    upwards,
)
from extractor.formats.html.carried import may_matter, sheets_of
from extractor.formats.html.colors import ground_of, is_faint
from extractor.formats.html.faces import faces_in, with_faces
from extractor.formats.html.linked import cells_cut_by_class
from extractor.formats.html.paint import ElementPaint, font_size, paint_of
from extractor.formats.html.scripted import scripted_cells
from extractor.formats.html.sheet import (
    StyledElement,
    are_hazardous,
    read_styles,
)

# Elements in a cell that are no plain text, or change what is read.
TAGGED = (
    "sup,sub,s,strike,del,img,picture,input,select,textarea,button,canvas,svg,iframe,object,embed,bdo,math,"
    "video,audio,meter,progress,applet,script,v\\:imagedata,v\\:shape,o\\:oleobject"
)
_TABLE_PARTS = ("td", "th", "tr", "tbody", "thead", "tfoot")
_LONGEST_CELL = 1000  # characters; a cell that holds more holds a page in place
_HINTING = "font[color],[bgcolor],body[text]"
_HINTS = {"color": "color", "text": "color", "bgcolor": "background-color"}  # what attributes declare
_KNOWN_CLASSES = "td .sr-only,td .visually-hidden,td .screen-reader-text,td .screen-reader-only,td .d-none"
# Read from the source: to ask each element costs more. What stands in comments does no harm here.
_STYLE_ATTRIBUTE = re.compile(rb"style\s*=\s*(\"[^\"]*|'[^']*|[^\s>]+)")
_TINY = 5.5  # pixels


class Looks(Struct):
    """What is known of how the elements of a page are painted."""

    parser: LexborHTMLParser
    hidden: list[LexborNode] = field(default_factory=list)  # not shown, with all that is in them
    paints: dict[int, ElementPaint] = field(default_factory=dict)  # by the ids of elements
    faint: dict[int, bool] = field(default_factory=dict)  # whether text is of the colour of its ground
    generated: dict[int, dict[str, StyledElement]] = field(default_factory=dict)
    cells: dict[int, LexborNode] = field(default_factory=dict)  # to be read with care
    scripted: frozenset[int] = frozenset()  # cells that a script may fill
    cut: frozenset[int] = frozenset()  # cells of whose digits a style sheet that is not known may hide some
    unread: dict[int, UnreadKind] = field(default_factory=dict)  # what else lies in a cell, or over it
    mirrored: frozenset[int] = frozenset()  # tables whose columns run from right to left
    linked: bool = False  # there are style sheets that are not known
    _tagged: frozenset[int] | None = None

    @property
    def tagged(self) -> frozenset[int]:
        """Return the ids of the cells that hold elements which are no plain text."""
        if self._tagged is None:
            found = (_cell_around(node) for node in self.parser.css(TAGGED))
            self._tagged = frozenset(cell.mem_id for cell in found if cell is not None and _is_small(cell))
        return self._tagged

    def need_care(self) -> bool:
        """Say whether any cell must be read with care."""
        return bool(self.cells or self.tagged or self.mirrored)


def find_looks(parser: LexborHTMLParser, source: bytes) -> Looks:
    """Return how the elements of a page are painted, as far as its own styles tell.

    Args:
        parser: the tree.
        source: the page that it was made from, in UTF-8.
    """
    looks = Looks(parser)
    lower = source.lower()
    sheets = sheets_of(parser)
    faces = faces_in(sheets)
    if faces:
        sheets = [with_faces(sheet, faces) for sheet in sheets]
    sheets = [sheet for sheet in sheets if may_matter(parser, sheet.lower())]
    inline = are_hazardous(map(_value_in, frozenset(_STYLE_ATTRIBUTE.findall(lower))))
    hinting = parser.css(_HINTING)
    hinted = bool(hinting) and are_hazardous(set(_hints(hinting)))
    if sheets or inline or hinted:
        elements = read_styles(parser, inline, sheets, faces)
        if hinted:
            _take_hints(hinting, elements)
        looks.linked = parser.css_first("link[rel~=stylesheet i]") is not None
        _take_styles(looks, elements)
        looks.unread.update(dict.fromkeys(shuffled_cells(looks.paints, elements), "order"))
    _take_known_names(looks)
    looks.hidden.extend(_hidden_by_attribute(parser, looks))
    _take_arrangement(looks, source)
    cut = {cell.mem_id: cell for cell in cells_cut_by_class(parser) if _is_small(cell)}
    looks.cut = frozenset(cut)
    looks.cells.update(cut)
    if parser.css_first("script") is not None:
        found = scripted_cells(parser, lower)
        looks.scripted = frozenset(found)
        looks.cells.update(found)
    return looks


def _take_arrangement(looks: Looks, source: bytes) -> None:
    """Note the tables whose columns are mirrored, and the cells that something lies over or replaces."""
    looks.mirrored = mirrored_tables(looks.parser, looks.paints)
    if b"shadowroot" in source:
        looks.unread.update(dict.fromkeys(shadowed_cells(looks.parser), "frame"))
    looks.unread.update(dict.fromkeys(covered_cells(looks.parser, looks.paints), "frame"))
    if looks.unread:
        cells = (cell for cell in looks.parser.css("td,th") if cell.mem_id in looks.unread)
        looks.cells.update((cell.mem_id, cell) for cell in cells)


def _take_known_names(looks: Looks) -> None:
    """Hide elements whose class hides in all common frameworks, unless a sheet of the page overrides it."""
    for node in looks.parser.css(_KNOWN_CLASSES):
        if node.mem_id not in looks.paints:
            looks.paints[node.mem_id] = ElementPaint(unseen=True)
            _note_cells(looks, node, inside=False)


def _value_in(written: bytes) -> str:
    """Return the value of an attribute from how it is written."""
    value = written.lstrip(b"\"'").decode("utf-8", "replace")
    return unescape(value) if "&" in value else value


def _hints(nodes: Iterable[LexborNode]) -> Iterator[str]:
    """Yield the colours that attributes give as declarations."""
    for node in nodes:
        for attribute, name in _HINTS.items():
            if value := node.attrs.get(attribute):
                yield f"{name}:{value}"


def _take_hints(nodes: Iterable[LexborNode], elements: dict[int, StyledElement]) -> None:
    """Apply the colours given by HTML attributes, which every style sheet overrides."""
    for node in nodes:
        element = elements.setdefault(node.mem_id, StyledElement(node))
        for attribute, name in _HINTS.items():
            if value := node.attrs.get(attribute):
                element.declare(name, value, (False, -1, (), 0))


def _take_styles(looks: Looks, elements: dict[int, StyledElement]) -> None:
    _take_paints(looks, elements)
    for mem_id, element in elements.items():
        paint = looks.paints.get(mem_id, ElementPaint())
        around_tables = element.node.tag not in _TABLE_PARTS and (paint.unseen or paint.shown is False)
        if not paint.gone and (_matters(paint) or looks.faint.get(mem_id) or mem_id in looks.generated):
            _note_cells(looks, element.node, inside=not around_tables)
        elif _matters_here(paint):
            _note_cells(looks, element.node, inside=element.node.tag in _TABLE_PARTS)
        elif paint.gone and element.node.tag not in _TABLE_PARTS:
            _note_cells(looks, element.node, inside=False)
        if _hides(looks, element.node, paint):
            looks.hidden.append(element.node)


def _take_paints(looks: Looks, elements: dict[int, StyledElement]) -> None:
    for mem_id, element in elements.items():
        tag = element.node.tag or ""
        if not element.values and not element.generated:
            continue
        paint = paint_of(tag, element.values)
        if not paint.is_plain:
            looks.paints[mem_id] = paint
        if element.generated:
            looks.generated[mem_id] = element.generated
        if _is_coloured(element):
            looks.faint[mem_id] = _is_faint_in(element.node, elements)


def _matters(paint: ElementPaint) -> bool:
    """Say whether a paint matters to the text in an element however deep it lies."""
    tiny = bool(paint.size) and font_size(paint.size, 16.0) <= _TINY
    return tiny or paint.inherited != _NOTHING


def _matters_here(paint: ElementPaint) -> bool:
    """Say whether it matters where the element is a cell, or a part of one or of a row."""
    return paint.unsure or paint.displaced or paint.ordered or bool(paint.narrow)


_NOTHING = ElementPaint()


def _hides(looks: Looks, node: LexborNode, paint: ElementPaint) -> bool:
    """Say whether an element hides itself and all that is in it, where it is not in a cell read with care."""
    if paint.gone:
        return True
    if node.tag in _TABLE_PARTS:
        return False
    if paint.unseen or paint.shown is False or paint.struck:
        return True
    faint = looks.faint.get(node.mem_id, False) and not looks.linked and node.tag not in ("html", "body")
    return faint and not any(looks.faint.get(inner.mem_id) is False for inner in node.css("*"))


def _is_coloured(element: StyledElement) -> bool:
    names = ("color", "-webkit-text-fill-color", "background", "background-color", "background-image")
    return any(name in element.values for name in names)


def _is_faint_in(node: LexborNode, elements: dict[int, StyledElement]) -> bool:
    """Say whether the text of an element has the colour of the ground that it stands on."""
    above = [element.values for each in upwards(node) if (element := elements.get(each.mem_id))]
    fill = next((v["-webkit-text-fill-color"] for v in above if "-webkit-text-fill-color" in v), None)
    if fill is None and "text-shadow" in above[0] and "none" not in above[0]["text-shadow"]:
        return False
    colors = (v["color"] for v in above if v.get("color", "inherit").lower() not in ("inherit", "unset"))
    grounds = (ground for ground in map(ground_of, above) if ground is not None)
    return is_faint(fill or next(colors, "black"), next(grounds, "white"))


def _note_cells(looks: Looks, node: LexborNode, *, inside: bool = True) -> None:
    """Note the cell that an element stands in, or else those that it stands around."""
    around = _cell_around(node)
    for cell in [around] if around is not None else node.css("td,th") if inside else []:
        if _is_small(cell):
            looks.cells[cell.mem_id] = cell


def _cell_around(node: LexborNode) -> LexborNode | None:
    return next((each for each in upwards(node) if each.tag in ("td", "th")), None)


def _is_small(cell: LexborNode) -> bool:
    """Say whether a cell is one of a table of data, as far as its size tells, and holds no other table."""
    return cell.css_first("table") is None and len(cell.text()) <= _LONGEST_CELL


def _hidden_by_attribute(parser: LexborHTMLParser, looks: Looks) -> Iterator[LexborNode]:
    for node in parser.css("[hidden],dialog:not([open]),[popover]"):
        known = looks.paints.get(node.mem_id)
        if known is not None and known.displayed:  # a style sheet says otherwise, and it holds
            continue
        looks.paints[node.mem_id] = ElementPaint(gone=True)
        if node.tag not in _TABLE_PARTS:
            _note_cells(looks, node, inside=False)
        yield node
