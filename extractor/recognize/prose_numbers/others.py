"""Recognizes numbers that do not count the agency's own work of this year.

They are of other years, plans, other business, or parts.
"""

from collections.abc import Sequence

from extractor.patterns import kept_pattern, late_pattern
from extractor.recognize.prose import Term, concepts_of
from extractor.recognize.prose_numbers.numbers import Quantity
from extractor.recognize.prose_numbers.plain import left_unknown
from extractor.recognize.prose_numbers.sentence import Sentence
from extractor.recognize.prose_numbers.series import family_of
from extractor.recognize.prose_numbers.setting import Setting
from extractor.recognize.prose_numbers.window import WordWindow

_OTHER_ATTRIBUTE = late_pattern("[，、；](?:不予公开|主动公开|不公开)的?(?:政府)?信息\\d+条")
_KINDS_OF_APPLICATION = late_pattern(
    "书面|纸质|有效|新增|群众|公众|市民|村民|居民|来人|口头|公开|信息|上级|转办|转来|其他|其它|提出|提交|递交|方式|形式|依法|合规|人"
)
_FOREIGN = frozenset(["foreign", "otherbiz"])
_DEALT_WITH = frozenset(["receive", "reply", "conclude"])
_YEAR_OF = kept_pattern("(20\\d\\d)年度?[的（(]\\Z")  # 2021年的30件
_ENDS_YEAR_OF = ("的", "（", "(")
# 2件为2022年12月收到, 2起行政诉讼均系2021年提起
_YEAR_BEHIND = kept_pattern(
    r"[^，。；\d]{0,12}?[为系是于](20\d\d)年(?:\d{1,2}月)?(?:收到|提起|受理|申请|提出|发生|新收)"
)
_YEAR_BEHIND_WITHIN = 18  # characters to the end of 年
_OPENS_COMPARED = ("）", ")", "相", "比")
_COMPARED = late_pattern("[）)]?(?:相比|比较|相较)")
_WITH = late_pattern("与[^，。；]+\\Z")
_WITH_WITHIN = 30  # characters
_AROUND = 60  # characters
_OF_ENFORCEMENT = late_pattern("执法队|执法检查|摊贩|违法|安全生产|治安|消防")
_NOT_OUR_CHECK = late_pattern("接受|迎接|[查检巡测]发现")
_RESULTS_OF_SUITS = ("litigation_pending", "litigation_upheld", "litigation_corrected", "litigation_other")
_KINDS_OF_SUITS = ("litigation_direct", "litigation_after_review")
_OTHER_WAYS = frozenset(["online", "fax", "inperson"])
_PERSONS = ("名", "位", "人")
_OF_EACH = late_pattern("各(?!级)[^，。；]{0,10}(?:指定|明确|确定|配备|安排|落实)")
# what a meeting was about, if not the work reported on, stands between the verb and its kind
_MEETING_ON = late_pattern(
    "(?:召开|举行|开展|组织|举办)(?:了)?(?!(?:政民|专题|工作|全[县市区省局]|领导|党组|局|协调|调度|推进|部署|年度|季度|联席|内部|有关|相关|政务|信息|本级|各类|多次|系统))"
    "[^，。；、\\d]{2,12}(?:工作会议?|座谈会|动员会|推进会|现场会|调度会|专题会议?|部署会)"
)
_COME_TO = late_pattern("(?:[增升降减]|增加|增长|上升|下降|减少|扩大|提高)[至到为]\\Z")
_YEAR_LENGTH = 7
# Parts of these after 其中 have no code of their own, except the agency's own cases among its area's.
_DIVIDED = ("requests_unavailable", "requests_received", "reviews", "litigation", "requests_other_outcome")
_OWN = late_pattern("本机关|本级|府办|办公[室厅]")
_CARRY_YEAR = kept_pattern("(20\\d\\d)年度?(?:结转|转来|转入)(的|[至到入]本|继续|申请)?")


