"""Finds the tables that a page makes of boxes: rows of flex, grid, inline-block or floating elements.

Phones' pages and page builders have no table elements; their style sheets set elements beside each other. A
table is two or more such rows below each other, some of their boxes with a number alone. Its columns are told
by the widths of the boxes, by the columns of the grid, or by equally many boxes in every row; otherwise the
page is read as before, box by box.
"""

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from selectolax.lexbor import LexborHTMLParser, LexborNode

from extractor.formats.html.box_grids import BoxCell, boxes_in_grid, grid_columns, span_of
from extractor.formats.html.displaced import pixels
from extractor.formats.html.lexbor import upwards
from extractor.formats.html.looks import Looks
from extractor.formats.html.placed_styles import PlacedStyles, styles_in
from extractor.formats.html.start_tags import StartTags
from extractor.formats.html.style_sheets import StyleSheets
from extractor.numerals import has_number, is_value
from extractor.patterns import kept_pattern

# One of these stands in every page with tables of boxes.
_MENTIONS = (b"flex", b"grid", b"table-cell", b"table-row", b"inline-block", b"float", b"col-", b"role=")
_NUMBER = kept_pattern(rb">\s*(?:\d|\xef\xbc[\x90-\x99])[^<>:-]{0,8}<")  # alone in an element, no date
_MOST_TABLES = 2  # table elements of a page that is examined; with more its tables are no boxes
_LONGEST = 160  # characters of one box
_FEWEST_ROWS, _FEWEST_NUMBERS = 2, 3
_MOST_TEXTS = 6  # boxes with text for each number
_MOST_BOXES = 40  # in a row
_PARTS = ("flex", "inline-flex", "table-row")
_SETTING = (*_PARTS, "grid", "inline-grid")
_BESIDE = ("table-cell", "inline-block", "inline-flex", "inline-table")
_FRAMEWORK = kept_pattern(
    r"(?:^|\s)(?:(?:el|layui|ant|van|am|mdui)-)?col-(?:(?:xs|sm|md|lg|xl)-?)?(\d{1,2})(?=\s|$)"
)
_SAME = 0.015  # of a row's width, by which edges of one column may differ
_DROPPED = ("br", "script", "style", "template")
_TABLE_PARTS = ("table", "tbody", "thead", "tr", "td", "th")


class BoxTables(Struct, frozen=True):
    """The elements of a page's tables of boxes, by id."""

    begin: frozenset[int] = frozenset()  # the first row of each table
    end: frozenset[int] = frozenset()  # the last row of each table
    rows: frozenset[int] = frozenset()  # a grid is one element with all its rows
    boxes: Mapping[int, BoxCell] = {}


NO_BOXES = BoxTables()


class _BoxRow(Struct):
    node: LexborNode
    boxes: list[LexborNode]
    widths: list[float | None]  # of each box, as shares or lengths


def find_box_tables(parser: LexborHTMLParser, tags: StartTags, looks: Looks) -> BoxTables:
    """Return the tables of boxes of a page; most pages have none."""
    if not _mentions_boxes(looks.sheets, tags) or len(parser.css("table")) > _MOST_TABLES:
        return NO_BOXES
    if sum(1 for _ in _NUMBER.finditer(tags.page)) < _FEWEST_NUMBERS:
        return NO_BOXES
    hidden = frozenset(node.mem_id for node in looks.hidden)
    styles = styles_in(parser, looks.sheets)
    begin, end, rows = set[int](), set[int](), set[int]()
    boxes: dict[int, BoxCell] = {}
    for run, laid in _tables(parser, styles, hidden):
        begin.add(run[0].mem_id)
        end.add(run[-1].mem_id)
        rows.update(node.mem_id for node in run)
        boxes |= laid
    return BoxTables(frozenset(begin), frozenset(end), frozenset(rows), boxes) if rows else NO_BOXES


def _mentions_boxes(sheets: StyleSheets, tags: StartTags) -> bool:
    """Return whether an element or a style sheet of a page may set boxes beside each other."""
    if tags.may_have(*_MENTIONS):
        return tags.text is not None or any(word in tags.page for word in _MENTIONS)
    texts = [sheet.lower().encode() for sheet in sheets.matching]
    return any(word in text for text in texts for word in _MENTIONS)


