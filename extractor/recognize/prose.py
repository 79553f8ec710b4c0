"""Running text in words, over the dictionaries that this package ships.

The likeliest way to cut is the one whose words have the greatest product of frequencies, as jieba
defines it; the tests hold it to jieba's own answers. jieba itself is not used: of its 37 MB this is
the only part that we need, and its own dictionary takes a second to load.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from math import log
from typing import NamedTuple

_DATA = resources.files("extractor") / "data"
_NOTHING: frozenset[str] = frozenset()
_FREQUENCY = 100  # one for all: of several ways to cut, the one with the fewest words wins


class Term(NamedTuple):
    """A word of the field at `text[start:end]`, and the concepts that it stands for; none for other words."""

    start: int
    end: int
    concepts: frozenset[str]


@cache
def field_terms() -> dict[str, frozenset[str]]:
    """Return the words of data/terms.txt with their concepts."""
    found: dict[str, set[str]] = {}
    for line in (_DATA / "terms.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            concept, *words = line.split()
            for word in words:
                found.setdefault(word, set()).add(concept)
    return {word: frozenset(concepts) for word, concepts in found.items()}


def cut_into_terms(text: str, start: int, end: int) -> list[Term]:
    """Return the words of `text[start:end]` in order, punctuation and strange characters included.

    All words of the field weigh the same, so that the longest is the likeliest wherever no word that
    begins in it goes on behind it. Where one does, the search for the likeliest way decides.
    """
    terms, segmenter = field_terms(), _field_segmenter()
    known = segmenter.frequencies
    found: list[Term] = []
    while start < end:
        if text[start] not in known:
            found.append(Term(start, start + 1, _NOTHING))
            start += 1
            continue
        last = reach = _end_of_longest(text, start, end, known)
        place = start + 1
        while place < reach:
            if text[place] in known:
                reach = max(reach, _end_of_longest(text, place, end, known))
            place += 1
        if reach == last:
            found.append(Term(start, last, terms.get(text[start:last], _NOTHING)))
        else:
            for first, behind in segmenter.bounds(text[start:reach]):
                word = text[start + first : start + behind]
                found.append(Term(start + first, start + behind, terms.get(word, _NOTHING)))
        start = reach
    return found


def _end_of_longest(text: str, start: int, end: int, known: Mapping[str, int]) -> int:
    """Return where the longest word that begins at `start` ends; behind one character where none does."""
    last, stop = start + 1, start + 1
    while stop <= end:
        frequency = known.get(text[start:stop])
        if frequency is None:
            break
        if frequency:
            last = stop
        stop += 1
    return last


class Segmenter:
    """Cuts text into the words that it knows, the likeliest way; what it does not know, into characters."""

    frequencies: dict[str, int]  # of the words; 0 for what words only begin with

    def __init__(self, words: Iterable[tuple[str, int]]) -> None:
        """Take the words with their frequencies, each above 0."""
        self.frequencies = dict(words)
        total = sum(self.frequencies.values())
        self._weights = {word: log(n) - log(total) for word, n in self.frequencies.items()}
        self._unknown = -log(total)  # of a character that is no word: as if it had been seen once
        for word in self._weights:
            for length in range(1, len(word)):
                self.frequencies.setdefault(word[:length], 0)

    def bounds(self, text: str) -> list[tuple[int, int]]:
        """Return where each word of the likeliest way begins and ends."""
        route = self._best_ways(text)
        found = []
        start, length = 0, len(text)
        while start < length:
            end = route[start][1]
            found.append((start, end))
            start = end
        return found

    def _best_ways(self, text: str) -> list[tuple[float, int]]:
        """Return for each position the weight of the best way from there, and the end of its first word.

        Of ways that weigh the same, the one whose first word is the longest.
        """
        known, weights, unknown = self.frequencies, self._weights, self._unknown
        length = len(text)
        route = [(0.0, length)] * (length + 1)
        for place in range(length - 1, -1, -1):
            best = (unknown + route[place + 1][0], place + 1)
            part, end, first = text[place], place + 1, True
            while end <= length and part in known:
                if part in weights:
                    way = (weights[part] + route[end][0], end)
                    best = way if first else max(best, way)
                    first = False
                end += 1
                part = text[place:end]
            route[place] = best
        return route


@cache
def _field_segmenter() -> Segmenter:
    return Segmenter(dict.fromkeys(field_terms(), _FREQUENCY).items())


@cache
def _background() -> tuple[Segmenter, dict[str, float]]:
    """Return a segmenter of common words, and how rare each word is (inverse document frequency)."""
    words: list[tuple[str, int]] = []
    rarity: dict[str, float] = {}
    for line in (_DATA / "background.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            word, frequency, rare = line.split()
            words.append((word, int(frequency)))
            rarity[word] = float(rare)
    return Segmenter(words), rarity


def find_keywords(text: str, most: int) -> tuple[str, ...]:
    """Return up to `most` words that set this text apart, by TF-IDF, the most telling first.

    >>> find_keywords("政策解读形式单一，图解、短视频等解读材料偏少", 3)
    ('图解', '政策解读', '形式单一')
    """
    segmenter, rarity = _background()
    weights: dict[str, float] = {}
    for start, end in segmenter.bounds(text):
        word = text[start:end]
        if rare := rarity.get(word):
            weights[word] = weights.get(word, 0.0) + rare
    return tuple(sorted(weights, key=lambda word: -weights[word])[:most])
