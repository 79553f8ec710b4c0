"""Editions of the form that nobody has issued, and reports written by them."""

import io
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import yaml

from extractor.forms import TableForm, load_form

Definition = dict[str, Any]
Numbers = dict[str, dict[str, dict[str, int]]]
Td = tuple[str, int, int]  # text, row span, column span

FORMS = Path(__file__).parent.parent / "extractor" / "forms"
NEW_COLUMN = {"id": "foreign", "label": "境外组织", "group": ["法人或其他组织"]}
NEW_ROW = {
    "id": "refused_important_data",
    "label": "9.属于重要数据",
    "group": ["三、本年度办理结果", "（三）不予公开"],
    "unit": "件",
}


def superset(form_id: str = "2027") -> Definition:
    """Return the edition of 2021 with one row and one column more in the table of requests."""
    form = _bare(form_id)
    table = _table(form, "requests")
    table["columns"].insert(-1, NEW_COLUMN)
    at = next(i for i, row in enumerate(table["rows"]) if row["id"] == "unavailable_not_held")
    table["rows"].insert(at, NEW_ROW)
    _equation(table, "requests/outcomes")["parts"].append(NEW_ROW["id"])
    _equation(table, "requests/applicants")["parts"].append(NEW_COLUMN["id"])
    return form


def subset(form_id: str = "2023") -> Definition:
    """Return the edition of 2021 with one row and one column less in the table of requests."""
    form = _bare(form_id)
    table = _table(form, "requests")
    table["columns"] = [column for column in table["columns"] if column["id"] != "legal_service"]
    table["rows"] = [row for row in table["rows"] if row["id"] != "rejected_excessive"]
    _equation(table, "requests/outcomes")["parts"].remove("rejected_excessive")
    _equation(table, "requests/applicants")["parts"].remove("legal_service")
    return form


def _bare(form_id: str) -> Definition:
    """Return the tables of 2021 as a first draft has them: nothing but what is printed."""
    form = yaml.safe_load((FORMS / "2021.yaml").read_text("utf-8"))
    return {"id": form_id, "issued_by": f"国办公开办函〔{form_id}〕9号", "tables": form["tables"]}


def _table(form: Definition, table_id: str) -> Definition:
    return next(table for table in form["tables"] if table["id"] == table_id)


def _equation(table: Definition, equation_id: str) -> Definition:
    return next(equation for equation in table["equations"] if equation["id"] == equation_id)


def write_forms(folder: Path, *forms: Definition) -> Path:
    """Write editions into a folder, one file each."""
    folder.mkdir(exist_ok=True)
    for form in forms:
        (folder / f"{form['id']}.yaml").write_text(yaml.safe_dump(form, allow_unicode=True), "utf-8")
    return folder


def numbers_of(form_id: str) -> Numbers:
    """Return a number for every cell, so that the identities of the tables hold."""
    drawn = random.Random(form_id)
    numbers: Numbers = {}
    for table in load_form(form_id).tables:
        rows = {row.id: {c: drawn.randint(1, 30) for c in table.columns_of(row)} for row in table.rows}
        by_column = [each for each in table.equations if each.within == "column"]
        for equation in sorted(by_column, key=lambda each: each.total is None):
            if equation.total:
                parts = [rows[part] for part in equation.parts]
                rows[equation.total] = {c: sum(part[c] for part in parts) for c in parts[0]}
            else:
                rows["new"], rows["carried_in"] = dict(rows["handled_total"]), dict(rows["carried_out"])
        for equation in table.equations:
            if equation.within == "row" and equation.total:
                for row in rows.values():
                    row[equation.total] = sum(row[part] for part in equation.parts)
        numbers[table.id] = rows
    return numbers


def printed(table: TableForm, rows: dict[str, dict[str, int]]) -> list[list[Td]]:
    """Return a table as an agency prints it."""
    if table.layout == "across":
        return _side_by_side(table, rows)
    return _in_groups(table, rows) if table.has_header_per_group else _below_one_header(table, rows)


def _side_by_side(table: TableForm, rows: dict[str, dict[str, int]]) -> list[list[Td]]:
    width = len(table.columns)
    above = list(table.outermost_rows)
    spans = {name: sum((row.group or (row.label,))[0] == name for row in table.rows) for name in above}
    names = [(row.label, 1, width) for row in table.rows if row.group]
    lone = [(column.label, 2, 1) for row in table.rows if not row.group for column in table.columns]
    below = [(column.label, 1, 1) for row in table.rows if row.group for column in table.columns]
    values = [(str(rows[row.id][column.id]), 1, 1) for row in table.rows for column in table.columns]
    return [[(name, 1, width * spans[name]) for name in above], [*lone, *names], below, values]


