"""Table 四, whose three rows stand beside each other below one header."""

from papers import (
    DISPUTES,
    RESULTS,
    Rows,
    codes,
    disputes,
    numbers,
    paper,
    proactive,
    read,
    requests,
    states,
    table_of,
)

from extractor.document import Table
from extractor.report import Report

ROWS = ("review", "litigation_direct", "litigation_after_review")
VALUES: Rows = [[str(n) for row in DISPUTES.values() for n in row]]


def report_with(rows: Rows | Table, *more: Rows | Table) -> Report:
    return read(paper(proactive(), requests(), rows, *more))


def found(report: Report) -> list[tuple[object, ...]]:
    return [numbers(report, "disputes", row) for row in ROWS]


def test_the_groups_of_the_header_say_whose_the_values_are() -> None:
    rows = disputes()
    rows[0] = [("行政诉讼", 1, 10), ("行政复议", 1, 5)]
    rows[1] = [("未经复议直接起诉", 1, 5), ("复议后起诉", 1, 5), *((r, 2, 1) for r in RESULTS)]
    rows[3] = rows[3][5:] + rows[3][:5]
    report = report_with(rows)
    assert (found(report), report.verdict) == (list(DISPUTES.values()), "verified")


def test_two_kinds_of_lawsuits_that_have_changed_places_are_told_apart() -> None:
    rows = disputes()
    rows[1][5:] = rows[1][6], rows[1][5]
    rows[3] = rows[3][:5] + rows[3][10:] + rows[3][5:10]
    assert found(report_with(rows)) == list(DISPUTES.values())


def test_columns_in_another_order_are_placed_by_their_names() -> None:
    rows = disputes()
    order = (4, 0, 2, 1, 3)
    names = [RESULTS[k] for k in order]
    rows[1][:5] = [(name, 2, 1) for name in names]
    rows[2] = [*names, *names]
    rows[3] = [rows[3][5 * group + k] for group in range(3) for k in order]
    report = report_with(rows)
    assert (found(report), report.verdict) == (list(DISPUTES.values()), "verified")


def test_an_order_that_the_header_does_not_explain_leaves_every_cell_undecided() -> None:
    rows = disputes()
    rows[2] = [*reversed(RESULTS), *RESULTS]
    rows[1] = [*((r, 2, 1) for r in RESULTS), ("未经复议起诉", 1, 5), ("复议后起诉", 1, 5)]
    report = report_with(rows)
    assert report.verdict == "doubtful"
    assert "header-in-question" in codes(report)
    assert states(report, "disputes", "review") == {"undecided"}


def test_three_rows_below_each_other_are_read_by_their_labels_and_their_header() -> None:
    labels = ("复议后起诉", "行政复议", "未经复议直接起诉")
    values = (DISPUTES["after_review"], DISPUTES["review"], DISPUTES["direct"])
    rows: Rows = [["类别", *reversed(RESULTS)]]
    rows += [[label, *(str(n) for n in reversed(v))] for label, v in zip(labels, values, strict=True)]
    report = report_with(rows)
    assert (found(report), report.verdict) == (list(DISPUTES.values()), "verified")


def test_a_header_written_into_every_place_that_it_covers_is_one_header() -> None:
    rows = disputes()
    rows[0] = ["行政复议"] * 5 + ["行政诉讼"] * 10
    rows[1] = [*RESULTS, *["未经复议直接起诉"] * 5, *["复议后起诉"] * 5]
    rows[2] = [*RESULTS * 3]
    report = report_with(rows)
    assert (found(report), report.verdict) == (list(DISPUTES.values()), "verified")


def test_two_rows_of_other_numbers_below_one_header_leave_every_cell_undecided() -> None:
    last_year = ["1", "0", "0", "0", "1", *["0"] * 10]
    report = report_with([*disputes(), list(last_year)])
    assert report.verdict == "doubtful"
    assert states(report, "disputes", "review") == {"undecided"}
    assert "table-repeated" in codes(report)


def test_a_second_table_of_other_numbers_makes_the_table_doubtful() -> None:
    other = {**DISPUTES, "review": (0, 0, 0, 0, 0)}
    report = report_with(disputes(), disputes(other))
    assert (report.verdict, found(report)) == ("doubtful", list(DISPUTES.values()))


def test_a_table_that_stands_twice_alike_is_one_table() -> None:
    assert report_with(disputes(), disputes()).verdict == "verified"


def test_a_blank_row_before_the_values_holds_nothing() -> None:
    rows = disputes()
    report = report_with([*rows[:3], [""] * 15, rows[3]])
    assert (found(report), report.verdict) == (list(DISPUTES.values()), "verified")


def test_a_row_that_counts_the_columns_holds_no_values() -> None:
    rows = disputes()
    report = report_with([*rows[:3], [str(n) for n in range(1, 16)], rows[3]])
    assert (found(report), report.verdict) == (list(DISPUTES.values()), "verified")


def test_a_header_that_is_lost_leaves_the_order_of_the_form() -> None:
    report = report_with(table_of(VALUES))
    assert found(report) == list(DISPUTES.values())
    assert states(report, "disputes", "review") == {"decoded"}
    assert "row-by-position" in codes(report)


def test_a_cell_too_many_among_blanks_is_not_taken_for_a_column_of_its_own() -> None:
    rows = disputes()
    rows[3] = ["", "1", "0", "", "", "1", "", "", "1", "", "1", "", "", "", "", ""]
    report = report_with(rows)
    assert report.verdict == "doubtful"
    assert all(
        cell.state != "read" or cell.value == 0 for i, cell in report.cells.items() if "litigation" in i
    )
