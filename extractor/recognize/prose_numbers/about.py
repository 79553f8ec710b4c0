"""Decides what a sentence is about at a number, by its own words and the text before it."""

from extractor.patterns import late_pattern
from extractor.recognize.prose_numbers.sentence import Sentence
from extractor.recognize.prose_numbers.setting import Setting

_NOTHING: frozenset[str] = frozenset()
_DISCLOSING = frozenset(["disclose", "publish"])
_ALL_PUBLISHED = late_pattern(
    r"，(?:均|全部|都)(?:已)?(?:按时|及时|依法|主动)*(?:(?:在|通过|于)[^，。；\d]{2,20})?(?:公开|发布|公示)"
)
_LITIGATION = frozenset(["litigation", "direct", "afterreview", "lost"])
_OTHER_BUSINESS = frozenset(["foreign", "otherbiz", "mail", "visit", "licensing", "penalty", "complaint"])
_DISPUTES = frozenset(["review", "litigation"])
_OWN_CHANNELS = frozenset(["website", "wechat", "weibo", "newmedia"])
_TALK_BACK = frozenset(["mail", "complaint", "check", "consultation", "visit", "request", "apply"])
_DISPUTED = _LITIGATION | {"review"}
_OTHER_DISPUTES = frozenset(["otherbiz", "sued", "foreign", "licensing", "penalty", "coercion", "hot"])
_DECISIONS = frozenset(["licensing", "penalty", "coercion"])
_TOLD_OTHERWISE = frozenset(["disclose", "publish", "topic", "foreign", "otherbiz", "collect"])
_OURS = frozenset(["disclosurework", "request", "disclose"])


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
    """Return whether the last clause says that all things counted are published: 信息2条，均在网站公开."""
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
