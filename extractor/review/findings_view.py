"""The findings of a report, one entry per cause, linked to cells; and the notices."""

from collections.abc import Iterable, Iterator, Sequence

from extractor.report import Report
from extractor.review.desk import Desk
from extractor.review.drawn import text
from extractor.rules import CitedCell, Finding, failing
from extractor.rules.editions import in_labels
from extractor.rules.workbook_rows import cause_of
from extractor.words import word


def draw_findings(report: Report, findings: Sequence[Finding], desk: Desk) -> str:
    """Draw the failing rules, most severe first, with both sides; then those that hold."""
    broken = failing(findings)
    rest = [finding for finding in findings if finding.outcome != "fails"]
    nothing = f"<li>{desk.says('nothing-fails')}</li>"
    shown = "".join(_entry(report, finding, desk) for finding in broken) or nothing
    held = "".join(_entry(report, finding, desk) for finding in rest)
    return (
        f'<ol class="findings" id="broken">{shown}</ol>'
        f"<details><summary>{desk.says('rest') % len(rest)}</summary>"
        f'<ol class="findings">{held}</ol></details>'
    )


def _entry(report: Report, finding: Finding, desk: Desk) -> str:
    cells = " ".join(cell.id for cell in own_cells(report, finding))
    suspects = " ".join(mend.cell.id for mend in finding.mends)
    quote = f"<q>{text(finding.quote)}</q>" if finding.quote and finding.quote not in finding.message else ""
    lines = (f"{text(finding.rule)} @ {text(finding.at)}", *_remarks(finding, desk))
    fails = finding.outcome == "fails"
    kind = word("severity", finding.severity, desk.language) if fails else _outcome(finding, desk)
    choice = desk.choices.get(cause_of(finding, report), "open") if fails else "open"
    return (
        f'<li tabindex="0" class="{finding.outcome} {finding.severity} {choice}" data-cells="{text(cells)}" '
        f'data-suspects="{text(suspects)}"><em>{text(kind)}</em> {_sides(finding, desk)}'
        f"{text(desk.told(in_labels(report, finding.message)))}{quote}{_suggestion(finding, desk)}"
        f"<small>{desk.says('semicolon').join(lines)}</small>{_buttons(report, finding, desk, choice)}</li>"
    )


def _outcome(finding: Finding, desk: Desk) -> str:
    return word("outcome", finding.outcome, desk.language)


def _sides(finding: Finding, desk: Desk) -> str:
    if finding.should_be is not None:
        before = finding.mends[0].cell.value
        mended = f"<i>{desk.says('should-be')}</i> <b>{text(finding.should_be)}</b>"
        return f'<span class="sides"><b>{text(before)}</b> {mended}</span>'
    if finding.outcome == "fails" and finding.left is not None:
        right = "" if finding.right is None else f" <i>≠</i> <b>{text(finding.right)}</b>"
        return f'<span class="sides"><b>{text(finding.left)}</b>{right}</span>'
    return ""


def _suggestion(finding: Finding, desk: Desk) -> str:
    if finding.outcome != "fails" or not finding.suggestion or finding.suggestion in finding.message:
        return ""
    told = f"{desk.says('suggestion')}{desk.says('colon')}{text(desk.told(finding.suggestion))}"
    return f'<span class="suggestion">{told}</span>'


def _remarks(finding: Finding, desk: Desk) -> Iterator[str]:
    if finding.follows:
        yield f"{desk.says('follows')}{desk.says('colon')}{text(desk.says('comma').join(finding.follows))}"
    if finding.fault:
        yield f"{desk.says('fault-lies')}{desk.says('colon')}{word('fault', finding.fault, desk.language)}"


def _buttons(report: Report, finding: Finding, desk: Desk, choice: str) -> str:
    """Draw the buttons for decisions about a cause; nothing if decisions are not stored."""
    if not desk.decide_at or finding.outcome != "fails":
        return ""
    told = (("checked", "checked"), ("send_back", "send-back"), ("open", "take-back"))
    cause = text(cause_of(finding, report))
    buttons = "".join(
        f'<button type="button" data-choice="{each}" aria-pressed="{str(each == choice).lower()}">'
        f"{desk.says(key)}</button>"
        for each, key in told
        if each != "open" or choice != "open"
    )
    return f'<span class="choices" data-cause="{cause}">{buttons}</span>'


def own_cells(report: Report, finding: Finding) -> Iterator[CitedCell]:
    """Yield the cells of a finding that are in this report, not in the one compared with it."""
    return (cell for cell in finding.cells if cell.report == report.source.name)


def blamed(report: Report, finding: Finding) -> Iterator[CitedCell]:
    """Yield the cells that a finding says are wrong; all its cells if that is undecided."""
    if finding.mends:
        return (mend.cell for mend in finding.mends)
    return own_cells(report, finding)


def draw_notices(report: Report, desk: Desk) -> str:
    """Draw the notices about how the source was read."""
    told = (f"{desk.told(in_labels(report, notice.message))} <{notice.code}>" for notice in report.notices)
    return _list(told)


def _list(lines: Iterable[str]) -> str:
    items = "".join(f"<li>{text(line)}</li>" for line in lines)
    return f'<ul class="notices">{items}</ul>' if items else ""
