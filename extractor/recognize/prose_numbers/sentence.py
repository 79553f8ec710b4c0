"""A sentence taken apart: its words, its numbers, and the words around each number."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from msgspec import Struct

from extractor.patterns import kept_pattern, late_pattern
from extractor.recognize.prose import Term, concepts_of, cut_into_terms
from extractor.recognize.prose_numbers.bodies import told_body_by_body
from extractor.recognize.prose_numbers.countable import counting, is_where_it_came_from
from extractor.recognize.prose_numbers.numbers import Quantity
from extractor.recognize.prose_numbers.rules import figure_rules
from extractor.recognize.prose_numbers.signs import is_of_requests

CUTS = frozenset("，,；;。！？!?\n（）()")
_STOPS = CUTS | {"：", ":"}  # 5名：专职1名，兼职4名: a colon ends a clause too
_LONGEST_CLAUSE = 240  # characters
_REACH = 60  # characters kept around the number in a longer clause
_NOTHING: frozenset[str] = frozenset()
_STATES = frozenset(["inforce", "repeal", "pending", "attend", "carryin", "carryout"])
_OPEN = frozenset(["apply", "request", "lastyear", "clip"])
_CLAUSE_CUT = kept_pattern("[，,；;。！？!?\n]")
_LEADS_ON = kept_pattern("(?:申请)?(?:中|里)?已(?:经|全部)?(?:办结|答复|回复|办理)\\d")
_QUOTED = kept_pattern('《[^》]{0,120}》|“[^”]{0,120}”|"[^"]{0,120}"')
_YEAR = kept_pattern("(?:^|(?<=[，,；;（(：:。\n]))(?:在|截至|截止到?|自)?(20\\d\\d)年(?!以来)")
_YEAR_NUMBER = kept_pattern(r"(?:19|20)\d\d")
_ENDS_NUMBER = frozenset("，,；;。、！？!?\n）)：:")
_ORDINAL = late_pattern(r"[、.．）)]")
_INCLUDING = ("含", "包括", "包含")


class Sentence(Struct, frozen=True):
    """A sentence, `text[start:end]` of a section's whole `text`. All positions are offsets in `text`."""

    text: str
    start: int
    end: int
    terms: tuple[Term, ...]
    quantities: tuple[Quantity, ...]
    said: frozenset[str]  # the concepts of all its words
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
        number = bisect_left(self.quantities, start, key=lambda q: q.start)
        return number < len(self.quantities) and self.quantities[number].start <= end

    def is_word(self, term: Term) -> bool:
        """Return whether a term is written in Chinese characters."""
        return "一" <= self.text[term.start] <= "鿿"

    def printed(self, terms: Sequence[Term]) -> str:
        """Return the text from the first of these terms to the last; "" if there are none."""
        return self.text[terms[0].start : terms[-1].end] if terms else ""


class WordWindow(Struct, frozen=True):
    """The words around one number that say what it counts."""

    before: tuple[Term, ...]  # words before it in its clause
    behind: tuple[Term, ...]  # words after it in its clause that do not belong to the next number
    far: tuple[Term, ...]  # words in earlier clauses, after the previous number

    def views(self, sentence: Sentence) -> Iterator[tuple[Term, ...]]:
        """Yield the sets of words to try, nearest first.

        The far ones only if the near ones are not specific.
        """
        near = (*self.before, *self.behind)
        if (framed := _out_of(self.before, sentence)) is not None:
            yield (*framed, *self.behind)  # 218件申请中已有203件办结: only the words after 中
        if self.behind and sentence.text.startswith(("系", "属于", "均系", "均属于"), self.behind[0].start):
            yield near  # 行政诉讼20件系复议后起诉
        goes_on = self.behind and sentence.text[self.behind[0].start] != "、"
        if goes_on and concepts_of(self.behind[:2]) & _STATES:
            yield near  # 规范性文件67件继续有效
        yield self.before
        if self.behind:
            yield near
        light = figure_rules().groups.verbs | _OPEN
        if (
            self.far
            and not _says_nothing_counted(self.far)
            and all(t.concepts & light or not sentence.is_word(t) for t in near)
        ):
            yield (*self.far, *near)


def _out_of(before: Sequence[Term], sentence: Sentence) -> Sequence[Term] | None:
    """Return the words after a 中 that names the total a number is part of; None if there is none."""
    if not before or sentence.text.find("中", before[0].start, before[-1].end) < 0:
        return None
    at = next(
        (k for k in range(len(before) - 1, -1, -1) if sentence.printed(before[k : k + 1]) == "中"), None
    )
    if at is None or has_noun(before[at + 1 :]):
        return None
    return before[at + 1 :]


