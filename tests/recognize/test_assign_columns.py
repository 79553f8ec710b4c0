"""Which column of the form each value of a row belongs to."""

from papers import (
    PROACTIVE,
    REQUESTS,
    Rows,
    disputes,
    numbers,
    paper,
    proactive,
    read,
    requests,
    states,
    whole,
)

from extractor.report import Report


def with_row(line: int, cells: Rows) -> Report:
    """Return the report whose line of table 三 has these cells behind its labels."""
    rows = requests()
    rows[line][-7:] = cells[0]
    return read(whole(rows))


def test_blank_cells_too_many_are_left_out_where_the_sums_prove_it() -> None:
    report = with_row(3, [["41", "5", "3", "", "2", "8", "1", "60"]])
    assert numbers(report, "requests", "new") == REQUESTS["new"]
    assert states(report, "requests", "new") == {"decoded"}


def test_two_numbers_in_one_cell_are_not_taken_for_one() -> None:
    report = with_row(3, [[("41 5", 1, 2), "3", "2", "8", "1", "60"]])
    assert set(numbers(report, "requests", "new")) == {None}
    glued = with_row(3, [["415", "3", "2", "8", "1", "60"]])
    assert set(numbers(glued, "requests", "new")) == {None}
    assert (report.verdict, glued.verdict) == ("doubtful", "doubtful")


def test_a_value_that_stands_for_several_rows_is_nobodys() -> None:
    rows = proactive()
    penalties = next(row for row in rows if row[0] == "行政处罚")
    penalties[1] = ("310", 2, 3)
    coercion = next(row for row in rows if row[0] == "行政强制")
    del coercion[1]
    report = read(paper(rows, requests(), disputes()))
    assert report.verdict == "doubtful"
    assert (
        states(report, "proactive", "penalties") == states(report, "proactive", "coercion") == {"undecided"}
    )


def test_an_echo_of_one_merged_cell_is_one_number() -> None:
    rows = proactive()
    licensing = next(row for row in rows if row[0] == "行政许可")
    licensing[1:] = ["2204", "2204", "2204"]
    report = read(paper(rows, requests(), disputes()))
    assert numbers(report, "proactive", "licensing") == PROACTIVE["licensing"]


def test_a_span_too_few_in_the_header_moves_no_total() -> None:
    rows = requests()
    rows[0][1], rows[1][1] = ("申请人情况", 1, 6), ("法人或其他组织", 1, 4)
    report = read(whole(rows))
    assert {row: numbers(report, "requests", row) for row in REQUESTS} == dict(REQUESTS)
    assert report.verdict == "verified"


def test_a_total_that_stands_first_is_placed_by_its_name() -> None:
    rows = requests()
    rows[1] = [("总计", 2, 1), ("自然人", 2, 1), ("法人或其他组织", 1, 5)]
    for row in rows[3:]:
        row[-7:] = [row[-1], *row[-7:-1]]
    report = read(whole(rows))
    assert {row: numbers(report, "requests", row) for row in REQUESTS} == dict(REQUESTS)


def test_a_header_whose_order_nothing_proves_leaves_the_rows_open() -> None:
    rows = requests({row: (*values[:6], "") for row, values in REQUESTS.items()})
    rows[0][1], rows[1][1] = ("申请人情况", 1, 6), ("法人或其他组织", 1, 4)
    report = read(whole(rows))
    assert report.verdict == "doubtful"
    assert states(report, "requests", "new") == {"undecided"}


def test_rows_of_table_two_that_are_short_stay_open() -> None:
    rows = proactive()
    del rows[2][1]
    report = read(paper(rows, requests(), disputes()))
    assert set(numbers(report, "proactive", "regulations")) == {None}
    assert report.verdict == "doubtful"
