"""Glued cells whose pieces are one for each cell, and pieces whose column is unknown."""

from collections.abc import Sequence

import pytest
from settled_tables import cells_of_row, codes, form_of, found_with, glued, settled_of, values

from extractor.document import Locator
from extractor.located import FoundTable, GluedCells, GluedPiece, Witness
from extractor.report import CellValue
from extractor.settle import Settled, settle_table

PLACE = Locator(table=2, row=9, column=2)
DISPUTES = form_of("disputes")
DISPUTED = tuple(f"disputes.{row.id}.{column.id}" for row in DISPUTES.rows for column in DISPUTES.columns)


def fees_in(text: str) -> CellValue:
    """Return the fees of table 二 whose column was not known."""
    cell = "proactive.fees.amount"
    run = GluedCells((cell,), (GluedPiece(text, PLACE),), splittable=False)
    found = FoundTable("2021", "proactive", glued=[run])
    return settle_table(form_of("proactive"), found, blanks_dropped=False).cells[cell]


@pytest.mark.parametrize(("text", "unit"), [("310元", "元"), ("310万元", None), ("310", None)])
def test_a_glued_number_keeps_the_unit_that_is_not_the_forms(text: str, unit: str | None) -> None:
    assert fees_in(text) == CellValue(text, 310, "decoded", unit, PLACE)


def test_a_glued_blank_is_where_the_text_is() -> None:
    assert fees_in("") == CellValue("", None, "blank", None, PLACE)
    found = found_with(glued("new", "41", "5", "", "2", "8", "1", "57"))
    assert settled_of(found).cells["requests.new.research"] == CellValue("", None, "blank")


@pytest.mark.parametrize("dropped", [False, True])
@pytest.mark.parametrize(
    ("texts", "read"),
    [
        ("41 5 3 2 8 1 60", (41, 5, 3, 2, 8, 1, 60)),
        ("41 5 / 2 8 1 57", (41, 5, None, 2, 8, 1, 57)),
        ("41 5 / 2 8 1 /", (41, 5, None, 2, 8, 1, None)),
        ("/ / / / / / /", (None,) * 7),
        ("41 x 3 2 8 1 60", (None,) * 7),
    ],
)
def test_pieces_that_add_up_are_one_cell_each_whether_or_not_blanks_are_dropped(
    dropped: bool, texts: str, read: tuple[object, ...]
) -> None:
    settled = settled_of(found_with(glued("new", *texts.split())), dropped=dropped)
    assert values(settled, "new") == read
    states = {settled.cells[cell].state for cell in cells_of_row("new")}
    assert states == ({"undecided"} if "x" in texts else states & {"read", "blank"})


@pytest.mark.parametrize("texts", ["41 5 3 2 8 1 61", "/ / / / / / 4", "/ 1 / / / / 4"])
def test_pieces_that_do_not_add_up_are_one_cell_each_only_where_no_blank_is_dropped(texts: str) -> None:
    found = found_with(glued("new", *texts.split()))
    read = tuple(None if text == "/" else int(text) for text in texts.split())
    assert values(settled_of(found), "new") == read
    assert values(settled_of(found, dropped=True), "new") == (None,) * 7


def disputes_of(texts: Sequence[str], *, dropped: bool) -> Settled:
    run = GluedCells(DISPUTED, tuple(map(GluedPiece, texts)), splittable=True)
    return settle_table(DISPUTES, FoundTable("2021", "disputes", glued=[run]), blanks_dropped=dropped)


@pytest.mark.parametrize(
    ("texts", "adds_up"),
    [
        ("1 2 0 0 3  0 0 0 0 0  1 0 0 4 5", True),
        ("1 0 0 0 1  2 0 0 0 2  3 0 0 0 3", True),
        ("1 2 0 0 3  0 0 0 0 0  1 0 0 4 6", False),
        ("1 2 0 0 3  0 0 1 0 0  1 0 0 4 5", False),
        ("1 2 0 0 4  0 0 0 0 0  1 0 0 4 5", False),
        ("1 2 0 0 /  0 0 0 0 1  1 0 0 4 5", False),
        ("/ / / / /  / / / / /  / / / / /", True),
    ],
)
def test_each_group_of_a_row_across_must_add_up_for_itself(texts: str, adds_up: bool) -> None:
    read = [None if text == "/" else int(text) for text in texts.split()]
    kept = disputes_of(texts.split(), dropped=False)
    assert [kept.cells[cell].value for cell in DISPUTED] == read
    searched = disputes_of(texts.split(), dropped=True)
    assert ([searched.cells[cell].value for cell in DISPUTED] == read) == adds_up


def test_more_digits_than_the_cells_can_hold_have_no_reading() -> None:
    full = settled_of(found_with(glued("new", *["1" * 9] * 6, str(6 * int("1" * 9)))))
    assert values(full, "new") == (*[int("1" * 9)] * 6, 666666666)
    over = settled_of(found_with(glued("new", "1" * 64)))
    assert {over.cells[cell].state for cell in cells_of_row("new")} == {"undecided"}
    assert "没有一种读法成立" in next(n.message for n in over.notices if n.code == "undecided")


def test_the_prose_chooses_between_two_readings_and_the_table_stays_doubtful() -> None:
    """0012110326 adds up as 0|0|12|1|10|3|26 and as 0|0|12|11|0|3|26, and in no third way."""
    found = FoundTable("2021", "requests", glued=[glued("new", "0012110326")])
    cell = "requests.new.social_organization"
    assert settled_of(found).cells[cell].state == "undecided"
    chosen = settled_of(found, witnesses=(Witness(cell, 11, "社会组织申请11件", PLACE),))
    assert values(chosen, "new") == (0, 0, 12, 11, 0, 3, 26)
    assert (chosen.doubtful, codes(chosen)) == (True, ["settled-by-prose"])
    unheard = settled_of(found, witnesses=(Witness(cell, 7, "社会组织申请7件", PLACE),))
    assert (unheard.cells[cell].state, codes(unheard)) == ("undecided", ["undecided"])
