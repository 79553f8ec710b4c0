"""Writes down what a careful reader finds in a report, in the shape of the output contract."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from msgspec import Struct, structs

from .draft import Draft
from .equations import failing
from .figures import Value

SURE = ("read", "decoded")
NO_NUMBER = ("undecided", "missing", "unreadable", "blank")


class ExpectedCell(Struct, frozen=True, omit_defaults=True):
    """The right value of a cell and the states that may carry it."""

    value: Value | None
    states: tuple[str, ...] = ("read",)
    raw: str | None = None  # only where the layout keeps the characters
    unit: str | None = None
    optional: bool = False  # the layout has lost so much that "no number" is right as well


class Expected(Struct, frozen=True):
    """The right answer for one document."""

    title: str | None
    agency: str | None
    year: int | None
    form: str | None
    sections: tuple[tuple[str, str], ...]  # code, heading; headings without a code are left out
    cells: dict[str, ExpectedCell]
    failing: tuple[tuple[str, str], ...]  # check id, place
    verdicts: tuple[str, ...]  # the right one first, then others that can be defended
    agency_also: tuple[str | None, ...] = ()  # other names that are right as well
    title_also: tuple[str, ...] = ()

    def to_plain(self) -> dict[str, Any]:
        """Return JSON-ready data; decimals keep their digits as text."""
        return {
            "title": self.title,
            "issuer": {"name": self.agency, "also": list(self.agency_also)},
            "year": self.year,
            "form": self.form,
            "sections": [{"code": code, "heading": heading} for code, heading in self.sections],
            "cells": {cell: _plain_cell(e) for cell, e in self.cells.items()},
            "checks_failing": [{"id": i, "at": at} for i, at in self.failing],
            "verdict": self.verdicts[0],
            "verdict_also": list(self.verdicts[1:]),
        }


def from_plain(plain: Mapping[str, Any]) -> Expected:
    """Return the answer that `to_plain` wrote."""
    return Expected(
        title=plain["title"],
        agency=plain["issuer"]["name"],
        year=plain["year"],
        form=plain["form"],
        sections=tuple((s["code"], s["heading"]) for s in plain["sections"]),
        cells={cell: _cell_from_plain(e) for cell, e in plain["cells"].items()},
        failing=tuple((c["id"], c["at"]) for c in plain["checks_failing"]),
        verdicts=(plain["verdict"], *plain["verdict_also"]),
        agency_also=tuple(plain["issuer"]["also"]),
    )


def _plain_cell(cell: ExpectedCell) -> dict[str, Any]:
    value = format(cell.value, "f") if isinstance(cell.value, Decimal) else cell.value
    plain: dict[str, Any] = {"value": value, "states": list(cell.states)}
    extra = {"raw": cell.raw, "unit": cell.unit, "optional": cell.optional or None}
    return plain | {key: entry for key, entry in extra.items() if entry is not None}


def _cell_from_plain(plain: Mapping[str, Any]) -> ExpectedCell:
    value = Decimal(plain["value"]) if isinstance(plain["value"], str) else plain["value"]
    return ExpectedCell(
        value, tuple(plain["states"]), plain.get("raw"), plain.get("unit"), plain.get("optional", False)
    )


def expect(draft: Draft) -> Expected:
    """Return the answer for a layout that keeps every cell and every line."""
    truth = draft.truth
    broken = failing(truth.values, truth.form)
    return Expected(
        title="".join(draft.title) or None,
        agency=truth.agency.name,
        year=truth.year,
        form=truth.form if truth.tables else None,
        sections=tuple((h.code, h.text) for h in draft.headings if h.code),
        cells={cell: ExpectedCell(p.value, (p.state,), p.raw, p.unit) for cell, p in truth.cells.items()},
        failing=tuple(broken),
        verdicts=(_verdict(draft, bool(broken)),),
    )


def _verdict(draft: Draft, is_broken: bool) -> str:
    whole = {"statistics"} if draft.truth.form == "2014" else {"proactive", "requests", "disputes"}
    if not whole <= set(draft.truth.tables):
        return "partial"
    return "inconsistent" if is_broken else "verified"


def without_raw(expected: Expected) -> Expected:
    """Return the answer for a layout in which the characters of a cell may be read or decoded."""
    cells = {
        cell: ExpectedCell(e.value, SURE if e.value is not None else ("blank", "decoded"), None, e.unit)
        for cell, e in expected.cells.items()
    }
    return structs.replace(expected, cells=cells)


def where_much_is_lost(expected: Expected, *verdicts: str) -> Expected:
    """Return the answer for a layout that may be refused: no number is right, a wrong one is not."""
    cells = {
        cell: ExpectedCell(e.value, (*SURE, *NO_NUMBER), None, None, True)
        for cell, e in expected.cells.items()
    }
    return structs.replace(expected, cells=cells, verdicts=verdicts)


def with_words(expected: Expected, convert: Callable[[str], str]) -> Expected:
    """Return the answer for the same report in another script; the agency may keep its own."""
    cells = {
        cell: structs.replace(e, raw=e.raw and convert(e.raw), unit=e.unit and convert(e.unit))
        for cell, e in expected.cells.items()
    }
    return structs.replace(
        expected,
        cells=cells,
        title=convert(expected.title) if expected.title else None,
        agency_also=(convert(expected.agency),) if expected.agency else (),
        sections=tuple((code, convert(heading)) for code, heading in expected.sections),
    )
