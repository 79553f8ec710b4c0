"""From located characters to settled cells."""

from msgspec import structs
from papers import REQUESTS
from settled_tables import TABLE, cells_of_row, form_of, found_with, glued, settled_of, values

from extractor.document import Locator
from extractor.forms import load_form
from extractor.located import FoundTable, GluedCells, GluedPiece, Located, Witness
from extractor.settle import blanks_were_dropped, check_table, holds_without_assumption, settle_table


def test_a_number_with_a_blank_inside_stands_where_the_sums_need_it() -> None:
    settled = settled_of(found_with(new__natural_person="4 1"))
    assert settled.cells["requests.new.natural_person"].value == 41
    assert settled.cells["requests.new.natural_person"].state == "decoded"


def test_a_number_with_a_blank_inside_is_open_where_the_sums_deny_it() -> None:
    settled = settled_of(found_with(new__business="5 1"))
    assert settled.cells["requests.new.business"].state == "undecided"
    assert [notice.code for notice in settled.notices] == ["split-number"]


def test_a_unit_that_is_not_the_forms_is_kept() -> None:
    settled = settled_of(found_with(new__business="5宗", new__research="3件"))
    assert settled.cells["requests.new.business"].unit == "宗"
    assert settled.cells["requests.new.research"].unit is None


def test_a_run_is_split_as_its_row_and_columns_want() -> None:
    settled = settled_of(found_with(glued("new", "415328160")))
    assert values(settled, "new") == REQUESTS["new"]
    assert {settled.cells[cell].state for cell in cells_of_row("new")} == {"decoded"}
    assert not settled.doubtful


def test_a_run_with_a_border_at_every_cell_is_read() -> None:
    settled = settled_of(found_with(glued("new", "41", "5", "3", "2", "8", "1", "60")))
    assert {settled.cells[cell].state for cell in cells_of_row("new")} == {"read"}


def test_a_total_that_the_publisher_got_wrong_is_read_as_printed() -> None:
    settled = settled_of(found_with(glued("new", "415328199")))
    assert values(settled, "new") == (41, 5, 3, 2, 8, 1, 99)
    failing = [(c.id, c.at) for c in check_table(TABLE, settled) if c.outcome == "fails"]
    assert failing == [("requests/balance", "total"), ("requests/applicants", "new")]


def test_what_the_sums_leave_open_the_prose_may_settle_and_the_table_stays_doubtful() -> None:
    found = FoundTable("2021", "requests", glued=[glued("new", "22")])
    witness = Witness("requests.new.total", 2, "收到申请2件", Locator())
    alone = settled_of(found, dropped=True)
    heard = settled_of(found, dropped=True, witnesses=(witness,))
    assert alone.cells["requests.new.total"].state == "undecided"
    assert heard.cells["requests.new.total"].value == 2
    assert heard.doubtful
    assert "settled-by-prose" in [notice.code for notice in heard.notices]


def test_a_lost_run_gives_no_number() -> None:
    run = GluedCells(cells_of_row("new"), (GluedPiece("41"), GluedPiece("5")), splittable=False, lost=True)
    settled = settled_of(found_with(run))
    assert {settled.cells[cell].state for cell in cells_of_row("new")} == {"undecided"}
    assert [notice.code for notice in settled.notices] == ["cells-unplaced"]


def test_a_short_row_is_placed_where_one_placing_is_proven_and_its_gap_is_missing() -> None:
    texts = ("6", "1", "0", "0", "0", "7")  # 上年结转 without the cell of one applicant
    run = GluedCells(cells_of_row("carried_in"), tuple(GluedPiece(text) for text in texts), splittable=False)
    settled = settled_of(found_with(run))
    known = {value for value in values(settled, "carried_in") if value is not None}
    assert known <= {6, 1, 0, 7}
    assert all(
        settled.cells[cell].value in (None, value)
        for cell, value in zip(cells_of_row("carried_in"), REQUESTS["carried_in"], strict=True)
    )


def test_a_value_over_several_rows_is_undecided() -> None:
    found = found_with()
    found.located["requests.new.business"] = Located("5", certain=False)
    settled = settled_of(found)
    assert settled.cells["requests.new.business"].state == "undecided"
    assert [notice.code for notice in settled.notices] == ["merged-value"]


