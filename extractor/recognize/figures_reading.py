"""One sentence: which of its numbers count what.

Around each number stand its words: those before it in its clause, and those behind it where
they are not the next number's. The nearer words are asked first.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extractor.recognize.figures_numbers import Quantity
from extractor.recognize.figures_rules import Rule, figure_rules
from extractor.recognize.figures_sentence import (
    Sentence,
    Window,
    concepts_of,
    has_noun,
    nouns_of,
    take_apart,
    window_of,
)
from extractor.recognize.figures_setting import Setting, Topic
from extractor.recognize.figures_zero import find_zeros
from extractor.recognize.prose import Term
from extractor.report import Number

_NEGATION = re.compile("[未无零免]|没有|不存在|没收|不收")
_YEAR = re.compile("(?:^|[，,；;（(：:])(?:在|截至|截止到?|自)?(20\\d\\d)年")
_SINCE_YEAR = re.compile("(20\\d\\d)年以来")
_CARRY_YEAR = re.compile("(20\\d\\d)年度?结转")
_CONTRAST = re.compile("新增|其中[，,]?本年")
_SUM = re.compile("合计|共计|总计")
_CONTRAST_WITHIN = 60  # characters behind a total
_AT_ONCE = (
    (("review", "reviews"), ("litigation", "litigation"), ("complaint", "complaints")),
    (
        ("licensing", "licensing_decisions"),
        ("penalty", "penalty_decisions"),
        ("coercion", "coercion_decisions"),
    ),
)
_KINDS = ("条", "篇", "件", "份", "则", "项")  # units in a list of kinds of information
# Words of other business: they end a list of kinds of information.
_OTHER_DEEDS = frozenset(
    ["receive", "conclude", "reply", "issue", "training", "meeting", "check", "columnact", "staff"]
)
_DISCLOSING = frozenset(["disclose", "publish"])


class Told(NamedTuple):
    """A number of a code, told in the clause `text[start:end]`."""

    start: int
    end: int
    code: str
    value: Number
    unit: str
    approximate: bool = False
    cumulative: bool = False


def read_sentence(
    text: str, start: int, end: int, quantities: Sequence[Quantity], setting: Setting
) -> list[Told]:
    """Return the figures of the sentence `text[start:end]`; `setting` goes on from sentence to sentence."""
    admitted = figure_rules().units
    countable = [q for q in quantities if q.unit in admitted or q.unit == "%"]
    negated = _NEGATION.search(text, start, end)
    if not countable and not negated:
        return []
    sentence = take_apart(text, start, end, countable)
    _begin(sentence, setting)
    found = list(_counted(sentence, setting))
    if negated:
        known = {(told.code, told.value) for told in found}
        zeros = [z for z in find_zeros(sentence, setting) if (z.code, 0) not in known]
        found = sorted([*found, *(Told(z.start, z.end, z.code, 0, "") for z in zeros)], key=lambda t: t.start)
    return found


def _begin(sentence: Sentence, setting: Setting) -> None:
    first = next((t for t in sentence.terms if t.concepts), None)
    if first is None or "among" not in first.concepts:
        setting.topic, setting.code, setting.listing = "", "", False


def _counted(sentence: Sentence, setting: Setting) -> Iterator[Told]:
    waiting: list[str] = []  # codes that 分别 has promised to the numbers to come
    for number, quantity in enumerate(sentence.quantities):
        window = window_of(sentence, number)
        _note_topic(window, setting)
        codes = _codes(sentence, quantity, window, setting, waiting)
        for code in codes:
            cumulative = _is_cumulative(sentence, quantity, window, code, setting)
            start, end = sentence.clause(quantity)
            yield Told(
                start, end, code, quantity.value, quantity.unit, quantity.approximate, cumulative
            )  # fmt: skip
        setting.code = codes[-1] if codes else ""
        if codes:
            setting.topic = _family(codes[-1])


def _note_topic(window: Window, setting: Setting) -> None:
    """Let the words since the last number change the subject."""
    for term in (*window.far, *window.before):
        if "otherbiz" in term.concepts:
            setting.topic = "foreign"
        elif "disclose" in term.concepts and "info" in term.concepts and not setting.topic:
            setting.topic = "disclosed"
        elif "request" in term.concepts:
            if "attribute" not in term.concepts or setting.topic != "disclosed":
                setting.topic = "requests"
        elif "review" in term.concepts and setting.topic != "foreign":
            setting.topic = "reviews"
        elif "litigation" in term.concepts and setting.topic != "foreign":
            setting.topic = "litigation"
        if "among" in term.concepts and setting.topic == "disclosed":
            setting.listing = True


def _codes(
    sentence: Sentence, quantity: Quantity, window: Window, setting: Setting, waiting: list[str]
) -> list[str]:
    if quantity.unit == "%":
        return _share(window, setting)
    if _is_of_others(sentence, quantity, window, setting):
        return []
    if "carryyear" in concepts_of(window.before):
        return ["requests_carried_in"] if _carried_from_last_year(sentence, quantity, setting) else []
    if waiting and not has_noun(window.before):
        return [waiting.pop(0)]
    if several := _several(quantity, window, setting, sentence):
        if "分别" in sentence.text[window.before[0].start : quantity.start]:
            waiting[:] = several[1:]
            return several[:1]
        return several
    code = _first_rule(sentence, quantity, window, setting) or _continued(sentence, quantity, window, setting)
    if code == "disclosed":
        if channel := _subject_channel(sentence, window):
            code = channel
        elif _is_part(sentence, window, setting):
            code = "disclosed_topic"
    return [code] if code else []


_CHANNEL_CODES = {"wechat": "disclosed_wechat", "weibo": "disclosed_weibo", "website": "disclosed_website"}


def _subject_channel(sentence: Sentence, window: Window) -> str | None:
    """Return the code of the channel that the sentence is about: 微信公众号每日更新，全年发布信息66条."""
    channels = figure_rules().groups.channels
    last = (window.before or window.far)[-1:]
    named = [t.concepts & channels for t in sentence.terms if last and t.start <= last[0].start]
    first = next((t for t in sentence.terms if nouns_of([t]) and "name" not in t.concepts), None)
    if (
        first is None
        or sentence.speaks_of("ever")
        or len(frozenset().union(*named)) != 1
        or not first.concepts & channels
    ):
        return None
    return next((_CHANNEL_CODES[c] for c in first.concepts if c in _CHANNEL_CODES), None)


def _is_part(sentence: Sentence, window: Window, setting: Setting) -> bool:
    """Say whether disclosed information is that of one field only, or one kind in a list."""
    if setting.domain:
        return True
    if concepts_of(window.before) & {"thisyear", "added"}:
        return False
    first = window.before[0].start if window.before else sentence.start
    return setting.listing and not _SUM.search(sentence.text, first, sentence.end)


def _carried_from_last_year(sentence: Sentence, quantity: Quantity, setting: Setting) -> bool:
    years = [int(m[1]) for m in _CARRY_YEAR.finditer(sentence.text, sentence.start, quantity.start)]
    return bool(setting.year and years and years[-1] == setting.year - 1)


def _share(window: Window, setting: Setting) -> list[str]:
    near = concepts_of((*window.before, *window.behind))
    if "rate" in near and (setting.topic == "requests" or (not setting.topic and "requests" in setting.home)):
        return ["requests_concluded_share" if "concluderate" in near else "requests_replied_share"]
    if "share" in near and setting.code and not setting.code.endswith("_share"):
        return [f"{setting.code}_share"]
    return []


def _is_of_others(sentence: Sentence, quantity: Quantity, window: Window, setting: Setting) -> bool:
    """Say whether the number is of another year, a plan, a change, or another business."""
    before = concepts_of(window.before)
    if before & {"comparison", "every"} or ("lastyear" in before and "carryin" not in before):
        return True
    if "collect" in before and "disclose" not in before and "receive" not in before:
        return True
    near = before | concepts_of(window.behind)
    if "mail" in near and near.isdisjoint({"reply", "conclude", "respond"}):
        return True
    if "plan" in sentence.concepts_before(quantity.start):
        return True
    if setting.year and before.isdisjoint({"carryin", "carryyear"}):
        years = [int(m[1]) for m in _YEAR.finditer(sentence.text, sentence.start, quantity.start)]
        if years and years[-1] < setting.year:
            return True
    if "attribute" in before and "receive" not in before and _in_disclosure(setting):
        return True
    nouns = nouns_of(window.before)[-1:] or window.behind
    if any("foreign" in t.concepts or "otherbiz" in t.concepts for t in nouns):
        setting.topic, setting.listing = "foreign", False
        return True
    return False


def _in_disclosure(setting: Setting) -> bool:
    return setting.topic == "disclosed" or (not setting.topic and "disclosed" in setting.home)


def _several(quantity: Quantity, window: Window, setting: Setting, sentence: Sentence) -> list[str]:
    """Return the codes of a number told of several things at once: 行政复议、行政诉讼均为0件."""
    words = concepts_of(window.before)
    if "otherbiz" in words or not ("each" in words or quantity.value == 0):
        return []
    for group in _AT_ONCE:
        named = [code for concept, code in group if concept in words]
        if len(named) > 1 and (group is _AT_ONCE[1] or _holds("ours", words, sentence, setting)):
            return named
    return []


def _continued(sentence: Sentence, quantity: Quantity, window: Window, setting: Setting) -> str | None:
    """Return the code of a number that its own words leave open, and the numbers before do not."""
    if not window.before or setting.topic != "disclosed":
        return None
    before = concepts_of(window.before)
    if "ever" in before and _family(setting.code) == "disclosed" and not has_noun(window.before):
        return setting.code
    if quantity.unit not in _KINDS:
        return None
    if _SUM.search(sentence.text, window.before[0].start, quantity.start) and not has_noun(window.before):
        return "disclosed"
    listed = setting.listing or (setting.code == "disclosed_topic" and before.isdisjoint(_OTHER_DEEDS))
    return "disclosed_topic" if listed else None


def _first_rule(sentence: Sentence, quantity: Quantity, window: Window, setting: Setting) -> str | None:
    received = "receive" in concepts_of(window.before)
    for number, view in enumerate(window.views(sentence)):
        concepts = _refined(sentence, view)
        if number and received:
            concepts -= figure_rules().groups.how
        for rule in figure_rules().rules:
            if quantity.unit not in rule.units or not _fits(rule, concepts):
                continue
            if rule.last and not (nouns_of(view)[-1:] and nouns_of(view)[-1].concepts & rule.all[0]):
                continue
            if not rule.topic or _holds(rule.topic, concepts, sentence, setting):
                return None if {"granted", "partly"} <= concepts else rule.code
    return None


def _fits(rule: Rule, concepts: frozenset[str]) -> bool:
    return rule.none.isdisjoint(concepts) and all(any_of & concepts for any_of in rule.all)


def _refined(sentence: Sentence, terms: Sequence[Term]) -> frozenset[str]:
    """Return the concepts of words; 信息 behind a word that says which is a topic, else information."""
    found: set[str] = set()
    kinds = figure_rules().groups.kinds
    for number, term in enumerate(terms):
        if "infoword" in term.concepts or "info" in term.concepts:
            before = terms[number - 1] if number else None
            joined = before is not None and before.end == term.start and sentence.is_word(before)
            kind = before.concepts & kinds if joined and before else frozenset[str]()
            found -= kinds - kind
            if "infoword" in term.concepts and not kind:
                found.add("topic" if _says_which(sentence, terms[:number]) else "info")
        found |= term.concepts
    return frozenset(found)


def _says_which(sentence: Sentence, before: Sequence[Term]) -> bool:
    """Say whether the words before 信息 name one kind of it: 征地信息, 疫情相关信息, 规划类的信息."""
    if not before or not sentence.is_word(before[-1]):
        return False
    last = before[-1].concepts
    if "related" in last:
        return len(before) > 1 and sentence.is_word(before[-2]) and not before[-2].concepts
    if "kindof" in last or sentence.text.startswith("等", before[-1].start):
        return concepts_of(before).isdisjoint(_DISCLOSING)
    return not last & {"generic", "disclose", "publish", "light", "thisyear"}


def _holds(topic: str, concepts: frozenset[str], sentence: Sentence, setting: Setting) -> bool:
    """Say whether the sentence is, at this number, about the topic that a rule needs."""
    at_home = setting.topic in ("", topic) and topic in setting.home
    match topic:
        case "requests":
            ours = "apply" in concepts and sentence.speaks_of("disclosurework")
            return "request" in concepts or setting.topic == "requests" or at_home or ours
        case "disclosed":
            return bool(concepts & _DISCLOSING) or setting.topic == "disclosed" or at_home
        case "reviews":
            return "review" in concepts or setting.topic == "reviews"
        case "litigation":
            return "litigation" in concepts or setting.topic == "litigation"
        case "ours":
            if setting.topic == "foreign":
                return False
            return "ours" in setting.home or sentence.speaks_of("disclosurework", "request", "disclose")
        case "issued" | "trained" | "checked":
            return topic == setting.topic
        case _:
            return topic == setting.topic or sentence.speaks_of(topic)


_FAMILIES: dict[str, Topic] = {
    "training_sessions": "trained",
    "people_trained": "trained",
    "sites_checked": "checked",
}


def _family(code: str) -> Topic:
    if code.startswith(("requests", "reviews", "litigation")):
        return code.partition("_")[0]  # type: ignore[return-value]  # these are topics
    if code.startswith(("disclosed", "documents", "regulations_d", "normative_d")):
        return "disclosed"
    if code.endswith("_issued"):
        return "issued"
    return _FAMILIES.get(code, "other")


def _is_cumulative(
    sentence: Sentence, quantity: Quantity, window: Window, code: str, setting: Setting
) -> bool:
    """Say whether a number counts what was disclosed in earlier years too."""
    if _family(code) != "disclosed" and code != "policy_interpretations":
        return False
    words = concepts_of((*window.far, *window.before))
    if since := _SINCE_YEAR.search(sentence.text, sentence.start, quantity.start):
        return setting.year is None or int(since[1]) < setting.year
    if "ever" in words:
        return True
    if words & {"thisyear", "added"}:
        return False
    if "bynow" in words:
        return True
    reach = quantity.end + _CONTRAST_WITHIN
    return "accumulated" in words and bool(_CONTRAST.search(sentence.text, quantity.end, reach))
