"""What was recognized in a picture is settled by its readings and the equations, and never forced."""

from decimal import Decimal

import pytest
from msgspec import structs

from extractor.checks import run_checks
from extractor.document import Locator
from extractor.forms import TableForm, load_form
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


def picture_of(table: TableForm, cell_id: str, first: str, given: list[tuple[str, float]]) -> CellValue:
    """Return one cell of a table in which all others are a plain 0, settled from its readings."""
    values = dict.fromkeys(table.cell_ids(), "0") | {cell_id: first}
    return repaired(values, {cell_id: given}, table).cells[cell_id]


def test_a_cell_is_read_as_the_kind_of_number_that_it_holds() -> None:
    older = load_form("2019").table("proactive")
    assert older is not None
    change = next(i for i in older.cell_ids() if i.endswith("licensing.change"))
    money = "proactive.fees.amount"
    assert money in PROACTIVE.cell_ids()
    assert picture_of(older, change, "x", [("–5", 0.95)]).value == -5
    assert picture_of(PROACTIVE, money, "x", [("1.5", 0.95)]).value == Decimal("1.5")
    counted = picture_of(PROACTIVE, "proactive.regulations.issued", "x", [("–5", 0.95)])
    assert (counted.value, counted.state) == (None, "unreadable")


def test_readings_of_the_same_number_count_together() -> None:
    cell = "proactive.regulations.issued"
    assert picture_of(PROACTIVE, cell, "12", [("12", 0.5), ("１２", 0.45)]).state == "read"
    assert picture_of(PROACTIVE, cell, "12", [("12", 0.5), ("12.5", 0.3), ("13", 0.2)]).state == "undecided"


def test_a_leading_zero_is_no_reading() -> None:
    cell = picture_of(PROACTIVE, "proactive.regulations.issued", "05", [("05", 0.9), ("5", 0.08)])
    assert (cell.value, cell.state) == (None, "undecided")


def test_a_repaired_cell_keeps_what_was_recognized_first_and_takes_the_unit_of_its_reading() -> None:
    settled = repaired(row("7", "2", "0", "0", "3"), {REVIEW[0]: [("7", 0.6), ("1宗", 0.38)]})
    cell = settled.cells[REVIEW[0]]
    assert (cell.raw, cell.value, cell.state, cell.unit) == ("7", 1, "repaired", "宗")
    notice = settled.notices[0]
    assert (notice.code, notice.locator) == ("repaired", cell.locator)
    assert "认作“7”" in notice.message
    assert notice.message.endswith("定为 1")


def test_a_repaired_cell_keeps_its_unit_where_the_reading_has_none() -> None:
    settled, places = settled_and_places(row("7", "2", "0", "0", "3"), {REVIEW[0]: [("7", 0.6), ("1", 0.38)]})
    settled.cells[REVIEW[0]] = structs.replace(settled.cells[REVIEW[0]], unit="宗")
    repair_table(DISPUTES, settled, places)
    assert (settled.cells[REVIEW[0]].value, settled.cells[REVIEW[0]].unit) == (1, "宗")


def test_characters_first_taken_for_no_number_are_read_once_they_are_one() -> None:
    cell = picture_of(PROACTIVE, "proactive.regulations.issued", "1O", [("1O", 0.0), ("10", 0.95)])
    assert (cell.raw, cell.value, cell.state) == ("1O", 10, "repaired")
    settled, places = settled_and_places(row("?", "2", "0", "0", "2"), {REVIEW[0]: [("?", 0.0), ("/", 0.95)]})
    settled.cells[REVIEW[0]] = structs.replace(settled.cells[REVIEW[0]], raw="/")
    repair_table(DISPUTES, settled, places)
    assert (settled.cells[REVIEW[0]].value, settled.cells[REVIEW[0]].state) == (None, "blank")
    settled.cells[REVIEW[0]] = CellValue("10", None, "unreadable", None, settled.cells[REVIEW[0]].locator)
    repair_table(DISPUTES, settled, {settled.cells[REVIEW[0]].locator: [("10", 0.95)]})
    assert (settled.cells[REVIEW[0]].value, settled.cells[REVIEW[0]].state) == (10, "read")


def test_what_is_undecided_names_four_readings_and_where_it_is() -> None:
    cell = "proactive.regulations.issued"
    values = dict.fromkeys(PROACTIVE.cell_ids(), "0") | {cell: "1"}
    given = [("1", 0.3), ("2", 0.2), ("", 0.15), ("4", 0.1), ("5", 0.05)]
    settled = repaired(values, {cell: given}, PROACTIVE)
    notice = settled.notices[0]
    assert notice.message.endswith("可能是：1、2、空、4")
    assert notice.locator == settled.cells[cell].locator


def test_what_ink_shows_may_be_a_zero_where_the_sums_want_nothing() -> None:
    settled = repaired(row("?", "2", "0", "0", "2"), {REVIEW[0]: [("?", 0.5), ("", 0.4)]})
    assert settled.cells[REVIEW[0]].state == "undecided"
    assert settled.notices[0].message.endswith("可能是：空、0")


def test_no_number_at_all_leaves_nothing_of_the_first_reading() -> None:
    settled = repaired(row("5", "2", "0", "0", "7"), {REVIEW[0]: [("印", 0.9)]})
    assert (settled.cells[REVIEW[0]].value, settled.cells[REVIEW[0]].state) == (None, "unreadable")


def test_each_failing_equation_with_a_weak_reading_is_named_with_four_cells_at_most() -> None:
    weak = {cell: [("1", 0.95)] for cell in REVIEW[:4]} | {REVIEW[4]: [("9", 0.96)]}
    settled = repaired(row("1", "1", "1", "1", "9"), weak)
    assert codes(settled) == ["broken-or-misread"]
    assert "；" + "、".join((REVIEW[4], *REVIEW[:3])) + " 由图像" in settled.notices[0].message
    later = [f"disputes.{DISPUTES.rows[2].id}.{column.id}" for column in DISPUTES.columns]
    settled = repaired(row("0", "0", "0", "0", "0") | {later[0]: "1"}, {later[0]: [("1", 0.95)]})
    assert codes(settled) == ["broken-or-misread"]
    sure = repaired(row("1", "1", "1", "1", "9"), {cell: [("1", 0.97)] for cell in REVIEW[:4]})
    assert codes(sure) == []


def test_a_reading_is_possible_from_two_thousandths_on() -> None:
    for score, state in ((0.0021, "repaired"), (0.0019, "undecided")):
        settled = repaired(row("7", "2", "0", "0", "3"), {REVIEW[0]: [("7", 0.8), ("1", score)]})
        assert settled.cells[REVIEW[0]].state == state


def test_with_too_many_combinations_nothing_is_tried() -> None:
    many = [(str(number), 0.05) for number in range(10, 22)]  # 12 + 1 for each of four cells: 28,561
    given = {cell: [(text, 0.4), *many] for cell, text in zip(REVIEW[:4], "1200", strict=True)}
    settled = repaired(row("1", "2", "0", "0", "3"), given)
    assert {settled.cells[cell].state for cell in REVIEW[:4]} == {"undecided"}
