"""Zeros expressed by negating words that would otherwise be counted.

未举办培训, 无传真申请, 未废止规范性文件.

The rules decide what a number of them would count. If any word is unknown, the sentence gives no zero.
"""

from collections.abc import Iterator, Sequence
from functools import cache

from extractor.recognize.prose import Term
from extractor.recognize.prose_numbers.choice import choose_code
from extractor.recognize.prose_numbers.numbers import Quantity
from extractor.recognize.prose_numbers.plain import left_unknown
from extractor.recognize.prose_numbers.rules import figure_rules
from extractor.recognize.prose_numbers.sentence import Sentence, nouns_of
from extractor.recognize.prose_numbers.setting import Setting
from extractor.recognize.prose_numbers.window import words_around

_ASKED = frozenset(["request", "apply"])  # 没有以传真方式提出的申请
_COUNTED_IN = ("件", "次", "人", "个")


def things_denied(sentence: Sentence, scope: Sequence[Term], setting: Setting) -> Iterator[str]:
    """Yield the codes that a number would have if it counted what the words after a negation name."""
    for part in _parts(sentence, scope):
        nouns = nouns_of([term for term in part if "negation" not in term.concepts])
        if nouns and not left_unknown(sentence.text, part):
            code = _code(sentence, part, setting)
            if code and nouns[-1].concepts & (_words_for(code) | _ASKED):
                yield code


def _parts(sentence: Sentence, scope: Sequence[Term]) -> Iterator[tuple[Term, ...]]:
    """Yield the scope of each negation separately: 无培训、无会议 has two."""
    begins = [k for k, term in enumerate(scope) if "negation" in term.concepts] or [0]
    for number, first in enumerate(begins):
        last = begins[number + 1] if number + 1 < len(begins) else len(scope)
        yield tuple(scope[first:last])


def _code(sentence: Sentence, part: tuple[Term, ...], setting: Setting) -> str | None:
    end = part[-1].end
    for unit in _COUNTED_IN:
        nothing = Quantity(end, end, 0, unit, False)
        code = choose_code(sentence, nothing, words_around(part), setting)
        if code in figure_rules().deniable:
            return code
    return None


@cache
def _words_for(code: str) -> frozenset[str]:
    """Return the concepts that the rules require near a number to give it this code."""
    rules = (rule for each in figure_rules().by_unit.values() for rule in each.rules if rule.code == code)
    return frozenset().union(*(concepts for rule in rules for concepts in rule.all))
