"""Numbers whose meaning depends on others: shared by several, continued lists, parts of totals."""

import re

from extractor.recognize.prose_numbers.choice import choose_code, is_about
from extractor.recognize.prose_numbers.numbers import Quantity
from extractor.recognize.prose_numbers.published import published_kind
from extractor.recognize.prose_numbers.rules import figure_rules
from extractor.recognize.prose_numbers.sentence import Sentence, WordWindow, concepts_of, has_noun, nouns_of
from extractor.recognize.prose_numbers.setting import Setting, Topic

_DISPUTES = (("review", "reviews"), ("litigation", "litigation"), ("complaint", "complaints"))
_DECISIONS = (
    ("licensing", "licensing_decisions"),
    ("penalty", "penalty_decisions"),
    ("coercion", "coercion_decisions"),
)
_WHOLES = frozenset(["disclosed", "requests_received", "reviews", "litigation"])
_KINDS = ("条", "篇", "件", "份", "则", "项")  # units in a list of kinds of information
_CASES = ("件", "项", "份", "宗", "条")
_MONEY = ("元", "万元", "亿元")
# Words of other business: they end a list of kinds of information.
_OTHER_DEEDS = frozenset(
    ["receive", "conclude", "reply", "issue", "training", "meeting", "check", "columnact", "staff"]
)
_CHANNEL_CODES = {
    "wechat": "disclosed_wechat",
    "weibo": "disclosed_weibo",
    "website": "disclosed_website",
    "newmedia": "disclosed_new_media",
}
_SINCE_YEAR = re.compile("(20\\d\\d)年以来")
_AMONG_YEAR = re.compile("其中[，,]?(20\\d\\d)年")
_CONTRAST = re.compile("新增|其中[，,]?本年")
_ACTIVELY = re.compile(
    "其中[，：:]?主动公开的?(?:政府信息)?"
)  # 共公开603条，其中主动公开601条、依申请公开2条
_NAMED_COLUMN = re.compile("“([^”]{1,30})”(?:等)?(?:专题)?(?:专栏|栏目)")
_ALL_THERE_IS = re.compile("对外公开总数?量?")  # a column of section two: what was published in all years
_CONTRAST_WITHIN = 60  # characters behind a total
_SUM = re.compile("合计|共计|总计|^共$")
_KINDS_OF_LITIGATION = ("litigation_direct", "litigation_after_review")
_WAYS_AND_SENDERS = frozenset(
    f"requests_{name}"
    for name in (
        *("in_person", "letter", "online", "fax", "natural_person", "organization"),
        *("business", "research", "social_organization", "legal_service"),
    )
)
_TOPICS: tuple[Topic, ...] = ("requests", "reviews", "litigation")
_FAMILIES: dict[str, Topic] = {
    "training_sessions": "trained",
    "people_trained": "trained",
    "sites_checked": "checked",
}


def family_of(code: str) -> Topic:
    """Return the topic that a number with this code sets for the rest of the sentence."""
    for topic in _TOPICS:
        if code.partition("_")[0] == topic:
            return topic
    if code.startswith(("disclosed", "documents", "regulations_d", "normative_d")):
        return "disclosed"
    return "issued" if code.endswith("_issued") else _FAMILIES.get(code, "other")


def find_at_once(sentence: Sentence, quantity: Quantity, window: WordWindow, setting: Setting) -> list[str]:
    """Return the codes of a number told of several things at once: 行政复议、行政诉讼均为0件."""
    words = concepts_of(window.before)
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
    """Return the codes of what is named before 各 or 分别: 结果维持和其他结果各1件."""
    named = (WordWindow((term,), (), ()) for term in nouns_of(window.before))
    codes = (choose_code(sentence, quantity, each, setting) for each in named)
    several = [code for code in dict.fromkeys(codes) if code and code not in _WHOLES]
    return several if len(several) > 1 and len({family_of(code) for code in several}) == 1 else []


def find_continued(
    sentence: Sentence, quantity: Quantity, window: WordWindow, setting: Setting
) -> str | None:
    """Return the code of a number that has no words of its own and continues the list before it."""
    if family_of_decisions := _goes_on_with_decisions(quantity, window, setting):
        return family_of_decisions
    if setting.code in _KINDS_OF_LITIGATION and not has_noun(window.before) and _sums_up(sentence, window):
        return "litigation"  # 直接起诉2件，复议后起诉3件，合计5件
    if setting.code in _WAYS_AND_SENDERS and not has_noun(window.before) and _sums_up(sentence, window):
        return "requests_received"  # 收到书面申请4件、网络申请9件，共13件
    if quantity.unit in _MONEY and _goes_on_with_fees(sentence, window):
        return "processing_fees"
    if setting.code.endswith("_share") and not has_noun(window.before) and quantity.unit in _CASES:
        return setting.code.removesuffix("_share")  # 网上提交的占58.2%，为167件
    if not window.before or setting.topic != "disclosed":
        return None
    before, bare = concepts_of(window.before), not has_noun(window.before)
    if bare and before & {"ever", "added"} and family_of(setting.code) == "disclosed":
        return setting.code
    if quantity.unit not in _KINDS:
        return None
    if bare and _sums_up(sentence, window):
        return "disclosed"
    listed = setting.listing or (before.isdisjoint(_OTHER_DEEDS) and _goes_on(sentence, window, setting))
    return "disclosed_topic" if listed else None


def _sums_up(sentence: Sentence, window: WordWindow) -> bool:
    return bool(window.before) and bool(_SUM.search(sentence.printed(window.before)))


