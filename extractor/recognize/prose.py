"""Running text in words: jieba over the dictionaries that this package ships, nothing else of jieba.

jieba's own dictionary takes a second to load and writes a file to the temporary folder; ours take
milliseconds, are loaded on first use, and write nothing.
"""

import sys
import warnings
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from math import log
from threading import Lock
from typing import Any

from msgspec import Struct

from extractor.definitions import DATA

_NOTHING: frozenset[str] = frozenset()
_FREQUENCY = 100  # the same for all words, so that the segmentation with the fewest words wins

_IMPORTING = Lock()


class Term(Struct, frozen=True, gc=False):
    """A word of the field at `text[start:end]`, and the concepts that it stands for; none for other words."""

    start: int
    end: int
    concepts: frozenset[str]


def concepts_of(terms: Sequence[Term]) -> frozenset[str]:
    """Return the concepts of some words."""
    return _NOTHING.union(*[term.concepts for term in terms if term.concepts]) if terms else _NOTHING


@cache
def field_terms() -> dict[str, frozenset[str]]:
    """Return the words of data/terms.txt with their concepts."""
    found: dict[str, set[str]] = {}
    for line in (DATA / "terms.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            concept, *words = line.split()
            for word in words:
                found.setdefault(word, set()).add(concept)
    return {word: frozenset(concepts) for word, concepts in found.items()}


def cut_into_terms(text: str, start: int, end: int) -> list[Term]:
    """Return the words of `text[start:end]` in order, including punctuation and unknown characters.

    All words of the dictionary have the same weight. So the longest word wins unless another word begins
    inside it and extends beyond it; then jieba's search for the best segmentation decides.
    """
    terms, lengths_of = field_terms(), _lengths_by_opening()
    found: list[Term] = []
    add = found.append
    while start < end:
        lengths = lengths_of.get(text[start : start + 2])
        if lengths is not None:
            for length in lengths:
                word = text[start : start + length]
                if word in terms and start + length <= end:
                    break
            else:
                lengths = None
        if lengths is None:  # most characters begin no word
            add(Term(start, start + 1, terms.get(text[start], _NOTHING)))
            start += 1
            continue
        last = start + length
        reach = _reach(text, start, last, end) if _endings(word) else last
        if reach == last:
            add(Term(start, last, terms[word]))
        else:
            for first, behind in _field_tokenizer().bounds(text[start:reach]):
                word = text[start + first : start + behind]
                add(Term(start + first, start + behind, terms.get(word, _NOTHING)))
        start = reach
    return found


@cache
def _lengths_by_opening() -> dict[str, tuple[int, ...]]:
    """Return, by first two characters, the lengths of the dictionary's words, longest first."""
    lengths: dict[str, set[int]] = {}
    for word in field_terms():
        if len(word) > 1:
            lengths.setdefault(word[:2], set()).add(len(word))
    return {opening: tuple(sorted(found, reverse=True)) for opening, found in lengths.items()}


@cache
def _endings(word: str) -> tuple[int, ...]:
    """Return the lengths of those endings of a word with which other words begin; mostly none."""
    known = _field_tokenizer().FREQ
    return tuple(length for length in range(len(word) - 1, 0, -1) if word[-length:] in known)


def _reach(text: str, start: int, last: int, end: int) -> int:
    """Return the end of the chain of overlapping words that begins with the word `text[start:last]`."""
    # all words, and all beginnings of words (with frequency 0)
    known: Mapping[str, int] = _field_tokenizer().FREQ
    following = text[last : last + 1] if last < end else ""
    if not following:
        return last
    for length in _endings(text[start:last]):
        if (
            text[last - length : last] + following in known
            and _end_of_longest(text, last - length, end, known) > last
        ):
            break
    else:
        return last
    place, reach = start + 1, last
    while place < reach:
        if text[place] in known:
            reach = max(reach, _end_of_longest(text, place, end, known))
        place += 1
    return reach


def _end_of_longest(text: str, start: int, end: int, known: Mapping[str, int]) -> int:
    """Return the end of the longest word that begins at `start`; one character if there is none."""
    last, stop = start + 1, start + 1
    while stop <= end:
        frequency = known.get(text[start:stop])
        if frequency is None:
            break
        if frequency:
            last = stop
        stop += 1
    return last


@cache
def _field_tokenizer() -> Any:
    return tokenizer_of(dict.fromkeys(field_terms(), _FREQUENCY).items())


def tokenizer_of(words: Iterable[tuple[str, int]]) -> Any:
    """Return a jieba tokenizer that knows these words with their frequencies, and no others."""
    tokenizer = _tokenizer_class()()
    frequencies: dict[str, int] = {}
    total = 0
    for word, frequency in words:
        frequencies[word] = frequency
        total += frequency
        for length in range(1, len(word)):
            frequencies.setdefault(word[:length], 0)
    tokenizer.FREQ, tokenizer.total, tokenizer.initialized = frequencies, total, True
    tokenizer.unknown = -log(total)
    tokenizer.weights = {word: log(n) - log(total) for word, n in frequencies.items() if n}
    return tokenizer


@cache
def _tokenizer_class() -> Any:
    """Return jieba's tokenizer class with a cheaper search for the best segmentation; results are equal."""

    class Tokenizer(_jieba().Tokenizer):  # type: ignore[misc]  # jieba has no types
        """Computes each logarithm once, and looks words up only at positions that the best path reaches."""

        weights: dict[str, float]
        unknown: float

        def get_DAG(self, sentence: str) -> dict[int, list[int]]:  # noqa: N802  # the name is jieba's
            """Return nothing: `calc` looks the words up itself."""
            return {}

        def bounds(self, text: str) -> list[tuple[int, int]]:
            """Return the start and end of each word of the best segmentation.

            A faster form of jieba's `cut`.
            """
            route: dict[int, tuple[float, int]] = {}
            self.calc(text, None, route)
            found = []
            start, length = 0, len(text)
            while start < length:
                end = route[start][1] + 1
                found.append((start, end))
                start = end
            return found

        def calc(self, sentence: str, _: object, route: dict[int, tuple[float, int]]) -> None:
            """Fill `route`: for each position, the best path's weight and the end of its first word."""
            known, weights, unknown = self.FREQ, self.weights, self.unknown
            length = len(sentence)
            after = 0.0
            route[length] = (after, 0)
            for place in range(length - 1, -1, -1):
                best = (unknown + after, place)
                part, end, first = sentence[place], place, True
                while end < length and part in known:
                    if part in weights:
                        way = (weights[part] + route[end + 1][0], end)
                        best = way if first else max(best, way)
                        first = False
                    end += 1
                    part = sentence[place : end + 1]
                route[place] = best
                after = best[0]

    return Tokenizer


def _jieba() -> Any:
    """Return the package jieba; one thread at a time, as its import changes sys.modules."""
    with _IMPORTING:
        return _imported_jieba()


@cache
def _imported_jieba() -> Any:
    """Import jieba without its side effects.

    It imports pkg_resources (a tenth of a second, and a warning) only to open a dictionary that we do not
    use, and newer interpreters warn about escapes in its source.
    """
    hidden = sys.modules.get("pkg_resources")
    sys.modules["pkg_resources"] = None  # type: ignore[assignment]  # the import system's word for "not there"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import jieba
    finally:
        if hidden is None:
            del sys.modules["pkg_resources"]
        else:
            sys.modules["pkg_resources"] = hidden
    return jieba


@cache
def _background() -> tuple[Any, dict[str, float]]:
    """Return a tokenizer of common words, and how rare each word is (inverse document frequency)."""
    words: list[tuple[str, int]] = []
    rarity: dict[str, float] = {}
    for line in (DATA / "background.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            word, frequency, rare = line.split()
            words.append((word, int(frequency)))
            rarity[word] = float(rare)
    return tokenizer_of(words), rarity


def find_keywords(text: str, most: int) -> tuple[str, ...]:
    """Return up to `most` words that are characteristic of this text, by TF-IDF, highest first.

    >>> find_keywords("政策解读形式单一，图解、短视频等解读材料偏少", 3)
    ('图解', '政策解读', '形式单一')
    """
    tokenizer, rarity = _background()
    weights: dict[str, float] = {}
    for start, end in tokenizer.bounds(text):
        word = text[start:end]
        if rare := rarity.get(word):
            weights[word] = weights.get(word, 0.0) + rare
    return tuple(sorted(weights, key=lambda word: -weights[word])[:most])
