"""Decides the verdict: the first of not_a_report, partial, doubtful, inconsistent, verified that applies."""

from collections.abc import Iterator, Mapping, Sequence

from msgspec import structs

from extractor.document import Notice
from extractor.forms import Form, load_form, presumed_form, tables_by_precedence
from extractor.located import FoundTables
from extractor.report import OPEN_STATES, PRINTED_STATES, CellValue, Check, Report, Verdict
from extractor.settle import Settled, holds_without_assumption

_BEST_FIRST: tuple[Verdict, ...] = ("verified", "inconsistent", "doubtful", "partial", "not_a_report")


def decide(
    *,
    found: FoundTables,
    settled: dict[str, Settled],
    checks: Sequence[Check],
    other_kind: str | None = None,
    part_of_year: bool = False,
) -> tuple[Verdict, list[Notice]]:
    """Return the verdict and the notices that give its reasons.

    Args:
        found: The standard tables that were found.
        settled: Their cells, by table.
        checks: The equations that were run.
        other_kind: The kind of document, if it is not a report.
        part_of_year: Whether the report covers only a part of a year.
    """
    if other_kind is not None:
        return "not_a_report", [Notice("not-a-report", f"不是政府信息公开工作年度报告：{other_kind}")]
    if absent := _absent(found):
        names = "、".join(absent)
        return "partial", [Notice("table-absent", f"来源里没有标准表格：{names}")]
    if missing := [
        cell_id for each in settled.values() for cell_id, c in each.cells.items() if c.state == "missing"
    ]:
        return "partial", [Notice("cells-missing", f"标准表格缺 {len(missing)} 格：{'、'.join(missing[:8])}")]
    if reasons := [*_doubts(settled, checks), *_gaps(settled, part_of_year)]:
        return "doubtful", reasons
    if any(check.outcome == "fails" for check in checks):
        return "inconsistent", []
    if possible := _blanks_possible(found, settled):
        return "doubtful", possible
    return "verified", []


def better_of(report: Report, second: Report) -> Report:
    """Return the better of two readings of the same bytes; it is doubtful if they give different numbers.

    The second reader does not notice unread content or hidden text: in cells where the first one did, its
    blanks prove nothing.
    """
    differing = disagreements(report.cells, second.cells)
    plain = not any(notice.code in ("unread-content", "text-in-doubt") for notice in report.notices)
    better = second if plain and _rank(second) < _rank(report) else report
    if not differing:
        return better
    names = "、".join(differing[:8]) + (" 等" if len(differing) > 8 else "")
    notice = Notice("readers-disagree", f"两种读法在 {len(differing)} 格上不一致：{names}")
    verdict: Verdict = "partial" if better.verdict == "partial" else "doubtful"
    return structs.replace(better, verdict=verdict, notices=(*better.notices, notice))


def cells_in_broken_checks(report: Report) -> set[str]:
    """Return the cells of the checks that fail."""
    return {cell_id for check in report.checks if check.outcome == "fails" for cell_id in check.cells}


def confirms(second: Mapping[str, CellValue], report: Report) -> bool:
    """True if a second reading found the same number in every cell of the checks that fail."""
    seen = sum(cell.state in PRINTED_STATES for cell in second.values())
    return seen == len(cells_in_broken_checks(report)) and not disagreements(report.cells, second)


def disagreements(one: Mapping[str, CellValue], other: Mapping[str, CellValue]) -> list[str]:
    """Return the cells to which two readings of the same bytes give different numbers."""
    return [
        cell_id
        for cell_id, cell in one.items()
        if cell.state in PRINTED_STATES
        and cell_id in other
        and other[cell_id].state in PRINTED_STATES
        and other[cell_id].value != cell.value
    ]


def _rank(report: Report) -> tuple[int, int]:
    """Return a sort key for readings of the same bytes: best verdict first, then fewest open cells."""
    open_cells = sum(cell.state in ("missing", *OPEN_STATES) for cell in report.cells.values())
    return _BEST_FIRST.index(report.verdict), open_cells


def _blanks_possible(found: FoundTables, settled: dict[str, Settled]) -> list[Notice]:
    """Return a notice for each table whose glued cells have other readings if blank cells were left out."""
    notices = []
    for name, table in found.tables.items():
        form = load_form(table.form).table(name)
        if form is not None and not holds_without_assumption(form, table, settled[name]):
            message = f"{name}：如果来源略去了空格，粘连的数字还有别的读法"
            notices.append(Notice("blanks-possible", message))
    return notices


def _absent(found: FoundTables) -> list[str]:
    """Return the tables that the report's edition has in its sections but the source lacks.

    The edition is that of the first table found in a section; that of a table after the report only if there
    is none.
    """
    leading = [name for name in tables_by_precedence() if name in found.tables]
    forms = [load_form(found.tables[name].form) for name in leading]
    held = (form for name, form in zip(leading, forms, strict=True) if _is_in_a_section(form, name))
    form = next(held, forms[0] if forms else presumed_form())
    return [table.id for table in form.main_tables if table.id not in found.tables]


def _is_in_a_section(form: Form, name: str) -> bool:
    table = form.table(name)
    return table is not None and table.section is not None


def shows_number(settled: dict[str, Settled]) -> bool:
    """Return whether any standard cell shows a number, even an undecided one."""
    return any(cell.value is not None or cell.state == "undecided" for cell in _cells(settled))


def _cells(settled: dict[str, Settled]) -> Iterator[CellValue]:
    return (cell for each in settled.values() for cell in each.cells.values())


def _gaps(settled: dict[str, Settled], part_of_year: bool) -> list[Notice]:
    """Return reasons why a completely read report is not a full report on a year."""
    reasons = []
    if part_of_year:
        reasons.append(Notice("part-of-year", "统计期限不到一年"))
    if not shows_number(settled):
        reasons.append(Notice("no-number", "标准表格里一个数字也没有"))
    return reasons


def _doubts(settled: dict[str, Settled], checks: Sequence[Check]) -> list[Notice]:
    reasons = []
    open_cells = sum(cell.state in OPEN_STATES for cell in _cells(settled))
    if open_cells:
        reasons.append(Notice("cells-open", f"有 {open_cells} 格不能确定"))
    elif any(each.doubtful for each in settled.values()):
        reasons.append(Notice("reading-in-question", "有的数字不是由勾稽关系确定的"))
    elif _solved_and_broken(settled, checks):
        message = "不相符的勾稽关系里有解出的数字，分不清是发布机关的差错还是读法的差错"
        reasons.append(Notice("broken-or-misread", message))
    return reasons


def _solved_and_broken(settled: dict[str, Settled], checks: Sequence[Check]) -> bool:
    """Return whether a failing equation contains a cell whose value was computed, not read."""
    states = {cell_id: cell.state for each in settled.values() for cell_id, cell in each.cells.items()}
    broken = [check for check in checks if check.outcome == "fails"]
    return any(states.get(i) in ("decoded", "repaired") for check in broken for i in check.cells)
