"""Chooses the rule for a number from the concepts of the words around it and the topic of the sentence."""

from bisect import bisect_left
from collections.abc import Sequence

from extractor.patterns import late_pattern
from extractor.recognize.prose import Term
from extractor.recognize.prose_numbers.numbers import Quantity
from extractor.recognize.prose_numbers.rules import CodeRule, figure_rules
from extractor.recognize.prose_numbers.sentence import Sentence, WordWindow, concepts_of, nouns_of
from extractor.recognize.prose_numbers.setting import Setting

_ALL_KINDS = ("等各类", "等各项", "等政府", "等政务")
_ASKED_WITHIN = 24  # characters after 申请
_DISCLOSING = frozenset(["disclose", "publish"])
_PLAIN = frozenset(["generic", "disclose", "publish", "light", "thisyear", "stock"])
# Two of the same set share one number, which is their sum: 不予公开、无法提供27件.
_PEERS = (
    frozenset(["granted", "partly", "refused", "unavailable", "rejected", "otherout"]),
    frozenset(["business", "research", "social", "legal"]),
    frozenset(["direct", "afterreview"]),
    frozenset(["upheld", "otherresult"]),
)
_NOTHING: frozenset[str] = frozenset()
_ALL_PUBLISHED = late_pattern(
    r"，(?:均|全部|都)(?:已)?(?:按时|及时|依法|主动)*(?:(?:在|通过|于)[^，。；\d]{2,20})?(?:公开|发布|公示)"
)
_HOW_ALONE = ("written", "online", "letter", "fax", "inperson")
_SENT_BY = frozenset(["business", "research", "social", "legal"])  # none of them sends all there are
_RECEIVED = frozenset(["receive", "apply", "request"])
_LITIGATION = frozenset(["litigation", "direct", "afterreview", "lost"])
_RESULTS = frozenset(["upheld", "corrected", "pending", "otherresult"])
_OTHER_BUSINESS = frozenset(["foreign", "otherbiz", "mail", "visit", "licensing", "penalty", "complaint"])
_DISPUTES = frozenset(["review", "litigation"])
_OWN_CHANNELS = frozenset(["website", "wechat", "weibo", "newmedia"])
_TALK_BACK = frozenset(["mail", "complaint", "check", "consultation", "visit", "request", "apply"])
_DISPUTED = _LITIGATION | {"review"}
_OTHER_DISPUTES = frozenset(["otherbiz", "sued", "foreign", "licensing", "penalty", "coercion", "hot"])
_DECISIONS = frozenset(["licensing", "penalty", "coercion"])
_TOLD_OTHERWISE = frozenset(["disclose", "publish", "topic", "foreign", "otherbiz", "collect"])
_OURS = frozenset(["disclosurework", "request", "disclose"])


def choose_code(sentence: Sentence, quantity: Quantity, window: WordWindow, setting: Setting) -> str | None:
    """Return the code of the first rule that fits the number; None if none does."""
    rules = figure_rules()
    admitted = rules.by_unit.get(quantity.unit)
    if admitted is None:
        return None
    received = "receive" in concepts_of(window.before)
    for number, view in enumerate(window.views(sentence)):
        concepts = _refined(sentence, view)
        if received and concepts & rules.groups.how and _goes_on_by_how(sentence, quantity):
            concepts -= _RECEIVED
        elif received and (number or _is_plain_request(view)):
            concepts -= rules.groups.how - _told_before_receiving(view) - _SENT_BY
        for rule in admitted.met_by(concepts):
            if _fits(rule, concepts, view, sentence) and (
                not rule.topic or is_about(rule.topic, concepts, sentence, setting)
            ):
                return None if _is_of_several(concepts) else rule.code
    return None


def _is_of_several(concepts: frozenset[str]) -> bool:
    both = concepts >= _DISPUTES and not concepts.isdisjoint(_RESULTS)  # 复议和诉讼中结果维持的
    return both or any(len(concepts & peers) > 1 for peers in _PEERS)


def _told_before_receiving(view: Sequence[Term]) -> frozenset[str]:
    """Return the concepts of the words before 收到.

    通过邮寄方式收到申请8件 gives the channel of all requests.
    """
    at = next((k for k, term in enumerate(view) if "receive" in term.concepts), 0)
    return concepts_of(view[:at])


def _goes_on_by_how(sentence: Sentence, quantity: Quantity) -> bool:
    """Return whether the next number is of another channel or applicant: 收到公民申请2件，法人申请1件."""
    number = bisect_left(sentence.quantities, quantity.end, key=lambda q: q.start)
    if number == len(sentence.quantities):
        return False
    first = bisect_left(sentence.terms, quantity.end, key=lambda t: t.start)
    until = bisect_left(sentence.terms, sentence.quantities[number].start, key=lambda t: t.start)
    between = sentence.terms[first:until]
    said = concepts_of(between)
    if not said & figure_rules().groups.how or not said & {"apply", *_HOW_ALONE}:
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


