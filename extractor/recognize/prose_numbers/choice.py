"""Chooses the rule for a number from the concepts of the words around it and the topic of the sentence."""

from bisect import bisect_left
from collections.abc import Sequence

from extractor.patterns import late_pattern
from extractor.recognize.prose import Term, concepts_of
from extractor.recognize.prose_numbers.about import is_about
from extractor.recognize.prose_numbers.numbers import Quantity
from extractor.recognize.prose_numbers.rules import CodeRule, figure_rules
from extractor.recognize.prose_numbers.sentence import Sentence, nouns_of
from extractor.recognize.prose_numbers.setting import Setting
from extractor.recognize.prose_numbers.window import WordWindow

_ALL_KINDS = ("等各类", "等各项", "等政府", "等政务")
_ASKED_WITHIN = 24  # characters after 申请
_PLAIN = frozenset(["generic", "disclose", "publish", "light", "thisyear", "stock"])
# Two of the same set share one number, which is their sum: 不予公开、无法提供27件.
_PEERS = (
    frozenset(["granted", "partly", "refused", "unavailable", "rejected", "otherout"]),
    frozenset(["business", "research", "social", "legal"]),
    frozenset(["direct", "afterreview"]),
    frozenset(["upheld", "otherresult"]),
)
_BY_A_BODY = late_pattern("(?:法人|单位)(?:[及和、]|或者?)?(?:其他组织)?(?:提出|提交)?的?申请")
_FROM_PERSONS = late_pattern("(?:自然人|公民个人|个人)(?:新收|收到|提出)")
_WAYS = frozenset(["online", "letter", "fax", "inperson"])
_HOW_ALONE = ("written", "online", "letter", "fax", "inperson")
_SENT_BY = frozenset(["business", "research", "social", "legal"])  # none of them sends all there are
_RECEIVED = frozenset(["receive", "apply", "request"])
_RESULTS = frozenset(["upheld", "corrected", "pending", "otherresult"])
_DISPUTES = frozenset(["review", "litigation"])


def choose_code(sentence: Sentence, quantity: Quantity, window: WordWindow, setting: Setting) -> str | None:
    """Return the code of the first rule that fits the number; None if none does."""
    rules = figure_rules()
    admitted = rules.by_unit.get(quantity.unit)
    if admitted is None:
        return None
    received = "receive" in window.said_before
    for number, view in enumerate(window.views(sentence)):
        concepts = _refined(sentence, view)
        if quantity.value:
            concepts = _of_all_ways(concepts)
        if received and concepts & rules.groups.how and _goes_on_by_how(sentence, quantity):
            concepts -= _RECEIVED
        elif received and (sender := _sender_named(sentence, view)):
            concepts = (concepts - _RECEIVED) | {sender, "apply"}
        elif received and (number or _is_plain_request(view)):
            concepts -= rules.groups.how - _told_before_receiving(view) - _SENT_BY
        for rule in admitted.met_by(concepts):
            if _fits(rule, concepts, view, sentence) and (
                not rule.topic or is_about(rule.topic, concepts, sentence, setting)
            ):
                return None if _is_of_several(concepts) else rule.code
    return None


def _of_all_ways(concepts: frozenset[str]) -> frozenset[str]:
    """Return concepts without the ways of sending if several share one number: 当面、来函和网络申请87件."""
    ways = concepts & _WAYS
    return (concepts - ways) | {"apply"} if len(ways) > 1 else concepts


def _is_of_several(concepts: frozenset[str]) -> bool:
    both = concepts >= _DISPUTES and not concepts.isdisjoint(_RESULTS)  # 复议和诉讼中结果维持的
    return both or any(len(concepts & peers) > 1 for peers in _PEERS)


def _sender_named(sentence: Sentence, view: Sequence[Term]) -> str:
    """Return the concept of the applicants if the clause names them alone; "" if it does not.

    自然人新收申请18件; 收到法人及其他组织申请8宗, but not 收到公民的申请, which may be all there are.
    """
    said = concepts_of(view)
    if {"natural", "organization"} <= said:
        return ""
    printed = sentence.printed(view)
    if "organization" in said and _BY_A_BODY.search(printed):
        return "organization"
    return "natural" if "natural" in said and _FROM_PERSONS.match(printed) else ""