def _says_nothing_counted(terms: Sequence[Term]) -> bool:
    """Return whether words before the clause tell of other business, or of what there was not."""
    nouns = nouns_of(terms)
    return bool(nouns) and ("foreign" in nouns[-1].concepts or "negation" in nouns[-1].concepts)


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
    quoted = [match.span() for match in _QUOTED.finditer(text, start, end)]
    counted = list(counting(countable, quoted))
    former = [q for q in counted if is_where_it_came_from(text, q)]
    kept = tuple(q for q in counted if q not in former) if former else tuple(counted)
    apart = _set_apart(text, start, end, [*quoted, *((q.start, q.end) for q in former)])
    terms: list[Term] = []
    at = start
    for quantity in kept:
        terms.extend(_terms(text, at, quantity.start, apart))
        at = quantity.end
    terms.extend(_terms(text, at, end, apart))
    channels = figure_rules().groups.channels
    meaning = [term for term in terms if term.concepts]
    return Sentence(
        text=text,
        start=start,
        end=end,
        terms=tuple(terms),
        quantities=kept,
        said=concepts_of(meaning),
        plan=next((t.start for t in meaning if "plan" in t.concepts), end),
        cuts=tuple(match.start() for match in _CLAUSE_CUT.finditer(text, start, end)),
        years=tuple((m.start(), int(m[1])) for m in _YEAR.finditer(text, start, end)),
        channels=tuple(
            (t.start, t.concepts & channels) for t in meaning if not t.concepts.isdisjoint(channels)
        ),
        of_requests=is_of_requests(text, text[start:end], meaning),
        by_body=told_body_by_body(text, start, kept),
    )


def _set_apart(
    text: str, start: int, end: int, quoted: Sequence[tuple[int, int]]
) -> list[tuple[int, int, frozenset[str]]]:
    """Return the ranges that count as one word: titles in 《》 (without concepts), and phrases."""
    apart = [(a, b, _NOTHING) for a, b in quoted if text[a] not in '“"']
    said = text[start:end]
    for phrase in figure_rules().phrases_of(said):
        apart += [(*m.span(), phrase.concepts) for m in phrase.pattern.finditer(text, start, end)]
    return sorted(apart, key=lambda part: (part[0], not part[2]))


def _terms(text: str, start: int, end: int, apart: Sequence[tuple[int, int, frozenset[str]]]) -> list[Term]:
    """Return the words between two numbers."""
    found: list[Term] = []
    for number in range(bisect_left(apart, start, key=lambda part: part[0]), len(apart)):
        first, last, concepts = apart[number]
        if first >= end:
            break
        if first >= start and last <= end:
            found += cut_into_terms(text, start, first)
            found.append(Term(first, last, concepts))
            start = last
    found += cut_into_terms(text, start, end)
    return found


def window_of(sentence: Sentence, number: int) -> WordWindow:
    """Return the words around the number with this index."""
    quantities, terms = sentence.quantities, sentence.terms
    quantity = quantities[number]
    floor = quantities[number - 1].end if number else sentence.start
    last = number + 1 == len(quantities)
    first = bisect_left(terms, floor, key=lambda t: t.start)
    middle = bisect_left(terms, quantity.start, key=lambda t: t.start)
    until = len(terms) if last else bisect_left(terms, quantities[number + 1].start, key=lambda t: t.start)
    inside = (k + 1 for k in range(middle - 1, first - 1, -1) if sentence.text[terms[k].start] in CUTS)
    cut = next(inside, first)
    before = terms[cut:middle]
    if number and before and sentence.text[quantity.start - 1] == "、":
        before = ()  # 7件维持、1件纠正: the words between belong to the number before
    elif (
        number
        and before
        and sentence.text[quantity.start - 1] in "和及与"
        and _comes_first(sentence, number - 1)
    ):
        before = ()  # 1名专职和6名兼职
    stop = next((k for k in range(middle, until) if sentence.text[terms[k].start] in _STOPS), until)
    ours = stop < until or last or not has_noun(before)  # otherwise they belong to the next number
    if ours and stop == until and not last and _LEADS_ON.match(sentence.text, quantity.end):
        ours = False  # 以上60件已办结57件
    of_the_rest = "remaining" in concepts_of(before) and "negation" not in concepts_of(terms[middle:stop])
    if not of_the_rest:  # 其余39件均由自然人提出 applies to those 39 only
        stop = next((k for k in range(middle, stop) if "each" in terms[k].concepts), stop)
    behind = terms[middle:stop] if ours else ()
    return WordWindow(before, behind, terms[first : _before_parenthesis(sentence, first, cut, middle)])


def _comes_first(sentence: Sentence, number: int) -> bool:
    """Return whether a number precedes the name of what it counts, with nothing named before it."""
    quantity = sentence.quantities[number]
    floor = sentence.quantities[number - 1].end if number else sentence.start
    first = bisect_left(sentence.terms, floor, key=lambda t: t.start)
    middle = bisect_left(sentence.terms, quantity.start, key=lambda t: t.start)
    return not has_noun(sentence.terms[first:middle])


def _before_parenthesis(sentence: Sentence, first: int, cut: int, middle: int) -> int:
    """Return where the words before a number end; a parenthesis is skipped, as in 诉讼（直接起诉）2件."""
    text, terms = sentence.text, sentence.terms
    if cut < middle or cut == first or text[terms[cut - 1].start] not in "）)":
        return cut
    opening = next((k for k in range(cut - 1, first - 1, -1) if text[terms[k].start] in "（("), cut)
    # in 同意公开（含部分公开）6件 it matters
    includes = text.startswith(_INCLUDING, terms[opening].end) if opening < cut else True
    return cut if includes and not _is_all_information(terms[first:opening]) else opening


def _is_all_information(terms: Sequence[Term]) -> bool:
    """Return whether words name all information; what it includes changes nothing: 政府信息（含公文）."""
    return bool(terms) and "info" in terms[-1].concepts