def is_about(topic: str, concepts: frozenset[str], sentence: Sentence, setting: Setting) -> bool:
    """Return whether the sentence is, at this number, about the topic that a rule requires.

    Args:
        topic: One of figures_rules.TOPICS.
        concepts: The concepts of the words around the number.
        sentence: The whole sentence.
        setting: The topic of the section and of the numbers before.
    """
    at_home = setting.topic in ("", topic) and topic in setting.home
    match topic:
        case "requests":
            asked = "request" in concepts or setting.topic == "requests" or at_home
            asked = asked or (sentence.of_requests and setting.topic in ("", "other"))
            return asked or _is_an_application(concepts, sentence, setting)
        case "disclosed":
            told = setting.topic == "disclosed" or at_home or _names_channels(sentence, setting)
            told = told or (setting.topic == "" and _is_published_behind(sentence))
            return told or not concepts.isdisjoint(_DISCLOSING)
        case "reviews":
            named = not concepts.isdisjoint(("review", "reviewbody"))
            return named or (setting.topic == "reviews" and "litigation" not in concepts)
        case "litigation":
            named = not concepts.isdisjoint(_LITIGATION) or _judged(sentence, setting)
            return named or (setting.topic == "litigation" and "review" not in concepts)
        case "ours":
            known = "ours" in setting.home or not sentence.said.isdisjoint(_OURS)
            disputed = not concepts.isdisjoint(_DISPUTED)
            disputed = disputed or ("complaint" in concepts and sentence.said >= _DISPUTES)
            known = known or (disputed and tells_of_our_disputes(sentence, setting))
            of_a_kind = setting.topic == "disclosed" and setting.listing
            return known and setting.topic != "foreign" and not of_a_kind
        case "work":
            known = setting.work or "ours" in setting.home
            return known or sentence.text.find("公开", sentence.start, sentence.end) >= 0
        case "tabled":  # in section two, whose table counts decisions and fees, their names suffice
            return "tabled" in setting.home or _tells_of_decisions(sentence, setting)
        case "notabled":
            return "tabled" not in setting.home and "spent" not in sentence.said
        case "done":  # a number of published decisions is not the number of decisions made
            return setting.topic != "disclosed" or "done" in concepts
        case _:
            return _is_about_by_words(topic, sentence, setting)


def _is_an_application(concepts: frozenset[str], sentence: Sentence, setting: Setting) -> bool:
    """Say whether 申请 near the number is one for information, though the sentence does not say so."""
    if setting.work and {"apply", "receive"} <= concepts and sentence.said.isdisjoint(_OTHER_BUSINESS):
        return True  # in a report on disclosure that mentions nothing else that one could apply for
    if "apply" in concepts and "disclosurework" in sentence.said:
        return True
    # 主动公开信息356条，收到申请3件
    return {"apply", "receive"} <= concepts and bool(sentence.said & _DISCLOSING)


def _judged(sentence: Sentence, setting: Setting) -> bool:
    """Return whether a court judged disclosure lawsuits, even if not named: 法院判决撤销答复1件."""
    if "court" not in sentence.said or setting.topic not in ("", "litigation"):
        return False
    ours = not sentence.said.isdisjoint(_OURS) or "ours" in setting.home
    return ours or tells_of_our_disputes(sentence, setting)


def _names_channels(sentence: Sentence, setting: Setting) -> bool:
    """Return whether an overview lists published posts by channel, and nothing else.

    网站1812条、微博640条.
    """
    if "overview" not in setting.home or not sentence.said.isdisjoint(_TALK_BACK):
        return False
    return len(sentence.said & _OWN_CHANNELS) > 1


def _is_published_behind(sentence: Sentence) -> bool:
    """Return whether the last clause says that all things counted are published: 甲类信息2条，均在网站公开."""
    if not sentence.said.isdisjoint(_TALK_BACK) or "disclose" not in sentence.said:
        return False
    return _ALL_PUBLISHED.search(sentence.text, sentence.quantities[-1].end, sentence.end) is not None


def _tells_of_decisions(sentence: Sentence, setting: Setting) -> bool:
    """Return whether an overview gives numbers of decisions as the form does.

    行政许可204件，行政处罚315件.
    """
    if "overview" not in setting.home or not sentence.said.isdisjoint(_TOLD_OTHERWISE):
        return False
    return len(sentence.said & _DECISIONS) > 1 or "coercion" in sentence.said


def tells_of_our_disputes(sentence: Sentence, setting: Setting) -> bool:
    """Return whether an overview is about reviews and lawsuits over disclosure, not over other business."""
    return "overview" in setting.home and sentence.said.isdisjoint(_OTHER_DISPUTES)


def _names_an_account(sentence: Sentence) -> bool:
    """Return whether the sentence names new media by more than what they show (短视频)."""
    return any("newmedia" in t.concepts and "clip" not in t.concepts for t in sentence.terms)


def _is_about_by_words(topic: str, sentence: Sentence, setting: Setting) -> bool:
    """Return whether the words of the sentence alone, or the text before it, are about the topic."""
    match topic:
        case "issued" | "trained" | "checked":
            return topic == setting.topic
        case "training":
            named = "training" in sentence.said and is_about("work", _NOTHING, sentence, setting)
            return named
        case "feeword":  # a fee that a notice demanded need not have been paid
            return "feeword" in sentence.said and "noticed" not in sentence.said
        case "concluded":
            of_requests = sentence.of_requests or not sentence.said.isdisjoint(("request", "lateconclude"))
            return setting.code == "requests_concluded" or of_requests
        case "feename":
            return "feename" in sentence.said
        case "clips":  # 抖音号发布视频214个, but not 发布短视频12个 of nobody's account
            return _names_an_account(sentence)
        case "unswept":  # the number before a clean-up is not the number in force after it
            return "stock" not in sentence.said
    return topic == setting.topic or (topic in sentence.said and setting.topic != "foreign")
