"""Finds what is published: the words between the verb and its number (公开会议纪要10期)."""

import re
from functools import cache

from extractor.patterns import kept_pattern, late_pattern
from extractor.recognize.prose_numbers.numbers import Quantity
from extractor.recognize.prose_numbers.rules import figure_rules
from extractor.recognize.prose_numbers.sentence import CUTS, Sentence
from extractor.recognize.prose_numbers.window import WordWindow

# 公开 here means "in public", not "publish": 公开招标3次, 公开审理12件.
_DONE_IN_PUBLIC = kept_pattern(
    "招|拍|审理|宣判|听证|选[拔聘任]|出让|竞|征|承诺|道歉|述职|(?:办理|处理)(?!结果|复文|情况)|曝光|(?:典型)?答复$"
)
_VERB = kept_pattern(
    "(?:主动|对外|向社会|及时|集中|累计)?(?:公开|公布|发布|公示|公告|刊发|上传|推送|晒出)了?"
)
_ASKED_FOR = kept_pattern("(?:要求|申请|提供|同意|准予|不予?|予以|部分|请求)$")  # 要求提供公开出版物
_NOT_COUNTED = kept_pattern(
    "目录|清单|事项|指南|流程|制度|栏目|专栏|名单|平台|渠道|总数|数量|条数|任务|调查(?!报告)|征集"
)
_COUNTED_APART = kept_pattern(
    "依申请|受理|收到|分别|新媒体|文件|文书|公文|规章|解读|图解|决定书?$|意见征集|稿|图文|消息|作品|文章|视频"
)
_FILLED = kept_pattern(
    "(?:信息|内容|数?量?|总数|件数|情况|在|仅|已|累计|首次|(?:共|总|合)?计|共|约|达|为|有|各|均|都|分别)+$"
)
_FILLS = "信息内容数量总件情况在仅已累计首次共合约达为有各均都分别\n"  # all its characters
_GENERAL = kept_pattern(
    "(?:政府|政务|党务|事务|工作|主动|公开|各类|各项|各种|各级|单位|部门|机关|各|类|种|项|全部|有关|相关|重要|重点|公共|社会|一批|共|本级"
    "|部分|本机关|本单位|我[局委市县区镇乡省厅]|新|增|的|了|等|和|与|及|、|“|”|信息|年度|本年|全年|今年|内容|数|量|总|条|件)*"
)
_POSTS = ("条", "件", "份", "篇", "则", "期", "条次")
_ANY = (*_POSTS, "项", "个", "次", "批次", "批", "宗", "起", "幅", "户", "张")
_LONGEST = 40  # characters


def published_kind(sentence: Sentence, quantity: Quantity, window: WordWindow, goes_on: bool = False) -> str:
    """Return what the words before a number say is published; "" if they name no specific kind.

    公开会议纪要10期: 会议纪要; 主动公开政府信息12条: "". If a list of kinds continues (`goes_on`), no verb is
    needed.
    """
    verb = None
    if "disclose" in window.said_before:
        verb = next(term for term in reversed(window.before) if "disclose" in term.concepts)
    if verb is None and goes_on:
        return _kind_named(sentence.printed(window.before).lstrip("、和及与，"))
    if verb is None or not _VERB.fullmatch(sentence.text, verb.start, verb.end):
        return ""
    if _ASKED_FOR.search(sentence.text[max(verb.start - 2, sentence.start) : verb.start]):
        return ""
    return _kind_named(sentence.text[verb.end : quantity.start])


def _kind_named(text: str) -> str:
    """Return the words that name one kind of published things; "" if they do not."""
    named = _bare_name(text)
    if not 1 < len(named) <= _LONGEST or not CUTS.isdisjoint(named) or _GENERAL.fullmatch(named):
        return ""
    if _DONE_IN_PUBLIC.match(named) or _NOT_COUNTED.search(named) or _COUNTED_APART.search(named):
        return ""
    return named


def _bare_name(text: str) -> str:
    """Return a name without the words before and behind it that say nothing of the kind."""
    named = text.lstrip("了的")
    filled = _FILLED.search(named, len(named.rstrip(_FILLS)))
    return named[: filled.start()] + named[filled.end() :] if filled else named


