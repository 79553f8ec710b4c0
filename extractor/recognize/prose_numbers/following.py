"""Words behind a number that say what it counts: an outcome, a result, an object of several verbs."""

from bisect import bisect_left
from collections.abc import Sequence

from extractor.patterns import kept_pattern
from extractor.recognize.prose import Term, concepts_of
from extractor.recognize.prose_numbers.choice import choose_code
from extractor.recognize.prose_numbers.numbers import Quantity
from extractor.recognize.prose_numbers.sentence import CUTS, Sentence, has_noun
from extractor.recognize.prose_numbers.series import family_of
from extractor.recognize.prose_numbers.setting import Setting
from extractor.recognize.prose_numbers.window import WordWindow, window_of, words_around

_DEALT_WITH = kept_pattern("(?:对|对于|针对|就)[^，。；]*\\Z")  # 对涉及第三方权益的2件申请
_OUTCOMES = frozenset(
    f"requests_{outcome}"
    for outcome in ("granted", "partly_granted", "refused", "unavailable", "rejected", "other_outcome")
)
_COURSE = ("审结", "审理")
_RESULTS = frozenset(["upheld", "corrected", "pending", "otherresult", "withdrawn"])
_DEEDS = frozenset(["receive", "conclude", "reply"])
_ASKED = frozenset(["request", "apply"])
_MOST_SHARED = 4  # numbers with one object behind the last


def outcome_behind(
    code: str | None, sentence: Sentence, quantity: Quantity, window: WordWindow, setting: Setting
) -> str | None:
    """Return the code of the outcome that the next clause gives for a number; None if there is none.

    对涉及第三方权益的2件申请，经区分处理后部分公开; 属于行政查询事项1件，不予公开.

    Args:
        code: What the number would count without that clause; None if nothing is known of it.
        sentence: The sentence.
        quantity: The number.
        window: The words around it.
        setting: The topic of the section and of the numbers before.
    """
    start, end = sentence.clause(quantity)
    if code is not None and not _DEALT_WITH.match(sentence.text, start, quantity.start):
        return None
    if end >= sentence.end or sentence.text[end] != "，" or "receive" in window.said_before:
        return None
    said = _clause_after(sentence, end)
    if not said or sentence.holds_number(said[0].start, said[-1].end):
        return None
    found = choose_code(sentence, quantity, words_around(said), setting)
    return found if found in _OUTCOMES else None


def _clause_after(sentence: Sentence, cut: int) -> tuple[Term, ...]:
    """Return the words of the clause that begins behind the mark at `cut`."""
    first = bisect_left(sentence.term_starts, cut + 1)
    return sentence.terms[first : _stop(sentence, first)]


def _stop(sentence: Sentence, first: int) -> int:
    """Return the index of the first mark that ends a clause, from the word with index `first` on."""
    terms = sentence.terms
    marks = (k for k in range(first, len(terms)) if sentence.text[terms[k].start] in CUTS)
    return next(marks, len(terms))


def with_result(sentence: Sentence, quantity: Quantity, window: WordWindow, setting: Setting) -> WordWindow:
    """Return the words of a number of cases that were tried: of 审结2件均维持, the result alone.

    That they were tried (审结) is the course of cases told before, no other business.
    """
    if family_of(setting.code) not in ("reviews", "litigation"):
        return window
    course = [t for t in window.before if sentence.text[t.start : t.end] in _COURSE]
    if not course:
        return window
    before = tuple(t for t in window.before if t not in course)
    if has_noun(before):
        return words_around(before, window.behind, window.far)
    first = bisect_left(sentence.term_starts, quantity.end)
    behind = sentence.terms[first : _stop(sentence, first)]
    told = not concepts_of(behind).isdisjoint(_RESULTS)
    told = told and not sentence.holds_number(quantity.end + 1, behind[-1].end)
    return words_around(before, behind if told else window.behind, window.far)


def object_behind(sentence: Sentence, number: int, window: WordWindow) -> Sequence[Term]:
    """Return the object of several verbs that stands behind the last number: 收到2件、答复2件公开申请."""
    if not _is_bare_deed(window) or not _is_joined(sentence, number):
        return ()
    last, most = number, min(number + _MOST_SHARED, len(sentence.quantities) - 1)
    while last < most and _is_bare_deed(window_of(sentence, last)) and _is_joined(sentence, last):
        last += 1
    if last == number or not _is_bare_deed(window_of(sentence, last)):
        return ()
    behind = window_of(sentence, last).behind
    named = next((k for k, term in enumerate(behind) if term.concepts & _ASKED), None)
    return () if named is None or has_noun(behind[:named]) else behind[: named + 1]


def _is_bare_deed(window: WordWindow) -> bool:
    return bool(window.said_before & _DEEDS) and not window.nouns


def _is_joined(sentence: Sentence, number: int) -> bool:
    """Return whether nothing but 、 and verbs stand between a number and the next."""
    start = sentence.quantities[number].end
    return sentence.text.startswith("、", start)
