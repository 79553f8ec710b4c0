"""Excel workbooks (.xlsx) with cells that are not plain, read directly: conversion loses their display.

Struck out, raised, tiny or invisible runs, hidden rows, columns and sheets, number formats
that show nothing, pictures over cells: none of these survive a conversion.
"""

import io
import re
import warnings
from datetime import date

import openpyxl
from lxml import etree
from msgspec import Struct, structs
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.styles import Font
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from extractor.document import (
    NOWHERE,
    Cell,
    Document,
    Locator,
    Notice,
    Source,
    Table,
    Unread,
    UnreadKind,
    cells_from_the_right,
)
from extractor.errors import Unreadable
from extractor.formats.office.anchors import Overlay, pictures_of
from extractor.formats.office.colors import BLACK, WHITE, is_near, rgb_of
from extractor.formats.office.conditional import ConditionalFormat, conditional_formats
from extractor.formats.office.number_format import shown
from extractor.formats.office.recalculated import stale_cells
from extractor.formats.painted import TINY, Look, Seen, is_plain, not_painted_in, seen_of
from extractor.patterns import kept_pattern
from extractor.zip_reader import ZIP_DAMAGE

_REFUSALS = (
    *ZIP_DAMAGE, InvalidFileException, Unreadable, etree.LxmlError, AttributeError, KeyError, TypeError,
)  # fmt: skip
# Fonts that show symbols instead of digits.
_SIGNS = kept_pattern(r"(?:Wing|Web)dings|Marlett", re.IGNORECASE)
_USUAL_SIZE = 11.0  # points; the default font size
_SLACK = 0.5  # digits of width by which text may be too long
_LARGEST = 200_000  # cells of the largest workbook that is read this way


class _Grid(Struct):
    """The visible rows and columns of a sheet, by their numbers in the file, and its merged cells."""

    rows: dict[int, int]
    columns: dict[int, int]
    spans: dict[tuple[int, int], tuple[int, int]]
    covered: set[tuple[int, int]]
    widths: dict[int, float]  # set column widths, in digits of the default font size


class _Sheet(Struct):
    """The visible content of a sheet."""

    table: Table
    left: int  # number of hidden rows and columns with content
    is_plain: bool