def _in_groups(table: TableForm, rows: dict[str, dict[str, int]]) -> list[list[Td]]:
    labels = {column.id: column.label for column in table.columns}
    lines: list[list[Td]] = []
    for at, row in enumerate(table.rows):
        if at == 0 or table.rows[at - 1].group != row.group:
            lines.append([(row.group[0], 1, 4)])
            lines.append(_stretched([table.words[0], *(labels[c] for c in row.columns)]))
        lines.append(_stretched([row.label, *(str(rows[row.id][c]) for c in row.columns)]))
    return lines


def _stretched(texts: list[str]) -> list[Td]:
    return [*((text, 1, 1) for text in texts[:-1]), (texts[-1], 1, 5 - len(texts))]


def _below_one_header(table: TableForm, rows: dict[str, dict[str, int]]) -> list[list[Td]]:
    grouped = [column for column in table.columns if column.group]
    alone = [column for column in table.columns if not column.group]
    lines: list[list[Td]] = [
        [
            ("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", 3, 3),
            ("申请人情况", 1, len(table.columns)),
        ],
        [(alone[0].label, 2, 1), (grouped[0].group[0], 1, len(grouped)), (alone[1].label, 2, 1)],
        [(column.label, 1, 1) for column in grouped],
    ]
    before: tuple[str, ...] = ()
    for row in table.rows:
        lead = [
            (group, sum(group in other.group for other in table.rows), 1)
            for depth, group in enumerate(row.group)
            if before[depth : depth + 1] != (group,)
        ]
        before = row.group
        values = [(str(number), 1, 1) for number in rows[row.id].values()]
        lines.append([*lead, (row.label, 1, 3 - len(row.group)), *values])
    return lines


def report_parts(form_id: str, year: int) -> Iterator[str | list[list[Td]]]:
    """Yield the paragraphs and tables of a report."""
    numbers = numbers_of(form_id)
    yield f"云岭县档案局{year}年政府信息公开工作年度报告"
    yield "一、总体情况"
    yield "云岭县档案局认真做好各项工作。"
    for numeral, table in zip("二三四", load_form(form_id).tables, strict=True):
        yield f"{numeral}、{table.title}"
        yield printed(table, numbers[table.id])
    yield "五、存在的主要问题及改进情况"
    yield "业务水平有待提高，将加强学习。"
    yield "六、其他需要报告的事项"
    yield "无其他需要报告的事项。"


def html_report(form_id: str, year: int) -> bytes:
    """Return the report as a page."""
    body = "".join(
        f"<p>{part}</p>"
        if isinstance(part, str)
        else "<table>"
        + "".join(
            "<tr>"
            + "".join(f'<td rowspan="{down}" colspan="{across}">{text}</td>' for text, down, across in line)
            + "</tr>"
            for line in part
        )
        + "</table>"
        for part in report_parts(form_id, year)
    )
    return f"<html><head><meta charset='utf-8'></head><body>{body}</body></html>".encode()


def text_report(form_id: str, year: int) -> bytes:
    """Return the report as text that kept no border but blanks."""
    lines = (
        part if isinstance(part, str) else "\n".join(" ".join(text for text, _, _ in line) for line in part)
        for part in report_parts(form_id, year)
    )
    return "\n".join(lines).encode()


def docx_report(form_id: str, year: int) -> bytes:
    """Return the report as a Word file."""
    document = docx.Document()
    for part in report_parts(form_id, year):
        if isinstance(part, str):
            document.add_paragraph(part)
            continue
        width = sum(across for _, _, across in part[0])
        table = document.add_table(len(part), width)
        taken: set[tuple[int, int]] = set()
        for at, line in enumerate(part):
            column = 0
            for text, down, across in line:
                while (at, column) in taken:
                    column += 1
                taken |= {(at + i, column + j) for i in range(down) for j in range(across)}
                cell = table.cell(at, column).merge(table.cell(at + down - 1, column + across - 1))
                cell.text = text
                column += across
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


WRITERS = {"html": html_report, "txt": text_report, "docx": docx_report}
