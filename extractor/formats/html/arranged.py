"""Finds cells that are displayed at another position than in the source, or covered by something."""

from collections.abc import Iterator, Mapping

from selectolax.lexbor import LexborHTMLParser, LexborNode

from extractor.formats.html.composed import shadow_of
from extractor.formats.html.lexbor import cell_around, upwards
from extractor.formats.html.paint import ElementPaint
from extractor.formats.html.sheet import StyledElement
from extractor.numerals import is_value

_ROW_PARTS = ("td", "th", "tr")


def mirrored_tables(parser: LexborHTMLParser, paints: Mapping[int, ElementPaint]) -> frozenset[int]:
    """Return the ids of the tables whose columns run from right to left."""
    turned = parser.css_first("[dir=rtl i]") is not None or any(each.mirrored for each in paints.values())
    tables = parser.css("table") if turned else ()
    return frozenset(table.mem_id for table in tables if _runs_left(table, paints))


def _runs_left(node: LexborNode, paints: Mapping[int, ElementPaint]) -> bool:
    for each in upwards(node):
        paint = paints.get(each.mem_id)
        if paint is not None and paint.mirrored is not None:
            return paint.mirrored
        stated = (each.attributes.get("dir") or "").lower() if each.attributes else ""
        if stated in ("rtl", "ltr"):
            return stated == "rtl"
    return False


def shuffled_cells(
    paints: Mapping[int, ElementPaint], elements: Mapping[int, StyledElement]
) -> Iterator[int]:
    """Yield the ids of the cells in rows of which some part is displayed in another order or position."""
    rows: dict[int, LexborNode] = {}
    for mem_id, element in elements.items():
        paint = paints.get(mem_id)
        tag = element.node.tag
        if paint is None or tag not in _ROW_PARTS:
            continue
        if paint.displaced or paint.reversing or paint.ordered or (tag == "tr" and paint.moved):
            row = next((each for each in upwards(element.node) if each.tag == "tr"), None)
            if row is not None:
                rows[row.mem_id] = row
    for row in rows.values():
        yield from (cell.mem_id for cell in row.css("td,th"))


def shadowed_cells(parser: LexborHTMLParser) -> Iterator[int]:
    """Yield the ids of the cells whose content a shadow tree replaces, if that is not plain text."""
    for template in parser.css("template[shadowrootmode]"):
        host = template.parent
        if host is None or (shadow_of(host) is not None and cell_around(host) is not None):
            continue
        around = cell_around(host)
        for cell in [around] if around is not None else host.css("td,th"):
            yield cell.mem_id


def plainly_shadowed_cells(parser: LexborHTMLParser) -> Iterator[LexborNode]:
    """Yield the cells inside which a shadow tree shows plain text."""
    hosts = (template.parent for template in parser.css("template[shadowrootmode]"))
    cells = (cell_around(host) for host in hosts if host is not None and shadow_of(host) is not None)
    yield from (cell for cell in cells if cell is not None)


def covered_cells(parser: LexborHTMLParser, paints: Mapping[int, ElementPaint]) -> Iterator[int]:
    """Yield the ids of the cells that a positioned element or frame outside the table may cover."""
    for frame in parser.css("iframe[srcdoc],iframe[src^='data:' i]"):
        if any(_floats(paints.get(each.mem_id)) for each in upwards(frame)):
            yield from _cells_near(frame)
    lifted = {mem_id for mem_id, paint in paints.items() if paint.lifted}
    for node in parser.css("[class],[id],[style]") if lifted else ():
        if node.mem_id in lifted and _says_number(node):
            yield from _cells_near(node)


def _floats(paint: ElementPaint | None) -> bool:
    return paint is not None and (paint.lifted or paint.displaced)


def _says_number(node: LexborNode) -> bool:
    return cell_around(node) is None and node.tag != "svg" and is_value("".join((node.text() or "").split()))


def _cells_near(node: LexborNode) -> Iterator[int]:
    """Yield the ids of the cells in the tables nearest before an element."""
    for around in upwards(node):
        cells = around.css("td,th")
        if cells:
            yield from (cell.mem_id for cell in cells)
            return
