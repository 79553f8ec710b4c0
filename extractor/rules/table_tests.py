"""Tests of one report's tables: completeness, plausible numbers, equations."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fnmatch import fnmatchcase

from extractor.cell_id import split_cell_id
from extractor.forms import Form, form_in_force, load_forms, presumed_form
from extractor.report import CellValue, Check, Outcome, Report
from extractor.rules.causes import Cause, Correction, causes_in
from extractor.rules.editions import EffectiveNumbers, label_of, place_name, tables_of
from extractor.rules.finding import Facts, Fault, cells_in
from extractor.rules.rule import Rule

_MOST_CITED = 40  # most cells that one finding lists


def equations(rule: Rule, report: Report) -> Iterator[Facts]:
    """Report the equations of the form that the pipeline tested; those that fail together are one finding."""
    for check in report.checks:
        if check.id == rule.id and check.outcome != "fails":
            message = f"{_place(report, check)}：{check.message}"
            cells = cells_in(report, check.cells)
            yield Facts(check.at, check.outcome, message, check.left, check.right, cells)
    if any(check.id == rule.id and check.outcome == "fails" for check in report.checks):
        for cause in causes_in(report):
            if cause.checks[0].id == rule.id:
                yield _of_cause(cause, report)


def _of_cause(cause: Cause, report: Report) -> Facts:
    """Build the facts about one cause: the wrong cells if they are known, else the sums that disagree."""
    first = cause.checks[0]
    changed = [change.cell for change in cause.changes]
    cells = cells_in(report, (*changed, *(cell for cell in cause.cells if cell not in changed)))
    follows = tuple(f"{check.id}@{check.at}" for check in (*cause.checks[1:], *cause.told_by))
    broken = "；".join(f"{_place(report, check)} {check.left} ≠ {check.right}" for check in cause.checks)
    return Facts(
        at=first.at,
        outcome="fails",
        message=f"{first.message.partition('：')[0]}：{broken}。{_verdict_on(cause, report)}",
        left=first.left,
        right=first.right,
        cells=cells,
        fault="undecided" if cause.told_by or not cause.changes else None,
        sides=tuple(f"{_place(report, check)}：{_sums(check, report)}" for check in cause.checks),
        changes=cause.changes,
        follows=follows,
        quote=_words_of(cause.told_by, report),
    )


def _words_of(told: Sequence[Check], report: Report) -> str:
    """Return the clause of the prose that gives the right number."""
    known = {(check.id.removeprefix("prose/"), check.left) for check in told}
    return next((figure.text for figure in report.figures if (figure.code, figure.value) in known), "")


def _verdict_on(cause: Cause, report: Report) -> str:
    """Return a sentence that names the wrong cells, or says that they cannot be determined."""
    if cause.changes:
        told = "，".join(_in_words(change, report) for change in cause.changes)
        how = "只改这一格" if len(cause.changes) == 1 else "只改这两格"
        heard = "，正文所说也是如此" if cause.told_by else ""
        return f"{how}即可全部相符：{told}{heard}"
    if not cause.solutions:
        return "不止一两格有误，不能断定是哪些"
    several = {change.cell for solution in cause.solutions for change in solution}
    return f"改法不止一种（涉及 {len(several)} 格），不能断定是哪一格"


def _in_words(change: Correction, report: Report) -> str:
    before = "空" if change.before is None else change.before
    return f"{label_of(report, change.cell)} 由 {before} 改为 {change.after}"


def _place(report: Report, check: Check) -> str:
    return place_name(report, check.id.partition("/")[0], check.at)


def _sums(check: Check, report: Report) -> str:
    """Return an equation in words, each number with its label."""
    table = tables_of(report)[check.id.partition("/")[0]]
    equation = next(each for each in table.equations if each.id == check.id)
    sides = []
    for side, total in zip(equation.sides(), (check.left, check.right), strict=True):
        ids = [
            cell
            for cell in check.cells
            if split_cell_id(cell)[1 if equation.within == "column" else 2] in side
        ]
        addends = " + ".join(f"{_short(report, cell)} {_shown(report, cell)}" for cell in ids)
        sides.append(addends if len(ids) == 1 else f"{addends} = {total}")
    return " ≠ ".join(sides)


def _short(report: Report, cell: str) -> str:
    """Return the labels of a cell's row and column, without groups."""
    table, row, column = split_cell_id(cell)
    return f"{place_name(report, table, row)}·{place_name(report, table, column)}"


def _shown(report: Report, cell: str) -> str:
    value = report.cells[cell].value if cell in report.cells else None
    return "空" if value is None else str(value)


def tables_present(rule: Rule, report: Report) -> Iterator[Facts]:
    """Test whether each table of the form is there; not for years whose reports had no tables."""
    form = _form_with_sections(report)
    if form is None:
        first = min((each.year for each in load_forms() if each.sections), default=0)
        yield Facts("report", "not_checked", f"{first} 年以前的报告没有这些表格")
        return
    for table in form.main_tables:
        place = f"第{table.part}部分" if table.part else f"“{table.title}”"
        if table.id in report.tables:
            yield Facts(table.id, "holds", f"{place}有标准表格")
        else:
            message = f"{place}没有读到标准表格：可能缺表，也可能是图片或附件"
            yield Facts(table.id, "fails", message, fault="undecided")


def _form_with_sections(report: Report) -> Form | None:
    """Return the form whose tables the report should have; None if there was none in its year."""
    held = {table.id for form in load_forms() for table in form.tables if table.section}
    own = next((form for form in load_forms() if form.id == report.form), None)
    if not held & set(report.tables):
        own = own or form_in_force(report.year or 0)
        return own if own is not None and own.sections else None
    return own if own is not None and own.sections else presumed_form()


