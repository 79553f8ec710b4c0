"""Cuts one glued string into cells in every possible way."""

import re
from collections.abc import Iterator
from enum import Enum

Reading = tuple[str | None, ...]  # one entry a cell, None where it is blank


class Cut(Enum):
    """What may be blank."""

    WHOLE = "every cell shows a number"
    PARTS_BLANK = "parts may be blank, totals not"
    ANY_BLANK = "any cell may be blank"


class TooManyReadings(Exception):
    """The readings of a document cannot be exhausted with reasonable effort."""


_COUNT = re.compile(r"0|[1-9]\d*")
_CHANGE = re.compile(r"-?(?:0|[1-9]\d*)")
_MONEY = re.compile(r"(?:0|[1-9]\d*)(?:\.\d+)?(?:元|万元)?")
_PATTERNS = {"change": _CHANGE, "amount": _MONEY}


def cut_row(text: str, columns: list[str], blanks: bool) -> Iterator[Reading]:
    """Yield every way to spread the characters of one row over its columns.

    Args:
        text: The digits; spaces are borders.
        columns: Column codes; `change` may be negative, `amount` may have decimals and a unit.
        blanks: Whether a column may have received nothing.
    """
    if not columns:
        if not text.strip():
            yield ()
        return
    rest = text.strip(" ")
    for length in _lengths(rest, columns[0], last=len(columns) == 1):
        for tail in cut_row(rest[length:], columns[1:], blanks):
            yield (rest[:length], *tail)
    if not blanks:
        return
    # A dash may be the mark for nothing; it stays behind where blanks were dropped.
    after_dash = rest[1:] if columns[0] == "change" and rest.startswith("-") else None
    for remaining in (rest, after_dash):
        if remaining is not None:
            for tail in cut_row(remaining, columns[1:], blanks):
                yield (None, *tail)


def _lengths(text: str, column: str, last: bool) -> Iterator[int]:
    border = text.find(" ")
    end = len(text) if border < 0 else border
    pattern = _PATTERNS.get(column, _COUNT)
    for length in [end] if last else range(1, end + 1):
        if pattern.fullmatch(text, 0, length) and length:
            yield length
