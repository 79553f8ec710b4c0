"""Standard tables in other shapes: panels beside each other, tall rows of lines, a second language."""

from papers import (
    REQUESTS,
    STATISTICS,
    Rows,
    Td,
    codes,
    disputes,
    numbers,
    paper,
    proactive,
    read,
    requests,
    statistics,
    table_of,
)

from extractor.document import Table
from extractor.report import Report


def text_of(td: Td) -> str:
    return td if isinstance(td, str) else td[0]


def in_panels(count: int) -> Rows:
    head, *rows = statistics()
    height = -(-len(rows) // count)
    panels = [rows[at : at + height] for at in range(0, len(rows), height)]
    lines: Rows = [head * count]
    for at in range(height):
        lines.append([td for panel in panels for td in (panel[at] if at < len(panel) else ["", "", ""])])
    return lines


def told(report: Report) -> dict[str, object]:
    return {row: report.tables["statistics"][row]["value"] for row in STATISTICS}


def test_panels_beside_each_other_are_one_table() -> None:
    for count in (2, 3):
        report = read(paper(in_panels(count), title="云岭县档案局2016年政府信息公开工作年度报告"))
        assert {row: str(value) for row, value in told(report).items()} == {
            row: str(value) for row, value in STATISTICS.items()
        }
        assert report.verdict == "verified"


def tall(rows: Rows, *, blank_lost: bool) -> Rows:
    """Return table 三 with its rows as lines; with `blank_lost` groups have no line among the numbers."""
    lines: list[list[str]] = []
    shown: set[str] = set()
    for row in rows[3:]:
        *labels, last = [text_of(td) for td in row[:-7]]
        for label in labels:
            if label not in shown:
                lines.append([label] + [""] * 7)
                shown.add(label)
        lines.append([last, *map(text_of, row[-7:])])
    columns = [[line[at] for line in lines] for at in range(8)]
    if blank_lost:
        columns = [columns[0], *([text for text in column if text] for column in columns[1:])]
    heads: Rows = [["项目", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]]
    return [*heads, ["\n".join(column) for column in columns]]


def test_lines_of_a_tall_row_are_rows() -> None:
    for form in ("2021", "2019"):
        values = {row: v for row, v in REQUESTS.items() if not row.startswith("other_")}
        rows = tall(requests(values, form), blank_lost=True)
        report = read(paper(proactive(form=form), rows, disputes()))
        assert all(numbers(report, "requests", row) == tuple(v) for row, v in values.items())
        assert report.verdict == "verified"


def test_lines_of_a_tall_row_go_on_below_labels_over_all_of_them() -> None:
    head, *rest = requests()
    rows: Rows = [head]
    tall_rows = {"（三）不予公开": 8, "（五）不予处理": 5}
    while rest:
        row = rest.pop(0)
        group = next((text_of(td) for td in row[:-8] if text_of(td) in tall_rows), None)
        if group is None:
            rows.append([(td[0], 7, 1) if text_of(td) == "三、本年度办理结果" else td for td in row])
            continue
        lines = [row, *(rest.pop(0) for _ in range(tall_rows[group] - 1))]
        rows.append([group, *("\n".join(text_of(line[at]) for line in lines) for at in range(-8, 0))])
    height = len(rows) - 5
    rows = [
        [(td[0], height - 1, 1) if text_of(td) == "三、本年度办理结果" else td for td in row] for row in rows
    ]
    report = read(paper(proactive(), rows, disputes()))
    assert all(numbers(report, "requests", row) == tuple(v) for row, v in REQUESTS.items())
    assert report.verdict == "verified"


def test_a_tall_row_with_a_line_less_in_every_column_is_left_alone() -> None:
    values = {**REQUESTS, "refused_state_secret": ("",) * 7}
    report = read(paper(proactive(), tall(requests(values), blank_lost=True), disputes()))
    assert not any(cell.state == "read" for i, cell in report.cells.items() if i.startswith("requests."))


def test_heads_and_labels_in_a_second_language_are_left_out() -> None:
    rows = requests()
    second = ["ئىلتىماس", "سانى", "جەمئىي", "باشقا", "ئاشكارا", "نەتىجە", "كارخانا"]
    bilingual = [*rows[:3], [("ئىلتىماس قىلغۇچى", 1, 3), *second], *rows[3:]]
    report = read(paper(proactive(), [[*row, "بۆلۈم"] for row in bilingual], disputes()))
    assert all(numbers(report, "requests", row) == tuple(v) for row, v in REQUESTS.items())
    assert (report.verdict, codes(report)) == ("verified", set())


def test_a_cell_in_another_language_among_numbers_is_not_taken_for_blank() -> None:
    rows = requests({**REQUESTS, "granted": ("twelve", 2, 1, 0, 3, 0, 18)})
    assert isinstance(table_of(rows), Table)
    report = read(paper(proactive(), rows, disputes()))
    assert report.cells["requests.granted.natural_person"].state == "unreadable"