def is_of_others(sentence: Sentence, quantity: Quantity, window: WordWindow, setting: Setting) -> bool:
    """Return whether the number belongs to other business or to other bodies."""
    before = window.said_before
    if "collect" in before and before.isdisjoint({"disclose", "receive", "inforce", "feename"}):
        setting.topic = "foreign"
        return True
    if before & {"used", "handedon", "shortcoming", "others", "internal"}:
        setting.topic = "foreign"
        return True
    near = before | window.said_behind
    if "mail" in near and "visit" in sentence.said and "来信" in sentence.printed(window.before):
        return True  # 接待来访127批，处理来信68件 are petitions
    if "mail" in near and near.isdisjoint({"reply", "conclude", "respond"}):
        setting.code = ""
        return True
    if quantity.unit == "条" and _is_attribute(sentence, quantity, window, setting):
        setting.topic = "other"
        return True
    if _is_application_for_something(sentence, window):
        setting.topic = "foreign"
        return True
    if "attribute" in before and "receive" not in before and _in_disclosure(setting):
        return True
    named = window.nouns[-1].concepts if window.nouns else window.said_behind
    if not named.isdisjoint(_FOREIGN):
        setting.topic, setting.listing = "foreign", False
        return True
    return False


def _is_application_for_something(sentence: Sentence, window: WordWindow) -> bool:
    """Return whether a word before 申请 names another matter.

    业务办理申请, not 政府信息公开申请 or 书面申请.
    """
    nouns = window.nouns
    if not nouns or nouns[-1].concepts != {"apply"}:
        return False
    at = window.before.index(nouns[-1])
    named = ""
    for term in reversed(window.before[:at]):
        if term.concepts or not sentence.is_word(term):
            break
        named = sentence.text[term.start : term.end] + named
    return len(named) > 1 and not _KINDS_OF_APPLICATION.search(named)


def is_of_another_time(sentence: Sentence, quantity: Quantity, window: WordWindow, setting: Setting) -> bool:
    """Return whether the number is of another year, a plan, or a change."""
    if quantity.start > sentence.plan and sentence.text.find("实际", sentence.plan, quantity.start) < 0:
        return True
    before, far = concepts_of(_behind_the_colon(sentence, window)), window.said_far
    if before & {"comparison", "every"}:
        return True
    if "lastyear" in before and "carryin" not in before:
        # 由上年的402人增至436人
        return not _COME_TO.search(sentence.text, max(quantity.start - _YEAR_LENGTH, 0), quantity.start)
    if "lastyear" in far and "comparison" not in far and "thisyear" not in before | far:
        return True
    if _is_compared_with(sentence, quantity) or _is_of_an_earlier_year(sentence, quantity, setting):
        return True
    named = None
    if sentence.text.startswith(_ENDS_YEAR_OF, quantity.start - 1):
        named = _YEAR_OF.search(sentence.text[max(quantity.start - _YEAR_LENGTH, 0) : quantity.start])
    year = int(named[1]) if named else sentence.year_before(quantity.start)
    return bool(
        setting.year and year and year != setting.year and before.isdisjoint({"carryin", "carryyear"})
    )


def _is_compared_with(sentence: Sentence, quantity: Quantity) -> bool:
    """Return whether the number is what another is compared with: 与申请量最高的2014年（88件）相比."""
    if not sentence.text.startswith(_OPENS_COMPARED, quantity.end):
        return False
    floor = max(quantity.start - _WITH_WITHIN, sentence.start)
    compared = _COMPARED.match(sentence.text, quantity.end)
    return compared is not None and _WITH.search(sentence.text, floor, quantity.start) is not None


def _is_of_an_earlier_year(sentence: Sentence, quantity: Quantity, setting: Setting) -> bool:
    """Return whether the words behind a number say so: 2件为2019年12月收到."""
    if not setting.year or sentence.text.find("年", quantity.end, quantity.end + _YEAR_BEHIND_WITHIN) < 0:
        return False
    behind = _YEAR_BEHIND.match(sentence.text, quantity.end)
    return behind is not None and int(behind[1]) < setting.year


def _behind_the_colon(sentence: Sentence, window: WordWindow) -> Sequence[Term]:
    """Return the words before a number in its clause, without an introduction: 与上年相当：办结8件."""
    if not window.before or sentence.text.find("：", window.before[0].start, window.before[-1].end) < 0:
        return window.before
    at = next((k for k, t in enumerate(window.before) if sentence.text[t.start] == "："), -1)
    return window.before[at + 1 :]


def _is_attribute(sentence: Sentence, quantity: Quantity, window: WordWindow, setting: Setting) -> bool:
    """Return whether 依申请公开 describes information (主动公开206条，依申请公开0条) and is not a request."""
    nouns = window.nouns
    named = bool(nouns) and all(t.concepts & {"request", "refused"} for t in nouns)
    told = family_of(setting.code) == "disclosed" or (
        quantity.value and _OTHER_ATTRIBUTE.match(sentence.text, quantity.end)
    )
    return named and bool(told) and not window.said_before & _DEALT_WITH


