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