def test_cells_that_are_nowhere_are_missing_and_their_sums_not_checked() -> None:
    found = found_with()
    del found.located["requests.new.business"]
    settled = settled_of(found)
    assert settled.cells["requests.new.business"].state == "missing"
    open_checks = {(c.id, c.at) for c in check_table(TABLE, settled) if c.outcome == "not_checked"}
    assert open_checks == {("requests/balance", "business"), ("requests/applicants", "new")}


def test_blanks_were_dropped_where_a_row_shows_too_few_digits() -> None:
    assert blanks_were_dropped([found_with(glued("new", "33"))])
    assert not blanks_were_dropped([found_with(glued("new", "415328160"))])


def test_a_reading_that_a_lost_blank_would_change_is_not_beyond_doubt() -> None:
    sure = found_with(glued("new", "415328160"))
    assert holds_without_assumption(TABLE, sure, settled_of(sure))
    proactive = form_of("proactive")
    cells = tuple(f"proactive.regulations.{c}" for c in ("issued", "repealed", "in_force"))
    doubtful = FoundTable(
        "2021",
        "proactive",
        glued=[
            GluedCells(
                cells,
                (GluedPiece("123"),),
                splittable=True,
            )
        ],
    )
    doubtful.located = {i: Located("1") for i in proactive.cell_ids() if i not in cells}
    settled = settle_table(proactive, doubtful, blanks_dropped=False)
    assert not holds_without_assumption(proactive, doubtful, settled)


def test_a_number_with_a_blank_inside_that_one_equation_confirms_and_another_denies_is_open() -> None:
    """The row adds up with 41, the column of the balance does not."""
    settled = settled_of(found_with(new__natural_person="4 1", carried_in__natural_person="9"))
    assert settled.cells["requests.new.natural_person"].state == "undecided"


def test_a_cell_that_was_placed_stands_only_where_no_equation_denies_it() -> None:
    """8 cells for 7 columns: the row adds up as placed, the balance of the columns does not."""
    texts = ("41", "5", "3", "", "2", "8", "1", "60")
    run = GluedCells(cells_of_row("new"), tuple(GluedPiece(text) for text in texts), splittable=False)
    settled = settled_of(found_with(run, carried_in__natural_person="9", carried_in__total="10"))
    assert {settled.cells[cell].state for cell in cells_of_row("new")} == {"undecided"}
    assert [notice.code for notice in settled.notices] == ["cells-unplaced"]


def test_the_gap_of_a_short_row_is_missing_and_the_blanks_of_a_long_one_are_blank() -> None:
    """Where one cell of seven is not there, which blank it is cannot be told: none of them is proven."""
    carried_in = (6, 0, 1, 0, 0, 0, 7)
    short = tuple(GluedPiece(text) for text in ("6", "", "1", "", "", "7"))
    long = tuple(GluedPiece(text) for text in ("6", "", "1", "", "", "", "", "7"))
    for pieces, state in ((short, "missing"), (long, "blank")):
        settled = settled_of(found_with(GluedCells(cells_of_row("carried_in"), pieces, splittable=False)))
        cells = [settled.cells[cell] for cell in cells_of_row("carried_in")]
        assert [cell.value or 0 for cell in cells] == list(carried_in)
        assert {cell.state for cell in cells if cell.value is None} == {state}


def test_each_cell_is_read_as_the_kind_of_number_that_the_form_has_there() -> None:
    """A copy of the form: what was worked out for a form before is not used for it."""
    older = load_form("2019").table("proactive")
    assert older is not None
    form = structs.replace(older)
    change, count, money = (
        "proactive.licensing.change",
        next(i for i in form.cell_ids() if i.startswith("proactive.regulations.")),
        next(f"proactive.{row.id}.{row.money[0]}" for row in form.rows if row.money),
    )
    found = FoundTable("2019", "proactive", {i: Located("0") for i in form.cell_ids()})
    for cell, text in ((change, "-4"), (count, "-4"), (money, "1.50")):
        found.located[cell] = Located(text)
    settled = settle_table(form, found, blanks_dropped=False)
    read = {
        cell: (settled.cells[cell].state, str(settled.cells[cell].value)) for cell in (change, count, money)
    }
    assert read == {change: ("read", "-4"), count: ("unreadable", "None"), money: ("read", "1.50")}
    assert {settled.cells[cell].state for cell in form.cell_ids()} == {"read", "unreadable"}
