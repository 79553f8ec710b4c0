"""Writes the workbooks that are sent to agencies, and reads the answers that come back in them."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import typer

from extractor.cli.gather import Refused
from extractor.cli.language import LANGUAGES, current_language
from extractor.cli.output import write_file
from extractor.disk import writing_to
from extractor.patterns import kept_pattern
from extractor.rules import failing
from extractor.rules.answers import OfficeAnswer, Settled, read_answers
from extractor.rules.standing import Examined
from extractor.rules.workbook_rows import cause_of
from extractor.words import said

WriteWorkbooks = Callable[[Sequence[Examined], Sequence[Refused]], None]
_OVERVIEWS = tuple(said("sheet-overview", language) for language in LANGUAGES)
_SETTLED: dict[Settled, str] = {"corrected": "已更正", "rejected": "不更正", "open": "未答"}


def workbook_writer(target: str | None, *, each: bool) -> WriteWorkbooks:
    """Return a function that writes one workbook, or with `each` one per agency into a folder.

    Raises:
        MissingDependency: The package that writes workbooks is not installed; nothing has been read yet.
        typer.BadParameter: There is no folder to write into.
    """
    if target is None:
        if each:
            raise typer.BadParameter("要与 --xlsx 文件夹 一起用", param_hint="--each")
        return lambda examined, refused: None
    from extractor.rules.workbook import workbook_of, workbooks_by_agency

    def write(examined: Sequence[Examined], refused: Sequence[Refused]) -> None:
        troubles = [(trouble.name, trouble.message) for trouble in refused]
        if not each:
            write_file(Path(target), workbook_of(examined, troubles, current_language()))
            return
        with writing_to(target):
            Path(target).mkdir(parents=True, exist_ok=True)
        for name, data in workbooks_by_agency(examined, troubles, current_language()):
            write_file(Path(target) / name, data)

    return write


def answers_in(paths: Sequence[str]) -> list[OfficeAnswer]:
    """Return the answers of workbooks, and of all workbooks in folders."""
    files = [
        file
        for path in map(Path, paths)
        for file in (sorted(path.glob("*.xlsx")) if path.is_dir() else [path])
        if not file.name.startswith("~$") and not (path.is_dir() and file.stem in _OVERVIEWS)
    ]
    return [answer for file in files for answer in read_answers(file)]


def answer_lines(answers: Sequence[OfficeAnswer], examined: Sequence[Examined] | None) -> Iterator[str]:
    """Yield the answer about each cause, and the number of unanswered ones.

    Args:
        answers: The answers in the workbooks.
        examined: The present reports, if given, to show what still fails.
    """
    failing_now = None if examined is None else _failing_now(examined)
    agency = ""
    for answer in answers:
        if answer.agency != agency:
            agency = answer.agency
            yield agency
        yield f"  {_SETTLED[answer.settled]}  {answer.file} {answer.where}{_told(answer, failing_now)}"
    counts = Counter(answer.settled for answer in answers)
    parts = [f"{counts[each]} 处{word}" for each, word in _SETTLED.items() if counts[each]]
    yield f"退回 {len(answers)} 处：{'，'.join(parts)}" if parts else "退回表里没有事项"
    if failing_now is not None:
        left = sum(_still_fails(answer, failing_now) for answer in answers)
        yield f"现在的报告里，其中 {left} 处仍不相符，{len(answers) - left} 处已相符或不在其中"


def _told(answer: OfficeAnswer, failing_now: set[tuple[str, str]] | None) -> str:
    parts = []
    if answer.value is not None:
        parts.append(f"更正为 {answer.value}")
    if answer.breaks_a_sum:
        parts.append(f"按勾稽关系应为 {answer.should_be}，更正后仍不相符")
    if answer.settled == "corrected" and answer.value is None:
        parts.append("没有写更正值")
    if answer.note:
        parts.append(f"说明：{answer.note}")
    if failing_now is not None and _still_fails(answer, failing_now):
        parts.append("报告里仍未改")
    return f"：{'；'.join(parts)}" if parts else ""


def _failing_now(examined: Sequence[Examined]) -> set[tuple[str, str]]:
    """Return the present failures: agency, and cause without the part that depends on the file."""
    return {
        (each.agency, cause_of(finding, each.report))
        for each in examined
        for finding in failing(each.findings)
    }


def _still_fails(answer: OfficeAnswer, failing_now: set[tuple[str, str]]) -> bool:
    """Return whether the cause still fails; a sheet's name may be the agency's, truncated."""
    stem = kept_pattern(r"\(\d+\)$").sub("", answer.agency)
    return any(
        cause == answer.cause and kept_pattern(r"[\[\]:*?/\\]").sub("_", agency).startswith(stem)
        for agency, cause in failing_now
    )