def _goes_on_with_decisions(quantity: Quantity, window: WordWindow, setting: Setting) -> str | None:
    """Return the code of a decision in a list of them: 办理行政许可156件、行政处罚23件."""
    if quantity.unit not in _CASES or setting.code not in {code for _, code in _DECISIONS}:
        return None
    nouns = [term.concepts for term in nouns_of(window.before)]
    named = [code for concept, code in _DECISIONS if nouns and concept in nouns[-1]]
    return named[0] if len(nouns) == 1 and named else None


def _goes_on_with_fees(sentence: Sentence, window: WordWindow) -> bool:
    """Say whether an amount follows the cases in which it was paid: 收取信息处理费共1件、150元."""
    if has_noun(window.before) or has_noun(window.far):
        return False
    return "feeword" in sentence.said and sentence.said.isdisjoint(["feename", "noticed"])


def _goes_on(sentence: Sentence, window: WordWindow, setting: Setting) -> bool:
    """Say whether a list of kinds goes on with a word of its own: 公开信息90条，组织机构2条."""
    if not setting.code.startswith("disclosed"):
        return False
    named = sum(t.end - t.start for t in window.before if not t.concepts and sentence.is_word(t))
    return setting.code == "disclosed_topic" or named > 1


def narrowed(code: str, sentence: Sentence, quantity: Quantity, window: WordWindow, setting: Setting) -> str:
    """Return the code, or for information the channel that the sentence is about, or that it is a part."""
    if code == "documents_disclosed":
        # 编印政府公报12期，刊登文件98件
        printed = "publish" in concepts_of(window.before) and "gazette" in sentence.said
        return "disclosed_gazette" if printed else code
    if code in ("disclosed", "disclosed_website") and _is_of_a_named_column(sentence, window):
        return "disclosed_topic"
    if code != "disclosed" or _is_what_was_disclosed(sentence, window):
        return code
    if "byunit" not in concepts_of(window.before) and _is_part(sentence, window, setting):
        return "disclosed_topic"
    near = concepts_of(window.before)
    if "byunit" in near:
        return "disclosed_unit"
    if "bytime" in near or (
        published_kind(sentence, quantity, window) and near.isdisjoint(figure_rules().groups.channels)
    ):
        return "disclosed_topic"
    return _subject_channel(sentence, window) or code


def _is_of_a_named_column(sentence: Sentence, window: WordWindow) -> bool:
    """Say whether what was published went into one column that has a name: “要闻动态”栏目更新信息623条."""
    first = (window.far or window.before)[:1]
    last = window.before[-1:]
    if not first or not last:
        return False
    named = _NAMED_COLUMN.search(sentence.text, first[0].start, last[0].end)
    return named is not None and "公开" not in named[1]


def _is_what_was_disclosed(sentence: Sentence, window: WordWindow) -> bool:
    """Say whether the number is all that was disclosed of what was told before: 其中主动公开601条."""
    return bool(window.before) and _ACTIVELY.fullmatch(sentence.printed(window.before)) is not None


def _subject_channel(sentence: Sentence, window: WordWindow) -> str | None:
    """Return the code of the channel that the sentence is about: 微信公众号每日更新，全年发布信息66条."""
    last = (window.before or window.far)[-1:]
    if not last or not sentence.channels or "ever" in sentence.said:
        return None
    named = frozenset().union(*(c for start, c in sentence.channels if start <= last[0].start))
    first = next((t for t in sentence.terms if nouns_of([t]) and "name" not in t.concepts), None)
    if first is None or len(named) != 1 or first.concepts.isdisjoint(figure_rules().groups.channels):
        return None
    return next((_CHANNEL_CODES[c] for c in sorted(first.concepts) if c in _CHANNEL_CODES), None)


def _is_part(sentence: Sentence, window: WordWindow, setting: Setting) -> bool:
    """Say whether disclosed information is that of one field only, or one kind in a list."""
    before = concepts_of(window.before)
    if setting.domain or any(sentence.text.startswith(("其他", "其它"), t.start) for t in window.before):
        return True
    if before & {"thisyear", "added"} or _is_of_this_year(sentence, window, setting):
        return False
    if "disclose" in before and any(sentence.text[t.start] in "；;" for t in window.far):
        return False
    first = window.before[0].start if window.before else sentence.start
    return setting.listing and not _SUM.search(sentence.text, first, first + _CONTRAST_WITHIN)


def _is_of_this_year(sentence: Sentence, window: WordWindow, setting: Setting) -> bool:
    """Say whether the clause sets this year apart from those before: 累计公开8460条，其中2015年公开1075条."""
    if not window.before:
        return False
    year = _AMONG_YEAR.search(sentence.text, window.before[0].start, window.before[-1].end)
    return year is not None and setting.year in (None, int(year[1]))


def is_cumulative(
    sentence: Sentence, quantity: Quantity, window: WordWindow, code: str, setting: Setting
) -> bool:
    """Say whether a number counts what was disclosed in earlier years too."""
    far = (*window.far, *window.before)
    words = concepts_of(far)
    if family_of(code) in _TOPICS or code == "normative_issued":
        return _is_of_all_years(sentence, quantity, words, setting)
    if family_of(code) != "disclosed" and code != "policy_interpretations":
        return False
    if _ALL_THERE_IS.search(sentence.printed(window.before)):
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
    """Say whether cases of earlier years are counted too: 历年累计收到1083件, 1083件（2008年以来）."""
    if words & {"thisyear", "added"}:
        return False
    since = _SINCE_YEAR.search(
        sentence.text, max(quantity.start - _CONTRAST_WITHIN, sentence.start), quantity.start
    )
    since = since or _SINCE_YEAR.match(sentence.text, quantity.end + 1)
    if since:
        return setting.year is None or int(since[1]) < setting.year
    return "ever" in words or (setting.since and "carryout" not in words)
