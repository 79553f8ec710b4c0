"""Determines what one number counts, from its words, its neighbours, and the topic so far."""

from extractor.patterns import late_pattern
from extractor.recognize.prose_numbers.choice import choose_code
from extractor.recognize.prose_numbers.following import outcome_behind
from extractor.recognize.prose_numbers.narrowing import narrowed
from extractor.recognize.prose_numbers.numbers import Quantity
from extractor.recognize.prose_numbers.others import (
    carried_from_last_year,
    is_of_a_part,
    is_of_another_business,
    is_of_another_time,
    is_of_others,
)
from extractor.recognize.prose_numbers.published import (
    is_kind_before_its_verb,
    is_kind_published,
    is_something_published,
)
from extractor.recognize.prose_numbers.sentence import Sentence, has_noun
from extractor.recognize.prose_numbers.series import find_at_once, find_continued, sum_of_parts
from extractor.recognize.prose_numbers.setting import Setting
from extractor.recognize.prose_numbers.shares import share_codes
from extractor.recognize.prose_numbers.window import WordWindow

_POSTS = ("条", "件", "份", "个", "项", "篇")
_PUBLISHED_IN = ("条", "篇", "则", "份", "条次")
_REACHED = late_pattern(
    "(?:20\\d\\d年度?|今年|本年度?|当年|全年|年内)?(?:已|则|又|仅|共|约|总数|总量|一共)*"
    "(?:(?:增加|增长|上升|提高|下降|降低|减少|回落)[到至为]|[增升降减][至到为]|达到?|为|是|合?计|总计|发布|公开|更新|推送|收到)*"
)
_NAMES_INFORMATION = frozenset(["info", "infoword", "disclose", "alreadypublic", "document"])


def codes_of(
    sentence: Sentence, quantity: Quantity, window: WordWindow, setting: Setting, waiting: list[str]
) -> list[str]:
    """Return the codes of what a number counts; several if it applies to each of several things.

    Args:
        sentence: The sentence that it stands in.
        quantity: The number.
        window: The words around it.
        setting: The topic of the section and the numbers before; updated with this number.
        waiting: Codes that the words before 分别 give to the following numbers; used ones are removed.
    """
    former, setting.former = setting.former, ""
    if quantity.unit == "%":
        if "comparison" in window.said_before:  # 收到申请数较去年下降21%，为109件
            setting.former = _former_code(sentence, quantity._replace(unit="件"), window, setting)
        return [] if quantity.start > sentence.plan else share_codes(sentence, quantity, window, setting)
    if (told := _codes_by_setting(sentence, quantity, window, setting)) is not None:
        return told
    if waiting and not window.nouns:
        return [waiting.pop(0)]
    if setting.made and quantity.unit in _POSTS and "receive" not in window.said_before:
        return _part_of_what_was_made(window, setting)
    if at_once := find_at_once(sentence, quantity, window, setting):
        if "分别" in sentence.text[window.before[0].start : quantity.start]:
            waiting[:] = at_once[1:]
            return at_once[:1]
        return at_once
    if former and _goes_on_from(sentence, quantity, window, setting):
        return [former]
    return _code_by_rules(sentence, quantity, window, setting)


def _goes_on_from(sentence: Sentence, quantity: Quantity, window: WordWindow, setting: Setting) -> bool:
    """Return whether a number of this year directly follows one of another year or day: 增加到1386条."""
    if setting.unit not in (quantity.unit, "%"):
        return False
    words = sentence.printed(window.before)
    if not words:
        return sentence.text.startswith("达", quantity.start)
    return _REACHED.fullmatch(words) is not None


def _former_code(sentence: Sentence, quantity: Quantity, window: WordWindow, setting: Setting) -> str:
    """Return the code that a number would have if it were of this year; "" if no rule applies."""
    if quantity.start > sentence.plan:
        return ""
    code = choose_code(sentence, quantity, window, setting)
    return narrowed(code, sentence, quantity, window, setting) if code else ""


