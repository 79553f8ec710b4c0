"""The words around one number of a sentence."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from msgspec import Struct

from extractor.patterns import kept_pattern
from extractor.recognize.prose import Term, concepts_of
from extractor.recognize.prose_numbers.rules import figure_rules
from extractor.recognize.prose_numbers.sentence import CUTS, Sentence, has_noun, nouns_of

_STOPS = CUTS | {"：", ":"}  # 5名：专职1名，兼职4名: a colon ends a clause too
_STATES = frozenset(["inforce", "repeal", "pending", "attend", "carryin", "carryout"])
_OPEN = frozenset(["apply", "request", "lastyear", "clip"])
_LEADS_ON = kept_pattern("(?:申请)?(?:中|里)?已(?:经|全部)?(?:办结|答复|回复|办理)\\d")
_INCLUDING = ("含", "包括", "包含")


class WordWindow(Struct, frozen=True):
    """The words around one number that say what it counts."""

    before: tuple[Term, ...]  # words before it in its clause
    behind: tuple[Term, ...]  # words after it in its clause that do not belong to the next number
    far: tuple[Term, ...]  # words in earlier clauses, after the previous number
    said_before: frozenset[str]  # the concepts of the words before
    said_behind: frozenset[str]
    said_far: frozenset[str]
    nouns: tuple[Term, ...]  # those before that name the thing counted

    @property
    def said_near(self) -> frozenset[str]:
        """Return the concepts of the words in the number's clause."""
        return self.said_before | self.said_behind

    @property
    def said_until(self) -> frozenset[str]:
        """Return the concepts of all words from the previous number to this one."""
        return self.said_far | self.said_before

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


def words_around(
    before: tuple[Term, ...], behind: tuple[Term, ...] = (), far: tuple[Term, ...] = ()
) -> WordWindow:
    """Return these words as those around a number, with what they say."""
    meaning = [term for term in before if term.concepts]
    nouns = tuple(nouns_of(meaning))
    return WordWindow(before, behind, far, concepts_of(meaning), concepts_of(behind), concepts_of(far), nouns)


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


def window_of(sentence: Sentence, number: int) -> WordWindow:
    """Return the words around the number with this index."""
    quantities, terms, starts = sentence.quantities, sentence.terms, sentence.term_starts
    quantity = quantities[number]
    floor = quantities[number - 1].end if number else sentence.start
    last = number + 1 == len(quantities)
    first = bisect_left(starts, floor)
    middle = bisect_left(starts, quantity.start)
    until = len(terms) if last else bisect_left(starts, quantities[number + 1].start)
    cut = middle
    while cut > first and sentence.text[terms[cut - 1].start] not in CUTS:
        cut -= 1
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
    stop = middle
    while stop < until and sentence.text[terms[stop].start] not in _STOPS:
        stop += 1
    ours = stop < until or last or not has_noun(before)  # otherwise they belong to the next number
    if ours and stop == until and not last and _LEADS_ON.match(sentence.text, quantity.end):
        ours = False  # 以上60件已办结57件
    said = concepts_of(terms[middle:stop])
    if "each" in said and ("negation" in said or "remaining" not in concepts_of(before)):
        # but 其余39件均由自然人提出 applies to those 39 only
        stop = next((k for k in range(middle, stop) if "each" in terms[k].concepts), stop)
    behind = terms[middle:stop] if ours else ()
    return words_around(before, behind, terms[first : _before_parenthesis(sentence, first, cut, middle)])


def _comes_first(sentence: Sentence, number: int) -> bool:
    """Return whether a number precedes the name of what it counts, with nothing named before it."""
    quantity = sentence.quantities[number]
    floor = sentence.quantities[number - 1].end if number else sentence.start
    first = bisect_left(sentence.term_starts, floor)
    middle = bisect_left(sentence.term_starts, quantity.start)
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