def is_kind_published(sentence: Sentence, quantity: Quantity, window: WordWindow, goes_on: bool) -> bool:
    """Return whether a number counts one kind of published things, recognized by its last word.

    公布审批结果142件, 公开人大建议复文41件: even if other words in between point to another topic.
    """
    if quantity.unit in _POSTS and _is_named_behind(sentence, quantity):
        return True
    if quantity.unit not in _ANY or not (goes_on or "disclose" in sentence.said):
        return False
    named = published_kind(sentence, quantity, window, goes_on)
    if not named:
        return False
    if sentence.text.endswith("信息", 0, quantity.start):
        listed = goes_on and window.said_before.isdisjoint(figure_rules().groups.channels)
        return listed or quantity.unit not in _POSTS  # posts and their channels are handled by other rules
    return _publications().search(named) is not None


def is_something_published(sentence: Sentence, quantity: Quantity, window: WordWindow) -> bool:
    """Return whether a number counts published things that no other rule covers: 公开应急预案6件."""
    if quantity.unit not in _POSTS or window.said_before & figure_rules().groups.verbs - _LIGHT:
        return False
    return bool(published_kind(sentence, quantity, window))


def _is_named_behind(sentence: Sentence, quantity: Quantity) -> bool:
    """Return whether what was published follows its number: 公开了36份人大建议的办理复文."""
    if sentence.text[quantity.start - 1 : quantity.start] not in _ENDS_OF_VERBS:
        return False
    if not _VERB_RIGHT_BEFORE.search(
        sentence.text, max(quantity.start - _LONGEST_VERB, sentence.start), quantity.start
    ):
        return False
    behind = _UP_TO_A_CUT.match(sentence.text, quantity.end, sentence.end)
    named = behind[0] if behind else ""
    return _publications().search(named) is not None and not _COUNTED_APART.search(named)


def is_kind_before_its_verb(sentence: Sentence, quantity: Quantity, window: WordWindow) -> bool:
    """Return whether a kind of information precedes the verb that publishes it: 环评审批信息公开402条."""
    if quantity.unit not in _ANY or not window.before:
        return False
    if (
        sentence.text.find("公", max(window.before[0].start, quantity.start - _VERB_WITHIN), quantity.start)
        < 0
    ):
        return False
    said = window.said_before
    elsewhere = not said.isdisjoint(figure_rules().groups.channels | {"request", "apply", "every"})
    if elsewhere and not _PUBLISHES_ITS_OWN.search(sentence.printed(window.before)):
        return False
    match = _KIND_FIRST.search(sentence.text, window.before[0].start, quantity.start)
    if match is None or _GENERAL.fullmatch(match[1]) or _A_BODY.search(match[1]):
        return False
    named = match[1] + (match[2] or "")
    if match[3] == "公示信息":
        return _SHOWN_BY_LAW.search(match[1]) is not None
    if _publications().search(named) is not None or (match[2] and quantity.unit in _IN_CASES):
        return True
    return quantity.unit in _POSTS and (bool(match[2]) or _OF_ONE_FIELD.search(named) is not None)


_IN_CASES = ("宗", "户", "起", "批", "批次")
_OF_ONE_FIELD = late_pattern(
    "(?:许可|政策|资金|招生|补贴|救助|招标|采购|征收|项目|价格|收费|处罚|规划|标准|名录)$"
)
_KIND_FIRST = late_pattern(
    "([^，。；：、\\d“”（）]{2,20}?)(信息)?(?:主动|对外|全部|集中|累计|已|共)*(公示信息|公开|公示|公布)(?:了|共|约|计|为|有|达)*\\Z"
)
_PUBLISHES_ITS_OWN = late_pattern("(?:日报|月报|简报)[^，。；]{0,12}类信息(?:公开|公布)")
_A_BODY = late_pattern(
    "(?:[局委办镇乡省市县区旗队站所厅]|部门|机关|单位|处室|街道|全年|中心|其中|以及|申请|主动)$|[通经]过|^全[区县市省州镇乡]$|方面$|[对应]外$"
)
_SHOWN_BY_LAW = late_pattern("(?:许可|处罚|强制|收费|采购|征收|预算|决算|执法|项目|发放|分配|补偿|资金)$")
_LONGEST_VERB = 8  # characters
_VERB_WITHIN = 14  # characters
_ENDS_OF_VERBS = frozenset("开布示了共约近")
_VERB_RIGHT_BEFORE = late_pattern("(?:公开|公布|公示|发布)了?(?:共|约|近)*\\Z")
_UP_TO_A_CUT = late_pattern("[^，。；、：\\d]{2,30}")
_LIGHT = frozenset(
    ["disclose", "generic", "thisyear", "accumulated", "added", "light", "each", "among", "related", "kindof"]
)


@cache
def _publications() -> re.Pattern[str]:
    return kept_pattern(f"(?:{'|'.join(figure_rules().publications)})$")
