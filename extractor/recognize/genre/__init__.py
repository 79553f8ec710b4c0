"""Decides whether a document is an annual report on disclosure, and if not, what else it is.

No other module decides this. Evidence in order: the headline, the period covered, whether a report is inside,
how the body opens, the topic, the numbers. The words of other kinds of documents are data (data/genres.yaml).
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import chain

from msgspec import Struct

from extractor.definitions import load_definition
from extractor.document import Document, Paragraph, Table
from extractor.patterns import kept_pattern, late_pattern
from extractor.recognize.genre.signs import Signs, names_something, read_signs
from extractor.recognize.genre.topic import (
    is_about_disclosure,
    is_compiled,
    lists_several,
    may_be_about_disclosure,
)
from extractor.recognize.issuer.title import read_title
from extractor.script import FEWEST_IDEOGRAPHS, LONG_TEXT

__all__ = [
    "OTHER_DOCUMENT",
    "Genre",
    "is_in_chinese",
    "may_be_about_disclosure",
    "read_signs",
    "tell_genre",
]

_EMPTY_FORM = "没有填写的空表"
_OTHER = "别的文书"


class Genre(Struct, frozen=True):
    """What kind of document it is: `other` names the kind if it is no annual report."""

    other: str | None = None
    part_of_year: bool = False  # titled like a report, but for a part of a year only

    @property
    def is_report(self) -> bool:
        """Whether the document is an annual report on disclosure."""
        return self.other is None


OTHER_DOCUMENT = Genre(_OTHER)
_IDEOGRAPH = kept_pattern("[\u3400-\u9fff]")


class _KindWords(Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    title: str = ""
    issuer: str = ""
    ends: str = ""
    begins: str = ""
    opening: str = ""
    wraps: bool = False
    yields: bool = False


class _Words(Struct, frozen=True, forbid_unknown_fields=True):
    kinds: tuple[_KindWords, ...]
    own_titles: str
    menu: str
    part_of_year: str
    school_year: str
    part_spoken_of: str
    whole_year: str
    topic: str
    announces: str
    publishes: str
    placeholder: str


class _Kind:
    """A kind of document that is not a report, with its words compiled."""

    def __init__(self, words: _KindWords) -> None:
        self.name, self.wraps, self.yields = words.name, words.wraps, words.yields
        ends = rf"(?:{words.ends})(?:（[^（）]*）)?$" if words.ends else ""
        begins = f"^(?:{words.begins})" if words.begins else ""
        lines = "|".join(filter(None, (words.issuer, ends, begins)))
        self._title = kept_pattern(words.title) if words.title else None
        self._line = kept_pattern(lines) if lines else None
        self.opening = late_pattern(words.opening or "(?!)", re.MULTILINE)

    def names(self, line: str, agency: str) -> bool:
        """Whether a headline names this kind of document; words inside an agency's name do not count."""
        said = line.replace(agency, "") if agency else line
        if self._title is not None and self._title.search(said) is not None:
            return True
        return self._line is not None and self._line.search(line) is not None


class _GenreRules(Struct, frozen=True):
    kinds: tuple[_Kind, ...]
    own_titles: re.Pattern[str]
    menu: re.Pattern[str]
    part_of_year: re.Pattern[str]
    school_year: re.Pattern[str]
    part_spoken_of: re.Pattern[str]
    whole_year: re.Pattern[str]
    topic: re.Pattern[str]
    announces: re.Pattern[str]
    publishes: re.Pattern[str]
    placeholder: re.Pattern[str]


@cache
def _rules() -> _GenreRules:
    words = load_definition("genres.yaml", _Words)
    patterns = (getattr(words, name) for name in _GenreRules.__struct_fields__[1:])
    return _GenreRules(tuple(map(_Kind, words.kinds)), *map(late_pattern, patterns))


def is_in_chinese(document: Document) -> bool:
    """Return whether the document has Chinese text, in tables and metadata too.

    A few Chinese characters in a long text, such as names in a menu of languages, do not count.
    """
    texts = (block.text for block in document.blocks if isinstance(block, Paragraph))
    cells = (cell.text for block in document.blocks if isinstance(block, Table) for cell in block.cells)
    found = size = 0
    for text in chain(texts, cells, document.metadata.values()):
        size += len(text)
        if not text.isascii():
            found += len(_IDEOGRAPH.findall(text))
            if found >= FEWEST_IDEOGRAPHS:
                return True
    return found > 0 and size < LONG_TEXT


