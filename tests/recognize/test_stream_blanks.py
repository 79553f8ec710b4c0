"""A row without a number in running text is blank only where every number of the table has its place."""

from papers import REQUESTS, read

from extractor.document import Block, Cell, Document, Paragraph, Table
from extractor.forms import load_form
from extractor.report import Report

APPLICANTS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")


def rows_of_form() -> list[tuple[str, str]]:
    table = load_form("2021").table("requests")
    assert table is not None
    return [(row.id, row.label) for row in table.rows]


def report_on_lines(lines: list[str]) -> Report:
    text = ["云岭县档案局2023年政府信息公开工作年度报告", "三、收到和处理政府信息公开申请情况", *lines]
    return read(Document("text", tuple(map(Paragraph, text))))


def states(report: Report) -> set[str]:
    return {cell.state for cell_id, cell in report.cells.items() if cell_id.startswith("requests.")}


def test_a_row_whose_numbers_stand_behind_the_names_of_columns_is_not_blank() -> None:
    lines = []
    for row_id, label in rows_of_form():
        values = REQUESTS.get(row_id, (0,) * 7)
        lines += [label, *(f"{name}：{value}" for name, value in zip(APPLICANTS, values, strict=True))]
    assert "blank" not in states(report_on_lines(lines))


def test_a_row_without_numbers_between_rows_with_theirs_is_blank() -> None:
    lines = ["申请人情况", *APPLICANTS]
    for row_id, label in rows_of_form():
        values = REQUESTS.get(row_id)
        lines += [label, *(map(str, values) if values else ())]
    report = report_on_lines(lines)
    assert {report.cells[f"requests.refused_state_secret.{c}"].state for c in ("business", "total")} == {
        "blank"
    }
    assert report.cells["requests.new.total"].value == 60


def test_a_last_row_with_a_number_behind_a_strange_mark_is_not_blank() -> None:
    lines = [f"{label} & {sum(REQUESTS.get(row_id, (0,)))} \\\\" for row_id, label in rows_of_form()]
    assert "blank" not in states(report_on_lines(lines))


def test_a_page_number_between_two_rows_is_nobodys_number() -> None:
    lines = ["申请人情况", *APPLICANTS]
    for at, (row_id, label) in enumerate(rows_of_form()):
        lines += [label, *map(str, REQUESTS.get(row_id, (0,) * 7)), *(["- 2 -"] if at == 9 else [])]
    report = report_on_lines(lines)
    assert {cell.state for i, cell in report.cells.items() if i.startswith("requests.")} == {"read"}


def test_a_row_beside_one_with_more_numbers_than_cells_is_not_blank() -> None:
    lines = ["申请人情况", *APPLICANTS]
    for row_id, label in rows_of_form():
        values = [*map(str, REQUESTS.get(row_id, (0,) * 7))]
        if row_id == "carried_out":  # its numbers stand before its label
            lines += [*values, label]
        else:
            lines += [label, *values]
    report = report_on_lines(lines)
    assert {report.cells[f"requests.carried_out.{c}"].state for c in ("business", "total")} == {"undecided"}


def test_a_row_whose_numbers_stand_in_a_table_behind_its_label_is_not_blank() -> None:
    blocks: list[Block] = [Paragraph("三、收到和处理政府信息公开申请情况"), Paragraph("申请人情况")]
    blocks += map(Paragraph, APPLICANTS)
    for row_id, label in rows_of_form():
        values = REQUESTS.get(row_id, (0,) * 7)
        blocks.append(Paragraph(label))
        if row_id in ("new", "carried_in"):
            blocks.append(Table(tuple(Cell(0, at, str(value)) for at, value in enumerate(values))))
        else:
            blocks += [Paragraph(str(value)) for value in values]
    report = read(Document("text", (Paragraph("云岭县档案局2023年政府信息公开工作年度报告"), *blocks)))
    assert {report.cells[f"requests.{row}.total"].state for row in ("new", "carried_in")} == {"undecided"}
