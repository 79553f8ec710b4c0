"""The notation of numbers in tables: digits of any width, dashes, marks for nothing, units, remarks.

The only definition, for adapters, recognizers and settle. Here numbers are only distinguished from labels and
prose; settle/tokens.py decides their value.
"""

import re

from extractor.patterns import kept_pattern
from extractor.script import INVISIBLE, as_displayed, in_common_ideographs, without_invisible

# One character for one. A wider normalization such as NFKC would turn 12① into 121.
FOLDED = str.maketrans("０１２３４５６７８９，．－−﹣＋／＼（）％：＊｜［］", "0123456789,.---+/\\()%:*|[]")
# Letters of mathematics are digits as well, in five styles: 𝟎 to 𝟿.
_FOLDED_DIGITS = FOLDED | {0x1D7CE + at: str(at % 10) for at in range(50)}
# Dashes that mean minus where a change may be negative; before a count they are not a sign.
DASHES = "‐‑‒–—―─"
MARKS = rf"/\\*_…无無{DASHES}\-"  # marks for nothing, for use in a character class
NOTHING = kept_pattern(rf"(?:[/\\*]+|[-{DASHES}_]+|无|無|/?无/?|\.{{3,}}|…+)")
_COUNTED = "人次 件次 条次 家次 场次 件 条 宗 项 个 次 篇 份 起 笔 人 例 期 册 部 名 户 家 场 條 個 項 場 冊"
_SCALED = [f"{scale}{unit}" for unit in ("件", "条", "人次", "次", "份") for scale in "十百千万"]
MONEY_UNITS = ("百万元", "千万元", "十万元", "万元", "萬元", "亿元", "億元", "千元", "百元", "元")
# Longest first, so that 人次 is not matched as 人.
UNITS = tuple(sorted({*MONEY_UNITS, *_COUNTED.split(), *_SCALED}, key=lambda unit: (-len(unit), unit)))
UNIT = rf"(?:{'|'.join(UNITS)})"
COUNT_UNIT = rf"(?:{'|'.join(unit for unit in UNITS if unit not in MONEY_UNITS)})"
UNIT_CHARACTERS = "".join(sorted(set("".join(UNITS)) - {"十"}))
LONGEST_NUMBER = 15  # digits; longer sequences are not counts
CHINESE_DIGITS = "〇零一二两三四五六七八九"
CHINESE_NUMERAL = f"[{CHINESE_DIGITS}十百千万]{{1,20}}"
NOTE_MARK = r"(?:\[\d{1,2}\]|【\d{1,2}】|〔\d{1,2}〕|\*{1,3}|※|†|[①-⑳]|[⁰¹²³⁴-⁹]{1,2})"
NUMBER = kept_pattern(
    rf"(?P<before>\([^()]*\))?(?P<sign>[+-]?)(?P<whole>\d{{1,3}}(?:,\d{{3}})+|\d+)(?P<fraction>\.\d+)?"
    rf"(?:[Ee](?P<exponent>[+-]?\d{{1,2}}))?(?P<unit>{UNIT})?{NOTE_MARK}?(?P<remark>\(.*\))?",
    re.ASCII | re.DOTALL,
)
# Letters that look like digits, typed for them beside real ones: l7, 2O, 95.5б.
LOOKALIKE = kept_pattern(r"(?=[^\d]*\d)[\dlIOoОоЗзб]{2,8}(?:\.[\dlIOoОоЗзб]{1,6})?", re.ASCII)
AS_DIGITS = str.maketrans("lIOoОоЗзб", "110000336")
IN_WORDS = kept_pattern(rf"(?P<words>{CHINESE_NUMERAL}?)(?P<unit>{UNIT})?")

