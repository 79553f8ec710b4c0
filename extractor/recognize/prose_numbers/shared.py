"""Words shared by several numbers.

These are the predicate of a list, things named before 分别, and the subject of columns.
"""

from collections.abc import Sequence

from extractor.patterns import kept_pattern
from extractor.recognize.prose import Term, concepts_of
from extractor.recognize.prose_numbers.sentence import CUTS, Sentence
from extractor.recognize.prose_numbers.window import WordWindow, window_of, words_around

# Predicates of a whole list: 现行有效规章2件、规范性文件5件; 对9个网站、31个新媒体账号进行检查.
_PREDICATES = frozenset(["inforce", "repeal", "pending", "check"])
_LISTED = frozenset(["normative", "regulation", "document", "review", "litigation", "site"])
_MOST_LISTED = 8  # entries that one predicate after them may apply to
_JOINS = frozenset("、和及与")
_BETWEEN = kept_pattern("[、，,和及与]{1,2}(?:以及)?")
_RESPECTIVELY = "分别"
_COLUMN = kept_pattern(
    "新制作数?量?|新公开数?量?|对外公开总?数?量|公开总数量?|处理决定数量?|制发件?数|废止件?数|(?:现行)?有效件?数"
)
SUBJECTS = frozenset(["normative", "regulation", "licensing", "penalty", "coercion"])


def with_shared(sentence: Sentence, number: int, window: WordWindow, subject: Term | None) -> WordWindow:
    """Return the word window of a number with the words that it shares with other numbers.

    Args:
        sentence: The sentence.
        number: Index of the number in its quantities.
        window: The words of the number alone.
        subject: The last word before it that names something counted in section two.
    """
    unnamed = subject is not None and window.said_before.isdisjoint(SUBJECTS)
    if subject is not None and unnamed and _COLUMN.search(sentence.printed(window.before)):
        window = words_around((subject, *window.before), window.behind, window.far)
    if sentence.said.isdisjoint(_PREDICATES) or len(sentence.quantities) < 2:
        return window
    front, back = _said_before(sentence, number, window), _said_behind(sentence, number, window)
    return words_around((*front, *window.before), (*window.behind, *back), window.far)


def _said_before(sentence: Sentence, number: int, window: WordWindow) -> tuple[Term, ...]:
    """Return the predicate with which the previous entry of the list begins."""
    before = window.before
    if not number or not before or sentence.text[before[0].start] not in _JOINS:
        return ()
    if not _is_bare_item(before):
        return ()
    earlier = window_of(sentence, number - 1).before
    return tuple(term for term in earlier if term.concepts & _PREDICATES)


def _is_bare_item(terms: Sequence[Term]) -> bool:
    """Return whether words only name a thing, without a predicate."""
    said = concepts_of(terms)
    return bool(said & _LISTED) and said.isdisjoint(_PREDICATES | {"disclose", "publish", "issue", "stock"})


def _said_behind(sentence: Sentence, number: int, window: WordWindow) -> tuple[Term, ...]:
    """Return the predicate after the last entry of a list: 1件复议、2件诉讼未审结."""
    last = number
    while last + 1 < min(len(sentence.quantities), number + _MOST_LISTED) and _goes_on(sentence, last):
        last += 1
    if last == number or not _is_bare_item((*window.before, *window.behind)):
        return ()
    return tuple(term for term in window_of(sentence, last).behind if term.concepts & _PREDICATES)


def _goes_on(sentence: Sentence, number: int) -> bool:
    """Return whether a list continues to the next number: only 、 and one name are between."""
    start, end = sentence.quantities[number].end, sentence.quantities[number + 1].start
    between = sentence.text[start:end]
    return "、" in between and CUTS.isdisjoint(between)


def told_respectively(sentence: Sentence, number: int, window: WordWindow) -> list[WordWindow]:
    """Return the word window of each number in 公开数、申请数分别为362条、5件; none if the counts differ."""
    if "each" not in sentence.said:
        return []
    at = next(
        (k for k, t in enumerate(window.before) if _RESPECTIVELY in sentence.text[t.start : t.end]), None
    )
    if at is None:
        return []
    items: list[list[Term]] = [[]]
    for term in window.before[:at]:
        if sentence.text[term.start : term.end] in _JOINS:
            items.append([])
        else:
            items[-1].append(term)
    last, most = number, min(number + len(items), len(sentence.quantities) - 1)
    while last < most and _BETWEEN.fullmatch(
        sentence.text, sentence.quantities[last].end, sentence.quantities[last + 1].start
    ):
        last += 1
    if len(items) != last - number + 1 or len(items) < 2 or not all(concepts_of(item) for item in items):
        return []
    told = [t for t in window.before[at + 1 :] if "disclose" in t.concepts]  # 微信、微博分别发布
    return [words_around((*item, *told)) for item in items]
