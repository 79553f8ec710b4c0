"""Splits the text of a section into sentences without line breaks and blanks.

Every character is traceable.
"""

from bisect import bisect_right
from collections.abc import Iterator

from msgspec import Struct

from extractor.patterns import kept_pattern, late_pattern
from extractor.script import simplified

# Normalizes the width of punctuation: full-width, except for the comma in 1,204.
_COMMA = kept_pattern(r"(?<!\d),|,(?!\d{3}(?!\d))")
_STOP = kept_pattern(r"(?<=[条件篇次项份个元人])\.(?!\d)")
_WIDTHS = tuple(zip("０１２３４５６７８９．％;:!?()", "0123456789.%；：！？（）", strict=True))
_ENDS = "。！？!?：:；;"
_HEADING = late_pattern(r"\s{0,8}[（(]?(?:[一二三四五六七八九十]+|\d{1,2}(?!\d))[)）、.．]")
_LONE_HEADING = late_pattern(
    r"[（(]?[一二三四五六七八九十\d]+[)）、.．].*(?:情况|方面|事项|申请|建设|保障|管理|措施|问题)"
)
_UNITS = frozenset("条件篇次项宗份人万余个场期")
_WRAPPED = 15  # characters: a line at least this long without closing punctuation continues in the next line
# All that \s matches but line breaks; each written out, because a class of classes is searched much slower.
_BLANKS = kept_pattern("[ \t\r\f\v\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
# A superscript digit after a number marks a footnote: 12¹条, 30[²]件.
_NOTE_MARK = kept_pattern(r"(?<=\d)[\[［(（]?[⁰¹²³⁴-⁹]{1,3}[\]］)）]?")
_RAISED = kept_pattern("[⁰¹²³⁴-⁹]")
_SENTENCE = kept_pattern(r"[^。！？!?\n]+[。！？!?\n]?")


class Squeezed(Struct, frozen=True):
    """A text without blanks, in normalized characters; `origin(i)` is the original offset of character i."""

    text: str
    starts: tuple[int, ...]  # start of each piece in `text`
    shifts: tuple[int, ...]  # number to add for each piece to get the original offset

    def origin(self, position: int) -> int:
        """Return the original offset of a position."""
        piece = bisect_right(self.starts, position) - 1
        return position + self.shifts[piece]


def squeeze(text: str) -> Squeezed:
    """Remove blanks, and line breaks inside sentences, from a text."""
    gaps = [*_blanks(text), *_soft_breaks(text), *_note_marks(text)]
    pieces: list[str] = []
    starts: list[int] = []
    shifts: list[int] = []
    at = length = 0
    for start, end in [*sorted(gaps), (len(text), len(text))]:
        if start > at or not starts:
            pieces.append(text[at:start])
            starts.append(length)
            shifts.append(at - length)
            length += start - at
        at = max(at, end)
    plain = "".join(pieces)
    for printed, usual in _WIDTHS:
        plain = plain.replace(printed, usual)
    plain = _wide(plain)
    return Squeezed(simplified(plain), tuple(starts), tuple(shifts))


def _blanks(text: str) -> Iterator[tuple[int, int]]:
    """Yield the blanks that separate nothing.

    A single blank between two digits may separate two numbers, or the groups of 1 026.
    """
    for match in _BLANKS.finditer(text):
        start, end = match.span()
        between_digits = text[start - 1 : start].isdecimal() and text[end : end + 1].isdecimal()
        if end - start > 1 or not between_digits:
            yield start, end


def _note_marks(text: str) -> Iterator[tuple[int, int]]:
    for match in _NOTE_MARK.finditer(text) if _RAISED.search(text) else ():
        yield match.span()


def _wide(text: str) -> str:
    """Return the text with full-width commas and full stops, except in numbers."""
    if "," in text:
        text = _COMMA.sub("，", text)
    return _STOP.sub("。", text) if "." in text else text


def _soft_breaks(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    while (end := text.find("\n", start)) >= 0:
        line = text[start:end].strip()
        if _HEADING.match(text, end + 1) or _LONE_HEADING.fullmatch(line):
            start = end + 1
            continue
        cut_number = line[-1:].isdecimal() and text[end + 1 : end + 2] in _UNITS
        if cut_number or (len(line) >= _WRAPPED and line[-1] not in _ENDS):
            yield end, end + 1
        start = end + 1


def find_sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield the bounds of each sentence."""
    for match in _SENTENCE.finditer(text):
        yield match.span()