def cells_present(rule: Rule, report: Report) -> Iterator[Facts]:
    """Test whether each table has all its cells."""
    for name in report.tables:
        missing = [cell for cell, value in _cells(report, name) if value.state == "missing"]
        if not missing:
            yield Facts(name, "holds", "表格的行和列齐全")
            continue
        shown = "、".join(label_of(report, cell).rpartition(" / ")[0] for cell in missing[:1])
        message = f"缺 {len(missing)} 格，如 {shown}"
        cited = cells_in(report, missing[:_MOST_CITED])
        yield Facts(name, "fails", message, cells=cited, fault="undecided")


def cells_readable(rule: Rule, report: Report) -> Iterator[Facts]:
    """Test whether every number of each table could be read."""
    for name in report.tables:
        runs: dict[tuple[str, str, str], list[str]] = {}
        for cell, value in _cells(report, name):
            if value.state in _OPEN:
                runs.setdefault((split_cell_id(cell).whole_row, value.raw, value.state), []).append(cell)
        if not runs:
            yield Facts(name, "holds", "每一格都有确定的读法")
        for (_, raw, state), cells in runs.items():
            message = f"{label_of(report, cells[0])}{'等' if cells[1:] else ''}：“{raw}”{_OPEN[state]}"
            # Several possible readings are the program's fault; text that is not a number may be the
            # publisher's.
            fault: Fault = "reading" if state == "undecided" else "undecided"
            yield Facts(cells[0], "fails", message, cells=cells_in(report, cells), fault=fault)


_OPEN = {"unreadable": "不是数字", "undecided": "有不止一种读法，未定"}


def cells_whole(rule: Rule, report: Report) -> Iterator[Facts]:
    """Test whether the counts of each table are whole numbers."""
    for name, table in tables_of(report).items():
        money = {f"{name}.{row.id}.{column}" for row in table.rows for column in row.money}
        broken = [
            (cell, value)
            for cell, value in _cells(report, name)
            if cell not in money and isinstance(value.value, Decimal) and value.value % 1
        ]
        yield from _each_or_holds(report, name, broken, "不是整数", "数量都是整数")


def cells_not_negative(rule: Rule, report: Report) -> Iterator[Facts]:
    """Test whether each table has no negative numbers except for changes."""
    for name in report.tables:
        broken = [
            (cell, value)
            for cell, value in _cells(report, name)
            if value.value is not None and value.value < 0 and not cell.endswith(".change")
        ]
        yield from _each_or_holds(report, name, broken, "是负数", "没有不应有的负数")


def totals_stated(rule: Rule, report: Report) -> Iterator[Facts]:
    """Test whether the rule's totals are filled in wherever their row has numbers."""
    for pattern in rule.cells:
        for total in [cell for cell in report.cells if fnmatchcase(cell, pattern)]:
            if report.cells[total].state in ("blank", "read"):
                yield _total_stated(total, report)


def _total_stated(total: str, report: Report) -> Facts:
    place, name = split_cell_id(total), label_of(report, total)
    parts = [
        cell for cell, value in report.cells.items() if cell.startswith(f"{place.whole_row}.") and value.value
    ]
    at = place.row
    if report.cells[total].state == "blank" and parts:
        return Facts(at, "fails", f"{name}：有数字而总计留空", cells=cells_in(report, (total, *parts)))
    return Facts(at, "holds", f"{name}：已填写，或全行没有数字")


def made_disclosed(rule: Rule, report: Report) -> Iterator[Facts]:
    """Test whether every row with new items made also has items disclosed (edition of 2019)."""
    for row, columns in report.tables.get(rule.table, {}).items():
        made, shown = (columns.get(column) for column in rule.columns)
        if made is None or shown is None:
            continue
        cells = cells_in(report, [f"{rule.table}.{row}.{column}" for column in rule.columns])
        name = place_name(report, rule.table, row)
        if made > 0 and shown == 0:
            yield Facts(row, "fails", f"{name}：新制作 {made}，新公开 0", made, shown, cells)
        else:
            yield Facts(row, "holds", f"{name}：新制作 {made}，新公开 {shown}", made, shown, cells)


def decisions_not_items(rule: Rule, report: Report) -> Iterator[Facts]:
    """Test whether the column of decisions was filled with last year's items plus their change by mistake."""
    ledger = EffectiveNumbers(report)
    for row, columns in report.tables.get(rule.table, {}).items():
        if not set(rule.columns) <= set(columns):
            continue
        ids = [f"{rule.table}.{row}.{column}" for column in rule.columns]
        decisions, items, change = (ledger.number(cell) for cell in ids)
        if decisions is None or items is None or change is None:
            continue
        name, sum_of_items = place_name(report, rule.table, row), items + change
        suspicious = change != 0 and decisions == sum_of_items and decisions != 0
        outcome: Outcome = "fails" if suspicious else "holds"
        message = f"{name}：处理决定数量 {decisions}，上一年项目数量加增减 {sum_of_items}"
        yield Facts(row, outcome, message, decisions, sum_of_items, cells_in(report, ids))


def _cells(report: Report, table: str) -> Iterator[tuple[str, CellValue]]:
    return ((cell, value) for cell, value in report.cells.items() if cell.startswith(f"{table}."))


def _each_or_holds(
    report: Report, name: str, broken: list[tuple[str, CellValue]], complaint: str, praise: str
) -> Iterator[Facts]:
    if not broken:
        yield Facts(name, "holds", praise)
    for cell, value in broken:
        message = f"{label_of(report, cell)}：“{value.raw}”{complaint}"
        yield Facts(cell, "fails", message, value.value, None, ((report, cell),))
