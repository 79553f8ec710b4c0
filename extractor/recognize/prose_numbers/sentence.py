"""A sentence taken apart: its words, its numbers, and the words around each number."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from msgspec import Struct

from extractor.patterns import kept_pattern, late_pattern
from extractor.recognize.prose import Term, concepts_of
from extractor.recognize.prose_numbers.bodies import told_body_by_body
from extractor.recognize.prose_numbers.countable import counting, is_where_it_came_from
from extractor.recognize.prose_numbers.index import WordIndex, index_words
from extractor.recognize.prose_numbers.numbers import Quantity
from extractor.recognize.prose_numbers.rules import figure_rules
from extractor.recognize.prose_numbers.signs import is_of_requests

CUTS = frozenset("，,；;。！？!?\n（）()")
_LONGEST_CLAUSE = 240  # characters
_REACH = 60  # characters kept around the number in a longer clause
_NOTHING: frozenset[str] = frozenset()
_CLAUSE_CUT = kept_pattern("[，,；;。！？!?\n]")
_OPENS_QUOTATION = ("《", "“", '"')
_QUOTED = kept_pattern('《[^》]{0,120}》|“[^”]{0,120}”|"[^"]{0,120}"')
_YEAR = kept_pattern("(20\\d\\d)年(?!以来)")
_BEFORE_YEARS = ("截止到", "截至", "截止", "在", "自", "")
_OPENS_CLAUSE = frozenset("，,；;（(：:。\n")
_YEAR_NUMBER = kept_pattern(r"(?:19|20)\d\d")
_ENDS_NUMBER = frozenset("，,；;。、！？!?\n）)：:")
_ORDINAL = late_pattern(r"[、.．）)]")


class Sentence(Struct, frozen=True):
    """A sentence, `text[start:end]` of a section's whole `text`. All positions are offsets in `text`."""

    text: str
    start: int
    end: int
    terms: tuple[Term, ...]
    term_starts: list[int]
    quantities: tuple[Quantity, ...]
    quantity_starts: list[int]
    said: frozenset[str]  # the concepts of all its words
    opens: frozenset[str]  # the concepts of its first word that has any
    plan: int  # position from which the sentence is about plans
    cuts: tuple[int, ...]  # positions at which a clause ends
    years: tuple[tuple[int, int], ...]  # position and year of each year that opens a clause
    channels: tuple[tuple[int, frozenset[str]], ...]  # position and concepts of each channel named
    of_requests: bool  # its words are about requests for information, whatever section it is in
    by_body: frozenset[int]  # start positions of the numbers listed by body

    def clause(self, quantity: Quantity) -> tuple[int, int]:
        """Return the bounds of the clause around a number, without its final punctuation.

        Of a very long clause, only the part near the number is returned.
        """
        number = bisect_left(self.cuts, quantity.start)
        start = self.cuts[number - 1] + 1 if number else self.start
        number = bisect_left(self.cuts, quantity.end)
        end = self.cuts[number] if number < len(self.cuts) else self.end
        return self.shortened(start, end, quantity.start, quantity.end)

    def shortened(self, start: int, end: int, first: int, last: int) -> tuple[int, int]:
        """Return the bounds of a clause, or of its part around `text[first:last]` if it is too long."""
        if end - start <= _LONGEST_CLAUSE:
            return start, end
        floor, ceiling = max(start, first - _REACH), min(end, last + _REACH)
        item = self.text.find("、", floor, first)
        start = start if floor == start else floor if item < 0 else item + 1
        item = self.text.rfind("、", last, ceiling)
        return start, end if ceiling == end else ceiling if item < 0 else item

    def year_before(self, position: int) -> int | None:
        """Return the last year that opened a clause before a position."""
        number = bisect_left(self.years, (position, 0))
        return self.years[number - 1][1] if number else None

    def holds_number(self, start: int, end: int) -> bool:
        """Return whether a number begins at `start`, at `end`, or between."""
        number = bisect_left(self.quantity_starts, start)
        return number < len(self.quantities) and self.quantities[number].start <= end

    def is_word(self, term: Term) -> bool:
        """Return whether a term is written in Chinese characters."""
        return "一" <= self.text[term.start] <= "鿿"

    def printed(self, terms: Sequence[Term]) -> str:
        """Return the text from the first of these terms to the last; "" if there are none."""
        return self.text[terms[0].start : terms[-1].end] if terms else ""


