"""A report that is one table, and labels in a table beside that of their numbers."""

from msgspec import structs
from papers import REQUESTS, Rows, codes, disputes, numbers, paper, proactive, read, requests, table_of

from extractor.document import Document, Paragraph, Table
from extractor.recognize.whole_table import with_text_apart

TITLE = "云岭县档案局2023年政府信息公开工作年度报告"


def in_one_table() -> Document:
    rows: Rows = [
        [(TITLE, 1, 15)],
        ["一、总体情况", ("云岭县档案局认真做好各项工作，全年公开信息31条。都已办结，没有投诉。", 1, 14)],
    ]
    rows += [[("二、主动公开政府信息情况", 1, 15)], *proactive()]
    rows += [[("三、收到和处理政府信息公开申请情况", 1, 15)], *requests()]
    rows += [[("四、政府信息公开行政复议、行政诉讼情况", 1, 15)], *disputes()]
    rows += [[("五、存在的主要问题及改进情况", 1, 15)], [("业务水平有待提高，将加强学习。", 1, 15)]]
    rows += [[("六、其他需要报告的事项", 1, 15)], [("无其他需要报告的事项。", 1, 15)]]
    return Document("html", (table_of(rows),))


def test_a_report_that_is_one_table_has_its_title_and_its_sections() -> None:
    document = with_text_apart(in_one_table())
    report = read(document)
    assert (report.issuer.name, report.year, report.verdict) == ("云岭县档案局", 2023, "verified")
    assert [section.code for section in report.sections] == [
        "overview", "proactive", "requests", "disputes", "problems", "other",
    ]  # fmt: skip
    assert all(numbers(report, "requests", row) == tuple(v) for row, v in REQUESTS.items())


def test_a_table_with_a_remark_and_no_heading_stays_one() -> None:
    rows: Rows = [
        *requests(),
        [("注：本表的数字是云岭县档案局和它的下属单位合计的，其中没有重复的申请。", 1, 10)],
    ]
    document = paper(proactive(), rows, disputes())
    assert with_text_apart(document) is document


def side_by_side(*, straddled: bool = False) -> Document:
    """Return a report whose three tables stand beside each other in one, each below its heading."""
    sections = {
        "二、主动公开政府信息情况": (0, proactive()),
        "三、收到和处理政府信息公开申请情况": (6, requests()),
        "四、政府信息公开行政复议、行政诉讼情况": (18, disputes()),
    }
    rows: Rows = [
        [(TITLE, 1, 33)],
        [("云岭县档案局认真做好各项工作，全年公开信息31条。都已办结，没有投诉。", 1, 33)],
    ]
    cells = list(table_of(rows).cells)
    for heading, (column, body) in sections.items():
        for cell in table_of([[heading], *body]).cells:
            wide = straddled and cell.text == heading
            span = 7 if wide else cell.column_span
            cells.append(
                structs.replace(cell, row=cell.row + 2, column=cell.column + column, column_span=span)
            )
    below: Rows = [[("五、存在的主要问题及改进情况", 1, 33)], [("业务水平有待提高，将加强学习。", 1, 33)]]
    cells += [structs.replace(cell, row=cell.row + 40) for cell in table_of(below).cells]
    return Document("xlsx", (Table(tuple(sorted(cells, key=lambda c: (c.row, c.column)))),))


def test_sections_side_by_side_are_read_one_after_another() -> None:
    report = read(with_text_apart(side_by_side()))
    assert report.verdict == "verified"
    assert all(numbers(report, "requests", row) == tuple(v) for row, v in REQUESTS.items())
    assert [section.code for section in report.sections][:3] == ["preamble", "proactive", "requests"]


def test_nothing_is_cut_where_a_cell_stands_over_two_sections() -> None:
    tables = [b for b in with_text_apart(side_by_side(straddled=True)).blocks if isinstance(b, Table)]
    assert len(tables) == 1


def test_records_that_name_their_report_in_every_row_say_it_once() -> None:
    rows: Rows = [["标题", "行", "数"], *([TITLE, f"第{n}行", str(n)] for n in range(8))]
    first, table = with_text_apart(Document("text", (table_of(rows),))).blocks
    assert isinstance(first, Paragraph)
    assert (first.text, table) == (TITLE, table_of(rows))


def labels_apart(rows: Rows, *, lost: int = 0) -> tuple[Rows, Rows]:
    head, *body = rows[0], *rows[3:]
    left: Rows = [head[:1], *(row[:-7] for row in body)]
    left[0] = [(left[0][0][0], 1, 3)]
    right: Rows = [["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]]
    right += [row[-7:] for row in body[lost:]]
    return left, right


def test_numbers_beside_a_table_of_their_labels_are_told_by_their_order() -> None:
    left, right = labels_apart(requests())
    report = read(paper(proactive(), left, table_of(right), disputes()))
    assert all(numbers(report, "requests", row) == tuple(v) for row, v in REQUESTS.items())
    assert (report.verdict, codes(report)) == ("verified", {"columns-apart"})


def test_fewer_rows_of_numbers_than_labels_tell_nothing() -> None:
    left, right = labels_apart(requests(), lost=1)
    report = read(paper(proactive(), left, table_of(right), disputes()))
    assert not any(c.state == "read" for i, c in report.cells.items() if i.startswith("requests."))
