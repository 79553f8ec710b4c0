"""Finds the cells that mean the same as a number in the prose, by the codes of data/figure_codes.yaml."""

from collections.abc import Iterator

from msgspec import Struct

from extractor.codes import cells_of_code, figure_codes
from extractor.report import Number, Report
from extractor.rules.editions import EffectiveNumbers

_RECEIVED = "requests_received"


class CellSum(Struct, frozen=True):
    """Cells and their sum."""

    cells: tuple[str, ...]
    value: Number


def name_of(code: str) -> str:
    """Return what a code means; the code itself if it is unknown.

    >>> name_of("requests_refused")
    '不予公开'
    """
    known = figure_codes().get(code)
    return known.says if known else code


def cells_saying(code: str, report: Report) -> list[CellSum]:
    """Return the cells that a number with this code may correspond to, if their values are known.

    The number of requests received may or may not include those carried over from last year.
    """
    found = list(_told(code, report))[:1]
    carried = list(_told("requests_carried_in", report)) if code == _RECEIVED and found else []
    if carried and carried[0].value:
        both = CellSum((*found[0].cells, *carried[0].cells), found[0].value + carried[0].value)
        return [*found, both]
    return found


def _told(code: str, report: Report) -> Iterator[CellSum]:
    """Yield the cells for a code in the editions that the report's tables follow."""
    places = tuple(cells_of_code(code, report.tables))
    if not places:
        return
    ledger = EffectiveNumbers(report)
    for cells in places:
        values = [number for cell in cells if (number := ledger.number(cell)) is not None]
        if len(values) == len(cells):
            yield CellSum(cells, sum(values))
