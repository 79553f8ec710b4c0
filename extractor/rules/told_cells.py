"""The cells that say the same as a number told in prose, by the codes of data/figure_codes.yaml."""

from collections.abc import Iterator
from functools import cache
from importlib import resources

import msgspec
import yaml
from msgspec import Struct

from extractor.report import Number, Report
from extractor.rules.editions import Ledger

_RECEIVED = "requests_received"


class _Code(Struct, frozen=True):
    says: str
    cells: dict[str, str] = {}
    sums: dict[str, str] = {}


class Told(Struct, frozen=True):
    """Cells, and what they add up to."""

    cells: tuple[str, ...]
    value: Number


def name_of(code: str) -> str:
    """Return what a code means; the code itself where nobody knows.

    >>> name_of("requests_refused")
    '不予公开'
    """
    known = _codes().get(code)
    return known.says if known else code


def cells_saying(code: str, report: Report) -> list[Told]:
    """Return the numbers of a report's tables that a number of this code may be: none where none is known.

    Requests received may be told with those carried in.
    """
    found = list(_told(code, report))[:1]
    carried = list(_told("requests_carried_in", report)) if code == _RECEIVED and found else []
    if carried and carried[0].value:
        both = Told((*found[0].cells, *carried[0].cells), found[0].value + carried[0].value)
        return [*found, both]
    return found


def _told(code: str, report: Report) -> Iterator[Told]:
    """Yield the cells of the editions that the report's tables have."""
    known = _codes().get(code)
    places = (*known.cells.values(), *known.sums.values()) if known else ()
    ledger = Ledger(report) if places else None
    for place in places:
        table, row, column = place.split(".")
        rows = report.tables.get(table, {})
        names = [name for name in rows if name == row or (row.endswith("*") and name.startswith(row[:-1]))]
        cells = tuple(f"{table}.{name}.{column}" for name in names)
        numbers = [ledger.number(cell) for cell in cells if ledger and cell in ledger]
        values = [number for number in numbers if number is not None]
        if cells and len(values) == len(cells):
            yield Told(cells, sum(values))


@cache
def _codes() -> dict[str, _Code]:
    text = (resources.files("extractor") / "data" / "figure_codes.yaml").read_text(encoding="utf-8")
    return msgspec.convert(yaml.safe_load(text), dict[str, _Code])
