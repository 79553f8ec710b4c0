"""Numbers whose meaning depends on others: shared by several things, continued lists, parts of totals."""

from functools import cache

from extractor.patterns import kept_pattern
from extractor.recognize.prose import concepts_of
from extractor.recognize.prose_numbers.about import is_about
from extractor.recognize.prose_numbers.choice import choose_code
from extractor.recognize.prose_numbers.numbers import Quantity
from extractor.recognize.prose_numbers.sentence import Sentence, has_noun
from extractor.recognize.prose_numbers.setting import Setting, Topic
from extractor.recognize.prose_numbers.window import WordWindow, words_around

_DISPUTES = (("review", "reviews"), ("litigation", "litigation"), ("complaint", "complaints"))
_DECISIONS = (
    ("licensing", "licensing_decisions"),
    ("penalty", "penalty_decisions"),
    ("coercion", "coercion_decisions"),
)
_DECISION_WORDS = frozenset(["licensing", "penalty", "coercion"])
_WHOLES = frozenset(["disclosed", "requests_received", "reviews", "litigation"])
_KINDS = ("条", "篇", "件", "份", "则", "项")  # units in a list of kinds of information
_CASES = ("件", "项", "份", "宗", "条")
_SITES = ("个", "家")
_ACCOUNTS = frozenset(["website", "wechat", "weibo", "newmedia", "site", "column"])
_MONEY = ("元", "万元", "亿元")
# Verbs of other business: they end a list of kinds of information.
_OTHER_DEEDS = frozenset(
    ["receive", "conclude", "reply", "issue", "training", "meeting", "check", "columnact", "staff"]
)
_SINCE_YEAR = kept_pattern("(20\\d\\d)年以来")
_CONTRAST = kept_pattern("新增|其中[，,]?本年")
_ALL_THERE_IS = "对外公开总"  # a column of section two that counts what was published in all years
_CONTRAST_WITHIN = 60  # characters after a total
_SUM = kept_pattern("合计|共计|总计|合共|总共|总数|总量|^共$")
_THE_REST = frozenset(["其他", "其它", "其余"])
_OUTCOMES = (
    "requests_granted",
    "requests_partly_granted",
    "requests_refused",
    "requests_unavailable",
    "requests_rejected",
    "requests_not_held",
)
_NOT_A_KIND = frozenset(["repeal", "stock", "inforce", "foreign", "noticed"])
_GOING_ON = ("requests_received", "requests_concluded", "requests_replied")
_KINDS_OF_LITIGATION = ("litigation_direct", "litigation_after_review")
_WAYS_AND_SENDERS = frozenset(
    f"requests_{name}"
    for name in (
        *("in_person", "letter", "online", "fax", "natural_person", "organization"),
        *("business", "research", "social_organization", "legal_service"),
    )
)
_RESULTS = frozenset(["upheld", "corrected", "pending", "direct", "after_review"])
_RIGHT_BEHIND = ("期、", "次、", "期（", "次（", "场（", "场、", "期，共", "次，共")
_TOPICS: tuple[Topic, ...] = ("requests", "reviews", "litigation")
_FAMILIES: dict[str, Topic] = {
    "training_sessions": "trained",
    "people_trained": "trained",
    "checks": "checked",
    "sites_checked": "checked",
}


@cache
def family_of(code: str) -> Topic:
    """Return the topic that a number with this code sets for the rest of the sentence."""
    for topic in _TOPICS:
        if code.partition("_")[0] == topic:
            return topic
    if code.startswith(("disclosed", "documents", "regulations_d", "normative_d")):
        return "disclosed"
    return "issued" if code.endswith("_issued") else _FAMILIES.get(code, "other")


def find_at_once(sentence: Sentence, quantity: Quantity, window: WordWindow, setting: Setting) -> list[str]:
    """Return the codes of a number given for several things at once: 行政复议、行政诉讼均为0件."""
    words = window.said_before
    if not window.before or "otherbiz" in words or not ("each" in words or quantity.value == 0):
        return []
    disputes = [code for concept, code in _DISPUTES if concept in words]
    if len(disputes) > 1 and is_about("ours", words, sentence, setting):
        return disputes
    decisions = [code for concept, code in _DECISIONS if concept in words]
    if len(decisions) > 1:
        return decisions
    if "each" in window.before[-1].concepts and {"disclose", "topic"} <= words and quantity.unit in _KINDS:
        return ["disclosed_topic"]
    told_of_each = "each" in window.before[-1].concepts or "分别" in sentence.printed(window.before)
    return _codes_of_each(sentence, quantity, window, setting) if told_of_each else []


