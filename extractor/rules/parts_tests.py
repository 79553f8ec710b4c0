"""Tests whether the parts that a sentence gives for a number add up to it: 2602条，其中……."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import accumulate

from extractor.patterns import kept_pattern
from extractor.report import Outcome, Report, Section
from extractor.rules.finding import Facts
from extractor.rules.rule import Rule
from extractor.rules.sections import every_section

_COUNT = r"(?<![\d.,．，])(?<!\d\s)(?:\d{1,3}(?:[,，]\d{3}){1,4}|\d{1,15})(?!\d)"
_WITH_PARTS = kept_pattern(
    rf"(?P<total>{_COUNT})(?P<unit>条|件)(?!次)[,，；（(]?(?:"
    rf"其中[：:，,]?(?P<parts>[^。；;）)\n]*?(?:{_COUNT})(?P=unit)[^。；;）)\n]*)"
    # 按渠道分为: matches if only names and numbers follow, with or without semicolons
    rf"|按[^。；;\n\d]{{1,10}}分(?:为)?[：:，,]?"
    rf"(?P<split>(?:[^。；;，,、\n\d]{{1,16}}(?:{_COUNT})(?P=unit)[；;，,、]?)+))"
)
# then the number is by how much something changed, and the parts are those of the number before
_A_CHANGE = kept_pattern(r"(?:[增减升降多少]|增加|减少|增长|下降|上升|降低|提高|回落|上涨)[了约为近共]*\Z")
_LONGEST_SENTENCE = 400  # characters
_CHANGE_WITHIN = 6  # characters
_SENTENCE_START = kept_pattern(r"[^。！？\n]*\Z")
_AMONG = kept_pattern("其中|包括|含")
# 收到20件，其中自然人18件，办结12件: the last number is of what was done, not one more part
_DONE = kept_pattern("办结|办理|答复|回复|结转|[予同][以意]公开|部分公开|无法提供|受理|审结|撤回")
_LEAST_PARTS = 2  # so few parts at least, before their sum may be meant to be the total


def parts_of_total(rule: Rule, report: Report) -> Iterator[Facts]:
    """Test whether the parts that the prose gives for a number add up to no more than the number.

    Adding up to less is no breach, as not all parts need be named. A single part is tested only if it is
    greater than the number.
    """
    for section, quote, total, parts in _parted(report):
        if _may_overlap(quote):
            continue
        # 11条，其中动态3条、通告8条，文件4条: the list may continue after the parts of the total
        holds = sum(parts) <= total or total in accumulate(parts)
        message = f"“{quote}”：总数 {total}，其中各项之和 {sum(parts)}"
        outcome: Outcome = "holds" if holds else "fails"
        at = section.code or "text"
        yield Facts(at, outcome, message, total, sum(parts), fault="undecided", quote=quote)


def _may_overlap(quote: str) -> bool:
    """Return whether one of the parts is split further, so that the numbers must not be added."""
    return len(_AMONG.findall(quote)) > 1


def parts_close(rule: Rule, report: Report) -> Iterator[Facts]:
    """Test for parts that fall just short of their total: a miscount rather than omitted parts."""
    for section, quote, total, parts in _parted(report):
        if len(parts) < _LEAST_PARTS or sum(parts) > total or _may_overlap(quote):
            continue
        short = total - sum(parts)
        close = 0 < short < min(filter(None, parts), default=0) and short * 100 <= total
        message = f"“{quote}”：总数 {total}，其中各项之和 {sum(parts)}，少 {short}"
        outcome: Outcome = "fails" if close else "holds"
        at = section.code or "text"
        yield Facts(at, outcome, message, total, sum(parts), fault="undecided", quote=quote)


def _parted(report: Report) -> Iterator[tuple[Section, str, int, list[int]]]:
    """Yield each total that a sentence splits into parts: section, quoted words, total, parts."""
    for section in every_section(report.sections):
        for match in _WITH_PARTS.finditer(section.text):
            unit = match["unit"]
            start = match.start()
            if _A_CHANGE.search(section.text[max(start - _CHANGE_WITHIN, 0) : start]):
                continue
            if match["split"] and _follows_others(section.text, start, unit):
                continue  # 直接起诉4件，复议后起诉2件；按结果分，… divides both
            named = _parts_of_one_kind(match["parts"] or match["split"])
            parts = [_count(each) for each in re.findall(rf"(?:{_COUNT})(?={unit}(?!次))", named)]
            if parts:
                yield section, match.group(), _count(match["total"]), parts


def _parts_of_one_kind(named: str) -> str:
    """Return a list of parts up to where it says what was done, unless its first part does."""
    first = kept_pattern(_COUNT).search(named)
    done = _DONE.search(named)
    if first is None or done is None or done.start() < first.start():
        return named
    return named[: done.start()]


def _follows_others(text: str, start: int, unit: str) -> bool:
    """Return whether other counts with this unit stand before a position in its sentence."""
    before = _SENTENCE_START.search(text, max(start - _LONGEST_SENTENCE, 0), start)
    return before is not None and re.search(rf"(?:{_COUNT})[余多]?{unit}", before[0]) is not None


def _count(printed: str) -> int:
    return int(unicodedata.normalize("NFKC", printed).replace(",", ""))
