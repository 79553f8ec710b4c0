"""Numbers as prose writes them: 1,204条, 2.35万余条, 近900件, 四十余条, 61.5%."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from extractor.numerals import read_chinese_numeral
from extractor.patterns import kept_pattern, late_pattern
from extractor.report import Number

_UNITS = (
    "人次|家次|件次|条次|场次|班次|批次|则次|万元|亿元|个百分点|工作日|个工作日|余人"
    "|条|件|篇|项|次|个|人|名|位|宗|份|场|起|期|例|则|部|册|张|幅|封|家|轮|班|元|户|天|日|年|月|号|时|分|批|级|类|大类"
    "|单|支|回|届|辆|台|处|吨|公里|平方米|亩|岁|小时|分钟|周|季度|只|套|块|栏|所(?![有属在述涉])|%|％|‰"
)
_SCALE = {"百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000, "百万": 1_000_000, "千万": 10_000_000}
_BEFORE = r"(?P<before>大约|大概|将近|接近|超过|突破|不足|约|近|超|逾|达到?)?"
_AFTER = r"(?P<more>余|多|几)?"
# No count is longer; longer sequences are skipped at once.
_CHINESE = "[一二两三四五六七八九十][零〇一二两三四五六七八九十百千万]{0,14}"
_NUMERALS = "零〇一二两三四五六七八九十百千万"
_QUANTITY = kept_pattern(
    rf"{_BEFORE}(?:"
    r"(?<!\d)(?P<digits>\d{1,3}(?:,\d{3}){1,5}(?!\d)(?:\.\d{1,9})?|\d{1,3}(?: \d{3}){1,4}(?!\d)"
    r"|\d{1,18}(?!\d)(?:\.\d{1,9}(?!\d))?)"
    rf"{_AFTER}(?P<scale>千万|百万|[百千万亿](?!元))?(?P<still>余|多)?(?P<unit>{_UNITS})?"
    rf"|(?<![第前每唯之同单各专统这那某另分无{_NUMERALS}])(?P<words>{_CHINESE})"
    rf"{_AFTER.replace('more', 'most')}"
    rf"(?P<counted>{_UNITS})(?![事揽面体律类级套性办])"
    rf"|(?P<hundreds>[百千万])(?=余|多)(?P<hundreds_more>余|多)(?P<hundreds_unit>{_UNITS})"
    rf"|(?<=百分之)(?P<percent>百|{_CHINESE})"
    r"|(?P<tenths>[一二三四五六七八九])成(?P<half>半)?(?=以上|左右|[，。；、,;）)]|$)"
    rf"|(?<=[为是：:于章案件讼议诉转的])(?P<nothing>零|无)(?=[，。；、,;）)]|$|件|条|宗|次|起|项)(?P<nil>件|条|宗|次|起|项)?"
    r")(?P<after>以上|左右|上下|有余|余)?"
)
# first characters of _BEFORE and of every kind of number
_OPENING = kept_pattern(rf"[\d{_NUMERALS}无大将接超突不约近逾达]")
_NUMERAL = kept_pattern(rf"[\d{_NUMERALS}无]")
_DENIED = kept_pattern(r"(?:没有|未|无)(?:产生|发生|收到|出现|接到|引发)?\Z")
_ANY_ONE = late_pattern("(?:信息|消息|稿件|文件|申请)(?:在|被|由|多|可|同时|仅|只)")
_SUPERLATIVE = kept_pattern("最[^，。；]{1,4}的\\Z")
_PEOPLE = kept_pattern("(?:人员|[专兼]职|信息员|联络员|干部)(?:各|共|仅)?\\Z")  # 兼职人员一人 counts
_BOUND = late_pattern("以下|以内|之内|不等(?!于)")  # 保持在50件以下 is a bound, not a count
_COUNTED_AS = late_pattern(
    "(?:按照?|只算|仅算|算作|视为|视同|计为|计作|只计|仅计|只按|只统计)(?:第)?\\Z"
)  # 联名提出的申请按1件登记
_DENIAL = 6  # characters of the longest negation
_ROUGH = ("大约", "大概", "将近", "接近", "超过", "突破", "不足", "约", "近", "超", "逾")


class Quantity(NamedTuple):
    """A number at `text[start:end]`, the words that belong to it (近, 余条) included."""

    start: int
    end: int
    value: Number
    # "" if none is printed; 万 and 亿 before a count are part of the value, in 万元 part of the unit
    unit: str
    approximate: bool


def find_quantities(text: str) -> Iterator[Quantity]:
    """Yield the numbers of a text that has no blanks except between digits."""
    for match in _matches(text) if _NUMERAL.search(text) else ():
        if not _belongs_to_a_name(text, match):
            yield _quantity(match)


def _matches(text: str) -> Iterator[re.Match[str]]:
    """Yield the matches of `_QUANTITY.finditer`, tried only where a number may begin."""
    behind = 0
    for opening in _OPENING.finditer(text):
        start = opening.start()
        if start >= behind and (match := _QUANTITY.match(text, start)):
            behind = match.end()
            yield match


def _belongs_to_a_name(text: str, match: re.Match[str]) -> bool:
    """Return whether the number is part of a name: 第12号, 〔2021〕30号, A4, 3.15, 12345热线."""
    before = text[match.start() - 1] if match.start() else ""
    after = text[match.end()] if match.end() < len(text) else ""
    if (after and after in "以之不" and _BOUND.match(text, match.end())) or (
        before
        and before in "按照算作为同计"
        and _COUNTED_AS.search(text[max(match.start() - _DENIAL, 0) : match.start()])
    ):
        return True
    if match["digits"] is None:  # 一项重要的工作 counts nothing
        return match["words"] == "一" and _is_some(text, match)
    if match["digits"][0] == "0" and len(match["digits"]) > 1 and "." not in match["digits"][:2]:
        return True  # 编号001
    if before == "前" and match["unit"] in ("位", "名"):
        return True  # 居前3位
    if before and (before in "第〔[〕-—+/." or (before.isascii() and before.isalpha())):
        return True
    if (
        after
        and after in "：:"
        and match["unit"] is None
        and text[match.end() + 1 : match.end() + 3].isdecimal()
    ):
        return True  # 9：30
    if after and after in "〕]-—+/~" and match["unit"] is None:
        return True
    return match["unit"] is None and len(match["digits"]) == 5 and match["digits"].startswith("12")


def _is_some(text: str, match: re.Match[str]) -> bool:
    """Return whether 一 counts nothing: 一件一档, 年限最久的一件, 一条信息在多个栏目刊登."""
    if text.startswith("一", match.end()) or _ANY_ONE.match(text, match.end()):
        return True
    before = text[max(match.start() - _DENIAL, 0) : match.start()]
    if _SUPERLATIVE.search(before):
        return True
    named = _PEOPLE.search(before)
    return (match["counted"] in "个项名位种批家人" and not named) or _DENIED.search(before) is not None


def _quantity(match: re.Match[str]) -> Quantity:
    before, digits, more, scale, still, unit, after = match.group(
        "before", "digits", "more", "scale", "still", "unit", "after"
    )
    if digits is None:
        return _in_words(match)
    rough = bool(before in _ROUGH or more or still or after)
    if digits.isdecimal() and not scale:
        return Quantity(*match.span(), int(digits), (unit or "").replace("％", "%"), rough)
    number = Decimal(digits.replace(",", "").replace(" ", "")) * _SCALE.get(scale or "", 1)
    whole = number == number.to_integral_value() and (scale or "." not in digits)
    return Quantity(*match.span(), int(number) if whole else number, (unit or "").replace("％", "%"), rough)


def _in_words(match: re.Match[str]) -> Quantity:
    """Return the number of a match that is written in Chinese numerals."""
    rough = bool(match["before"] in _ROUGH or match["most"] or match["after"])
    if match["nothing"]:
        return Quantity(*match.span(), 0, match["nil"] or "", False)
    if match["percent"]:
        share = 100 if match["percent"] == "百" else read_chinese_numeral(match["percent"])
        return Quantity(*match.span(), share, "%", rough)
    if match["tenths"]:
        share = read_chinese_numeral(match["tenths"]) * 10 + (5 if match["half"] else 0)
        return Quantity(*match.span(), share, "%", rough)
    if match["hundreds"]:
        return Quantity(*match.span(), _SCALE[match["hundreds"]], match["hundreds_unit"], True)
    return Quantity(*match.span(), read_chinese_numeral(match["words"]), match["counted"], rough)
