"""Sentences of the prose and the counts in them, for the rules; the words are data (data/claims.yaml)."""

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from functools import cache, lru_cache

from msgspec import Struct

from extractor.definitions import load_definition
from extractor.patterns import kept_pattern
from extractor.report import Figure, Number, Report, Section, walk_sections

_SENTENCE = kept_pattern(r"[^。;!?\n]+")
_WRAPPED = 15  # characters: a line at least this long without closing punctuation continues in the next line
_LINE_BREAK = kept_pattern(rf"(?<=[^\n]{{{_WRAPPED}}})(?<![。;:!?])\n")
_LONGEST = 400  # characters; longer text is not a sentence but a table that lost its line breaks


class ClaimWords(Struct, frozen=True, forbid_unknown_fields=True):
    """The words of data/claims.yaml, as regular expressions."""

    units: str
    compared: str
    last_year: str
    earlier: str
    up: str
    down: str
    until_amount: str
    flat: str
    roughly: str
    more: str
    other_year_words: str
    passing: str
    measures: dict[str, str]
    share_of: str
    usual_whole: str
    rates: str
    of_some_applicants: str
    outcomes: dict[str, str]
    joins: str
    all_upheld: str
    decided: str


class Said(Struct, frozen=True):
    """A sentence of the report, in half-width characters without blanks."""

    section: Section
    path: tuple[int, ...]
    text: str
    year: int  # the year that the report is about

    @property
    def at(self) -> str:
        """The code of the section that it stands in."""
        return self.section.code or "text"


class Count(Struct, frozen=True):
    """A count at `text[start:end]` of a sentence."""

    start: int
    end: int
    value: Number
    unit: str
    rough: bool


def sentences_said(report: Report) -> Iterator[Said]:
    """Yield the sentences of all sections in reading order; none where the year is not known."""
    year = report.year
    if year is None:
        return
    for path, section, _ in walk_sections(report.sections):
        plain = _LINE_BREAK.sub(
            "", kept_pattern(r"[^\S\n]+").sub("", unicodedata.normalize("NFKC", section.text))
        )
        for match in _SENTENCE.finditer(plain):
            if len(match.group()) <= _LONGEST:
                yield Said(section, path, match.group(), year)


def counts_in(text: str) -> list[Count]:
    """Return the counts (numbers with a unit) in a sentence made by `plain`.

    >>> [(count.value, count.unit, count.rough) for count in counts_in("2023年收到1,204件,近900条")]
    [(1204, '件', False), (900, '条', True)]
    """
    return [_count(match) for match in _count_pattern().finditer(text)]


def figures_of(said: Said, report: Report) -> Iterator[Figure]:
    """Yield the figures that were read in a sentence; each number of a clause once."""
    known = set()
    for figure in report.figures:
        told = (figure.code, figure.value, figure.text)
        if figure.path == said.path and told not in known and plain(figure.text) in said.text:
            known.add(told)
            yield figure


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Return the text with half-width characters and without blanks."""
    return kept_pattern(r"\s+").sub("", unicodedata.normalize("NFKC", text))


@cache
def claim_words() -> ClaimWords:
    """Load data/claims.yaml."""
    return load_definition("claims.yaml", ClaimWords)


def number_of(digits: str) -> Number:
    """Return a printed number as int, or as Decimal if it has a decimal point."""
    bare = digits.replace(",", "")
    return Decimal(bare) if "." in bare else int(bare)


@cache
def _count_pattern() -> re.Pattern[str]:
    words = claim_words()
    return kept_pattern(
        rf"(?P<rough>{words.roughly})?(?<![\d.])(?P<digits>\d{{1,3}}(?:,\d{{3}}){{1,4}}|\d{{1,15}}(?:\.\d+)?)(?!\d)"
        rf"(?P<scale>万(?!元))?(?P<more>{words.more})?(?P<unit>{words.units})(?!百分点)(?P<after>{words.more})?"
    )


def _count(match: re.Match[str]) -> Count:
    value = number_of(match["digits"])
    if match["scale"]:
        value = int(value * 10_000)
    rough = any(match[name] for name in ("rough", "more", "after"))
    return Count(*match.span(), value, match["unit"], rough)
