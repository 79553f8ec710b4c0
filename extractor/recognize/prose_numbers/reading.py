"""One sentence: which of its numbers count what.

Around each number stand its words: those before it in its clause, and those behind it where
they are not the next number's. The nearer words are asked first.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from extractor.recognize.prose import Term
from extractor.recognize.prose_numbers.choice import choose_code
from extractor.recognize.prose_numbers.numbers import Quantity
from extractor.recognize.prose_numbers.rules import figure_rules
from extractor.recognize.prose_numbers.sentence import (
    Sentence,
    WordWindow,
    concepts_of,
    has_noun,
    nouns_of,
    stands_alone,
    take_apart,
    window_of,
)
from extractor.recognize.prose_numbers.series import (
    family_of,
    find_at_once,
    find_continued,
    is_cumulative,
    narrowed,
)
from extractor.recognize.prose_numbers.setting import Setting
from extractor.recognize.prose_numbers.zero import find_zeros
from extractor.report import Number

_NEGATION = re.compile("[未无零免]|没有|不存在|没收|不收")
_DENIABLE = re.compile("申请|复议|诉讼|举报|投诉|申诉|费|责|结转|规范性|发布会|强制|零报告")
_KINDS_OF_APPLICATION = re.compile(
    "书面|纸质|有效|新增|群众|公众|市民|村民|居民|来人|口头|公开|信息|上级|转办|转来|其他|其它|提出|提交|递交|方式|形式|依法|合规|人"
)
_POSTS = ("条", "件", "份", "个", "项", "篇")
_NAMES_INFORMATION = frozenset(["info", "infoword", "disclose", "alreadypublic", "document"])
_DEALT_WITH = frozenset(["receive", "reply", "conclude"])
_YEAR_OF = re.compile("(20\\d\\d)年度?的\\Z")  # 2021年的30件
# 2件为2022年12月收到, 2起行政诉讼均系2021年提起
_YEAR_BEHIND = re.compile(
    r"[^，。；\d]{0,12}?[为系是于](20\d\d)年(?:\d{1,2}月)?(?:收到|提起|受理|申请|提出|发生|新收)"
)
_YEAR_LENGTH = 7
_ABOUT_OTHERS = re.compile(
    "与(?:政府|政务)?信息公开(?:工作|事项)?均?无关|(?:不|未)涉及(?:政府|政务)?信息公开"
)
_COUNTS_WORDS = re.compile(
    "[两二三四五](?:项|类|者|个)(?:数据|指标|内容|情形|均|都|合计|总计)"
)  # 两项数据均为零
# Of these the parts that 其中 names have no code of their own, but for the agency's own cases in its area's.
_DIVIDED = ("requests_received", "reviews", "litigation", "requests_other_outcome")
_OWN = re.compile("本机关|本级|府办|办公[室厅]")
_CARRY_YEAR = re.compile("(20\\d\\d)年度?结转")


class ToldNumber(NamedTuple):
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
) -> list[ToldNumber]:
    """Return the figures of the sentence `text[start:end]`; `setting` goes on from sentence to sentence."""
    admitted = figure_rules().units
    countable = [
        q
        for q in quantities
        if ((q.unit in admitted if q.unit else stands_alone(text, q)) or q.unit == "%")
        and not _COUNTS_WORDS.match(text, q.start)
    ]
    negated = _NEGATION.search(text, start, end) and _DENIABLE.search(text, start, end)
    if not countable and not negated:
        return []
    sentence = take_apart(text, start, end, countable)
    _begin(sentence, setting)
    found = list(_counted(sentence, setting))
    if _ABOUT_OTHERS.search(text, start, end):  # 行政复议14件，均与信息公开无关
        found = [told for told in found if not _is_dispute(told) or "信息公开" in text[told.start : told.end]]
    if negated:
        known = {told.code for told in found if not told.value}
        zeros = [z for z in find_zeros(sentence, setting) if z.code not in known]
        found = sorted(
            [*found, *(ToldNumber(z.start, z.end, z.code, 0, "") for z in zeros)], key=lambda t: t.start
        )
    return found


def _is_dispute(told: ToldNumber) -> bool:
    return family_of(told.code) in ("reviews", "litigation")


def _begin(sentence: Sentence, setting: Setting) -> None:
    first = next((t for t in sentence.terms if t.concepts), None)
    if first is None or "among" not in first.concepts:
        setting.topic, setting.code, setting.listing, setting.made = "", "", False, ""
        setting.whole, setting.divided, setting.since = "", False, False


def _counted(sentence: Sentence, setting: Setting) -> Iterator[ToldNumber]:
    waiting: list[str] = []  # codes that 分别 has promised to the numbers to come
    for number, quantity in enumerate(sentence.quantities):
        window = window_of(sentence, number)
        _note_topic(window, setting)
        codes = _codes(sentence, quantity, window, setting, waiting)
        start, end = sentence.clause(quantity)
        for code in codes:
            cumulative = is_cumulative(sentence, quantity, window, code, setting)
            setting.since = cumulative
            yield ToldNumber(
                start, end, code, quantity.value, quantity.unit, quantity.approximate, cumulative
            )
        _note_division(window, codes, setting)
        setting.code = codes[-1] if codes else ""
        setting.made = _made(window, codes) or setting.made
        if codes:
            setting.topic = family_of(codes[-1])


def _printed(sentence: Sentence, terms: Sequence[Term]) -> str:
    return sentence.text[terms[0].start : terms[-1].end] if terms else ""


def _note_division(window: WordWindow, codes: Sequence[str], setting: Setting) -> None:
    """Note whether the numbers to come are parts of the one before 其中."""
    if "among" in concepts_of((*window.far, *window.before)):
        if not setting.divided:
            setting.whole = setting.code
        setting.divided = True
    elif not setting.divided and codes:
        setting.whole = codes[-1]


def _made(window: WordWindow, codes: Sequence[str]) -> Literal["", "info", "document"]:
    """Return what a number told as made, and not as disclosed, is a number of."""
    words = concepts_of((*window.before, *window.behind))
    made = "made" in words or {"issue", "document"} <= words
    if not made or "disclose" in concepts_of(window.before):
        return ""
    if words & {"document", "issue"} and "info" not in words and "infoword" not in words:
        return "document" if not codes or codes == ["documents_disclosed"] else ""
    return "info" if words & {"info", "infoword"} and not codes else ""


def _note_topic(window: WordWindow, setting: Setting) -> None:
    """Let the words since the last number change the subject."""
    for term in (*window.far, *window.before):
        concepts = term.concepts
        if not concepts:
            continue
        if "otherbiz" in concepts:
            setting.topic = "foreign"
        elif "disclose" in concepts and "info" in concepts and not setting.topic:
            setting.topic = "disclosed"
        elif "request" in concepts:
            if "attribute" not in concepts or setting.topic != "disclosed":
                setting.topic = "requests"
        elif "review" in concepts and setting.topic != "foreign":
            setting.topic = "reviews"
        elif "litigation" in concepts and setting.topic != "foreign":
            setting.topic = "litigation"
        if "among" in concepts and setting.topic == "disclosed":
            setting.listing = True


def _codes(
    sentence: Sentence, quantity: Quantity, window: WordWindow, setting: Setting, waiting: list[str]
) -> list[str]:
    """Return what a number counts; more than one code where it is told of each of several things."""
    if quantity.unit == "%":
        return [] if quantity.start > sentence.plan else _share(sentence, quantity, window, setting)
    if _is_of_others(sentence, quantity, window, setting):
        return []
    if "carryyear" in concepts_of(window.before):
        return ["requests_carried_in"] if _carried_from_last_year(sentence, window, setting) else []
    if waiting and not has_noun(window.before):
        return [waiting.pop(0)]
    if setting.made and quantity.unit in _POSTS and "receive" not in concepts_of(window.before):
        return _part_of_what_was_made(window, setting)
    if at_once := find_at_once(sentence, quantity, window, setting):
        if "分别" in sentence.text[window.before[0].start : quantity.start]:
            waiting[:] = at_once[1:]
            return at_once[:1]
        return at_once
    code = choose_code(sentence, quantity, window, setting)
    code = code or find_continued(sentence, quantity, window, setting)
    if code is None or _is_of_a_part(code, sentence, window, setting):
        return []
    return [narrowed(code, sentence, window, setting)]


def _is_of_a_part(code: str, sentence: Sentence, window: WordWindow, setting: Setting) -> bool:
    """Say whether a number is of a part of the year, or of what a code counts: 其中市政府办公室收到386件."""
    if code == "people_trained" and setting.topic == "foreign":
        return True  # 安全生产培训班6期，参训1230人次
    if family_of(code) not in ("requests", "reviews", "litigation"):
        return False
    before = window.before if has_noun(window.before) else (*window.far, *window.before)
    words = concepts_of(before)
    if "bytime" in words or ("ever" in words and "分别" in _printed(sentence, before)):
        return True  # 三季度收到申请5件；近三年分别为5件、6件和7件
    among = setting.divided or "among" in concepts_of((*window.far, *window.before))
    return among and setting.whole == code in _DIVIDED and not _OWN.search(_printed(sentence, before))


def _part_of_what_was_made(window: WordWindow, setting: Setting) -> list[str]:
    """Return what the parts of a number made are: only 主动公开 is disclosed."""
    before = concepts_of(window.before)
    if before & {"request", "refused", "attribute"} or "disclose" not in before:
        return []
    if has_noun(tuple(t for t in window.before if t.concepts.isdisjoint(_NAMES_INFORMATION))):
        return []
    return ["documents_disclosed" if setting.made == "document" else "disclosed"]


def _carried_from_last_year(sentence: Sentence, window: WordWindow, setting: Setting) -> bool:
    match = _CARRY_YEAR.search(sentence.text, window.before[0].start)
    return bool(match and setting.year == int(match[1]) + 1)


def _share(sentence: Sentence, quantity: Quantity, window: WordWindow, setting: Setting) -> list[str]:
    near = concepts_of((*window.before, *window.behind))
    if "rate" in near and (setting.topic == "requests" or (not setting.topic and "requests" in setting.home)):
        rates = [t.concepts for t in (*window.before, *window.behind) if "rate" in t.concepts]
        codes = (
            "requests_concluded_share" if "concluderate" in rate else "requests_replied_share"
            for rate in rates
        )
        return list(dict.fromkeys(codes))
    if "share" not in near and not (setting.code.endswith("_share") and has_noun(window.before)):
        return []
    code = _code_of_part(sentence, quantity, window, setting)
    if code is None and not setting.code.endswith("_share"):
        code = setting.code
    return [f"{code}_share"] if code else []


def _code_of_part(sentence: Sentence, quantity: Quantity, window: WordWindow, setting: Setting) -> str | None:
    """Return the code of what has a share, where it is named before 占: 予以公开占47.4%.

    None where nothing is named; then it is the number before. "" where what is named has no code.
    """
    before = window.before  # without a word for it in a list that goes on: 占55.6%，其中微信30.1%
    at = next((k for k, term in enumerate(before) if "share" in term.concepts), len(before))
    named = window.before[:at]
    if not has_noun(named):
        return None
    code = choose_code(sentence, quantity._replace(unit="件"), WordWindow(named, (), ()), setting)
    if code == "requests_received":
        return None
    return code if code and family_of(code) in ("requests", "disclosed", "reviews", "litigation") else ""


def _is_of_others(sentence: Sentence, quantity: Quantity, window: WordWindow, setting: Setting) -> bool:
    """Say whether the number is of another year, a plan, a change, or another business."""
    before = concepts_of(window.before)
    if quantity.start > sentence.plan or _is_of_another_time(sentence, quantity, window, setting):
        return True
    if "collect" in before and before.isdisjoint({"disclose", "receive"}):
        setting.topic = "foreign"
        return True
    if before & {"used", "handedon", "shortcoming", "others"}:
        setting.topic = "foreign"
        return True
    near = before | concepts_of(window.behind)
    if "mail" in near and near.isdisjoint({"reply", "conclude", "respond"}):
        setting.code = ""
        return True
    if quantity.unit == "条" and _is_attribute(window, setting):
        setting.topic = "other"
        return True
    if _is_application_for_something(sentence, window):
        setting.topic = "foreign"
        return True
    if "attribute" in before and "receive" not in before and _in_disclosure(setting):
        return True
    nouns = nouns_of(window.before)[-1:] or window.behind
    if any(not t.concepts.isdisjoint({"foreign", "otherbiz"}) for t in nouns):
        setting.topic, setting.listing = "foreign", False
        return True
    return False


def _is_application_for_something(sentence: Sentence, window: WordWindow) -> bool:
    """Say whether a word right before 申请 says what for: 业务办理申请, not 政府信息公开申请 or 书面申请."""
    nouns = nouns_of(window.before)
    if not nouns or nouns[-1].concepts != {"apply"}:
        return False
    at = window.before.index(nouns[-1])
    named = ""
    for term in reversed(window.before[:at]):
        if term.concepts or not sentence.is_word(term):
            break
        named = sentence.text[term.start : term.end] + named
    return len(named) > 1 and not _KINDS_OF_APPLICATION.search(named)


def _is_of_another_time(sentence: Sentence, quantity: Quantity, window: WordWindow, setting: Setting) -> bool:
    before, far = concepts_of(window.before), concepts_of(window.far)
    if before & {"comparison", "every"} or ("lastyear" in before and "carryin" not in before):
        return True
    if "lastyear" in far and "comparison" not in far and "thisyear" not in before | far:
        return True
    behind = _YEAR_BEHIND.match(sentence.text, quantity.end)
    if behind and setting.year and int(behind[1]) < setting.year:
        return True
    named = _YEAR_OF.search(sentence.text[max(quantity.start - _YEAR_LENGTH, 0) : quantity.start])
    year = int(named[1]) if named else sentence.year_before(quantity.start)
    return bool(setting.year and year and year != setting.year and before.isdisjoint({"carryin", "carryyear"}))


def _is_attribute(window: WordWindow, setting: Setting) -> bool:
    """Say whether 依申请公开 is what information is called (主动公开206条，依申请公开0条), not a request."""
    nouns = nouns_of(window.before)
    named = bool(nouns) and all(t.concepts & {"request", "refused"} for t in nouns)
    return named and family_of(setting.code) == "disclosed" and not concepts_of(window.before) & _DEALT_WITH


def _in_disclosure(setting: Setting) -> bool:
    return setting.topic == "disclosed" or (not setting.topic and "disclosed" in setting.home)
