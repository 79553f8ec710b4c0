"""Finds the cells that need to be read element by element.

Something in them is hidden, struck out, raised or not text.

Most pages have none, which a few queries show. For the others, the styles of the elements in and around such
cells are determined here; cell.py reads the cells.
"""

from collections.abc import Iterable, Iterator
from html import unescape

from msgspec import Struct, field
from selectolax.lexbor import LexborHTMLParser, LexborNode

from extractor.document import UnreadKind
from extractor.formats.html.arranged import (
    covered_cells,
    mirrored_tables,
    plainly_shadowed_cells,
    shadowed_cells,
    shuffled_cells,
)
from extractor.formats.html.carried import may_matter
from extractor.formats.html.colors import contrast, is_faint
from extractor.formats.html.faces import faces_in, with_faces
from extractor.formats.html.inherited import InheritedColors
from extractor.formats.html.lexbor import cell_around
from extractor.formats.html.linked import cells_cut_by_class
from extractor.formats.html.paint import ElementPaint, font_size, paint_of
from extractor.formats.html.scripted import scripted_cells
from extractor.formats.html.settled import is_settled
from extractor.formats.html.sheet import StyledElement, are_hazardous, read_styles
from extractor.formats.html.start_tags import StartTags
from extractor.formats.html.style_sheets import StyleSheets
from extractor.formats.own_fonts import FontDigits, joined
from extractor.formats.painted import Look
from extractor.patterns import kept_pattern

# Elements that are not plain text, or change how text must be read.
TAGGED = (
    "sup,sub,s,strike,del,img,picture,input,select,textarea,button,canvas,svg,iframe,object,embed,bdo,math,"
    "video,audio,meter,progress,applet,script,v\\:imagedata,v\\:shape,o\\:oleobject,li:empty,details"
)
_TAGGED_NAMES = tuple(
    f"<{name}".encode() for name in (*TAGGED.replace(":empty", "").replace("\\", "").split(","), "image")
)
_TABLE_PARTS = ("td", "th", "tr", "tbody", "thead", "tfoot")
_LONGEST_CELL = 1000  # characters; a longer cell is used for page layout
_HINTING = "font[color],[bgcolor],body[text]"
# attributes and the style properties that they set
_HINTS = {"color": "color", "text": "color", "bgcolor": "background-color"}
_KNOWN_CLASSES = ("sr-only", "visually-hidden", "screen-reader-text", "screen-reader-only", "d-none")
_KNOWN_CLASSES_IN_CELLS = ",".join(f"td .{name}" for name in _KNOWN_CLASSES)
_CLASS_WORDS = tuple(name.encode() for name in _KNOWN_CLASSES)
# Searched in the source, as querying each element costs more. Matches inside comments do no harm.
_STYLE_ATTRIBUTE = kept_pattern(rb"style\s*=\s*(\"[^\"]*|'[^']*|[^\s>]+)")
_HIDDEN = "[hidden],dialog:not([open]),[popover]"
_TINY = 5.5  # pixels of the font size below which text is not readable


class Looks(Struct):
    """What is known about how the elements of a page are displayed. Keys are element ids."""

    parser: LexborHTMLParser
    tags: StartTags
    sheets: StyleSheets
    # elements that are not displayed, with everything in them
    hidden: list[LexborNode] = field(default_factory=list)
    # the display properties of elements that have any
    paints: dict[int, ElementPaint] = field(default_factory=dict)
    # whether an element's text has the colour of its background
    faint: dict[int, bool] = field(default_factory=dict)
    # how that hides it, if the colour is exactly the same
    blended: dict[int, Look] = field(default_factory=dict)
    generated: dict[int, dict[str, StyledElement]] = field(default_factory=dict)
    cells: dict[int, LexborNode] = field(default_factory=dict)  # cells to be read element by element
    scripted: frozenset[int] = frozenset()  # cells that a script may fill
    cut: frozenset[int] = frozenset()  # cells of whose digits an external style sheet may hide some
    # ids of cells with something else inside them, or covering them
    unread: dict[int, UnreadKind] = field(default_factory=dict)
    shadowed: bool = False  # whether it has shadow trees
    mirrored: frozenset[int] = frozenset()  # ids of tables whose columns run from right to left
    digits: FontDigits = None  # what the fonts draw for digits that the page loads
    linked: bool = False  # whether the page has external style sheets, which are not fetched
    _tagged: frozenset[int] | None = None
    _settled: bool | None = None

    @property
    def tagged(self) -> frozenset[int]:
        """Return the ids of the cells that contain elements that are not plain text."""
        if self._tagged is None:
            found = map(cell_around, self.parser.css(TAGGED) if self.tags.may_have(*_TAGGED_NAMES) else ())
            self._tagged = frozenset(cell.mem_id for cell in found if cell is not None and _is_small(cell))
        return self._tagged

    @property
    def settled(self) -> bool:
        """Return whether the page's own styles alone decide what is displayed, in every browser."""
        if self._settled is None:
            self._settled = is_settled(self.parser, self.sheets.every)
        return self._settled

    def need_care(self) -> bool:
        """Return whether any cell must be read element by element."""
        return bool(self.cells or self.tagged or self.mirrored)


