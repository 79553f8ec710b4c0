"""What was recognized in a picture is settled by its readings and the equations, and never forced."""

import pytest

from extractor.checks import run_checks
from extractor.document import Locator
from extractor.forms import load_form
from extractor.report import CellValue
from extractor.settle.from_picture import repair_table
from extractor.settle.state import Settled

DISPUTES = load_form("2021").table("disputes")
PROACTIVE = load_form("2021").table("proactive")
assert DISPUTES is not None
assert PROACTIVE is not None
Given = dict[str, list[tuple[str, float]]]
REVIEW = [f"disputes.{DISPUTES.rows[0].id}.{column.id}" for column in DISPUTES.columns]  # total last


def settled_and_places(values: dict[str, str], given: Given) -> tuple[Settled, dict]:
    """Return cells as first read, and the readings of those that come from a picture."""
    settled, places = Settled(), {}
    for number, (cell_id, text) in enumerate(values.items()):
        place = Locator(page=1, bbox=(0, number, 9, number + 1))
        number_read = int(text) if text.isdigit() else None
        state = "read" if text.isdigit() else "unreadable" if text else "blank"
        settled.cells[cell_id] = CellValue(text, number_read, state, None, place)
        if text:
            places[place] = tuple(given.get(cell_id, [(text, 0.999)]))
    return settled, places


def row(*texts: str) -> dict[str, str]:
    """Return a disputes table: the review row with these texts, zeros elsewhere."""
    cells = dict.fromkeys(DISPUTES.cell_ids(), "0")
    return cells | dict(zip(REVIEW, texts, strict=True))


def repaired(values: dict[str, str], given: Given, table=DISPUTES) -> Settled:
    settled, places = settled_and_places(values, given)
    repair_table(table, settled, places)
    return settled


def codes(settled: Settled) -> list[str]:
    return [notice.code for notice in settled.notices]


def test_a_plain_table_stays_as_it_was_read() -> None:
    settled = repaired(row("1", "2", "0", "0", "3"), {})
    assert {cell.state for cell in settled.cells.values()} == {"read"}
    assert not settled.doubtful
    assert settled.notices == []


def test_a_doubtful_reading_that_breaks_its_sum_gives_way_to_the_next_one() -> None:
    given = {REVIEW[0]: [("7", 0.6), ("1", 0.38)]}
    settled = repaired(row("7", "2", "0", "0", "3"), given)
    cell = settled.cells[REVIEW[0]]
    assert (cell.value, cell.state, cell.raw) == (1, "repaired", "7")
    assert codes(settled) == ["repaired"]
    assert not settled.doubtful


def test_a_doubtful_reading_that_its_sum_confirms_is_read() -> None:
    settled = repaired(row("1", "2", "0", "0", "3"), {REVIEW[0]: [("1", 0.6), ("7", 0.38)]})
    assert settled.cells[REVIEW[0]].state == "read"
    assert settled.notices == []


def test_a_plain_reading_that_breaks_its_sum_is_the_publisher_s_error() -> None:
    values = row("1", "2", "0", "0", "0")
    settled = repaired(values, {REVIEW[4]: [("0", 0.999), ("3", 0.0011)]})
    assert settled.cells[REVIEW[4]].value == 0
    assert settled.notices == []
    assert not settled.doubtful
    facts = {i: cell.value for i, cell in settled.cells.items()}
    assert [c.at for c in run_checks(DISPUTES, facts) if c.outcome == "fails"] == [DISPUTES.rows[0].id]


def test_a_broken_sum_of_readings_that_are_not_beyond_doubt_is_doubtful() -> None:
    settled = repaired(row("1", "2", "0", "0", "4"), {REVIEW[1]: [("2", 0.93)]})
    assert settled.doubtful
    assert codes(settled) == ["broken-or-misread"]


def test_two_solutions_that_are_about_as_likely_leave_the_cells_undecided() -> None:
    given = {REVIEW[0]: [("1", 0.5), ("2", 0.45)], REVIEW[1]: [("2", 0.5), ("1", 0.45)]}
    settled = repaired(row("1", "2", "0", "0", "3"), given)
    states = {settled.cells[cell].state for cell in REVIEW[:2]}
    assert states == {"undecided"}
    assert {settled.cells[cell].value for cell in REVIEW[:2]} == {None}
    assert settled.doubtful


def test_a_reading_that_the_picture_does_not_support_is_never_taken() -> None:
    settled = repaired(row("7", "2", "0", "0", "3"), {REVIEW[0]: [("7", 0.8), ("4", 0.15), ("1", 0.001)]})
    assert settled.cells[REVIEW[0]].state == "undecided"


