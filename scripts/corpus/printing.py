"""Turns a number into the characters that a publisher puts into a cell."""

from decimal import Decimal
from random import Random
from typing import Literal

from msgspec import Struct

from .figures import Figures, Value

CellState = Literal["read", "blank"]
_FULL_WIDTH = str.maketrans("0123456789.-", "０１２３４５６７８９．－")


class Printed(Struct, frozen=True):
    """One cell as it stands on the page, and what it means."""

    raw: str
    value: Value | None
    state: CellState
    unit: str | None = None


class Style(Struct, frozen=True):
    """The habits of one publisher."""

    zeros: Literal["0", "blank", "bare", "mixed"] = "0"  # blank: totals keep their 0; bare: they do not
    nothing: str = ""  # what stands in a blank cell
    sub_totals: bool = True  # False: 总计 only in 一, 二, （七） and 四
    digits: Literal["plain", "thousands", "full_width", "counted"] = "plain"
    remarks: bool = False  # 22（其中修订16件）
    money_unit: str = ""  # behind 采购总金额: "", "元" or "万元"


PLAIN = Style()
_WITH_TOTAL = ("new", "carried_in", "handled_total", "carried_out")


def print_figures(figures: Figures, style: Style, rng: Random) -> dict[str, Printed]:
    """Return every cell as this publisher prints it."""
    return {cell: _print_cell(cell, value, style, rng) for cell, value in figures.items()}


def _print_cell(cell: str, value: Value, style: Style, rng: Random) -> Printed:
    table, row, column = cell.split(".")
    unstated = table == "requests" and column == "total" and row not in _WITH_TOTAL
    if unstated and not style.sub_totals:
        return Printed(style.nothing, None, "blank")
    if value == 0 and _leaves_zero_blank(column, style, rng):
        return Printed(style.nothing, None, "blank")
    raw = _spell(value, style, rng)
    if style.digits == "counted" and table in ("requests", "disputes") and rng.random() < 0.3:
        raw += "件"
    unit = style.money_unit if cell == "proactive.procurement.amount" and value else ""
    if style.remarks and cell.endswith(".issued") and value:
        raw = f"{raw}（其中修订{rng.randint(1, int(value))}件）"
    return Printed(raw + unit, value, "read", unit or None)


def _leaves_zero_blank(column: str, style: Style, rng: Random) -> bool:
    if style.zeros == "bare":
        return True
    # A blank total beside printed zeros would mean "not stated": here totals keep their 0.
    is_part = column != "total"
    return is_part and (style.zeros == "blank" or (style.zeros == "mixed" and rng.random() < 0.4))


def _spell(value: Value, style: Style, rng: Random) -> str:
    plain = format(value, "f") if isinstance(value, Decimal) else str(value)
    if style.digits == "thousands" and value >= 1000:
        return format(value, ",")
    if style.digits == "full_width" and rng.random() < 0.5:
        return plain.translate(_FULL_WIDTH)
    return plain