def find_looks(parser: LexborHTMLParser, tags: StartTags, known: StyleSheets) -> Looks:
    """Return how the elements of a page are displayed, according to its own styles.

    Args:
        parser: the parsed page.
        tags: its start tags.
        known: its style sheets.
    """
    looks = Looks(parser, tags, known)
    sheets = known.matching
    faces = faces_in(sheets)
    if faces:
        looks.digits = joined(faces.values())
        sheets = [with_faces(sheet, faces) for sheet in sheets]
    # A sheet may show what an attribute hides.
    hiding = parser.css(_HIDDEN) if tags.may_have(b"hidden", b"<dialog", b"popover") else []
    sheets = [
        sheet
        for sheet in sheets
        if faces or (hiding and "display" in sheet.lower()) or may_matter(parser, tags, sheet.lower())
    ]
    written = tags.text if tags.text is not None else tags.page.lower()
    inline = are_hazardous(map(_value_in, frozenset(_STYLE_ATTRIBUTE.findall(written))))
    hinting = parser.css(_HINTING) if tags.may_have(b"<font", b"bgcolor=", b"text=") else []
    hinted = bool(hinting) and are_hazardous(set(_hints(hinting)))
    if sheets or inline or hinted:
        elements = read_styles(parser, inline, known.rules(sheets), faces)
        if hinted:
            _take_hints(hinting, elements)
        looks.linked = parser.css_first("link[rel~=stylesheet i]") is not None
        _take_styles(looks, elements)
        looks.unread.update(dict.fromkeys(shuffled_cells(looks.paints, elements), "order"))
    if tags.may_say(*_CLASS_WORDS):
        _take_known_names(looks)
    looks.hidden.extend(_hidden_by_attribute(hiding, looks))
    _take_arrangement(looks)
    linking = tags.may_have(b"<link")
    cut = {cell.mem_id: cell for cell in cells_cut_by_class(parser) if _is_small(cell)} if linking else {}
    looks.cut = frozenset(cut)
    looks.cells.update(cut)
    if tags.may_have(b"<script"):
        found = scripted_cells(parser, tags)
        looks.scripted = frozenset(found)
        looks.cells.update(found)
    return looks


def _take_arrangement(looks: Looks) -> None:
    """Record the tables whose columns are reversed, and the cells that are covered or replaced."""
    if looks.paints or looks.tags.may_have(b"dir="):
        looks.mirrored = mirrored_tables(looks.parser, looks.paints)
    if looks.tags.may_have(b"shadowroot"):
        looks.shadowed = True
        looks.cells.update((cell.mem_id, cell) for cell in plainly_shadowed_cells(looks.parser))
        looks.unread.update(dict.fromkeys(shadowed_cells(looks.parser), "frame"))
    if looks.paints or looks.tags.may_have(b"<iframe"):
        looks.unread.update(dict.fromkeys(covered_cells(looks.parser, looks.paints), "frame"))
    if looks.unread:
        cells = (cell for cell in looks.parser.css("td,th") if cell.mem_id in looks.unread)
        looks.cells.update((cell.mem_id, cell) for cell in cells)


def _take_known_names(looks: Looks) -> None:
    """Hide elements with a class that hides in all common frameworks, unless the page overrides it."""
    for node in looks.parser.css(_KNOWN_CLASSES_IN_CELLS):
        if node.mem_id not in looks.paints:
            looks.paints[node.mem_id] = ElementPaint(unseen=True)
            _note_cells(looks, node, inside=False)


def _value_in(written: bytes) -> str:
    """Return the value of an attribute from its source text, without quotes."""
    value = written.lstrip(b"\"'").decode("utf-8", "replace")
    return unescape(value) if "&" in value else value


def _hints(nodes: Iterable[LexborNode]) -> Iterator[str]:
    """Yield the declarations equivalent to colour attributes."""
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
    colors = InheritedColors(elements)
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
            color, ground = colors.of(element.node)
            looks.faint[mem_id] = is_faint(color, ground)
            if looks.faint[mem_id] and contrast(color, ground) == 1.0:
                looks.blended[mem_id] = "absent" if contrast("white", ground) == 1.0 else "blended"


def _matters(paint: ElementPaint) -> bool:
    """Return whether an element affects text at any depth inside it."""
    tiny = bool(paint.size) and font_size(paint.size, 16.0) <= _TINY
    return tiny or paint.inherited != _NOTHING


def _matters_here(paint: ElementPaint) -> bool:
    """Return whether an element affects text if it is a cell, or inside a cell or row."""
    return paint.unsure or paint.displaced or paint.ordered or bool(paint.narrow) or paint.low


_NOTHING = ElementPaint()


def _hides(looks: Looks, node: LexborNode, paint: ElementPaint) -> bool:
    """Return whether an element hides itself and its content; for text in cells, cell.py decides."""
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


def _note_cells(looks: Looks, node: LexborNode, *, inside: bool = True) -> None:
    """Record the cell that contains an element, or else the cells inside it."""
    around = cell_around(node)
    for cell in [around] if around is not None else node.css("td,th") if inside else []:
        if _is_small(cell):
            looks.cells[cell.mem_id] = cell


def _is_small(cell: LexborNode) -> bool:
    """Return whether a cell may be one of a data table: it is short and contains no table."""
    return cell.css_first("table") is None and len(cell.text()) <= _LONGEST_CELL


def _hidden_by_attribute(hiding: Iterable[LexborNode], looks: Looks) -> Iterator[LexborNode]:
    for node in hiding:
        known = looks.paints.get(node.mem_id)
        if known is not None and known.displayed:  # a style sheet overrides the attribute
            continue
        looks.paints[node.mem_id] = ElementPaint(
            gone=True, absent=node.attributes.get("hidden", "until-found") != "until-found"
        )
        if node.tag not in _TABLE_PARTS:
            _note_cells(looks, node, inside=False)
        yield node
