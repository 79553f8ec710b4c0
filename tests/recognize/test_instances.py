"""Which of several places is a standard table, and rows told by their serial number."""

import pytest
from papers import (
    PROACTIVE,
    REQUESTS,
    STATISTICS,
    Rows,
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

from extractor.document import Document, Paragraph
from extractor.forms import load_form
from extractor.report import Report

DECOY: Rows = [["类别", "公开数量"], ["规范性文件", "7"], ["行政处罚", "21"], ["工作动态", "386"]]
FEES: Rows = [["项目", "金额"], ["行政事业性收费", "99.5"]]


def with_tables(before: list[Rows], tables: list[Rows], after: list[Rows] | None = None) -> Report:
    """Return a report with tables in its narrative, the standard ones, and tables in section 六."""
    return read(
        Document(
            "html",
            (
                Paragraph("云岭县档案局2023年政府信息公开工作年度报告"),
                Paragraph("一、总体情况"),
                *map(table_of, before),
                Paragraph("二、主动公开政府信息情况"),
                *map(table_of, tables),
                Paragraph("三、收到和处理政府信息公开申请情况"),
                table_of(requests()),
                Paragraph("四、政府信息公开行政复议、行政诉讼情况"),
                table_of(disputes()),
                Paragraph("六、其他需要报告的事项"),
                *map(table_of, after or []),
            ),
        )
    )


def is_read(report: Report) -> bool:
    return all(numbers(report, "proactive", row) == tuple(v) for row, v in PROACTIVE.items() if row != "fees")


@pytest.mark.parametrize(
    "decoy", [DECOY, DECOY[:1] + DECOY[2:], [["", "上年", "本年"], *[[*row, "3"] for row in DECOY[1:]]]]
)
def test_a_small_table_in_the_narrative_takes_no_cell_from_the_standard_one(decoy: Rows) -> None:
    report = with_tables([decoy], [proactive()])
    assert (is_read(report), report.verdict, codes(report)) == (True, "verified", set())


def test_a_table_in_four_blocks_is_one_table_although_a_small_one_stands_before_it() -> None:
    rows = proactive()
    starts = [at for at, row in enumerate(rows) if "第二十条" in str(row[0])]
    blocks = [rows[a:b] for a, b in zip(starts, [*starts[1:], len(rows)], strict=True)]
    report = with_tables([DECOY], blocks)
    assert (is_read(report), report.verdict) == (True, "verified")


def test_a_row_that_the_standard_table_lacks_is_not_taken_from_another_section() -> None:
    report = with_tables([], [proactive()[:-3]], [FEES])
    assert numbers(report, "proactive", "fees") == (None,)
    assert report.verdict == "partial"


def test_row_names_in_the_narrative_alone_are_no_standard_table() -> None:
    report = with_tables([DECOY], [])
    assert ("proactive" in report.tables, report.verdict) == (False, "partial")


def test_two_whole_tables_that_differ_put_the_table_in_question() -> None:
    other = proactive({**PROACTIVE, "penalties": (311,)})
    report = with_tables([], [proactive(), other])
    assert ("table-repeated" in codes(report), report.verdict) == (True, "doubtful")


def test_a_blank_form_beside_the_filled_one_is_no_rival() -> None:
    blank = proactive({row: ("",) * len(values) for row, values in PROACTIVE.items()})
    report = with_tables([], [blank, proactive()])
    assert (is_read(report), codes(report), report.verdict) == (True, set(), "verified")


@pytest.mark.parametrize(
    "labels",
    [
        ("1.逾期不补正", "2.逾期不缴费"),
        ("①未补正", "②未缴纳"),
        ("a.甲种情形", "b.乙种情形"),
        ("Ⅰ.甲", "Ⅱ.乙"),
    ],
)
def test_a_row_nobody_knows_is_told_by_its_serial_number_between_its_neighbours(
    labels: tuple[str, str],
) -> None:
    rows = requests({**REQUESTS, "other_no_correction": (0, 0, 0, 0, 0, 0, 0)})
    at = next(at for at, row in enumerate(rows) if any("逾期不补正" in str(cell) for cell in row))
    for line, label in zip((at, at + 1), labels, strict=True):
        place = next(i for i, cell in enumerate(rows[line]) if "逾期" in str(cell))
        rows[line][place] = (label, 1, 1)
    report = read(paper(proactive(), rows, disputes()))
    assert report.verdict == "verified"
    assert codes(report) == {"row-by-serial"}


def test_a_row_nobody_knows_with_another_serial_number_is_doubted() -> None:
    rows = requests()
    at = next(at for at, row in enumerate(rows) if any("重复申请" in str(cell) for cell in row))
    rows[at][0] = "9.恶意申请"
    report = read(paper(proactive(), rows, disputes()))
    assert set(numbers(report, "requests", "rejected_duplicate")) == {None}
    assert "row-in-question" in codes(report)


def test_last_years_table_below_with_its_year_in_a_row_of_its_own_is_no_rival() -> None:
    other = {row: tuple(2 * int(n) for n in values) for row, values in REQUESTS.items()}
    mine = [[("2023年度", 1, 10)], *requests()]
    theirs = [[("2022年度", 1, 10)], *requests(other)]
    report = read(paper(proactive(), mine, table_of(theirs), disputes()))
    assert numbers(report, "requests", "new") == REQUESTS["new"]
    assert (codes(report), report.verdict) == (set(), "verified")


def test_a_table_with_each_row_as_a_table_of_its_own_is_one_table() -> None:
    rows = statistics()
    blocks = [
        table_of([row]) if any(str(cell).strip() for cell in row[1:]) else Paragraph(str(row[0]))
        for row in rows
    ]
    report = read(paper(*blocks, title="云岭县档案局2016年政府信息公开工作年度报告"))
    assert report.tables["statistics"]["fees"]["value"] is not None
    assert report.tables["statistics"]["proactive_total"]["value"] == STATISTICS["proactive_total"]
    assert report.verdict == "verified"


def test_groups_before_a_label_in_one_cell_say_which_row_it_is() -> None:
    rows = requests()
    table = load_form("2021").table("requests")
    assert table is not None
    for line, row in zip(rows[3:], table.rows, strict=True):
        line[:-7] = ["——".join((*row.group[-1:], row.label))]
    rows[0] = [("项目", 3, 1), *rows[0][1:]]
    report = read(paper(proactive(), rows, disputes()))
    assert all(numbers(report, "requests", row) == tuple(v) for row, v in REQUESTS.items())
    assert (codes(report), report.verdict) == (set(), "verified")


def with_annex(line: str, whole: bool = True) -> Report:
    """Return a report with other figures in the same tables below a line at its end."""
    values = {**REQUESTS, "new": (9, 5, 3, 2, 8, 1, 28), "handled_total": (9, 4, 4, 2, 7, 1, 27)}
    disputed = {"review": (1, 0, 0, 0, 1), "direct": (0, 0, 0, 0, 0), "after_review": (0, 0, 0, 0, 0)}
    report = paper(proactive(), requests(), disputes()) if whole else paper(proactive(), requests())
    annex = (table_of(requests(values)), table_of(disputes(disputed)))
    return read(Document("html", (*report.blocks, Paragraph(line), *annex)))


def test_the_figures_of_one_body_in_an_annex_are_no_rivals_of_the_reports() -> None:
    report = with_annex("附件：县档案局（本级）2023年度有关统计表")
    assert report.verdict == "verified"
    assert all(numbers(report, "requests", row) == values for row, values in REQUESTS.items())
    assert numbers(report, "disputes", "review") == (2, 1, 3, 1, 7)


def test_the_same_tables_once_more_without_an_annex_are_rivals() -> None:
    report = with_annex("又及，有关统计表")
    assert (report.verdict, codes(report) & {"table-repeated"}) == ("doubtful", {"table-repeated"})


def test_a_table_that_stands_in_the_annex_alone_is_the_reports() -> None:
    assert numbers(with_annex("附件1：统计表", whole=False), "disputes", "review") == (1, 0, 0, 0, 1)
