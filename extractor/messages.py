"""English translations of the Chinese messages: one table, applied where messages are printed.

Messages in exceptions, notices and batch results are always Chinese, so that the same bytes give the same
output in any language. Code that prints for people translates at the last moment. data/messages.tsv has one
line per message: Chinese, tab, English, with placeholders {1}, {2}, whose values may be messages themselves.
The words of words.yaml, the meanings of notices and the labels of the standard form are translated too, but
not labels inside “ ”, which are quotations of the source.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache
from importlib import resources

from msgspec import Struct

from extractor.forms import english_labels
from extractor.notice_codes import notice_codes
from extractor.patterns import kept_pattern
from extractor.words import Language, all_words

_TABLE = "messages.tsv"
_CHINESE = kept_pattern("[\u3400-\u9fff]")
_PLACE = kept_pattern(r"\{(\d)\}")
_NUMBERED = kept_pattern(r"(.*[^\s\d.,%≠=+-])((?: [\d.,%≠=+-]+)+)")
_OF_FILE = "{1}: "
_DEEPEST = 6  # levels of messages inside messages
# Separators of messages, loosest first, and their English equivalents.
_JOINTS = (
    ("  ", "  "), ("；", "; "), ("。", ". "), (": ", ": "), ("：", ": "), (" = ", " = "), (" ≠ ", " ≠ "),
    (" + ", " + "), (" / ", " / "), ("·", " · "), ("，", ", "), ("、", ", "),
)  # fmt: skip
_WIDE = str.maketrans("：，；（）。、“”？", ':,;().,""?')
_OPENED = kept_pattern(r"([^\s(（])（")
_SPACED = kept_pattern("([：，；。、？])(?=[^ \n])")


class _Pattern(Struct, frozen=True):
    """A message with placeholders: the text between them, and the English."""

    between: tuple[str, ...]
    numbers: tuple[int, ...]  # numbers of the placeholders, in order
    english: str

    def match(self, text: str) -> dict[int, str] | None:
        """Return the value of each placeholder; None if the text is another message."""
        first, *middle, last = self.between
        if not (text.startswith(first) and text.endswith(last)) or len(text) < len(first) + len(last):
            return None
        rest, filled = text[len(first) : len(text) - len(last)], []
        for piece in middle:
            before, found, rest = rest.partition(piece) if piece else ("", " ", rest)
            if not found:
                return None
            filled.append(before)
        return dict(zip(self.numbers, (*filled, rest), strict=True))

    def quotes(self, number: int) -> bool:
        """Return whether a placeholder is in quotation marks."""
        at = self.numbers.index(number)
        return self.between[at].endswith("“") and self.between[at + 1].startswith("”")


def translated(text: str, language: Language) -> str:
    """Return a text in a language, line by line; lines without translation stay unchanged.

    >>> translated("a.docx: 文件是空的", "en")
    'a.docx: the file is empty'
    >>> translated("a.docx: 文件是空的", "zh")
    'a.docx: 文件是空的'
    """
    if language == "zh" or not _CHINESE.search(text):
        return text
    return "\n".join(map(_line_in_english, text.split("\n")))


def _line_in_english(line: str) -> str:
    stripped = line.strip()
    english = _in_english(stripped)
    if not _CHINESE.search(english):
        english = _OPENED.sub(r"\1 （", _SPACED.sub(r"\1 ", english)).translate(_WIDE)
    return line.replace(stripped, english, 1) if stripped else line


def _in_english(text: str, depth: int = 0, is_quoted: bool = False) -> str:
    if not _CHINESE.search(text) or depth > _DEEPEST:
        return text
    stripped = text.strip()
    if (whole := _known(stripped, is_quoted)) is not None:
        return text.replace(stripped, whole, 1)
    for pattern in _patterns():
        if (filled := pattern.match(text)) is not None:
            told = {
                number: _in_english(value, depth + 1, is_quoted or pattern.quotes(number))
                for number, value in filled.items()
            }
            return _PLACE.sub(_from(told), pattern.english)
    return _with_remark(text, depth, is_quoted) or _by_parts(text, depth, is_quoted)


def _known(text: str, is_quoted: bool) -> str | None:
    """Return the English of a known message, label or word; numbers after it are kept. None if unknown."""
    label, numbers = found.groups() if (found := _NUMBERED.fullmatch(text)) else (text, "")
    whole = _table().get(text) or (None if is_quoted else english_labels().get(label)) or _words().get(label)
    return whole if whole is None or text in _table() else f"{whole}{numbers}"


def _with_remark(text: str, depth: int, is_quoted: bool) -> str | None:
    """Return the English of what is in the tables with a remark in brackets behind it."""
    opened, at = int(text.endswith("）")), len(text) - 1
    while opened and at > 0:  # back to the bracket that the last one closes
        at -= 1
        opened += {"）": 1, "（": -1}.get(text[at], 0)
    head = _known(text[:at], is_quoted) if at > 0 and text.endswith("）") else None
    return f"{head} ({_in_english(text[at + 1 : -1], depth + 1, is_quoted)})" if head else None


def _from(told: dict[int, str]) -> Callable[[re.Match[str]], str]:
    return lambda place: told.get(int(place[1]), "")


def _by_parts(text: str, depth: int, is_quoted: bool) -> str:
    """Translate a list of messages if any part is known; a sentence of clauses only if all clauses are."""
    for joint, english in _JOINTS:
        parts = text.split(joint)
        if len(parts) == 1:
            continue
        told = [_in_english(part, depth + 1, is_quoted) for part in parts]
        known = sum(part != before for part, before in zip(told, parts, strict=True))
        wanted = sum(bool(_CHINESE.search(part)) for part in parts) if joint == "，" else 1
        if known >= wanted:
            return english.join(part.strip() if joint != "  " else part for part in told)
    return text


@cache
def _table() -> dict[str, str]:
    """Load the table: message → English; messages about a file also without the file's name."""
    text = (resources.files("extractor") / "data" / _TABLE).read_text(encoding="utf-8")
    lines = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    table = {chinese.strip(): english for chinese, english in lines}
    nameless = {
        chinese.removeprefix(_OF_FILE): english.removeprefix(_OF_FILE)
        for chinese, english in table.items()
        if chinese.startswith(_OF_FILE) and english.startswith(_OF_FILE)
    }
    return nameless | table


@cache
def _patterns() -> list[_Pattern]:
    """Return the messages with placeholders, those with most text first."""
    patterns = [_pattern(chinese, english) for chinese, english in _table().items() if _PLACE.search(chinese)]
    return sorted(patterns, key=lambda pattern: -sum(map(len, pattern.between)))


def _pattern(chinese: str, english: str) -> _Pattern:
    pieces = _PLACE.split(chinese)
    return _Pattern(tuple(pieces[::2]), tuple(map(int, pieces[1::2])), english)


@cache
def _words() -> dict[str, str]:
    """Return the words for codes and the meanings of notices."""
    words = {zh: en for codes in all_words().values() for zh, en in codes.values()}
    return words | dict(_meanings())


def _meanings() -> Iterator[tuple[str, str]]:
    for code in notice_codes().values():
        yield code.meaning.zh, code.meaning.en
        yield code.remedy.zh, code.remedy.en
