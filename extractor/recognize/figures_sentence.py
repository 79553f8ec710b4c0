"""A sentence taken apart: its words, its numbers, and the words around each number."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from msgspec import Struct

from extractor.recognize.figures_numbers import Quantity
from extractor.recognize.figures_rules import figure_rules
from extractor.recognize.prose import Term, cut_into_terms

CUTS = frozenset("，,；;。！？!?\n（）()")
_OPEN = frozenset(["apply", "request"])
_CLAUSE_CUTS = "，,；;。！？!?\n"
_QUOTED = re.compile('《[^》]*》|“[^”]*”|"[^"]*"')
_YEAR_NUMBER = re.compile(r"(?:19|20)\d\d")
_ENDS_NUMBER = frozenset("，,；;。、！？!?\n）)：: ")
_ORDINAL = re.compile(r"[、.．）)]")
_MOST_BARE = 3  # numbers without unit in a sentence; more than that are the remains of a table
_SERIES = ("期", "批", "次", "笔")


class Sentence(Struct, frozen=True):
    """`text[start:end]` is the sentence; `text` that of the whole section."""

    text: str
    start: int
    end: int
    terms: tuple[Term, ...]
    quantities: tuple[Quantity, ...]

    def concepts_before(self, position: int) -> frozenset[str]:
        """Return the concepts of all words before a position."""
        return concepts_of([t for t in self.terms if t.start < position])

    def speaks_of(self, *concepts: str) -> bool:
        """Say whether any word stands for one of the concepts."""
        return any(not term.concepts.isdisjoint(concepts) for term in self.terms)

    def clause(self, quantity: Quantity) -> tuple[int, int]:
        """Return the bounds of the clause around a number, its own punctuation left out."""
        start = max(self.text.rfind(c, self.start, quantity.start) for c in _CLAUSE_CUTS) + 1
        ends = [e for c in _CLAUSE_CUTS if (e := self.text.find(c, quantity.end, self.end)) >= 0]
        return max(start, self.start), min(ends, default=self.end)

    def is_word(self, term: Term) -> bool:
        """Say whether a term is written in Chinese characters."""
        return "一" <= self.text[term.start] <= "鿿"


class Window(Struct, frozen=True):
    """The words around one number."""

    before: tuple[Term, ...]  # in its clause
    behind: tuple[Term, ...]  # in its clause, not the next number's
    far: tuple[Term, ...]  # since the number before it, in other clauses

    def views(self, sentence: Sentence) -> Iterator[tuple[Term, ...]]:
        """Yield the words to ask, the nearer first; the far ones only where the near ones say nothing."""
        near = (*self.before, *self.behind)
        yield self.before
        if self.behind:
            yield near
        light = figure_rules().groups.verbs | _OPEN
        if self.far and all(t.concepts & light or not sentence.is_word(t) for t in near):
            yield (*self.far, *near)


def concepts_of(terms: Sequence[Term]) -> frozenset[str]:
    """Return the concepts of some words."""
    return frozenset().union(*(term.concepts for term in terms))


def has_noun(terms: Sequence[Term]) -> bool:
    """Say whether any word says what is counted."""
    return bool(nouns_of(terms))


def nouns_of(terms: Sequence[Term]) -> list[Term]:
    """Return the words that say what is counted."""
    verbs = figure_rules().groups.verbs
    return [term for term in terms if term.concepts - verbs]


def take_apart(text: str, start: int, end: int, quantities: Sequence[Quantity]) -> Sentence:
    """Cut a sentence into words around the numbers that may count something."""
    quoted = [match.span() for match in _QUOTED.finditer(text, start, end)]
    kept = tuple(_counting(text, quantities, quoted))
    terms: list[Term] = []
    at = start
    for quantity in kept:
        terms.extend(_terms(text, at, quantity.start, quoted))
        at = quantity.end
    terms.extend(_terms(text, at, end, quoted))
    return Sentence(text, start, end, tuple(terms), kept)


def _counting(
    text: str, quantities: Sequence[Quantity], quoted: Sequence[tuple[int, int]]
) -> Iterator[Quantity]:
    bare = sum(not q.unit and _stands_alone(text, q) for q in quantities)
    for number, quantity in enumerate(quantities):
        if any(a < quantity.start < b for a, b in quoted):
            continue
        if not quantity.unit and (bare > _MOST_BARE or not _stands_alone(text, quantity)):
            continue
        following = quantities[number + 1].start if number + 1 < len(quantities) else -1
        if not (quantity.unit in _SERIES and following == quantity.end):  # of 90期215条 the posts count
            yield quantity


def _stands_alone(text: str, quantity: Quantity) -> bool:
    """Say whether a number without unit may be a count (申请17，均已回复) and no ordinal (3、召开…)."""
    after, before = text[quantity.end : quantity.end + 1], text[quantity.start - 1 : quantity.start]
    if after not in _ENDS_NUMBER or _YEAR_NUMBER.fullmatch(str(quantity.value)):
        return False
    return not (_ORDINAL.match(after) and (before in CUTS or quantity.start == 0))


def _terms(text: str, start: int, end: int, quoted: Sequence[tuple[int, int]]) -> Iterator[Term]:
    """Yield the words; those of titles and quotations stand for nothing, phrases count as one word."""
    nothing = frozenset[str]()
    apart = [(a, b, nothing) for a, b in quoted if text[a] == "《" and start <= a < b <= end]
    for concept, pattern in figure_rules().phrases.items():
        apart += [(*m.span(), frozenset({concept})) for m in pattern.finditer(text, start, end)]
    for a, b, concepts in sorted(apart, key=lambda part: (part[0], not part[2])):
        if a >= start:
            yield from cut_into_terms(text, start, a)
            yield Term(a, b, concepts)
            start = b
    yield from cut_into_terms(text, start, end)


def window_of(sentence: Sentence, number: int) -> Window:
    """Return the words around the number with this index."""
    quantities, terms = sentence.quantities, sentence.terms
    quantity = quantities[number]
    floor = quantities[number - 1].end if number else sentence.start
    last = number + 1 == len(quantities)
    first = bisect_left(terms, floor, key=lambda t: t.start)
    middle = bisect_left(terms, quantity.start, key=lambda t: t.start)
    until = len(terms) if last else bisect_left(terms, quantities[number + 1].start, key=lambda t: t.start)
    cut = next(
        (k + 1 for k in range(middle - 1, first - 1, -1) if sentence.text[terms[k].start] in CUTS), first
    )
    before = terms[cut:middle]
    stop = next((k for k in range(middle, until) if sentence.text[terms[k].start] in CUTS), until)
    stop = next((k for k in range(middle, stop) if "each" in terms[k].concepts), stop)
    behind = terms[middle:stop]
    if stop == until and not last and has_noun(before):
        behind = ()  # they belong to the next number
    return Window(before, behind, terms[first:cut])
