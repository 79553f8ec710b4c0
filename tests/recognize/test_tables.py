"""Which tables are there, in which edition, and which row and column each number belongs to."""

import pytest
from papers import (
    DISPUTES,
    PROACTIVE,
    REQUESTS,
    RESULTS,
    STATISTICS,
    Rows,
    codes,
    disputes,
    numbers,
    paper,
    proactive,
    read,
    requests,
    states,
    statistics,
    table_of,
    whole,
)

from extractor.document import Paragraph
from extractor.report import Report

TITLE_2016 = "云岭县档案局2016年政府信息公开工作年度报告"


def all_requests(report: Report) -> dict[str, tuple[object, ...]]:
    return {row: numbers(report, "requests", row) for row in REQUESTS}


def row_of(rows: Rows, label: str) -> int:
    return next(i for i, row in enumerate(rows) if any(label in str(td) for td in row))


def test_the_edition_is_told_by_the_labels_and_not_by_the_title() -> None:
    report = read(paper(proactive(form="2019"), requests(form="2019"), disputes()))
    assert (report.year, report.form, report.verdict) == (2023, "2019", "verified")
    assert report.tables["proactive"]["procurement"] == {"items": 14, "amount": 251000}
    assert report.cells["proactive.procurement.amount"].unit == "元"
    assert "other" in report.tables["requests"]
    assert "other_misc" not in report.tables["requests"]


def test_each_table_has_its_own_edition_and_a_mixture_is_said() -> None:
    report = read(paper(proactive(), requests(form="2019"), disputes()))
    assert (report.form, report.verdict) == ("2019", "verified")
    assert report.tables["proactive"]["regulations"] == {"issued": 2, "repealed": 1, "in_force": 17}
    assert "mixed-editions" in codes(report)


def test_table_four_is_alike_in_both_editions_and_goes_with_the_requests() -> None:
    assert "mixed-editions" not in codes(
        read(paper(proactive(form="2019"), requests(form="2019"), disputes()))
    )


@pytest.mark.parametrize(
    ("label", "printed"),
    [
        ("2.其他法律行政法规禁止公开", "2.其他法律行政止公开"),
        ("3.危及“三安全一稳定”", '3．危及"三安全一稳定"'),
        ("（一）予以公开", "(一)予以公开"),
        ("（一）予以公开", "（一）\n予以 公开"),
        ("2.重复申请", "2、重复申请"),
        ("3.要求提供公开出版物", "3.要求提供公开出板物"),
        ("四、结转下年度继续办理", "结转下年度继续办理"),
        ("（七）总计", "（七） 总 计"),
        ("4.保护第三方合法权益", "4.保護第三方合法權益"),
    ],
)
def test_a_label_is_known_through_slips_widths_quotes_and_serials(label: str, printed: str) -> None:
    rows = [
        [(printed, *td[1:]) if td[0] == label and not isinstance(td, str) else td for td in row]
        for row in requests()
    ]
    report = read(whole(rows))
    assert (all_requests(report), report.verdict) == (dict(REQUESTS), "verified")


def test_columns_in_another_order_are_placed_by_their_names() -> None:
    rows = requests()
    rows[2][1], rows[2][4] = rows[2][4], rows[2][1]
    for row in rows[3:]:
        row[-5], row[-2] = row[-2], row[-5]
    report = read(whole(rows))
    assert (all_requests(report), report.verdict) == (dict(REQUESTS), "verified")


def test_a_column_of_subtotals_is_no_column_of_the_form() -> None:
    rows = requests()
    rows[0][1], rows[1][1] = ("申请人情况", 1, 8), ("法人或其他组织", 1, 6)
    rows[2].append("小计")
    for row in rows[3:]:
        row.insert(len(row) - 1, str(sum(int(str(td)) for td in row[-6:-1])))
    assert all_requests(read(whole(rows))) == dict(REQUESTS)


def test_rows_that_count_the_columns_or_repeat_the_header_are_no_values() -> None:
    rows = requests()
    rows[12:12] = [[("", 1, 3), *map(str, range(1, 8))]]
    assert all_requests(read(whole(rows))) == dict(REQUESTS)