def tell_genre(document: Document, title: str | None, signs: Signs) -> Genre:
    """Return what kind of document this is.

    Args:
        document: The document.
        title: The report's title, if one was found.
        signs: The evidence from `read_signs`.
    """
    announced = next(_announcements(signs), None)
    own = announced == "" or (announced is None and title is not None)
    if kind := _kind_announced(signs, announced, title):
        return Genre(kind)
    if _rules().placeholder.search(signs.whole) or (signs.tables and not signs.tells_numbers):
        return Genre(_EMPTY_FORM)
    if part := _period_told(signs, untitled=not own):
        return Genre(None, part_of_year=True) if own and part != _SCHOOL else Genre(part)
    if not own and not signs.has_sections_of_report:
        if kind := _kind_opened(signs):
            return Genre(kind)
        if not signs.numbers and not _reads_as_report(document, signs):
            return Genre(_OTHER)
    if lists_several(document, signs.head):
        return Genre("列出多份年报的页面")
    return Genre()


_SCHOOL = "学校按学年编制的信息公开报告"


def _announcements(signs: Signs) -> Iterator[str]:
    """Yield the kind that each headline names, "" for an annual report; headlines with a year come first."""
    rules = _rules()
    found = [(line, kind) for line in signs.lines if (kind := _kind_of_line(line)) is not None]
    yield from (kind for line, kind in found if names_something(line))
    yield from (kind for line, kind in found if not names_something(line) and not rules.menu.search(line))
    yield from (kind for line, kind in found if rules.menu.search(line))


def _kind_of_line(line: str) -> str | None:
    own = _rules().own_titles.search(line) is not None
    title = read_title(line) if own else None
    agency = title.agency if title else ""
    return next((kind.name for kind in _rules().kinds if kind.names(line, agency)), "" if own else None)


def _kind_announced(signs: Signs, announced: str | None, title: str | None) -> str | None:
    """Return the kind that the headline announces, unless a report is inside."""
    if not announced:
        return None
    kind = next(each for each in _rules().kinds if each.name == announced)
    if kind.yields and signs.has_sections_of_report:
        return None
    if kind.wraps and (signs.has_sections_of_report or _carries_title(signs, title) or _attaches(signs)):
        return None
    return kind.name


def _attaches(signs: Signs) -> bool:
    """Return whether a page has no text of its own and only publishes the report attached to it."""
    rules = _rules()
    asks = any(kind.wraps and kind.opening.search(signs.opening) for kind in rules.kinds)
    published = rules.publishes.search(signs.whole) is not None
    return signs.attached and published and not asks and any(map(rules.announces.search, signs.headlines))


def _carries_title(signs: Signs, title: str | None) -> bool:
    """Return whether the title of a report is in the text, outside quotation marks."""
    if title is None or (not signs.tells_numbers and not signs.mains):
        return False
    return title not in signs.headlines or signs.headlines.index(title) > 0


def _period_told(signs: Signs, *, untitled: bool) -> str | None:
    """Return the kind that covers the period named here (a half year, a quarter); None for a full year."""
    rules = _rules()
    if rules.school_year.search(signs.opening):
        return _SCHOOL
    if rules.part_of_year.search(signs.opening):
        return rules.kinds[0].name
    if untitled and not rules.whole_year.search(signs.opening) and rules.part_spoken_of.search(signs.opening):
        return rules.kinds[0].name
    return None


def _reads_as_report(document: Document, signs: Signs) -> bool:
    """Return whether an untitled document without tables reads like a report, by sections or author."""
    if not is_about_disclosure(document, None):
        return False
    if not is_compiled(document):
        # by a headline about this topic that is not a report's title
        headed = any(map(_rules().topic.search, signs.lines))
        if len(signs.mains) < 2 and (headed or not (signs.mains or signs.parts)):
            return False
    return True


def _kind_opened(signs: Signs) -> str | None:
    return next(
        (kind.name for kind in _rules().kinds if kind.opening.search(signs.opening)),
        None,
    )