def _in_disclosure(setting: Setting) -> bool:
    return setting.topic == "disclosed" or (not setting.topic and "disclosed" in setting.home)


def is_of_a_part(code: str, sentence: Sentence, window: WordWindow, setting: Setting) -> bool:
    """Return whether the number is for a part of the year, or of what a code counts.

    其中市政府办公室收到386件.
    """
    if _is_one_of_several(code, sentence, window, setting):
        return True
    if code == "people_trained" and setting.topic == "foreign":
        return True  # 安全生产培训班6期，参训1230人次
    if family_of(code) not in ("requests", "reviews", "litigation"):
        return False
    before = window.before if window.nouns else (*window.far, *window.before)
    words = concepts_of(before)
    if "bytime" in words or ("ever" in words and "分别" in sentence.printed(before)):
        return True  # 三季度收到申请5件；近三年分别为5件、6件和7件
    among = setting.divided or "among" in window.said_until
    return among and setting.whole == code in _DIVIDED and not _OWN.search(sentence.printed(before))


def _is_one_of_several(code: str, sentence: Sentence, window: WordWindow, setting: Setting) -> bool:
    """Return whether a number is of one way, one row or one court of several that are told."""
    printed = sentence.printed(window.before)
    if code == "requests_received":
        return _is_one_way_of_several(sentence, window)  # 收到网络申请6件、书面申请1件
    if code == "requests_unavailable":
        return setting.code == "requests_not_held" and printed.endswith(("仍不明确", "仍不明确的"))
    if code == "litigation":
        of_all_suits = "disclosurework" not in sentence.said
        return of_all_suits and printed.endswith(("一审", "二审"))  # 一审2件、二审1件
    divided = setting.divided or "among" in window.said_until
    of_a_result = divided and setting.whole in _RESULTS_OF_SUITS
    return of_a_result and code in _KINDS_OF_SUITS  # 尚未审结的4件，其中直接起诉1件


def _is_one_way_of_several(sentence: Sentence, window: WordWindow) -> bool:
    """Return whether requests on paper are told beside those of another channel."""
    several = len(sentence.quantities) > 1
    return several and "written" in window.said_before and not sentence.said.isdisjoint(_OTHER_WAYS)


def is_of_another_business(
    code: str, sentence: Sentence, quantity: Quantity, window: WordWindow, setting: Setting
) -> bool:
    """Return whether complaints or checks concern other business: 受理家长举报412件, 执法队巡查4800次."""
    of_persons = quantity.unit in _PERSONS and sentence.text.startswith("申请人", quantity.end)
    if of_persons and code != "requests_withdrawn":
        return True  # 向3名申请人作出不予公开答复
    if code == "staff" and quantity.value in (1, 2) and _OF_EACH.search(sentence.printed(window.before)):
        return True  # 各科室指定1名信息员
    if code == "meetings" and _is_on_other_matters(sentence, window):
        return True
    if code == "complaints" and quantity.value:
        said = window.said_before
        if not said.isdisjoint({"disclosurework", "disclose", "request"}):
            return False
        return "foreign" in said or bool(left_unknown(sentence.text, window.before))
    if code in ("checks", "sites_checked") and _NOT_OUR_CHECK.search(sentence.printed(window.before)):
        return True  # 接受省级抽查4次; 检查发现“僵尸号”3个
    if code == "checks" and "ours" not in setting.home:
        return (
            _OF_ENFORCEMENT.search(
                sentence.text, max(quantity.start - _AROUND, sentence.start), quantity.end + _AROUND
            )
            is not None
        )
    return False


def _is_on_other_matters(sentence: Sentence, window: WordWindow) -> bool:
    """Return whether unknown words say what a meeting was about: 防汛工作会议6次, 税企座谈会17场."""
    if sentence.text.find("公开", sentence.start, sentence.end) >= 0:
        return False
    return _MEETING_ON.search(sentence.printed(window.before)) is not None


def carried_from_last_year(sentence: Sentence, window: WordWindow, setting: Setting) -> bool:
    """Return whether the requests were carried over from the year before the report's year."""
    match = _CARRY_YEAR.search(sentence.text, window.before[0].start)
    if match is None or not setting.year:
        return match is not None and match[2] is not None  # 加上2022年结转的29件
    return setting.year == int(match[1]) + 1
