"""Reads one file for the parse command: its JSON, and what is to be said of it."""

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from extractor.cli.output import file_name_of
from extractor.cli.unread_pages import sentence_on_unread_pages, unread_pages
from extractor.errors import ExitCode
from extractor.pipeline import parse, parse_all
from extractor.report import Report, Verdict
from extractor.words import word

if TYPE_CHECKING:
    from extractor.corrections import Corrections

VERDICT_CODES: dict[Verdict, ExitCode] = {
    "verified": ExitCode.OK,
    "partial": ExitCode.OK,
    "inconsistent": ExitCode.INCONSISTENT,
    "doubtful": ExitCode.INCONSISTENT,
    "not_a_report": ExitCode.NOT_A_REPORT,
}

# The JSON of one file, the sentences about its reports, and the exit code.
FileReading = tuple[bytes, tuple[str, ...], ExitCode]


def read_file(
    name: str,
    data: bytes | None,
    *,
    url: str | None,
    every: bool,
    pretty: bool,
    overlay: "Corrections | None",
) -> FileReading:
    """Read a file, given by name, and by bytes if they came from standard input.

    Raises:
        ExtractorError: It cannot be read.
    """
    reports = [_corrected(report, overlay) for report in _read(name, data, url, every=every)]
    several = len(reports) > 1
    codes = (VERDICT_CODES[report.verdict] for report in reports)
    return (
        b"\n".join(_render(report, pretty) for report in reports),
        tuple(_sentence_on(report, at if several else 0) for at, report in enumerate(reports, start=1)),
        next(filter(None, codes), ExitCode.OK),
    )


def _corrected(report: Report, overlay: "Corrections | None") -> Report:
    if overlay is None:
        return report
    from extractor.corrections import with_corrections  # loads the rules, so only on demand

    return with_corrections(report, overlay)


def _read(name: str, data: bytes | None, url: str | None, *, every: bool) -> list[Report]:
    given = Path(name) if data is None else data
    shown = "" if data is None else file_name_of(name)
    if every:
        return parse_all(given, name=shown, url=url)
    return [parse(given, name=shown, url=url)]


def _render(report: Report, pretty: bool) -> bytes:
    data = report.to_json()
    return msgspec.json.format(data, indent=2) if pretty else data


def _sentence_on(report: Report, at: int) -> str:
    """Return the verdict and the first failing checks; "" if there is nothing to say.

    The verdict's code comes first, so that the output can be searched; before it the number of the report, if
    the file contains several.
    """
    several = next((notice.message for notice in report.notices if notice.code == "several-reports"), "")
    if report.verdict == "verified":
        return "" if at else several
    failing = [
        f"{check.id} @ {check.at}"
        for check in report.checks
        if check.outcome == "fails" and not check.id.startswith("prose/")
    ]
    sentence = f"{report.verdict}，{word('verdict', report.verdict)}"
    sentence = "；".join(filter(None, (sentence, sentence_on_unread_pages(unread_pages([report])))))
    sentence = f"第 {at} 份：{sentence}" if at else "；".join(filter(None, (sentence, several)))
    if not failing:
        return sentence
    shown = "、".join(failing[:3]) + (" 等" if len(failing) > 3 else "")
    return f"{sentence}；{len(failing)} 处勾稽关系不成立：{shown}"
