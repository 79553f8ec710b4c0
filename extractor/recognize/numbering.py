"""Numbers that can open a heading: 一、 （一） 1. （1） and their variants, and which of them cannot."""

import re
import unicodedata
from enum import IntEnum

from msgspec import Struct

_CHINESE = "一二三四五六七八九十"
_NUMERALS = f"[{_CHINESE}]{{1,3}}"
# The first line lets the search skip what cannot begin a number: eight times as fast.
_MARK = re.compile(
    rf"""
    (?=[{_CHINESE}第（(㈠-㈩①-⑳⑴-⑽⒈-⒑0-9０-９ \t\u3000\xa0—―－ー\-])(?:
    (?<![{_CHINESE}百零〇○第])
    (?:{_NUMERALS}[ \t\u3000\xa0]*(?:、|[．.﹒](?!\d))|第{_NUMERALS}部分[ \u3000：:、]*)
    |(?<=[\n\r\uffff])[ \t\u3000\xa0]*(?:[—―－ー\-]{{1,2}}[、．]|{_NUMERALS}[ \u3000，,：:]++(?![、．.]))
    |(?<![—―－ー\-])[—―－ー\-]{{1,2}}、
    |[（(][ \u3000]*(?:{_NUMERALS}|[0-9０-９]{{1,2}})?[ \u3000]*[）)][、．.]?
    |[㈠-㈩①-⑳⑴-⑽⒈-⒑][、．.]?
    |(?<![\d.．０-９/-])[0-9０-９]{{1,2}}[ ]?(?:[、．]|\.(?!\d))(?![0-9０-９])
    )""",
    re.VERBOSE,
)
_LINE_START = re.compile(r"(?:^|[\n\r\uffff])[\s#*>■●◆·]*\Z")
_REFERENCE = re.compile(r"(?:第[零〇一二三四五六七八九十百\d]+[条款]|[《“‘「])\s*\Z")
_INSIDE_TEXT = re.compile(r"\s*(?:[项款条至]|、|和[（(])")
_ENDS_SENTENCE = "。；;：:！!？?…”）)"


class Rank(IntEnum):
    """Kinds of numbers, outermost first."""

    MAIN = 1  # 一、
    SUB = 2  # （一）
    ITEM = 3  # 1.
    POINT = 4  # （1）


class Place(IntEnum):
    """What stands before a number."""

    LINE = 1  # nothing: it opens a line, or follows a table
    SENTENCE = 2  # the end of a sentence
    BLANK = 3
    GLUED = 4  # other text


class Mark(Struct, frozen=True):
    """A number in `text[start:end]` that may open a heading. `number` is 0 where it is left out."""

    start: int
    end: int
    rank: int
    number: int
    place: Place


def find_marks(text: str) -> list[Mark]:
    """Return every number that can open a heading, in order.

    References such as 第二十条第（一）项 are left out.
    """
    marks = []
    for match in _MARK.finditer(text):
        before = text[max(0, match.start() - 12) : match.start()]
        if _REFERENCE.search(before) or before.endswith("第") or _INSIDE_TEXT.match(text, match.end()):
            continue
        printed = match.group()
        start = match.end() - len(printed.lstrip())
        rank, number = _read(printed)
        marks.append(Mark(start, match.end(), rank, number, _place(before, text, match.start())))
    return marks


def _place(before: str, text: str, start: int) -> Place:
    if not before.strip():
        before = text[max(0, start - 60) : start]
    if start == 0 or _LINE_START.search(before):
        return Place.LINE
    last = before.rstrip()[-1:]
    if last and last in _ENDS_SENTENCE:
        return Place.SENTENCE
    return Place.BLANK if before[-1].isspace() else Place.GLUED


def _read(printed: str) -> tuple[int, int]:
    """Return rank and number of a printed number, as in `（三）` or `２．`."""
    plain = unicodedata.normalize("NFKC", printed).strip()  # ㈠ becomes (一), ⑴ (1), ① 1
    digits = re.search(r"\d+", plain)
    bracketed = plain.startswith("(")
    if digits:
        deep = bracketed or "①" <= printed.strip()[0] <= "⑳"
        return (Rank.POINT if deep else Rank.ITEM), int(digits.group())
    numeral = re.search(f"[{_CHINESE}]+", plain)
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
