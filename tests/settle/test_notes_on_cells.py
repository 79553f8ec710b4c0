"""What is noted beside the numbers: units over them, the place and readings of glued text, blank totals."""

from collections.abc import Mapping

import pytest
from settled_tables import cells_of_row, form_of

from extractor.document import NOWHERE, Locator, Notice, Paragraph
from extractor.located import FoundTable, GluedCells, GluedPiece
from extractor.report import CellValue
from extractor.settle import Settled
from extractor.settle.candidate import Candidate
from extractor.settle.glued_notices import search_bound_notice, undecided_notice, whole_locator
from extractor.settle.tokens import Token
from extractor.settle.unit_notes import note_units

FEES = "proactive.fees.amount"
PLACE = Locator(table=2, row=9, column=2)


def noted(
    cells: Mapping[str, CellValue], units: Mapping[str, str], strange: frozenset[str] = frozenset()
) -> Settled:
    """Return the cells of table 二 after their units were noted."""
    settled = Settled(cells=dict(cells))
    found = FoundTable("2021", "proactive", units=dict(units), strange_units=set(strange))
    note_units(settled, form_of("proactive"), found)
    return settled


def read(raw: str, value: int | None, unit: str | None = None) -> CellValue:
    return CellValue(raw, value, "blank" if value is None else "read", unit, PLACE)


@pytest.mark.parametrize(("unit", "kept"), [("元", "元"), ("万元", None), ("萬元", None)])
def test_the_unit_of_the_head_is_given_to_a_number_without_one(unit: str, kept: str | None) -> None:
    settled = noted({FEES: read("310", 310)}, {FEES: unit})
    assert settled.cells[FEES].unit == kept
    assert (settled.doubtful, settled.notices) == (False, [])


def test_a_cell_that_says_its_unit_or_has_no_number_keeps_what_it_has() -> None:
    units = dict.fromkeys([FEES, "proactive.licensing.decisions", "proactive.penalties.decisions"], "元")
    cells = {
        "proactive.licensing.decisions": read("", None),
        "proactive.penalties.decisions": read("3笔", 3, "笔"),
        FEES: read("310", 310),
    }
    settled = noted(cells, {"proactive.coercion.decisions": "元", **units})
    assert [cell.unit for cell in settled.cells.values()] == [None, "笔", "元"]
    assert settled.cells["proactive.licensing.decisions"] == cells["proactive.licensing.decisions"]
    assert not settled.doubtful


def test_a_number_with_the_unit_of_the_form_under_a_head_with_another_is_in_question() -> None:
    settled = noted({FEES: read("310万元", 310)}, {FEES: "元"})
    assert settled.cells[FEES].unit is None
    message = f"{FEES} 等 1 格：表头或表前写的单位是“元”，不能确定数字的单位"
    assert settled.notices == [Notice("unit-in-question", message, PLACE)]
    assert settled.doubtful


@pytest.mark.parametrize(("raw", "value", "unit"), [("0万元", 0, "元"), ("310万元", 310, "万元")])
def test_zero_has_every_unit_and_one_unit_said_twice_is_one(raw: str, value: int, unit: str) -> None:
    settled = noted({FEES: read(raw, value)}, {FEES: unit})
    assert (settled.doubtful, settled.notices) == (False, [])


def test_a_unit_that_measures_something_else_is_in_question_wherever_a_number_stands() -> None:
    cells = {f"proactive.{row}.decisions": read("1", value) for row, value in
             (("licensing", 1), ("penalties", 0), ("coercion", 5))}  # fmt: skip
    units = dict(zip(cells, ("平方米", "平方米", "公斤"), strict=True))
    settled = noted(cells, units, frozenset(cells))
    assert [notice.message for notice in settled.notices] == [
        "proactive.licensing.decisions 等 2 格：表头或表前写的单位是“平方米、公斤”，不能确定数字的单位"
    ]
    assert settled.doubtful


def pieces_of(line: Paragraph, *places: tuple[int, int]) -> GluedCells:
    pieces = [GluedPiece(line.text[start:end], line.locator, line, start) for start, end in places]
    return GluedCells(cells_of_row("new"), tuple(pieces), splittable=True)


def test_the_place_of_glued_text_reaches_from_its_first_character_to_its_last() -> None:
    line = Paragraph("新收41 53 28160", Locator(line=7, column=1, start=100, end=113))
    assert whole_locator(pieces_of(line, (2, 4), (5, 7), (8, 13))) == Locator(
        line=7, column=3, start=102, end=113
    )
    assert whole_locator(GluedCells((), (), splittable=True)) == NOWHERE


def test_the_place_of_glued_text_without_offsets_is_that_of_its_first_piece() -> None:
    plain, first = Paragraph("41", Locator(line=7, start=0, end=2)), Locator(table=1, row=2, column=3)
    behind = Locator(table=1, row=2, column=4)
    with_offsets = GluedPiece("41", plain.locator, plain)
    for pieces in ((GluedPiece("4", first), with_offsets), (GluedPiece("4", first), GluedPiece("1", behind))):
        assert whole_locator(GluedCells((), pieces, splittable=True)) == first
    half = GluedCells((), (with_offsets, GluedPiece("1", behind)), splittable=True)
    assert whole_locator(half) == Locator(line=7, column=1, start=0, end=2)


def candidates(*readings: tuple[int | None, ...]) -> list[Candidate]:
    splits = [tuple(None if v is None else Token(v, 0, 0, 1) for v in values) for values in readings]
    return [Candidate(split, values) for split, values in zip(splits, readings, strict=True)]


def test_six_readings_are_listed_and_of_seven_six() -> None:
    line = Paragraph("41", Locator(line=7, start=0, end=2))
    run = pieces_of(line, (0, 1), (1, 2))
    seven = candidates(*((number, None) for number in range(7)))
    six = undecided_notice(run, ["a", "b"], [*seven[:6], seven[0]])
    listed = "、".join(f"{number}|空" for number in range(6))
    place = Locator(line=7, column=1, start=0, end=2)
    assert six == Notice("undecided", f"“4 1”有 6 种读法：{listed}；未定的格：a、b", place)
    assert f"有 7 种读法：{listed} 等；未定的格：a" in undecided_notice(run, ["a"], seven).message
    none = undecided_notice(run, ["a"], [])
    assert none.message == "“4 1”没有一种读法成立；未定的格：a"
    assert search_bound_notice("new", run) == Notice(
        "search-bound", "new：“4 1”可能的读法太多，未能穷尽", place
    )


@pytest.mark.parametrize(
    ("total", "amounts"), [(2, (1, 2, 15, 4, 8)), (0, (1, 2, 0, 4, 8)), (None, (1, 2, 0, 4, 8))]
)
def test_a_blank_total_counts_for_what_stands_on_both_sides_of_it(
    total: int | None, amounts: tuple[int, ...]
) -> None:
    (candidate,) = candidates((1, 2, None, 4, 8))
    assert candidate.amounts(total) == amounts
