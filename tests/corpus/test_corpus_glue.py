"""What glued digits still say is found by exhausting their readings."""

import pytest

from scripts.corpus.glue import Rows, read_glued
from scripts.corpus.printed_forms import DISPUTES, PROACTIVE, REQUESTS
from scripts.corpus.readings import cut_row
from scripts.corpus.truth import Truth, draw

ZEROS = "0" * 7
COLUMNS = ["a", "b", "c"]


def rows_of(truth: Truth, **requests: str) -> Rows:
    """Return a document of zeros, some rows of table 三 replaced."""
    proactive = {
        row: "0" * len(item.columns) for item in PROACTIVE[truth.proactive or ""] for row, _ in item.rows
    }
    table = {row.code: requests.get(row.code, ZEROS) for row in REQUESTS[truth.form]}
    return Rows(proactive, table, "0" * 5 * len(DISPUTES))


def test_a_row_is_cut_in_every_way_without_leading_zeros() -> None:
    assert set(cut_row("1200", COLUMNS, blanks=False)) == {("12", "0", "0"), ("1", "20", "0")}
    assert set(cut_row("123", COLUMNS, blanks=False)) == {("1", "2", "3")}
    assert set(cut_row("1234", COLUMNS, blanks=False)) == {
        ("12", "3", "4"),
        ("1", "23", "4"),
        ("1", "2", "34"),
    }


def test_a_space_is_a_border() -> None:
    assert set(cut_row("1 234", COLUMNS, blanks=False)) == {("1", "23", "4"), ("1", "2", "34")}


def test_dropped_blanks_add_readings() -> None:
    assert set(cut_row("5", COLUMNS, blanks=True)) == {
        ("5", None, None),
        (None, "5", None),
        (None, None, "5"),
    }


def test_only_a_change_may_be_negative() -> None:
    columns = ["items_last_year", "change", "decisions"]
    assert set(cut_row("35-150", columns, blanks=False)) == {("35", "-15", "0"), ("35", "-1", "50")}
    assert list(cut_row("-350", columns, blanks=False)) == []


def test_zeros_are_certain_in_every_cell() -> None:
    truth = draw(1)
    found = read_glued(truth, rows_of(truth))
    assert found.is_verified
    assert all(cell.value == 0 for cell in found.cells.values())


def test_a_row_with_one_consistent_cut_is_settled() -> None:
    truth = draw(1)
    found = read_glued(truth, rows_of(truth, new="4000004", granted="4000004", handled_total="4000004"))
    assert found.is_verified
    assert found.cells["requests.new.natural_person"].value == 4


def test_two_cuts_of_a_row_leave_its_cells_open() -> None:
    truth = draw(1)
    row = "270020130"  # 27+0+0+2+0+1 = 30, and 2+7+0+0+20+1 = 30
    found = read_glued(truth, rows_of(truth, new=row, granted=row, handled_total=row))
    assert not found.is_verified
    assert found.cells["requests.new.natural_person"].states == ("undecided",)
    assert found.cells["requests.new.total"].value == 30


def test_the_columns_settle_what_a_row_leaves_open() -> None:
    truth = draw(1)
    rows = rows_of(
        truth,
        new="640020470",
        granted="270020130",
        partly_granted="360000339",
        handled_total="630020469",
        carried_out="1000001",
    )
    found = read_glued(truth, rows)
    assert found.cells["requests.granted.natural_person"].value == 27


def test_one_short_row_puts_the_whole_document_under_suspicion() -> None:
    truth = draw(1)
    found = read_glued(truth, rows_of(truth, rejected_duplicate="000"))
    assert not found.is_verified
    assert found.cells["requests.rejected_duplicate.total"].states == ("undecided",)
    assert found.cells["requests.new.total"].value == 0


def test_a_row_without_digits_is_blank() -> None:
    truth = draw(1)
    found = read_glued(truth, rows_of(truth, rejected_duplicate=""))
    assert found.cells["requests.rejected_duplicate.total"].value is None
    assert "undecided" not in found.cells["requests.rejected_duplicate.total"].states


def test_digits_that_fit_no_equation_are_no_reading() -> None:
    truth = draw(1)
    with pytest.raises(ValueError, match="no reading"):
        read_glued(truth, rows_of(truth, new="4000005"))