def _tables(
    parser: LexborHTMLParser, styles: PlacedStyles, hidden: frozenset[int]
) -> Iterator[tuple[list[LexborNode], dict[int, BoxCell]]]:
    """Yield the rows of each table with its boxes."""
    found: dict[int, _BoxRow] = {}
    parents: dict[int, LexborNode] = {}
    grids: set[int] = set()
    for node in _candidates(parser, styles):
        if node.parent is None or (grids and any(above.mem_id in grids for above in upwards(node))):
            continue
        row = _row_of(node, styles, hidden)
        if row is None:
            continue
        if (columns := grid_columns(styles.of(node))) and len(row.boxes) > columns:
            laid = boxes_in_grid(row.boxes, columns, styles)
            if laid is not None and _holds_numbers([row]):
                grids.add(node.mem_id)
                yield [node], laid
            continue
        if len(row.boxes) <= _MOST_BOXES:
            found[node.mem_id] = row
            parents.setdefault(node.parent.mem_id, node.parent)
    around = {above.mem_id for row in found.values() for above in upwards(row.node) if above is not row.node}
    for parent in parents.values():
        for run in _runs(parent, {i: row for i, row in found.items() if i not in around}, hidden):
            columns_of_boxes = _boxes_of(run) if _is_table(run) else None
            if columns_of_boxes is not None:
                yield [row.node for row in run], columns_of_boxes


def _candidates(parser: LexborHTMLParser, styles: PlacedStyles) -> list[LexborNode]:
    """Return the elements that may be rows or grids, by their own styles or by those of elements in them."""
    found: dict[int, LexborNode] = {}
    inside = list(parser.css("[class*='col-']"))
    for node in styles.nodes.values():
        values = styles.of(node)
        if values.get("display", "") in _SETTING:
            found[node.mem_id] = node
        if values.get("display") in _BESIDE or values.get("float") == "left":
            inside.append(node)
    around = (node.parent for node in inside)
    for row in (*parser.css("[role=row i]"), *(node for node in around if node is not None)):
        found[row.mem_id] = row
    return list(found.values())


def _runs(parent: LexborNode, rows: Mapping[int, _BoxRow], hidden: frozenset[int]) -> Iterator[list[_BoxRow]]:
    """Yield the rows inside an element that are directly below each other."""
    run: list[_BoxRow] = []
    for child in parent.iter():
        if child.tag in _DROPPED or child.mem_id in hidden:
            continue
        if child.mem_id in rows:
            run.append(rows[child.mem_id])
            continue
        if run:
            yield run
        run = []
    if run:
        yield run


def _row_of(node: LexborNode, styles: PlacedStyles, hidden: frozenset[int]) -> _BoxRow | None:
    """Return an element as a row, if its elements are displayed beside each other and are short."""
    if node.tag in _TABLE_PARTS or node.mem_id in hidden:
        return None
    boxes = [child for child in node.iter() if child.tag not in _DROPPED and child.mem_id not in hidden]
    if not boxes or any(box.tag in _TABLE_PARTS for box in boxes):
        return None
    values = styles.of(node)
    roles = (node.attributes.get("role") or "").lower()
    if not (_is_beside(values, roles) or all(_stands_beside(box, styles) for box in boxes)):
        return None
    if any(_is_moved(styles.of(box)) for box in (node, *boxes)) or _has_text_of_its_own(node):
        return None
    if any(len(box.text() or "") > _LONGEST or box.css_first("table,img,input") for box in boxes):
        return None
    return _BoxRow(node, boxes, [_width_of(box, styles, values) for box in boxes])


def _is_beside(values: Mapping[str, str], role: str) -> bool:
    direction = values.get("flex-direction", "") + values.get("flex-flow", "")
    if values.get("display") in _PARTS:
        return "column" not in direction and "reverse" not in direction and "wrap" not in direction
    return role == "row" or (values.get("display", "").endswith("grid") and grid_columns(values) > 1)


def _stands_beside(box: LexborNode, styles: PlacedStyles) -> bool:
    values = styles.of(box)
    framework = _FRAMEWORK.search(box.attributes.get("class") or "") is not None
    return framework or values.get("display") in _BESIDE or values.get("float") == "left"


