"""Glued cells: which readings are listed, what chooses between them, and what is said of them."""

from msgspec import structs
from papers import REQUESTS
from settled_tables import TABLE, cells_of_row, codes, form_of, found_with, glued, settled_of, values

from extractor.document import Locator, Paragraph, Unread
from extractor.located import FoundTable, GluedCells, GluedPiece, Witness
from extractor.settle import Settled, settle_table


def test_borders_of_a_table_whose_labels_are_in_question_prove_nothing() -> None:
    bordered = glued("new", "41", "5", "3", "2", "8", "1", "60")
    found = found_with(bordered)
    found.in_question = True
    settled = settled_of(found)
    assert {settled.cells[cell].state for cell in cells_of_row("new")} == {"decoded"}
    assert settled.assumed_no_blanks == [bordered]
    assert settled.doubtful


def test_kept_borders_need_no_assumption() -> None:
    assert settled_of(found_with(glued("new", "41", "5", "3", "2", "8", "1", "60"))).assumed_no_blanks == []


def test_pieces_that_are_fewer_than_their_cells_may_be_whole_cells_with_a_blank_between() -> None:
    """12 | 3 in three cells is 1, 2, 3 where a border was lost, and 12 and 3 where none was."""
    proactive = form_of("proactive")
    cells = tuple(f"proactive.regulations.{c}" for c in ("issued", "repealed", "in_force"))
    run = GluedCells(cells, (GluedPiece("12"), GluedPiece("3")), splittable=True)
    settled = settle_table(proactive, FoundTable("2021", "proactive", glued=[run]), blanks_dropped=False)
    assert {settled.cells[cell].state for cell in cells} == {"undecided"}
    notice = next(notice for notice in settled.notices if notice.code == "undecided")
    for reading in ("1|2|3", "12|3|空", "12|空|3", "空|12|3"):
        assert reading in notice.message


def test_a_row_that_only_a_dropped_blank_makes_add_up_is_read_with_it() -> None:
    """41532859 adds up as 41|5|3|2|8||59 and in no way that fills all cells."""
    numbers = {
        **REQUESTS,
        "refused_process_information": (2, 0, 1, 0, 0, 0, 3),
        "handled_total": (41, 4, 4, 2, 7, 0, 58),
    }
    found = found_with(glued("new", "41532859"), numbers=numbers)
    assert values(settled_of(found), "new") == (41, 5, 3, 2, 8, None, 59)


def test_each_number_of_a_split_text_is_where_its_characters_are() -> None:
    line = Paragraph("新收415328160", Locator(line=7, start=100, end=111))
    run = GluedCells(cells_of_row("new"), (GluedPiece("415328160", line.locator, line, 2),), splittable=True)
    settled = settled_of(found_with(run))
    places = [settled.cells[cell].locator for cell in cells_of_row("new")]
    assert [(at.start, at.end) for at in places] == [
        (102, 104), (104, 105), (105, 106), (106, 107), (107, 108), (108, 109), (109, 111),
    ]  # fmt: skip


def test_a_cell_that_was_placed_is_where_its_cell_is() -> None:
    line = Paragraph("表", Locator(line=7, start=0, end=1))
    place = Locator(path="/table/tr[4]/td[5]")
    texts = ("41", "5", "3", "", "2", "8", "1", "60")
    run = GluedCells(
        cells_of_row("new"), tuple(GluedPiece(text, place, line) for text in texts), splittable=False
    )
    settled = settled_of(found_with(run))
    assert values(settled, "new") == REQUESTS["new"]
    assert {settled.cells[cell].locator for cell in cells_of_row("new")} == {place}


def test_a_row_of_two_numbers_does_not_show_that_totals_are_printed() -> None:
    """22 may be one part and its total, or two parts: another row may still leave its total out."""
    found = FoundTable("2021", "requests", glued=[glued("new", "22"), glued("carried_in", "5", "7")])
    settled = settled_of(found, dropped=True)
    assert settled.cells["requests.carried_in.total"].state == "blank"
    assert settled.cells["requests.carried_in.business"].state == "undecided"


def test_where_a_row_prints_its_total_a_row_that_may_lack_its_own_stays_open() -> None:
    found = FoundTable("2021", "requests", glued=[glued("new", "235"), glued("carried_in", "5", "7")])
    settled = settled_of(found, dropped=True)
    assert {settled.cells[cell].state for cell in cells_of_row("carried_in")} == {"undecided"}


def test_prose_that_excludes_no_reading_is_no_witness() -> None:
    found = FoundTable("2021", "requests", glued=[glued("new", "121010014")])
    witness = Witness("requests.new.total", 14, "收到申请14件", Locator())
    settled = settled_of(found, witnesses=(witness,))
    assert "settled-by-prose" not in codes(settled)
    assert settled.cells["requests.new.natural_person"].state == "undecided"


def test_prose_that_no_reading_agrees_with_is_no_witness() -> None:
    found = FoundTable("2021", "requests", glued=[glued("new", "121010014")])
    witness = Witness("requests.new.total", 15, "收到申请15件", Locator())
    settled = settled_of(found, witnesses=(witness,))
    assert settled.cells["requests.new.total"].value == 14
    assert "settled-by-prose" not in codes(settled)


