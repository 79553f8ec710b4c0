"""Units named in headers, labels and lines beside a table, and conversion between units."""

from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from extractor.numerals import MONEY_UNITS, UNIT, UNITS, plain
from extractor.patterns import kept_pattern, late_pattern
from extractor.script import simplified

_SCALES = {"十": 10, "百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}
_MULTIPLE = late_pattern("[十百千万亿]+(?=.)")
# 单位：元, 金额单位为万元; but not 填报单位：云岭县档案局.
_NAMED = kept_pattern(
    r"(?:^|[^\u4e00-\u9fff]|[额量据币]|计量)单位(?:(?:[:为是]\s*)(?P<said>[^()。;:\s]{1,12})"
    rf"|(?P<plain>{UNIT}))",
)
_ALONE = kept_pattern(rf"(?:\((?P<inside>{UNIT})\)|(?<=[\u4e00-\u9fff])/(?P<behind>{UNIT}))\s*$")
_BETWEEN = late_pattern("[、,，/和及]")
_BODY = kept_pattern("[局委府办厅镇乡院部处队站所馆会司]|街道|中心|学校|集团")
_LONGEST_UNKNOWN = 4  # characters; a longer text is not a unit but a name
_LINE = late_pattern(
    r"\s*\(?[^()。;]{0,6}单位[^()。;]{1,14}\)?\s*|.{0,60}\([^()]{0,4}单位[^()。;]{1,14}\)\s*"
)


class SaidUnits(NamedTuple):
    """The units that a header or line names."""

    known: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


NONE_SAID = SaidUnits()


@lru_cache(maxsize=4096)
def units_said(text: str) -> SaidUnits:
    """Return the units that a header, a label or a line above a table names for its numbers.

    >>> [units_said(text).known for text in ("本年收费金额（单位：元）", "单位：件、千元", "收费（元）")]
    [('元',), ('件', '千元'), ('元',)]
    >>> [units_said(text).unknown for text in ("单位：美元", "填报单位：县档案局", "单位：县档案局")]
    [('美元',), (), ()]
    """
    if "单位" not in (folded := simplified(plain(text))) and "(" not in folded and "/" not in folded:
        return NONE_SAID
    found = _NAMED.search(folded)
    if found is None:
        alone = _ALONE.search(folded)
        return SaidUnits((alone["inside"] or alone["behind"],)) if alone else NONE_SAID
    said = [_without_currency(each) for each in _BETWEEN.split(found["said"] or found["plain"]) if each]
    known = tuple(each for each in said if each in UNITS)
    unknown = tuple(each for each in said if each not in UNITS and _may_be_a_unit(each))
    return SaidUnits(known, unknown)


def last_units_said(text: str) -> SaidUnits:
    """Return the last units named in a running text."""
    found = list(_NAMED.finditer(simplified(plain(text))))
    return units_said(found[-1].group()) if found else NONE_SAID


def line_says_units(text: str) -> bool:
    """Return whether a line consists mainly of units, or names them in brackets at its end."""
    return "单位" in (folded := simplified(plain(text))) and _LINE.fullmatch(folded) is not None


def is_money(unit: str) -> bool:
    """Return whether a unit is one of money, known or not."""
    return unit in MONEY_UNITS or unit.endswith(("元", "币", "圆", "镑"))


def ratio(unit: str, of: str) -> Decimal | None:
    """Return how many `of` one unit is; None if they measure different things.

    >>> ratio("元", "万元"), ratio("百件", "件"), ratio("美元", "万元"), ratio("起", "件")
    (Decimal('0.0001'), Decimal('100'), None, Decimal('1'))
    """
    if unit not in UNITS or is_money(unit) != is_money(of):
        return None
    return Decimal(_multiple(unit)) / Decimal(_multiple(of))


def _multiple(unit: str) -> int:
    value = 1
    found = _MULTIPLE.match(unit)
    for scale in found.group() if found else "":
        value *= _SCALES[scale]
    return value


def _without_currency(said: str) -> str:
    return said.strip().removeprefix("人民币").removesuffix("人民币").rstrip(".")


def _may_be_a_unit(said: str) -> bool:
    return 0 < len(said) <= _LONGEST_UNKNOWN and _BODY.search(said) is None