def parted(at: int, *, header: bool) -> Report:
    """Return the report whose table 三 is cut into two blocks."""
    rows = [
        [td if isinstance(td, str) else (td[0], 1, td[2]) for td in row] if i > 2 else row
        for i, row in enumerate(requests())
    ]
    lower = [*requests()[:3], *rows[at:]] if header else rows[at:]
    return read(paper(proactive(), table_of(rows[:at]), table_of(lower), disputes()))


@pytest.mark.parametrize("header", [True, False])
@pytest.mark.parametrize("at", [4, 11, 17, 27])
def test_a_table_cut_by_a_page_is_one_table(at: int, header: bool) -> None:
    report = parted(at, header=header)
    assert (all_requests(report), report.verdict) == (dict(REQUESTS), "verified")


def test_a_lost_label_between_two_known_ones_is_told_by_its_place() -> None:
    rows = requests()
    at = row_of(rows, "2.重复申请")
    rows[at][0] = ("", 1, 1)
    report = read(whole(rows))
    assert all_requests(report) == dict(REQUESTS)
    assert states(report, "requests", "rejected_duplicate") == {"decoded"}
    assert "row-by-position" in codes(report)


@pytest.mark.parametrize("stranger", ["4.申请人撤回", "其中：电子邮件申请", "9.商业秘密"])
def test_a_local_row_in_the_place_of_a_standard_one_is_not_taken_for_it(stranger: str) -> None:
    rows = requests()
    at = row_of(rows, "2.重复申请")
    rows[at][0] = (stranger, 1, 1)
    report = read(whole(rows))
    assert report.verdict == "doubtful"
    assert states(report, "requests", "rejected_duplicate") == {"undecided"}
    assert "row-in-question" in codes(report)


def test_a_local_row_of_table_two_is_not_taken_for_a_standard_one() -> None:
    rows = proactive()
    rows[2][0] = "地方性法规"
    report = read(paper(rows, requests(), disputes()))
    assert report.verdict == "doubtful"
    assert numbers(report, "proactive", "regulations") == (None, None, None)


def test_a_row_of_others_in_table_two_is_none_of_the_requests() -> None:
    rows = proactive()
    rows.insert(4, ["其他", "8", "8", "8"])
    report = read(paper(rows, requests({**REQUESTS, "granted": REQUESTS["granted"]}), disputes()))
    assert numbers(report, "requests", "other_misc") == (0,) * 7


def test_a_local_row_more_changes_nothing() -> None:
    rows = requests()
    at = row_of(rows, "2.重复申请")
    rows.insert(at + 1, [("其中：电子邮件申请", 1, 1), "1", "0", "0", "0", "0", "0", "1"])
    for row in rows[:at]:
        row[:] = [
            (td[0], td[1] + 1, td[2]) if not isinstance(td, str) and td[1] in (5, 22) else td for td in row
        ]
    assert all_requests(read(whole(rows))) == dict(REQUESTS)


def test_two_tables_of_other_numbers_are_doubtful_and_the_first_one_stands() -> None:
    other = requests({**REQUESTS, "new": (42, 5, 3, 2, 8, 1, 61), "carried_out": (7, 1, 0, 0, 1, 0, 9)})
    report = read(paper(proactive(), requests(), disputes(), other))
    assert (report.verdict, all_requests(report)) == ("doubtful", dict(REQUESTS))
    assert "table-repeated" in codes(report)


def test_a_sentence_that_names_rows_is_no_table() -> None:
    told = Paragraph(
        "全年新收申请60件，予以公开18件，部分公开7件，属于国家秘密0件，重复申请2件，结转下年度继续办理8件。"
    )
    report = read(paper(told, proactive(), disputes()))
    assert (report.verdict, "requests" in report.tables) == ("partial", False)


