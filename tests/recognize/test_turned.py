"""Tables printed with rows for columns."""

from papers import DISPUTES, REQUESTS, Rows, disputes, numbers, paper, proactive, read, requests, table_of

from extractor.document import Table
from extractor.recognize.tables.turned import _turned


def test_a_turned_table_is_read_as_the_form_has_it() -> None:
    report = read(paper(proactive(), turned(requests()), turned(disputes())))
    assert all(numbers(report, "requests", row) == values for row, values in REQUESTS.items())
    rows = ("review", "litigation_direct", "litigation_after_review")
    assert [numbers(report, "disputes", row) for row in rows] == list(DISPUTES.values())
    assert report.verdict == "verified"


def turned(rows: Rows) -> Table:
    return _turned(table_of(rows))


def test_a_table_of_results_that_is_no_standard_table_is_left_as_it_is() -> None:
    strange: Rows = [["结果维持", "1"], ["结果纠正", "2"], ["其他结果", "3"], ["某种结果", "4"]]
    report = read(paper(proactive(), requests(), disputes(), strange))
    assert (report.verdict, report.other_tables[0].rows[0]) == ("verified", ("结果维持", "1"))


def test_a_table_laid_flat_over_one_row_of_values_is_read() -> None:
    rows: Rows = [
        [
            ("第二十条第（一）项", 1, 6),
            "第二十条第（五）项",
            ("第二十条第（六）项", 1, 2),
            "第二十条第（八）项",
        ],
        [("规章", 1, 3), ("行政规范性文件", 1, 3), "行政许可", "行政处罚", "行政强制", "行政事业性收费"],
        [*["本年制发件数", "本年废止件数", "现行有效件数"] * 2, *["本年处理决定数量"] * 3, "本年收费金额"],
        ["2", "1", "28", "13", "4", "173", "1033", "1163", "136", "86.98"],
    ]
    report = read(paper(rows, requests(), disputes()))
    assert numbers(report, "proactive", "normative_documents")[:3] == (13, 4, 173)
    assert [report.tables["proactive"][row]["decisions"] for row in ("licensing", "penalties")] == [
        1033,
        1163,
    ]
    assert (str(report.tables["proactive"]["fees"]["amount"]), report.verdict) == ("86.98", "verified")
