"""Reports typed in by hand: the standard tables as rows of cells, and documents around them.

A row is a list of cells, a cell its text or (text, row span, column span). Rows are laid out as a
browser does it: a cell that is missing draws those behind it to the left.
"""

from collections.abc import Mapping, Sequence

from extractor.document import Block, Cell, Document, Locator, Paragraph, Source, Table
from extractor.forms import Row, load_form
from extractor.pipeline import report_on
from extractor.report import Report

Td = str | tuple[str, int, int]
Rows = list[list[Td]]
Values = Mapping[str, Sequence[object]]  # by row id, in printed order

CORNER = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
KINDS = ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")
RESULTS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")

PROACTIVE: Values = {
    "regulations": (2, 1, 17),
    "normative_documents": (23, 9, 131),
    "licensing": (2204,),
    "penalties": (310,),
    "coercion": (45,),
    "fees": ("488.780058",),
}
PROACTIVE_2019: Values = {
    "regulations": (2, 3, 17),
    "normative_documents": (23, 21, 131),
    "licensing": (61, -4, 2204),
    "other_services": (18, 5, 77),
    "penalties": (310, 12, 208),
    "coercion": (45, 0, 9),
    "fees": (7, -1),
    "procurement": (14, "251000元"),
}
# Columns and rows add up; no row is like another that has numbers.
REQUESTS: Values = {
    "new": (41, 5, 3, 2, 8, 1, 60),
    "carried_in": (6, 0, 1, 0, 0, 0, 7),
    "granted": (12, 2, 1, 0, 3, 0, 18),
    "partly_granted": (5, 0, 0, 1, 1, 0, 7),
    "refused_third_party": (3, 1, 0, 0, 0, 0, 4),
    "refused_process_information": (2, 0, 1, 0, 0, 1, 4),
    "unavailable_not_held": (14, 1, 2, 0, 2, 0, 19),
    "rejected_petition": (4, 0, 0, 1, 0, 0, 5),
    "rejected_duplicate": (1, 0, 0, 0, 1, 0, 2),
    "handled_total": (41, 4, 4, 2, 7, 1, 59),
    "carried_out": (6, 1, 0, 0, 1, 0, 8),
}
DISPUTES: Values = {"review": (2, 1, 3, 1, 7), "direct": (0, 0, 0, 0, 0), "after_review": (13, 2, 4, 0, 19)}
STATISTICS: Mapping[str, object] = {
    "proactive_total": 846, "proactive_normative": 31, "normative_made": 33, "via_gazette": 4,
    "via_website": 812, "via_weibo": 57, "via_wechat": 65, "via_other": 9, "responses_total": 6,
    "received": 48, "received_in_person": 7, "received_online": 36, "received_letter": 5,
    "concluded": 46, "concluded_on_time": 43, "concluded_extended": 3,
    "replied": 46, "replied_already_public": 11, "replied_granted": 19, "replied_partly_granted": 2,
    "replied_refused": 8, "refused_trade_secret": 1, "refused_privacy": 5, "refused_other_law": 2,
    "replied_nonexistent": 6, "review": 3, "review_upheld": 2, "review_corrected": 1,
    "litigation": 2, "litigation_upheld": 2, "fees": "0.35", "staff": 12, "staff_full_time": 3,
    "staff_part_time": 9, "budget": "4.5", "meetings": 2, "training_sessions": 1, "people_trained": 60,
}  # fmt: skip


def table_of(rows: Sequence[Sequence[Td]], *, aligned: bool = True) -> Table:
    """Lay rows out as a browser does."""
    taken: set[tuple[int, int]] = set()
    cells: list[Cell] = []
    for r, row in enumerate(rows):
        c = 0
        for td in row:
            text, row_span, column_span = (td, 1, 1) if isinstance(td, str) else td
            while (r, c) in taken:
                c += 1
            taken.update((r + i, c + j) for i in range(row_span) for j in range(column_span))
            where = Locator(path=f"/table/tr[{r + 1}]/td[{c + 1}]")
            cells.append(Cell(r, c, text, where, row_span, column_span))
            c += column_span
    return Table(tuple(cells), aligned=aligned)


def requests(values: Values = REQUESTS, form: str = "2021") -> Rows:
    """Return table 三; rows without values are filled with zeros."""
    table = load_form(form).table("requests")
    assert table is not None
    rows: Rows = [
        [(CORNER, 3, 3), ("申请人情况", 1, 7)],
        [("自然人", 2, 1), ("法人或其他组织", 1, 5), ("总计", 2, 1)],
        list(KINDS),
    ]
    open_groups: tuple[str, ...] = ()
    for row in table.rows:
        lead: list[Td] = [
            (group, sum(group in other.group for other in table.rows), 1)
            for depth, group in enumerate(row.group)
            if open_groups[depth : depth + 1] != (group,)
        ]
        open_groups = row.group
        rows.append([*lead, (row.label, 1, 3 - len(row.group)), *_printed(values.get(row.id, (0,) * 7))])
    return rows


