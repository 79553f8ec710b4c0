"""The administrative divisions of GB/T 2260, down to counties, from 2007 to today.

The data is extractor/data/divisions.tsv (see scripts/make_divisions.py for its sources). It is
read on first use and searched as sorted lines: most reports need a handful of them.
"""

from bisect import bisect_left
from collections.abc import Iterable
from functools import cache
from typing import Literal

from msgspec import Struct

from extractor.definitions import DATA

_LONGEST = 16  # characters of a name
_DIRECT = ("11", "12", "31", "50")  # municipalities: their districts have no prefecture above


class Division(Struct, frozen=True):
    """A province, prefecture or county with one code, and the years in which it had the code."""

    name: str
    code: str
    first: int
    last: int  # 0: still in force
    pinyin: str  # of the name without its rank
    initials: str  # of the whole name
    today: str  # code of the area today; "" if it was split among several, or unknown

    @property
    def level(self) -> Literal["province", "prefecture", "county"]:
        """The level, derived from the code: province, prefecture or county."""
        if self.code.endswith("0000"):
            return "province"
        return "prefecture" if self.code.endswith("00") else "county"

    def held_in(self, year: int) -> bool:
        """Return whether the division had this code in the year."""
        return self.first <= year and (self.last == 0 or year <= self.last)


@cache
def _text() -> str:
    return "\n" + (DATA / "divisions.tsv").read_text(encoding="utf-8")


@cache
def _names() -> list[str]:
    return _text().splitlines()


@cache
def _short_names() -> list[str]:
    return (DATA / "division_short_names.tsv").read_text(encoding="utf-8").splitlines()


def _lines_of(key: str, lines: list[str]) -> list[str]:
    """Return the lines whose first field is the key."""
    first = bisect_left(lines, key + "\t")
    last = first
    while last < len(lines) and lines[last].startswith(key + "\t"):
        last += 1
    return lines[first:last]


def _lines_with(field: str) -> list[str]:
    """Return the lines that have the text as a field other than the first."""
    text, wanted = _text(), f"\t{field}\t"
    found: list[str] = []
    at = text.find(wanted)
    while at >= 0:
        end = text.index("\n", at)
        found.append(text[text.rindex("\n", 0, at) + 1 : end])
        at = text.find(wanted, end)
    return found


def _read(lines: Iterable[str]) -> tuple[Division, ...]:
    rows = (line.split("\t") for line in lines)
    return tuple(Division(row[0], row[1], int(row[2]), int(row[3]), *row[4:]) for row in rows)


def divisions_named(name: str) -> tuple[Division, ...]:
    """Return the divisions, present or former, with this full or short name; none if it is unknown.

    >>> [division.code for division in divisions_named("嘉兴")]
    ['330400']
    """
    lines = _lines_of(name, _names())
    if not lines:
        full_names = (line.partition("\t")[2] for line in _lines_of(name, _short_names()))
        lines = [line for full in full_names for line in _lines_of(full, _names())]
    return _read(lines)


@cache
def divisions_spelled(pinyin: str) -> tuple[Division, ...]:
    """Return the divisions whose name without its rank has this pinyin: 'jiaxing' gives 嘉兴市."""
    return _read(line for line in _lines_with(pinyin) if line.split("\t")[4] == pinyin)


@cache
def _divisions_coded(code: str) -> tuple[Division, ...]:
    return _read(_lines_with(code))


def division_coded(code: str, year: int | None) -> Division | None:
    """Return the division with a code in the year, else the latest with that code; None for unknown codes.

    >>> division_coded("330400", 2021).name
    '嘉兴市'
    """
    known = in_year((each for each in _divisions_coded(code) if each.code == code), year)
    return known[0] if known else None


def divisions_in_force(prefix: str = "") -> list[Division]:
    """Return the divisions in force whose code begins with the prefix, by code.

    >>> [division.name for division in divisions_in_force("3304")][:2]
    ['嘉兴市', '南湖区']
    """
    every = _read(line for line in _names() if line)
    return sorted(
        (each for each in every if not each.last and each.code.startswith(prefix)), key=lambda each: each.code
    )


def longest_name_at(text: str, start: int, *, short: bool = False) -> str:
    """Return the longest division name, or usual short name, at an offset of the text, or ""."""
    lines = _short_names() if short else _names()
    key = text[start : start + 2]
    first = bisect_left(lines, key)
    if first == len(lines) or not lines[first].startswith(key):
        return ""
    for length in range(min(_LONGEST, len(text) - start), 1, -1):
        if _lines_of(text[start : start + length], lines):
            return text[start : start + length]
    return ""


def in_year(found: Iterable[Division], year: int | None) -> tuple[Division, ...]:
    """Return the divisions whose code was valid in the year; if none, or without year, the latest."""
    every = tuple(found)
    held = tuple(each for each in every if year is not None and each.held_in(year))
    if held:
        return held
    latest = max((each.last or 9999 for each in every), default=0)
    return tuple(each for each in every if (each.last or 9999) == latest)


def parents(division: Division, year: int | None) -> tuple[Division, ...]:
    """Return the province and prefecture above a division, if it has them, highest first."""
    codes = [division.code[:2] + "0000"]
    if division.level == "county" and division.code[:2] not in _DIRECT:
        codes.append(division.code[:4] + "00")
    above: list[Division] = []
    for code in codes:
        named = in_year(_divisions_coded(code), year)
        if named and code != division.code:
            above.append(named[0])
    return tuple(above)


def full_name(division: Division, year: int | None) -> str:
    """Return the name with those of province and prefecture before it: 浙江省嘉兴市."""
    return "".join(each.name for each in (*parents(division, year), division))


def divisions_become(code: str) -> tuple[Division, ...]:
    """Return every present or former division whose area has this code today.

    >>> sorted({division.name for division in divisions_become("510117")})
    ['郫县', '郫都区']
    """
    return _read(line for line in _lines_ending(code) if line.split("\t")[-1] == code)


def _lines_ending(code: str) -> list[str]:
    text, wanted = _text() + "\n", f"\t{code}\n"
    found: list[str] = []
    at = text.find(wanted)
    while at >= 0:
        found.append(text[text.rindex("\n", 0, at) + 1 : at + len(wanted) - 1])
        at = text.find(wanted, at + 1)
    return found
