"""The check command: every rule over one report or many, for people, programs and offices."""

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import msgspec
import typer
from msgspec import Struct
from msgspec.structs import replace

from extractor.catalog import find_doubts
from extractor.cli.output import file_name_of, write_file, write_to_stdout
from extractor.errors import ExitCode, ExtractorError
from extractor.identity import agency_of
from extractor.pipeline import parse
from extractor.report import Report
from extractor.rules import (
    Finding,
    examine,
    examine_family,
    examine_peers,
    examine_years,
    failing,
    load_own_rules,
)
from extractor.rules.wording import FAULTS, SEVERITIES, VERDICTS, place_in_words

_ENCODER = msgspec.json.Encoder(decimal_format="number")
_MOST_PLACES = 4


class CheckOptions(Struct, frozen=True):
    """What the user asked for beside the files."""

    rules: str | None
    parent: str | None
    as_json: bool
    xlsx: str | None
    show_all: bool


def check_files(names: Sequence[str], options: CheckOptions) -> ExitCode:
    """Examine the reports, print what was found, and return the code of the first problem."""
    write_workbook = _workbook_writer(options.xlsx)
    own = load_own_rules(Path(options.rules)) if options.rules else ()
    reports, first = _read_all(names)
    findings = [finding for report in reports for finding in examine(report, own)]
    findings += [*examine_years(reports, own), *examine_peers(reports)]
    if options.parent:
        parent = read_input(options.parent)
        findings += [*examine(parent, own), *examine_family(parent, reports)]
        reports = [parent, *reports]
    _print(reports, findings, options)
    _name_doubts(reports)
    write_workbook(failing(findings))
    grave = any(finding.severity == "error" for finding in failing(findings))
    if not first and any(report.verdict == "not_a_report" for report in reports):
        first = ExitCode.NOT_A_REPORT
    return first or (ExitCode.INCONSISTENT if grave else ExitCode.OK)


def _name_doubts(reports: Sequence[Report]) -> None:
    """Name on stderr the agencies that may be one and were not joined over the years."""
    seen = (
        (agency_of(report), report.issuer.name or report.issuer.printed, report.year)
        for report in reports
        if report.verdict != "not_a_report"
    )
    for doubt in find_doubts(seen):
        names = f"{doubt.name} 和 {doubt.other_name}"
        typer.echo(f"{names} 可能是同一机关，没有连起来（{doubt.why}）", err=True)


def _read_all(names: Sequence[str]) -> tuple[list[Report], ExitCode]:
    """Return the reports that could be read, by a unique name; the others are named on stderr."""
    reports, first = [], ExitCode.OK
    shared = Counter(file_name_of(name) for name in dict.fromkeys(names))
    for name in dict.fromkeys(names):
        try:
            report = read_input(name)
            own = name if shared[file_name_of(name)] > 1 else report.source.name
            reports.append(replace(report, source=replace(report.source, name=own)))
        except ExtractorError as error:
            typer.echo(f"{name}: {str(error).removeprefix(f'{name}: ')}", err=True)
            first = first or error.exit_code
    return reports, first


def read_input(name: str) -> Report:
    """Return the report of a file, or of standard input where the name is "-"."""
    if name == "-":
        return parse(sys.stdin.buffer.read(), name=file_name_of(name))
    return parse(Path(name))


def _workbook_writer(target: str | None) -> Callable[[Sequence[Finding]], None]:
    """Return a function that writes the workbook; fail before anything is read if its package is missing."""
    if target is None:
        return lambda findings: None
    from extractor.rules.workbook import workbook_of

    return lambda findings: write_file(Path(target), workbook_of(findings))


def _print(reports: Sequence[Report], findings: Sequence[Finding], options: CheckOptions) -> None:
    if options.as_json:
        for finding in findings:
            write_to_stdout(_ENCODER.encode(finding))
        return
    for report in reports:
        of_report = [finding for finding in findings if _is_about(finding, report)]
        for line in _lines(report, of_report, show_all=options.show_all):
            write_to_stdout(line.encode())


def _is_about(finding: Finding, report: Report) -> bool:
    return finding.report == report.source.name and finding.year == report.year


def _lines(report: Report, findings: Sequence[Finding], *, show_all: bool) -> Iterator[str]:
    """Yield the lines about one report: a line of totals, then one for each failing rule."""
    agency = report.issuer.name or report.issuer.printed or "机关不明"
    yield f"{agency} {report.year or '年度不明'}（{report.source.name}）"
    yield f"  {report.verdict}：{VERDICTS[report.verdict]}"
    broken = failing(findings)
    held = sum(finding.outcome == "holds" for finding in findings)
    rest = len(findings) - held - len(broken)
    yield f"  核对 {len(findings)} 处：相符 {held}，不相符 {len(broken)}，未核 {rest}"
    for finding in broken:
        yield from _broken_lines(finding)
    if show_all:
        for finding in findings:
            if finding.outcome != "fails":
                sign = "✓" if finding.outcome == "holds" else "－"
                yield f"  {sign} {finding.rule} @ {finding.at}  {finding.message}"


def _broken_lines(finding: Finding) -> Iterator[str]:
    at = "" if finding.at == finding.rule else f" @ {finding.at}"
    yield f"  ✗ {SEVERITIES[finding.severity]}  {finding.message}"
    fault = f"差错出在：{FAULTS[finding.fault]}" if finding.fault else ""
    named = tuple(mend.cell for mend in finding.mends) or finding.cells
    places = [f"{cell.raw or '空'}＝{place_in_words(cell.locator)}" for cell in named if cell.raw]
    places = list(dict.fromkeys(places))
    where = "；".join(places[:_MOST_PLACES]) + ("……" if places[_MOST_PLACES:] else "")
    yield f"      {finding.rule}{at}；{fault}"
    if not finding.mends:
        for side in finding.sides:
            yield f"      {side}"
    if where:
        yield f"      原文：{where}"
    if finding.follows:
        yield f"      随之不符：{'；'.join(finding.follows)}"
    if finding.suggestion:
        yield f"      建议：{finding.suggestion}"