def proactive(values: Values | None = None, form: str = "2021") -> Rows:
    """Return table 二, its blocks below each other."""
    table = load_form(form).table("proactive")
    assert table is not None
    given = values if values is not None else PROACTIVE if form == "2021" else PROACTIVE_2019
    labels = {column.id: column.label for column in table.columns}
    rows: Rows = []
    group = ""
    for row in table.rows:
        if row.group[0] != group:
            group = row.group[0]
            rows.append([(group, 1, 4)])
            rows.append(_widened(["信息内容", *(labels[column] for column in row.columns)]))
        rows.append(_widened([row.label, *_printed(given.get(row.id, ("",) * len(row.columns)))]))
    return rows


def disputes(values: Values = DISPUTES) -> Rows:
    """Return table 四."""
    numbers = [text for row in ("review", "direct", "after_review") for text in _printed(values[row])]
    return [
        [("行政复议", 1, 5), ("行政诉讼", 1, 10)],
        [*((result, 2, 1) for result in RESULTS), ("未经复议直接起诉", 1, 5), ("复议后起诉", 1, 5)],
        [*RESULTS, *RESULTS],
        list(numbers),
    ]


def statistics(values: Mapping[str, object] = STATISTICS) -> Rows:
    """Return the statistics of 2014 to 2018; rows without a value are filled with 0."""
    table = load_form("2014").table("statistics")
    assert table is not None
    rows: Rows = [["统计指标", "单位", "统计数"]]
    before: Row | None = None
    for row in table.rows:
        for group in row.group:
            known = before is not None and (group in before.group or before.label.startswith(group))
            if not known and not any(other.label.startswith(group) for other in table.rows):
                rows.append([group, "", ""])
        rows.append([row.label, row.unit, str(values.get(row.id, 0))])
        before = row
    return rows


def paper(*blocks: Block | Rows, title: str = "云岭县档案局2023年政府信息公开工作年度报告") -> Document:
    """Return a report with these tables and paragraphs, each table below a heading of its own."""
    headings = iter(
        (
            "二、主动公开政府信息情况",
            "三、收到和处理政府信息公开申请情况",
            "四、政府信息公开行政复议、行政诉讼情况",
        )
    )
    body: list[Block] = [
        Paragraph(title),
        Paragraph("一、总体情况"),
        Paragraph("云岭县档案局认真做好各项工作。"),
    ]
    for block in blocks:
        if isinstance(block, list):
            body.append(Paragraph(next(headings, "附表")))
            block = table_of(block)
        body.append(block)
    body += [Paragraph("五、存在的主要问题及改进情况"), Paragraph("业务水平有待提高，将加强学习。")]
    body += [Paragraph("六、其他需要报告的事项"), Paragraph("无其他需要报告的事项。")]
    return Document("html", tuple(body))


def whole(request_rows: Rows | None = None) -> Document:
    """Return a whole report of 2021, with table 三 as given."""
    return paper(proactive(), request_rows or requests(), disputes())


def read(document: Document) -> Report:
    """Return the report on a document."""
    return report_on(Source("report.html", b"x"), document)


def numbers(report: Report, table: str, row: str) -> tuple[object, ...]:
    """Return the numbers of a row, in printed order."""
    return tuple(report.tables[table][row].values())


def states(report: Report, table: str, row: str) -> set[str]:
    """Return the states that the cells of a row have."""
    return {cell.state for cell_id, cell in report.cells.items() if cell_id.startswith(f"{table}.{row}.")}


def codes(report: Report) -> set[str]:
    """Return the codes of the notices."""
    return {notice.code for notice in report.notices}


def failing(report: Report) -> list[tuple[str, str]]:
    """Return id and place of the equations that fail."""
    return [(check.id, check.at) for check in report.checks if check.outcome == "fails"]


def _printed(values: Sequence[object]) -> list[Td]:
    return [value if isinstance(value, tuple) else str(value) for value in values]


def _widened(row: list[str] | list[Td]) -> list[Td]:
    """Stretch the last cell of a row so that it ends where the fourth column does."""
    last = row[-1]
    return [*row[:-1], (last, 1, 5 - len(row)) if isinstance(last, str) else last]