def test_cells_that_are_given_up_are_open_and_their_whole_text_is_kept() -> None:
    place = Locator(path="/table/tr[4]/td[3]")
    run = GluedCells(cells_of_row("new"), (GluedPiece("41", place), GluedPiece("5", place)), False, True)
    settled = settled_of(found_with(run))
    assert settled.doubtful
    assert [notice.locator for notice in settled.notices] == [place]
    for cell in cells_of_row("new"):
        assert (settled.cells[cell].raw, settled.cells[cell].locator) == ("41 5", place)


def test_where_lines_were_lost_nothing_is_read_and_it_is_said_once_elsewhere() -> None:
    found = found_with(glued("new", "415328160"))
    found.lines_lost = True
    settled = settled_of(found)
    assert {settled.cells[cell].state for cell in cells_of_row("new")} == {"undecided"}
    assert (codes(settled), settled.doubtful) == ([], True)


def test_glued_cells_with_something_unread_are_open_without_a_second_notice() -> None:
    run = structs.replace(glued("new", "415328160"), unread=(Unread("picture"),))
    settled = settled_of(found_with(run))
    assert {settled.cells[cell].state for cell in cells_of_row("new")} == {"undecided"}
    assert (codes(settled), list(settled.unread), settled.doubtful) == ([], ["picture"], True)


DISPUTES = form_of("disputes")
ACROSS = tuple(f"disputes.{row.id}.{column.id}" for row in DISPUTES.rows for column in DISPUTES.columns)


def disputes_of(*texts: str) -> list[object]:
    """Return the numbers of table 四, whose three groups of five are one row of cells."""
    run = GluedCells(ACROSS, tuple(GluedPiece(text) for text in texts), splittable=False)
    found = FoundTable("2021", "disputes", glued=[run])
    settled = settle_table(DISPUTES, found, blanks_dropped=False)
    return [settled.cells[cell].value for cell in ACROSS]


def test_each_group_of_a_row_adds_up_by_itself() -> None:
    """A zero too many in the last group may be the blank one: its total is then not stated."""
    numbers = ["2", "1", "3", "1", "7", "0", "0", "0", "0", "0", "13", "2", "4", "0", "19"]
    assert disputes_of(*numbers) == list(map(int, numbers))
    assert disputes_of(*numbers, "") == [*map(int, numbers[:10]), *[None] * 5]
    first_group_wrong = ["2", "1", "3", "1", "8", *numbers[5:]]
    assert disputes_of(*first_group_wrong) == [*[None] * 5, *map(int, numbers[5:])]


def test_a_blank_total_of_a_group_states_nothing_about_the_others() -> None:
    numbers = ["2", "1", "3", "1", "", "0", "0", "0", "0", "0", "13", "2", "4", "0", "19"]
    assert disputes_of(*numbers) == [*[None] * 5, *map(int, numbers[5:])]


def test_where_blanks_may_be_dropped_bordered_cells_are_read_as_they_stand_if_they_add_up() -> None:
    bordered = found_with(glued("new", "41", "5", "3", "2", "8", "1", "60"))
    settled = settled_of(bordered, dropped=True)
    assert values(settled, "new") == REQUESTS["new"]
    assert {settled.cells[cell].state for cell in cells_of_row("new")} == {"read"}


def test_more_digits_than_the_cells_hold_have_no_reading() -> None:
    settled = settled_of(FoundTable("2021", "requests", glued=[glued("new", "1" * 106)]))
    assert {settled.cells[cell].state for cell in cells_of_row("new")} == {"undecided"}
    assert [notice.code for notice in settled.notices] == ["undecided"]
    assert "没有一种读法成立" in settled.notices[0].message


def test_a_search_that_is_too_long_says_so_and_where() -> None:
    line = Paragraph("1" * 40, Locator(line=3, start=50, end=90))
    run = GluedCells(cells_of_row("new"), (GluedPiece("1" * 40, line.locator, line, 0),), splittable=True)
    settled = settle_table(TABLE, FoundTable("2021", "requests", glued=[run]), blanks_dropped=True)
    notice = next(notice for notice in settled.notices if notice.code == "search-bound")
    assert notice.message.startswith("new：“1111")
    assert (notice.locator.start, notice.locator.end) == (50, 90)


def heard_of(*witnesses: tuple[str, int], text: str = "22") -> Settled:
    """Return table 三 with one glued row, and numbers of the prose for its cells."""
    found = FoundTable("2021", "requests", glued=[glued("new", text)])
    told = tuple(
        Witness(f"requests.{cell}", value, f"{cell}{value}件", Locator(line=n))
        for n, (cell, value) in enumerate(witnesses)
    )
    return settled_of(found, dropped=True, witnesses=told)


def test_prose_chooses_between_two_readings_by_a_blank_total_as_well() -> None:
    """22 without a total is 2 and 2: a sum of 4 is told by no printed number."""
    settled = heard_of(("new.total", 4))
    assert settled.cells["requests.new.total"].state == "blank"
    assert (settled.doubtful, "settled-by-prose" in codes(settled)) == (True, True)
    notice = next(notice for notice in settled.notices if notice.code == "settled-by-prose")
    assert notice.locator == Locator(line=0)


def test_a_witness_of_another_row_is_passed_over_and_the_next_is_heard() -> None:
    settled = heard_of(("carried_in.total", 7), ("new.total", 22))
    notices = [notice for notice in settled.notices if notice.code == "settled-by-prose"]
    assert [notice.locator.line for notice in notices] == [1]
    assert settled.cells["requests.new.total"].state == "blank"
