"""The output of check for many reports: what to send back, what to verify by kind, and the totals."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from math import ceil

from extractor.cli.check_lines import name_of_report
from extractor.cli.gather import Gathered, Refused
from extractor.cli.unread_pages import sentence_on_unread_pages, unread_pages
from extractor.rules import Finding, failing
from extractor.rules.standing import STANDINGS, Examined, must_be_sent_back
from extractor.rules.wording import VERDICTS, in_brief, what_is_wrong
from extractor.words import word

_MOST_TO_SEND_BACK = 36  # lines; if there would be more, several findings share a line
_MOST_KINDS = 8
_MOST_NAMES = 4
_MOST_REFUSED = 5
_MOST_OF_ONE_RULE = 6
_MOST_AMONG_MANY = 2  # places per rule in one report, if there are many reports


def lines_of_many(examined: Sequence[Examined], refused: Sequence[Refused]) -> Iterator[str]:
    """Yield the needed actions; reports without any have no line."""
    yield from _to_send_back(examined)
    yield from _to_verify(examined)
    others = [each.report.source.name for each in examined if each.standing == "not_a_report"]
    if others:
        yield f"不是年度报告，或是空表：{_some(others)}"
    if refused:
        yield "读不了："
        for each in refused[:_MOST_REFUSED]:
            yield f"  {each.name}：{each.message}"
        if refused[_MOST_REFUSED:]:
            yield f"  另有 {len(refused) - _MOST_REFUSED} 份"


def _to_send_back(examined: Sequence[Examined]) -> Iterator[str]:
    """Yield what must be sent back, in the most detailed form that stays within the limit of lines."""
    back = [each for each in examined if each.standing == "send_back"]
    if not back:
        return
    yield "须退回："
    ways: tuple[Callable[[Sequence[Examined]], Iterator[str]], ...] = (
        _cause_by_cause, _report_by_report, _rule_by_rule,
    )  # fmt: skip
    for way in ways:
        lines = list(way(back))
        if len(lines) <= _MOST_TO_SEND_BACK:
            break
    yield from lines


def _cause_by_cause(back: Sequence[Examined]) -> Iterator[str]:
    for each in back:
        yield f"  {name_of_report(each.report)}"
        for cause in _causes(each):
            yield f"    ✗ {cause}"


def _report_by_report(back: Sequence[Examined]) -> Iterator[str]:
    for each in back:
        yield f"  ✗ {name_of_report(each.report)}：{'；'.join(_causes(each))}"


def _rule_by_rule(back: Sequence[Examined]) -> Iterator[str]:
    """Yield each rule and the reports that break it, several per line if space is short."""
    by_rule: dict[str, list[str]] = {}
    for each in back:
        for says, findings in _by_rule(each).items():
            told = "；".join(map(what_is_wrong, findings[:_MOST_AMONG_MANY]))
            more = f" 等 {len(findings)} 处" if findings[_MOST_AMONG_MANY:] else ""
            by_rule.setdefault(says, []).append(f"{name_of_report(each.report)} {told}{more}")
    # a line for each rule, and one line that may not be full
    room = max(_MOST_TO_SEND_BACK - 2 * len(by_rule), 1)
    to_a_line = ceil(sum(map(len, by_rule.values())) / room)
    for says, told_of in by_rule.items():
        yield f"  ✗ {says}（{len(told_of)} 份）"
        for at in range(0, len(told_of), to_a_line):
            yield f"      {'｜'.join(told_of[at : at + to_a_line])}"


def _causes(each: Examined) -> list[str]:
    """Return what must be sent back of a report: cells that are certainly wrong, the rest rule by rule."""
    causes = []
    for says, findings in _by_rule(each).items():
        causes += [in_brief(finding) for finding in findings if finding.mends]
        if rest := [finding for finding in findings if not finding.mends]:
            told = "；".join(map(what_is_wrong, rest[:_MOST_OF_ONE_RULE]))
            causes.append(in_brief(rest[0]) if len(rest) == 1 else f"{says}：{told}{_more(rest)}")
    return causes


def _by_rule(each: Examined) -> dict[str, list[Finding]]:
    by_rule: dict[str, list[Finding]] = {}
    for finding in each.findings:
        if must_be_sent_back(finding):
            by_rule.setdefault(finding.says, []).append(finding)
    return by_rule


def _more(findings: Sequence[Finding]) -> str:
    return f" 等 {len(findings)} 处" if findings[_MOST_OF_ONE_RULE:] else ""


def _to_verify(examined: Sequence[Examined]) -> Iterator[str]:
    """Yield what must be verified, one line per kind, including reports that are sent back anyway."""
    kinds: dict[str, list[str]] = {}
    for each in examined:
        told = dict.fromkeys(
            finding.says
            for finding in failing(each.findings)
            if finding.severity != "notice" and not must_be_sent_back(finding)
        )
        if not told and each.standing == "verify":
            told = {VERDICTS[each.report.verdict]: None}
        for says in told:
            kinds.setdefault(says, []).append(each.report.source.name)
    if not kinds:
        return
    yield "须核实："
    most_first = sorted(kinds.items(), key=lambda kind: -len(kind[1]))
    for says, names in most_first[:_MOST_KINDS]:
        yield f"  ？ {says}（{len(names)} 份）：{_some(names)}"
    if rest := most_first[_MOST_KINDS:]:
        yield f"  ？ 另有 {len(rest)} 种，共 {sum(len(names) for _, names in rest)} 处"


def _some(names: Sequence[str]) -> str:
    return "、".join(names[:_MOST_NAMES]) + (f" 等 {len(names)} 份" if names[_MOST_NAMES:] else "")


def lines_by_agency(examined: Sequence[Examined], refused: Sequence[Refused]) -> Iterator[str]:
    """Yield a line for each agency, and below it what must be sent back and verified."""
    agencies: dict[str, list[Examined]] = {}
    for each in examined:
        agencies.setdefault(each.agency, []).append(each)
    for agency, own in sorted(agencies.items()):
        yield f"{agency}：{counts_in_words(own, ())}"
        for each in own:
            year = each.report.year or "年度不明"
            for finding in failing(each.findings):
                if finding.severity != "notice":
                    sign = "✗" if must_be_sent_back(finding) else "？"
                    yield f"  {sign} {year}（{each.report.source.name}）{in_brief(finding)}"
    for trouble in refused:
        yield f"{trouble.name}：{trouble.message}"


def counts_in_words(examined: Sequence[Examined], refused: Sequence[Refused]) -> str:
    """Return the number of reports, and the numbers for each needed action.

    >>> counts_in_words([], [])
    '共 0 份'
    """
    counts = Counter(each.standing for each in examined)
    parts = [f"{counts[each]} 份{word('standing', each)}" for each in STANDINGS if counts[each]]
    if refused:
        parts.append(f"{len(refused)} 份读不了")
    total = f"共 {len(examined) + len(refused)} 份"
    return f"{total}：{'，'.join(parts)}" if parts else total


def closing_lines(
    examined: Sequence[Examined], gathered: Gathered, *, told_to_whom: str | None
) -> Iterator[str]:
    """Yield the closing summary, and what to do next."""
    yield counts_in_words(examined, gathered.refused)
    if gathered.repeated:
        yield f"另有 {gathered.repeated} 个文件与其中的内容相同，只核一次"
    if told := sentence_on_unread_pages(unread_pages(each.report for each in examined)):
        yield told
    if told_to_whom:
        yield f"逐项写在 {told_to_whom}"
    elif any(each.standing == "send_back" for each in examined):
        yield "写成退回表：再加 --xlsx 退回表.xlsx"