def _codes_of_each(sentence: Sentence, quantity: Quantity, window: WordWindow, setting: Setting) -> list[str]:
    """Return the codes of the things named before 各 or 分别: 结果维持和其他结果各1件."""
    named = (words_around((term,)) for term in window.nouns)
    codes = (choose_code(sentence, quantity, each, setting) for each in named)
    several = [code for code in dict.fromkeys(codes) if code and code not in _WHOLES]
    return several if len(several) > 1 and len({family_of(code) for code in several}) == 1 else []


def find_continued(
    sentence: Sentence, quantity: Quantity, window: WordWindow, setting: Setting
) -> str | None:
    """Return the code of a number that has no words of its own and continues the list before it."""
    if code := _code_of_the_rest(sentence, quantity, window, setting):
        return code
    if family_of_decisions := _goes_on_with_decisions(quantity, window, setting):
        return family_of_decisions
    if not window.nouns and (code := _code_of_bare_number(sentence, quantity, window, setting)):
        return code
    if quantity.unit in _MONEY and _goes_on_with_fees(sentence, window):
        return "processing_fees"
    if not window.before or setting.topic != "disclosed":
        return None
    before, bare = window.said_before, not window.nouns
    if bare and before & {"ever", "added", "thisyear"} and family_of(setting.code) == "disclosed":
        return setting.code
    if quantity.unit not in _KINDS or before & _NOT_A_KIND:
        return None
    if before & _DECISION_WORDS and "infoword" not in before and setting.unit != quantity.unit:
        return None  # 公开结果640条，行政处罚133件
    if bare and _sums_up(sentence, window):
        return "disclosed"
    listed = setting.listing or (
        before.isdisjoint(_OTHER_DEEDS) and _goes_on(sentence, quantity, window, setting)
    )
    return "disclosed_topic" if listed else None


def _code_of_the_rest(
    sentence: Sentence, quantity: Quantity, window: WordWindow, setting: Setting
) -> str | None:
    """Return the code of the last entry of a list: 其他0件 after outcomes, 52人 after trainings."""
    if _goes_on_with_sites(quantity, window, setting):
        return setting.code  # 检查政府网站6个、微信公众号24个
    if sentence.printed(window.before).lstrip("、和及") in _THE_REST:
        return _rest_of(setting.code)
    if setting.code == "normative_issued" and _goes_on_disclosing(sentence, quantity, window, setting):
        return "normative_disclosed"
    return "people_trained" if _are_trained(sentence, quantity, window, setting) else None


def _goes_on_disclosing(sentence: Sentence, quantity: Quantity, window: WordWindow, setting: Setting) -> bool:
    """Return whether documents just counted are disclosed: 制发规范性文件14件，依法公开14件."""
    said = window.said_before
    return (
        "disclose" in said
        and not window.nouns
        and quantity.unit == setting.unit
        and sentence.text.startswith("，", window.before[0].start - 1)
    )


def _rest_of(code: str) -> str | None:
    """Return the code of 其他 in a list of outcomes or results: 公开12件，部分公开3件，其他0件."""
    if code in _OUTCOMES:
        return "requests_other_outcome"
    topic, _, result = code.partition("_")
    return f"{topic}_other" if topic in ("reviews", "litigation") and result in _RESULTS else None


def _are_trained(sentence: Sentence, quantity: Quantity, window: WordWindow, setting: Setting) -> bool:
    """Return whether a number of people directly follows the trainings they attended: 培训班1期、52人."""
    if setting.code != "training_sessions" or quantity.unit not in ("人", "名"):
        return False
    return sentence.text.endswith(_RIGHT_BEHIND, sentence.start, quantity.start)


def sum_of_parts(sentence: Sentence, quantity: Quantity, window: WordWindow, setting: Setting) -> str | None:
    """Return the code of a number that adds up the parts before it; None if it does not."""
    if not window.nouns and _sums_up(sentence, window):
        if setting.code in _KINDS_OF_LITIGATION:
            return "litigation"  # 直接起诉2件，复议后起诉3件，合计5件
        if setting.code in ("staff_full_time", "staff_part_time"):
            return "staff"
        topic, _, result = setting.code.partition("_")
        if topic in ("reviews", "litigation") and result and quantity.unit in _CASES:
            return topic  # 复议维持8件，纠正2件，合计10件
        if setting.code in _WAYS_AND_SENDERS:
            return "requests_received"  # 收到书面申请4件、网络申请9件，共13件
    return None


