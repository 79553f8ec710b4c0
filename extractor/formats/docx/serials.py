"""Writes numbers in Word's list formats: 一、（一）①, Ⅳ, aa.

Formats are named as in the file (w:numFmt). An unknown format is written in plain digits; `knows` tells which
are known.
"""

from collections.abc import Callable

_LOWER = "零一二三四五六七八九"
_UNITS = ("", "十", "百", "千")
_SIMPLIFIED_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_TRADITIONAL_LEGAL = "零壹貳參肆伍陸柒捌玖"
_JAPANESE_LEGAL = "〇壱弐参四伍六七八九"
_LEGAL_UNITS = ("", "拾", "佰", "仟")
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


def write_serial(number: int, fmt: str) -> str:
    """Return the number in a Word list format.

    >>> [write_serial(12, fmt) for fmt in ("chineseCounting", "decimalEnclosedCircle", "upperRoman")]
    ['十二', '⑫', 'XII']
    >>> [write_serial(105, fmt) for fmt in ("chineseCounting", "chineseCountingThousand", "japaneseCounting")]
    ['一○五', '一百零五', '百五']
    >>> write_serial(28, "lowerLetter")
    'bb'
    """
    return _WRITERS.get(fmt, str)(number)


def knows(fmt: str) -> bool:
    """Return whether numbers in this list format are written as in Word."""
    return fmt in _WRITERS


def _counting(number: int, digits: str = _LOWER, units: tuple[str, ...] = _UNITS) -> str:
    """Return 0 to 9999 as a Chinese numeral with units: 一百零五."""
    if not 0 < number < 10_000:
        return str(number) if number else digits[0]
    written = ""
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit:
            written += digits[digit] + units[place]
        elif written and number % 10**place and not written.endswith(digits[0]):
            written += digits[0]
    return written


def _without_leading_one(written: str) -> str:
    return written[1:] if written.startswith("一十") else written


def _chinese_thousand(number: int) -> str:
    return _without_leading_one(_counting(number))


def _chinese(number: int) -> str:
    return _chinese_thousand(number) if 0 < number < 100 else _digit_by_digit(number, "○")


def _japanese(number: int) -> str:
    written = _counting(number).replace("零", "")
    return written.replace("一十", "十").replace("一百", "百").replace("一千", "千") if number else "〇"


def _digit_by_digit(number: int, zero: str) -> str:
    digits = zero + _LOWER[1:]
    return "".join(digits[int(each)] if each.isdigit() else each for each in str(number))


def _run_of(first: str, count: int) -> Callable[[int], str]:
    """Return a function for `count` consecutive characters; beyond them it writes plain digits."""
    return lambda number: chr(ord(first) + number - 1) if 0 < number <= count else str(number)


def _cycle(letters: str) -> Callable[[int], str]:
    return lambda number: letters[(number - 1) % len(letters)] if number > 0 else str(number)


def _sexagenary(number: int) -> str:
    return _cycle(_STEMS)(number) + _cycle(_BRANCHES)(number) if number > 0 else str(number)


def _circled_number(number: int) -> str:
    for start, end, first in ((1, 20, "①"), (21, 35, "㉑"), (36, 50, "㊱")):
        if start <= number <= end:
            return chr(ord(first) + number - start)
    return "⓪" if number == 0 else str(number)


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    written = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        written += letters * count
    return written


def _letters(number: int) -> str:
    # Word repeats the letter: z, aa, bb. The bound keeps a malicious start value short.
    if not 0 < number <= 780:
        return str(number)
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _ordinal(number: int) -> str:
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _full_width(number: int) -> str:
    return str(number).translate({ord("0") + digit: ord("０") + digit for digit in range(10)})


_WRITERS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalHalfWidth": str,
    "decimalZero": lambda number: f"{number:02d}",
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "decimalEnclosedCircle": _circled_number,
    "decimalEnclosedCircleChinese": _circled_number,
    "decimalEnclosedFullstop": _run_of("⒈", 20),
    "decimalEnclosedParen": _run_of("⑴", 20),
    "numberInDash": lambda number: f"- {number} -",
    "ordinal": _ordinal,
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerLetter": _letters,
    "chineseCounting": _chinese,
    "taiwaneseCounting": _chinese,
    "chineseCountingThousand": _chinese_thousand,
    "taiwaneseCountingThousand": _chinese_thousand,
    "japaneseCounting": _japanese,
    "japaneseDigitalTenThousand": lambda number: _digit_by_digit(number, "〇"),
    "ideographDigital": lambda number: _digit_by_digit(number, "〇"),
    "taiwaneseDigital": lambda number: _digit_by_digit(number, "○"),
    "chineseLegalSimplified": lambda number: _counting(number, _SIMPLIFIED_LEGAL, _LEGAL_UNITS),
    "ideographLegalTraditional": lambda number: _counting(number, _TRADITIONAL_LEGAL, _LEGAL_UNITS),
    "japaneseLegal": lambda number: _counting(number, _JAPANESE_LEGAL, ("", "拾", "百", "阡")),
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "ideographZodiacTraditional": _sexagenary,
    "ideographEnclosedCircle": _run_of("㊀", 10),
    "none": lambda number: "",
}
