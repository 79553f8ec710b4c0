"""The check command: runs every rule on one or more reports, for people, programs and offices."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec
import typer
from msgspec import Struct

from extractor.catalog import find_doubts
from extractor.cli.check_lines import detailed_lines
from extractor.cli.check_many import closing_lines, lines_by_agency, lines_of_many
from extractor.cli.check_workbooks import answer_lines, answers_in, workbook_writer
from extractor.cli.gather import Gathered, gather, read_input
from extractor.cli.output import write_file, write_text, write_to_stdout
from extractor.cli.terminal import say
from extractor.corrections import load_corrections, with_corrections
from extractor.errors import ExitCode, Misused
from extractor.identity import agency_of
from extractor.report import Report
from extractor.rules import failing, load_own_rules
from extractor.rules.answers import OfficeAnswer
from extractor.rules.findings_table import csv_of, finding_rows, parquet_of
from extractor.rules.standing import Examined, examine_together

_ENCODER = msgspec.json.Encoder(decimal_format="number")
MOST_IN_DETAIL = 5  # reports; for more, only the needed actions are printed
_MOST_DOUBTS = 5  # that are printed
GROUPS = ("单位", "agency")


class CheckOptions(Struct, frozen=True):
    """The options besides the files."""

    rules: str | None = None
    parent: str | None = None
    as_json: bool = False
    xlsx: str | None = None
    show_all: bool = False
    codes: bool = False
    group: str | None = None
    quiet: bool = False
    table: str | None = None
    each: bool = False
    answers: tuple[str, ...] = ()
    corrections: str | None = None


def check_files(names: Sequence[str], options: CheckOptions) -> ExitCode:
    """Examine the reports, print the findings, and return the exit code of the first problem.

    Raises:
        typer.BadParameter: The grouping is unknown.
        MissingFile: A folder contains nothing readable.
        Misused: The file for the table of findings has an unsupported suffix.
    """
    if options.group not in (None, *GROUPS):
        raise typer.BadParameter(f"只能按 {'、'.join(GROUPS)} 分组", param_hint="--group")
    if options.table and not options.table.endswith((".csv", ".parquet")):
        raise Misused(f"{options.table}: 核对结果的表可写成 .csv、.parquet")
    if not names and not options.answers:
        raise typer.BadParameter("要核对哪些文件？如 extractor check 年报.docx", param_hint="REPORT")
    answers = answers_in(options.answers)
    if not names:
        return _print_answers(answer_lines(answers, None), open_left=_any_open(answers))
    write_workbooks = workbook_writer(options.xlsx, each=options.each)
    own = load_own_rules(Path(options.rules)) if options.rules else ()
    gathered = gather(names, quiet=options.quiet or options.as_json)
    if options.corrections:
        overlay = load_corrections(Path(options.corrections))
        gathered.reports = [with_corrections(report, overlay) for report in gathered.reports]
    parent = read_input(options.parent) if options.parent else None
    examined = examine_together(gathered.reports, parent, own)
    for refused in gathered.refused if len(gathered.reports) <= MOST_IN_DETAIL else ():
        say(f"{refused.name}: {refused.message}")
    if options.answers:
        code = _print_answers(answer_lines(answers, examined), open_left=_any_open(answers))
        write_workbooks(examined, gathered.refused)
        return code
    _print(examined, gathered, options)
    _name_doubts([each.report for each in examined])
    write_workbooks(examined, gathered.refused)
    if options.table:
        write_file(Path(options.table), _table_of(options.table, examined))
    return _code(examined, gathered)


def _table_of(name: str, examined: Sequence[Examined]) -> bytes:
    """Return all findings as a table file, including those that hold."""
    rows = ((finding, each.report.source.document) for each in examined for finding in each.findings)
    return (parquet_of if name.endswith(".parquet") else csv_of)(finding_rows(rows))


def _name_doubts(reports: Sequence[Report]) -> None:
    """Print on stderr the agencies that may be the same but were not joined over the years."""
    seen = (
        (agency_of(report), report.issuer.name or report.issuer.printed, report.year)
        for report in reports
        if report.verdict != "not_a_report"
    )
    doubts = list(find_doubts(seen))
    if doubts[_MOST_DOUBTS:]:
        say(f"有 {len(doubts)} 对机关可能是同一机关，没有连起来，如：")
    for doubt in doubts[:_MOST_DOUBTS]:
        names = f"{doubt.name} 和 {doubt.other_name}"
        say(f"{names} 可能是同一机关，没有连起来（{doubt.why}）")


def _code(examined: Sequence[Examined], gathered: Gathered) -> ExitCode:
    if gathered.refused:
        return gathered.refused[0].exit_code
    if any(each.report.verdict == "not_a_report" for each in examined):
        return ExitCode.NOT_A_REPORT
    grave = (finding for each in examined for finding in failing(each.findings))
    return ExitCode.INCONSISTENT if any(each.severity == "error" for each in grave) else ExitCode.OK


def _any_open(answers: Sequence[OfficeAnswer]) -> bool:
    return any(answer.settled == "open" or answer.breaks_a_sum for answer in answers)


def _print_answers(lines: Iterable[str], *, open_left: bool) -> ExitCode:
    for line in lines:
        write_text(line)
    return ExitCode.INCONSISTENT if open_left else ExitCode.OK


def _print(examined: Sequence[Examined], gathered: Gathered, options: CheckOptions) -> None:
    if options.as_json:
        for each in examined:
            for finding in each.findings:
                write_to_stdout(_ENCODER.encode(finding))
        return
    for line in _lines(examined, gathered, options):
        write_text(line)


def _lines(examined: Sequence[Examined], gathered: Gathered, options: CheckOptions) -> list[str]:
    lines: list[str] = []
    if options.group:
        lines += lines_by_agency(examined, gathered.refused)
    elif len(examined) > MOST_IN_DETAIL and not options.show_all:
        lines += lines_of_many(examined, gathered.refused)
    else:
        for each in examined:
            lines += detailed_lines(
                each.report, each.findings, show_all=options.show_all, codes=options.codes
            )
    if len(examined) + len(gathered.refused) > 1:
        lines += closing_lines(examined, gathered, told_to_whom=options.xlsx)
    return lines