def read_unplain(source: Source) -> Document | None:
    """Return a workbook with cells that are not plain; None if all are plain, or it cannot be opened."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and extensions that do not matter here
            book = openpyxl.load_workbook(io.BytesIO(source.data), data_only=True, rich_text=True)
        pictures, stale = pictures_of(source), stale_cells(source)
        sheets = [
            _read_sheet(sheet, pictures.get(sheet.title, {}), stale.get(sheet.title, frozenset()))
            for sheet in book.worksheets
            if sheet.sheet_state == "visible"
        ]
    except _REFUSALS:
        return None
    hidden = [sheet.title for sheet in book.worksheets if sheet.sheet_state != "visible"]
    left = sum(each.left for each in sheets)
    if all(each.is_plain for each in sheets) and not hidden:
        return None
    filled = [each.table for each in sheets if any(cell.speaks for cell in each.table.cells)]
    blocks = tuple(_located(table, number) for number, table in enumerate(filled, 1))
    message = f"电子表格有{len(blocks)}张有内容的工作表，每张读作一个表格"
    notices = [Notice("spreadsheet", message), *not_painted_in(blocks)]
    if hidden or left:
        told = f"有{len(hidden)}张隐藏的工作表、{left}行列隐藏的内容没有读"
        notices.append(Notice("hidden-content", told))
    return Document("doc", blocks, {}, tuple(notices))


def _located(table: Table, number: int) -> Table:
    cells = (
        structs.replace(cell, locator=Locator(table=number, row=cell.row + 1, column=cell.column + 1))
        for cell in table.cells
    )
    return Table(tuple(cells), Locator(table=number))


class _Overlaid(Struct):
    """What lies over the cells of a sheet, or changes what they show."""

    pictures: dict[tuple[int, int], Overlay]  # by row and column
    stale: frozenset[str]  # the names of cells
    conditional: list[ConditionalFormat]

    def over(self, cell: SheetCell, seen: Seen, size: tuple[int, int]) -> Seen:
        """Return what is seen of a cell, of `size` rows and columns, when all of it is counted in."""
        if self.pictures:
            rows, columns = (range(at, at + n) for at, n in zip((cell.row, cell.column), size, strict=True))
            places = [(row, column) for row in rows for column in columns]
            for overlay in dict.fromkeys(self.pictures[at] for at in places if at in self.pictures):
                seen = _with_picture(seen, overlay, inside=overlay.places <= set(places))
        if cell.coordinate in self.stale:
            seen = structs.replace(seen, unread=(*seen.unread, Unread("field", seen.text)))
        seen = _with_conditions(seen, cell, [each for each in self.conditional if each.holds_for(cell)])
        return structs.replace(seen, doubt="annotation") if seen.doubt is None and cell.comment else seen


def _read_sheet(sheet: Worksheet, pictures: dict[tuple[int, int], Overlay], stale: frozenset[str]) -> _Sheet:
    """Return the cells of a sheet that are shown, and what is known of the others."""
    if sheet.max_row * sheet.max_column > _LARGEST:
        raise ValueError("more cells than any report has")
    grid = _grid_of(sheet)
    overlaid = _Overlaid(pictures, stale, list(conditional_formats(sheet)))
    sizes = {
        (each.min_row, each.min_col): (each.max_row - each.min_row + 1, each.max_col - each.min_col + 1)
        for each in (sheet.merged_cells.ranges if pictures else ())
    }
    zeros = all(view.showZeros is not False for view in sheet.views.sheetView)
    cells: list[Cell] = []
    hidden: set[tuple[str, int]] = set()
    struck = False
    for row in sheet.iter_rows():
        for one in row:
            at = (one.row, one.column)
            if one.row not in grid.rows or one.column not in grid.columns:
                if one.value is not None:
                    hidden.add(("row", one.row) if one.row not in grid.rows else ("column", one.column))
                continue
            if at in grid.covered:
                continue
            size = sizes.get(at, (1, 1))
            seen = overlaid.over(one, _fitted(sheet, one, _seen(one, zeros), grid), size)
            raw = one.value if isinstance(one.value, (str, CellRichText)) else ""
            struck = struck or len(seen.text) < len(str(raw))
            height, width = grid.spans.get(at, (1, 1))
            place = (grid.rows[one.row], grid.columns[one.column])
            cell = Cell(*place, seen.text, NOWHERE, height, width)
            cells.append(seen.told_in(cell))
    mirrored = any(view.rightToLeft for view in sheet.views.sheetView)
    table = Table(tuple(cells_from_the_right(cells) if mirrored else cells))
    return _Sheet(table, len(hidden), not (hidden or struck or mirrored) and is_plain((table,)))


def _fitted(sheet: Worksheet, cell: SheetCell, seen: Seen, grid: _Grid) -> Seen:
    if not _is_too_narrow(sheet, cell, seen.text, grid):
        return seen
    return structs.replace(seen, text="", unread=(*seen.unread, Unread("field", seen.text)))


def _is_too_narrow(sheet: Worksheet, cell: SheetCell, text: str, grid: _Grid) -> bool:
    """Return whether a number does not fit into its columns, so that `####` is shown instead."""
    if (
        not isinstance(cell.value, (int, float))
        or cell.alignment.shrink_to_fit
        or cell.alignment.textRotation
    ):
        return False
    widths = grid.widths
    _, span = grid.spans.get((cell.row, cell.column), (1, 1))
    columns = range(cell.column, cell.column + span)
    if any(column not in widths for column in columns):
        return False  # default width
    size = (cell.font.sz or _USUAL_SIZE) / _USUAL_SIZE
    return len(text) * size > sum(widths[column] for column in columns) + _SLACK


def _grid_of(sheet: Worksheet) -> _Grid:
    gone_rows = {n for n, each in sheet.row_dimensions.items() if each.hidden or (each.height or 20) < 1}
    gone_columns: set[int] = set()
    widths: dict[int, float] = {}
    for each in sheet.column_dimensions.values():
        if each.hidden or (each.customWidth and (each.width or 0) < 0.2):
            gone_columns.update(range(each.min or 0, min((each.max or 0), sheet.max_column) + 1))
        elif each.customWidth and each.width:
            last = min((each.max or 0), sheet.max_column)
            widths.update(dict.fromkeys(range(each.min or 0, last + 1), each.width))
    rows = [n for n in range(1, sheet.max_row + 1) if n not in gone_rows]
    columns = [n for n in range(1, sheet.max_column + 1) if n not in gone_columns]
    grid = _Grid({n: i for i, n in enumerate(rows)}, {n: i for i, n in enumerate(columns)}, {}, set(), widths)
    for merged in sheet.merged_cells.ranges:
        height = sum(n in grid.rows for n in range(merged.min_row, merged.max_row + 1))
        width = sum(n in grid.columns for n in range(merged.min_col, merged.max_col + 1))
        places = {
            (r, c)
            for r in range(merged.min_row, merged.max_row + 1)
            for c in range(merged.min_col, merged.max_col + 1)
        }
        grid.spans[merged.min_row, merged.min_col] = (max(height, 1), max(width, 1))
        grid.covered |= places - {(merged.min_row, merged.min_col)}
    return grid


def _with_conditions(seen: Seen, cell: SheetCell, formats: list[ConditionalFormat]) -> Seen:
    """Return what is seen of a cell where conditions, which are not weighed here, may change its looks."""
    if not formats or not (seen.text.strip() or seen.left_out):
        return seen
    if seen.left_out:  # a condition may show what the cell's own format hides
        seen = structs.replace(seen, doubt="hidden-text")

    def is_faint(font: object, fill: object) -> bool:
        own = cell.fill
        ground = WHITE if own is None or own.fill_type != "solid" else rgb_of(own.fgColor, WHITE)
        if fill is not None:
            ground = rgb_of(getattr(fill, "bgColor", None), WHITE)
        color = getattr(font, "color", None) or cell.font.color
        return is_near(rgb_of(color, BLACK), ground)

    hiding = [each for each in formats if each.may_hide(is_faint)]
    if len(formats) == 1 and hiding and formats[0].is_met:
        return seen_of([(seen.text, "absent")])
    if hiding:
        return structs.replace(seen, unread=(*seen.unread, Unread("style", seen.text)))
    return seen if seen.doubt else structs.replace(seen, doubt="overlay")


def _with_picture(seen: Seen, overlay: Overlay, *, inside: bool) -> Seen:
    """Return what is seen of a cell with something over it, which may lie `inside` it."""
    filled = bool(seen.text.strip())
    if filled and overlay.kind != "box":
        return structs.replace(seen, doubt=seen.doubt or "overlay")
    number = overlay.number if inside and not seen.unread else ""
    if filled and number and overlay.opaque:
        return Seen(number, doubt="overlay")
    kind: UnreadKind = "picture" if overlay.kind == "pic" else "drawing"
    return structs.replace(seen, unread=(*seen.unread, Unread(kind, number, shown=bool(number))))


def _seen(cell: SheetCell, zeros: bool) -> Seen:
    """Return the visible content of a cell."""
    value = cell.value
    if value is None:
        return Seen("")
    if isinstance(value, date) and cell.number_format.lower() in ("d", "dd"):
        value = value.day
    if isinstance(value, bool) or not isinstance(value, (str, int, float, CellRichText)):
        return Seen("", unread=(Unread("field", str(value)[:20]),))
    if not isinstance(value, CellRichText):
        text = shown(value, cell.number_format)
        if text is None:
            return Seen("", unread=(Unread("field", str(value)[:20]),))
        hides = not text.strip() or (value == 0 and not zeros)
        look: Look = "absent" if hides else _look(cell.font, cell, cell.font)
        seen = seen_of([(str(value) if hides else text, look)])
        signs = _SIGNS.match(cell.font.name or "") and any(map(str.isdigit, seen.text))
        return Seen("", unread=(Unread("drawing", seen.text),)) if signs else seen
    if cell.number_format.count(";") == 3 and not cell.number_format.rpartition(";")[2].strip():
        return seen_of([(str(value), "absent")])
    runs: list[tuple[str, Look]] = []
    for part in value:
        font = part.font if isinstance(part, TextBlock) else cell.font
        runs.append((part.text if isinstance(part, TextBlock) else part, _look(font, cell, cell.font)))
    return seen_of(runs)


def _look(font: object, cell: SheetCell, usual: Font) -> Look:
    size = getattr(font, "sz", None) or usual.sz or 11
    color = rgb_of(getattr(font, "color", None), BLACK)
    fill = cell.fill
    ground = rgb_of(fill.fgColor, WHITE) if fill is not None and fill.fill_type == "solid" else WHITE
    if size <= 2 or size < TINY * (usual.sz or 11):
        return "hidden"
    if is_near(color, ground):
        return "hidden" if color != ground else "absent" if ground == WHITE else "blended"
    if getattr(font, "strike", None):
        return "struck"
    return "raised" if getattr(font, "vertAlign", None) in ("superscript", "subscript") else "plain"
