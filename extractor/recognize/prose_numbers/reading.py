"""Reads one sentence: which of its numbers count what.

Each number has a window of words: those before it in its clause, and those after it unless they belong to the
next number. Nearer words are considered first.
"""

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from extractor.patterns import kept_pattern
from extractor.recognize.prose import Term
from extractor.recognize.prose_numbers.counted import codes_of
from extractor.recognize.prose_numbers.following import object_behind, with_result
from extractor.recognize.prose_numbers.numbers import Quantity
from extractor.recognize.prose_numbers.rules import figure_rules
from extractor.recognize.prose_numbers.sentence import Sentence, stands_alone, take_apart
from extractor.recognize.prose_numbers.series import (
    family_of,
    is_cumulative,
)
from extractor.recognize.prose_numbers.setting import Setting
from extractor.recognize.prose_numbers.shared import SUBJECTS, told_respectively, with_shared
from extractor.recognize.prose_numbers.window import WordWindow, window_of, words_around
from extractor.recognize.prose_numbers.zero import find_zeros
from extractor.report import Number

_NEGATIONS = ("未", "无", "零", "免", "没有", "不存在", "没收", "不收")
_DENIABLE = kept_pattern(
    "访谈|征集|申请|复议|诉讼|被诉|举报|投诉|申诉|费|责|结转|不予公开|规范性|规章|发布会|强制|处罚|行政许可|零报告|培训|会议|专职|兼职|栏目|检查|延期"
)
_ABOUT_OTHERS = kept_pattern(
    "与(?:政府|政务)?信息公开(?:工作|事项)?均?无关|(?:不|未)涉及(?:政府|政务)?信息公开"
)
_FEW = frozenset("两二三四五六")
_COUNTS_WORDS = kept_pattern(
    "[两二三四五六](?:项|类|者|个|家|种|大)(?:数据|指标|内容|情形|均|都|合计|总计"
    "|(?:组织|平台|渠道|方式|途径|账号|部门|单位|方面|领域|栏目|媒体|主体)(?:提出的?|提交的?)?(?:申请)?(?:共|各|均|都|分别|累计|合计|总计))"
    "|[两二三四五六](?:条|个|项|件|道)(?:曲线|主线|战线|路径|底线|红线|防线|大事|实事|小事)"
)  # the number counts other numbers or channels: 两项数据均为零, 三个平台分别发布


_TOPICAL = frozenset(["otherbiz", "disclose", "request", "review", "litigation", "among"])
_COURSE = ("审结", "审理")  # of suits already told, no other business: 复议2件，均于60日内审结


class ToldNumber(NamedTuple):
    """A number with its code, given in the clause `text[start:end]`."""

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
    """Return the figures of the sentence `text[start:end]`.

    `setting` is updated from sentence to sentence.
    """
    admitted = figure_rules().units
    countable = [
        q
        for q in quantities
        if ((q.unit in admitted if q.unit else stands_alone(text, q)) or q.unit == "%")
        and not (text[q.start] in _FEW and _COUNTS_WORDS.match(text, q.start))
    ]
    said = text[start:end]
    negated = any(word in said for word in _NEGATIONS) and _DENIABLE.search(said)
    if not countable and not negated:
        return []
    sentence = take_apart(text, start, end, countable)
    _begin(sentence, setting)
    found = list(_counted(sentence, setting))
    disputes = any(_is_dispute(told) for told in found)
    if disputes and _ABOUT_OTHERS.search(text, start, end):  # 行政复议14件，均与信息公开无关
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
    if "among" not in sentence.opens:
        setting.topic, setting.code, setting.listing, setting.made = "", "", False, ""
        setting.whole, setting.divided, setting.since, setting.sued = "", False, False, False
        setting.former = ""


def _counted(sentence: Sentence, setting: Setting) -> Iterator[ToldNumber]:
    waiting: list[str] = []  # codes that the words before 分别 give to the following numbers
    promised: list[WordWindow] = []  # word windows that they give to the following numbers
    subject: Term | None = None
    for number, quantity in enumerate(sentence.quantities):
        window = window_of(sentence, number)
        promised = promised[1:] or told_respectively(sentence, number, window)
        if promised:
            window = promised[0]
        if not window.said_until.isdisjoint(_TOPICAL):
            _note_topic(sentence, window, setting)
        window = with_shared(sentence, number, window, subject)
        window = with_result(sentence, quantity, window, setting)
        if shared := object_behind(sentence, number, window):
            window = words_around(window.before, (*window.behind, *shared), window.far)
        if not window.said_before.isdisjoint(SUBJECTS):
            subject = next(t for t in reversed(window.before) if t.concepts & SUBJECTS)
        codes = codes_of(sentence, quantity, window, setting, waiting)
        start, end = sentence.clause(quantity)
        for code in codes:
            cumulative = is_cumulative(sentence, quantity, window, code, setting)
            setting.since = cumulative
            yield ToldNumber(
                start, end, code, quantity.value, quantity.unit, quantity.approximate, cumulative
            )
        _note_division(window, codes, setting)
        if codes and sentence.text.startswith("中", quantity.end):  # 其他处理12件中，逾期不补正7件
            setting.whole, setting.divided = codes[-1], True
        setting.code, setting.unit = codes[-1] if codes else "", quantity.unit
        setting.made = _made(window, codes) or setting.made
        if codes:
            setting.topic = family_of(codes[-1])


def _note_division(window: WordWindow, codes: Sequence[str], setting: Setting) -> None:
    """Remember whether the following numbers are parts of the one before 其中."""
    if "among" in window.said_until:
        if not setting.divided:
            setting.whole = setting.code
        setting.divided = True
    elif not setting.divided and codes:
        setting.whole = codes[-1]


def _made(window: WordWindow, codes: Sequence[str]) -> Literal["", "info", "document"]:
    """Return "info" or "document" if a number counts produced (制作), not disclosed things, else ""."""
    words = window.said_near
    made = "made" in words or {"issue", "document"} <= words
    if not made or "disclose" in window.said_before:
        return ""
    if words & {"document", "issue"} and "info" not in words and "infoword" not in words:
        return "document" if not codes or codes == ["documents_disclosed"] else ""
    return "info" if words & {"info", "infoword"} and not codes else ""


def _note_topic(sentence: Sentence, window: WordWindow, setting: Setting) -> None:
    """Update the subject of the sentence from the words since the last number."""
    for term in (*window.far, *window.before):
        concepts = term.concepts
        if not concepts or (setting.code and sentence.text[term.start : term.end] in _COURSE):
            continue
        if "otherbiz" in concepts:
            setting.topic = "foreign"
            setting.sued = setting.sued or "sued" in concepts
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
