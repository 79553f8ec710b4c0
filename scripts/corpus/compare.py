"""Compares what the reader gives with the right answer, one line for each difference."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, Literal

from msgspec import Struct

from .expected import NO_NUMBER, Expected, ExpectedCell

Kind = Literal[
    "wrong", "invented", "given_up", "overconfident", "state", "raw", "unit", "title", "agency", "year",
    "form", "sections", "checks", "verdict",
]  # fmt: skip


class Difference(Struct, frozen=True):
    """One thing that the reader got otherwise.

    `wrong` is a number other than the printed one, `invented` a number where none is
    printed, `given_up` no number where one can be read, `overconfident` a number or a
    blank where more than one reading is left.
    """

    kind: Kind
    place: str
    expected: Any
    actual: Any

    def __str__(self) -> str:
        """Return the difference as one line of a correction list."""
        return f"{self.kind} {self.place}: expected {self.expected!r}, got {self.actual!r}"


SILENT: tuple[Kind, ...] = ("wrong", "invented", "overconfident")


def differences(expected: Expected, report: Mapping[str, Any]) -> list[Difference]:
    """Return everything in which a report (as plain data) departs from the right answer."""
    return [
        *_document(expected, report),
        *(d for cell, e in expected.cells.items() if (d := _cell(cell, e, report["cells"].get(cell)))),
        *_extra_cells(expected, report),
        *_checks(expected, report),
    ]


def _document(expected: Expected, report: Mapping[str, Any]) -> Iterator[Difference]:
    if _plain(report["title"]) not in map(_plain, (expected.title, *expected.title_also)):
        yield Difference("title", "title", expected.title, report["title"])
    if report["issuer"]["name"] not in (expected.agency, *expected.agency_also):
        yield Difference("agency", "issuer.name", expected.agency, report["issuer"]["name"])
    if report["year"] != expected.year:
        yield Difference("year", "year", expected.year, report["year"])
    if report["form"] != expected.form:
        yield Difference("form", "form", expected.form, report["form"])
    sections = [(code, _plain(heading)) for code, heading in _headings(report["sections"])]
    wanted = [(code, _plain(heading)) for code, heading in expected.sections]
    if sections != wanted:
        lost, more = [s for s in wanted if s not in sections], [s for s in sections if s not in wanted]
        yield Difference("sections", "sections", lost, more)
    if report["verdict"] not in expected.verdicts:
        yield Difference("verdict", "verdict", expected.verdicts[0], report["verdict"])


def _plain(text: str | None) -> str:
    return "".join((text or "").split()).rstrip("。：:")


def _headings(sections: list[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    for section in sections:
        if section["code"] not in (None, "preamble"):
            yield section["code"], section["heading"]
        yield from _headings(section["sections"])


def _cell(cell: str, expected: ExpectedCell, actual: Mapping[str, Any] | None) -> Difference | None:
    if actual is None:
        actual = {"value": None, "state": "missing", "raw": ""}
    value, state = actual["value"], actual["state"]
    wanted, got = (expected.value, expected.states), (value, state)
    if value is not None and expected.value is None:
        kind: Kind = "overconfident" if "undecided" in expected.states else "invented"
        return Difference(kind, cell, wanted, got)
    if value is None and expected.value is not None:
        surely_blank = state in ("blank", "decoded")
        if expected.optional and not surely_blank:
            return None
        return Difference("wrong" if surely_blank else "given_up", cell, wanted, got)
    if value is not None and expected.value is not None and Decimal(str(value)) != Decimal(expected.value):
        return Difference("wrong", cell, wanted, got)
    return _cell_manner(cell, expected, actual)


def _cell_manner(cell: str, expected: ExpectedCell, actual: Mapping[str, Any]) -> Difference | None:
    state = actual["state"]
    if state not in expected.states:
        undecided = expected.states == ("undecided",)
        given_up = state in NO_NUMBER and state != "blank"
        kind: Kind = (
            "overconfident" if undecided and state == "blank" else "given_up" if given_up else "state"
        )
        return Difference(kind, cell, expected.states, state)
    if expected.raw is not None and actual["raw"].strip() != expected.raw.strip():
        return Difference("raw", cell, expected.raw, actual["raw"])
    unit_is_known = expected.unit is not None or expected.raw is not None
    if expected.value is not None and unit_is_known and expected.unit != actual.get("unit"):
        return Difference("unit", cell, expected.unit, actual.get("unit"))
    return None


def _extra_cells(expected: Expected, report: Mapping[str, Any]) -> Iterator[Difference]:
    if not expected.cells and expected.form is not None:
        return
    for cell, actual in report["cells"].items():
        if cell not in expected.cells and actual["value"] is not None:
            yield Difference("invented", cell, None, actual["value"])


def _checks(expected: Expected, report: Mapping[str, Any]) -> Iterator[Difference]:
    actual = {
        _place(c["id"], c["at"])
        for c in report["checks"]
        if c["outcome"] == "fails" and _is_equation(c["id"])
    }
    wanted = {_place(check, at) for check, at in expected.failing}
    if actual != wanted:
        yield Difference("checks", "checks", sorted(wanted), sorted(actual))


def _place(check: str, at: str) -> tuple[str, str]:
    """Return id and place; the sums of the 2014 table each stand at one place only."""
    return (check, "") if check.startswith("statistics/") else (check, at)


def _is_equation(check: str) -> bool:
    return check.split("/")[0] in ("requests", "disputes", "statistics")
