"""Cells with content that is no plain text: pictures, hidden text, form fields and the like.

A cell is blank only if it is empty; with unread content it is `undecided`. Characters that are not
trusted are accepted if an equation confirms them; otherwise the report is doubtful.
"""

from collections.abc import Iterator, Mapping

from msgspec import structs

from extractor.checks import known_values, run_checks
from extractor.document import DoubtKind, Notice, UnreadKind
from extractor.forms import TableForm
from extractor.located import GluedCells, Located
from extractor.report import CellValue
from extractor.settle.state import Settled

_UNREAD: dict[UnreadKind, str] = {
    "picture": "图片",
    "drawing": "图形",
    "object": "嵌入的对象",
    "field": "没有读出值的表单域",
    "annotation": "批注",
    "frame": "嵌入的网页",
    "script": "由脚本填写的内容",
    "generated": "由样式表生成的内容",
    "nested": "与外层对不上的嵌套表格",
    "struck": "只有划去的字",
    "mark": "只有上标、下标，或夹在数字中间的上标、下标",
    "order": "显示的次序或位置与存储的不同的字",
    "style": "样式的效果不明的字",
    "font": "由文件自带的字体显示的字",
    "covered": "只有不显示或被遮盖的数字",
    "cut": "放不下、被裁去一部分的字",
}
_DOUBTS: dict[DoubtKind, str] = {
    "hidden-text": "旁边有不显示的字",
    "overlay": "附近有遮盖物",
    "annotation": "附近有批注，或数字写在批注里",
    "field": "数字是表单域的值",
    "glyphs": "数字按画出的字形读出，不是存储的字符",
    "text-layer": "文字层不可信，与显示的字形可能不同",
}
_NEVER_VERIFIED: tuple[DoubtKind, ...] = ("text-layer",)
_NAMED = 8  # cells that a notice names


def with_shown_number(located: Located) -> Located:
    """Return a cell whose only content is pictures of digits with the number that they show as its text."""
    if located.text.strip() or not located.unread or not all(unread.shown for unread in located.unread):
        return located
    number = "".join(unread.guess for unread in located.unread)
    return structs.replace(located, text=number, printed=None, unread=(), doubt="glyphs")


def note_unplain(settled: Settled, cell_id: str, located: Located) -> None:
    """Record what is not plain about a cell; mark it as undecided if something in it was not read."""
    if located.doubt:
        settled.doubts[cell_id] = located.doubt
    raw = (located.text if located.printed is None else located.printed).strip()
    kinds = {unread.kind: unread.guess for unread in located.unread}
    if raw and not located.text.strip():
        kinds.setdefault("mark", "")
    for kind, guess in kinds.items():
        settled.unread.setdefault(kind, {})[cell_id] = guess
    if kinds:
        settled.cells[cell_id] = CellValue(raw, None, "undecided", None, located.locator)


def note_unplain_run(settled: Settled, run: GluedCells) -> None:
    """Record what is not plain about glued cells: it may belong to any of them."""
    for unread in run.unread:
        settled.unread.setdefault(unread.kind, {}).update(dict.fromkeys(run.cells, ""))
    if run.doubt:
        settled.doubts.update(dict.fromkeys(run.cells, run.doubt))


def question_unplain(tables: Mapping[str, TableForm], settled: Mapping[str, Settled]) -> list[Notice]:
    """Mark tables as doubtful if no equation confirms characters that are not trusted.

    Return one notice for each kind of unplain content, not one for each cell.
    """
    questioned: dict[DoubtKind, list[str]] = {}
    for name, each in settled.items():
        for doubt, cell_ids in _unguarded_doubts(tables[name], each).items():
            each.doubtful = True
            questioned.setdefault(doubt, []).extend(cell_ids)
    if not questioned and not any(each.unread for each in settled.values()):
        return []
    return list(_notices(settled, questioned))


def _unguarded_doubts(table: TableForm, settled: Settled) -> dict[DoubtKind, list[str]]:
    """Return the untrusted cells that no equation confirms, by the reason for the doubt."""
    if not settled.doubts:
        return {}
    facts = known_values(settled.cells)
    outcomes: dict[str, set[str]] = {}
    for check in run_checks(table, facts):
        for cell_id in check.cells:
            outcomes.setdefault(cell_id, set()).add(check.outcome)
    questioned: dict[DoubtKind, list[str]] = {}
    for cell_id, doubt in settled.doubts.items():
        told = outcomes.get(cell_id, set())
        guarded = "holds" in told and "fails" not in told
        if cell_id in facts and (doubt in _NEVER_VERIFIED or not guarded):
            questioned.setdefault(doubt, []).append(cell_id)
    return questioned


def _notices(settled: Mapping[str, Settled], questioned: Mapping[DoubtKind, list[str]]) -> Iterator[Notice]:
    cells = {cell_id: cell for each in settled.values() for cell_id, cell in each.cells.items()}
    for kind, name in _UNREAD.items():
        guesses = {i: guess for each in settled.values() for i, guess in each.unread.get(kind, {}).items()}
        if guesses:
            shown = [f"{i}（可能是“{guess}”）" if guess else i for i, guess in guesses.items()]
            message = f"有 {len(guesses)} 格里有没能读成数字的内容（{name}），不能确定：{_join_names(shown)}"
            yield Notice("unread-content", message, cells[next(iter(guesses))].locator)
    for doubt, cell_ids in questioned.items():
        message = f"有 {len(cell_ids)} 格{_DOUBTS[doubt]}，又没有勾稽关系能证明：{_join_names(cell_ids)}"
        yield Notice("text-in-doubt", message, cells[cell_ids[0]].locator)


def _join_names(names: list[str]) -> str:
    return "、".join(names[:_NAMED]) + (" 等" if len(names) > _NAMED else "")
