"""Decides which conditions of a Word table style apply to a cell: first row, last column and so on."""

from collections.abc import Iterator

from msgspec import Struct

from extractor.formats.docx.package import VAL, W
from extractor.formats.docx.styles import value_of, whole_number
from extractor.formats.package import Element

# Switches of w:tblLook, by the bit that older files have instead.
_BITS = {
    "firstRow": 0x20, "lastRow": 0x40, "firstColumn": 0x80, "lastColumn": 0x100,
    "noHBand": 0x200, "noVBand": 0x400,
}  # fmt: skip
_USUAL_LOOK = 0x4A0  # where a table says nothing
# Later ones are over earlier ones.
_ORDER = (
    "wholeTable", "band1Vert", "band2Vert", "band1Horz", "band2Horz",
    "firstCol", "lastCol", "firstRow", "lastRow", "neCell", "nwCell", "seCell", "swCell",
)  # fmt: skip


class CellPlace(Struct, frozen=True):
    """The position of a cell in its table (0-based), and the conditions enabled for the table."""

    row: int
    column: int
    last_row: bool
    last_column: bool
    on: frozenset[str]


def place_of(run: Element, table: Element) -> CellPlace:
    """Return the position of the cell that contains a run of a w:tbl."""
    cell = next((each for each in run.iterancestors(f"{W}tc")), None)
    row = None if cell is None else next(cell.iterancestors(f"{W}tr"), None)
    rows = list(table.iter(f"{W}tr")) if row is not None else []
    cells = list(row.iter(f"{W}tc")) if row is not None else []
    at = rows.index(row) if row is not None else 0
    column = cells.index(cell) if cell is not None and cell in cells else 0
    return CellPlace(at, column, at == len(rows) - 1, column == len(cells) - 1, _switched_on(table))


def _switched_on(table: Element) -> frozenset[str]:
    look = table.find(f"{W}tblPr/{W}tblLook")
    try:
        bits = _USUAL_LOOK if look is None else int(look.get(VAL) or "0", 16)
    except ValueError:
        bits = 0
    on = {name for name, bit in _BITS.items() if bits & bit}
    for name in _BITS if look is not None else ():
        stated = look.get(f"{W}{name}") if look is not None else None
        if stated is not None:
            (on.add if stated in ("1", "true", "on") else on.discard)(name)
    return frozenset(on)


def conditions_in(style: Element, place: CellPlace) -> Iterator[Element]:
    """Yield the w:tblStylePr of a style that apply to a cell, the most specific first."""
    found = {each.get(f"{W}type", ""): each for each in style.iterfind(f"{W}tblStylePr")}
    if not found:
        return
    held = set(_held(style, place))
    yield from (found[name] for name in reversed(_ORDER) if name in found and name in held)


def _held(style: Element, place: CellPlace) -> Iterator[str]:
    on = place.on
    yield "wholeTable"
    first_row = "firstRow" in on and place.row == 0
    last_row = "lastRow" in on and place.last_row
    first_column = "firstColumn" in on and place.column == 0
    last_column = "lastColumn" in on and place.last_column
    named = (
        ("firstRow", first_row),
        ("lastRow", last_row),
        ("firstCol", first_column),
        ("lastCol", last_column),
    )
    yield from (name for name, holds in named if holds)
    corners = (("nwCell", first_row and first_column), ("neCell", first_row and last_column),
               ("swCell", last_row and first_column), ("seCell", last_row and last_column))  # fmt: skip
    yield from (name for name, holds in corners if holds)
    if "noHBand" not in on and not (first_row or last_row):
        yield f"band{_band(style, place.row - ('firstRow' in on), 'tblStyleRowBandSize')}Horz"
    if "noVBand" not in on and not (first_column or last_column):
        yield f"band{_band(style, place.column - ('firstColumn' in on), 'tblStyleColBandSize')}Vert"


def _band(style: Element, number: int, size_name: str) -> int:
    size = whole_number(value_of(style, "tblPr", size_name)) or 1
    return 1 + number // size % 2