def _code_of_bare_number(
    sentence: Sentence, quantity: Quantity, window: WordWindow, setting: Setting
) -> str | None:
    """Return the code of a number before which nothing is named, derived from the previous code."""
    if code := sum_of_parts(sentence, quantity, window, setting):
        return code
    if setting.code.endswith("_share") and quantity.unit in _CASES:
        return setting.code.removesuffix("_share")  # 网上提交的占58.2%，为167件
    if setting.code in _GOING_ON and "ever" in window.said_before:
        return setting.code  # 受理申请0件，历年累计11件
    return None


def _goes_on_with_sites(quantity: Quantity, window: WordWindow, setting: Setting) -> bool:
    nouns = window.nouns
    if setting.code != "sites_checked" or quantity.unit not in _SITES or len(nouns) != 1:
        return False
    return bool(nouns) and not nouns[-1].concepts.isdisjoint(_ACCOUNTS)


def _sums_up(sentence: Sentence, window: WordWindow) -> bool:
    return bool(window.before) and bool(_SUM.search(sentence.printed(window.before)))


def _goes_on_with_decisions(quantity: Quantity, window: WordWindow, setting: Setting) -> str | None:
    """Return the code of a decision in a list of decisions: 办理行政许可156件、行政处罚23件."""
    if quantity.unit not in _CASES or setting.code not in {code for _, code in _DECISIONS}:
        return None
    nouns = [term.concepts for term in window.nouns]
    named = [code for concept, code in _DECISIONS if nouns and concept in nouns[-1]]
    return named[0] if len(nouns) == 1 and named else None


def _goes_on_with_fees(sentence: Sentence, window: WordWindow) -> bool:
    """Return whether an amount follows the number of cases with fees: 收取信息处理费共1件、150元."""
    if window.nouns or has_noun(window.far):
        return False
    return "feeword" in sentence.said and sentence.said.isdisjoint(["feename", "noticed", "waived"])


def _goes_on(sentence: Sentence, quantity: Quantity, window: WordWindow, setting: Setting) -> bool:
    """Return whether a list of kinds continues with an entry that has a word of its own.

    Example: 公开信息90条，组织机构2条.
    """
    if not setting.code.startswith("disclosed"):
        return False
    named = sum(t.end - t.start for t in window.before if not t.concepts and sentence.is_word(t))
    alike = setting.unit == quantity.unit or sentence.text.startswith("、", window.before[0].start)
    return (setting.code == "disclosed_topic" and alike) or (named > 1 and setting.unit == quantity.unit)


def is_cumulative(
    sentence: Sentence, quantity: Quantity, window: WordWindow, code: str, setting: Setting
) -> bool:
    """Return whether a number includes what was disclosed in earlier years."""
    far = (*window.far, *window.before)
    words = concepts_of(far)
    if family_of(code) in _TOPICS or code == "normative_issued":
        return _is_of_all_years(sentence, quantity, words, setting)
    if family_of(code) != "disclosed" and code != "policy_interpretations":
        return False
    if _ALL_THERE_IS in sentence.printed(window.before):
        return True
    if far and (since := _SINCE_YEAR.search(sentence.text, far[0].start, quantity.start)):
        return setting.year is None or int(since[1]) < setting.year
    if "ever" in words:
        return True
    if words & {"thisyear", "added"}:
        return False
    if "bynow" in words:
        return True
    reach = quantity.end + _CONTRAST_WITHIN
    return "accumulated" in words and bool(_CONTRAST.search(sentence.text, quantity.end, reach))


def _is_of_all_years(sentence: Sentence, quantity: Quantity, words: frozenset[str], setting: Setting) -> bool:
    """Return whether cases of earlier years are included: 历年累计收到1083件, 1083件（2008年以来）."""
    if words & {"thisyear", "added"}:
        return False
    since = _SINCE_YEAR.search(
        sentence.text, max(quantity.start - _CONTRAST_WITHIN, sentence.start), quantity.start
    )
    since = since or _SINCE_YEAR.match(sentence.text, quantity.end + 1)
    if since:
        return setting.year is None or int(since[1]) < setting.year
    return "ever" in words or (setting.since and "carryout" not in words)
