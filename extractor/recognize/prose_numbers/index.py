"""The words in a range of text, and the phrases to look for there, all found in one pass of one automaton.

The automaton knows the words of data/terms.txt, and the literals that the phrases of data/figures.yaml need.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import repeat
from math import log
from threading import Lock
from typing import Any

from msgspec import Struct

from extractor.recognize.prose import Term, automaton_of, best_cut, field_terms, words_along
from extractor.recognize.prose_numbers.needs import LONGEST_BEHIND
from extractor.recognize.prose_numbers.rules import Phrase, figure_rules

_NOTHING: frozenset[str] = frozenset()
_MOST_CHARACTERS = 1 << 14
_characters: list[Term] = []  # the unknown character at each place of any text: all texts have the same
_GROWING = Lock()
_FREQUENCY = 100  # the same for all words, so that the segmentation with the fewest words wins


class WordIndex(Struct, frozen=True):
    """The words of the field in a range of `text`; all positions are offsets in `text`."""

    text: str
    places: list[int]  # where words begin, in order; some may be before the range
    longest: dict[int, tuple[int, frozenset[str]]]  # by place: end and concepts of the longest word there
    held: dict[int, list[int]]  # where the literals begin that phrases need, by their numbers

    def cut_onto(self, terms: list[Term], start: int, end: int) -> None:
        """Append the words of `text[start:end]` in order, including punctuation and unknown characters.

        All words of the dictionary have the same weight. So the longest word wins unless another word begins
        inside it and extends beyond it; then the search for the best segmentation decides.
        """
        places, longest = self.places, self.longest
        for number in range(bisect_left(places, start), len(places)):
            place = places[number]
            if place < start:
                continue
            if place >= end:
                break
            last, concepts = longest[place]
            if last > end:
                last, concepts = self._longest_within(place, end)
            if place > start:
                terms += _unknown(start, place)
            inside = number + 1 < len(places) and places[number + 1] < last
            reach = self._reach(number, last, end) if inside else last
            if reach == last:
                terms.append(Term(place, last, concepts))
            else:
                terms += _best_terms(self.text, place, reach)
            start = reach
        if start < end:
            terms += _unknown(start, end)

    @property
    def phrases(self) -> tuple[Phrase, ...]:
        """Return the phrases that the range may hold, in their order."""
        rules = figure_rules()
        return tuple(rules.phrases[place] for place in rules.phrase_index.met_by(self.held.keys()))

    def phrases_between(self, start: int, end: int) -> Iterator[tuple[int, int, frozenset[str]]]:
        """Yield start, end and concepts of each phrase in `text[start:end]`, phrase by phrase."""
        rules = figure_rules()
        for place in rules.phrase_index.met_by(self.held.keys()):
            phrase = rules.phrases[place]
            for match in self._matches(phrase, rules.phrase_index.starts(place, self.held), start, end):
                yield *match.span(), phrase.concepts

    def _matches(
        self, phrase: Phrase, starts: list[int] | None, start: int, end: int
    ) -> Iterator[re.Match[str]]:
        """Yield what `finditer` yields; tried at these places alone, if they are known."""
        if starts is None:
            yield from phrase.pattern.finditer(self.text, start, end)
            return
        for at in starts:
            if at >= start and (match := phrase.pattern.match(self.text, at, end)):
                yield match
                start = match.end()

    def _longest_within(self, place: int, end: int) -> tuple[int, frozenset[str]]:
        """Return end and concepts of the longest word from a place that ends by `end`."""
        found = self.longest[place]
        if found[0] <= end:
            return found
        known = field_terms()
        for last in range(end, place, -1):
            if concepts := known.get(self.text[place:last]):
                return last, concepts
        return place + 1, _NOTHING

    def _reach(self, number: int, last: int, end: int) -> int:
        """Return the end of the chain of overlapping words that begins with the word up to `last`."""
        for following in range(number + 1, len(self.places)):
            place = self.places[following]
            if place >= last:
                break
            last = max(last, self._longest_within(place, end)[0])
        return last


def index_words(text: str, start: int, end: int) -> WordIndex:
    """Return the words of `text[start:end]`, and the phrases that it may hold."""
    longest: dict[int, tuple[int, frozenset[str]]] = {}
    held: dict[int, list[int]] = {}
    floor = max(start - LONGEST_BEHIND, 0)
    ahead = floor + 1
    for last, (length, concepts, literal) in _automaton().iter(text[floor:end]) if floor < end else ():
        if concepts is not None:  # the words with the same beginning come in order of their ends
            longest[last + ahead - length] = last + ahead, concepts
        if literal >= 0:
            if literal in held:
                held[literal].append(last + ahead - length)
            else:
                held[literal] = [last + ahead - length]
    return WordIndex(text, sorted(longest), longest, held)


def cut_into_terms(text: str, start: int, end: int) -> list[Term]:
    """Return the words of `text[start:end]` in order, including punctuation and unknown characters."""
    found: list[Term] = []
    index_words(text, start, end).cut_onto(found, start, end)
    return found


def _unknown(start: int, end: int) -> Sequence[Term]:
    """Return the characters of a range, each as a word of its own without concepts."""
    known = _characters
    if end > len(known):
        if end > _MOST_CHARACTERS:
            return _characters_from(start, end)
        with _GROWING:
            known += _characters_from(len(known), end)
    return known[start:end]


def _characters_from(start: int, end: int) -> list[Term]:
    return list(map(Term, range(start, end), range(start + 1, end + 1), repeat(_NOTHING)))


def _best_terms(text: str, start: int, end: int) -> Iterator[Term]:
    """Yield the words of the best segmentation of words that overlap."""
    known, total = field_terms(), _FREQUENCY * len(field_terms())
    weight = log(_FREQUENCY) - log(total)
    ways: dict[int, list[tuple[float, int]]] = {}
    for last, (length, concepts, _) in _automaton().iter(text[start:end]):
        if concepts is not None:
            ways.setdefault(last + 1 - length, []).append((weight, last + 1))
    for first, behind in words_along(best_cut(end - start, ways, -log(total))):
        first, behind = start + first, start + behind
        yield Term(first, behind, known.get(text[first:behind], _NOTHING))


@cache
def _automaton() -> Any:
    """Return the automaton.

    Each of its words stands for its length, its concepts (None if it is only a literal of phrases), and its
    number among these literals (-1 if it is none).
    """
    known, literals = field_terms(), figure_rules().phrase_index.literals
    words = [*known, *(literal for literal in literals if literal not in known)]
    return automaton_of({word: (len(word), known.get(word), literals.get(word, -1)) for word in words})
