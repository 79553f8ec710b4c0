"""The parse command: writes the JSON of each file; on stderr a sentence on those that need attention."""

import sys
from contextlib import closing
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from extractor.cli.limits import MEBIBYTES, SECONDS, BoundedWork
from extractor.cli.output import OptionsDisagree, file_name_of, names_a_folder, open_outlet
from extractor.cli.terminal import say
from extractor.cli.unread_pages import sentence_on_unread_pages, unread_pages
from extractor.errors import ExitCode, ExtractorError, UnsupportedFormat
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


def parse_files(
    names: list[str],
    *,
    out: str | None,
    pretty: bool,
    url: str | None,
    quiet: bool,
    seconds: float = SECONDS,
    mebibytes: int = MEBIBYTES,
    corrections: str | None = None,
    every: bool = False,
) -> ExitCode:
    """Read the files one after another, write their JSON, and return the exit code of the first problem.

    A file that cannot be read is named on stderr; the others are still written. If a file contains several
    reports, all are written with `every`, one per line, else the first.

    Raises:
        OptionsDisagree: The options do not go together.
    """
    _require_together(len(names) > 1, out=out, pretty=pretty, url=url, every=every)
    first = ExitCode.OK
    read = _FileReader(url, every, pretty, _overlay_of(corrections))
    with open_outlet(names, out) as write, closing(BoundedWork(read, seconds, mebibytes)) as bounded:
        for name in names:
            try:
                written = bounded((name, sys.stdin.buffer.read() if name == "-" else None))
            except ExtractorError as error:
                say(_about(name, str(error)) + _other_way(name, error))
                first = first or error.exit_code
                continue
            write(name, written.data)
            for sentence in written.sentences:
                if sentence and not quiet:
                    say(_about(name, sentence))
            first = first or written.code
    return first


def _require_together(several: bool, *, out: str | None, pretty: bool, url: str | None, every: bool) -> None:
    if url is not None and several:
        raise OptionsDisagree("一次只能给一个文件的来源", "--url")
    if pretty and several and not (out and names_a_folder(out)):
        raise OptionsDisagree("多个文件输出为 JSON Lines，不能分行", "--pretty")
    if pretty and every:
        raise OptionsDisagree("一个文件里可能有几份，输出为 JSON Lines，不能分行", "--pretty")


class _FileReading(Struct, frozen=True):
    """The result for one file: its JSON, the sentences about its reports, and the exit code."""

    data: bytes
    sentences: tuple[str, ...]
    code: ExitCode


def _reading_of(reports: list[Report], pretty: bool) -> _FileReading:
    several = len(reports) > 1
    codes = (VERDICT_CODES[report.verdict] for report in reports)
    return _FileReading(
        b"\n".join(_render(report, pretty) for report in reports),
        tuple(_sentence_on(report, at if several else 0) for at, report in enumerate(reports, start=1)),
        next(filter(None, codes), ExitCode.OK),
    )


class _FileReader(Struct, frozen=True):
    """Reads one file with the options of the command; can be sent to another process."""

    url: str | None
    every: bool
    pretty: bool
    overlay: "Corrections | None"  # people's corrections

    def __call__(self, given: tuple[str, bytes | None]) -> _FileReading:
        """Return the result for a file, given by name, and by bytes if they came from standard input."""
        reports = _read(*given, self.url, every=self.every)
        return _reading_of([self._corrected(report) for report in reports], self.pretty)

    def _corrected(self, report: Report) -> Report:
        if self.overlay is None:
            return report
        from extractor.corrections import with_corrections  # loads the rules, so only on demand

        return with_corrections(report, self.overlay)


def _overlay_of(corrections: str | None) -> "Corrections | None":
    if corrections is None:
        return None
    from extractor.corrections import load_corrections

    return load_corrections(Path(corrections))


def _other_way(name: str, error: ExtractorError) -> str:
    """Return a hint which command reads a folder, an archive or an address; "" for other errors."""
    path = Path(name)
    if "://" in name and not path.exists():
        once = f"curl -s {quote(name)} | extractor parse - --url {quote(name)}"
        return f"；这是网址：取一页用 {once}，取整个网站用 extractor crawl"
    if path.is_dir() or (isinstance(error, UnsupportedFormat) and _is_archive(path)):
        return f"；整批读用 extractor batch {quote(name)} -o 结果，核对用 extractor check {quote(name)}"
    return ""


def _is_archive(path: Path) -> bool:
    from extractor.cli.gather import is_archive  # loads all of the batch code, so only if likely

    return path.is_file() and is_archive(path)


def _read(name: str, data: bytes | None, url: str | None, *, every: bool) -> list[Report]:
    given = Path(name) if data is None else data
    shown = "" if data is None else file_name_of(name)
    if every:
        return parse_all(given, name=shown, url=url)
    return [parse(given, name=shown, url=url)]


def _render(report: Report, pretty: bool) -> bytes:
    data = report.to_json()
    return msgspec.json.format(data, indent=2) if pretty else data


def _about(name: str, sentence: str) -> str:
    """Put the input's name, as given by the user, before a sentence: many reports share a file name."""
    for known in (name, file_name_of(name)):
        sentence = sentence.removeprefix(f"{known}: ")
    return f"{name}: {sentence}" if name != "-" else f"{file_name_of(name)}: {sentence}"


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
