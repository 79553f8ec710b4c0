"""Glued cells: which readings are listed, what chooses between them, and what is said of them."""

from papers import REQUESTS
from settled_tables import cells_of_row, codes, form_of, found_with, glued, settled_of, values

from extractor.document import Locator, Paragraph
from extractor.located import FoundTable, GluedCells, GluedPiece, Witness
from extractor.settle import settle_table


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
