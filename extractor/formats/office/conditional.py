"""Conditional formats of a worksheet: whether one may hide what a cell holds."""

from collections.abc import Callable, Iterator

from msgspec import Struct
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.formatting.rule import Rule
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet


class ConditionalFormat(Struct, frozen=True):
    """A rule of a worksheet and the cells that it holds for, where its condition is met."""

    ranges: tuple[CellRange, ...]
    rule: Rule

    def holds_for(self, cell: SheetCell) -> bool:
        """Say whether a cell is among those that the rule is for."""
        return any(cell.coordinate in each for each in self.ranges)

    @property
    def is_met(self) -> bool:
        """Whether the condition is true of every cell."""
        told = [str(each).strip().upper() for each in self.rule.formula or ()]
        return bool(self.rule.type == "expression" and told in (["TRUE"], ["TRUE()"], ["1"]))

    def may_hide(self, is_faint: Callable[[object, object], bool]) -> bool:
        """Say whether the format hides a number where its condition is met.

        Args:
            is_faint: whether text of a font, None for that of the cell, cannot be read on a fill.
        """
        for part in (self.rule.dataBar, self.rule.iconSet):
            if part is not None and part.showValue is False:
                return True
        looks = self.rule.dxf
        if looks is None:
            return False
        shows = None if looks.numFmt is None else looks.numFmt.formatCode
        if shows is not None and not any(sign in shows for sign in "0#?@G"):
            return True
        return is_faint(looks.font, looks.fill)


def conditional_formats(sheet: Worksheet) -> Iterator[ConditionalFormat]:
    """Yield the conditional formats of a worksheet."""
    for each in sheet.conditional_formatting:
        ranges = tuple(each.sqref.ranges)
        yield from (ConditionalFormat(ranges, rule) for rule in each.rules)