def test_characters_that_are_no_number_are_settled_like_any_other() -> None:
    settled = repaired(row("l", "2", "0", "0", "3"), {REVIEW[0]: [("l", 0.7), ("1", 0.2), ("7", 0.05)]})
    cell = settled.cells[REVIEW[0]]
    assert (cell.value, cell.state, cell.raw) == (1, "repaired", "l")


def test_what_no_reading_makes_a_number_is_unreadable() -> None:
    settled = repaired(row("印", "2", "0", "0", "3"), {REVIEW[0]: [("印", 0.9)]})
    assert settled.cells[REVIEW[0]].state == "unreadable"


def test_a_doubtful_cell_in_no_equation_is_undecided() -> None:
    values = dict.fromkeys(PROACTIVE.cell_ids(), "0")
    cell = next(iter(values))
    settled = repaired(values, {cell: [("0", 0.8), ("8", 0.1)]}, PROACTIVE)
    assert settled.cells[cell].state == "undecided"
    assert settled.doubtful
    assert "可能是：0、8" in settled.notices[0].message


def test_cells_that_have_characters_are_left_alone() -> None:
    settled, _ = settled_and_places(row("7", "2", "0", "0", "3"), {})
    before = dict(settled.cells)
    repair_table(DISPUTES, settled, {})
    assert settled.cells == before


def test_what_has_ink_is_never_settled_as_a_blank_and_the_others_are_settled_beside_it() -> None:
    given = {REVIEW[0]: [("7", 0.6), ("1", 0.38)], REVIEW[1]: [("?", 0.5), ("", 0.4)]}
    settled = repaired(row("7", "?", "0", "0", "1"), given)
    cell = settled.cells[REVIEW[1]]
    assert (cell.value, cell.state, cell.raw) == (None, "undecided", "?")
    assert settled.cells[REVIEW[0]].value == 1
    assert settled.doubtful


def test_a_solution_must_be_ten_times_as_likely_as_the_next() -> None:
    """0.6·0.5 against 0.1·0.4 is 7.5 times as likely, against 0.05·0.4 it is 15 times."""
    for rival, state in ((0.1, "undecided"), (0.05, "read")):
        given = {REVIEW[0]: [("1", 0.6), ("2", rival)], REVIEW[1]: [("2", 0.5), ("1", 0.4)]}
        settled = repaired(row("1", "2", "0", "0", "3"), given)
        assert {settled.cells[cell].state for cell in REVIEW[:2]} == {state}


def test_where_no_equation_can_be_tested_a_doubtful_reading_stays_open() -> None:
    settled, places = settled_and_places(row("1", "2", "0", "0", "3"), {REVIEW[0]: [("1", 0.6)]})
    missing = REVIEW[2]
    settled.cells[missing] = CellValue("", None, "missing")
    repair_table(DISPUTES, settled, places)
    assert settled.cells[REVIEW[0]].state == "undecided"
    assert settled.doubtful


def test_a_solution_found_before_all_combinations_are_tried_proves_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    given = {cell: [(text, 0.5), ("77", 0.49)] for cell, text in zip(REVIEW[:4], "1200", strict=True)}
    assert {repaired(row("1", "2", "0", "0", "3"), given).cells[cell].state for cell in REVIEW} == {"read"}
    monkeypatch.setattr("extractor.settle.from_picture._TRIED", 8)  # of 16
    hurried = repaired(row("1", "2", "0", "0", "3"), given)
    assert {hurried.cells[cell].state for cell in REVIEW[:4]} == {"undecided"}
    assert hurried.doubtful


@pytest.mark.parametrize(
    ("given", "state"),
    [
        ([("0", 0.89)], "undecided"),
        ([("0", 0.91)], "read"),
        ([("0", 0.93), ("8", 0.06)], "undecided"),
        ([("0", 0.93), ("8", 0.04)], "read"),
    ],
)
def test_without_an_equation_a_reading_needs_nine_tenths_and_no_near_rival(
    given: list[tuple[str, float]], state: str
) -> None:
    values = dict.fromkeys(PROACTIVE.cell_ids(), "0")
    cell = next(iter(values))
    settled = repaired(values, {cell: given}, PROACTIVE)
    assert (settled.cells[cell].state, settled.doubtful) == (state, state == "undecided")
    assert codes(settled) == (["unsure-recognition"] if state == "undecided" else [])
