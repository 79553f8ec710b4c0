"""Numbers that can open a heading: 一、 （一） 1. （1） and their variants; and numbers that cannot."""

import re
import unicodedata
from enum import IntEnum
from functools import lru_cache

from msgspec import Struct

from extractor.patterns import kept_pattern, late_pattern

_CHINESE = "一二三四五六七八九十"
_NUMERALS = f"[{_CHINESE}]{{1,3}}"
_BREAK = "\n\r\uffff"
_DASH = r"—―－ー\-"
# A character class comes first, so that the search quickly skips what cannot begin a number; the
# exact alternative and the text before it are tested afterwards.
_MARK = kept_pattern(
    rf"""
    [{_BREAK}{_CHINESE}第（(㈠-㈩①-⑳⑴-⑽⒈-⒑0-9０-９{_DASH}](?:
    (?<=[{_CHINESE}])(?<![{_CHINESE}百零〇○第].)[{_CHINESE}]{{0,2}}[ \t\u3000\xa0]*(?:、|[．.﹒](?!\d))
    |(?<=第)(?<![{_CHINESE}百零〇○第].){_NUMERALS}部分[ \u3000：:、]*
    |(?<=[{_BREAK}])[ \t\u3000\xa0]*(?:[{_DASH}]{{1,2}}[、．]|{_NUMERALS}[ \u3000，,：:?？]++(?![、．.]))
    |(?<=[{_DASH}])(?<![{_DASH}].)[{_DASH}]?、
    |(?<=[（(])[ \u3000]*(?:{_NUMERALS}|[0-9０-９]{{1,2}})?[ \u3000]*[）)][、．.]?
    |(?<=[㈠-㈩①-⑳⑴-⑽⒈-⒑])[、．.]?
    |(?<=[0-9０-９])(?<![\d.．０-９/-].)[0-9０-９]?[ ]?(?:[、．]|\.(?!\d))(?![0-9０-９])
    )""",
    re.VERBOSE | re.DOTALL,
)
_BLANKS = " \t\u3000\xa0\n\r\uffff"
_BULLETS = "#*>■●◆·"
_LINE_START = late_pattern(rf"(?:^|[{_BREAK}])[\s{_BULLETS}]*\Z")
_REFERENCE = kept_pattern(r"(?:第[零〇一二三四五六七八九十百\d]+[条款]|[《“‘「第])\Z")
_REFERRING = tuple("条款《“‘「第")
_INSIDE_TEXT = kept_pattern(r"\s*(?:[项款条至]|、|和[（(])")
_ENDS_SENTENCE = "。；;：:！!？?…”）)"


class Rank(IntEnum):
    """Kinds of numbers, outermost first."""

    MAIN = 1  # 一、
    SUB = 2  # （一）
    ITEM = 3  # 1.
    POINT = 4  # （1）


class NumberContext(IntEnum):
    """What stands before a number."""

    LINE = 1  # nothing: it opens a line, or follows a table
    SENTENCE = 2  # the end of a sentence
    BLANK = 3
    GLUED = 4  # other text


class NumberMark(Struct, frozen=True, gc=False):
    """A number in `text[start:end]` that may open a heading. `number` is 0 if the figure is missing."""

    start: int
    end: int
    rank: int
    number: int
    place: NumberContext


def find_marks(text: str) -> list[NumberMark]:
    """Return every number that can open a heading, in order.

    References such as 第二十条第（一）项 are left out.
    """
    marks = []
    for match in _MARK.finditer(text):
        printed = match.group().lstrip(_BLANKS)
        end = match.end()
        start = end - len(printed)
        before = text[max(0, start - 12) : start]
        if _is_reference(before.rstrip()) or _INSIDE_TEXT.match(text, end):
            continue
        rank, number = _read(printed)
        marks.append(NumberMark(start, end, rank, number, _place(before, text, start)))
    return marks


def _is_reference(before: str) -> bool:
    """True if a number after this text is part of a reference or quotation: 第二十条第（一）项."""
    return before[-1:] in _REFERRING and _REFERENCE.search(before) is not None


def _place(before: str, text: str, start: int) -> NumberContext:
    if not before or before[-1] in _BREAK:
        return NumberContext.LINE
    printed = before.rstrip()
    if not printed:
        before = text[max(0, start - 60) : start]
        printed = before.rstrip()
    if (printed != before or before[-1] in _BULLETS) and _LINE_START.search(before):
        return NumberContext.LINE
    last = printed[-1:]
    if last and last in _ENDS_SENTENCE:
        return NumberContext.SENTENCE
    return NumberContext.BLANK if before[-1].isspace() else NumberContext.GLUED


@lru_cache(maxsize=512)
def _read(printed: str) -> tuple[int, int]:
    """Return rank and number of a printed number, as in `（三）` or `２．`."""
    plain = unicodedata.normalize("NFKC", printed).strip()  # ㈠ becomes (一), ⑴ (1), ① 1
    digits = kept_pattern(r"\d+").search(plain)
    bracketed = plain.startswith("(")
    if digits:
        deep = bracketed or "①" <= printed.strip()[0] <= "⑳"
        return (Rank.POINT if deep else Rank.ITEM), int(digits.group())
    numeral = kept_pattern(f"[{_CHINESE}]+").search(plain)
    number = _chinese(numeral.group()) if numeral else (0 if bracketed else 1)
    return (Rank.SUB if bracketed else Rank.MAIN), number


def _chinese(numeral: str) -> int:
    """Return the number of 一 to 九十九.

    >>> _chinese("七"), _chinese("十二"), _chinese("二十一")
    (7, 12, 21)
    """
    tens, ten, ones = numeral.partition("十")
    if not ten:
        return _CHINESE.index(numeral[0]) + 1 if len(numeral) == 1 else 0
    return (_CHINESE.index(tens) + 1 if tens else 1) * 10 + (_CHINESE.index(ones[0]) + 1 if ones else 0)