def test_a_local_table_with_two_columns_of_values_stays_outside_the_form() -> None:
    rows: Rows = [
        ["指标名称", "计量单位", "2018年度", "历年累计"], ["主动公开文件数", "条", "206", "912"],
        ["受理依申请公开信息总数", "件", "4", "31"],
        ["行政复议数", "件", "0", "1"], ["行政诉讼数", "件", "0", "0"],
    ]  # fmt: skip
    report = read(paper(rows, title="云岭县档案局2018年政府信息公开工作年度报告"))
    assert (report.form, report.tables, report.verdict) == (None, {}, "partial")
    assert report.other_tables[0].rows[1] == ("主动公开文件数", "条", "206", "912")


def test_statistics_are_read_beside_their_units() -> None:
    report = read(paper(statistics(), title=TITLE_2016))
    values = {row: next(iter(cells.values())) for row, cells in report.tables["statistics"].items()}
    assert {row: str(values[row]) for row in STATISTICS} == {row: str(v) for row, v in STATISTICS.items()}


@pytest.mark.parametrize("heads", [("本年", "历年累计"), ("2016年", "2015年"), ("统计数", "上年数")])
def test_statistics_of_two_years_are_those_of_the_report(heads: tuple[str, str]) -> None:
    for at in (2, 3):
        rows = [[*row[:at], "900" if row[2] else "", *row[at:]] for row in statistics()]
        rows[0] = ["统计指标", "单位", *(heads if at == 3 else heads[::-1])]
        report = read(paper(rows, title=TITLE_2016))
        assert not any(cell.value == 900 for cell in report.cells.values())
        assert report.verdict == "verified"


def test_statistics_of_two_years_that_are_not_named_are_open() -> None:
    rows = [[*row, "900" if row[2] else ""] for row in statistics()]
    rows[0] = ["统计指标", "单位", "甲", "乙"]
    report = read(paper(rows, title=TITLE_2016))
    assert {cell.value for cell in report.cells.values()} == {None}
    assert report.verdict == "doubtful"


def test_a_column_of_row_numbers_gives_no_values() -> None:
    rows = [[row[0], row[1], str(i), row[2]] for i, row in enumerate(statistics())]
    rows[0] = ["统计指标", "单位", "代码", "统计数"]
    report = read(paper(rows, title=TITLE_2016))
    read_values = {i: c.value for i, c in report.cells.items() if c.value is not None}
    assert all(str(value) == str(STATISTICS.get(i.split(".")[1], 0)) for i, value in read_values.items())


def test_table_two_without_its_later_headers_is_read_by_its_rows() -> None:
    rows = [row for i, row in enumerate(proactive()) if i < 4 or row[0] != "信息内容"]
    report = read(paper(rows, requests(), disputes()))
    assert numbers(report, "proactive", "licensing") == PROACTIVE["licensing"]


def test_columns_of_table_two_are_placed_by_their_names() -> None:
    rows = proactive()
    for row in rows[1:4]:
        plain = [td if isinstance(td, str) else td[0] for td in row]
        row[:] = [plain[0], plain[3], plain[1], plain[2]]
    report = read(paper(rows, requests(), disputes()))
    assert numbers(report, "proactive", "regulations") == PROACTIVE["regulations"]


def test_disputes_stand_where_their_header_is() -> None:
    report = read(whole())
    assert [numbers(report, "disputes", row) for row in report.tables["disputes"]] == list(DISPUTES.values())
    assert len(RESULTS) == 5


def test_a_row_that_stands_again_without_its_values_is_told_and_ends_nothing() -> None:
    rows = [*requests(), ["一、本年新收政府信息公开申请数量"]]
    report = read(paper(proactive(), table_of(rows, aligned=False), disputes()))
    assert "table-repeated" in codes(report)


def test_a_garbled_name_over_known_columns_is_no_column_of_its_own() -> None:
    rows = requests()
    at = next(i for i, row in enumerate(rows) if any("法人或其他组织" in str(td) for td in row))
    rows[at] = [
        ("法人或其地维结", *td[1:]) if isinstance(td, tuple) and td[0] == "法人或其他组织" else td
        for td in rows[at]
    ]
    last = rows[row_of(rows, "结转下年度")]
    last[-1] = "中"
    report = read(paper(proactive(), rows, disputes()))
    unsure = [cell_id for cell_id, cell in report.cells.items() if cell.state not in ("read", "blank")]
    assert unsure == ["requests.carried_out.total"]