def has_noun(terms: Sequence[Term]) -> bool:
    """Return whether any word names what is counted."""
    return bool(nouns_of(terms))


def nouns_of(terms: Sequence[Term]) -> list[Term]:
    """Return the words that name the thing counted."""
    verbs = figure_rules().groups.verbs
    return [term for term in terms if term.concepts and not term.concepts <= verbs]


def stands_alone(text: str, quantity: Quantity) -> bool:
    """Return whether a number without unit may be a count (申请17，均已回复), not an ordinal (3、召开…)."""
    after, before = text[quantity.end : quantity.end + 1], text[quantity.start - 1 : quantity.start]
    if after not in _ENDS_NUMBER or _YEAR_NUMBER.fullmatch(str(quantity.value)):
        return False
    return not (_ORDINAL.match(after) and (before in CUTS or before == "、" or quantity.start == 0))


def take_apart(text: str, start: int, end: int, countable: Sequence[Quantity]) -> Sentence:
    """Split a sentence into words around the numbers that may count something."""
    said = text[start:end]
    marked = any(mark in said for mark in _OPENS_QUOTATION)
    quoted = [match.span() for match in _QUOTED.finditer(text, start, end)] if marked else []
    counted = list(counting(countable, quoted))
    former = [q for q in counted if is_where_it_came_from(text, q)]
    kept = tuple(q for q in counted if q not in former) if former else tuple(counted)
    index = index_words(text, start, end)
    apart = _set_apart(index, start, end, [*quoted, *((q.start, q.end) for q in former)])
    terms: list[Term] = []
    at = start
    for quantity in kept:
        _add_terms(terms, index, at, quantity.start, apart)
        at = quantity.end
    _add_terms(terms, index, at, end, apart)
    channels = figure_rules().groups.channels
    meaning = [term for term in terms if term.concepts]
    concepts = concepts_of(meaning)
    return Sentence(
        text=text,
        start=start,
        end=end,
        terms=tuple(terms),
        term_starts=[term.start for term in terms],
        quantities=kept,
        quantity_starts=[quantity.start for quantity in kept],
        said=concepts,
        opens=meaning[0].concepts if meaning else _NOTHING,
        plan=next((t.start for t in meaning if "plan" in t.concepts), end),
        cuts=tuple(match.start() for match in _CLAUSE_CUT.finditer(text, start, end)),
        years=tuple(_years(text, start, end)),
        channels=tuple(
            (t.start, t.concepts & channels) for t in meaning if not t.concepts.isdisjoint(channels)
        ),
        of_requests=is_of_requests(text, said, meaning, concepts),
        by_body=told_body_by_body(text, start, kept),
    )


def _years(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the years that open clauses of a sentence, each with the position where its clause opens."""
    for match in _YEAR.finditer(text, start, end):
        for before in _BEFORE_YEARS:
            at = match.start() - len(before)
            if at >= start and text.startswith(before, at) and (at == 0 or text[at - 1] in _OPENS_CLAUSE):
                yield at, int(match[1])
                break


def _set_apart(
    index: WordIndex, start: int, end: int, quoted: Sequence[tuple[int, int]]
) -> list[tuple[int, int, frozenset[str]]]:
    """Return the ranges that count as one word: titles in 《》 (without concepts), and phrases."""
    text = index.text
    apart = [(a, b, _NOTHING) for a, b in quoted if text[a] not in '“"']
    apart += index.phrases_between(start, end)
    return sorted(apart, key=lambda part: (part[0], not part[2]))


def _add_terms(
    terms: list[Term],
    index: WordIndex,
    start: int,
    end: int,
    apart: Sequence[tuple[int, int, frozenset[str]]],
) -> None:
    """Append the words between two numbers."""
    for number in range(bisect_left(apart, start, key=lambda part: part[0]), len(apart)):
        first, last, concepts = apart[number]
        if first >= end:
            break
        if first >= start and last <= end:
            index.cut_onto(terms, start, first)
            terms.append(Term(first, last, concepts))
            start = last
    index.cut_onto(terms, start, end)
