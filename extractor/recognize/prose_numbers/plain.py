"""Decides whether a clause is fully understood, so that a table with another number contradicts it.

Rules only look at the words that they know. Unknown words may limit what is counted: for 区住建局收到申请39件
or 因属于过程性信息不予公开5件 the table may rightly give another number. So a contradiction is only reported
if every word of the clause is known.
"""

import re
from collections.abc import Container, Sequence
from functools import cache

from msgspec import Struct

from extractor.definitions import load_definition
from extractor.patterns import kept_pattern, late_pattern
from extractor.recognize.prose import Term
from extractor.recognize.prose_numbers.index import index_words
from extractor.recognize.prose_numbers.numbers import find_quantities
from extractor.recognize.prose_numbers.reasons import may_count_one_reason, rows_named, without_reasons
from extractor.recognize.prose_numbers.text import squeeze
from extractor.report import Figure, Issuer

_OTHER = late_pattern(r"[^一-鿿]+")
_YEAR = kept_pattern(r"20\d\d年度?")
_LEAST_NAME = 2  # characters


class _PlainWords(Struct, frozen=True, forbid_unknown_fields=True):
    narrowing: frozenset[str]
    owners: tuple[str, ...]
    filling: tuple[str, ...]


def is_plainly_told(figure: Figure, issuer: Issuer, rows: Container[str] = ()) -> bool:
    """Return whether every word of a figure's clause is known and none limits what is counted.

    Args:
        figure: A number told in the text, with its clause.
        issuer: The agency that reports; its name in a clause is no limit.
        rows: The table rows that the number is compared with; naming the reason of one of them is no limit.
    """
    words = _words()
    text = _owners().sub("", _YEAR.sub("", squeeze(figure.text).text))
    if may_count_one_reason(text) or any(row not in rows for row in rows_named(text)):
        return False
    text = without_reasons(text)
    index = index_words(text, 0, len(text))
    if any(p.concepts & words.narrowing and p.pattern.search(text) for p in index.phrases):
        return False
    unknown: list[str] = []
    at = 0
    for start, end in [*((q.start, q.end) for q in find_quantities(text)), (len(text), len(text))]:
        terms: list[Term] = []
        index.cut_onto(terms, at, start)
        for term in terms:
            if term.concepts & words.narrowing:
                return False
            if not term.concepts:
                unknown.append(text[term.start : term.end])
            elif unknown and unknown[-1]:
                unknown.append("")
        at = max(at, end)
    left = [_filling().sub("", part) for part in _OTHER.sub(" ", " ".join(_joined(unknown))).split()]
    return all(not part or _is_the_issuer(part, issuer) for part in left)


def left_unknown(text: str, terms: Sequence[Term]) -> str:
    """Return the words among these that are unknown: neither terms of the field nor filler words."""
    unknown = [
        text[term.start : term.end] if not term.concepts or term.end - term.start == 1 else " "
        for term in terms  # of 提出 the dictionary only knows 出
    ]
    return _filling().sub("", _OTHER.sub(" ", "".join(unknown))).strip()


def _joined(unknown: list[str]) -> list[str]:
    return "".join(part or " " for part in unknown).split()


def _is_the_issuer(words: str, issuer: Issuer) -> bool:
    return len(words) >= _LEAST_NAME and words in f"{issuer.name or ''} {issuer.printed or ''}"


@cache
def _words() -> _PlainWords:
    return load_definition("plain_words.yaml", _PlainWords)


@cache
def _owners() -> re.Pattern[str]:
    return kept_pattern("|".join(_words().owners))


@cache
def _filling() -> re.Pattern[str]:
    return kept_pattern("|".join(_words().filling))
