"""The compare command: two reports cell by cell and section by section."""

from collections.abc import Iterator
from pathlib import Path

import msgspec

from extractor.cli.gather import read_input
from extractor.cli.output import write_text, write_to_stdout
from extractor.cli.table import align
from extractor.errors import ExitCode
from extractor.report import Number, Report
from extractor.rules import failing, load_own_rules
from extractor.rules.compare import Comparison, SectionChange, compare, may_be_one
from extractor.rules.wording import FAULTS, SEVERITIES

_ENCODER = msgspec.json.Encoder(decimal_format="number")
_LONGEST = 100  # characters of a sentence that are printed


def compare_files(one: str, other: str, *, rules: str | None, as_json: bool) -> ExitCode:
    """Print the differences of two reports; the exit code shows whether a rule of severity error fails."""
    own = load_own_rules(Path(rules)) if rules else ()
    before, after = read_input(one), read_input(other)
    told = compare(before, after, own)
    if as_json:
        write_to_stdout(msgspec.json.format(_ENCODER.encode(told), indent=2))
    else:
        write_text("\n".join(_lines(before, after, told)))
    grave = any(finding.severity == "error" for finding in failing(told.findings))
    return ExitCode.INCONSISTENT if grave else ExitCode.OK


def _lines(before: Report, after: Report, told: Comparison) -> Iterator[str]:
    yield f"甲  {_about(before)}"
    yield f"乙  {_about(after)}"
    yield ""
    yield f"表格：同有的 {told.compared} 格，{len(told.cells)} 格不同"
    rows = [("格", "甲", "乙", "乙减甲", "标签")]
    rows += [
        (cell.id, _text_of_value(cell.before, cell.states[0]), _text_of_value(cell.after, cell.states[1]),
         "" if cell.difference is None else f"{cell.difference:+}", cell.label)
        for cell in told.cells
    ]  # fmt: skip
    yield from (f"  {line}" for line in align(rows)) if told.cells else ()
    for name, lacking in (("甲", told.only_before), ("乙", told.only_after)):
        if lacking:
            yield f"  只有{name}有：{'、'.join(lacking)}"
    yield ""
    yield f"正文：乙有 {told.reused:.0%} 与甲一字不差，另有 {told.renumbered:.0%} 只改了数字"
    for section in told.sections:
        yield from _section_lines(section)
    if not may_be_one(before, after):
        yield ""
        yield "两份不是同一机关（或同一范围）的报告，不作两年互核"
    if told.findings:
        broken = failing(told.findings)
        yield ""
        yield f"两年互核：{len(told.findings)} 处，不相符 {len(broken)}"
        for finding in broken:
            fault = f"；差错出在：{FAULTS[finding.fault]}" if finding.fault else ""
            yield f"  ✗ {SEVERITIES[finding.severity]}  {finding.message}"
            yield f"      {finding.rule} @ {finding.at}{fault}"


def _section_lines(section: SectionChange) -> Iterator[str]:
    if not (section.added or section.removed):
        return
    yield f"  {section.heading or '（开头）'}：沿用 {section.reused:.0%}，只改数字 {section.renumbered:.0%}"
    yield from (f"    − {_cut(sentence)}" for sentence in section.removed)
    yield from (f"    + {_cut(sentence)}" for sentence in section.added)


def _about(report: Report) -> str:
    agency = report.issuer.name or report.issuer.printed or "机关不明"
    return f"{agency} {report.year or '年度不明'}（{report.source.name}），{report.verdict}"


def _text_of_value(value: Number | None, state: str) -> str:
    return {"blank": "空", "missing": "缺"}.get(state, "未定") if value is None else str(value)


def _cut(sentence: str) -> str:
    return sentence if len(sentence) <= _LONGEST else f"{sentence[:_LONGEST]}……"