def _is_moved(values: Mapping[str, str]) -> bool:
    return (
        values.get("order", "0") != "0"
        or values.get("position") in ("absolute", "fixed")
        or values.get("float") == "right"
        or values.get("direction") == "rtl"
        or "transform" in values
    )


def _has_text_of_its_own(node: LexborNode) -> bool:
    children = node.iter(include_text=True)
    return any(child.tag == "-text" and (child.text_content or "").strip() for child in children)


def _width_of(box: LexborNode, styles: PlacedStyles, around: Mapping[str, str]) -> float | None:
    """Return the width of a box in its row: a share, a length or columns of a grid; None if unknown."""
    values = styles.of(box)
    if around.get("display", "").endswith("grid"):
        span, _ = span_of(values.get("grid-column", ""))
        return float(span) if span > 0 else None
    if framework := _FRAMEWORK.search(box.attributes.get("class") or ""):
        return float(framework[1])
    flex = values.get("flex", "").split()
    basis = values.get("flex-basis") or (flex[2] if len(flex) > 2 else "")
    for length in (basis, values.get("width", "")):
        if length and length not in ("auto", "0", "0%", "0px"):
            return float(length[:-1]) if length.endswith("%") else pixels(length)
    grow = values.get("flex-grow") or (flex[0] if flex else "")
    return float(grow) if grow.replace(".", "").isdecimal() and float(grow) else None


def _is_table(run: Sequence[_BoxRow]) -> bool:
    wide = [row for row in run if len(row.boxes) > 1]
    return len(wide) >= _FEWEST_ROWS and _holds_numbers(wide)


def _holds_numbers(rows: Sequence[_BoxRow]) -> bool:
    """Return whether enough boxes hold a number alone for a table of data."""
    texts = ["".join((box.text() or "").split()) for row in rows for box in row.boxes]
    numbers = sum(has_number(text) and is_value(text) for text in texts)
    return numbers >= _FEWEST_NUMBERS and _MOST_TEXTS * numbers >= sum(map(bool, texts))


def _boxes_of(run: Sequence[_BoxRow]) -> dict[int, BoxCell] | None:
    """Return the boxes of a table with the columns that each covers; None if nothing tells."""
    wide = [row for row in run if len(row.boxes) > 1]
    counts = {len(row.boxes) for row in wide}
    widths = [[width for width in row.widths if width is not None] for row in wide]
    if len(counts) == 1:
        spans = {box.mem_id: 1 for row in wide for box in row.boxes}
        total = counts.pop()
    elif all(len(known) == len(row.boxes) for known, row in zip(widths, wide, strict=True)):
        edges = [_edges(known) for known in widths]
        united = _united(edges)
        total = len(united)
        sums = [sum(known) for known in widths]
        if total > _MOST_BOXES or max(sums) - min(sums) > _SAME * max(sums):
            return None
        spans = _spans(wide, edges, united)
    else:
        return None
    spans |= {row.boxes[0].mem_id: total for row in run if len(row.boxes) == 1}
    return {
        box.mem_id: BoxCell(spans[box.mem_id], 1, at == 0) for row in run for at, box in enumerate(row.boxes)
    }


def _edges(widths: Sequence[float]) -> list[float]:
    """Return where each box ends, as a share of its row."""
    total, at = sum(widths), 0.0
    edges = []
    for width in widths:
        at += width
        edges.append(at / total)
    return edges


def _united(rows: Sequence[Sequence[float]]) -> list[float]:
    found: list[float] = []
    for edge in sorted(edge for row in rows for edge in row):
        if not found or edge - found[-1] > _SAME:
            found.append(edge)
    return found


def _spans(
    wide: Sequence[_BoxRow], edges: Sequence[Sequence[float]], united: Sequence[float]
) -> dict[int, int]:
    spans: dict[int, int] = {}
    for row, ends in zip(wide, edges, strict=True):
        before = 0
        for box, end in zip(row.boxes, ends, strict=True):
            upto = sum(edge <= end + _SAME for edge in united)
            spans[box.mem_id] = max(1, upto - before)
            before = upto
    return spans
