"""The verdicts, the first that fits."""

from papers import (
    DISPUTES,
    PROACTIVE,
    REQUESTS,
    Rows,
    codes,
    disputes,
    failing,
    numbers,
    paper,
    proactive,
    read,
    requests,
    statistics,
    whole,
)

from extractor.document import Document, Paragraph


def test_a_whole_report_that_adds_up_is_verified() -> None:
    assert read(whole()).verdict == "verified"


def test_a_publishers_sum_that_fails_is_inconsistent_and_nothing_is_changed() -> None:
    report = read(whole(requests({**REQUESTS, "granted": (12, 2, 1, 0, 3, 0, 19)})))
    assert report.verdict == "inconsistent"
    assert set(failing(report)) == {("requests/applicants", "granted"), ("requests/outcomes", "total")}
    assert report.tables["requests"]["granted"]["total"] == 19


def test_a_cell_that_is_no_number_is_doubtful_even_where_sums_fail() -> None:
    report = read(whole(requests({**REQUESTS, "new": ("约40", 5, 3, 2, 8, 1, 61)})))
    assert report.verdict == "doubtful"
    assert report.cells["requests.new.natural_person"].state == "unreadable"


def test_a_table_that_is_absent_makes_the_report_partial_whatever_else_is_wrong() -> None:
    report = read(paper(proactive(), requests({**REQUESTS, "new": ("约40", 5, 3, 2, 8, 1, 61)})))
    assert (report.verdict, codes(report) & {"table-absent"}) == ("partial", {"table-absent"})
    assert "disputes" not in report.tables


def test_a_row_that_is_missing_makes_the_report_partial() -> None:
    rows = [row for row in requests() if not any("重复申请" in str(td) for td in row)]
    report = read(whole(rows))
    assert report.verdict == "partial"
    assert {cell.state for i, cell in report.cells.items() if "rejected_duplicate" in i} == {"missing"}


def test_the_statistics_alone_are_all_tables_of_their_edition() -> None:
    report = read(paper(statistics(), title="云岭县档案局2016年政府信息公开工作年度报告"))
    assert (report.verdict, report.form) == ("verified", "2014")


def test_a_report_before_2014_without_tables_is_partial() -> None:
    body = [
        Paragraph("一、概述"),
        Paragraph("2010年，我局主动公开政府信息120条。"),
        Paragraph("二、依申请公开政府信息情况"),
    ]
    document = Document("text", (Paragraph("云岭县档案局2010年政府信息公开工作年度报告"), *body))
    report = read(document)
    assert (report.verdict, report.form, report.tables) == ("partial", None, {})


def test_another_kind_of_report_is_no_report() -> None:
    document = Document(
        "text",
        (Paragraph("云岭县档案局2023年法治政府建设年度报告"), Paragraph("一年来，我局推进法治政府建设。")),
    )
    assert read(document).verdict == "not_a_report"


def test_an_empty_form_is_no_report() -> None:
    blank: dict[str, tuple[str, ...]] = dict.fromkeys(REQUESTS, ("",) * 7)
    rows = [[td if td != "0" else "" for td in row] for row in requests(blank)]
    empty = dict.fromkeys(DISPUTES, ("",) * 5)
    tables = (proactive({"regulations": ("", "", "")}), rows, disputes(empty))
    blocks = paper(*tables, title="政府信息公开工作年度报告").blocks
    nameless = tuple(b for b in blocks if not (isinstance(b, Paragraph) and "云岭县" in b.text))
    assert read(Document("html", nameless)).verdict == "not_a_report"


def test_numbers_worked_out_that_do_not_add_up_are_not_called_the_publishers_error() -> None:
    rows = list(requests({**REQUESTS, "granted": (12, 2, 1, 0, 3, 0, 19)}))
    rows[5] = [rows[5][0], ("", 1, 2), *rows[5][2:]]  # （一）予以公开: its label is lost
    report = read(whole(rows))
    assert report.verdict == "doubtful"
    assert "broken-or-misread" in codes(report)


def without_borders(rows: Rows) -> list[Paragraph]:
    """Return a table as text in which no border is left, a line for each row."""
    return [Paragraph("".join(td if isinstance(td, str) else td[0] for td in row)) for row in rows]


def test_numbers_without_borders_that_a_lost_blank_would_split_otherwise_are_not_verified() -> None:
    """123 in three cells is 1, 2, 3, but 12 and 3 if the text leaves blanks out; no sum tells."""
    rows = proactive({**PROACTIVE, "regulations": (1, 2, 3), "normative_documents": (6, 6, 6)})
    report = read(paper(*without_borders(rows), requests(), disputes()))
    assert numbers(report, "proactive", "regulations") == (1, 2, 3)
    assert (report.verdict, "blanks-possible" in codes(report)) == ("doubtful", True)
