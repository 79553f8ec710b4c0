"""Finds, by exhausting the readings, what glued digits still say.

A glued row is a string of digits that once stood in several cells. A reading cuts it
into numbers without leading zeros and leaves some cells blank where blanks have been
dropped; a space is always a border. A cell is settled where all readings that satisfy
the equations agree on it. This is written from the equations alone.
"""

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct

from .expected import SURE, ExpectedCell
from .figures import Value, as_value
from .glue_requests import requests_readings
from .printed_forms import APPLICANTS, DISPUTES, OUTCOMES, PROACTIVE
from .readings import Cut, Reading, cut_row
from .truth import Truth

_BLANK = ("blank", "decoded")
_DIGIT = re.compile(r"\d")


class Glued(Struct, frozen=True):
    """What is left of a document whose cells are glued."""

    cells: dict[str, ExpectedCell]
    is_verified: bool


class Rows(Struct, frozen=True):
    """The glued strings of a document: table 二 and 三 by row, table 四 whole."""

    proactive: dict[str, str]
    requests: dict[str, str]
    disputes: str


def read_glued(truth: Truth, rows: Rows) -> Glued:
    """Return what all readings of these rows agree on.

    Raises:
        TooManyReadings: If the readings cannot be exhausted with reasonable effort.
    """
    whole = None
    if _has_a_digit_for_every_cell(truth, rows):
        whole = _agreed(truth, rows, Cut.WHOLE)
    if whole is not None:
        with_blanks = _agreed(truth, rows, Cut.PARTS_BLANK)
        settled = all("undecided" not in e.states for e in whole.values())
        return Glued(whole, settled and with_blanks == whole)
    dropped = _agreed(truth, rows, Cut.ANY_BLANK)
    if dropped is None:
        raise ValueError("no reading satisfies the equations")
    return Glued(dropped, all("undecided" not in e.states for e in dropped.values()))


def _has_a_digit_for_every_cell(truth: Truth, rows: Rows) -> bool:
    wanted = [(rows.disputes, 15)]
    wanted += [(text, len(APPLICANTS)) for text in rows.requests.values()]
    wanted += [(rows.proactive[row], len(columns)) for row, columns in _proactive_rows(truth)]
    return all(len(_DIGIT.findall(text)) >= cells for text, cells in wanted)


def _proactive_rows(truth: Truth) -> Iterator[tuple[str, list[str]]]:
    for item in PROACTIVE[truth.proactive or ""]:
        for row, _ in item.rows:
            yield row, [column for column, _ in item.columns]


def _agreed(truth: Truth, rows: Rows, cut: Cut) -> dict[str, ExpectedCell] | None:
    """Return the cells under one hypothesis, None where no reading satisfies the equations."""
    tables = [_proactive(truth, rows, cut), _requests(truth, rows, cut), _disputes(rows.disputes, cut)]
    if not all(tables):
        return None
    return {cell: e for table in tables for cell, e in table.items()}


def _proactive(truth: Truth, rows: Rows, cut: Cut) -> dict[str, ExpectedCell]:
    cells: dict[str, ExpectedCell] = {}
    for row, columns in _proactive_rows(truth):
        readings = list(cut_row(rows.proactive[row], columns, blanks=cut is not Cut.WHOLE))
        if not readings:
            return {}
        found = _agreement(readings, [f"proactive.{row}.{column}" for column in columns])
        cells |= (
            {c: _or_open(e) for c, e in found.items()}
            if _has_a_dash_for_nothing(row, rows, columns)
            else found
        )
    return cells


def _has_a_dash_for_nothing(row: str, rows: Rows, columns: list[str]) -> bool:
    """Return whether the minus of a change may as well be the mark for nothing."""
    text = rows.proactive[row]
    if "change" not in columns or "-" not in text:
        return False
    return any(cut_row(text.replace("-", " "), [c for c in columns if c != "change"], blanks=False))


def _or_open(expected: ExpectedCell) -> ExpectedCell:
    """Let a careful reader leave a cell open that is settled only if the minus is a minus."""
    if expected.value is None:
        return expected
    return ExpectedCell(expected.value, (*expected.states, "undecided"), optional=True)


def _requests(truth: Truth, rows: Rows, cut: Cut) -> dict[str, ExpectedCell]:
    cells: dict[str, ExpectedCell] = {}
    for row, readings in requests_readings(rows.requests, truth.form, cut).items():
        cells |= _agreement(readings, [f"requests.{row}.{column}" for column, _ in APPLICANTS])
    return cells


def _agreement(readings: Iterable[Reading], ids: list[str]) -> dict[str, ExpectedCell]:
    columns = list(zip(*readings, strict=True))
    return {cell: _settled(set(values)) for cell, values in zip(ids, columns, strict=True)}


def _settled(values: set[str | None]) -> ExpectedCell:
    if len(values) > 1:
        return ExpectedCell(None, ("undecided",))
    (printed,) = values
    value: Value | None = None if printed is None else as_value(printed)
    return ExpectedCell(value, _BLANK if value is None else SURE)


def _disputes(text: str, cut: Cut) -> dict[str, ExpectedCell]:
    """Return table 四, whose three groups of five share one string."""
    digits = text.replace(" ", "")
    end = len(digits)
    columns = [column for column, _ in OUTCOMES]
    spans = {
        (a, b): [r for r in cut_row(_slice(text, a, b), columns, cut is not Cut.WHOLE) if _adds_up(r, cut)]
        for a in range(end + 1)
        for b in range(a, min(end, a + 20) + 1)
    }
    spans = {span: readings for span, readings in spans.items() if readings}
    paths = [
        ((0, a), (a, b), (b, end))
        for a in range(end + 1)
        for b in range(a, end + 1)
        if (0, a) in spans and (a, b) in spans and (b, end) in spans
    ]
    cells: dict[str, ExpectedCell] = {}
    for group, (row, _) in enumerate(DISPUTES):
        readings = [r for span in {path[group] for path in paths} for r in spans[span]]
        cells |= _agreement(readings, [f"disputes.{row}.{column}" for column in columns])
    return cells


def _slice(text: str, start: int, end: int) -> str:
    """Return the characters from digit `start` to digit `end`, the spaces between them kept."""
    at = [i for i, character in enumerate(text) if character != " "]
    return text[at[start] : at[end - 1] + 1] if end > start else ""


def _adds_up(reading: Reading, cut: Cut) -> bool:
    *parts, total = reading
    if total is None:
        return cut is Cut.ANY_BLANK
    return int(total) == sum(int(p or 0) for p in parts)
