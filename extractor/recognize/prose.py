"""Running text in words: one automaton finds all words, the best way through them is what jieba would take.

jieba itself is only loaded for keywords, and only over the dictionaries that this package ships: its own
takes a second to load and writes a file to the temporary folder; ours take milliseconds, are loaded on first
use, and write nothing.
"""

import sys
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module
from math import inf, log
from threading import Lock
from types import ModuleType
from typing import Any

from ahocorasick import Automaton
from msgspec import Struct

from extractor.definitions import DATA
from extractor.hidden_modules import hidden_modules

_NOTHING: frozenset[str] = frozenset()

_IMPORTING = Lock()
_GUESSES = "jieba.finalseg"


class Term(Struct, frozen=True, gc=False):
    """A word of the field at `text[start:end]`, and the concepts that it stands for; none for other words."""

    start: int
    end: int
    concepts: frozenset[str]


def concepts_of(terms: Sequence[Term]) -> frozenset[str]:
    """Return the concepts of some words."""
    said = [term.concepts for term in terms if term.concepts]
    if len(said) < 2:  # most often
        return said[0] if said else _NOTHING
    return _NOTHING.union(*said)


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


def best_cut(length: int, ways: Mapping[int, Sequence[tuple[float, int]]], unknown: float) -> list[int]:
    """Return, for each place of a text, the end of the word that the best way from there begins with.

    The best way has the highest sum of weights; of two with the same, that with the longer first word.

    Args:
        length: The number of characters of the text.
        ways: The weight and the end of each word, shorter ones first, by the place where it begins.
        unknown: The weight of a character with which no word begins.
    """
    sums, ends = [0.0] * (length + 1), [0] * length
    after = 0.0
    for place in range(length - 1, -1, -1):
        words = ways.get(place)
        if words is None:
            after, ends[place] = unknown + after, place + 1
        else:
            after = -inf
            for weight, end in words:
                if (way := weight + sums[end]) >= after:
                    after, ends[place] = way, end
        sums[place] = after
    return ends


def words_along(ends: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the start and the end of each word of the best way, from what `best_cut` returns."""
    start, length = 0, len(ends)
    while start < length:
        yield start, ends[start]
        start = ends[start]


def automaton_of(words: Mapping[str, object]) -> Any:
    """Return an automaton that finds all of these words in a text in one pass, with what each stands for."""
    found = Automaton()
    for word, meaning in words.items():
        found.add_word(word, meaning)
    found.make_automaton()
    return found


def tokenizer_of(words: Iterable[tuple[str, int]]) -> Any:
    """Return a jieba tokenizer that knows these words with their frequencies, and no others."""
    tokenizer = _tokenizer_class()()
    known = list(words)
    frequencies, total = dict(known), sum(frequency for _, frequency in known)
    tokenizer.FREQ, tokenizer.total, tokenizer.initialized = frequencies, total, True
    tokenizer.unknown = -log(total)
    tokenizer.words = automaton_of(
        {word: (len(word), log(n) - log(total)) for word, n in frequencies.items() if n}
    )
    return tokenizer


@cache
def _tokenizer_class() -> Any:
    """Return jieba's tokenizer class with a cheaper search for the best segmentation; results are equal."""

    class Tokenizer(_jieba().Tokenizer):  # type: ignore[misc]  # jieba has no types
        """Finds all words in one pass, and computes each logarithm once."""

        words: Any  # the automaton of its words; each stands for its length and its weight
        unknown: float

        def get_DAG(self, sentence: str) -> dict[int, list[int]]:  # noqa: N802  # the name is jieba's
            """Return nothing: `calc` finds the words itself."""
            return {}

        def known_words(self, text: str) -> Iterator[str]:
            """Yield the words of the best segmentation that are in the dictionary, in order.

            A faster form of jieba's `cut`.
            """
            ways, start = self._ways(text), 0
            ends = best_cut(len(text), ways, self.unknown)
            while start < len(ends):
                end = ends[start]
                if start in ways:
                    yield text[start:end]
                start = end

        def calc(self, sentence: str, _: object, route: dict[int, tuple[float, int]]) -> None:
            """Fill `route` as jieba's `cut` reads it: for each position, the last place of its first word."""
            ends = best_cut(len(sentence), self._ways(sentence), self.unknown)
            route.update((place, (0.0, end - 1)) for place, end in enumerate(ends))

        def _ways(self, text: str) -> dict[int, list[tuple[float, int]]]:
            ways: dict[int, list[tuple[float, int]]] = {}
            for last, (length, weight) in self.words.iter(text) if text else ():
                start = last + 1 - length
                if start in ways:
                    ways[start].append((weight, last + 1))
                else:
                    ways[start] = [(weight, last + 1)]
            return ways

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
    if "jieba" not in sys.modules:
        sys.modules[_GUESSES] = _LaterGuesses(_GUESSES)
    try:
        with hidden_modules("pkg_resources"), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import jieba
    finally:
        if isinstance(sys.modules.get(_GUESSES), _LaterGuesses):
            del sys.modules[_GUESSES]
    return jieba


class _LaterGuesses(ModuleType):
    """Stands for jieba's guesses at words that it does not know, until somebody asks for one.

    Nothing here does, and to load them takes longer than all the rest of jieba.
    """

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # what the import system asks
            raise AttributeError(name)
        return getattr(import_module("jieba.finalseg"), name)  # which takes this one's place in jieba


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
    for word in tokenizer.known_words(text):
        if rare := rarity.get(word):
            weights[word] = weights.get(word, 0.0) + rare
    return tuple(sorted(weights, key=lambda word: -weights[word])[:most])