_UNCHANGED = kept_pattern("(?:无|没有|未)变化|不变|未变|持平|无增减")
_CHANGED = kept_pattern(
    rf"(?:(?P<more>增加|新增|增|上升|↑|\+)|减少|减|下降|降低|↓)了?(?P<number>\d[\d,]*{COUNT_UNIT}?)", re.ASCII
)
_BLANK_ENTITY = kept_pattern(r"&(?:nbsp|ensp|emsp|thinsp|#160|#xa0|#x3000|#12288);?", re.IGNORECASE)
_DIGIT = kept_pattern(r"\d")
_CHARACTERS = kept_pattern(rf"[\s\d,.+()零〇{MARKS}{UNIT_CHARACTERS}]*")
_BEGINS = kept_pattern(rf"\s*[+\-{DASHES}]?\d[\d,.]*\s*{UNIT}?\s*(?:\(|$)|\s*\d+笔")
_UNIT_ALONE = kept_pattern(UNIT)
_PLACES = {"十": 10, "百": 100, "千": 1_000, "万": 10_000}
_VALUES = {character: number for number, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_MOST_DIGITS = 6  # digits of a numeral written digit by digit, such as 二〇二一
_POWERS = ((10_000, "万"), (1_000, "千"), (100, "百"), (10, "十"))


def plain(text: str) -> str:
    """Return a cell's text with half-width digits and signs, without invisible characters.

    An entity that was escaped twice, `&amp;nbsp;`, appears as text but means a blank.
    """
    if text.isascii():
        return _BLANK_ENTITY.sub(" ", text) if "&" in text else text
    shown = in_common_ideographs(without_invisible(as_displayed(text)))
    return _BLANK_ENTITY.sub(" ", shown).translate(_FOLDED_DIGITS)


def is_blank(text: str) -> bool:
    """Return whether a text shows nothing at all."""
    return not text or text.isspace() or not text.strip(INVISIBLE + " \t\r\n\f\v\u00a0\u3000")


def is_value(text: str) -> bool:
    """Return whether a text can be a value cell: a number, a mark for nothing, or blank.

    >>> [is_value(text) for text in ("3起", "１，２０４", "一十七", "1.7E+01", "17[1]", "（上年14）17", "—")]
    [True, True, True, True, True, True, True]
    >>> is_value("l7"), is_value("𝟏𝟕"), is_value("Il")
    (True, True, False)
    >>> [is_value(text) for text in ("（一）", "其他", "1.属于国家秘密", "22（其中修订16件）")]
    [False, False, False, False]
    """
    folded = plain(text)
    if _CHARACTERS.fullmatch(folded):
        return True
    dense = "".join(folded.split())
    if signed_change(dense) is not None:
        return True
    number = NUMBER.fullmatch(dense)
    if number is not None:
        return not number["remark"]
    return _is_in_words(dense) or LOOKALIKE.fullmatch(dense) is not None


def signed_change(dense: str) -> str | None:
    """Return a change given in words as a number with sign; None if the text is not one.

    >>> [signed_change(text) for text in ("减4", "增加1件", "无变化", "4", "增减")]
    ['-4', '+1件', '0', None, None]
    """
    if _UNCHANGED.fullmatch(dense):
        return "0"
    found = _CHANGED.fullmatch(dense)
    if found is None:
        return None
    return ("+" if found["more"] else "-") + found["number"]


def begins_with_number(text: str) -> bool:
    """Return whether a text begins with a number that stands alone, has a unit, or is followed by a remark.

    >>> [begins_with_number(text) for text in ("22（其中修订16件）", "2笔 984361元", "2.其他法律")]
    [True, True, False]
    """
    return _BEGINS.match(plain(text)) is not None


def is_unit(text: str) -> bool:
    """Return whether a text is a unit and nothing else."""
    return _UNIT_ALONE.fullmatch(text.strip()) is not None


def has_number(text: str) -> bool:
    """Return whether a text contains a digit of any width, or is a Chinese numeral."""
    return _DIGIT.search(text) is not None or _is_in_words("".join(text.split()))


def is_whole_number(text: str) -> bool:
    """Return whether a text consists only of digits, not more than a number can have."""
    return text.isdecimal() and len(text) <= LONGEST_NUMBER


def is_zero(text: str) -> bool:
    """Return whether a text is the number zero; a mark for nothing is not.

    >>> [is_zero(text) for text in ("0", "０件", "零", "—", "10", "0（上年3）")]
    [True, True, True, False, False, False]
    """
    dense = "".join(plain(text).split())
    number = NUMBER.fullmatch(dense)
    if number is None:
        words = IN_WORDS.fullmatch(dense)
        return words is not None and chinese_value(words["words"]) == 0
    return not (number["before"] or number["remark"] or number["whole"].strip("0,") or number["fraction"])


def _is_in_words(dense: str) -> bool:
    words = IN_WORDS.fullmatch(dense)
    return words is not None and chinese_value(words["words"]) is not None


def chinese_value(words: str) -> int | None:
    """Return the value of a Chinese numeral written in full; None for other notations.

    一百五 is 150 in speech but could be 105 in writing, so it is None.

    >>> [chinese_value(words) for words in ("一十七", "〇", "一百零五", "两千〇三", "一七", "一百五", "")]
    [17, 0, 105, 2003, 17, None, None]
    """
    if not words or any(c not in _VALUES and c not in _PLACES for c in words):
        return None
    value = read_chinese_numeral(words)
    if not any(c in _PLACES for c in words):
        return value if len(words) <= _MOST_DIGITS else None
    return value if _canonical(words) == _canonical(_written_out(value)) else None


def read_chinese_numeral(words: str) -> int:
    """Return the most likely value of a Chinese numeral in prose.

    >>> read_chinese_numeral("三百一十二"), read_chinese_numeral("十六"), read_chinese_numeral("二〇二一")
    (312, 16, 2021)
    """
    if len(words) > 1 and not any(c in _PLACES for c in words):
        return int("".join(str(_VALUES[c]) for c in words))
    total = section = digit = 0
    for c in words:
        if c == "万":
            total, section, digit = (total + section + digit) * _PLACES[c], 0, 0
        elif c in _PLACES:
            section, digit = section + (digit or 1) * _PLACES[c], 0
        else:
            digit = _VALUES[c]
    return total + section + digit


def _canonical(words: str) -> str:
    return kept_pattern("^一十").sub("十", words.replace("〇", "零").replace("两", "二"))


def _written_out(number: int) -> str:
    """Return a number below 100,000,000 as a Chinese numeral, with every place named."""
    for power, name in _POWERS:
        if number >= power:
            high, rest = divmod(number, power)
            gap = "零" if 0 < rest < power // 10 else ""
            return f"{_written_out(high)}{name}{gap}{_written_out(rest) if rest else ''}"
    return "零一二三四五六七八九"[number]
