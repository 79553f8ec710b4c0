"""Reads numbers: the text of one cell, and every way to split the text of glued cells.

Nothing is corrected here: text that is no number is `unreadable`, and between several readings the
equations decide later.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import combinations
from math import comb
from typing import Literal

from msgspec import Struct

from extractor import numerals
from extractor.numerals import COUNT_UNIT, DASHES, FOLDED, LONGEST_NUMBER, NUMBER, UNIT
from extractor.patterns import kept_pattern, late_pattern
from extractor.report import Number, State

Kind = Literal["count", "change", "money"]

_DASH_AS_MINUS = kept_pattern(rf"[{DASHES}](?=\d)", re.ASCII)
_COUNT_AND_MONEY = kept_pattern(rf"\d+笔[,，;；]?\s*(?P<money>\d[\d,]*(?:\.\d+)?(?:{UNIT}))", re.ASCII)
# \s includes &nbsp;: it may separate the digits of two numbers
_SPLIT_NUMBER = kept_pattern(r"[0-9][0-9\s,.]*[0-9]")
# digits before and after the point; with more, multiplying by a unit's factor would not be exact
_MOST_DIGITS = 24
SHORT = 20  # characters of a cell whose reading is kept for the next one that says the same
_SIMPLE = kept_pattern(r"0|[1-9]\d{0,8}", re.ASCII)


# These kinds of space between groups of three digits group digits; any other space may separate two cells.
_GROUPED_BY_BLANKS = kept_pattern(r"[1-9]\d{0,2}(?:[\u00a0\u2007\u2009\u202f]\d{3})+(?!\d)", re.ASCII)
_LEADING_ZERO = late_pattern(r"[+-]?0\d", re.ASCII)
_OF_ANOTHER_YEAR = late_pattern(r"\((?:其中)?[:：]?(?:[上去前往]年|同期|原)[^()]*\)")
_OF_THIS_YEAR = late_pattern(r"\((?:本年度?|今年|当年)(?:数|为|:)?\d[^()]*\)")

Doubt = Literal["gap", "one-or-dash", "rounded", "remark", "letters"]


class CellReading(Struct, frozen=True):
    """The reading of one cell: its text as printed, the number, and the state."""

    raw: str
    value: Number | None
    state: State
    unit: str | None = None
    choices: tuple[Number, ...] = ()  # readings of an undecided cell
    doubt: Doubt | None = None  # why it is undecided


def read_cell(text: str, kind: Kind = "count") -> CellReading:
    """Read one cell that must hold a number of this kind.

    >>> read_cell("１，２０４").value, read_cell("0件").value, read_cell(" — ").state
    (1204, 0, 'blank')
    >>> read_cell("22（其中修订16件）").value, read_cell("约30").state, read_cell("12①").value
    (22, 'unreadable', 12)
    >>> read_cell("488.780058", "money").value, read_cell("251000元", "money").unit
    (Decimal('488.780058'), '元')
    >>> read_cell("–5", "change").value, read_cell("–5").state, read_cell("–", "change").state
    (-5, 'unreadable', 'blank')
    >>> [read_cell(text).value for text in ("（上年14）17", "1.7E+01", "0017", "17*", "一十七", "&nbsp;17")]
    [17, 17, 17, 17, 17, 17]
    >>> [read_cell(text, "change").value for text in ("减4", "增１", "增加12件", "无变化")]
    [-4, 1, 12, 0]
    >>> read_cell("（14）17").doubt, read_cell("1.2E+03").doubt, read_cell("一").doubt
    ('remark', 'rounded', 'one-or-dash')
    """
    if _SIMPLE.fullmatch(text):
        return CellReading(text, int(text), "read")
    raw = text.strip(" \t\r\n\f\v\u00a0\u3000\u200b\ufeff")
    plain = numerals.plain(raw)
    if kind == "change" and _DASH_AS_MINUS.match(plain):
        plain = "-" + plain[1:]
    dense = "".join(plain.split())
    if kind == "change" and (change := numerals.signed_change(dense)) is not None:
        plain = dense = change
    if not dense or numerals.NOTHING.fullmatch(dense):
        return CellReading(raw, None, "blank")
    with_count = _COUNT_AND_MONEY.fullmatch(plain)
    number = NUMBER.fullmatch(with_count["money"] if with_count else dense)
    if number is None:
        return _read_words(raw, dense)
    value = _value(number, kind)
    if value is None:
        return CellReading(raw, None, "unreadable")
    gap = "" if with_count else _gap_in(plain)
    if "\t" in gap:  # a tab separates columns; other blanks may come from a wrapped line or from layout
        return CellReading(raw, None, "unreadable")
    doubt = "gap" if gap else _doubt_about(number)
    if doubt:
        return CellReading(raw, None, "undecided", number["unit"], (value,), doubt)
    return CellReading(raw, value, "read", number["unit"])


# The numbers of tables are few: most of them are 0.
read_short_cell = lru_cache(maxsize=4096)(read_cell)


def _read_words(raw: str, dense: str) -> CellReading:
    """Read a Chinese numeral; 一 alone is often what was typed for a dash."""
    words = numerals.IN_WORDS.fullmatch(dense)
    value = numerals.chinese_value(words["words"]) if words else None
    if words is None or value is None:
        return _read_lookalike(raw, dense)
    if not dense.strip("一"):
        if len(dense) > 1:
            return CellReading(raw, None, "unreadable")
        return CellReading(raw, None, "undecided", choices=(value,), doubt="one-or-dash")
    return CellReading(raw, value, "read", words["unit"])


def _read_lookalike(raw: str, dense: str) -> CellReading:
    """Read digits among which letters that look like digits were typed."""
    number = NUMBER.fullmatch(dense.translate(numerals.AS_DIGITS))
    if number is None or numerals.LOOKALIKE.fullmatch(dense) is None:
        return CellReading(raw, None, "unreadable")
    whole = number["fraction"] is None
    value = int(number["whole"]) if whole else Decimal(number["whole"] + number["fraction"])
    return CellReading(raw, None, "undecided", choices=(value,), doubt="letters")


def _doubt_about(number: re.Match[str]) -> Doubt | None:
    """Return why the number may not belong to this cell or may be incomplete; None if there is no reason."""
    digits = len(number["fraction"] or ".") - 1
    if number["exponent"] and int(number["exponent"]) > digits:
        return "rounded"  # 1.2E+03 may be 1,234
    if number["before"] and not _OF_ANOTHER_YEAR.fullmatch(number["before"]):
        return "remark"
    return "remark" if number["remark"] and _OF_THIS_YEAR.fullmatch(number["remark"]) else None


def _gap_in(plain: str) -> str:
    """Return the blanks between the digits (there may be two numbers); "" if there are none."""
    printed = _SPLIT_NUMBER.match(plain.lstrip("+- "))
    if printed is None or _GROUPED_BY_BLANKS.fullmatch(printed.group()):
        return ""
    return "".join(kept_pattern(r"\s").findall(printed.group()))


def _value(number: re.Match[str], kind: Kind) -> Number | None:
    whole = number["whole"].replace(",", "")
    if len(whole) + int(number["exponent"] or 0) > LONGEST_NUMBER or (
        len(whole) > 1 and not whole.strip("0")
    ):
        return None  # 00 is several numbers, or a slip
    sign = "-" if number["sign"] == "-" else ""
    fraction = number["fraction"] or ""
    if len(whole + fraction.removeprefix(".")) > _MOST_DIGITS:
        return None
    if not fraction and not number["exponent"]:
        value: Number = int(sign + whole)
    else:
        value = Decimal(f"{sign}{whole}{fraction}").scaleb(int(number["exponent"] or 0))
    if kind != "money" and value != int(value):
        return None
    if sign and kind == "count" and value != 0:
        return None  # nothing is counted below zero: a dash, or a slip
    return int(value) if kind != "money" or (number["exponent"] and value == int(value)) else value


def has_leading_zero(text: str) -> bool:
    """Say whether a number begins with a zero that it does not need: 05 may be two numbers."""
    return _LEADING_ZERO.match(numerals.plain(text).strip()) is not None


class Token(Struct, frozen=True):
    """One number inside glued cells, or a mark for nothing (value None): `pieces[piece][start:end]`."""

    value: Number | None
    piece: int
    start: int
    end: int


Split = tuple[Token | None, ...]  # one entry a cell; None where the cell is blank

_MARK = late_pattern(rf"[/{DASHES}-]|无")
_PLAIN = late_pattern(r"\d+", re.ASCII)
_GROUPED = late_pattern(r"\d{1,3}(?:,\d{3}){1,4}", re.ASCII)
_DECIMAL = late_pattern(rf"\d{{1,{LONGEST_NUMBER}}}\.\d{{1,{_MOST_DIGITS - LONGEST_NUMBER}}}(?!\d)", re.ASCII)
_TRAILING = late_pattern(rf"{UNIT}?(?:\([^()]*\))?")
# Where units are printed they end each number: 20件 is not 2 and 0件.
_COUNTED = late_pattern(rf"\d{COUNT_UNIT}")
_MOST_WORK = 2_000_000  # tokens looked at for all placements of one row
_LONGEST = 9  # digits of a count that a report may print


def tokens_at(piece: str, index: int, start: int, kind: Kind) -> Iterator[Token]:
    """Yield every number or mark of this kind that begins at `piece[start]`, shortest first."""
    text = piece.translate(FOLDED)
    mark = _MARK.match(text, start)
    if mark:
        yield Token(None, index, start, mark.end())
    signed = kind == "change" and (text[start] in "+-" or _DASH_AS_MINUS.match(text, start) is not None)
    first = start + 1 if signed else start
    digits = _PLAIN.match(text, first)
    if digits is None:
        return
    sign = -1 if signed and text[start] != "+" else 1
    if kind == "money":
        yield from _money_at(text, index, start, digits)
        return
    longest = first + 1 if digits.group()[0] == "0" else min(digits.end(), first + _LONGEST)
    shortest = longest if kind == "count" and _COUNTED.search(text) else first + 1
    for end in range(shortest, longest + 1):
        yield Token(sign * int(text[first:end]), index, start, _after_unit(text, end))
    grouped = _GROUPED.match(text, first)
    if grouped:
        yield Token(
            sign * int(grouped.group().replace(",", "")), index, start, _after_unit(text, grouped.end())
        )


def _money_at(text: str, index: int, start: int, digits: re.Match[str]) -> Iterator[Token]:
    decimal = _DECIMAL.match(text, start)
    if decimal and not (digits.group()[0] == "0" and len(digits.group()) > 1):
        yield Token(Decimal(decimal.group()), index, start, _after_unit(text, decimal.end()))
        return  # a point binds the digits on both sides
    longest = start + 1 if digits.group()[0] == "0" else min(digits.end(), start + LONGEST_NUMBER)
    for end in range(start + 1, longest + 1):
        yield Token(int(text[start:end]), index, start, _after_unit(text, end))


def _after_unit(text: str, end: int) -> int:
    """Return where a number ends with its unit and the remark behind it."""
    trailing = _TRAILING.match(text, end)
    return trailing.end() if trailing else end


class TooManyReadings(Exception):
    """Glued cells have more readings than the limit allows, so nothing is decided about them."""


def placements(pieces: Sequence[str], kinds: Sequence[Kind], limit: int = 20_000) -> list[Split]:
    """Return every way to assign whole pieces to these cells in order; each piece is one cell's text.

    If there are too few pieces, some cells stay empty. If there are too many, blanks are dropped. Where
    there are blanks enough for that, a zero may be dropped in their place, as no sum tells a zero from a
    blank. Where there are not, nothing fits: a printed zero is a number, and none is dropped to make it fit.
    """
    tokens: list[Token | None] = []
    for index, piece in enumerate(pieces):
        reading = read_cell(piece, "change")
        if has_leading_zero(piece):
            return []  # the piece holds several numbers
        if reading.state == "read":
            tokens.append(Token(reading.value, index, 0, len(piece)))
        elif reading.state == "blank":
            tokens.append(None)
        else:
            return []
    found = {
        tuple(_fit_to_cells(tokens, choice, len(kinds))) for choice in _choices(tokens, len(kinds), limit)
    }
    return sorted((split for split in found if _signs_fit(split, kinds)), key=repr)


def _signs_fit(split: Split, kinds: Sequence[Kind]) -> bool:
    """True if negative numbers are assigned only to cells that hold a change."""
    pairs = zip(split, kinds, strict=True)
    return all(kind == "change" or token is None or (token.value or 0) >= 0 for token, kind in pairs)


def _choices(tokens: Sequence[Token | None], cells: int, limit: int) -> Iterable[tuple[int, ...]]:
    surplus = len(tokens) - cells
    blank = [index for index, token in enumerate(tokens) if token is None]
    if len(blank) >= surplus > 0:
        blank = [index for index, token in enumerate(tokens) if token is None or token.value == 0]
    places = len(blank) if surplus >= 0 else cells
    if comb(places, abs(surplus)) > min(limit, _MOST_WORK // max(len(tokens), cells)):
        raise TooManyReadings
    return combinations(blank, surplus) if surplus >= 0 else combinations(range(cells), -surplus)


def _fit_to_cells(tokens: Sequence[Token | None], choice: tuple[int, ...], cells: int) -> list[Token | None]:
    chosen = frozenset(choice)
    if len(tokens) >= cells:
        return [token for index, token in enumerate(tokens) if index not in chosen]
    rest = iter(tokens)
    return [None if index in chosen else next(rest) for index in range(cells)]
