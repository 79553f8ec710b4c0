"""The verdict on a report: the first that fits of not_a_report, partial, doubtful, inconsistent, verified."""

from collections.abc import Sequence

from extractor.document import Notice
from extractor.located import FoundTables
from extractor.report import CellValue, Check, Verdict
from extractor.settle import Settled

_STANDARD = ("proactive", "requests", "disputes")
_OWN_CODES = {"proactive", "requests", "disputes"}  # sections that only such a report has


def decide(
    *,
    found: FoundTables,
    settled: dict[str, Settled],
    checks: Sequence[Check],
    about_disclosure: bool,
    codes: Sequence[str],
    named: bool,
) -> tuple[Verdict, list[Notice]]:
    """Return the verdict and the notices that give its reasons.

    Args:
        found: The standard tables of the source.
        settled: Their cells, by table.
        checks: The identities that were run.
        about_disclosure: Whether title, preamble and prose speak of such a report.
        codes: Codes of the main sections.
        named: Whether an agency or a year is known.
    """
    cells = [cell for each in settled.values() for cell in each.cells.values()]
    has_number = any(cell.value is not None or cell.state == "undecided" for cell in cells)
    if not _is_report(found, has_number, about_disclosure, codes, named):
        return "not_a_report", [Notice("not-a-report", "不是政府信息公开工作年度报告，或是没有填写的空表")]
    if absent := _absent(found):
        names = "、".join(absent)
        return "partial", [Notice("table-absent", f"来源里没有标准表格：{names}")]
    if missing := [
        cell_id for each in settled.values() for cell_id, c in each.cells.items() if c.state == "missing"
    ]:
        return "partial", [Notice("cells-missing", f"标准表格缺 {len(missing)} 格：{'、'.join(missing[:8])}")]
    if reasons := _doubts(settled, cells, checks):
        return "doubtful", reasons
    if any(check.outcome == "fails" for check in checks):
        return "inconsistent", []
    return "verified", []


def _is_report(
    found: FoundTables, has_number: bool, about_disclosure: bool, codes: Sequence[str], named: bool
) -> bool:
    if has_number:
        return True
    own = _OWN_CODES.intersection(codes)
    if not named:  # an empty form has its tables and no more
        return len(own) >= 2 and not found.tables
    return about_disclosure or len(own) >= 2


def _absent(found: FoundTables) -> list[str]:
    if "statistics" in found.tables and not any(name in found.tables for name in _STANDARD):
        return []
    return [name for name in _STANDARD if name not in found.tables]


def _doubts(settled: dict[str, Settled], cells: Sequence[CellValue], checks: Sequence[Check]) -> list[Notice]:
    reasons = []
    open_cells = sum(cell.state in ("unreadable", "undecided") for cell in cells)
    if open_cells:
        reasons.append(Notice("cells-open", f"有 {open_cells} 格不能确定"))
    elif any(each.doubtful for each in settled.values()):
        reasons.append(Notice("reading-in-question", "有的数字不是由勾稽关系确定的"))
    elif _solved_and_broken(settled, checks):
        message = "不相符的勾稽关系里有解出的数字，分不清是发布机关的差错还是读法的差错"
        reasons.append(Notice("broken-or-misread", message))
    return reasons


def _solved_and_broken(settled: dict[str, Settled], checks: Sequence[Check]) -> bool:
    """Say whether an identity fails over a cell that was not read but worked out."""
    states = {cell_id: cell.state for each in settled.values() for cell_id, cell in each.cells.items()}
    broken = [check for check in checks if check.outcome == "fails"]
    return any(states.get(i) in ("decoded", "repaired") for check in broken for i in check.cells)
