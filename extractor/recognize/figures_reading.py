"""One sentence: which of its numbers count what.

Around each number stand its words: those before it in its clause, and those behind it where
they are not the next number's. The nearer words are asked first.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from msgspec import Struct

from extractor.recognize.figures_numbers import Quantity
from extractor.recognize.figures_rules import Rule, figure_rules
from extractor.recognize.figures_setting import Setting, Topic
from extractor.recognize.figures_zero import Zero, find_zeros
from extractor.recognize.prose import Term, cut_into_terms
from extractor.report import Number

_CUT = frozenset("，,；;。！？!?\n（）()")
_NEGATION = re.compile("[未无零免]|没有|不存在|没收|不收")
_QUOTED = re.compile("《[^》]*》|“[^”]*”|\"[^\"]*\"")
_YEAR = re.compile("(?:^|[，,；;（(：:])(?:在|截至|截止到?|自)?(20\\d\\d)年")
_VERBS = frozenset(
    "receive conclude reply disclose issue each among thisyear accumulated added generic columnact merge"
    " decision light negation ever bynow remaining study".split()
)
_LIGHT = _VERBS | {"apply", "request"}
_NO_YEAR = re.compile("(?:19|20)\\d\\d")
_ENDS_NUMBER = frozenset("，,；;。、！？!?\n）)：: ")


class Told(NamedTuple):
    """A number of a code, told in the clause `text[start:end]`."""

    start: int
    end: int
    code: str
    value: Number
    unit: str
    approximate: bool = False
    cumulative: bool = False


class _Sentence(Struct, frozen=True):
    text: str
    start: int
    end: int
    terms: tuple[Term, ...]
    quantities: tuple[Quantity, ...]


class _Window(Struct, frozen=True):
    """The words around one number."""

    before: tuple[Term, ...]  # in its clause
    behind: tuple[Term, ...]  # in its clause, not the next number's
    far: tuple[Term, ...]  # since the number before it, in other clauses


def read_sentence(
    text: str, start: int, end: int, quantities: Sequence[Quantity], setting: Setting
) -> Iterator[Told]:
    """Yield the figures of the sentence `text[start:end]`; `setting` goes on from sentence to sentence."""
    admitted = figure_rules().units
    countable = [q for q in quantities if q.unit in admitted or q.unit == "%"]
    negated = _NEGATION.search(text, start, end)
    if not countable and not negated:
        return
    sentence = _taken_apart(text, start, end, countable)
    _begin(sentence, setting)
    found = list(_counted(sentence, setting))
    if negated:
        found = _with_zeros(sentence, found, setting)
    yield from found


def _taken_apart(text: str, start: int, end: int, countable: Sequence[Quantity]) -> _Sentence:
    quoted = [match.span() for match in _QUOTED.finditer(text, start, end)]
    kept = tuple(
        q
        for q in countable
        if not any(a < q.start < b for a, b in quoted) and (q.unit or _stands_alone(text, q))
    )
    terms: list[Term] = []
    at = start
    for quantity in kept:
        terms.extend(cut_into_terms(text, at, quantity.start))
        at = quantity.end
    terms.extend(cut_into_terms(text, at, end))
    return _Sentence(text, start, end, tuple(terms), kept)


def _stands_alone(text: str, quantity: Quantity) -> bool:
    """Say whether a number without unit may be a count: 申请17，均已回复."""
    after = text[quantity.end : quantity.end + 1]
    return after in _ENDS_NUMBER and not _NO_YEAR.fullmatch(str(quantity.value))


def _begin(sentence: _Sentence, setting: Setting) -> None:
    first = next((t for t in sentence.terms if t.concepts), None)
    if first is None or "among" not in first.concepts:
        setting.topic, setting.code, setting.listing = "", "", False


def _counted(sentence: _Sentence, setting: Setting) -> Iterator[Told]:
    waiting: list[str] = []  # codes that 分别 has promised to the numbers to come
    for number, quantity in enumerate(sentence.quantities):
        window = _window(sentence, number)
        _note_topic(window, setting)
        codes = _codes(sentence, quantity, window, setting, waiting)
        for code in codes:
            start, end = _clause(sentence, quantity)
            yield Told(
                start, end, code, quantity.value, quantity.unit, quantity.approximate,
                _is_cumulative(sentence, quantity, window, code),
            )  # fmt: skip
        setting.code = codes[-1] if codes else ""
        if codes:
            setting.topic = _family(codes[-1])


def _window(sentence: _Sentence, number: int) -> _Window:
    quantities = sentence.quantities
    quantity = quantities[number]
    floor = quantities[number - 1].end if number else sentence.start
    ceiling = quantities[number + 1].start if number + 1 < len(quantities) else sentence.end
    since = [t for t in sentence.terms if floor <= t.start < quantity.start]
    cut = max((k + 1 for k, t in enumerate(since) if sentence.text[t.start] in _CUT), default=0)
    before, far = since[cut:], since[:cut]
    behind = []
    for term in (t for t in sentence.terms if quantity.end <= t.start < ceiling):
        if sentence.text[term.start] in _CUT:
            break
        behind.append(term)
    else:
        if number + 1 < len(quantities) and (_has_noun(before) or not behind):
            behind = []  # they belong to the next number
    return _Window(tuple(before), tuple(behind), tuple(far))


def _has_noun(terms: Sequence[Term]) -> bool:
    return any(term.concepts - _VERBS for term in terms)


def _note_topic(window: _Window, setting: Setting) -> None:
    """Let the words since the last number change the subject."""
    for term in (*window.far, *window.before):
        if "otherbiz" in term.concepts:
            setting.topic = "foreign"
        elif "request" in term.concepts:
            setting.topic = "requests"
        elif "review" in term.concepts and setting.topic != "foreign":
            setting.topic = "reviews"
        elif "litigation" in term.concepts and setting.topic != "foreign":
            setting.topic = "litigation"
        if "among" in term.concepts and setting.topic == "disclosed":
            setting.listing = True


def _codes(
    sentence: _Sentence, quantity: Quantity, window: _Window, setting: Setting, waiting: list[str]
) -> list[str]:
    near = _concepts((*window.before, *window.behind))
    if quantity.unit == "%":
        return _share(near, window, setting)
    if _is_of_others(sentence, quantity, window, setting):
        return []
    if waiting and not _has_noun(window.before):
        return [waiting.pop(0)]
    if several := _several(quantity, window, setting, sentence):
        if "分别" in sentence.text[window.before[0].start : quantity.start]:
            waiting[:] = several[1:]
            return several[:1]
        return several
    code = _first_rule(sentence, quantity, window, setting)
    if code is None and setting.listing and setting.topic == "disclosed" and window.before:
        code = "disclosed_topic" if quantity.unit in ("条", "篇", "件", "份", "则", "个", "项") else None
    return [code] if code else []


def _concepts(terms: Sequence[Term]) -> frozenset[str]:
    return frozenset().union(*(term.concepts for term in terms)) if terms else frozenset()


def _share(near: frozenset[str], window: _Window, setting: Setting) -> list[str]:
    if "rate" in near and (setting.topic == "requests" or setting.topic == "" and "requests" in setting.home):
        words = _concepts([t for t in window.before if "rate" in t.concepts])
        return ["requests_concluded_share" if "concluderate" in words else "requests_replied_share"]
    if "share" in near and setting.code and not setting.code.endswith("_share"):
        return [f"{setting.code}_share"]
    return []


def _is_of_others(sentence: _Sentence, quantity: Quantity, window: _Window, setting: Setting) -> bool:
    """Say whether the number is of another year, a plan, a change, or another business."""
    before = _concepts(window.before)
    if "comparison" in before or ("lastyear" in before and "carryin" not in before):
        return True
    if any("plan" in t.concepts for t in sentence.terms if t.start < quantity.start):
        return True
    if setting.year and "carryin" not in before:
        years = [int(m[1]) for m in _YEAR.finditer(sentence.text, sentence.start, quantity.start)]
        if years and years[-1] < setting.year:
            return True
    nouns = [t for t in window.before if t.concepts - _VERBS][-1:] or [
        t for t in window.behind if t.concepts - _VERBS
    ][:1]
    if any("foreign" in t.concepts or "otherbiz" in t.concepts for t in nouns):
        setting.topic, setting.listing = "foreign", False
        return True
    return False


_DISPUTES = (("review", "reviews"), ("litigation", "litigation"), ("complaint", "complaints"))


def _several(quantity: Quantity, window: _Window, setting: Setting, sentence: _Sentence) -> list[str]:
    """Return the codes of a number told of several things at once: 行政复议、行政诉讼均为0件."""
    words = _concepts(window.before)
    named = [code for concept, code in _DISPUTES if concept in words]
    if len(named) < 2 or not ("each" in words or quantity.value == 0):
        return []
    if "otherbiz" in words or not _holds("ours", words, sentence, quantity, setting):
        return []
    return named


def _first_rule(sentence: _Sentence, quantity: Quantity, window: _Window, setting: Setting) -> str | None:
    near = (*window.before, *window.behind)
    views = [window.before, near]
    if all(term.concepts & _LIGHT or not _is_word(sentence, term) for term in near):
        views.append((*window.far, *near))
    for view in views:
        concepts = _refined(sentence, view)
        for rule in figure_rules().rules:
            if quantity.unit in rule.units and _fits(rule, concepts):
                if not rule.topic or _holds(rule.topic, concepts, sentence, quantity, setting):
                    return rule.code
    return None


def _is_word(sentence: _Sentence, term: Term) -> bool:
    return "一" <= sentence.text[term.start] <= "鿿"


def _fits(rule: Rule, concepts: frozenset[str]) -> bool:
    return not rule.none & concepts and all(any_of & concepts for any_of in rule.all)


def _refined(sentence: _Sentence, terms: Sequence[Term]) -> frozenset[str]:
    """Return the concepts of words; 信息 behind a word that says which is a topic, else information."""
    found: set[str] = set()
    for number, term in enumerate(terms):
        found |= term.concepts
        if "infoword" in term.concepts:
            before = terms[number - 1] if number else None
            plain = before is None or before.concepts & {"generic", "disclose", "light", "thisyear"}
            joined = before is not None and before.end == term.start and _is_word(sentence, before)
            found.add("info" if plain or not joined else "topic")
    return frozenset(found)


def _holds(
    topic: str, concepts: frozenset[str], sentence: _Sentence, quantity: Quantity, setting: Setting
) -> bool:
    """Say whether the sentence is, at this number, about the topic that a rule needs."""
    at_home = setting.topic in ("", topic) and topic in setting.home
    match topic:
        case "requests":
            return "request" in concepts or setting.topic == "requests" or at_home or (
                "apply" in concepts and _sentence_speaks_of(sentence, quantity, "disclosurework")
            )  # fmt: skip
        case "disclosed":
            return "disclose" in concepts or setting.topic == "disclosed" or at_home
        case "reviews":
            return "review" in concepts or setting.topic == "reviews"
        case "litigation":
            return "litigation" in concepts or setting.topic == "litigation"
        case "ours":
            if setting.topic == "foreign":
                return False
            return "ours" in setting.home or _sentence_speaks_of(sentence, quantity, "disclosurework", "request", "disclose")
        case "normative":
            return setting.topic == "normative"
        case _:
            return topic == setting.topic or _sentence_speaks_of(sentence, quantity, topic)


def _sentence_speaks_of(sentence: _Sentence, quantity: Quantity, *concepts: str) -> bool:
    return any(term.concepts & set(concepts) for term in sentence.terms)


def _family(code: str) -> Topic:
    if code.startswith(("requests", "reviews", "litigation", "normative")):
        return code.partition("_")[0]  # type: ignore[return-value]  # these are topics
    if code.startswith(("disclosed", "documents")):
        return "disclosed"
    return "training" if code == "training_sessions" else "other"


_AGO = re.compile("(?:截至|截止)(?:到|目前)?|以来|至今")


def _is_cumulative(sentence: _Sentence, quantity: Quantity, window: _Window, code: str) -> bool:
    if not code.startswith(("disclosed", "documents", "policy")):
        return False
    words = _concepts((*window.far, *window.before))
    if "ever" in words:
        return True
    if "thisyear" in words or "added" in words:
        return False
    if "bynow" in words:
        return True
    return "accumulated" in words and any(
        "added" in t.concepts or sentence.text.startswith("本年度", t.start)
        for t in sentence.terms
        if t.start > quantity.end
    )


def _clause(sentence: _Sentence, quantity: Quantity) -> tuple[int, int]:
    """Return the bounds of the clause around a number, its own punctuation left out."""
    text, cuts = sentence.text, "，,；;。！？!?\n"
    start = max(text.rfind(c, sentence.start, quantity.start) for c in cuts) + 1 or sentence.start
    ends = [e for c in cuts if (e := text.find(c, quantity.end, sentence.end)) >= 0]
    return max(start, sentence.start), min(ends, default=sentence.end)


def _with_zeros(sentence: _Sentence, found: list[Told], setting: Setting) -> list[Told]:
    """Add the zeros told in words, in reading order."""
    zeros = find_zeros(sentence.text, sentence.terms, sentence.quantities, setting)
    known = {(told.code, told.value) for told in found}
    added = [Told(z.start, z.end, z.code, 0, "") for z in zeros if (z.code, 0) not in known]
    return sorted([*found, *added], key=lambda told: told.start)


__all__ = ["Told", "Zero", "read_sentence"]
