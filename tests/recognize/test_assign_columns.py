"""Which column of the form each value of a row belongs to."""

from papers import (
    CORNER,
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

from extractor.document import NOWHERE, Cell, Locator, Unread
from extractor.located import GluedCells, GluedPiece, Located
from extractor.recognize.tables.assign_columns import (
    ends_short,
    located_in,
    placed_by_interval,
    unassigned_cells,
    without_surplus_blanks,
)
from extractor.recognize.tables.header import HeaderColumn
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


def test_a_header_that_does_not_stand_over_its_numbers_places_none_of_them() -> None:
    """The corner is one column too narrow: a row that lost its total would move under other columns."""
    rows = requests()
    rows[0][0] = (CORNER, 3, 2)
    rows[1] = [("自然人", 2, 1), ("法人或其他组织", 1, 5), ("总计", 2, 2)]
    del rows[5][-1]
    report = read(whole(rows))
    assert all(
        found in (None, printed)
        for found, printed in zip(numbers(report, "requests", "granted"), REQUESTS["granted"], strict=True)
    )
    assert report.verdict == "partial"


def value(column: int, text: str, span: int = 1) -> Cell:
    return Cell(0, column, text, NOWHERE, 1, span)


def test_two_different_numbers_below_one_head_are_not_told_apart() -> None:
    header = (HeaderColumn("person", 0, 1), HeaderColumn("total", 1, 3))
    assert placed_by_interval([value(0, "4"), value(1, "5"), value(2, "6")], header, 3) is None
    echo = placed_by_interval([value(0, "4"), value(1, "5"), value(2, "5")], header, 3)
    assert echo is not None
    assert {column: [cell.text for cell in there] for column, there in echo.items()} == {
        "person": ["4"],
        "total": ["5"],
    }


def test_a_number_below_two_heads_is_neithers_and_a_zero_below_two_is_boths() -> None:
    header = (HeaderColumn("person", 0, 1), HeaderColumn("total", 1, 2))
    assert placed_by_interval([value(0, "4", 2)], header, 2) is None
    both = placed_by_interval([value(0, "0", 2)], header, 2)
    assert both is not None
    assert [len(there) for there in both.values()] == [1, 1]


def test_a_number_beside_the_heads_is_under_none() -> None:
    header = (HeaderColumn("person", 1, 2),)
    assert placed_by_interval([value(0, "4"), value(1, "5")], header, 2) is None
    zero_beside = placed_by_interval([value(0, "0"), value(1, "5")], header, 2)
    assert zero_beside is None  # a zero is that of each head it stands under: here under none


def test_a_row_that_runs_over_with_a_blank_inside_is_not_placed() -> None:
    header = (HeaderColumn("person", 0, 1), HeaderColumn("total", 1, 2))
    assert placed_by_interval([value(0, "4"), value(1, ""), value(2, "4")], header, 2) is None
    assert placed_by_interval([value(0, "4"), value(1, "5"), value(2, "")], header, 2) is not None


def test_a_row_that_ends_before_the_last_head_is_short() -> None:
    header = (HeaderColumn("person", 0, 1), HeaderColumn("total", 1, 3))
    assert ends_short([value(0, "4")], header)
    assert not ends_short([value(0, "4"), value(1, "5")], header)
    assert not ends_short([value(0, "")], header)
    assert not ends_short([value(0, "4")], ())


def test_surplus_blanks_are_left_out_where_what_speaks_is_just_enough() -> None:
    texts = [
        [cell.text for cell in without_surplus_blanks([value(i, t) for i, t in enumerate(row)], 2)]
        for row in (("4", "", "5"), ("", "", ""), ("4", "", ""), ("4", "5", "6"))
    ]
    assert texts == [["4", "5"], ["", ""], ["4", "", ""], ["4", "5", "6"]]


def test_what_one_column_holds_is_joined_and_nothing_of_it_is_lost() -> None:
    assert located_in([]) == Located("")
    picture = Unread("picture")
    cells = [
        Cell(0, 0, "", Locator(path="a"), doubt="overlay"),
        Cell(0, 1, "4", Locator(path="b"), printed="4[1]", unread=(picture,)),
        Cell(0, 2, "1", Locator(path="c"), doubt="hidden-text"),
    ]
    assert located_in(cells) == Located(
        "4 1", Locator(path="b"), printed="4[1] 1", unread=(picture,), doubt="overlay"
    )
    blanks = [Cell(0, 0, "", Locator(path="a")), Cell(0, 1, "", Locator(path="b"))]
    assert located_in(blanks) == Located("", Locator(path="a"), printed="")


def test_one_cell_over_several_rows_is_certain_only_where_it_holds_no_number() -> None:
    held = {text: located_in([Cell(0, 0, text, NOWHERE, 2)]).certain for text in ("4", "0", "")}
    assert held == {"4": False, "0": True, "": True}
    only = Cell(0, 0, "4", Locator(path="a"), printed="4*", unread=(Unread("mark"),), doubt="overlay")
    assert located_in([only]) == Located("4", Locator(path="a"), True, "4*", (Unread("mark"),), "overlay")


def test_cells_whose_columns_are_unknown_keep_what_was_not_read_and_what_is_not_trusted() -> None:
    cells = [
        Cell(0, 0, "4", Locator(path="a"), unread=(Unread("picture"),)),
        Cell(0, 1, "5", Locator(path="b"), doubt="overlay"),
    ]
    run = unassigned_cells(["t.r.a", "t.r.b"], cells)
    assert run == GluedCells(
        ("t.r.a", "t.r.b"),
        (GluedPiece("4", Locator(path="a")), GluedPiece("5", Locator(path="b"))),
        splittable=False,
        unread=(Unread("picture"),),
        doubt="overlay",
    )
    assert unassigned_cells(["t.r.a"], cells, lost=True).lost


def test_a_row_that_runs_over_is_placed_where_nothing_inside_is_blank_or_nothing_is_a_number() -> None:
    header = (HeaderColumn("person", 0, 1), HeaderColumn("total", 1, 2))
    blanks = placed_by_interval([value(0, ""), value(1, ""), value(2, "")], header, 2)
    assert blanks is not None
    assert {column: [cell.text for cell in there] for column, there in blanks.items()} == {
        "person": [""],
        "total": [""],
    }
    picture = Cell(0, 0, "", NOWHERE, unread=(Unread("picture"),))
    assert placed_by_interval([picture, value(1, ""), value(2, "")], header, 2) is None


def test_values_below_one_head_that_are_blank_and_one_number_stay_together() -> None:
    header = (HeaderColumn("person", 0, 2),)
    placed = placed_by_interval([value(0, ""), value(1, "5")], header, 2)
    assert placed is not None
    assert [cell.text for cell in placed["person"]] == ["", "5"]
    assert ends_short([], header) is False
