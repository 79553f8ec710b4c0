"""Narrows a code by the words around the number: one channel, one kind, the part of one body."""

from bisect import bisect_left

from extractor.patterns import kept_pattern
from extractor.recognize.prose_numbers.applicants import CODE_OF_APPLICANTS
from extractor.recognize.prose_numbers.numbers import Quantity
from extractor.recognize.prose_numbers.published import published_kind
from extractor.recognize.prose_numbers.rules import figure_rules
from extractor.recognize.prose_numbers.sentence import Sentence, nouns_of
from extractor.recognize.prose_numbers.setting import Setting
from extractor.recognize.prose_numbers.window import WordWindow

_CHANNEL_CODES = {
    "wechat": "disclosed_wechat",
    "weibo": "disclosed_weibo",
    "website": "disclosed_website",
    "newmedia": "disclosed_new_media",
    "gazette": "disclosed_gazette",
}
_AMONG_YEAR = kept_pattern("其中[，,]?(20\\d\\d)年")
_ACTIVELY = kept_pattern(
    "其中[，：:]?主动公开的?(?:政府信息)?"
)  # 共公开603条，其中主动公开601条、依申请公开2条
_HANDED_IN = kept_pattern("提交|提出|递交")
_IN_A_FIELD = kept_pattern("[^，。；：、重点各的]{2,10}领域，$")  # 社会救助领域，对外发布信息215条
_OF_A_KIND = kept_pattern("[^，。；、：\\d]{2,20}类(?:政府)?信息，")  # 业务动态类信息，全年公开339条
_NAMED_COLUMN = kept_pattern("“([^”]{1,30})”(?:等)?(?:专题)?(?:专栏|栏目)")
_CONTRAST_WITHIN = 60  # characters after a total
_SUM = kept_pattern("合计|共计|总计|^共$")


def narrowed(code: str, sentence: Sentence, quantity: Quantity, window: WordWindow, setting: Setting) -> str:
    """Return the code; for information, narrowed to the channel the sentence is about, or to a part."""
    if code == "requests_received" and "receive" not in window.said_before:
        return _handed_in_by(sentence, window) or code
    if code == "disclosed" and _is_printed_in_the_gazette(sentence, window):
        return "disclosed_gazette"
    if code in ("documents_disclosed", "regulations_disclosed", "normative_disclosed"):
        return "disclosed_gazette" if _is_printed_in_the_gazette(sentence, window) else code
    if code in ("disclosed", "disclosed_website") and _is_of_a_named_column(sentence, window, setting):
        return "disclosed_topic"
    if code != "disclosed" or _is_what_was_disclosed(sentence, window):
        return code
    return _narrowed_information(sentence, quantity, window, setting)


def _narrowed_information(
    sentence: Sentence, quantity: Quantity, window: WordWindow, setting: Setting
) -> str:
    """Return the code of disclosed information of which nothing more is known yet."""
    if "share" in window.said_before:
        return "disclosed"  # 占全部公开信息3970条的65.9%
    if _OF_A_KIND.fullmatch(sentence.printed(window.far)):
        return "disclosed_topic"
    if "byunit" not in window.said_before and _is_part(sentence, window, setting):
        return "disclosed_topic"
    near = window.said_before
    if "byunit" in near:
        return "disclosed_unit"
    if "bytime" in near or (
        published_kind(sentence, quantity, window) and near.isdisjoint(figure_rules().groups.channels)
    ):
        return "disclosed_topic"
    return _subject_channel(sentence, window, setting) or "disclosed"


def _handed_in_by(sentence: Sentence, window: WordWindow) -> str:
    """Return the code of the applicants (商业企业较活跃，共提交44件); "" if none or several are named."""
    if not _HANDED_IN.search(sentence.printed(window.before)):
        return ""
    named = [CODE_OF_APPLICANTS[c] for t in window.far for c in t.concepts if c in CODE_OF_APPLICANTS]
    return named[0] if len(set(named)) == 1 else ""


def _is_printed_in_the_gazette(sentence: Sentence, window: WordWindow) -> bool:
    """Return whether the number counts what the gazette printed: 编印政府公报12期，刊登文件98件."""
    if "publish" not in window.said_before or not window.before:
        return False
    before = [concepts for start, concepts in sentence.channels if start < window.before[-1].end]
    return bool(before) and "gazette" in before[-1]


def _is_of_a_named_column(sentence: Sentence, window: WordWindow, setting: Setting) -> bool:
    """Return whether the information was published in named columns.

    “要闻动态”栏目更新信息623条; 新增“一老一小”栏目2个，发布信息134条.
    """
    first = (window.far or window.before)[:1]
    if setting.code == "columns" and window.before and not window.said_far:
        number = bisect_left(sentence.quantity_starts, window.before[0].start)
        opened, _ = sentence.clause(sentence.quantities[number - 1])
        if number and _NAMED_COLUMN.search(sentence.text, opened, window.before[0].start):
            return True
    last = window.before[-1:]
    if not first or not last:
        return False
    named = _NAMED_COLUMN.search(sentence.text, first[0].start, last[0].end)
    return named is not None and "公开" not in named[1]


def _is_what_was_disclosed(sentence: Sentence, window: WordWindow) -> bool:
    """Return whether the number is the disclosed part of the total before it: 其中主动公开601条."""
    return bool(window.before) and _ACTIVELY.fullmatch(sentence.printed(window.before)) is not None


def _subject_channel(sentence: Sentence, window: WordWindow, setting: Setting) -> str | None:
    """Return the code of the channel that the sentence is about: 微信公众号每日更新，全年发布信息66条."""
    last = (window.before or window.far)[-1:]
    if not last or not sentence.channels or "ever" in sentence.said:
        return None
    floor = sentence.start
    if not setting.code:  # 微博29个，发布信息1992条；微信公众号41个，发布信息3404条
        at = bisect_left(sentence.quantity_starts, last[0].start)
        floor = sentence.quantities[at - 2].end if at > 1 else floor
    named = frozenset().union(*(c for start, c in sentence.channels if floor <= start <= last[0].start))
    first = next((t for t in sentence.terms if nouns_of([t]) and "name" not in t.concepts), None)
    if first is None or len(named) != 1 or first.concepts.isdisjoint(figure_rules().groups.channels):
        return None
    return next((_CHANNEL_CODES[c] for c in sorted(named) if c in _CHANNEL_CODES), None)


def _is_part(sentence: Sentence, window: WordWindow, setting: Setting) -> bool:
    """Return whether the disclosed information is of one field, or of one kind in a list."""
    before = window.said_before
    if setting.domain or any(sentence.text.startswith(("其他", "其它"), t.start) for t in window.before):
        return True
    if before & {"thisyear", "added"} or _is_of_this_year(sentence, window, setting):
        return False
    if "disclose" in before and any(sentence.text[t.start] in "；;" for t in window.far):
        return False
    first = window.before[0].start if window.before else sentence.start
    if _IN_A_FIELD.search(sentence.printed(window.far)):
        return True
    return setting.listing and not _SUM.search(sentence.text, first, first + _CONTRAST_WITHIN)


def _is_of_this_year(sentence: Sentence, window: WordWindow, setting: Setting) -> bool:
    """Return whether the clause separates this year from a cumulative total.

    Example: 累计公开8460条，其中2015年公开1075条.
    """
    if not window.before:
        return False
    year = _AMONG_YEAR.search(sentence.text, window.before[0].start, window.before[-1].end)
    return year is not None and setting.year in (None, int(year[1]))