def _told_before_receiving(view: Sequence[Term]) -> frozenset[str]:
    """Return the concepts of the words before 收到.

    通过邮寄方式收到申请8件 gives the channel of all requests.
    """
    at = next((k for k, term in enumerate(view) if "receive" in term.concepts), 0)
    return concepts_of(view[:at])


def _goes_on_by_how(sentence: Sentence, quantity: Quantity) -> bool:
    """Return whether the next number is of another channel or applicant: 收到公民申请2件，法人申请1件."""
    number = bisect_left(sentence.quantity_starts, quantity.end)
    if number == len(sentence.quantities):
        return False
    first = bisect_left(sentence.term_starts, quantity.end)
    until = bisect_left(sentence.term_starts, sentence.quantities[number].start)
    between = sentence.terms[first:until]
    said = concepts_of(between)
    named = bool(said & {"apply", *_HOW_ALONE})
    named = named or any(sentence.text.endswith("申请", t.start, t.end) for t in between)
    if not said & figure_rules().groups.how or not named:
        return False
    return said.isdisjoint({"receive", "among", "reply", "conclude", "each"}) and not any(
        sentence.text[t.start] in "。；;" for t in between
    )


def _is_plain_request(view: Sequence[Term]) -> bool:
    """Return whether the number counts requests, ignoring applicant and channel: 收到自然人邮寄的申请1件."""
    nouns = nouns_of(view)
    return bool(nouns) and not nouns[-1].concepts.isdisjoint(("request", "apply"))


def _fits(rule: CodeRule, concepts: frozenset[str], view: Sequence[Term], sentence: Sentence) -> bool:
    for any_of in rule.all:
        if any_of.isdisjoint(concepts):
            return False
    if not rule.none.isdisjoint(concepts):
        return False
    if not rule.last:
        return True
    nouns = nouns_of(view)[-1:]
    return bool(nouns and nouns[0].concepts & rule.all[0]) and not _is_asked_for(view, nouns[0], sentence)


def _is_asked_for(view: Sequence[Term], request: Term, sentence: Sentence) -> bool:
    """Return whether the words after 申请 limit what was asked for.

    申请公开环评报告的5件 is not the total.
    """
    behind = [t for t in view if t.start >= request.end and t.start < request.end + _ASKED_WITHIN]
    named = sum(t.end - t.start for t in behind if not t.concepts and sentence.is_word(t))
    return named > 1 and any(sentence.text[t.start] == "的" for t in behind[-1:])


def _refined(sentence: Sentence, terms: Sequence[Term]) -> frozenset[str]:
    """Return the concepts of words.

    信息 after a word that limits it counts as a topic, else as information.
    """
    found: set[str] = set()
    groups = figure_rules().groups
    for number, term in enumerate(terms):
        if "infoword" in term.concepts or "info" in term.concepts:
            before = terms[number - 1] if number else None
            joined = before is not None and before.end == term.start and sentence.is_word(before)
            kind = before.concepts & groups.own if joined and before else frozenset[str]()
            found -= groups.kinds - kind
            if "infoword" in term.concepts and not kind:
                found.add("topic" if _says_which(sentence, terms[:number]) else "info")
        found |= term.concepts
    return frozenset(found)


def _says_which(sentence: Sentence, before: Sequence[Term]) -> bool:
    """Return whether the words before 信息 limit it to one kind: 征地信息, 疫情相关信息, 规划类的信息."""
    if not before or not (sentence.is_word(before[-1]) or sentence.text.startswith("”", before[-1].start)):
        return False
    last = before[-1].concepts
    if "related" in last:
        return len(before) > 1 and sentence.is_word(before[-2]) and not before[-2].concepts
    if sentence.text.startswith("”", before[-1].start):
        return True  # “黑名单”信息
    if sentence.text.startswith(_ALL_KINDS, before[-1].start):
        return False
    if concepts_of(before) & figure_rules().groups.channels:
        return "related" in last  # 网站发布新闻、通知等信息733条 counts everything on the site
    if "kindof" in last or sentence.text.startswith("等", before[-1].start):
        return True
    return not last & _PLAIN