def _codes_by_setting(
    sentence: Sentence, quantity: Quantity, window: WordWindow, setting: Setting
) -> list[str] | None:
    """Return the codes of a number if they are clear without the rules; None if the rules must decide."""
    if is_of_another_time(sentence, quantity, window, setting):
        setting.former = _former_code(sentence, quantity, window, setting)
        return []
    if is_kind_published(
        sentence, quantity, window, _lists_kinds(sentence, window, setting)
    ) or is_kind_before_its_verb(sentence, quantity, window):
        setting.topic = "disclosed"
        return ["disclosed_topic"]
    if (
        quantity.start in sentence.by_body
        and (told := _told_by_body(sentence, quantity, window, setting)) is not None
    ):
        return told
    if setting.sued and _is_of_disclosure_among_suits(window):
        return ["litigation"]
    if is_of_others(sentence, quantity, window, setting):
        return []
    if "carryyear" in window.said_before:
        return ["requests_carried_in"] if carried_from_last_year(sentence, window, setting) else []
    return None


def _lists_kinds(sentence: Sentence, window: WordWindow, setting: Setting) -> bool:
    """Return whether the number before is of a kind of published things, and this one may go on the list.

    发布政策解读17条、预警信息25条.
    """
    if setting.code == "policy_interpretations":
        return bool(window.before) and sentence.text.startswith("、", window.before[0].start)
    return setting.code == "disclosed_topic"


def _code_by_rules(sentence: Sentence, quantity: Quantity, window: WordWindow, setting: Setting) -> list[str]:
    code = sum_of_parts(sentence, quantity, window, setting)
    code = code or choose_code(sentence, quantity, window, setting)
    if code in (None, "requests_received"):
        code = outcome_behind(code, sentence, quantity, window, setting) or code
    code = code or find_continued(sentence, quantity, window, setting)
    if code is None and is_something_published(sentence, quantity, window):
        return ["disclosed_topic"]
    if code is None or is_of_another_business(code, sentence, quantity, window, setting):
        return []
    if is_of_a_part(code, sentence, window, setting):
        return []
    return [narrowed(code, sentence, quantity, window, setting)]


def _is_of_disclosure_among_suits(window: WordWindow) -> bool:
    """Return whether a number counts the lawsuits over disclosure among all.

    应诉案件18件，其中信息公开类3件.
    """
    said = window.said_until
    ours = {"among", "disclosurework"} <= said or {"sued", "disclosurework"} <= window.said_before
    return ours and said.isdisjoint({"review", "disclose", "request"})


def _told_by_body(
    sentence: Sentence, quantity: Quantity, window: WordWindow, setting: Setting
) -> list[str] | None:
    """Return the codes of a number that is for one of several bodies; None if the rules must decide."""
    said = window.said_until
    named = said & {"request", "apply", "reply", "conclude"} or ("receive" in said and "disclose" not in said)
    if named or setting.topic == "requests":
        return []  # it is unknown which of these bodies' requests are the report's own
    of_disclosure = setting.topic == "disclosed" or "disclosed" in setting.home
    of_disclosure = of_disclosure or (not setting.topic and "disclose" in sentence.said)
    if quantity.unit in _PUBLISHED_IN and of_disclosure:
        setting.topic = "disclosed"
        return ["disclosed_unit"]
    return None


def _part_of_what_was_made(window: WordWindow, setting: Setting) -> list[str]:
    """Return the code for a part of what was produced.

    Such a part counts as disclosed only after 主动公开.
    """
    before = window.said_before
    if before & {"request", "refused", "attribute"} or "disclose" not in before:
        return []
    if has_noun(tuple(t for t in window.before if t.concepts.isdisjoint(_NAMES_INFORMATION))):
        return []
    return ["documents_disclosed" if setting.made == "document" else "disclosed"]
